"""Checking a scenario file: its shape, its times, and its names against the process that it plays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from types import MappingProxyType
from typing import Any, Final

from flowengine.definition.builtin_fields import builtin_fields
from flowengine.definition.check import language_of
from flowengine.definition.columns import Row, column_findings, filled_names, holds_column
from flowengine.definition.dividing import divided_parts, done_need
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, ordered, unknown
from flowengine.definition.gate import Gate
from flowengine.definition.lengths import Length
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.part_references import own_parts_of
from flowengine.definition.reading import SCENARIO_CLASSES, Reader
from flowengine.definition.references import ends_of, placed
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.scenario_words import Expect, Scenario, Step, linked_by
from flowengine.definition.schema import schema_of
from flowengine.definition.scope import clocks_of, fields_of, needs_of, outcomes_of, tasks_of
from flowengine.definition.sent_references import sent_findings
from flowengine.definition.spans import UNITS
from flowengine.definition.words import Name, Process
from flowengine.texts import REASONS

Search = Callable[[str, Iterable[Name], Collection[str]], Iterator[Finding]]
"""Which of these names are not among the known ones."""
YEARS: Final = range(1900, 3000)
"""The years in which scenarios play: beyond the end of the calendar no instant can be worked out."""
_YEARS: Final = {"first": YEARS[0], "last": YEARS[-1]}
LONGEST_WAIT: Final = 1000 * 365 * UNITS["d"]
_MOST_REST: Final = 24
_OF_TIMES: Final = ("FE105.instant", "FE105.length")
_NO_OTHERS: Mapping[str, Process] = MappingProxyType({})
_NO_COLUMNS: Row = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CheckedScenario:
    """The outcome of a check: the scenario, unless an error stands in the findings."""

    scenario: Scenario | None
    findings: tuple[Finding, ...]


@cache
def scenario_schema() -> Mapping[str, Any]:
    """The JSON Schema of scenario files, as generated from their vocabulary."""
    return schema_of(SCENARIO_SHAPES, "scenario", title="flowengine scenario")


@cache
def scenario_gate() -> Gate:
    """The gate for scenario files."""
    return Gate(scenario_schema())


def check_scenario(
    data: bytes | str, file: str, process: Process | None = None, others: Mapping[str, Process] = _NO_OTHERS
) -> CheckedScenario:
    """Read and check a scenario file; with the process that it plays, its names too, and with the `others`
    that are linked with it, by their names, those of steps `on` their orders.
    """
    node, findings = read_document(data, file)
    return check_scenario_document(node, findings, process, others)


def check_scenario_document(
    node: Node | None,
    findings: tuple[Finding, ...],
    process: Process | None = None,
    others: Mapping[str, Process] = _NO_OTHERS,
) -> CheckedScenario:
    """Check a document that was read before, adding to what its reading found."""
    if node is None or _errors(findings):
        return CheckedScenario(None, ordered(findings))
    findings += tuple(map(_of_columns, scenario_gate().findings(node)))
    if _errors(findings):
        return CheckedScenario(None, ordered(findings))
    reader = Reader(SCENARIO_SHAPES, SCENARIO_CLASSES, language_of(node))
    scenario: Scenario = reader.word("scenario", node)
    findings += (*reader.findings, *_times(node), *_steps(scenario), *column_findings(node, scenario.rows))
    if process is not None:
        findings += tuple(_names(scenario, process, others))
    return CheckedScenario(None if _errors(findings) else scenario, ordered(findings))


def _errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _of_columns(finding: Finding) -> Finding:
    """The finding, with better advice where a column stands in place of a time."""
    in_time = finding.hint in _OF_TIMES and holds_column(finding.params.get("word"))
    return replace(finding, hint="FE105.column_in_time") if in_time else finding


def _times(node: Node) -> Iterator[Finding]:
    for written in _instants(node):
        try:
            year = datetime.fromisoformat(str(written.value)).year
        except ValueError:
            yield Finding("FE105", written.place, {"word": written.value}, hint="FE105.no_such_instant")
            continue
        if year not in YEARS:
            yield Finding("FE516", written.place, {"word": written.value, **_YEARS})


def _instants(node: Node) -> Iterator[Node]:
    """Every point in time of the document, where it was written."""
    yield node.entries["starts"]
    for step in node.entries["steps"].items:
        if "until" in step.entries:
            yield step.entries["until"]
        expect = step.entries["expect"].entries if "expect" in step.entries else {}
        if "due" in expect:
            yield from expect["due"].entries.values()
        for sent in expect["sent"].items if "sent" in expect else ():
            if "at" in sent.entries:
                yield sent.entries["at"]


def _steps(scenario: Scenario) -> Iterator[Finding]:
    people, waited = scenario.people or {}, 0
    for step in scenario.steps:
        waited += _about(step.wait) if step.wait else 0
        if step.wait and waited > LONGEST_WAIT:
            yield Finding("FE516", step.place, {"word": "wait", **_YEARS})
        if step.verb and step.verb != "event" and not step.by:
            hint = "" if people else "FE501.nobody"
            yield Finding("FE501", step.place, {"verb": step.verb, "people": list(people)}, hint)
        if step.wait is not None and step.until is not None:
            yield Finding("FE502", step.place)
        if not (step.verb or step.wait or step.until or step.expect):
            yield Finding("FE503", step.place)
        if step.expect and step.verb is None:
            yield from (
                Finding("FE504", step.place, {"word": word})
                for word in ("refused", "verdict")
                if getattr(step.expect, word) is not None
            )
        if step.expect and step.verb != "import":
            yield from (
                Finding("FE515", step.expect.place, {"word": word})
                for word in ("imported", "already_there", "rejected")
                if getattr(step.expect, word) is not None
            )
        if step.expect:
            yield from _reasons(step.expect)
        if step.joins is not None and step.raise_ is None:
            yield Finding("FE730", step.place)
        if step.fills is not None and step.confirm is None:
            yield Finding("FE562", step.place)
        if step.data is not None and step.event is None:
            yield Finding("FE647", step.place)
        yield from _unknown("FE505", (name for name in step.by if "{" not in name), {*people, CUSTOMER})


def _reasons(expect: Expect) -> Iterator[Finding]:
    """Reasons for a refusal that do not exist; what the columns of rows make of them is seen when played."""
    wanted = expect.refused or ()
    for reason in [wanted] if isinstance(wanted, str) else wanted:
        if reason not in REASONS and "{" not in reason:
            found = unknown("FE531", expect.place, reason, REASONS)
            yield found if found.params["guess"] else replace(found, hint="FE531.hint")


def _about(wait: Length) -> int:
    """How long a wait may last at most, about: a working hour comes with a night and a weekend."""
    return wait.amount * (1 if wait.unit == "elapsed" else _MOST_REST)


def _names(scenario: Scenario, process: Process, others: Mapping[str, Process]) -> Iterator[Finding]:
    """Names that the process does not know, with the columns of each row filled in."""
    roles = [role for held in (scenario.people or {}).values() for role in held]
    roles_and_calls = (
        *_unknown("FE201", roles, _roles(process)),
        *_unknown("FE660", placed(scenario.calls), _calls(process)),
    )
    for finding in roles_and_calls:
        if not process.links or finding.params["sure"]:  # else it may be one of a linked process
            yield finding
    for row in scenario.rows or ({},):
        unknown_to = partial(_unknown, row=row)
        for step in scenario.steps:
            yield from unknown_to("FE505", step.by, {*(scenario.people or {}), CUSTOMER})
            if step.on:
                yield from _linked(step.on, process)
                there = _there(step.on, process, others)
                found = [[*_named(step, scenario, other, unknown_to)] for other in there]
                yield from min(found, key=len, default=())
                continue
            yield from _unknown("FE697", placed(step.start), _started(process))
            yield from _named(step, scenario, process, unknown_to)


def _named(step: Step, scenario: Scenario, process: Process, unknown_to: Search) -> Iterator[Finding]:
    """What a step names that the process of its order lacks."""
    if not (step.expect and step.expect.is_refusal):  # what is refused may well not exist
        yield from _done(step, process, unknown_to)
    if step.expect:
        yield from _expected(step.expect, scenario.people or {}, process, unknown_to)


def _there(on: Name, process: Process, others: Mapping[str, Process]) -> list[Process]:
    """The processes of which the order of a step may be; none unless all of them are known."""
    link = (process.links or {}).get(on.partition(".")[0])
    known = {**others, **{str(each.process): each for each in (process, *process.inner.values())}}
    return [known[name] for name in link.process] if link and known.keys() >= {*link.process} else []


def _linked(on: Name, process: Process) -> Iterator[Finding]:
    name = on.partition(".")[0]
    if name not in (process.links or {}):
        yield unknown("FE697", on.place, name, process.links or {})
    elif linked_by(on) is None and "{" not in on:
        yield Finding("FE650", on.place, {"on": on})


def _started(process: Process) -> set[str]:
    """The processes of which orders may be opened beside one of this process."""
    links = (process.links or {}).values()
    return {str(name) for link in links if link.many for name in link.process}


def _done(step: Step, process: Process, unknown_to: Search) -> Iterator[Finding]:
    """Names under a verb that the process does not know; keys of maps are not filled from rows."""
    for values in step.edits, step.fills:
        yield from _unknown("FE203", placed(values), _fields(process))
    if step.verb is None or step.verb not in _NAMED:
        return
    code, known = _NAMED[step.verb]
    if isinstance(step.argument, Mapping):
        yield from _unknown(code, placed(step.argument), known(process))
    else:
        yield from unknown_to(code, [step.argument], known(process))


def _needs_of_kind(*kinds: str) -> Callable[[Process], set[str]]:
    return lambda process: {
        need.name for each in _every(process) for _, need in needs_of(each) if need.kind in kinds
    }


def _work(process: Process) -> set[str]:
    """Whatever may be a work item: needs, outcomes and tasks."""
    every = _every(process)
    needs = {need.name for each in every for _, need in needs_of(each)}
    outcomes = {outcome.name for each in every for _, outcome in outcomes_of(each)}
    return needs | outcomes | {task.name for each in every for _, task in tasks_of(each)}


def _lanes(process: Process) -> set[str]:
    return {*(process.lanes or ())}


def _calls(process: Process) -> set[str]:
    return {name for each in _every(process) for name in each.calls or ()}


def _events(process: Process) -> set[str]:
    return {*(process.events or ())}


def _parts(process: Process) -> set[str]:
    return {name for each in _every(process) for name in divided_parts(each)}


def _own_parts(process: Process) -> set[str]:
    return set(own_parts_of(process))


def _parts_done(process: Process) -> set[str]:
    return {done_need(part).name for each in _every(process) for part in divided_parts(each).values()}


def _holds(process: Process) -> set[str]:
    return {name for each in _every(process) for name in each.holds or ()}


def _fields(process: Process) -> set[str]:
    every = [*map(fields_of, _every(process)), *map(builtin_fields, _every(process))]
    return {"channel"}.union(*every)


_NAMED: Final[Mapping[str, tuple[str, Callable[[Process], set[str]]]]] = {
    "done": ("FE506", _needs_of_kind("check")),
    "attach": ("FE508", _needs_of_kind("file")),
    "write": ("FE509", lambda process: _fields(process) | _needs_of_kind("note")(process)),
    "amend": ("FE203", _fields),
    "waive": ("FE517", lambda process: {n.name for p in _every(process) for _, n in needs_of(p) if n.waive}),
    "hold": ("FE518", _holds),
    "release": ("FE518", _holds),
    "raise": ("FE720", lambda process: {name for each in _every(process) for name in each.exceptions or ()}),
    **dict.fromkeys(("request", "revoke"), ("FE550", _lanes)),
    **dict.fromkeys(
        ("approve", "abstain", "transfer", "delegate", "add_signer", "urge", "copy", "return", "withdraw"),
        ("FE389", lambda process: _needs_of_kind("approval")(process) | _lanes(process)),
    ),
    "refuse": ("FE389", lambda process: _needs_of_kind("approval", "confirm")(process) | _lanes(process)),
    "confirm": ("FE561", _needs_of_kind("confirm")),
    "event": ("FE640", _events),
    "split": ("FE512", _parts),
    "open": ("FE512", _own_parts),
    **dict.fromkeys(("claim", "give_back", "reassign"), ("FE512", _work)),
    "outcome": ("FE507", lambda process: {o.name for p in _every(process) for _, o in outcomes_of(p)}),
}
"""The verbs that name something of the process: the finding for a name it lacks, and the names it has."""


def _expected(
    expect: Expect, people: Collection[str], process: Process, unknown_to: Search
) -> Iterator[Finding]:
    stages = {name for each in _every(process) for name in each.stages}
    places = {*stages, *(name for each in _every(process) for name in ends_of(each))}
    needs = {need.name for each in _every(process) for _, need in needs_of(each)}
    outcomes = {outcome.name for each in _every(process) for _, outcome in outcomes_of(each)}
    yield from unknown_to("FE202", (expect.stage,) if expect.stage else (), places)
    tasks = {task.name for each in _every(process) for _, task in tasks_of(each)}
    timed = {*places, *tasks, *needs, *_clocks(process), *_holds(process), *_lanes(process)}
    yield from unknown_to("FE202", (*(expect.late or ()), *(expect.warned or ())), timed)
    yield from _unknown("FE202", placed(expect.due), timed)
    yield from _unknown("FE202", placed(expect.chart), places)
    yield from unknown_to("FE518", expect.held or (), _holds(process))
    yield from unknown_to("FE550", expect.lanes or (), _lanes(process))
    yield from unknown_to("FE660", expect.called or (), _calls(process))
    yield from _unknown("FE512", placed(expect.deferred), needs)
    yield from unknown_to("FE640", expect.parked or (), _events(process))
    for targets in (expect.chart or {}).values():
        yield from unknown_to("FE202", targets, places)
    yield from _unknown("FE203", placed(expect.fields), _fields(process))
    # A stage that waits for a choice blocks under its own name.
    yield from unknown_to(
        "FE512", expect.blocked_by or (), {*needs, *stages, *_holds(process), *_parts_done(process)}
    )
    yield from _unknown("FE505", placed(expect.todo), {*people, *_roles(process)})
    yield from _unknown("FE505", placed(expect.sees), {*people, *_roles(process)})
    yield from _unknown("FE505", placed(expect.shown), {*people, *_roles(process)})
    for shown in (expect.shown or {}).values():
        yield from _unknown("FE203", placed(shown), _fields(process))
    yield from _unknown("FE505", placed(expect.mine), people)
    yield from _unknown("FE505", placed(expect.queue), {*people, *_roles(process)})
    for mine in (expect.mine or {}).values():
        yield from unknown_to("FE512", mine, _work(process))
    for fields in (expect.sees or {}).values():
        yield from unknown_to("FE203", fields, _fields(process))
    for todo in (expect.todo or {}).values():
        yield from unknown_to("FE512", todo, {*needs, *outcomes, *_lanes(process)})
    told = (*_told(expect), *(expect.not_notified or ()), *placed(expect.says))
    yield from unknown_to("FE505", told, {*people, *_roles(process)})
    yield from sent_findings(expect.sent or (), _every(process), unknown_to)
    messages = {name for each in _every(process) for name in each.messages or ()}
    for each in expect.notified or ():
        if isinstance(each, Mapping):
            yield from (
                unknown("FE613", who.place, word, messages)
                for who, word in each.items()
                if word not in messages
            )


def _told(expect: Expect) -> Iterator[Name]:
    """Those who were told, with or without the message that they got."""
    yield from (each.to for each in expect.sent or ())
    for each in expect.notified or ():
        yield from each if isinstance(each, Mapping) else (each,)


def _roles(process: Process) -> set[str]:
    """Those who may be meant where no person is: roles, and the customer."""
    return {CUSTOMER, *(role for each in _every(process) for role in each.roles)}


def _clocks(process: Process) -> set[str]:
    return {clock.name for each in _every(process) for _, clock in clocks_of(each)}


def _every(process: Process) -> tuple[Process, ...]:
    """The process and what becomes of it for each type and lane: a scenario may open any of them."""
    typed = process, *process.variants.values()
    return *typed, *(under for each in typed for under in each.granted.values())


def _unknown(
    code: str, names: Iterable[Name], known: Collection[str], row: Row = _NO_COLUMNS
) -> Iterator[Finding]:
    """A finding for each name that is not known, once the row is filled in. Keys of maps are not filled.

    What a row makes no name of, or leaves as it is, is found with the columns.
    """
    for name in names:
        for meant in filled_names([name], row):
            if not isinstance(meant, str) or (row and "{" in meant):
                continue
            thing, _, part = meant.partition(".")  # `photo.2` is that of the second row
            if (thing if part.isdecimal() else meant) not in known:
                yield unknown(code, name.place, meant, known)
