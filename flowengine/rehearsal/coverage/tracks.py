"""The tracks that a run leaves on its process: each event of history is told what it met there.

History is replayed event by event, so that a condition is asked what it was asked then: which row of
`next` was taken, and which need was the last to be missing. What is refused leaves no history; it is
known from the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from flowengine.compiler.due import Due
from flowengine.compiler.plan import NEXT, Need, Plan, Stage, Way, every_outcome
from flowengine.kernel.decision import Blocker
from flowengine.kernel.events import Event, apply
from flowengine.kernel.explain import explain
from flowengine.kernel.facts import OrderFacts
from flowengine.kernel.order import Order
from flowengine.kernel.standing import is_given
from flowengine.rehearsal.coverage.ground import Key, Kind

Records = Iterable[Mapping[str, Any]]
"""The events of one entry of an order's history."""


def tracks_of(plan: Plan, histories: Iterable[Iterable[Records]], refused: Iterable[Blocker]) -> set[Key]:
    """Everything that the orders with these histories met, and those who were refused."""
    met = {key for blocker in refused for key in _refusal(blocker)}
    for history in histories:
        met.update(_order(plan, history))
    return met


def _refusal(blocker: Blocker) -> Iterator[Key]:
    kind: Final = "check" if blocker.code == "check_failed" else "stopped"
    yield Key(kind, str(blocker.line), blocker.name)


def _order(plan: Plan, history: Iterable[Records]) -> Iterator[Key]:
    order: Order | None = None
    for records in history:
        for record in records:
            if order is not None and record["event"] in _MET:
                yield from _MET[record["event"]](plan, order, record)
            order = apply(order, Event.of(record))
        if order is not None:
            yield from _waiting(plan, order)


def _waiting(plan: Plan, order: Order) -> Iterator[Key]:
    """The one need without which the order would go on."""
    blockers = explain(plan, order).blockers
    if len(blockers) == 1:
        yield from _refusal(blockers[0])


def _entered(plan: Plan, order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    name = record["stage"]
    yield Key("stage", name, name)
    yield from _done(plan.stages[name].entry if name != order.stage else ())
    yield from _fields(plan.stages[name], order.fields)


def _left(plan: Plan, order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    if record["by"] != NEXT:
        return
    stage = plan.stages[record["stage"]]
    yield from _done((*stage.needs, *(stage.doable[name] for name in order.asked)))
    yield from _row("row", stage.name, lambda each: each.stages[stage.name].ways, plan, order)


def _row(
    kind: Kind, name: str, rows_in: Callable[[Plan], Sequence[Way | Due]], plan: Plan, order: Order
) -> Iterator[Key]:
    """The row that counts for an order, where its type has left the rows of the process as they are."""
    rows, facts = rows_in(plan), OrderFacts(plan, order)
    if rows != rows_in(plan.of(order.fields)):
        return
    for number, row in enumerate(rows, 1):
        if row.when is None or row.when.holds(facts):
            yield Key(kind, name, str(number))
            return


def _owned(plan: Plan, order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    name = record["stage"] if record["event"] == "owned" else record["task"].partition(".")[0]
    yield from _row("owner", name, lambda each: each.owners_of(name), plan, order)


def _times(plan: Plan, name: str) -> tuple[Due, ...]:
    """The rows of time of a stage, clock, hold or task."""
    thing = plan.stages.get(name) or plan.running(name) or plan.task(name)
    return thing.due if thing else ()


def _acted(plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    need = plan.find(record["need"])
    yield from _done([need] if need else [])


def _set(plan: Plan, order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    if order.stage in plan.stages:
        changed = {name: new for name, (_, new) in record["fields"].items()}
        yield from _fields(plan.stages[order.stage], {**order.fields, **changed})


def _chosen(plan: Plan, order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    at, _, name = record["outcome"].rpartition(".")
    yield Key("beyond" if record["spent"] else "outcome", at, name)
    if not record["spent"]:
        yield from _done(
            need
            for outcome in every_outcome(plan.places[order.stage])
            if outcome.key == record["outcome"]
            for need in outcome.needs
        )


def _late(_plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    name = record["clock"].partition(".")[0]
    if "need" not in record:
        yield Key(record["event"], name, name)


def _clock(plan: Plan, order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    if record["event"] == "kept" or record["did"] == "met":
        yield Key("met", record["clock"], record["clock"])
    elif record["did"] != "ended":
        name = record["clock"].partition(".")[0]
        yield from _row("due", name, lambda each: _times(each, name), plan, order)


def _hold(_plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    yield Key(record["event"], "order", record["hold"])


def _call(_plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    yield Key("failed" if record["event"] == "call_failed" else "answered", "order", record["name"])


def _raised(_plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    yield Key("raised", "order", record["exception"])


def _rule(plan: Plan, order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    if record["fires"]:
        stage = plan.stages.get(order.stage)
        at = order.stage if stage and record["rule"] in stage.rules else "order"
        yield Key("fired", at, record["rule"])


def _received(_plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    if "after_end" not in record:
        yield Key("received", "order", record["name"])


def _task_done(plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    task = plan.task(record["task"])
    assert task is not None
    yield Key("task", task.name, task.name)
    if "outcome" not in record:
        yield from _done(task.needs)


def _ended(_plan: Plan, _order: Order, record: Mapping[str, Any]) -> Iterator[Key]:
    yield Key("end", record["end"], record["end"])


def _fields(stage: Stage, values: Mapping[str, Any]) -> Iterator[Key]:
    """The needs for a field that has its value: nobody need act for them."""
    yield from _done(
        need for need in stage.doable.values() if need.kind == "field" and is_given(values.get(need.field))
    )


def _done(needs: Iterable[Need]) -> Iterator[Key]:
    for need in needs:
        yield Key("need", str(need.line), need.name)


_MET: Final[Mapping[str, Callable[[Plan, Order, Mapping[str, Any]], Iterator[Key]]]] = {
    "entered": _entered,
    "owned": _owned,
    "task_opened": _owned,
    "left": _left,
    "acted": _acted,
    "granted": _acted,
    "waived": _acted,
    "task_done": _task_done,
    "set": _set,
    "chosen": _chosen,
    "late": _late,
    "warned": _late,
    "clock": _clock,
    "kept": _clock,
    "held": _hold,
    "released": _hold,
    "rule": _rule,
    "call_done": _call,
    "call_failed": _call,
    "received": _received,
    "raised": _raised,
    "ended": _ended,
}
