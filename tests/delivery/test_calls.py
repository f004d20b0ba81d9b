"""Calls out: made by functions of the host, answered once, tried again, given up, and sent once more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flowengine import CallFailed, Engine, WrongInput
from flowengine.kernel.commands import Answered, Choose, Done, Principal
from tests.delivery.ledger import DESK, PROCESS, System, asking
from tests.kernel.desk import DAY, MINUTE, NOON
from tests.runtime.places import KEYS, opened_here
from tests.runtime.shop import Clock
from tests.sound import assert_sound


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def system() -> System:
    return System({"credit.check": {"overdue": False}})


@pytest.fixture
def engine(clock: Clock, system: System, place: str) -> Iterator[Engine]:
    with opened_here(clock) as plain:
        plain.deploy(PROCESS, file="asking.yaml")
        yield asking(plain, clock, system)
        assert_sound(plain)


def start(engine: Engine, **values: object) -> int:
    return engine.start("asking", {"buyer": "Zhang San", **values}, by=DESK).or_raise().order_id


def waits_for(engine: Engine, order: int) -> list[str]:
    return [blocker.code for blocker in engine.explain(order, by=DESK)[1].blockers]


def test_a_call_is_made_with_what_it_sends_and_its_answer_fills_the_field(
    engine: Engine, system: System
) -> None:
    order = start(engine, amount="12.50")
    assert (engine.deliver().sent, engine.deliver().sent) == (1, 0)
    ((name, id, sent),) = system.asked
    assert (name, dict(sent)) == ("credit.check", {"number": "A001", "buyer": "Zhang San", "amount": "12.5"})
    assert id.startswith("call-")
    view = engine.order(order, by=DESK)
    assert view.order.fields["overdue"] is False
    assert waits_for(engine, order) == ["need_open"]


def test_who_commits_a_stage_makes_its_calls_in_the_same_transaction(engine: Engine, system: System) -> None:
    order = start(engine)
    engine.deliver()
    engine.do(order, Done("seen"), by=DESK).or_raise()
    assert [row.queue for row, _ in engine.parcels().items] == ["call check_credit", "call reserve"]
    engine.deliver()
    assert [name for name, _, _ in system.asked] == ["credit.check", "stock.reserve"]


def test_what_a_host_rolls_back_is_never_called(engine: Engine, system: System) -> None:
    with engine.store.engine.connect() as connection:
        engine.at(connection).start("asking", {"buyer": "Nobody"}, by=DESK).or_raise()
        connection.rollback()
    engine.deliver()
    assert system.asked == []


def test_time_that_passes_makes_calls_too(engine: Engine, system: System, clock: Clock) -> None:
    start(engine)
    clock.now += 2 * DAY
    engine.tick()
    engine.deliver()
    assert sorted(name for name, _, _ in system.asked) == ["credit.check", "stock.reserve"]


def test_one_that_fails_is_tried_again_under_the_same_id_and_given_up(
    engine: Engine, system: System, clock: Clock
) -> None:
    system.answers["credit.check"] = ConnectionError("no route to 10.0.0.1")
    order = start(engine)
    assert engine.deliver().retried == 1
    assert waits_for(engine, order)[0] == "call_open"
    clock.now += MINUTE
    assert engine.deliver().dead == 1
    assert waits_for(engine, order)[0] == "call_failed"
    assert len({id for _, id, _ in system.asked}) == 1
    reason = engine.explain(order, by=DESK)[1].blockers[0].message("en")
    assert "ConnectionError" in reason
    assert "10.0.0.1" not in reason
    assert [letter.row.about for letter in engine.inbox(by=DESK).items] == ["call_failed"]


def test_what_was_given_up_is_sent_once_more_and_answered_after_all(engine: Engine, system: System) -> None:
    system.answers["credit.check"] = CallFailed("Zhang San is not known there")
    order = start(engine)
    assert engine.deliver().dead == 1
    assert "… is not known there" in engine.explain(order, by=DESK)[1].blockers[0].message("en")
    assert "Zhang San" not in str([entry.record for entry in engine.history(order, by=DESK).items][1:])
    system.answers["credit.check"] = {"overdue": True}
    engine.retry(system.asked[0][1])
    assert engine.deliver().sent == 1
    assert engine.order(order, by=DESK).order.fields["overdue"] is True
    assert len({id for _, id, _ in system.asked}) == 1


@pytest.mark.parametrize("answer", [None, {}, {"overdue": "perhaps"}, ["overdue"]], ids=str)
def test_an_answer_of_the_wrong_form_is_a_failure_and_is_not_asked_again(
    engine: Engine, system: System, answer: object
) -> None:
    system.answers["credit.check"] = answer
    order = start(engine)
    assert engine.deliver().dead == 1
    assert waits_for(engine, order)[0] == "call_failed"
    assert engine.deliver().dead == 0


def test_the_first_answer_counts(engine: Engine) -> None:
    order = start(engine)
    engine.deliver()
    again = engine.reply(order, "check_credit/1", {"overdue": True})
    assert [blocker.code for blocker in again.blockers] == ["call_answered"]
    assert engine.order(order, by=DESK).order.fields["overdue"] is False


def test_a_host_without_functions_answers_itself_and_nothing_is_sent_then(
    engine: Engine, system: System
) -> None:
    order = start(engine)
    engine.reply(order, "check_credit/1", {"overdue": True}).or_raise()
    engine.deliver()
    assert system.asked == []
    with pytest.raises(WrongInput, match="reply"):
        engine.do(order, Answered("check_credit/1"), by=DESK)


def test_what_was_done_is_taken_back_when_the_order_is_cancelled(engine: Engine, system: System) -> None:
    order = start(engine)
    engine.deliver()
    engine.do(order, Done("seen"), by=DESK).or_raise()
    engine.deliver()
    engine.do(order, Choose("cancel"), by=DESK).or_raise()
    engine.deliver()
    assert [name for name, _, _ in system.asked] == ["credit.check", "stock.reserve", "stock.free"]
    assert engine.order(order, by=DESK).order.calls == {}


def test_what_was_erased_meanwhile_is_not_sent(engine: Engine, system: System) -> None:
    order = start(engine)
    engine.erase(order=order, by=Principal.system("test"), reason="asked to")
    engine.deliver()
    assert system.asked[0][2]["buyer"] is None


def test_the_doctor_sees_what_was_given_up_and_what_nobody_can_do(engine: Engine, clock: Clock) -> None:
    def outbox() -> str:
        return next(check.state for check in engine.health().checks if check.name == "outbox")

    start(engine)
    other = Engine(engine.store, clock=clock, functions={"something.else": lambda _id, _sent: None})
    assert other.deliver().retried == 1
    assert outbox() == "ok"
    clock.now += 61 * MINUTE
    assert outbox() == "stuck"
    assert 'flowengine_parcels_stuck{kind="call"} 1' in engine.metrics()
    plain = Engine(engine.store, clock=clock, keys=KEYS, functions={"credit.check": refuse})
    assert plain.deliver().dead == 1
    assert outbox() == "given_up"
    assert 'flowengine_parcels_given_up{kind="call"} 1' in engine.metrics()
    clock.now += 8 * DAY
    assert outbox() == "ok"


def refuse(_id: str, _sent: object) -> None:
    raise CallFailed("out of stock")


def test_a_function_that_nobody_has_given_waits_and_says_so(engine: Engine, clock: Clock) -> None:
    start(engine)
    other = Engine(engine.store, clock=clock, functions={"something.else": lambda _id, _sent: None})
    assert other.deliver().retried == 1
    assert engine.parcels().items[0][0].error == "no_function: credit.check"
