"""Checking a file that a user names: is it a process or a scenario, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flowengine.cli.files import read
from flowengine.definition.check import Checked, check_document, check_process
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding
from flowengine.definition.words import Process
from flowengine.folder import Folder

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was checked: its lines, its findings and, when it is a sound process, the process.

    `document` is the process put together of all its files, `others` are the lines of those files.
    """

    file: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]
    process: Process | None = None
    document: Node | None = None
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lines_of(self, file: str) -> tuple[str, ...]:
        """The lines of this file, or of another from which a part of the process comes."""
        return self.lines if file == self.file else self.others.get(file, ())

    @property
    def is_sound(self) -> bool:
        """Whether nothing in the file is an error."""
        return not any(finding.severity == "error" for finding in self.findings)


def checked(path: Path) -> Sheet:
    """Check a file by what it says it is. Raises Trouble when it cannot be read."""
    data, file = read(path), str(path)
    node, findings = read_document(data, file)
    lines = _lines(data)
    if node is not None and node.kind == "map" and "scenario" in node.entries:
        return Sheet(file, lines, _scenario_findings(node, findings, path))
    outcome = check_document(node, findings, Folder(path))
    return Sheet(file, lines, outcome.findings, outcome.process, outcome.document, _others(outcome, path))


def _others(outcome: Checked, path: Path) -> dict[str, tuple[str, ...]]:
    """The lines of the other files of a process, by the names that findings give them."""
    folder = Folder(path)
    return {
        folder.shown(name): _lines(data if isinstance(data, bytes) else data.encode())
        for name, data in outcome.files.items()
    }


def _lines(data: bytes) -> tuple[str, ...]:
    """The lines of a file; none of one whose bytes are no text that could be shown."""
    try:
        return tuple(_LINE_END.split(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return ()


def _scenario_findings(node: Node, findings: tuple[Finding, ...], path: Path) -> tuple[Finding, ...]:
    """What is wrong with a scenario; its names are held against the process that it plays."""
    from flowengine.definition.rehearsing import check_scenario_document

    alone = check_scenario_document(node, findings)
    if alone.scenario is None:
        return alone.findings
    name = alone.scenario.process
    played = path.parent / name
    if not played.is_file():
        return (*alone.findings, Finding("FE510", name.place, {"word": name}))
    process = check_process(read(played), str(played), Folder(played)).process
    if process is None:
        return (*alone.findings, Finding("FE511", name.place, {"word": name}))
    return check_scenario_document(node, findings, process).findings
