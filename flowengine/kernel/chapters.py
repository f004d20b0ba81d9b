"""The courses of one clock while history is followed: their steps, and the row by which each counts.

`tracing` fills them, `ledger` sums them up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.plan import Clock, Due, Plan
from flowengine.kernel.ledger_lines import Cause, Line, Run
from flowengine.kernel.reckoning import Course, course_as
from flowengine.kernel.state import Cycle, Spent


@dataclass(slots=True)
class Chapter:
    """One course of a clock, in a visit of a stage: its steps in order, and the state in which it stands.

    `number` is that of the visit or, for what belongs to the whole order, of the course. `basis` says by
    which row and length it was reckoned last; it is empty, and `row` the one that counts, before it was due.
    """

    number: int
    stage: str
    visit: int
    began: int
    rows: tuple[Due, ...]
    row: Due
    cycle: Cycle
    basis: str
    steps: list[Line | Run] = field(default_factory=list)
    is_over: bool = False

    @property
    def course(self) -> Course:
        """The row and the length by which it was reckoned last."""
        return course_as(self.rows, self.basis) if self.basis else Course(self.row, "")

    @property
    def runs(self) -> bool:
        """Whether it is in a stretch in which it runs."""
        return any(isinstance(step, Run) and step.end is None for step in self.steps)

    def add(self, step: Line | Run) -> None:
        """Note what came next."""
        self.steps.append(step)

    def close(
        self,
        at: int,
        *,
        spent: Spent | None = None,
        calendar: Calendar | None = None,
        due: int | None = None,
        cut: bool = False,
    ) -> None:
        """End the stretch in which the clock runs or stands still, if there is one."""
        for number in reversed(range(len(self.steps))):
            step = self.steps[number]
            if isinstance(step, Run) and step.end is None:
                self.steps[number] = Run(step.start, at, spent, calendar or self.course.row.calendar, cut)
                return
            if isinstance(step, Line) and step.stands:
                self.steps[number] = replace(step, until=at, due=due)
                return

    def stand_longer(self, causes: Iterable[Cause]) -> None:
        """Note why the clock goes on standing still, if it does."""
        for number, step in enumerate(self.steps):
            if isinstance(step, Line) and step.stands:
                known = {cause.name for cause in step.causes}
                more = (cause for cause in causes if cause.name not in known)
                self.steps[number] = replace(step, causes=(*step.causes, *more))


@dataclass(frozen=True, slots=True)
class Trace:
    """All courses of the clock `key`. `known` are the clocks that the order has had."""

    key: str
    known: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def clock_named(plan: Plan, name: str) -> Clock | None:
    """The clock of that name, in whatever stage it lives."""
    found = (stage.clocks.get(name) for stage in plan.stages.values())
    return plan.clocks.get(name) or next((clock for clock in found if clock), None)


def rows_named(plan: Plan, key: str) -> tuple[Due, ...]:
    """The rows of time of whatever has that name: a stage, task, need, hold or clock."""
    name = key.partition(".")[0]
    thing = plan.stages.get(name) or plan.holds.get(name) or clock_named(plan, name) or plan.task(name)
    if thing is not None:
        return thing.due
    need = plan.lasting.get(name) or plan.find(name)
    return need.due if need else ()


def lives_in_a_stage(plan: Plan, key: str) -> bool:
    """Whether a clock begins anew with each visit of a stage."""
    name = key.partition(".")[0]
    if name in plan.stages or plan.task(name):
        return True
    return any(name in stage.clocks or name in stage.doable for stage in plan.stages.values())
