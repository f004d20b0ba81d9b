"""Which names a process gives to its conditions: fields, the order's own words, and moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.definition.builtin_fields import builtin_fields
from flowengine.definition.deeds import deeds_of
from flowengine.definition.derived import in_order, is_plain, known_with
from flowengine.definition.kinds import NUMBERS, Kind, Known, Scope
from flowengine.definition.same import Same, kept
from flowengine.definition.words import (
    Action,
    Clock,
    Due,
    Field,
    Link,
    Need,
    Outcome,
    Process,
    Row,
    Rule,
    Stage,
    Task,
)

STAGE_MOMENTS: Final = ("entered", "left", "warned", "late")
TASK_MOMENTS: Final = ("opened", "done", "warned", "late")
FIELD_MOMENTS: Final = ("given", "changed")
CLOCK_MOMENTS: Final = ("started", "warned", "late", "met")
HOLD_MOMENTS: Final = ("placed", "released")
APPROVAL_MOMENTS: Final = ("requested", "granted", "refused", "returned", "taken_back", "stale", "late")
EXCEPTION_MOMENTS: Final = ("raised", "answered", "told", "planned", "resolved", "reviewed")
LINK_MOMENTS: Final = ("started", "ended")
CALL_MOMENTS: Final = ("done", "failed")
LANE_MOMENTS: Final = ("requested", "granted", "refused", "stale", "late", "expired", "revoked")
LINK_FACTS: Final[Mapping[str, Kind]] = {
    "number": Kind.TEXT, "stage": Kind.TEXT, "end": Kind.TEXT, "open": Kind.BOOLEAN, "held": Kind.BOOLEAN,
    "called_off": Kind.BOOLEAN,
}  # fmt: skip
"""What is known of every linked order, whatever else is read of it; only one that has ended has an `end`."""
SPLIT: Final = "split"
"""Into how many parts an order is split; none where it is whole."""
_ONCE: Final = Known(Kind.MOMENT)
_ALWAYS: Final = Known(Kind.MOMENT, always=True)
EVENT_MOMENT: Final = "received"
_NATURAL_ENDS: Final = (
    EVENT_MOMENT,
    "left",
    "done",
    "given",
    "met",
    "released",
    "granted",
    "resolved",
    "ended",
)


@kept
def scope_of(process: Process) -> Scope:
    """The scope of every condition of `process`; an unknown zone counts as UTC, which is found elsewhere."""
    return known_with(fields_of(process), derived_order(process)[0], _bare_scope(process))


@kept
def derived_order(process: Process) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The fields that come from others, each behind those it reads; and their circles, which stay out."""
    return in_order(fields_of(process), _bare_scope(process))


@kept
def _bare_scope(process: Process) -> Scope:
    """The scope as long as nobody knows which of the derived fields always have a value."""
    names = {**_moments(process), **_order(process), **_fields(process), **_linked(process)}
    read = scope_of(process.base).read if process.base else {}
    return Scope(names, zone_of(process), read)


def zone_of(process: Process) -> ZoneInfo:
    """The zone of the process's dates and numbers: its own word for it, or that of its calendar."""
    calendar = (process.calendars or {}).get(process.calendar or "")
    try:
        return ZoneInfo(process.zone or (calendar.zone if calendar else "UTC"))
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def fields_of(process: Process) -> Mapping[str, Field]:
    """The declared fields by name."""
    return (process.order and process.order.fields) or {}


def channels_of(process: Process) -> tuple[str, ...]:
    """The declared channels, in file order."""
    return tuple((process.order and process.order.channels) or ())


@kept
def needs_of(process: Process) -> tuple[tuple[str, Need], ...]:
    """Every need of the process with the name of the stage it belongs to (`order` for the whole order)."""
    return tuple(_needs(process))


def _needs(process: Process) -> Iterator[tuple[str, Need]]:
    for name, stage in process.stages.items():
        yield from ((name, need) for need in stage_needs(stage))
    for outcome in (process.outcomes or {}).values():
        yield from (("order", need) for need in every_need(outcome.needs))
    for clock in (process.clocks or {}).values():
        yield from (("order", need) for need in every_need(clock.needs))
    for hold in (process.holds or {}).values():
        yield from (("order", need) for need in every_need(hold.release.needs if hold.release else None))
    for found in deeds_of(process):
        place = found.stage.name if found.stage else "order"
        yield from ((place, need) for action in found.actions for need in every_need(action.ask))


def stage_needs(stage: Stage) -> tuple[Need, ...]:
    """Every need that stands in a stage: at its door, in itself, its tasks, its outcomes and its clocks."""
    return _needs_in(Same(stage))


@lru_cache(maxsize=1024)  # the types of an order share the stages that they leave as they are
def _needs_in(same: Same[Stage]) -> tuple[Need, ...]:
    return tuple(_each_need(same.it))


def _each_need(stage: Stage) -> Iterator[Need]:
    for needs in (stage.entry, stage.needs):
        yield from every_need(needs)
    for task in (stage.tasks or {}).values():
        yield from every_need(task.needs)
        for outcome in (task.outcomes or {}).values():
            yield from every_need(outcome.needs)
    for outcome in (stage.outcomes or {}).values():
        yield from every_need(outcome.needs)
    for clock in (stage.clocks or {}).values():
        yield from every_need(clock.needs)


def every_need(needs: Mapping[str, Need] | None) -> Iterator[Need]:
    """These needs and, after a choice of several, each of them."""
    for need in (needs or {}).values():
        yield need
        if need.any:
            yield from every_need(need.any)


@kept
def tasks_of(process: Process) -> tuple[tuple[Stage, Task], ...]:
    """Every task with its stage."""
    return tuple((stage, task) for stage in process.stages.values() for task in (stage.tasks or {}).values())


@kept
def outcomes_of(process: Process) -> tuple[tuple[str, Outcome], ...]:
    """Every outcome with the name of its stage or task (`order` for those of the whole order)."""
    return tuple(_outcomes(process))


def _outcomes(process: Process) -> Iterator[tuple[str, Outcome]]:
    for name, stage in process.stages.items():
        yield from ((name, outcome) for outcome in (stage.outcomes or {}).values())
        for task in (stage.tasks or {}).values():
            yield from ((task.name, outcome) for outcome in (task.outcomes or {}).values())
    yield from (("order", outcome) for outcome in (process.outcomes or {}).values())


@kept
def clocks_of(process: Process) -> tuple[tuple[Stage | None, Clock], ...]:
    """Every clock with a name of its own, with its stage; those of the whole order have none."""
    inside = ((stage, clock) for stage in process.stages.values() for clock in (stage.clocks or {}).values())
    return (*inside, *((None, clock) for clock in (process.clocks or {}).values()))


@kept
def rules_of(process: Process) -> tuple[tuple[Stage | None, Rule], ...]:
    """Every rule, with its stage; those of the whole order have none."""
    inside = ((stage, rule) for stage in process.stages.values() for rule in (stage.rules or {}).values())
    return (*inside, *((None, rule) for rule in (process.rules or {}).values()))


@kept
def every_action(process: Process) -> tuple[Action, ...]:
    """Every action of the process, wherever it stands."""
    return tuple(action for found in deeds_of(process) for action in found.actions)


def set_by_itself(process: Process) -> Iterator[str]:
    """The fields that actions set, and those that the answers of calls fill."""
    yield from (str(name) for action in every_action(process) for name in action.set or ())
    yield from (str(name) for call in (process.calls or {}).values() for name in call.sets or ())


def owner_rows(process: Process) -> Iterator[Row]:
    """Every row that names an owner, of stages and of tasks."""
    for stage in process.stages.values():
        yield from stage.owner
    for _, task in tasks_of(process):
        yield from task.owner


def assign_rows(process: Process) -> Iterator[Row]:
    """Every row that says to whom the work of a role goes."""
    for role in process.roles.values():
        yield from role.assign


@kept
def due_rows(process: Process) -> tuple[Due, ...]:
    """Every time threshold: of stages, tasks, needs, holds, and of what actions ask."""
    return tuple(_due_rows(process))


def _due_rows(process: Process) -> Iterator[Due]:
    for stage in process.stages.values():
        yield from stage.due
    for _, task in tasks_of(process):
        yield from task.due
    for _, need in needs_of(process):
        yield from need.due
    for hold in (process.holds or {}).values():
        yield from hold.due
    for action in every_action(process):
        yield from action.due
    for approval in (process.approvals or {}).values():
        yield from approval.due


def _order(process: Process) -> dict[str, Known]:
    names = {
        "number": Known(Kind.TEXT, always=True),
        "stage": Known(Kind.CHOICE, always=True, choices=_stages(process)),
    }
    for name, field in builtin_fields(process).items():
        names[name] = Known(Kind.CHOICE, always=True, choices=field.choices)
    if channels := channels_of(process):
        names["channel"] = Known(Kind.CHOICE, always=True, choices=channels)
    return names


def _linked(process: Process) -> dict[str, Known]:
    """What may be read of linked orders: of one by a dotted name, of many as the rows of a list."""
    names: dict[str, Known] = {}
    for name, link in (process.links or {}).items():
        known = facts_of_link(link)
        if link.many:
            names[name] = Known(Kind.LIST, always=True, columns=known)
            if (part := (process.parts or {}).get(name)) and part.through:
                names[f"{name}.{SPLIT}"] = Known(Kind.INTEGER, always=True)
        else:
            names |= {
                f"{name}.{fact}": replace(each, always=each.always and link.required)
                for fact, each in known.items()
            }
    return names


def facts_of_link(link: Link) -> dict[str, Known]:
    """What is known here of a linked order: where it stands, and the fields that are read."""
    known = {name: Known(kind, always=name != "end") for name, kind in LINK_FACTS.items()}
    return known | {
        name: Known(Kind(column.type), always=column.required, choices=column.choices)
        for name, column in (link.reads or {}).items()
    }


def link_moments(link: Link) -> tuple[str, ...]:
    """What can happen to a link: an order is linked, one comes to an end, all have come to one."""
    return (*LINK_MOMENTS, *(("closed", "cancelled") if link.ends is None else link.ends))


def _stages(process: Process) -> tuple[str, ...]:
    """The stages that a condition may name: in one that a patch removed no order ever is."""
    removed = [name for name in (_stages(process.base) if process.base else ()) if name not in process.stages]
    return (*process.stages, *removed)


def _fields(process: Process) -> dict[str, Known]:
    return {name: _known(Same(field)) for name, field in fields_of(process).items()}


@lru_cache(maxsize=1024)  # the types of an order share the fields that they leave as they are
def _known(same: Same[Field]) -> Known:
    field = same.it
    return Known(
        Kind(field.type),
        always=(field.required or is_plain(field)) and field.value is None,
        choices=field.choices,
        currency=field.currency,
        least=_bound(field, field.min),
        most=_bound(field, field.max),
        private=bool(field.private),
        columns={
            column: Known(Kind(each.type), always=each.required, choices=each.choices)
            for column, each in (field.of or {}).items()
        },
    )


def _bound(field: Field, bound: int | Decimal | str | None) -> int | Decimal | None:
    """The least or the greatest number that a field holds; of other types nothing is known."""
    if isinstance(bound, str | bool) or Kind(field.type) not in NUMBERS:
        return None
    return bound


def _moments(process: Process) -> dict[str, Known]:
    """The moments that a condition may name. What a patch removed never happens, which is no mistake."""
    before = scope_of(process.base).names if process.base else {}
    moments = {name: known for name, known in before.items() if known.kind is Kind.MOMENT}
    moments["order.created"] = _ALWAYS
    moments["order.amended"] = _ONCE
    for name in process.stages:
        moments |= {f"{name}.{moment}": _ONCE for moment in STAGE_MOMENTS}
    for _, task in tasks_of(process):
        moments |= {f"{task.name}.{moment}": _ONCE for moment in TASK_MOMENTS}
    for place, outcome in outcomes_of(process):
        moments[f"{place}.{outcome.name}"] = _ONCE
    for name in fields_of(process):
        moments |= {f"{name}.{moment}": _ONCE for moment in FIELD_MOMENTS}
    for _, need in needs_of(process):
        moments |= {f"{need.name}.{moment}": _ONCE for moment in need_moments(need)}
        if need.approval:
            moments |= {f"{need.name}.{moment}": _ONCE for moment in APPROVAL_MOMENTS}
    for action in every_action(process):
        if action.due:
            moments |= {f"{name}.late": _ONCE for name in action.ask or ()}
    for _, clock in clocks_of(process):
        moments |= {f"{clock.name}.{moment}": _ONCE for moment in CLOCK_MOMENTS}
    for name in process.holds or ():
        moments |= {f"{name}.{moment}": _ONCE for moment in HOLD_MOMENTS}
        moments |= {"order.held": _ONCE, "order.released": _ONCE}
    for name in process.lanes or ():
        moments |= {f"{name}.{moment}": _ONCE for moment in LANE_MOMENTS}
    return moments | dict.fromkeys(_moments_outside(process), _ONCE)


def _moments_outside(process: Process) -> Iterator[str]:
    """What can happen between an order and other orders, other systems, and events."""
    for name, link in (process.links or {}).items():
        yield from (f"{name}.{moment}" for moment in link_moments(link))
    for name in process.exceptions or ():
        yield from (f"{name}.{moment}" for moment in EXCEPTION_MOMENTS)
    for name in process.calls or ():
        yield from (f"{name}.{moment}" for moment in CALL_MOMENTS)
    for name in process.events or ():
        yield f"{name}.{EVENT_MOMENT}"


def need_moments(need: Need) -> tuple[str, ...]:
    """What can happen to a need: nobody does a condition or a choice of several, and only some lapse."""
    done = () if need.kind in ("that", "any") else ("done",)
    stale = ("stale",) if need.covers else ()
    waived = ("waived",) if need.waive else ()
    refused = ("refused",) if need.confirm else ()
    return (*done, *refused, *stale, *waived, *(("late",) if need.defer or need.due else ()))


def moment_named(scope: Scope, name: str) -> str | None:
    """The moment meant by `name`, a bare name being the natural end of the thing; None if there is none."""
    if name == "order":
        return None
    for full in (name, *(f"{name}.{end}" for end in _NATURAL_ENDS)):
        known = scope.names.get(full)
        if known and known.kind is Kind.MOMENT:
            return full
    return None
