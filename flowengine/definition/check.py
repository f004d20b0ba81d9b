"""Checking one process: text in, words and findings out. The one way in for whoever reads a process.

A process may say part of itself in other files; they come from the `Sources` that are handed in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flowengine.definition import words
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, Place, ordered
from flowengine.definition.flow import flow_findings
from flowengine.definition.patching import (
    Assembled,
    Sources,
    assembled,
    is_alone,
    is_library,
    loose,
    variants,
)
from flowengine.definition.patching.sources import NONE
from flowengine.definition.process_schema import form_gate
from flowengine.definition.reading import CLASSES, Reader
from flowengine.definition.references import reference_findings
from flowengine.definition.soundness import Answers, soundness_findings
from flowengine.definition.vocabulary import SHAPES

_NEVER_OR_ALWAYS: Final = ("FE333", "FE334")
_OF_WORDS: Final = ("FE420", "FE421", "FE422")
"""What soundness says of a condition where it stands; one that decides nothing anywhere is found before."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: the process, unless an error stands in the findings.

    `document` is the process as one document, put together of the file and the other `files`, by name.
    """

    process: words.Process | None
    findings: tuple[Finding, ...]
    document: Node | None = None
    files: Mapping[str, bytes | str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether the process may be deployed: no finding is an error."""
        return self.process is not None


def check_process(data: bytes | str, file: str, sources: Sources = NONE) -> Checked:
    """Read and check a process file; `file` is the name that findings give it.

    A library has no process; whether it is written as it must be stands in the findings.
    """
    node, findings = read_document(data, file)
    return check_document(node, findings, sources)


def check_document(node: Node | None, findings: tuple[Finding, ...], sources: Sources = NONE) -> Checked:
    """Check a document that was read before, adding to what its reading found."""
    if node is None or _errors(findings):
        return Checked(None, ordered(findings))
    if is_library(node):
        return Checked(None, ordered((*findings, *form_gate("library").findings(node))), node)
    whole = _alone(node) if is_alone(node) else assembled(node, sources, own_name(node.place.file))
    findings += whole.findings
    if _errors(findings):
        return Checked(None, ordered(findings), files=whole.files)
    process, found = _read(whole)
    findings += found
    sound = None if _errors(findings) else process
    return Checked(sound, ordered(findings), whole.node, whole.files)


def _alone(node: Node) -> Assembled:
    findings = form_gate("process").findings(node)
    return Assembled(node, findings if _errors(findings) else (*findings, *loose(node)))


def own_name(file: str) -> str:
    """How other files of its folder would call a file."""
    return re.split(r"[/\\]", file)[-1]


def _read(whole: Assembled) -> tuple[words.Process, tuple[Finding, ...]]:
    """A whole process as words, with its variants, and what is wrong with any of them."""
    reader = Reader(SHAPES, CLASSES, language_of(whole.node))
    process: words.Process = reader.word("process", whole.node)
    findings = tuple(reader.findings)
    if whole.base is not None:
        process = replace(process, base=reader.word("process", whole.base))
    before = Answers()
    findings += _about(process, before)
    if not process.types:
        return process, findings
    typed, found = _typed(whole.node, process, reader, findings, before)
    return replace(process, variants=typed), findings + found


def _about(process: words.Process, before: Answers) -> tuple[Finding, ...]:
    """What is wrong with the names of a process and, if nothing is, with the ways of its orders."""
    findings = tuple(reference_findings(process))
    if not _errors(findings):
        findings += tuple(flow_findings(process))
    if _errors(findings):
        return findings
    told = {finding.place for finding in findings if finding.code in _NEVER_OR_ALWAYS}
    found = soundness_findings(process, before)
    return (*findings, *(each for each in found if each.code not in _OF_WORDS or each.place not in told))


def _typed(
    node: Node,
    process: words.Process,
    reader: Reader,
    findings: Iterable[Finding],
    before: Answers,
) -> tuple[dict[str, words.Process], tuple[Finding, ...]]:
    """The process of each type, and what is wrong with them that is not so without the types."""
    known = {(finding.place, finding.code) for finding in findings}
    processes: dict[str, words.Process] = {}
    plain: list[Finding] = []
    of_types: dict[tuple[Place, str, str], list[tuple[str, Finding]]] = defaultdict(list)
    for variant in variants(node):
        plain += variant.findings
        if _errors(variant.findings):
            continue
        told = len(reader.findings)
        typed = replace(reader.word("process", variant.node), base=process)
        processes[variant.type] = typed
        for finding in (*reader.findings[told:], *_about(typed, before)):
            if (finding.place, finding.code) not in known:
                said = finding.place, finding.code, str(sorted(finding.params.items(), key=str))
                of_types[said].append((variant.type, finding))
    for found in of_types.values():
        plain.append(replace(found[0][1], types=tuple(name for name, _ in found)))
    return processes, tuple(plain)


def _errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def language_of(node: Node) -> Any:
    """The language of the file's plain texts, as its head says; English if it says nothing."""
    language = node.entries.get("language")
    return language.value if language else "en"
