"""Findings for programs: JSON rows, annotations of a GitHub run, and test results in the form of JUnit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from flowengine.cli.findings.checking import Sheet
from flowengine.cli.findings.extent import Lines, extent
from flowengine.cli.findings.report import by_file
from flowengine.cli.screen import visible
from flowengine.definition.findings import Finding
from flowengine.texts import Lang

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}
_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_NOT_IN_XML: Final = str.maketrans(dict.fromkeys("\ufffe\uffff", "�"))


def said(finding: Finding, lang: Lang) -> str:
    """What is wrong and what to do, one below the other."""
    return "\n".join(part for part in (finding.message(lang), finding.remedy(lang)) if part)


def rows_of(sheets: Sequence[Sheet], lang: Lang) -> list[dict[str, Any]]:
    """The findings as JSON rows; lines and columns count from 1, in characters, `end_column` is behind."""
    sources = Lines(sheets)
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "end_column": finding.place.column + extent(finding, sources.line(finding)),
            "message": finding.message(lang),
            "hint": finding.remedy(lang),
        }
        for finding in by_file(sheets)
    ]


def annotations_of(sheets: Sequence[Sheet], lang: Lang) -> Iterator[str]:
    """The findings as workflow commands, which GitHub shows beside the lines of a pull request."""
    sources = Lines(sheets)
    for finding in by_file(sheets):
        place = finding.place
        file = Path(place.file).as_posix().translate(_IN_PROPERTY)
        title = finding.code.translate(_IN_PROPERTY)
        last = place.column + extent(finding, sources.line(finding)) - 1
        where = f"file={file},line={place.line},endLine={place.line},col={place.column},endColumn={last}"
        shown = said(finding, lang).translate(_IN_MESSAGE)
        yield f"::{_COMMANDS[finding.severity]} {where},title={title}::{shown}"


def junit(sheets: Sequence[Sheet], lang: Lang, failing: Iterable[str]) -> str:
    """The findings as an XML report: a suite for each file, a failed case for each finding that fails."""
    fails = frozenset(failing)
    found: dict[str, list[Finding]] = {sheet.file: [] for sheet in sheets}
    for finding in by_file(sheets):
        found.setdefault(finding.place.file, []).append(finding)
    root = ET.Element("testsuites", name="flowengine validate")
    tests = failures = 0
    for file, findings in found.items():
        suite = _suite(file, findings, lang, fails)
        root.append(suite)
        tests, failures = tests + int(suite.attrib["tests"]), failures + int(suite.attrib["failures"])
    root.attrib |= {"tests": str(tests), "failures": str(failures), "errors": "0", "time": "0"}
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="us-ascii", xml_declaration=False)
    return text.decode("ascii")


def _suite(file: str, findings: Iterable[Finding], lang: Lang, fails: frozenset[str]) -> ET.Element:
    bad = [finding for finding in findings if finding.severity in fails]
    told = [_in_xml(f"{f.place}: {f.code}: {said(f, lang)}") for f in findings if f.severity not in fails]
    name = _in_xml(visible(Path(file).as_posix()))
    counts = {"tests": str(max(len(bad), 1)), "failures": str(len(bad)), "errors": "0", "skipped": "0"}
    suite = ET.Element("testsuite", {"name": name, "time": "0", **counts})
    for finding in bad:
        where = f"{finding.code} {finding.place.line}:{finding.place.column}"
        case = ET.SubElement(suite, "testcase", classname=name, name=where, time="0")
        message = _in_xml(visible(finding.message(lang)))
        failure = ET.SubElement(case, "failure", message=message, type=finding.code)
        failure.text = _in_xml(f"{finding.place}: {said(finding, lang)}")
    if not bad:
        ET.SubElement(suite, "testcase", classname=name, name="validate", time="0")
    if told:
        ET.SubElement(suite, "system-out").text = "\n".join(told)
    return suite


def _in_xml(text: str) -> str:
    """`text` without the characters that no XML may hold."""
    return "\n".join(visible(line) for line in text.split("\n")).translate(_NOT_IN_XML)
