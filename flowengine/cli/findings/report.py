"""Findings for people and programs: as text with the source line, as JSON, as annotations of a GitHub run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from flowengine.cli.findings.checking import Sheet
from flowengine.cli.screen import pointed, visible
from flowengine.definition.findings import Finding
from flowengine.texts import Lang, say

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}
_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def text_of(sheets: Iterable[Sheet], lang: Lang) -> Iterator[str]:
    """Each finding with its source line, a caret under the place, and what to do about it."""
    for sheet in sheets:
        for finding in sheet.findings:
            yield from _told(finding, sheet.lines_of(finding.place.file), lang)


def summary(sheets: Sequence[Sheet], lang: Lang) -> str:
    """How many files were looked at and how many findings there are."""
    counts = Counter(finding.severity for sheet in sheets for finding in sheet.findings)
    params = {"files": len(sheets), "errors": counts["error"], "warnings": counts["warning"] + counts["note"]}
    return say("validate.summary" if counts else "validate.sound", lang, params)


def rows_of(sheets: Iterable[Sheet], lang: Lang) -> list[dict[str, Any]]:
    """The findings as JSON rows."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "message": finding.message(lang),
            "hint": finding.remedy(lang),
        }
        for sheet in sheets
        for finding in sheet.findings
    ]


def annotations_of(sheets: Iterable[Sheet], lang: Lang) -> Iterator[str]:
    """The findings as workflow commands, which GitHub shows beside the lines of a pull request."""
    for sheet in sheets:
        for finding in sheet.findings:
            place = finding.place
            file = Path(place.file).as_posix().translate(_IN_PROPERTY)
            title = finding.code.translate(_IN_PROPERTY)
            said = _with_hint(finding, lang).translate(_IN_MESSAGE)
            where = f"file={file},line={place.line},col={place.column},title={title}"
            yield f"::{_COMMANDS[finding.severity]} {where}::{said}"


def _with_hint(finding: Finding, lang: Lang) -> str:
    return "\n".join(part for part in (finding.message(lang), finding.remedy(lang)) if part)


def _told(finding: Finding, lines: Sequence[str], lang: Lang) -> Iterator[str]:
    place = finding.place
    severity = say(f"severity.{finding.severity}", lang)
    yield f"{visible(str(place))}: {severity} {finding.code} {visible(finding.message(lang))}"
    if 0 < place.line <= len(lines) and lines[place.line - 1].strip():
        line, caret = pointed(lines[place.line - 1], place.column)
        yield f"  {line}"
        yield f"  {caret}"
    if hint := finding.remedy(lang):
        yield f"  {say('finding.hint', lang, {'hint': visible(hint)})}"
