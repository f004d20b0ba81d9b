"""Time passes on PostgreSQL while others act, tick or release: each order becomes late once."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from flowengine import Result
from flowengine.kernel.commands import Done
from flowengine.runtime import ticking
from tests.kernel.desk import DAY, MINUTE
from tests.runtime.shop import DESK, HOST
from tests.storage.racing import (
    SAVE,
    Pair,
    at_once,
    lates,
    others,
    overdue,
    told,
    wait_until_blocked,
)


def test_a_command_and_a_tick_on_the_same_due_order_make_it_late_once(pair: Pair) -> None:
    pair.first.clock.now += 2 * DAY
    pair.recorder.at(SAVE, pair.second.engine.tick)
    assert pair.first.engine.do(1, Done("checked"), by=DESK).ok
    assert told(pair.second) == ["create", "time", "done"]
    assert lates(pair.second) == 1


def test_a_command_waits_for_a_tick_that_has_the_order_in_hand(pair: Pair) -> None:
    pair.first.clock.now += 2 * DAY
    with others() as begin:
        waiting: list[Future[Result]] = []

        def meanwhile() -> None:
            waiting.append(begin(lambda: pair.second.do(1, Done("checked"))))
            wait_until_blocked(pair.second.engine.store.engine)
            ticked = pair.second.engine.tick()
            assert (ticked.orders, ticked.more_is_due) == (0, True), "it is in the hands of the first"

        pair.recorder.at(SAVE, meanwhile)
        assert pair.first.engine.tick().late == 1
        assert waiting[0].result().revision == 3
    assert told(pair.second) == ["create", "time", "done"]
    assert lates(pair.second) == 1


def test_two_who_tick_share_the_orders(pair: Pair) -> None:
    """The second begins when the first holds its first batch: it takes the rest, and waits for nobody."""
    overdue(pair.second, 2 * ticking.BATCH - 1)
    shares: list[int] = []
    pair.recorder.at(SAVE, lambda: shares.append(pair.second.engine.tick().late))
    shares.append(pair.first.engine.tick().late)
    assert shares == [ticking.BATCH, ticking.BATCH]
    assert [lates(pair.second, id) for id in range(1, 2 * ticking.BATCH + 1)] == [1] * 2 * ticking.BATCH


def test_many_who_tick_let_each_order_become_late_once(pair: Pair) -> None:
    overdue(pair.second, 399)
    engines = [pair.first.engine, pair.second.engine]
    at_once(*(engine.tick for engine in engines * 2))
    for engine in engines:
        engine.tick()
    messages = pair.second.engine.messages(by=HOST, limit=200).items
    assert len({message.order_id for message in messages}) == len(messages) == 200
    assert sum(lates(pair.second, id) for id in range(1, 401)) == 400


def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """No order can be decided by a tick any more."""

    def decide(*_: object, **__: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(ticking, "decide", decide)


def test_a_release_waits_for_a_tick_and_a_tick_passes_over_what_is_being_released(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.first.clock.now += 2 * DAY
    with monkeypatch.context() as patched:
        poisoned(patched)
        assert pair.second.engine.tick().failed == 1
    pair.first.clock.now += MINUTE
    pair.recorder.at("UPDATE", lambda: ticks.append(pair.second.engine.tick().orders))
    ticks: list[int] = []
    assert pair.first.engine.release(1, by=HOST)
    assert ticks == [0]
    assert pair.second.engine.tick().late == 1
    assert not pair.first.engine.release(1, by=HOST)
    assert lates(pair.second) == 1


def test_a_release_during_the_tick_that_decides_at_last_finds_nothing_to_release(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.first.clock.now += 2 * DAY
    with monkeypatch.context() as patched:
        poisoned(patched)
        assert pair.second.engine.tick().failed == 1
    pair.first.clock.now += MINUTE
    with others() as begin:
        waiting: list[Future[bool]] = []

        def meanwhile() -> None:
            waiting.append(begin(lambda: pair.second.engine.release(1, by=HOST)))
            wait_until_blocked(pair.second.engine.store.engine)

        pair.recorder.at(SAVE, meanwhile)
        assert pair.first.engine.tick().late == 1
        assert waiting[0].result() is False
