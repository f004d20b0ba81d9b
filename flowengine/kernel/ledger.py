"""The ledger of a clock: when it ran and stood still, what was counted, what moved it, and what is left.

Why something is due, line by line, from history alone and the plan by which it was reckoned; the sum of what
ran is what is used. The lines themselves come from `tracing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.plan import Due, Plan
from flowengine.definition.lengths import Length, Unit
from flowengine.definition.words import Text
from flowengine.errors import NoClock
from flowengine.kernel.chapters import Chapter, Trace, clock_named
from flowengine.kernel.ledger_days import Day, days_of
from flowengine.kernel.ledger_lines import Line, Noted, Run
from flowengine.kernel.order import OPENING
from flowengine.kernel.reckoning import spent
from flowengine.kernel.tracing import traced

Kind = Literal["stage", "task", "need", "hold", "clock"]
State = Literal["running", "standing", "waiting", "off", "met", "ended"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One course of a clock. Instants are milliseconds UTC.

    `visit` is that of `stage`, or counts the courses of what belongs to the whole order; `visits` are all
    there are. It counts by `row`: `whole` is its length, None where it ends at an instant or in every
    period. `used` and `left` come to the whole; what was used beyond it is `beyond`. `others` are the names
    of the order's other clocks.
    """

    key: str
    kind: Kind
    title: Text
    stage: str
    visit: int
    visits: tuple[int, ...]
    began: int
    state: State
    row: Due
    whole: Length | None
    used: Length | None
    left: Length | None
    beyond: Length | None
    due: int | None
    late: bool
    lines: tuple[Line, ...]
    others: tuple[str, ...]

    @property
    def calendar(self) -> Calendar:
        """The calendar by which it counts."""
        return self.row.calendar


def ledger_of(
    plan: Plan, history: Iterable[Noted], now: int, *, clock: str = "", visit: int | None = None
) -> Ledger:
    """The ledger at `now` of the clock of that name: that of a stage, task, need or hold, or one of its own.

    Without a name it is that of the stage; `visit` asks for an earlier course. `plan` is that of the order's
    type, `history` the whole of it. Raises NoClock where there is none of that name or visit.
    """
    trace = traced(plan, tuple(history), clock)
    if not trace.chapters:
        raise NoClock(clock, trace.known)
    chapters = [each for each in trace.chapters if visit in (None, each.number)]
    if not chapters:
        raise NoClock(trace.key, trace.known, visits=_numbers(trace))
    return _Closing(plan, trace, chapters[-1], now).ledger()


def _numbers(trace: Trace) -> tuple[int, ...]:
    return tuple(dict.fromkeys(chapter.number for chapter in trace.chapters))


class _Closing:
    """Makes the ledger of what was traced, in the unit in which the clock counts in the end."""

    def __init__(self, plan: Plan, trace: Trace, chapter: Chapter, now: int) -> None:
        self._plan, self._trace, self._chapter = plan, trace, chapter
        self._now = now
        self._course = chapter.course
        self._whole = self._course.total
        self._unit: Unit = self._whole.unit if self._whole else "elapsed"

    def ledger(self) -> Ledger:
        """The whole of it."""
        chapter, trace, cycle = self._chapter, self._trace, self._chapter.cycle
        lines, used = self._lines()
        whole = self._whole
        state = _state(chapter)
        due = cycle.due if state in ("running", "standing", "waiting") else None
        kind, title = _thing(self._plan, trace.key)
        ahead = self._ahead(whole.amount - used) if whole and state == "running" else ()
        last = (Line("due", due),) if state in ("running", "standing", "waiting") else ()
        return Ledger(
            key=trace.key,
            kind=kind,
            title=title,
            stage=chapter.stage,
            visit=chapter.number,
            visits=_numbers(trace),
            began=chapter.began,
            state=state,
            row=self._course.row,
            whole=whole,
            used=Length(used, self._unit) if whole else None,
            left=Length(max(whole.amount - used, 0), self._unit) if whole else None,
            beyond=Length(used - whole.amount, self._unit) if whole and used > whole.amount else None,
            due=due,
            late=cycle.late,
            lines=(*lines, *ahead, *last),
            others=tuple(name for name in trace.known if name != trace.key),
        )

    def _lines(self) -> tuple[list[Line], int]:
        """The lines with what each counted and the sum so far, and the sum in the end."""
        lines: list[Line] = []
        total = cut = 0
        for number, step in enumerate(self._chapter.steps):
            if isinstance(step, Line):
                total = 0 if step.did in ("started", "restarted") else total
                lines.append(step)
            elif self._whole:
                end = max(self._now if step.end is None else step.end, step.start)
                counted = self._counted(number, step, end, cut)
                total += counted
                cut = cut + counted if step.cut else 0
                if counted or end > step.start:
                    lines.append(self._ran(number, step, end, counted, total))
        return lines, total

    def _counted(self, number: int, run: Run, end: int, before: int) -> int:
        """What was counted in a stretch, or in its last part: `before` was in those that were cut off."""
        if run.spent is not None:
            return spent(run.spent, self._unit) - before
        return self._counted_by(number).between(run.start, end, self._unit)

    def _ran(self, number: int, run: Run, end: int, counted: int, total: int) -> Line:
        """The line of a stretch that ran, with the sum after it."""
        calendar = self._counted_by(number)
        days = days_of(calendar, run.start, end, self._unit)
        recounted = bool(days) and sum(day.counted.amount for day in days) != counted
        return Line(
            "ran",
            run.start,
            until=end,
            counted=Length(counted, self._unit),
            sum=Length(total, self._unit),
            days=() if recounted else _worth_a_line(days, calendar),
            recounted=recounted,
        )

    def _counted_by(self, number: int) -> Calendar:
        """The calendar by which a stretch was counted: what was cut off, by that of the last part."""
        runs = (step for step in self._chapter.steps[number:] if isinstance(step, Run) and not step.cut)
        run = next(runs, None)
        return (run and run.calendar) or self._course.row.calendar

    def _ahead(self, amount: int) -> tuple[Line, ...]:
        """What will be counted until it is due."""
        due, start = self._chapter.cycle.due, max(self._now, self._chapter.cycle.since or self._now)
        if amount <= 0 or due is None or due <= start:
            return ()
        calendar = self._course.row.calendar
        days = _worth_a_line(days_of(calendar, start, due, self._unit), calendar)
        line = Line("runs", start, until=due, counted=Length(amount, self._unit), sum=self._whole, days=days)
        return (line,)


def _worth_a_line(days: tuple[Day, ...], calendar: Calendar) -> tuple[Day, ...]:
    """The days that count and those passed over; not a workday of which only the evening was met."""
    return tuple(day for day in days if day.counted.amount or not calendar.is_workday(day.day))


def _state(chapter: Chapter) -> State:
    cycle = chapter.cycle
    if chapter.is_over:
        return "ended"
    if cycle.met is not None:
        return "met"
    if not cycle.basis:
        return "off"
    if cycle.mark == OPENING:
        return "waiting"
    return "standing" if cycle.since is None else "running"


def _thing(plan: Plan, key: str) -> tuple[Kind, Text]:
    """What a clock belongs to, and what people call that."""
    name = key.partition(".")[0]
    if stage := plan.stages.get(name):
        return "stage", stage.title
    if hold := plan.holds.get(name):
        return "hold", hold.title
    if clock := clock_named(plan, name):
        return "clock", clock.title
    if task := plan.task(name):
        return "task", task.title
    need = plan.find(name)
    return "need", need.title if need else Text(en=name, zh=name)
