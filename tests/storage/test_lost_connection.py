"""The network fails, or the server restarts: what was not written is done again, what is in doubt is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from flowengine import connect
from flowengine.errors import (
    ConnectionLost,
    OutcomeUnknown,
)
from flowengine.kernel.commands import Done
from tests.postgres import Server, restart, terminate_backends
from tests.runtime.shop import DESK, HOST, MAKER, QA, SHOP, Clock, Shop
from tests.sound import assert_sound
from tests.storage.racing import (
    COMMIT,
    READ,
    SAVE,
    SECOND,
    Pair,
    at_once,
    lates,
    overdue,
    told,
)
from tests.storage.recording import Recorder

ASKED: dict[str, Callable[[Shop], object]] = {
    "a command": lambda shop: shop.do(1, Done("checked")),
    "an opening": lambda shop: shop.start("B"),
    "a question": lambda shop: shop.engine.order(1, by=HOST),
    "a list": lambda shop: shop.engine.orders(by=HOST),
    "a tick": lambda shop: shop.engine.tick(),
    "a deployment": lambda shop: shop.deploy(SECOND),
    "a verification": lambda shop: shop.engine.verify(),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_connections_that_were_lost_while_they_lay_idle_are_made_anew(
    pair: Pair, ask: Callable[[Shop], object]
) -> None:
    at_once(*[lambda: pair.second.engine.orders(by=HOST)] * 4)
    pair.cut()
    ask(pair.second)


def lose_the_answer(recorder: Recorder, beginning: str) -> None:
    """Let the server carry out the next statement like this, and nobody hear of it."""

    def lose() -> None:
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    recorder.at(beginning, lose, when="after")


def test_a_connection_lost_before_anything_was_read_is_nobodys_concern(pair: Pair) -> None:
    pair.recorder.at(READ, pair.cut)
    assert pair.first.engine.do(1, Done("checked"), by=DESK).revision == 2
    pair.recorder.at("INSERT INTO fe_counters", pair.cut)
    assert pair.first.engine.start("shop", {"ref": "B"}, by=DESK).number == "S202605-002"


@pytest.mark.parametrize("heard", ["not by the server", "not by us"])
def test_a_command_without_a_key_that_was_lost_is_in_doubt(pair: Pair, heard: str) -> None:
    """Nobody knows whether it was done; the caller looks. It is there once or not at all."""
    if heard == "not by us":
        lose_the_answer(pair.recorder, SAVE)
    else:
        pair.recorder.at(SAVE, pair.cut)
    with pytest.raises(OutcomeUnknown, match="Look at the order before you repeat it"):
        pair.first.engine.do(1, Done("checked"), by=DESK)
    assert told(pair.second) == ["create", "done"][: 1 + (heard == "not by us")]


@pytest.mark.parametrize("heard", ["not by the server", "not by us"])
def test_a_command_with_a_key_that_was_lost_is_repeated_and_done_once(pair: Pair, heard: str) -> None:
    if heard == "not by us":
        lose_the_answer(pair.recorder, SAVE)
    else:
        pair.recorder.at(SAVE, pair.cut)
    answer = pair.first.engine.do(1, Done("checked"), by=DESK, key="k")
    assert (answer.ok, answer.revision, answer.repeated) == (True, 2, heard == "not by us")
    assert told(pair.second) == ["create", "done"]


@pytest.mark.parametrize("heard", ["not by the server", "not by us"])
@pytest.mark.parametrize("key", [None, "k"])
def test_an_opening_that_was_lost_is_repeated_only_with_a_key(
    pair: Pair, heard: str, key: str | None
) -> None:
    if heard == "not by us":
        lose_the_answer(pair.recorder, COMMIT)
    else:
        pair.recorder.at(COMMIT, pair.cut)
    if key is None:
        with pytest.raises(OutcomeUnknown):
            pair.first.engine.start("shop", {"ref": "B"}, by=DESK)
    else:
        answer = pair.first.engine.start("shop", {"ref": "B"}, by=DESK, key=key)
        assert (answer.number, answer.repeated) == ("S202605-002", heard == "not by us")
    there = key is not None or heard == "not by us"
    assert len(pair.second.engine.orders(by=HOST).items) == 1 + there
    assert pair.second.start("C").number == f"S202605-00{2 + there}"


def test_a_command_whose_connection_is_lost_again_and_again_is_given_up(pair: Pair) -> None:
    pair.recorder.at(READ, *[pair.cut] * 3)
    with pytest.raises(ConnectionLost, match="Nothing was written"):
        pair.first.engine.do(1, Done("checked"), by=DESK)
    assert told(pair.second) == ["create"]


def test_a_batch_that_was_lost_is_in_doubt_at_its_end_and_not_before(pair: Pair) -> None:
    def batch() -> None:
        with pair.first.engine.batch() as flow:
            for ref in "BC":
                flow.start("shop", {"ref": ref}, by=DESK).or_raise()

    pair.recorder.at("WITH", pair.cut)
    with pytest.raises(ConnectionLost) as lost:
        batch()
    assert not isinstance(lost.value, OutcomeUnknown)
    lose_the_answer(pair.recorder, COMMIT)
    with pytest.raises(OutcomeUnknown):
        batch()
    assert [view.row.number for view in pair.second.engine.orders(by=HOST).items] == [
        f"S202605-00{n}" for n in (1, 2, 3)
    ]


def test_a_tick_that_was_lost_is_played_again_by_the_next(pair: Pair) -> None:
    overdue(pair.second, 9)
    pair.recorder.at(SAVE, pair.cut)
    with pytest.raises(ConnectionLost):
        pair.first.engine.tick()
    lose_the_answer(pair.recorder, COMMIT)
    pair.recorder.before = lambda _statement: None
    with pytest.raises(ConnectionLost):
        pair.first.engine.tick()
    pair.first.engine.tick()
    assert [lates(pair.second, id) for id in range(1, 11)] == [1] * 10


def test_a_host_whose_connection_is_lost_is_told(pair: Pair) -> None:
    with pair.second.engine.store.engine.connect() as connection:
        flow = pair.second.engine.at(connection)
        flow.start("shop", {"ref": "B"}, by=DESK).or_raise()
        terminate_backends(pair.url())
        with pytest.raises(ConnectionLost):
            flow.start("shop", {"ref": "C"}, by=DESK)
    assert len(pair.second.engine.orders(by=HOST).items) == 1


@pytest.mark.parametrize("mode", ["fast", "immediate", "kill"])
def test_the_engine_goes_on_by_itself_when_the_server_is_back(postgres_server: Server, mode: Any) -> None:
    with postgres_server.new_database() as url, connect(url, clock=Clock()) as engine:
        shop = Shop(engine, Clock())
        shop.deploy(SHOP)
        id = shop.start("A").order_id
        restart(postgres_server, mode=mode)
        for who, need in ((DESK, "checked"), (QA, "priced"), (MAKER, "made")):
            assert engine.do(id, Done(need), by=who).ok
            assert engine.order(id, by=HOST).row.revision == engine.history(id, by=HOST).items[-1].seq
            if need == "checked":
                restart(postgres_server, mode="immediate")
        assert shop.start("B").number == "S202605-002"
        assert_sound(engine)
