"""Hosts on PostgreSQL that come at once: one waits for the other, and no transaction is spoilt."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from flowengine import Result, connect
from flowengine.errors import ChangedMeanwhile, KeyReused, StoreUnusable
from flowengine.kernel.commands import Done, Write
from flowengine.runtime.flow import Flow
from tests.runtime.shop import DESK, HOST
from tests.storage.hosts import Host, story, write
from tests.storage.racing import others, wait_until_blocked

SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the same key": ({"ref": "A"}, {"key": "k"}),
    "the same order outside": ({"ref": "A"}, {}),
}


@pytest.mark.parametrize("end", ["commit", "rollback"])
@pytest.mark.parametrize(("values", "more"), SAME.values(), ids=SAME)
def test_two_hosts_that_open_the_same_order_at_once_open_one(
    postgres: Host, values: dict[str, Any], more: dict[str, Any], end: str
) -> None:
    """The second waits for the first; its transaction is as good as before, whichever way the first ends."""

    def second() -> Result:
        with postgres.database.begin() as connection:
            write(connection, "second")
            answer = postgres.at(connection).start("shop", values, by=DESK, **more)
            write(connection, "second went on")
            return answer

    with others() as begin, postgres.database.connect() as connection:
        first = postgres.at(connection).start("shop", values, by=DESK, **more).or_raise()
        waiting = begin(second)
        wait_until_blocked(postgres.database)
        getattr(connection, end)()
        answer = waiting.result()
    assert postgres.notes() == ["second", "second went on"]
    assert [view.row.number for view in postgres.shop.engine.orders(by=HOST).items] == ["S202605-001"]
    assert (answer.number, answer.repeated) == (first.number, end == "commit")


def test_a_key_that_another_host_used_meanwhile_for_another_order_takes_no_number(postgres: Host) -> None:
    def second() -> None:
        with postgres.database.begin() as connection:
            with pytest.raises(KeyReused):
                postgres.at(connection).start("shop", {"ref": "B"}, by=DESK, key="k")
            write(connection, "second went on")

    with others() as begin, postgres.database.connect() as connection:
        postgres.at(connection).start("shop", {"ref": "A"}, by=DESK, key="k").or_raise()
        waiting = begin(second)
        wait_until_blocked(postgres.database)
        connection.commit()
        waiting.result()
    assert postgres.notes() == ["second went on"]
    assert postgres.shop.start("C").number == "S202605-002"


@pytest.mark.parametrize("end", ["commit", "rollback"])
@pytest.mark.parametrize("key", ["k", None], ids=["the same key", "no key"])
def test_two_hosts_that_act_on_one_order_act_one_after_the_other(
    postgres: Host, key: str | None, end: str
) -> None:
    """Whoever waited for the lock sees the history as it is then: a key that was used meanwhile is used."""
    id = postgres.shop.start("A").order_id
    command = Write({"amount": 5})

    def second() -> Result:
        with postgres.database.begin() as connection:
            answer = postgres.at(connection).do(id, command, by=DESK, key=key).or_raise()
            write(connection, "second went on")
            return answer

    with others() as begin, postgres.database.connect() as connection:
        first = postgres.at(connection).do(id, command, by=DESK, key=key).or_raise()
        waiting = begin(second)
        wait_until_blocked(postgres.database)
        getattr(connection, end)()
        answer = waiting.result()
    assert postgres.notes() == ["second went on"]
    assert answer.repeated == (key is not None and end == "commit")
    assert (first.revision, answer.revision) == (2, 3 if key is None and end == "commit" else 2)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
@pytest.mark.parametrize(
    "act",
    [
        lambda flow: flow.do(1, Done("checked"), by=DESK),
        lambda flow: flow.start("shop", {"ref": "B"}, by=DESK),
    ],
    ids=["do", "start"],
)
def test_a_host_whose_transaction_sees_one_moment_is_told_when_others_went_on(
    postgres: Host, level: Any, act: Callable[[Flow], Result]
) -> None:
    postgres.shop.start("A")
    strict = postgres.database.execution_options(isolation_level=level)
    with strict.connect() as connection:
        assert postgres.at(connection).order(1, by=HOST).row.revision == 1
        postgres.shop.do(1, Done("priced"))
        postgres.shop.start("C")
        with pytest.raises(ChangedMeanwhile, match="Nothing was written"):
            act(postgres.at(connection))
        connection.rollback()
        assert act(postgres.at(connection)).ok
        connection.commit()


def test_a_transaction_that_failed_before_is_told_so(postgres: Host) -> None:
    with postgres.database.connect() as connection:
        with pytest.raises(sa.exc.DBAPIError):
            connection.exec_driver_sql("SELECT 1 / 0")
        for ask in (story, lambda flow: flow.orders(by=HOST)):
            with pytest.raises(StoreUnusable, match="failed already; roll it back"):
                ask(postgres.at(connection))
        connection.rollback()
        story(postgres.at(connection))
        connection.commit()


def test_two_hosts_that_wait_for_each_other_are_told_and_one_goes_on(postgres: Host) -> None:
    ids = [postgres.shop.start(ref).order_id for ref in "AB"]

    def host(mine: int, theirs: int, met: Callable[[], object]) -> str:
        with postgres.database.connect() as connection:
            flow = postgres.at(connection)
            flow.do(mine, Done("checked"), by=DESK).or_raise()
            met()
            try:
                flow.do(theirs, Done("priced"), by=DESK).or_raise()
            except ChangedMeanwhile:
                connection.rollback()
                return "told"
            connection.commit()
            return "done"

    barrier = Barrier(2)
    with others() as begin:
        both = [
            begin(lambda mine=mine, theirs=theirs: host(mine, theirs, lambda: barrier.wait(20)))
            for mine, theirs in (ids, reversed(ids))
        ]
        assert sorted(each.result() for each in both) == ["done", "told"]


def test_now_is_the_instant_of_the_command_and_not_that_of_the_transaction(postgres: Host) -> None:
    with connect(postgres.shop.engine.store.engine) as engine, postgres.database.connect() as connection:
        flow, deadline = engine.at(connection), time.monotonic() + 20
        instants: set[int] = set()
        while len(instants) < 2:
            assert time.monotonic() < deadline
            id = flow.start("shop", {"ref": str(len(instants))}, by=DESK).order_id
            instants.add(flow.order(id, by=HOST).row.created_at)
            flow.do(id, Write({"amount": len(instants)}), by=DESK).or_raise()
            instants.add(flow.history(id, by=HOST).items[-1].at)
        connection.rollback()
