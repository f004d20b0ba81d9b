"""Functions inside the transaction of a command: what they wrote and what the order did is there together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from flowengine import CallFailed, Engine, Inside, WrongInput
from flowengine.kernel.commands import Choose, Done
from tests.delivery.ledger import DESK, PROCESS
from tests.kernel.desk import DAY, MINUTE, NOON
from tests.runtime.places import KEYS, opened_here
from tests.runtime.shop import Clock
from tests.sound import assert_sound

Write = Callable[[sa.Connection, str, Mapping[str, Any]], Any]
TABLE = "CREATE TABLE host_stock (id TEXT PRIMARY KEY, who TEXT CHECK (who <> 'nobody'))"
PUT = sa.text("INSERT INTO host_stock VALUES (:id, :who)")


def check(connection: sa.Connection, id: str, sent: Mapping[str, Any]) -> dict[str, bool]:
    """The function of the host: a row of its own, and an answer."""
    connection.execute(PUT, {"id": id, "who": sent["buyer"]})
    return {"overdue": False}


def reserve(connection: sa.Connection, id: str, sent: Mapping[str, Any]) -> None:
    connection.execute(PUT, {"id": id, "who": sent["number"]})


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def engine(clock: Clock, place: str) -> Iterator[Engine]:
    with opened_here(clock) as plain:
        plain.deploy(PROCESS, file="asking.yaml")
        with plain.store.engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE IF EXISTS host_stock"))
            connection.execute(sa.text(TABLE))
        yield with_functions(plain, check)
        assert_sound(plain)


def with_functions(engine: Engine, credit: Write) -> Engine:
    functions = {
        "credit.check": Inside(credit),
        "stock.reserve": Inside(reserve),
        "stock.free": lambda _id, _sent: {},
    }
    return Engine(engine.store, clock=engine.clock, keys=KEYS, functions=functions, rng=lambda: 0.0)


def rows(engine: Engine) -> list[str]:
    with engine.store.engine.connect() as connection:
        return sorted(connection.execute(sa.text("SELECT who FROM host_stock")).scalars())


def start(engine: Engine, buyer: str = "Zhang San", **more: Any) -> Any:
    return engine.start("asking", {"buyer": buyer}, by=DESK, **more)


def test_the_answer_is_there_when_the_command_is_done(engine: Engine) -> None:
    opened = start(engine).or_raise()
    view = engine.order(opened.order_id, by=DESK)
    assert view.order.fields["overdue"] is False
    assert opened.revision == view.row.revision
    assert [event.kind for event in opened.events if event.kind.startswith("call")] == ["called", "call_done"]
    assert rows(engine) == ["Zhang San"]
    assert engine.parcels().items == ()


def test_what_follows_from_an_answer_is_done_inside_as_well(engine: Engine) -> None:
    order = start(engine).or_raise().order_id
    engine.do(order, Done("seen"), by=DESK).or_raise()
    assert rows(engine) == ["A001", "Zhang San"]
    assert engine.order(order, by=DESK).row.stage == "packing"
    engine.do(order, Choose("cancel"), by=DESK).or_raise()
    assert [row.queue for row, _ in engine.parcels().items] == ["call free"], "that one is done outside"
    engine.deliver()
    assert engine.order(order, by=DESK).order.calls == {}


REFUSALS = {
    "its own words": (CallFailed("Zhang San owes money"), "… owes money"),
    "no words": (CallFailed(), "no reason was given"),
    "an error": (ValueError("secret of Zhang San"), "ValueError"),
    "a statement that is wrong": (None, "Error"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_who_raises_refuses_the_command_and_nothing_is_kept(engine: Engine, refusal: str) -> None:
    error, said = REFUSALS[refusal]

    def refuse(connection: sa.Connection, id: str, sent: Mapping[str, Any]) -> None:
        check(connection, id, sent)
        if error is None:
            connection.execute(sa.text("SELECT nothing FROM nowhere"))
        raise error

    refused = start(with_functions(engine, refuse), key="k1")
    (blocker,) = refused.blockers
    assert blocker.code == "inside_refused"
    assert said in blocker.message("en")
    assert blocker.message("en").startswith("check_credit was refused: ")
    assert "Zhang San" not in blocker.message("en")
    assert (rows(engine), engine.orders(by=DESK).items) == ([], ())
    again = start(engine, key="k1").or_raise()
    assert (again.number, again.repeated) == ("A001", False), "neither number nor key was used up"


def test_what_the_database_forbids_is_refused_too(engine: Engine) -> None:
    refused = start(engine, "nobody")
    assert "IntegrityError" in refused.blockers[0].message("en")
    assert (rows(engine), engine.orders(by=DESK).items) == ([], ())


def test_an_answer_of_the_wrong_form_is_refused_with_what_was_written(engine: Engine) -> None:
    def vague(connection: sa.Connection, id: str, sent: Mapping[str, Any]) -> dict[str, str]:
        check(connection, id, sent)
        return {"overdue": "perhaps"}

    refused = start(with_functions(engine, vague))
    assert [blocker.code for blocker in refused.blockers] == ["inside_refused"]
    assert rows(engine) == []


async def promise(connection: sa.Connection, id: str, sent: Mapping[str, Any]) -> dict[str, bool]:
    return check(connection, id, sent)


def test_who_only_promises_to_do_it_is_not_handed_over(engine: Engine) -> None:
    with pytest.raises(WrongInput, match="is asynchronous and would not be run"):
        with_functions(engine, promise)
    later: Write = lambda *given: promise(*given)  # noqa: E731, PLW0108 - it does not look asynchronous
    refused = start(with_functions(engine, later))
    assert "asynchronous" in refused.blockers[0].message("en")
    assert rows(engine) == []


def test_a_function_may_open_another_order_that_has_its_own_call_done_there(engine: Engine) -> None:
    def check_both(connection: sa.Connection, id: str, sent: Mapping[str, Any]) -> dict[str, bool]:
        if sent["buyer"] == "Zhang San":
            other.at(connection).start("asking", {"buyer": "Li Si"}, by=DESK).or_raise()
        with pytest.raises(WrongInput):
            connection.commit()
        return check(connection, id, sent)

    other = with_functions(engine, check_both)
    start(other).or_raise()
    assert rows(engine) == ["Li Si", "Zhang San"]


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_nobody_inside_ends_the_transaction(engine: Engine, end: str) -> None:
    def meddle(connection: sa.Connection, id: str, sent: Mapping[str, Any]) -> dict[str, bool]:
        answer = check(connection, id, sent)
        getattr(connection, end)()
        return answer

    with pytest.raises(Exception, match="neither commit it nor roll it back"):
        start(with_functions(engine, meddle))
    assert (rows(engine), engine.orders(by=DESK).items) == ([], ())


def test_a_repeated_command_gives_the_first_answer_and_runs_nothing(engine: Engine) -> None:
    first, second = start(engine, key="k").or_raise(), start(engine, key="k").or_raise()
    assert (second.order_id, second.repeated) == (first.order_id, True)
    assert rows(engine) == ["Zhang San"]


@pytest.mark.parametrize("kept", [True, False])
def test_a_host_keeps_or_drops_it_with_its_own_transaction(engine: Engine, kept: bool) -> None:
    with engine.store.engine.connect() as connection:
        flow = engine.at(connection)
        assert start(flow, "nobody").ok is False
        start(flow).or_raise()
        (connection.commit if kept else connection.rollback)()
    assert rows(engine) == ["Zhang San"] * kept
    assert len(engine.orders(by=DESK).items) == kept


def test_a_batch_takes_it_along(engine: Engine) -> None:
    with engine.batch() as flow:
        for buyer in ("a", "nobody", "b"):
            start(flow, buyer)
    assert rows(engine) == ["a", "b"]


def test_what_time_makes_happen_is_done_by_the_courier_with_its_answer(engine: Engine, clock: Clock) -> None:
    order = start(engine).or_raise().order_id
    clock.now += 2 * DAY
    engine.tick()
    assert rows(engine) == ["Zhang San"]
    assert engine.deliver().sent == 1
    assert rows(engine) == ["A001", "Zhang San"]
    assert [known.name for known in engine.order(order, by=DESK).order.calls.values()] == ["reserve"]


def test_the_courier_leaves_nothing_of_what_it_could_not_finish(engine: Engine, clock: Clock) -> None:
    plain = Engine(engine.store, clock=clock, keys=KEYS)
    order = start(plain, "nobody").or_raise().order_id
    assert engine.deliver().retried == 1
    clock.now += MINUTE
    assert engine.deliver().dead == 1
    assert rows(engine) == []
    assert engine.explain(order, by=DESK)[1].blockers[0].code == "call_failed"


def test_what_is_answered_already_is_not_done(engine: Engine, clock: Clock) -> None:
    plain = Engine(engine.store, clock=clock, keys=KEYS)
    order = start(plain).or_raise().order_id
    plain.reply(order, "check_credit/1", {"overdue": True}).or_raise()
    engine.deliver()
    assert rows(engine) == []


def test_looking_at_what_would_happen_runs_nothing(engine: Engine) -> None:
    order = start(engine).or_raise().order_id
    engine.preview(order, Done("seen"), by=DESK)
    assert rows(engine) == ["Zhang San"]
