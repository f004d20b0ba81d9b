"""Checking a file that a user names: is it a process or a scenario, and what is wrong with it."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from flowengine.cli.files import read
from flowengine.cli.findings.surroundings import OnDisk, Surroundings
from flowengine.definition.allowances import Allowed, allowed_in, weighed
from flowengine.definition.check import Checked, check_document, check_process, own_name
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, ordered
from flowengine.definition.patching import is_library
from flowengine.definition.telling_apart import is_scenario
from flowengine.definition.words import Process

_LINE_END = re.compile(r"\r\n|\n|\r")
_MOST_NEW: Final = 100_000
"""New objects after which Python looks for circles among them, while files are checked."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was checked: its lines, what is to be told of it and, when it is sound, the process.

    `document` is the process put together of all its files, `others` are the lines of those files, `node`
    is what this file alone holds. `allowed` and `recorded` are findings that are not told: a comment allows
    them, or they stand in the baseline. `data` and `around` are what the file was checked from.
    """

    file: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]
    process: Process | None = None
    document: Node | None = None
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    node: Node | None = None
    allowed: tuple[Allowed, ...] = ()
    recorded: tuple[Finding, ...] = ()
    data: bytes = b""
    around: Surroundings | None = None

    def lines_of(self, file: str) -> tuple[str, ...]:
        """The lines of this file, or of another from which a part of the process comes."""
        return self.lines if file == self.file else self.others.get(file, ())

    @property
    def is_sound(self) -> bool:
        """Whether nothing in the file is an error."""
        return not any(finding.severity == "error" for finding in self.findings)


def checked_all(paths: Iterable[Path]) -> list[Sheet]:
    """Check these files. Raises Trouble when one of them cannot be read."""
    with undisturbed():
        return [checked(path) for path in paths]


@contextmanager
def undisturbed() -> Iterator[None]:
    """While files are checked, Python seldom looks for circles: a check leaves none, looking takes long."""
    before = gc.get_threshold()
    gc.set_threshold(_MOST_NEW, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def checked(path: Path) -> Sheet:
    """Check a file by what it says it is. Raises Trouble when it cannot be read."""
    return examined(read(path), str(path), OnDisk(path))


def examined(data: bytes, file: str, around: Surroundings) -> Sheet:
    """Check what a file holds, with the files `around` it."""
    node, findings = read_document(data, file)
    if node is not None and is_scenario(node):
        told, allowed = weighed(_scenario_findings(node, findings, around), data, file)
        return Sheet(file, lines_in(data), told, node=node, allowed=allowed, data=data, around=around)
    outcome = _with_links(check_document(node, findings, around.sources), file, around)
    # What is wrong with a library beyond its form shows in the processes that include it.
    whole = node is None or not is_library(node)
    told, allowed = weighed(outcome.findings, data, file, whole=whole)
    others = _others(outcome, around)
    for name, text in others.items():
        told, more = allowed_in(told, text, name)
        allowed += more
    lines = {name: lines_in(text) for name, text in others.items()}
    return Sheet(
        file, lines_in(data), told, outcome.process, outcome.document, lines, node, allowed,
        data=data, around=around,
    )  # fmt: skip


def _with_links(outcome: Checked, file: str, around: Surroundings) -> Checked:
    """The outcome with what linked processes beside the file say otherwise."""
    process = outcome.process
    if process is None or not process.links:
        return outcome
    from flowengine.definition.link_pairs import linked_beside, pair_findings, strangers

    others = linked_beside(process, own_name(file), around.sources)
    found = (*pair_findings(process, others), *strangers(process, others))
    sound = process if all(each.severity != "error" for each in found) else None
    return replace(outcome, process=sound, findings=ordered((*outcome.findings, *found)))


def _others(outcome: Checked, around: Surroundings) -> dict[str, bytes]:
    """The other files of a process, by the names that findings give them."""
    return {
        around.sources.shown(name): data if isinstance(data, bytes) else data.encode()
        for name, data in outcome.files.items()
    }


def lines_in(data: bytes) -> tuple[str, ...]:
    """The lines of a file; none of one whose bytes are no text that could be shown."""
    try:
        return tuple(_LINE_END.split(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return ()


def _scenario_findings(
    node: Node, findings: tuple[Finding, ...], around: Surroundings
) -> tuple[Finding, ...]:
    """What is wrong with a scenario; its names are held against the process that it plays."""
    from flowengine.definition.link_pairs import linked_beside
    from flowengine.definition.rehearsing import check_scenario_document

    alone = check_scenario_document(node, findings)
    if alone.scenario is None:
        return alone.findings
    name = alone.scenario.process
    played = around.played(name)
    if played is None:
        return (*alone.findings, Finding("FE510", name.place, {"word": name}))
    process = check_process(played.data, played.file, played.sources).process
    if process is None:
        return (*alone.findings, Finding("FE511", name.place, {"word": name}))
    others = linked_beside(process, own_name(played.file), played.sources)
    return check_scenario_document(node, findings, process, others).findings
