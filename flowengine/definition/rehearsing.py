"""Checking a scenario file: its shape, its times, and its names against the process that it plays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flowengine.definition.check import language_of
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, Place, ordered, unknown
from flowengine.definition.gate import shape_findings
from flowengine.definition.reading import SCENARIO_CLASSES, Reader
from flowengine.definition.references import ends_of
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.scenario_words import Scenario, Step
from flowengine.definition.schema import schema_of
from flowengine.definition.scope import fields_of, needs_of, outcomes_of
from flowengine.definition.words import Name, Process


@dataclass(frozen=True, slots=True)
class CheckedScenario:
    """The outcome of a check: the scenario, unless an error stands in the findings."""

    scenario: Scenario | None
    findings: tuple[Finding, ...]


@cache
def scenario_schema() -> Mapping[str, Any]:
    """The JSON Schema of scenario files, as generated from their vocabulary."""
    return schema_of(SCENARIO_SHAPES, "scenario", title="flowengine scenario")


def is_scenario(node: Node | None) -> bool:
    """Whether a document means to be a scenario rather than a process."""
    return (
        node is not None
        and node.kind == "map"
        and "scenario" in node.entries
        and "stages" not in node.entries
    )


def check_scenario(data: bytes | str, file: str, process: Process | None = None) -> CheckedScenario:
    """Read and check a scenario file; with the process that it plays, its names too."""
    node, findings = read_document(data, file)
    return check_scenario_document(node, findings, process)


def check_scenario_document(
    node: Node | None, findings: tuple[Finding, ...], process: Process | None = None
) -> CheckedScenario:
    """Check a document that was read before, adding to what its reading found."""
    if node is None or _errors(findings):
        return CheckedScenario(None, ordered(findings))
    findings += shape_findings(node, scenario_schema())
    if _errors(findings):
        return CheckedScenario(None, ordered(findings))
    reader = Reader(SCENARIO_SHAPES, SCENARIO_CLASSES, language_of(node))
    scenario: Scenario = reader.word("scenario", node)
    findings += (*reader.findings, *_times(scenario), *_steps(scenario))
    if process is not None:
        findings += tuple(_names(scenario, process))
    return CheckedScenario(None if _errors(findings) else scenario, ordered(findings))


def _errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _times(scenario: Scenario) -> Iterator[Finding]:
    written = [(scenario.place, scenario.starts)]
    for step in scenario.steps:
        written += [(step.place, step.until)] if step.until else []
        due = step.expect.due if step.expect else None
        written += [(step.place, text) for text in (due or {}).values()]
    for place, text in written:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            yield Finding("FE105", place, {"word": text}, hint="FE105.instant")


def _steps(scenario: Scenario) -> Iterator[Finding]:
    people = scenario.people or {}
    for step in scenario.steps:
        if step.verb and not step.by:
            yield Finding("FE501", step.place, {"verb": step.verb, "people": list(people)})
        if step.wait is not None and step.until is not None:
            yield Finding("FE502", step.place)
        if not (step.verb or step.wait or step.until or step.expect):
            yield Finding("FE503", step.place)
        if step.expect and step.expect.refused is not None and step.verb is None:
            yield Finding("FE504", step.place)
        yield from _unknown("FE505", step.by, people)


def _names(scenario: Scenario, process: Process) -> Iterator[Finding]:
    """Names that the process does not know; a name with a brace is filled from a row and looked at when run."""
    roles = [role for held in (scenario.people or {}).values() for role in held]
    yield from _unknown("FE201", roles, process.roles)
    needs = {need.name: need.kind for _, need in needs_of(process)}
    outcomes = {outcome.name for _, outcome in outcomes_of(process)}
    places = (*process.stages, *ends_of(process))
    fields = set(fields_of(process)) | {"channel"}
    for step in scenario.steps:
        if step.expect and step.expect.refused is not None:
            continue  # what is refused may well not exist
        checks = [name for name, kind in needs.items() if kind == "check"]
        yield from _unknown("FE506", [step.done] if step.done else [], checks)
        yield from _unknown("FE507", [step.outcome] if step.outcome else [], outcomes)
        files = [name for name, kind in needs.items() if kind == "file"]
        yield from _unknown_keys("FE508", step.attach, files, step.place)
        writable = fields | {name for name, kind in needs.items() if kind == "note"}
        yield from _unknown_keys("FE509", step.write, writable, step.place)
        yield from _expected(step, places, fields, scenario.people or {})


def _expected(
    step: Step, places: Collection[str], fields: Collection[str], people: Collection[str]
) -> Iterator[Finding]:
    expect = step.expect
    if expect is None:
        return
    yield from _unknown("FE202", [expect.stage] if expect.stage else [], places)
    yield from _unknown("FE202", expect.late or (), places)
    yield from _unknown_keys("FE203", expect.fields, fields, expect.place)
    yield from _unknown_keys("FE202", expect.due, places, expect.place)
    yield from _unknown_keys("FE202", expect.chart, places, expect.place)
    yield from _unknown_keys("FE505", expect.todo, people, expect.place)


def _unknown(code: str, names: Iterable[Name], known: Collection[str]) -> Iterator[Finding]:
    yield from (
        unknown(code, name.place, name, known) for name in names if name not in known and "{" not in name
    )


def _unknown_keys(
    code: str, given: Mapping[str, Any] | None, known: Collection[str], place: Place
) -> Iterator[Finding]:
    yield from (unknown(code, place, name, known) for name in (given or {}) if name not in known)
