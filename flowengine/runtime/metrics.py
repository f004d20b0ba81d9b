"""Health as figures, in the text format that Prometheus reads. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from flowengine.runtime.health import LEVELS, Health
from flowengine.runtime.signs import Signs
from flowengine.texts import Lang, say

_MOST: Final = 500
"""Labels of one kind at most: a deployed process may have any number of stages, a scraper may not."""
_REST: Final = "…"
_ESCAPES: Final = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


class Sample(NamedTuple):
    """One figure with the labels that tell it from others of its name."""

    name: str
    value: float
    labels: Mapping[str, str] = {}


def exposition(health: Health, lang: Lang = "en") -> str:
    """Every figure with what it means; gauges all of them, for each is as of now."""
    lines, last = [], ""
    for sample in _samples(health):
        name = f"flowengine_{sample.name}"
        if sample.name != last:
            lines += [f"# HELP {name} {say(f'metric.{sample.name}', lang)}", f"# TYPE {name} gauge"]
            last = sample.name
        labels = ",".join(f'{label}="{value.translate(_ESCAPES)}"' for label, value in sample.labels.items())
        lines.append(f"{name}{{{labels}}} {sample.value}" if labels else f"{name} {sample.value}")
    return "\n".join(lines) + "\n"


def _samples(health: Health) -> Iterator[Sample]:
    """The figures, those of one name together."""
    for check in health.checks:
        yield Sample("check_level", LEVELS.index(check.level), {"check": check.name})
    if health.signs:
        yield from _of_orders(health.signs)
        yield from _of_time(health.signs)
        yield from _of_calendars(health.signs)
        yield from _of_place(health.signs)


def _of_orders(signs: Signs) -> Iterator[Sample]:
    told, rest = signs.stages[:_MOST], signs.stages[_MOST:]
    stages = [*told, (_REST, _REST, sum(each[2] for each in rest), sum(each[3] for each in rest))]
    for name, column in (("orders_open", 2), ("orders_overdue", 3)):
        for each in stages if rest else told:
            yield Sample(name, int(each[column]), {"process": each[0], "stage": each[1]})
    yield Sample("orders_parked", signs.vitals.parked)
    yield Sample("orders_ahead", signs.vitals.ahead)
    yield Sample("events_waiting", signs.vitals.events)
    yield Sample("signals_waiting", signs.vitals.signals)
    yield Sample("messages", signs.vitals.messages)
    for name, column in (("parcels_waiting", 1), ("parcels_stuck", 2), ("parcels_given_up", 3)):
        for carried in signs.vitals.parcels:
            yield Sample(name, int(carried[column]), {"kind": carried.kind})


def _of_time(signs: Signs) -> Iterator[Sample]:
    yield Sample("timers_due", signs.vitals.due)
    yield Sample("timer_lag_seconds", signs.lag / 1_000)
    for each in signs.heartbeats[:_MOST]:
        yield Sample("heartbeat_age_seconds", (signs.now - each.seen_at) / 1_000, {"worker": each.name})
    if signs.skew is not None:
        yield Sample("clock_skew_seconds", signs.skew / 1_000)


def _of_calendars(signs: Signs) -> Iterator[Sample]:
    for each in signs.calendars[:_MOST]:
        labels = {"process": each.process, "calendar": each.calendar}
        yield Sample("calendar_certain_until_timestamp_seconds", (each.ends_at + 1) / 1_000, labels)


def _of_place(signs: Signs) -> Iterator[Sample]:
    if signs.place.size is not None:
        yield Sample("database_bytes", signs.place.size)
    if signs.place.free is not None:
        yield Sample("disk_free_bytes", signs.place.free)
