"""What a decision makes of an order's rows: its snapshot and columns, its history, its messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.builtin_fields import PRIORITY
from flowengine.definition.findings import Line
from flowengine.definition.vocabulary.values import PRIORITIES
from flowengine.delivery.parcel import ParcelRow
from flowengine.kernel.commands import Command, Create, Request, described
from flowengine.kernel.decision import Decision, Effect
from flowengine.kernel.events import Event
from flowengine.kernel.order import Order, canonical
from flowengine.kernel.replies import as_kept
from flowengine.kernel.variant import plan_for
from flowengine.kernel.work import Reading, work
from flowengine.kernel.work_item import WorkItem
from flowengine.runtime.chain import digest_of, link
from flowengine.runtime.matching import cause_of, matches_of
from flowengine.runtime.rows import (
    NEVER,
    Change,
    HistoryRow,
    MatchRow,
    MessageRow,
    OrderRow,
    SignalRow,
    packed,
)
from flowengine.runtime.snapshots import remember

RECORD_FORMAT = 1
_KEY: Final = 24
_RANKS: Final = {word: rank for rank, word in enumerate(PRIORITIES)}


def changed(row: OrderRow, plan: Plan, decision: Decision, request: Request, at: int) -> Change:
    """What was decided about the order of `row`, which stands as it was before."""
    order = decision.order
    assert order is not None
    request = as_kept(request, decision.events)
    history = _history_row(row, request, at, _record(plan, order, decision.events, decision, request))
    after = projected(row, plan, order, revision=history.seq, head=history.hash, waiting=decision.work)
    remember(after.state, order)
    effects = decision.effects
    messages = [message_row(after, each.key, each.data) for each in effects if each.kind == "message"]
    signals = [signal_row(row.id, each, at) for each in effects if each.kind in ("signal", "start")]
    calls = [call_row(history, each) for each in effects if each.kind == "call"]
    matches = matches_of(plan, order, decision.events) if plan.events else _shared(request.command)
    return Change(row, after, history, tuple(messages), matches, tuple(signals), tuple(calls))


def _shared(command: Command) -> tuple[MatchRow, ...] | None:
    """By what orders of the same cause find a case that is opened."""
    if not isinstance(command, Create) or not command.same:
        return None
    return (cause_of(command.values["type"], command.same),)


def noted(row: OrderRow, plan: Plan, decision: Decision, request: Request, at: int) -> Change:
    """What of a refusal stands in history; everything else of the order stays as it is. The key of the
    request may be used again: it has no answer that could be repeated.
    """
    order = decision.order
    assert order is not None
    record = _record(plan, order, decision.noted, decision, request)
    history = _history_row(row, replace(request, key=None), at, record)
    return Change(row, row._replace(revision=history.seq, head=history.hash), history, ())


def _history_row(row: OrderRow, request: Request, at: int, record: Mapping[str, Any]) -> HistoryRow:
    said = (
        row.id,
        row.revision + 1,
        at,
        request.by.id,
        request.key,
        digest_of(request),
        canonical(record),
    )
    return HistoryRow(*said, hash=link(row.head, *said))


def projected(
    row: OrderRow,
    plan: Plan,
    order: Order,
    *,
    revision: int,
    head: str,
    waiting: tuple[WorkItem, ...] | None = None,
) -> OrderRow:
    """The row with every column that is derived from the snapshot, and what history gives. `waiting` spares
    working out what waits.
    """
    plan = plan_for(plan, order)
    stage, due = plan.stages.get(order.stage), order.next_due
    return OrderRow(
        id=row.id,
        definition_id=row.definition_id,
        process=row.process,
        number=order.number,
        identity=row.identity,
        start_key=row.start_key,
        revision=revision,
        head=head,
        status=order.status,
        stage=order.stage,
        owner=_owner(plan, order, stage.owner if stage else plan.owner),
        waits_for=packed(roles_waited_for(plan, order, waiting)),
        entered_at=order.entered_at,
        due_at=order.due_at,
        late=order.late,
        wake_at=order.wake_at,
        failures=0,
        failure=None,
        created_at=order.created_at,
        closed_at=order.entered_at if order.status == "closed" else None,
        state=order.dump(),
        priority=_RANKS[str(order.fields.get(PRIORITY, "normal"))],
        next_due=NEVER if due is None else max(due, 0),
    )


def _owner(plan: Plan, order: Order, usual: str) -> str:
    """Who is accountable for the stage, be it a person of the order."""
    owner = order.assigned.get(order.stage) or order.owner or usual
    return (Reading(plan, order).meant(owner) or plan.owner) if "." in owner else owner


def roles_waited_for(plan: Plan, order: Order, waiting: tuple[WorkItem, ...] | None = None) -> list[str]:
    """The roles and people that have something to do in an order."""
    items = work(plan, order) if waiting is None else waiting
    return sorted(set().union(*(item.addressees for item in items)))


def _record(
    plan: Plan, order: Order, events: Iterable[Event], decision: Decision, request: Request
) -> dict[str, Any]:
    """Who, when, what, from what to what, why: the part of a history row that people read."""
    record: dict[str, Any] = {
        "format": RECORD_FORMAT,
        "process": f"{plan.process}@{plan.version}",
        "do": plain(described(request.command)),
        "roles": sorted(request.by.roles),
        "events": [event.record() for event in events],
        "stage": order.stage,
        "status": order.status,
    }
    if decision.under:
        record["under"] = [_permit(*each) for each in decision.under]
    if request.reason:
        record["reason"] = request.reason
    if request.by.name:
        record["name"] = request.by.name
    if request.by.proof:
        record["proof"] = request.by.proof
    return record


def _permit(role: str, line: int | None) -> dict[str, Any]:
    """A role, and the line that asks it; with its file where that is one which the process includes."""
    known: dict[str, Any] = {"role": role} if line is None else {"role": role, "line": int(line)}
    return {**known, "file": line.file} if isinstance(line, Line) else known


def plain(value: Any) -> Any:
    """A value as JSON can hold it; whatever JSON does not know is kept as its text."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def signal_row(order_id: int, effect: Effect, at: int) -> SignalRow:
    """What an order tells another one, or the opening of one."""
    said = canonical(effect.data)
    return SignalRow(0, order_id, effect.data.get("to"), effect.key, said, at, at, 0, None)


def call_row(history: HistoryRow, effect: Effect) -> ParcelRow:
    """The parcel in which a call goes outside. By its key the outside knows it: at each attempt the same, and
    that of no other call, of this store or another. What it sends is looked up when it goes.
    """
    key = f"call-{history.hash[:_KEY]}-{effect.data['number']}"
    content = canonical({"call": effect.key})
    name = effect.data["call"]
    return ParcelRow.new(key, "call", history.order_id, f"call {name}", content, effect.data["at"])


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
