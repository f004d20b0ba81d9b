"""The baseline: findings that were there when checking began, written to a file and not told again.

An entry names the file, the code, the path of keys and the word, not the line: it survives lines that move.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from flowengine.cli.findings.checking import Sheet, lines_in
from flowengine.cli.findings.extent import Lines, written
from flowengine.cli.findings.report import by_file
from flowengine.cli.trouble import Trouble
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, Place, stage

VERSION: Final = 1
STALE: Final = "FE606"
_TO_THE_END: Final = 9


class Mark(NamedTuple):
    """What a finding is recognised by; `file` is relative to the folder of the baseline."""

    file: str
    code: str
    path: str
    word: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A file with the marks of findings, each with its place in the file."""

    file: str
    entries: tuple[tuple[Mark, Place], ...] = ()
    lines: tuple[str, ...] = ()

    @staticmethod
    def read(data: bytes, file: str) -> Baseline:
        """The baseline that stands in `data`. Raises Trouble when it is none."""
        node, findings = read_document(data, file)
        entries = node.entries if node else {}
        version, listed = entries.get("baseline"), entries.get("findings")
        if findings or not version or version.value != VERSION or not listed or listed.kind != "list":
            raise Trouble("not_a_baseline", file)
        return Baseline(file, tuple((_mark(item, file), item.place) for item in listed.items), lines_in(data))

    def text(self) -> str:
        """The baseline as it stands in a file: an entry on each line, for diffs that can be read."""
        rows = (json.dumps(mark._asdict(), ensure_ascii=False) for mark, _ in sorted(self.entries))
        body = "".join(f"\n  {row}," for row in rows).removesuffix(",")
        return f'{{"baseline": {VERSION}, "findings": [{body}\n]}}\n'


def _mark(item: Node, file: str) -> Mark:
    parts = [item.entries.get(name) for name in Mark._fields]
    if item.kind != "map" or not all(part and isinstance(part.value, str) for part in parts):
        raise Trouble("not_a_baseline", file)
    return Mark(*(part.text for part in parts if part))


def against(sheets: Sequence[Sheet], baseline: Baseline) -> tuple[list[Sheet], Sheet]:
    """The sheets without what the baseline records, and one of its own for entries that are found no more."""
    marks = Marks(sheets, baseline.file)
    left = Counter(mark for mark, _ in baseline.entries)
    known: set[tuple[Place, str]] = set()
    for finding in by_file(sheets):
        mark = marks.of(finding)
        if left[mark]:
            left[mark] -= 1
            known.add((finding.place, finding.code))
    clean = [_without(sheet, known) for sheet in sheets]
    return clean, Sheet(baseline.file, baseline.lines, tuple(_stale(baseline, left, marks)))


def recorded(sheets: Sequence[Sheet], before: Baseline) -> Baseline:
    """The baseline of what is found now; entries of files that were not looked at stay as they were."""
    marks = Marks(sheets, before.file)
    place = Place(before.file, 1, 1)
    now = [marks.of(finding) for finding in by_file(sheets)]
    kept = [entry for entry in before.entries if not marks.looked_at(entry[0]) and entry[0] not in now]
    return Baseline(before.file, (*kept, *((mark, place) for mark in now)))


def _without(sheet: Sheet, known: Collection[tuple[Place, str]]) -> Sheet:
    told = tuple(each for each in sheet.findings if (each.place, each.code) not in known)
    kept = tuple(each for each in sheet.findings if (each.place, each.code) in known)
    return replace(sheet, findings=told, recorded=kept)


def _stale(baseline: Baseline, left: Counter[Mark], marks: Marks) -> Iterator[Finding]:
    for mark, place in baseline.entries:
        if left[mark] and marks.looked_for(mark):
            left[mark] -= 1
            params = {"word": mark.code, "path": mark.path, "file": mark.file}
            yield Finding(STALE, place, params, severity="warning")


class Marks:
    """The marks of findings, as a baseline that stands in `file` has them."""

    def __init__(self, sheets: Sequence[Sheet], file: str) -> None:
        self._folder = Path(file).parent
        self._sources = Lines(sheets)
        self._nodes = {sheet.file: sheet.node for sheet in sheets}
        self._paths: dict[str, Paths] = {}
        self._reached: dict[str, int] = {}
        for sheet in sheets:
            errors = (stage(each.code) for each in sheet.findings if each.severity == "error")
            self._reached[self._relative(sheet.file)] = min(errors, default=_TO_THE_END)

    def of(self, finding: Finding) -> Mark:
        """The mark of a finding."""
        place = finding.place
        if place.file not in self._paths:
            self._paths[place.file] = Paths(self._node(place.file))
        path = ".".join(self._paths[place.file].to(place))
        word = written(finding, self._sources.line(finding))
        return Mark(self._relative(place.file), finding.code, path, word)

    def _node(self, file: str) -> Node | None:
        """What a file holds, also one that was not checked itself but belongs to one that was."""
        if file in self._nodes:
            return self._nodes[file]
        return read_document("\n".join(self._sources.of(file)), file)[0]

    def looked_at(self, mark: Mark) -> bool:
        """Whether the file of a mark was checked now, or is gone."""
        return mark.file in self._reached or not (self._folder / mark.file).exists()

    def looked_for(self, mark: Mark) -> bool:
        """Whether it would have been found: an error keeps a file from being checked further."""
        return self.looked_at(mark) and stage(mark.code) <= self._reached.get(mark.file, _TO_THE_END)

    def _relative(self, file: str) -> str:
        return Path(os.path.relpath(file, self._folder)).as_posix()


class Paths:
    """The keys that lead to each place of a file."""

    def __init__(self, root: Node | None) -> None:
        self._steps = sorted(_steps(root, ())) if root else []

    def to(self, place: Place) -> tuple[str, ...]:
        """The keys that lead to a place: those of the last value that begins before it or at it."""
        at = bisect_right(self._steps, (place.line, place.column), key=lambda step: step[0])
        return self._steps[at - 1][1] if at else ()


def _steps(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    parts: Iterable[tuple[Place, str, Node]] = (
        *((node.keys[key], key, part) for key, part in node.entries.items()),
        *((item.place, "[]", item) for item in node.items),
    )
    for place, step, part in parts:
        yield (place.line, place.column), (*path, step)
        yield from _steps(part, (*path, step))
