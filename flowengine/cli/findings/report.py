"""Findings for people as text: each with its source line, the word underlined, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import click

from flowengine.cli.findings.checking import Sheet
from flowengine.cli.findings.extent import Lines, extent
from flowengine.cli.screen import pointed, visible
from flowengine.definition.findings import Finding, identity
from flowengine.texts import Lang, say

_COLOURS: Final = {"error": "red", "warning": "yellow", "note": "cyan"}
_MOST_NAMED: Final = 5


def text_of(sheets: Iterable[Sheet], lang: Lang, *, colour: bool = False) -> Iterator[str]:
    """Each finding with its source line, the word underlined, and what to do about it; file by file."""
    sheets = tuple(sheets)
    sources = Lines(sheets)
    for finding in by_file(sheets):
        yield from _told(finding, sources.line(finding), lang, colour=colour)


def by_file(sheets: Iterable[Sheet]) -> Iterator[Finding]:
    """Every finding once, those of one file together: two files may include the same third one."""
    files: dict[str, dict[object, Finding]] = {}
    for sheet in sheets:
        for finding in sheet.findings:
            files.setdefault(finding.place.file, {}).setdefault(identity(finding), finding)
    for found in files.values():
        yield from found.values()


def summary(sheets: Sequence[Sheet], lang: Lang) -> Iterator[str]:
    """Where to read more, what was left out on purpose, and how many findings there are in how many files."""
    findings = tuple(by_file(sheets))
    codes = sorted({finding.code for finding in findings})
    if codes:
        tongue = "" if lang == "en" else f" --lang {lang}"
        more = ", ".join(f"flowengine finding {code}{tongue}" for code in codes[:_MOST_NAMED])
        yield say("validate.more", lang, {"commands": more + (" …" if len(codes) > _MOST_NAMED else "")})
    allowed, recorded = sum(len(s.allowed) for s in sheets), sum(len(s.recorded) for s in sheets)
    if allowed:
        yield say("validate.allowed", lang, {"number": allowed})
    if recorded:
        yield say("validate.recorded", lang, {"number": recorded})
    counts = Counter(finding.severity for finding in findings)
    params = {"files": len(sheets), "errors": counts["error"], "warnings": counts["warning"] + counts["note"]}
    yield say("validate.summary" if counts else "validate.sound", lang, params)


def _told(finding: Finding, source: str, lang: Lang, *, colour: bool) -> Iterator[str]:
    place, tone = finding.place, _COLOURS[finding.severity] if colour else ""
    code = f"{say(f'severity.{finding.severity}', lang)} {finding.code}"
    params = {"code": _painted(code, tone, bold=colour), "message": visible(finding.message(lang))}
    yield f"{_painted(visible(str(place)), bold=colour)}: {say('finding.head', lang, params)}"
    if source.strip():
        line, caret = pointed(source, place.column, extent(finding, source))
        yield f"  {line}"
        yield f"  {_painted(caret, tone, bold=colour)}"
    if hint := finding.remedy(lang):
        yield f"  {say('finding.hint', lang, {'hint': visible(hint)})}"


def _painted(text: str, tone: str = "", *, bold: bool) -> str:
    return click.style(text, fg=tone or None, bold=True) if bold else text
