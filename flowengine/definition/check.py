"""Checking one process file: text in, words and findings out. The one way in for whoever reads a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flowengine.definition import words
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, ordered
from flowengine.definition.flow import flow_findings
from flowengine.definition.gate import shape_findings
from flowengine.definition.reading import CLASSES, Reader
from flowengine.definition.references import reference_findings
from flowengine.definition.schema import schema_of
from flowengine.definition.vocabulary import SHAPES


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: the process, unless an error stands in the findings."""

    process: words.Process | None
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether the process may be deployed: no finding is an error."""
        return self.process is not None


@cache
def process_schema() -> Mapping[str, Any]:
    """The JSON Schema of process files, as generated from the vocabulary."""
    return schema_of(SHAPES, "process", title="flowengine process")


def check_process(data: bytes | str, file: str) -> Checked:
    """Read and check a process file; `file` is the name that findings give it."""
    node, findings = read_document(data, file)
    return check_document(node, findings)


def check_document(node: Node | None, findings: tuple[Finding, ...]) -> Checked:
    """Check a document that was read before, adding to what its reading found."""
    if node is None or _errors(findings):
        return Checked(None, ordered(findings))
    findings += shape_findings(node, process_schema())
    if _errors(findings):
        return Checked(None, ordered(findings))
    reader = Reader(SHAPES, CLASSES, language_of(node))
    process: words.Process = reader.word("process", node)
    findings += (*reader.findings, *reference_findings(process))
    if not _errors(findings):
        findings += tuple(flow_findings(process))
    return Checked(None if _errors(findings) else process, ordered(findings))


def _errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def language_of(node: Node) -> Any:
    """The language of the file's plain texts, as its head says; English if it says nothing."""
    language = node.entries.get("language")
    return language.value if language else "en"
