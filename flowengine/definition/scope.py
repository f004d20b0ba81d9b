"""Which names a process gives to its conditions: fields, the order's own words, and moments."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from flowengine.definition.kinds import Kind, Known, Scope
from flowengine.definition.words import Action, Field, Need, Outcome, Process


def scope_of(process: Process) -> Scope:
    """The scope of every condition of `process`; an unknown zone counts as UTC, which is found elsewhere."""
    return Scope(names={**_moments(process), **_order(process), **_fields(process)}, zone=zone_of(process))


def zone_of(process: Process) -> ZoneInfo:
    """The zone of the process's dates and numbers."""
    try:
        return ZoneInfo(process.zone or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def fields_of(process: Process) -> dict[str, Field]:
    """The declared fields by name."""
    return dict((process.order and process.order.fields) or {})


def channels_of(process: Process) -> tuple[str, ...]:
    """The declared channels, in file order."""
    return tuple((process.order and process.order.channels) or ())


def needs_of(process: Process) -> Iterator[tuple[str, Need]]:
    """Every need of the process with the name of the stage it belongs to (`order` for the whole order)."""
    for name, stage in process.stages.items():
        for needs in (stage.entry, stage.needs):
            yield from ((name, need) for need in (needs or {}).values())
        for outcome in (stage.outcomes or {}).values():
            yield from ((name, need) for need in _asked_by(outcome))
    for outcome in (process.outcomes or {}).values():
        yield from (("order", need) for need in _asked_by(outcome))


def outcomes_of(process: Process) -> Iterator[tuple[str, Outcome]]:
    """Every outcome with the name of its stage (`order` for those of the whole order)."""
    for name, stage in process.stages.items():
        yield from ((name, outcome) for outcome in (stage.outcomes or {}).values())
    yield from (("order", outcome) for outcome in (process.outcomes or {}).values())


def actions_of(outcome: Outcome) -> tuple[Action, ...]:
    """The actions written in an outcome."""
    return (*outcome.then, *outcome.beyond)


def _asked_by(outcome: Outcome) -> Iterator[Need]:
    yield from (outcome.needs or {}).values()
    for action in actions_of(outcome):
        yield from (action.ask or {}).values()


def _order(process: Process) -> dict[str, Known]:
    names = {
        "number": Known(Kind.TEXT, always=True),
        "stage": Known(Kind.CHOICE, always=True, choices=tuple(process.stages)),
    }
    if channels := channels_of(process):
        names["channel"] = Known(Kind.CHOICE, always=True, choices=channels)
    return names


def _fields(process: Process) -> dict[str, Known]:
    return {
        name: Known(
            Kind(field.type),
            always=field.required or field.default is not None,
            choices=field.choices,
            columns={
                column: Known(Kind(each.type), always=each.required, choices=each.choices)
                for column, each in (field.of or {}).items()
            },
        )
        for name, field in fields_of(process).items()
    }


def _moments(process: Process) -> dict[str, Known]:
    once = Known(Kind.MOMENT)
    moments = {"order.created": Known(Kind.MOMENT, always=True)}
    for name in process.stages:
        moments |= {f"{name}.{moment}": once for moment in ("entered", "left", "late")}
    for place, outcome in outcomes_of(process):
        moments[f"{place}.{outcome.name}"] = once
    for _, need in needs_of(process):
        if need.kind != "that":  # nobody does a condition
            moments[f"{need.name}.done"] = once
    return moments
