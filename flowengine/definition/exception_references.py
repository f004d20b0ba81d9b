"""Exceptions that cannot be: on tiers that are not there, raised by nobody, asking what no case knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowengine.definition.confirmation_references import insiders
from flowengine.definition.deeds import deeds_of
from flowengine.definition.event_references import FOUND_BY
from flowengine.definition.findings import Finding, Place, unknown
from flowengine.definition.kinds import Kind
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.people_references import innermost, inside, is_person, people_of, roles_among
from flowengine.definition.raised_by_itself import NOBODY_TO_ACT
from flowengine.definition.scope import every_action, every_need, fields_of, owner_rows
from flowengine.definition.words import Action, Exceptional, Name, Need, Process

_IN_CASES = ("check", "file", "note", "confirm", "any")
"""What may be asked in a case: it has no fields, approvals, events and calls of its order."""


def exception_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the exceptions of a process, with its tiers, and with what raises them."""
    exceptions, tiers = process.exceptions or {}, process.tiers or {}
    yield from _tiers(process)
    for action in every_action(process):
        yield from _action(process, action)
    defaults = process.defaults.exception if process.defaults else None
    for asked in (defaults.report, defaults.review) if defaults else ():
        yield from _needs(process, asked.needs if asked else None)
    raised = {str(action.raise_) for action in every_action(process) if action.raise_}
    late = {str(action.raise_) for action in _late(process)}
    for exception in exceptions.values():
        if not tiers:
            yield Finding("FE727", exception.place, {"exception": exception.name})
            return
        yield from _rows(exception, tiers, is_timed=exception.name in late or process.base is not None)
        by_itself = exception.name == NOBODY_TO_ACT and _may_lack_people(process)
        yield from _people(process, exception, is_raised=by_itself or exception.name in raised)
        if exception.hold and exception.hold not in (process.holds or {}):
            yield unknown("FE353", exception.hold.place, exception.hold, process.holds or {})
        yield from _same(process, exception)
        for needs in _asked(exception):
            yield from _needs(process, needs)


def _action(process: Process, action: Action) -> Iterator[Finding]:
    exceptions = process.exceptions or {}
    for name in (action.raise_, action.resolve):
        if name and name not in exceptions:
            yield unknown("FE720", name.place, name, exceptions)
    if action.tier and not action.raise_:
        yield Finding("FE725", action.place)
    elif action.tier and str(action.tier) not in (process.tiers or {}):
        yield _no_tier(action.place, action.tier, process.tiers or {})


def _no_tier(place: Place, tier: int, tiers: Mapping[str, object]) -> Finding:
    return Finding("FE721", place, {"tier": tier, "known": sorted(tiers)})


def _rows(exception: Exceptional, tiers: Mapping[str, object], *, is_timed: bool) -> Iterator[Finding]:
    *rows, last = exception.tier
    for row in exception.tier:
        if str(row.tier) not in tiers:
            yield _no_tier(row.place, row.tier, tiers)
        if row.over and not is_timed:
            yield Finding("FE723", row.place, {"exception": exception.name}, severity="warning")
    plain = [row for row in rows if not (row.over or row.when)]
    if plain:
        yield Finding("FE722", plain[0].place, {"exception": exception.name}, "FE722.early")
    elif last.over or last.when:
        yield Finding("FE722", last.place, {"exception": exception.name}, "FE722.last")
    if len({row.over.unit for row in exception.tier if row.over}) > 1:
        yield Finding("FE728", exception.place, {"exception": exception.name})


def _same(process: Process, exception: Exceptional) -> Iterator[Finding]:
    fields = fields_of(process)
    for name in exception.same:
        if name not in fields:
            yield unknown("FE203", name.place, name, fields)
        elif fields[name].private or Kind(fields[name].type) not in FOUND_BY:
            yield Finding("FE731", name.place, {"field": name})


def _people(process: Process, exception: Exceptional, *, is_raised: bool) -> Iterator[Finding]:
    for role in exception.by:
        if role not in process.roles:
            yield unknown("FE201", role.place, role, process.roles)
    may = exception.by or [role for role in process.roles.values() if "raise" in role.may]
    own = exception.place.file == process.place.file
    if own and not may and not is_raised and not process.base:
        yield Finding("FE729", exception.place, {"exception": exception.name}, severity="warning")


def _may_lack_people(process: Process) -> bool:
    """Whether work may come up for which nobody is there: it is dealt out, or for a person of the order."""
    named = (*inside(process), *(row.to for row in owner_rows(process)))
    deals = any(role.assign for role in process.roles.values())
    return deals or any(is_person(process, innermost(who)) for who in named)


def _tiers(process: Process) -> Iterator[Finding]:
    teams: dict[str, tuple[Name, ...]] = {}
    for tier in (process.tiers or {}).values():
        for role in tier.team:
            if role not in process.roles:
                yield unknown("FE201", role.place, role, process.roles)
        first = tier.team[0]
        if set(teams.setdefault(first, tier.team)) != set(tier.team):
            yield Finding("FE726", first.place, {"role": first})


def _asked(exception: Exceptional) -> Iterator[Mapping[str, Need] | None]:
    yield exception.playbook
    yield from (each.needs for each in (exception.report, exception.review) if each)


def _needs(process: Process, needs: Mapping[str, Need] | None) -> Iterator[Finding]:
    people = people_of(process)
    for need in every_need(needs):
        if need.kind not in _IN_CASES:
            yield Finding("FE724", need.place, {"need": need.name, "kind": need.kind})
        # Cases are checked only where nothing else is wrong: a misspelt role would be told too late.
        for who in roles_among(process, (*need.by, *need.waive, *insiders(need.confirm or ()))):
            if who not in people:
                yield unknown("FE201", who.place, who, {*people, CUSTOMER} if need.confirm else people)


def _late(process: Process) -> Iterator[Action]:
    """What is done when a clock is late."""
    for found in deeds_of(process):
        if found.occasion == "late":
            yield from (action for action in found.actions if action.raise_)
