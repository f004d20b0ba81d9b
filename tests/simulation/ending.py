"""The calm after the storm: every command gets its answer, time runs out, and everything must agree."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final, Protocol

from flowengine import Engine, Principal
from flowengine.kernel.events import replay
from flowengine.kernel.explain import Explanation
from flowengine.runtime.looking import OrderView
from tests.simulation.auditor import Auditor, Known
from tests.simulation.intents import Before, Intent, Operation, check_answer
from tests.simulation.person import Board, call
from tests.simulation.world import World
from tests.sound import assert_replayed

HOST: Final = Principal.system("the simulation")
MOST_TICKS: Final = 3
"""In how many ticks everything that is due has happened, once nothing stands in the way."""
MOMENTS: Final = 40
"""How many due moments are waited for; a process may go round from one to the next for ever."""


class Storm(Protocol):
    """What the storm has left."""

    world: World
    auditor: Auditor
    board: Board

    def calm(self, clock: Any = None) -> Any: ...


def settle(storm: Storm) -> None:
    """Give every command again, let every due moment pass, and compare everything with everything."""
    operation = Operation("idle")

    def clock() -> int:
        operation.readings.append(storm.world.now)
        return storm.world.now

    with storm.calm(clock) as engine:
        storm.auditor.look(Operation("between"))
        for intent in list(storm.board.intents.values()):
            operation = Operation("do", (intent,))
            _give_again(storm.auditor, engine, operation, intent)
        for _ in range(MOMENTS):
            moment = storm.auditor.next_moment()
            if moment is None:
                break
            storm.world.now = max(storm.world.now, moment)
            for _ in range(MOST_TICKS):
                operation = Operation("tick")
                engine.tick()
                storm.auditor.look(operation)
            assert not storm.auditor.due(storm.world.now), "something is due, and no tick lets it happen"
        _check_everything(storm, engine)


def _give_again(auditor: Auditor, engine: Engine, operation: Operation, intent: Intent) -> None:
    before = Before.of(auditor, intent)
    acknowledged = intent.acknowledged
    result = call(engine, intent)
    auditor.look(operation)
    check_answer(auditor, operation, intent, before, result)
    assert result.ok or acknowledged is None, f"{intent.key} was acknowledged once, and is refused now"


def _check_everything(storm: Storm, engine: Engine) -> None:
    problems = [problem.message("en") for problem in engine.verify().problems]
    assert problems == [], problems
    assert_replayed(engine)
    for known in storm.auditor.orders.values():
        _check_keys(known, storm.board)
        _check_looks(known, engine)
    _check_numbers(list(storm.auditor.orders.values()))
    _check_messages(list(storm.auditor.orders.values()), engine)


def _check_keys(known: Known, board: Board) -> None:
    """A row of history for each acknowledged command, and a reason for each row."""
    keys = [key for _, _, key, _ in known.rows if key is not None]
    assert len(keys) == len(set(keys)), f"{known.number}: a key is in history twice"
    assert set(keys) <= set(board.intents), f"{known.number}: a key that nobody gave"
    wanted = [each for each in board.intents.values() if not each.opens and each.order_id == known.id]
    lost = [each.key for each in wanted if each.acknowledged and each.key not in keys]
    assert not lost, f"{known.number}: acknowledged and lost: {lost}"
    reasons = [reason for _, _, key, reason in known.rows if key is None and reason]
    assert len(reasons) == len(set(reasons)), f"{known.number}: done twice without a key"


def _check_looks(known: Known, engine: Engine) -> None:
    """What the engine shows is what history tells, and the queue shows what `explain` says."""
    page = engine.history(known.id, by=HOST, limit=200).items
    assert [entry.seq for entry in page] == list(range(1, len(known.rows) + 1))[:200]
    view, told = engine.explain(known.id, by=HOST)
    order = replay(known.events)
    assert order is not None
    assert view.order.dump() == order.dump()
    expected = _queue(view, told)
    shown = {
        (item.key, item.role)
        for role in view.plan.roles
        for item in engine.work(by=Principal.of("one", role), limit=200).items
        if item.order_id == known.id and item.role == role
    }
    assert shown == expected, f"{known.number}: the queue shows {shown}, `explain` says {expected}"


def _queue(view: OrderView, told: Explanation) -> set[tuple[str, str]]:
    """What waits for which role, as `explain` says it: a need at a door waits for those of the stage."""
    stage = view.plan.stages.get(view.row.stage)
    if stage is None:
        return set()
    here = {*(need.name for need in stage.needs), *view.order.asked}
    missing = [point.need for point in told.points if not point.met]
    waiting = [need for need in missing if need.name in here] or (missing if stage.needs else [])
    items = {(need.name, role) for need in waiting for role in need.by}
    if not stage.needs:
        own = [each for each in stage.outcomes.values() if not each.key.startswith("order.")]
        items |= {(each.name, role) for each in own for role in each.by}
    return items


def _check_numbers(orders: list[Known]) -> None:
    """Serials have no gap and no twin."""
    serials: dict[str, list[int]] = defaultdict(list)
    for known in orders:
        match = re.fullmatch(r"(.*?)(\d{2,3})", known.number)
        assert match, known.number
        serials[match[1]].append(int(match[2]))
    for period, found in serials.items():
        assert sorted(found) == list(range(1, len(found) + 1)), f"numbers {period}: {sorted(found)}"


def _check_messages(orders: list[Known], engine: Engine) -> None:
    """Every saying of history is one message, and there is no other."""
    told = sorted(
        (known.id, event["key"])
        for known in orders
        for event in known.events
        if event["event"] == "told" and "overtaken" not in event
    )
    found: list[tuple[int, str]] = []
    after = 0
    while True:
        page = engine.messages(by=HOST, after=after, limit=200)
        found += [(each.order_id, each.cause) for each in page.items]
        if page.after is None:
            break
        after = page.after
    assert sorted(found) == told, "messages are not what history tells"
