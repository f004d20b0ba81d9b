"""Functions that raise, answer and say whatever they like: one call fails by it, and nothing else does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from threading import Event
from typing import Any

import pytest

from flowengine import CallFailed, Engine, Inside, WrongInput
from flowengine.delivery.carrier import NotSent
from flowengine.delivery.circuits import TOGETHER
from flowengine.delivery.courier import LEASE
from flowengine.delivery.hand import MARGIN
from flowengine.kernel.commands import Choose, Done
from tests.delivery.ledger import DESK, PROCESS, System, asking
from tests.kernel.desk import DAY, MINUTE, NOON
from tests.runtime.places import KEYS, opened_here
from tests.runtime.shop import Clock
from tests.sound import assert_sound
from tests.worker.processes import until

CHECK = "check_credit/1"
TOO_LONG = LEASE - MARGIN + 1


class Speechless(CallFailed):
    def __str__(self) -> str:
        raise RuntimeError


class Sealed(dict[str, Any]):
    """An answer into which nobody can look."""

    def __getitem__(self, name: str) -> Any:
        raise RuntimeError(name)


class Odd(NotSent):
    """What a host might raise that knows the class by hearsay."""

    def __init__(self, why: Any, wait: Any) -> None:
        super().__init__("")
        self.why, self.wait = why, wait


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


def start(engine: Engine) -> int:
    return engine.start("asking", {"buyer": "13800001234"}, by=DESK).or_raise().order_id


def error_of(engine: Engine) -> str:
    return engine.parcels().items[0][0].error


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        pytest.param(SystemExit(3), "unforeseen: SystemExit", id="exit"),
        pytest.param(asyncio.CancelledError(), "unforeseen: CancelledError", id="cancelled"),
        pytest.param(GeneratorExit(), "unforeseen: GeneratorExit", id="generator"),
        pytest.param(CallFailed("a\ud800b\0c\n d"), "a\ufffdb\ufffdc d", id="no-text"),
        pytest.param(Speechless("x"), "no_reason", id="speechless"),
        pytest.param(CallFailed(), "no_reason", id="without-words"),
        pytest.param(Odd("a\ud800", wait="5"), "a\ufffd", id="odd-words"),
        pytest.param(Odd(None, wait=None), "no_reason", id="no-words"),
        pytest.param(Odd(7, wait=float("inf")), "7", id="a-number"),
    ],
)
def test_whatever_a_function_raises_its_call_alone_has_failed(
    engine: Engine, clock: Clock, raised: BaseException, error: str
) -> None:
    def odd(_id: str, _sent: Mapping[str, Any]) -> Any:
        raise raised

    start(engine)
    engine.do(start(engine), Done("seen"), by=DESK)  # its other call is done
    functions = {"credit.check": odd, "stock.reserve": lambda _id, _sent: {}}
    other = Engine(engine.store, clock=clock, keys=KEYS, functions=functions, rng=lambda: 0.0)
    done = other.deliver()
    assert done.sent + done.retried + done.dead == len(engine.parcels().items)
    assert error_of(engine) == error
    clock.now += MINUTE
    other.deliver()
    assert error_of(engine) == error
    assert "“" not in engine.explain(1, by=DESK)[1].blockers[0].message("en")


def test_an_answer_into_which_nobody_can_look_is_a_failure(engine: Engine, system: System) -> None:
    system.answers["credit.check"] = Sealed(overdue=True)
    start(engine)
    assert engine.deliver().dead == 1
    assert error_of(engine) == "wrong_answer: the answer has no result.overdue"


NO_FUNCTIONS: dict[str, tuple[Any, str]] = {
    "a list": ([print], "a map of names"),
    "another name": ({1: print}, "a map of names"),
    "its name": ({"credit.check": "check"}, "no function but str"),
    "nothing inside": ({"credit.check": Inside(None)}, "no function but NoneType"),  # type: ignore[arg-type]
    "Inside alone": ({"credit.check": Inside}, "no function but type"),
    "asynchronous": ({"credit.check": asyncio.sleep}, "is asynchronous"),
}


@pytest.mark.parametrize(("functions", "said"), NO_FUNCTIONS.values(), ids=NO_FUNCTIONS)
def test_what_is_no_function_is_said_at_once(engine: Engine, functions: Any, said: str) -> None:
    with pytest.raises(WrongInput, match=said):
        Engine(engine.store, functions=functions)


def test_a_promise_is_no_answer(engine: Engine, clock: Clock) -> None:
    functions = {"credit.check": lambda *_: asyncio.sleep(0, {"overdue": False})}
    start(engine)
    assert Engine(engine.store, clock=clock, keys=KEYS, functions=functions).deliver().dead == 1
    assert "the function is asynchronous" in error_of(engine)


@pytest.mark.parametrize(
    "raised",
    [
        CallFailed("no such 13800001234"),
        CallFailed("no such 138 0000-1234"),
        NotSent("no such 13800001234", final=True),
        NotSent("no such 13800001234"),
    ],
    ids=["failed", "spaced", "for-good", "not-sent"],
)
def test_no_reason_keeps_what_was_sent_of_a_person(engine: Engine, system: System, raised: Exception) -> None:
    system.answers["credit.check"] = raised
    start(engine)
    engine.deliver()
    assert error_of(engine) == "no such …"


@pytest.mark.parametrize("answer", ["customer 13800001234", {"of": "13800001234"}], ids=["text", "map"])
def test_an_answer_that_does_not_fit_stands_nowhere(engine: Engine, system: System, answer: object) -> None:
    system.answers["credit.check"] = {"overdue": answer}
    order = start(engine)
    engine.deliver()
    kept = [str(entry.record) for entry in engine.history(order, by=DESK).items][1:]
    kept += [str(engine.order(order, by=DESK).order.calls), error_of(engine)]
    assert "“…” is neither true nor false" in kept[0]
    assert not any("13800001234" in each for each in kept)


def test_an_answer_that_comes_too_late_stands_nowhere_either(engine: Engine) -> None:
    order = start(engine)
    engine.do(order, Choose("cancel"), by=DESK).or_raise()
    engine.reply(order, CHECK, {"overdue": "13800001234"}).or_raise()
    assert "13800001234" not in str([entry.record for entry in engine.history(order, by=DESK).items][1:])


def test_a_wrong_answer_is_seen_among_the_dead_and_can_be_asked_once_more(
    engine: Engine, system: System
) -> None:
    system.answers["credit.check"] = {"overdue": "perhaps"}
    order = start(engine)
    assert (engine.deliver().dead, engine.deliver().dead) == (1, 0)
    ((row, _),) = engine.parcels(state="dead").items
    assert row.error == "wrong_answer: overdue (overdue): “…” is neither true nor false"
    system.answers["credit.check"] = {"overdue": True}
    engine.retry(row.key)
    assert engine.deliver().sent == 1
    assert engine.order(order, by=DESK).order.fields["overdue"] is True
    assert len({id for _, id, _ in system.asked}) == 1


def test_a_function_that_comes_later_is_called_however_few_tries_there_are(
    engine: Engine, system: System, clock: Clock
) -> None:
    start(engine)
    other = Engine(engine.store, clock=clock, functions={"something.else": lambda _id, _sent: None})
    for _ in range(5):
        assert other.deliver().retried == 1
        clock.now += MINUTE
    assert engine.deliver().sent == 1
    assert len(system.asked) == 1


def test_an_order_that_cannot_hear_its_answer_holds_up_no_other_and_is_not_asked_again(
    engine: Engine, system: System, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = start(engine)
    start(engine)
    take = type(engine._replies).take

    def heard(self: Any, order_id: int, *said: Any) -> Any:
        if order_id == deaf:
            raise TypeError
        return take(self, order_id, *said)

    with monkeypatch.context() as patch:
        patch.setattr(type(engine._replies), "take", heard)
        done = engine.deliver()
    assert (done.sent, done.retried) == (1, 1)
    assert error_of(engine) == "not_taken_in: TypeError"
    clock.now += MINUTE
    assert engine.deliver().sent == 1
    assert engine.order(deaf, by=DESK).order.fields["overdue"] is False
    assert len(system.asked) == 2


def test_what_failed_is_taken_back_at_once_should_it_be_done_after_the_order_was_cancelled(
    engine: Engine, system: System
) -> None:
    order = start(engine)
    engine.deliver()
    engine.do(order, Done("seen"), by=DESK).or_raise()
    system.answers["stock.reserve"] = CallFailed("no answer in time")
    engine.deliver()
    engine.do(order, Choose("cancel"), by=DESK).or_raise()
    engine.reply(order, "reserve/2", {}).or_raise()
    engine.deliver()
    assert [name for name, _, _ in system.asked][-1] == "stock.free"
    assert engine.order(order, by=DESK).order.calls == {}


def test_the_doctor_names_the_functions_that_no_worker_has(engine: Engine, clock: Clock) -> None:
    order = start(engine)
    other = Engine(engine.store, clock=clock, functions={"something.else": lambda _id, _sent: None})

    def said() -> str:
        return next(each.message("en") for each in engine.health(grace=3_600).checks if each.name == "calls")

    other.deliver()
    assert "none" in said()
    clock.now += 6 * MINUTE
    assert said() == "1 wait, one for 6m, and no worker has what makes them: credit.check"
    other.deliver()
    assert "credit.check" in said(), "it is left to others all the time"
    engine.reply(order, CHECK, {"overdue": False}).or_raise()
    assert "none" in said()


def test_who_answers_by_hand_settles_the_call(engine: Engine, system: System) -> None:
    engine.reply(start(engine), CHECK, {"overdue": False}).or_raise()
    engine.reply(start(engine), CHECK, error="no such customer").or_raise()
    engine.reply(start(engine), CHECK, {"overdue": "perhaps"}).or_raise()
    assert [(row.state, row.error) for row, _ in engine.parcels().items] == [
        ("sent", ""),
        ("dead", "no such customer"),
        ("dead", "overdue (overdue): “…” is neither true nor false"),
    ]
    assert engine.deliver().sent == 0
    engine.retry(engine.parcels(state="dead").items[0][0].key)
    assert engine.deliver().sent == 1
    assert len(system.asked) == 1


def test_a_function_that_hangs_holds_up_nobody_and_its_answer_counts_when_it_comes(
    engine: Engine, clock: Clock
) -> None:
    asked, over, ended = [], Event(), Event()

    def hangs(_id: str, sent: Mapping[str, Any]) -> Any:
        asked.append(sent["number"])
        if len(asked) == 1:
            clock.now += TOO_LONG
            over.wait(10)
            ended.set()
        return {"overdue": False}

    other = Engine(engine.store, clock=clock, keys=KEYS, functions={"credit.check": hangs}, rng=lambda: 0.0)
    start(engine)
    start(engine)
    done = other.deliver()
    assert (done.sent, done.retried) == (1, 1)
    assert error_of(engine) == "never_ended"
    over.set()
    assert ended.wait(10)
    until(lambda: not other._delivering._courier._threads.lost("function credit.check"))
    clock.now += MINUTE
    assert other.deliver().sent == 1
    assert asked == ["A001", "A002"]


def test_a_function_that_always_hangs_is_left_alone_after_a_few_threads(engine: Engine, clock: Clock) -> None:
    over, asked = Event(), []

    def hangs(id: str, _sent: Mapping[str, Any]) -> Any:
        asked.append(id)
        clock.now += TOO_LONG
        over.wait(10)

    other = Engine(engine.store, clock=clock, keys=KEYS, functions={"credit.check": hangs}, rng=lambda: 0.0)
    for _ in range(6):
        start(engine)
    for _ in range(9):
        other.deliver()
        clock.now += DAY
    over.set()
    assert len(asked) == TOGETHER
