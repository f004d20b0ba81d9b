"""What a schema cannot say about a process: names that lead nowhere, clashes, and fields that contradict
themselves. Works on words; every finding names the place of the word at fault.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from keyword import iskeyword

from flowengine.definition.absence_references import absence_findings, member_findings
from flowengine.definition.approval_references import approval_findings
from flowengine.definition.assign_references import assign_findings
from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, builtin_fields
from flowengine.definition.calendar_references import calendar_findings
from flowengine.definition.call_references import call_findings
from flowengine.definition.confirmation_references import confirmation_findings, insiders
from flowengine.definition.deed_references import deed_findings
from flowengine.definition.derived import is_derived
from flowengine.definition.derived_references import certain_findings, derived_findings
from flowengine.definition.detours import BACK
from flowengine.definition.dividing import part_findings
from flowengine.definition.document.characters import shown
from flowengine.definition.event_references import event_findings, scope_behind
from flowengine.definition.exception_references import exception_findings
from flowengine.definition.expressions import parse
from flowengine.definition.field_references import field_findings
from flowengine.definition.findings import Finding, Place, elsewhere, unknown
from flowengine.definition.following import following_findings
from flowengine.definition.four_eyes import four_eyes_findings
from flowengine.definition.lane_references import lane_findings
from flowengine.definition.link_references import is_brought, link_findings
from flowengine.definition.message_references import message_findings
from flowengine.definition.moments import moment_findings
from flowengine.definition.need_references import need_findings
from flowengine.definition.notice_references import notice_findings
from flowengine.definition.opening_references import opening_findings
from flowengine.definition.outcome_references import outcome_findings
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.part_openings import part_opening_findings
from flowengine.definition.part_references import own_parts_of, part_word_findings
from flowengine.definition.people_references import (
    anywhere,
    inside,
    people_findings,
    people_of,
    roles_among,
)
from flowengine.definition.private import KNOWN_BY
from flowengine.definition.role_references import amending_findings, role_findings
from flowengine.definition.same_names import same_name_findings
from flowengine.definition.scope import (
    STAGE_MOMENTS,
    TASK_MOMENTS,
    assign_rows,
    channels_of,
    clocks_of,
    due_rows,
    every_action,
    fields_of,
    needs_of,
    outcomes_of,
    owner_rows,
    rules_of,
    scope_of,
    tasks_of,
    zone_of,
)
from flowengine.definition.task_references import task_findings
from flowengine.definition.time_references import time_findings
from flowengine.definition.vocabulary.values import RESERVED, RESERVED_ROLES
from flowengine.definition.words import Name, Outcome, Process, Written
from flowengine.definition.zones import zone_findings
from flowengine.texts import Phrase

DEFAULT_ENDS = ("closed", "cancelled")
_ALONE = ("name.clock", "name.rule")
"""Things that may stand in several stages, but not under one name."""


def reference_findings(process: Process) -> Iterator[Finding]:
    """Everything in `process` that refers to nothing, clashes or contradicts itself."""
    if process.zone:
        yield from zone_findings(process.zone)
    yield from calendar_findings(process)
    yield from _roles(process)
    yield from role_findings(process)
    yield from people_findings(process)
    yield from assign_findings(process)
    yield from absence_findings(process)
    yield from member_findings(process)
    yield from amending_findings(process)
    yield from _targets(process)
    yield from _names(process)
    zone = zone_of(process)
    for field in fields_of(process).values():
        yield from field_findings(field, zone)
    yield from derived_findings(process)
    yield from _order(process)
    yield from _needs(process)
    yield from same_name_findings(process)
    yield from _outcomes(process)
    yield from need_findings(process)
    yield from four_eyes_findings(process)
    yield from task_findings(process)
    yield from outcome_findings(process)
    yield from moment_findings(process)
    yield from time_findings(process)
    yield from deed_findings(process)
    yield from approval_findings(process)
    yield from lane_findings(process)
    yield from link_findings(process)
    yield from following_findings(process)
    yield from part_findings(process)
    yield from part_word_findings(process)
    yield from part_opening_findings(process)
    yield from opening_findings(process)
    yield from confirmation_findings(process)
    yield from event_findings(process)
    yield from message_findings(process)
    yield from call_findings(process)
    yield from exception_findings(process)
    yield from notice_findings(process)
    yield from _conditions(process)


def ends_of(process: Process) -> tuple[str, ...]:
    """The names of the ends: those declared and the two that always exist."""
    declared = tuple(process.ends or ())
    return (*declared, *(name for name in DEFAULT_ENDS if name not in declared))


def _roles(process: Process) -> Iterator[Finding]:
    people = people_of(process)
    asked: list[Name] = [process.owner]
    owners = roles_among(process, [row.to for row in owner_rows(process)])
    for lane in (process.lanes or {}).values():
        asked += [*lane.request.by, *(lane.revoke.by if lane.revoke else ())]
    asked += [role.reassign for role in process.roles.values() if role.reassign]
    yield from _unknown("FE201", asked, process.roles)
    yield from _unknown("FE201", [*owners, *roles_among(process, inside(process))], people)
    yield from _unknown("FE201", roles_among(process, insiders(anywhere(process))), {*people, CUSTOMER})


def _targets(process: Process) -> Iterator[Finding]:
    stages = process.stages
    everywhere = {*stages, *ends_of(process)}
    asked: list[Name] = [row.to for stage in stages.values() for row in stage.next]
    origins: list[Name] = []
    for _, outcome in outcomes_of(process):
        asked += [outcome.to] if outcome.to and outcome.to != BACK else []
        origins += [origin for origin in outcome.from_ if origin != "any"]
    for action in every_action(process):
        asked += [action.move] if action.move and action.move != BACK else []
    yield from _unknown("FE202", [*asked, *origins], everywhere)


def _unknown(code: str, asked: Iterable[Name], known: Collection[str]) -> Iterator[Finding]:
    yield from (unknown(code, name.place, name, known) for name in asked if name not in known)


def placed(named: Mapping[str, object] | None) -> Iterator[Name]:
    """The keys of a map as its reader made them: each knows its place."""
    for name in named or ():
        assert isinstance(name, Name)
        yield name


def _names(process: Process) -> Iterator[Finding]:
    """One namespace: a name means one thing, except that a need may carry the name of its field."""
    first: dict[str, tuple[str, Place]] = {}
    fields = fields_of(process)
    things = [("name.field", name, field.place) for name, field in fields.items()]
    things += [("name.stage", name, stage.place) for name, stage in process.stages.items()]
    things += [("name.task", task.name, task.place) for _, task in tasks_of(process)]
    things += [("name.end", name, end.place) for name, end in (process.ends or {}).items()]
    things += [("name.outcome", name, outcome.place) for name, outcome in (process.outcomes or {}).items()]
    things += [("name.clock", clock.name, clock.place) for _, clock in clocks_of(process)]
    things += [("name.rule", rule.name, rule.place) for _, rule in rules_of(process)]
    things += [("name.hold", name, hold.place) for name, hold in (process.holds or {}).items()]
    things += [("name.approval", name, each.place) for name, each in (process.approvals or {}).items()]
    things += [("name.lane", name, lane.place) for name, lane in (process.lanes or {}).items()]
    links = process.links or {}
    things += [("name.link", name, link.place) for name, link in links.items() if not is_brought(link)]
    things += [("name.part", name, part.place) for name, part in own_parts_of(process).items()]
    things += [("name.exception", name, each.place) for name, each in (process.exceptions or {}).items()]
    things += [("name.call", name, call.place) for name, call in (process.calls or {}).items()]
    things += [("name.event", name, event.place) for name, event in (process.events or {}).items()]
    things += [
        (f"name.need.{need.kind}", need.name, need.place)
        for _, need in needs_of(process)
        if need.name not in (need.field, need.approval, need.call, need.event)
    ]
    for name, role in process.roles.items():
        if name in RESERVED_ROLES:
            yield Finding("FE205", role.place, {"word": name})
    for what, name, place in things:
        if name in RESERVED or iskeyword(name):  # a condition could not name it
            yield Finding("FE205", place, {"word": name})
        earlier, where = first.setdefault(name, (what, place))
        if earlier != what or (what in _ALONE and where != place):
            yield Finding(
                "FE204", place, {"word": name, "other": Phrase(earlier), "where": elsewhere(where, place)}
            )
    for name in DEFAULT_ENDS:
        if name in process.stages and name not in (process.ends or ()):
            yield Finding("FE206", process.stages[name].place, {"word": name})
    yield from _outcome_names(process)


def _outcome_names(process: Process) -> Iterator[Finding]:
    """An outcome shares its name with none of the whole order, nor with a moment of where it stands."""
    whole = process.outcomes or {}
    for name in ("created", "amended"):
        if name in whole:
            yield Finding("FE205", whole[name].place, {"word": name})
    for stage in process.stages.values():
        for name, outcome in (stage.outcomes or {}).items():
            if name in (*RESERVED, *STAGE_MOMENTS):
                yield Finding("FE205", outcome.place, {"word": name})
            yield from _same_as(whole, outcome)
    for stage, task in tasks_of(process):
        for name, outcome in (task.outcomes or {}).items():
            if name in (*RESERVED, *TASK_MOMENTS):
                yield Finding("FE205", outcome.place, {"word": name})
            yield from _same_as({**whole, **(stage.outcomes or {})}, outcome)


def _same_as(known: Mapping[str, Outcome], outcome: Outcome) -> Iterator[Finding]:
    """An outcome is chosen by its name, so in one place it means one thing."""
    if other := known.get(outcome.name):
        params = {
            "word": outcome.name,
            "other": Phrase("name.outcome"),
            "where": elsewhere(other.place, outcome.place),
        }
        yield Finding("FE204", outcome.place, params)


def _order(process: Process) -> Iterator[Finding]:
    if process.order is None:
        return
    fields = fields_of(process)
    builtin = set(builtin_fields(process)) - SET_BY_THE_PROCESS
    known = {*fields, *builtin, "channel"} if process.order.channels else {*fields, *builtin}
    yield from _unknown("FE203", process.order.unique, known)
    for name in process.order.unique:
        field = fields.get(name)
        if field and is_derived(field):
            yield Finding("FE263", name.place, {"field": name})
        elif field and field.private and field.private not in KNOWN_BY:
            yield Finding("FE572", name.place, {"field": name})
        elif field and (field.type == "list" or not field.required):
            yield Finding("FE211", name.place, {"field": name})
    for channel in (process.order.channels or {}).values():
        yield from _unknown("FE203", placed(channel.maps), {*fields, *builtin})
        for name in placed(channel.maps):
            if name in fields and fields[name].value is not None:
                yield Finding("FE264", name.place, {"field": name})
    number = process.order.number
    if number and not number.isprintable():
        yield Finding("FE105", number.place, {"word": shown(number)}, hint="FE105.order_number")
    if number and not is_complete(number):
        yield Finding("FE219", number.place, {"word": number})
    if "channel" in fields and channels_of(process):
        place = fields["channel"].place
        where = elsewhere(process.order.place, place)
        yield Finding("FE204", place, {"word": "channel", "other": Phrase("name.channels"), "where": where})


def is_complete(number: str) -> bool:
    """Whether an order number has one serial, and beside each date part the larger ones.

    Without the month, the 5th of March and the 5th of April would go on with one serial.
    """
    parts = re.findall(r"\{([a-z]+)", number)
    if parts.count("serial") != 1:
        return False
    return ("dd" not in parts or "mm" in parts) and ("mm" not in parts or bool({"yyyy", "yy"} & {*parts}))


def _needs(process: Process) -> Iterator[Finding]:
    fields = fields_of(process)
    for _, need in needs_of(process):
        if need.field and need.field not in fields:
            # In the short form `waybill: field` the name of the need is that of the field.
            place = need.place if need.field == need.name else need.field.place
            yield unknown("FE203", place, need.field, fields)
        if need.that is None and need.confirm is None and need.else_:
            yield Finding("FE212", need.place, {"word": "else", "kind": need.kind})
        if need.that is not None and need.by:
            yield Finding("FE213", need.place, {"need": need.name})
        yield from _unknown("FE203", need.covers, fields)


def _outcomes(process: Process) -> Iterator[Finding]:
    for _, outcome in outcomes_of(process):
        if (outcome.at_most is None) != (not outcome.beyond):
            lacks = "beyond" if outcome.at_most is not None else "at_most"
            yield Finding("FE208", outcome.place, {"outcome": outcome.name, "word": lacks})
        yield from _beyond(outcome)
    fields = fields_of(process)
    for outcome in (process.outcomes or {}).values():
        yield from _unknown("FE203", outcome.edits, fields)
        if "any" in outcome.from_ and len(outcome.from_) > 1:
            yield Finding("FE215", outcome.place, {"outcome": outcome.name})


def _beyond(outcome: Outcome) -> Iterator[Finding]:
    moves = [action for action in outcome.beyond if action.move]
    if moves and (len(moves) > 1 or outcome.beyond[-1] is not moves[0] or any(a.ask for a in outcome.beyond)):
        yield Finding("FE220", moves[0].place, {"outcome": outcome.name})
    if outcome.from_ and any(action.ask for action in outcome.beyond):
        yield Finding("FE221", outcome.place, {"outcome": outcome.name})


def conditions_of(process: Process) -> Iterator[Written]:
    """Every condition of the process, where it was written."""
    yield from (check.that for check in ((process.order and process.order.checks) or ()))
    yield from (need.that for _, need in needs_of(process) if need.that)
    yield from (need.when for _, need in needs_of(process) if need.when)
    yield from (task.when for _, task in tasks_of(process) if task.when)
    yield from (outcome.when for _, outcome in outcomes_of(process) if outcome.when)
    yield from (row.when for stage in process.stages.values() for row in stage.next if row.when)
    yield from (row.when for row in (*owner_rows(process), *assign_rows(process)) if row.when)
    for row in due_rows(process):
        yield from (each for each in (row.when, row.pause) if each)
    for _, clock in clocks_of(process):
        yield from (each for each in (clock.when, clock.pause) if each)
        yield from (row.when for row in clock.within if row.when)
        yield from (point.when for point in clock.by if point.when)
    for approval in (process.approvals or {}).values():
        yield from (step.when for step in approval.steps if step.when)
    yield from (lane.request.when for lane in (process.lanes or {}).values() if lane.request.when)
    for exception in (process.exceptions or {}).values():
        yield from (row.when for row in exception.tier if row.when)
    yield from (hold.while_ for hold in (process.holds or {}).values() if hold.while_)


def _conditions(process: Process) -> Iterator[Finding]:
    scope = scope_of(process)
    every = [(each, scope) for each in conditions_of(process)]
    every += [(rule.when, scope_behind(process, rule)) for _, rule in rules_of(process) if rule.when]
    for (source, place, at), known in every:
        expression, findings = parse(source, known, place, at=at)
        yield from findings
        if expression:
            yield from certain_findings(expression)
