"""Mending a file: the edits that make findings go away, tried out, and nothing else of the file touched.

An edit is kept only if its own finding is gone, no other stands in its place, and none comes before it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from flowengine.cli.files import read
from flowengine.cli.findings.checking import Sheet, examined
from flowengine.cli.findings.edits import Edit, edits_of
from flowengine.cli.findings.surroundings import OnDisk, Surroundings
from flowengine.definition.findings import Finding, stage

MOST_ROUNDS: Final = 50
MOST_TRIED: Final = 1000
"""Findings that are mended in one round; a file with more of them is read again."""
_Possible = Sequence[tuple[Finding, tuple[Edit, ...]]]
_Step = tuple[bytes, Sheet]
_BOM: Final = b"\xef\xbb\xbf"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_STAGES: Final = range(4)
_SCENARIO: Final = re.compile(rb"^scenario\s*:", re.MULTILINE)


def mended(data: bytes, file: str, around: Surroundings) -> bytes:
    """The file with all that can be mended; unchanged where fewer findings do not come of it."""
    before = sheet = examined(data, file, around)
    text = data
    for _ in range(MOST_ROUNDS):
        step = _step(text, sheet, tuple(islice(_possible(sheet), MOST_TRIED)), around)
        if step is None:
            break
        text, sheet = step
    return text if counts(sheet) < counts(before) else data


def mended_all(paths: Iterable[Path]) -> dict[Path, tuple[bytes, bytes]]:
    """The files that can be mended, each as it is and as it will be. Raises Trouble for an unreadable one.

    Processes come first: what is wrong with the names in a scenario is seen only in a sound process.
    """
    changed: dict[Path, tuple[bytes, bytes]] = {}
    newer: dict[Path, bytes] = {}
    files = {path: read(path) for path in paths}
    for path, data in sorted(files.items(), key=lambda item: bool(_SCENARIO.search(item[1]))):
        new = mended(data, str(path), OnDisk(path, newer))
        if new != data:
            changed[path], newer[path.resolve()] = (data, new), new
    return {path: changed[path] for path in files if path in changed}


def proposals(sheet: Sheet) -> Iterator[tuple[Finding, tuple[Edit, ...]]]:
    """Findings of a sheet that can be mended, with their edits; of too many the first ones."""
    return _helpful(sheet, tuple(islice(_possible(sheet), MOST_TRIED)))


def _helpful(sheet: Sheet, possible: _Possible) -> Iterator[tuple[Finding, tuple[Edit, ...]]]:
    """Those that help: tried all together first, then by halves, since each try checks the whole file."""
    half = len(possible) // 2
    if not possible or not sheet.around:
        return
    if _together(sheet.data, sheet, possible, sheet.around) or (
        not half and _tried(sheet.data, sheet, *possible[0], sheet.around)
    ):
        yield from possible
    elif half:
        yield from _helpful(sheet, possible[:half])
        yield from _helpful(sheet, possible[half:])


def difference(before: bytes, after: bytes, file: str) -> str:
    """The two as a unified diff."""
    old, new = (each.decode("utf-8-sig").splitlines(keepends=True) for each in (before, after))
    lines = difflib.unified_diff(old, new, file, file)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def counts(sheet: Sheet) -> tuple[int, ...]:
    """How many findings there are of each stage: fewer of an earlier one lets the check look further."""
    found = Counter(stage(finding.code) for finding in sheet.findings)
    return tuple(found[each] for each in _STAGES)


def _possible(sheet: Sheet) -> Iterator[tuple[Finding, tuple[Edit, ...]]]:
    for finding in sheet.findings:
        line = finding.place.line
        if finding.place.file == sheet.file and line <= len(sheet.lines):
            edits = edits_of(finding, sheet.lines[line - 1])
            if edits:
                yield finding, edits


def _step(data: bytes, sheet: Sheet, possible: _Possible, around: Surroundings) -> _Step | None:
    """As many of the edits as help together: all of them for most files, else those of a half."""
    if len(possible) == 1:
        return _tried(data, sheet, *possible[0], around)
    half = len(possible) // 2
    return (
        _together(data, sheet, possible, around)
        or (_step(data, sheet, possible[:half], around) if half else None)
        or (_step(data, sheet, possible[half:], around) if half else None)
    )


def _together(data: bytes, sheet: Sheet, possible: _Possible, around: Surroundings) -> _Step | None:
    edits: list[Edit] = []
    for _, more in possible:
        if not any(_touch(one, other) for one in more for other in edits):
            edits.extend(more)
    if not edits:
        return None
    text = edited(data, edits)
    after = examined(text, sheet.file, around)
    if counts(after) < counts(sheet) and not _places(after) & _starts(edits):
        return text, after
    return None


def _tried(
    data: bytes, sheet: Sheet, finding: Finding, edits: Sequence[Edit], around: Surroundings
) -> _Step | None:
    """The file with these edits, if they help: nothing is found in their place, or new before it.

    The parser and every condition tell only the first thing wrong: another one may appear behind it. Behind
    a full-width sign of YAML nobody knows what was read at all, so there all else may be found anew.
    """
    text = edited(data, edits)
    after = examined(text, sheet.file, around)
    if text == data or _places(after) & _starts(edits):
        return None
    if finding.code == "FE030":
        return text, after
    if counts(after) > counts(sheet):
        return None
    known = {(each.code, *_moved(each.place.line, each.place.column, edits)) for each in sheet.findings}
    first = min((edit.line, edit.column) for edit in edits)
    new = [each.place[1:] for each in after.findings if (each.code, *each.place[1:]) not in known]
    if counts(after) == counts(sheet) and any(place <= first for place in new):
        return None
    return text, after


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The file with these edits, which do not overlap; its line ends and its byte order mark stay."""
    head = _BOM if data.startswith(_BOM) else b""
    lines = _LINE.findall(data.removeprefix(_BOM).decode("utf-8"))
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line - 1]
        before, after = line[: edit.column - 1], line[edit.column - 1 + edit.length :]
        lines[edit.line - 1] = before + edit.new + after
    return head + "".join(lines).encode("utf-8")


def _starts(edits: Iterable[Edit]) -> set[tuple[int, int]]:
    """Where the edits begin once all of them are made."""
    edits = tuple(edits)
    return {_moved(edit.line, edit.column, edits) for edit in edits}


def _moved(line: int, column: int, edits: Iterable[Edit]) -> tuple[int, int]:
    before = (edit for edit in edits if edit.line == line and edit.column < column)
    return line, column + sum(len(edit.new) - edit.length for edit in before)


def _places(sheet: Sheet) -> set[tuple[int, int]]:
    return {(each.place.line, each.place.column) for each in sheet.findings if each.place.file == sheet.file}


def _touch(one: Edit, other: Edit) -> bool:
    if one.line != other.line:
        return False
    return one.column < other.column + other.length and other.column < one.column + one.length
