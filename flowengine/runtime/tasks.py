"""The work queue: what waits for whom, read out of the orders in which somebody has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Principal
from flowengine.kernel.order import Order
from flowengine.kernel.work import work
from flowengine.runtime.rows import FIRST, NEVER, OrderRow, Turn
from flowengine.runtime.substitutes import Absent, stood_in_for

Place = tuple[int, int, int, int, str, str]
"""Where a task stands in the queue: the turn of its order, its own due instant, its name, and for whom."""
BEGINNING: Final[Place] = (*FIRST, 0, "", "")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for one role, or for the person `@wang` who has taken it upon himself. `due_at` is
    milliseconds UTC, None where nothing is due.

    `barred` are people for whom it does not wait, although they hold the role. It waits for whoever asked
    because they stand in for `stands_for`, who is away.
    """

    order_id: int
    number: str
    process: str
    stage: str
    key: str
    kind: str
    role: str
    due_at: int | None
    barred: tuple[str, ...] = ()
    turn: Turn = FIRST
    stands_for: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in the queue: with its order, there by its own due time."""
        return (*self.turn, NEVER if self.due_at is None else max(self.due_at, 0), self.key, self.role)


def with_stand_in(task: Task, row: OrderRow, by: Principal, absent: Absent) -> Task | None:
    """The task as it waits for `by` in the place of somebody who is away; None where it does not."""
    if task.kind != "approval" or task.role not in absent:
        return None
    person = stood_in_for(Order.load(row.state), task.key, task.role, by, absent)
    if not person or {by.id, person} & {*task.barred}:
        return None
    return replace(task, stands_for=person)


def tasks_of(plan: Plan, row: OrderRow) -> Iterator[Task]:
    """The tasks of an order in the order of the queue; one name is one task, however often it is wanted.

    An order that cannot be read has none, so that the others are shown; `verify` names it.
    """
    try:
        items = work(plan, Order.load(row.state))
    except (LookupError, TypeError, ValueError):
        return
    wanted = {(item.key, role): item for item in items for role in item.addressees}
    said = (row.id, row.number, row.process, row.stage)
    tasks = (
        Task(*said, key, item.kind, role, item.due_at, item.barred, row.turn)
        for (key, role), item in wanted.items()
    )
    yield from sorted(tasks, key=lambda task: task.place)
