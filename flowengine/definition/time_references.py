"""What contradicts itself in rows of time and in clocks: units that do not mix, warnings that come too late,
words without the one that they belong to, and clocks that cannot start or be met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flowengine.definition.cron_text import cron_fields
from flowengine.definition.deeds import Ladder, default_due, ladder
from flowengine.definition.findings import Finding, Place, unknown
from flowengine.definition.lengths import Length, Unit
from flowengine.definition.same import kept
from flowengine.definition.scope import (
    CLOCK_MOMENTS,
    STAGE_MOMENTS,
    TASK_MOMENTS,
    clocks_of,
    every_action,
    fields_of,
    moment_named,
    scope_of,
)
from flowengine.definition.spans import is_span, span
from flowengine.definition.thresholds import Ahead, ahead_of, buffer_of
from flowengine.definition.vocabulary.values import is_time
from flowengine.definition.words import Clock, DefaultDue, Due, LateRow, Name, Need, Process, Stage

PERIODS = ("workday", "day", "week", "month")
_MOST_PERCENT = 100


class Timed(NamedTuple):
    """A row of time: whose it is, how long it is if a length says so, and what stands on the way.

    `late` are those rows of lateness that it has itself, and not from `defaults`.
    """

    name: str
    place: Place
    within: Length | Name | None
    buffer: Name | None
    ladder: Ladder
    calendar: bool
    late: tuple[LateRow, ...] = ()
    counted: bool = True


def time_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the times of a process."""
    yield from _calendars(process)
    for timed in _timed(process):
        yield from _row(process, timed)
    for stage, clock in clocks_of(process):
        yield from _words(process, clock, stage)
        yield from _ends(process, clock, stage)


def _calendars(process: Process) -> Iterator[Finding]:
    known = process.calendars or {}
    named = [stage.calendar for stage in process.stages.values()]
    named += [clock.calendar for _, clock in clocks_of(process)]
    named += [task.calendar for stage in process.stages.values() for task in (stage.tasks or {}).values()]
    named += [row.calendar for _, row, _, _ in _rows(process)]
    for name in named:
        if name and name not in known:
            yield unknown("FE270", name.place, name, known)


@kept
def _rows(process: Process) -> tuple[tuple[str, Due, DefaultDue | None, Stage | None], ...]:
    """Every row of a due time, with whose it is, what stands under it, and its stage."""
    return tuple(_each_row(process))


def _each_row(process: Process) -> Iterator[tuple[str, Due, DefaultDue | None, Stage | None]]:
    for stage in process.stages.values():
        default = default_due(process, stage)
        yield from ((stage.name, row, default, stage) for row in stage.due)
        yield from _of_needs(stage.needs, stage)
        for task in (stage.tasks or {}).values():
            default = default_due(process, stage, task)
            yield from ((task.name, row, default, stage) for row in task.due)
            yield from _of_needs(task.needs, stage)
    for hold in (process.holds or {}).values():
        yield from ((hold.name, row, None, None) for row in hold.due)
    for approval in (process.approvals or {}).values():
        yield from ((approval.name, row, None, None) for row in approval.due)
    for action in every_action(process):
        asked = next(iter(action.ask or {}), "")
        yield from ((asked, row, None, None) for row in action.due)
        yield from _of_needs(action.ask, None)


def _of_needs(
    needs: Mapping[str, Need] | None, stage: Stage | None
) -> Iterator[tuple[str, Due, DefaultDue | None, Stage | None]]:
    for need in (needs or {}).values():
        yield from ((need.name, row, None, stage) for row in need.due)


def _timed(process: Process) -> Iterator[Timed]:
    """Every row of time, of clocks and deferred needs too."""
    always = process.calendar is not None
    for name, row, default, stage in _rows(process):
        task = (stage.tasks or {}).get(name) if stage else None
        known = always or any(each and each.calendar for each in (row, stage, task))
        steps = ladder(default, row)
        yield Timed(name, row.place, row.within, row.buffer, steps, known, row.late, row.by is None)
    for stage in process.stages.values():
        default, known = default_due(process, stage), always or stage.calendar is not None
        places = [stage.needs, *(task.needs for task in (stage.tasks or {}).values())]
        for need in (need for needs in places for need in (needs or {}).values()):
            if need.defer:
                yield Timed(need.name, need.place, need.defer, None, ladder(default, None), known)
    for place, clock in clocks_of(process):
        known = always or any(each and each.calendar for each in (clock, place))
        steps = ladder(None, clock)
        lengths: list[Length | Name | None] = [each.within for each in clock.within]
        lengths = lengths or [clock.silent_for]
        for within in lengths:
            counted = within is not None
            yield Timed(clock.name, clock.place, within, clock.buffer, steps, known, clock.late, counted)


def _row(process: Process, timed: Timed) -> Iterator[Finding]:
    total = timed.within if isinstance(timed.within, Length) else None
    lengths: list[tuple[Place, object, Length]] = [(timed.place, total, total)] if total else []
    if isinstance(timed.within, Name):
        yield from _duration(process, timed.within)
        lengths.append((timed.place, timed.within, Length(1)))
    if wrong := list(_unreadable(timed)):
        yield from wrong
        return
    buffer = buffer_of(timed.buffer)
    marks = [(warn.at, ahead_of(warn.at)) for warn in timed.ladder.warn]
    if timed.buffer and not timed.counted:
        yield Finding("FE347", timed.buffer.place, {"name": timed.name, "word": "buffer", "beside": "within"})
    if timed.buffer and buffer.extra:
        lengths.append((timed.buffer.place, timed.buffer, buffer.extra))
    whole = Length(_left(total, *buffer), total.unit) if total else None
    yield from _warnings(timed, whole, marks)
    lengths += [(_nearer(timed, at), at, ahead.away) for at, ahead in marks if ahead.away]
    yield from _mixed(timed, lengths)
    yield from _mixed_late(timed, total)
    overs = [(timed.place, row.over, row.over) for row in timed.ladder.late if row.over]
    if not timed.calendar:
        for place, word, length in (*lengths, *overs):
            if length.unit != "elapsed":
                yield Finding("FE341", place, {"word": str(word)})
    if timed.buffer and total and whole and whole.amount <= 0:
        yield Finding(
            "FE344", timed.buffer.place, {"name": timed.name, "word": timed.buffer, "time": str(total)}
        )


def _unreadable(timed: Timed) -> Iterator[Finding]:
    """Lengths of nothing, or of more than ten years."""
    for word in (*(warn.at for warn in timed.ladder.warn), *([timed.buffer] if timed.buffer else [])):
        try:
            buffer_of(word)
        except ValueError:
            yield Finding("FE105", word.place, {"word": str(word)}, "FE105.length")


def _nearer(timed: Timed, at: Name) -> Place:
    """A warning of a library is told where the time is that it does not fit."""
    return at.place if at.place.file == timed.place.file else timed.place


def _left(total: Length, stretch: int, extra: Length | None) -> int:
    more = extra.amount if extra and extra.unit == total.unit else 0
    return total.amount * stretch // 100 + more


def _warnings(timed: Timed, total: Length | None, marks: list[tuple[Name, Ahead]]) -> Iterator[Finding]:
    for at, ahead in marks:
        if ahead.share is not None and not 0 < ahead.share < _MOST_PERCENT:
            yield Finding("FE342", at.place, {"word": at})
        if ahead.away and total and ahead.away.unit == total.unit and ahead.away.amount >= total.amount:
            params = {"name": timed.name, "word": at, "time": str(total)}
            yield Finding("FE343", _nearer(timed, at), params)


def _mixed(timed: Timed, lengths: list[tuple[Place, object, Length]]) -> Iterator[Finding]:
    """Time as it passes and time as it is worked, within one clock."""
    for place, word, length in lengths[1:]:
        if _is_work(length.unit) != _is_work(lengths[0][2].unit):
            params = {"name": timed.name, "one": str(lengths[0][1]), "other": str(word)}
            yield Finding("FE340", place, params)
            return


def _mixed_late(timed: Timed, total: Length | None) -> Iterator[Finding]:
    """Lateness in another time than the time itself; what `defaults` say stands under times of both kinds."""
    for row in timed.late:
        if total and row.over and _is_work(row.over.unit) != _is_work(total.unit):
            params = {"name": timed.name, "time": str(total), "over": str(row.over)}
            yield Finding("FE591", row.place, params, severity="warning")
            return


def _is_work(unit: Unit) -> bool:
    return unit != "elapsed"


def _duration(process: Process, name: Name) -> Iterator[Finding]:
    fields = fields_of(process)
    durations = [each for each, field in fields.items() if field.type == "duration"]
    if name not in fields:
        yield unknown("FE203", name.place, name, durations)
    elif name not in durations:
        yield Finding("FE346", name.place, {"field": name, "type": fields[name].type})


def _words(process: Process, clock: Clock, stage: Stage | None) -> Iterator[Finding]:
    """Words of a clock that have a meaning only beside another."""
    for word, given, beside, there in (
        ("at_most", clock.at_most, "every", clock.every),
        ("of", clock.of, "silent_for", clock.silent_for),
    ):
        if given and not there:
            yield Finding("FE347", clock.place, {"name": clock.name, "word": word, "beside": beside})
    times = [row.by for row in clock.by if is_time(row.by)]
    for time in times:
        if not clock.every or clock.every not in PERIODS:
            yield Finding("FE345", time.place, {"name": clock.name, "word": time}, "FE345.time")
    if clock.every and clock.by and (not times or len(clock.by) > 1):
        yield Finding(
            "FE345", clock.by[0].by.place, {"name": clock.name, "word": clock.by[0].by}, "FE345.day"
        )
    if clock.every:
        yield from _every(
            clock,
            clock.every,
            worked=bool(clock.calendar or (stage and stage.calendar) or process.calendar),
        )
    rows = clock.within or clock.by
    for row in rows[:-1]:
        if row.when is None:
            yield Finding("FE402", row.place, {"stage": clock.name})
    if rows and rows[-1].when is not None:
        word = "within" if clock.within else "by"
        yield Finding("FE251", rows[-1].place, {"place": clock.name, "word": word})


def _every(clock: Clock, every: Name, *, worked: bool) -> Iterator[Finding]:
    if every not in PERIODS:
        yield from unreadable_period(every)
    if every == "workday" and not worked:
        yield Finding("FE341", every.place, {"word": every})
    for row in clock.late:
        if row.over:
            yield Finding("FE349", row.place, {"name": clock.name, "over": str(row.over)})


def unreadable_period(every: Name) -> Iterator[Finding]:
    """What is wrong with a period that is a length of time or a cron line."""
    is_length = is_span(every)
    try:
        span(every) if is_length else cron_fields(every)
    except ValueError:
        if is_length:
            yield Finding("FE105", every.place, {"word": str(every)}, "FE105.duration")
        else:
            yield Finding("FE350", every.place, {"word": every})


def _ends(process: Process, clock: Clock, stage: Stage | None) -> Iterator[Finding]:
    """A clock that cannot start within its visit, that cannot be met, or that is met when it starts."""
    scope = scope_of(process)
    after = clock.after and moment_named(scope, clock.after)
    until = clock.until and moment_named(scope, clock.until)
    params = {"name": clock.name, "stage": stage.name if stage else ""}
    if clock.until and after and after == until:
        yield Finding("FE348", clock.until.place, {**params, "moment": after})
    if stage is None:
        return
    elsewhere = _elsewhere(process, stage)
    if clock.after and (after == f"{stage.name}.left" or after in elsewhere):
        yield Finding("FE351", clock.after.place, {**params, "moment": after})
    if clock.until and until in elsewhere:
        yield Finding("FE352", clock.until.place, {**params, "moment": until})


def _elsewhere(process: Process, stage: Stage) -> frozenset[str]:
    """The moments of other stages: none of them happens while an order is in this one."""
    found: set[str] = set()
    for other in process.stages.values():
        if other is not stage:
            found |= {f"{other.name}.{moment}" for moment in (*STAGE_MOMENTS, *(other.outcomes or ()))}
            for name, task in (other.tasks or {}).items():
                found |= {f"{name}.{moment}" for moment in (*TASK_MOMENTS, *(task.outcomes or ()))}
            found |= {f"{name}.{moment}" for name in other.clocks or () for moment in CLOCK_MOMENTS}
    own = {f"{name}.{moment}" for name in stage.tasks or () for moment in TASK_MOMENTS}
    return frozenset(found - own)
