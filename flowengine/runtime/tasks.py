"""The work queue: what waits for whom, read out of the orders in which somebody has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flowengine.compiler.plan import Plan
from flowengine.kernel.order import Order
from flowengine.kernel.work import work
from flowengine.runtime.rows import OrderRow


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for one role, or for the person `@wang` who has taken it upon himself. `due_at` is
    milliseconds UTC, None where nothing is due.

    `barred` are people for whom it does not wait, although they hold the role.
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

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands in the queue."""
        return (self.order_id, self.key, self.role)


def tasks_of(plan: Plan, row: OrderRow) -> Iterator[Task]:
    """The tasks of an order in the order of the queue; one name is one task, however often it is wanted.

    An order that cannot be read has none, so that the others are shown; `verify` names it.
    """
    try:
        items = work(plan, Order.load(row.state))
    except (LookupError, TypeError, ValueError):
        return
    wanted = {(item.key, role): item for item in items for role in item.addressees}
    for (key, role), item in sorted(wanted.items(), key=lambda each: each[0]):
        yield Task(row.id, row.number, row.process, row.stage, key, item.kind, role, item.due_at, item.barred)
