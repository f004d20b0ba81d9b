"""Queues go by priority and by what is due next."""

from __future__ import annotations

import json
from typing import Any, Final

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0003"
down_revision = "0002"

_RANKS: Final = ("urgent", "high", "normal", "low")
_NEVER: Final = 10**17
_AT_ONCE: Final = 500
_DUE: Final = 2
_MET: Final = 10
_PAGE: Final = sa.text("SELECT id, state FROM fe_orders WHERE id > :last ORDER BY id LIMIT :most")
_TELLS: Final = sa.text("UPDATE fe_orders SET priority = :priority, next_due = :next_due WHERE id = :id")
_AS_THE_ORDER: Final = sa.text(
    "UPDATE fe_work SET"
    " priority = (SELECT priority FROM fe_orders WHERE id = order_id),"
    " due_at = (SELECT next_due FROM fe_orders WHERE id = order_id)"
)


def upgrade(op: Operations) -> None:
    """Add the place in the queue to orders and to the work of each role, and sort by it."""
    for table, due in (("fe_orders", "next_due"), ("fe_work", "due_at")):
        op.add_column(table, sa.Column("priority", sa.Integer(), nullable=False, server_default="2"))
        op.add_column(table, sa.Column(due, sa.BigInteger(), nullable=False, server_default=str(_NEVER)))
    connection, last = op.get_bind(), 0
    while rows := connection.execute(_PAGE, {"last": last, "most": _AT_ONCE}).all():
        connection.execute(_TELLS, [{"id": id, **_turn(state)} for id, state in rows])
        last = rows[-1][0]
    connection.execute(_AS_THE_ORDER)
    op.drop_index("fe_work_role", "fe_work")
    op.create_index("fe_work_queue", "fe_work", ["role", "priority", "due_at", "order_id"])


def _turn(state: str) -> dict[str, int]:
    """The place of an order in queues; one that cannot be read stands where most do."""
    try:
        known: dict[str, Any] = json.loads(state)
        priority = _RANKS.index(known["fields"].get("priority", "normal"))
        # A clock is stored as a list without what is empty at its end.
        clocks = (dict(enumerate(cycle)) for cycle in known.get("clocks", {}).values())
        dues = [clock[_DUE] for clock in clocks if clock.get(_DUE) is not None and clock.get(_MET) is None]
    except (AttributeError, KeyError, TypeError, ValueError):
        return {"priority": 2, "next_due": _NEVER}
    is_open = known.get("status") == "open"
    return {"priority": priority, "next_due": max(min(dues), 0) if dues and is_open else _NEVER}
