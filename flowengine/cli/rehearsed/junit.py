"""Scenario reports as JUnit XML: a suite for each file, a case for each run, nothing that varies."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flowengine.cli.rehearsed.text import failure_lines, story_lines
from flowengine.rehearsal.report import Report, Run, told
from flowengine.texts import Lang


def junit(reports: Iterable[Report], lang: Lang, more: Iterable[Element] = ()) -> str:
    """The whole document; `more` are suites of another kind, which stand at the end."""
    root = Element("testsuites", name="flowengine scenario")
    for report in reports:
        root.append(_suite(report, lang))
    root.extend(more)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def suite(name: str, *, tests: int, failures: int, errors: int = 0) -> Element:
    """An empty suite."""
    made = Element("testsuite", name=printable(name))
    for count, number in {"tests": tests, "failures": failures, "errors": errors}.items():
        made.set(count, str(number))
    return made


def properties(below: Element, values: Iterable[tuple[str, object]]) -> None:
    """Add the properties of a suite."""
    holder = SubElement(below, "properties")
    for name, value in values:
        SubElement(holder, "property", name=name, value=printable(str(value)))


def printable(text: str) -> str:
    """The text without the signs that XML cannot hold."""
    return "".join("�" if category(sign) in ("Cc", "Cs") and sign not in "\n\t" else sign for sign in text)


def _suite(report: Report, lang: Lang) -> Element:
    failures = sum(not run.passed for run in report.runs)
    made = suite(
        report.file, tests=max(len(report.runs), 1), failures=failures, errors=0 if report.runs else 1
    )
    properties(made, [("title", report.title), *(("shows", rule) for rule in report.shows)])
    for run in report.runs:
        made.append(_case(report, run, lang))
    if not report.runs:
        case = SubElement(made, "testcase", classname=printable(report.file), name=printable(report.title))
        said = [f"{each.place}: {each.code} {each.message(lang)}" for each in report.findings]
        error = SubElement(case, "error", message=printable(said[0] if said else ""))
        error.text = printable("\n".join(said))
    return made


def _case(report: Report, run: Run, lang: Lang) -> Element:
    row = ", ".join(f"{name}: {told(value)}" for name, value in (run.row or {}).items())
    name = f"{report.title} ({row})" if row else report.title
    case = Element("testcase", classname=printable(report.file), name=printable(name))
    if not run.passed:
        said = [f"{each.place}: {each.message(lang)}" for each in run.mismatches]
        failed = SubElement(case, "failure", message=printable(said[0]))
        failed.text = printable("\n".join([*said, "", *failure_lines(run, lang)]))
    if run.story:
        SubElement(case, "system-out").text = printable("\n".join(story_lines(run, lang)))
    return case
