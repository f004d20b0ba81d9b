"""Carrying a decision out: history, the order, its work items and its messages, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Request, described
from flowengine.kernel.decision import Decision, Effect
from flowengine.kernel.explain import work
from flowengine.kernel.order import Order, canonical
from flowengine.runtime.chain import digest_of, sealed
from flowengine.runtime.ports import Unit
from flowengine.runtime.rows import HistoryRow, MessageRow, OrderRow, WorkRow

RECORD_FORMAT = 1


def save(unit: Unit, row: OrderRow, plan: Plan, decision: Decision, request: Request, at: int) -> OrderRow:
    """Write what was decided about the order of `row`, which stands as it was before; returns it as it is."""
    order = decision.order
    assert order is not None
    history = HistoryRow(
        order_id=row.id,
        seq=row.revision + 1,
        at=at,
        actor=request.by.id,
        command_key=request.key,
        digest=digest_of(request),
        record=canonical(_record(plan, order, decision, request)),
        hash="",
    )
    history = sealed(history, row.head)
    unit.add_history(history)
    after = replace(projected(row, plan, order), revision=history.seq, head=history.hash, failures=0)
    unit.save_order(after)
    unit.set_work(row.id, work_rows(plan, after, order))
    unit.add_messages(_messages(after, decision.effects))
    return after


def projected(row: OrderRow, plan: Plan, order: Order) -> OrderRow:
    """The row with every column that is derived from the snapshot; revision and head are history's."""
    stage = plan.stages.get(order.stage)
    return replace(
        row,
        number=order.number,
        status=order.status,
        stage=order.stage,
        owner=stage.owner if stage else plan.owner,
        entered_at=order.entered_at,
        due_at=order.due_at,
        late=order.late,
        wake_at=order.wake_at,
        created_at=order.created_at,
        closed_at=order.entered_at if order.status == "closed" else None,
        state=order.dump(),
    )


def work_rows(plan: Plan, row: OrderRow, order: Order) -> list[WorkRow]:
    """The work items of an order, one row for each role that may do one; one name is one item."""
    rows = {
        (item.key, role): WorkRow(
            row.id, row.number, row.process, row.stage, item.key, item.kind, role, order.due_at
        )
        for item in work(plan, order)
        for role in item.roles
    }
    return list(rows.values())


def _record(plan: Plan, order: Order, decision: Decision, request: Request) -> dict[str, Any]:
    """Who, when, what, from what to what, why: the part of a history row that people read."""
    record: dict[str, Any] = {
        "format": RECORD_FORMAT,
        "process": f"{plan.process}@{plan.version}",
        "do": plain(described(request.command)),
        "roles": sorted(request.by.roles),
        "events": [event.record() for event in decision.events],
        "stage": order.stage,
        "status": order.status,
    }
    optional = {"reason": request.reason, "name": request.by.name}
    return record | {name: value for name, value in optional.items() if value}


def plain(value: Any) -> Any:
    """A value as JSON can hold it; whatever JSON does not know is kept as its text."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _messages(row: OrderRow, effects: Iterable[Effect]) -> list[MessageRow]:
    return [message_row(row, effect.key, effect.data) for effect in effects]


def message_row(row: OrderRow, key: str, told: Mapping[str, Any]) -> MessageRow:
    """The message that a `told` event left: everything in it stands in history too."""
    return MessageRow(
        id=0,
        order_id=row.id,
        number=row.number,
        role=told["role"],
        cause=key,
        about=told["about"],
        payload=canonical(told),
        at=told["at"],
    )
