"""An address book that fails: the messages it was asked for are put off in sight, and all else goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from flowengine import Engine, Write, WrongInput
from flowengine.runtime.mailroom import PATIENCE
from tests.delivery.post import DESK, PROCESS, Book, Kept, opened_here
from tests.kernel.desk import DAY, MINUTE
from tests.runtime.places import KEYS
from tests.runtime.shop import Clock

pytestmark = pytest.mark.usefixtures("place")


@dataclass
class Moody(Book):
    """An address book that does not answer for some."""

    silent: set[str] = field(default_factory=set)
    asked: int = 0

    def addresses(self, whom: str, *, process: str, number: str) -> Mapping[str, str]:
        self.asked += 1
        if number in self.silent:
            raise ConnectionError("no route to li@corp")
        return super().addresses(whom, process=process, number=number)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def plain(clock: Clock) -> Iterator[Engine]:
    with opened_here(clock) as engine:
        engine.deploy(PROCESS, file="parcels.yaml")
        yield engine


def with_book(plain: Engine, clock: Clock, book: Moody, mail: Kept) -> Engine:
    return Engine(
        plain.store, clock=clock, keys=KEYS, channels={"mail": mail}, addresses=book, rng=lambda: 0.0
    )


def order(engine: Engine) -> None:
    values = {"buyer": "Zhang", "phone": "13800001234", "amount": 12}
    id = engine.start("parcels", values, by=DESK).or_raise().order_id
    engine.do(id, Write({"waybill": "SF1"}), by=DESK).or_raise()


def test_who_cannot_be_looked_up_is_put_off_in_sight_and_gets_it_later(plain: Engine, clock: Clock) -> None:
    book, mail = Moody({"customer": {"mail": "zhang@example.com"}}, silent={"P001"}), Kept()
    engine = with_book(plain, clock, book, mail)
    order(engine)
    order(engine)
    assert engine.deliver().sent == 1
    assert [each.number for each in mail.taken] == ["P002"]
    waiting = [row for row, number in engine.parcels(state="ready").items if number == "P001"]
    assert [(row.queue, row.error) for row in waiting] == [
        ("to customer", "unforeseen: ConnectionError"),
        ("to packer", "unforeseen: ConnectionError"),
    ]
    clock.now += MINUTE
    assert engine.deliver().retried == 2
    book.silent.clear()
    clock.now += MINUTE
    engine.deliver()
    engine.deliver()
    assert [each.number for each in mail.taken] == ["P002", "P001"]
    assert engine.parcels(state="ready").items == ()


def test_a_book_that_answers_nobody_is_not_asked_for_all_messages_at_once(
    plain: Engine, clock: Clock
) -> None:
    book = Moody({}, silent={f"P00{n}" for n in range(1, 6)})
    engine = with_book(plain, clock, book, Kept())
    for _ in range(5):
        order(engine)
    engine.deliver()
    assert book.asked == PATIENCE


def test_who_is_never_found_is_given_up_in_sight_and_can_be_sent_to_once_more(
    plain: Engine, clock: Clock
) -> None:
    book, mail = Moody({"customer": {"mail": "zhang@example.com"}}, silent={"P001"}), Kept()
    engine = with_book(plain, clock, book, mail)
    order(engine)
    for _ in range(20):
        engine.deliver()
        clock.now += DAY
    dead = engine.parcels(state="dead").items
    assert [row.error for row, _ in dead] == ["unforeseen: ConnectionError"] * 2
    book.silent.clear()
    engine.retry(dead[0][0].key)
    engine.deliver()
    engine.deliver()
    assert [each.to for each in mail.taken] == ["customer"]


def test_a_channel_that_does_not_say_where_it_sends_to_is_named(plain: Engine, clock: Clock) -> None:
    class Mute(Kept):
        def endpoint(self, address: str) -> str:
            return None  # type: ignore[return-value] - as a host might

    engine = with_book(plain, clock, Moody({"customer": {"mail": "zhang@example.com"}}), Mute())
    order(engine)
    assert engine.deliver().retried == 1
    assert engine.parcels().items[0][0].error == "no_endpoint: mail"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (None, "wrong_book: NoneType"),
        ("zhang@example.com", "wrong_book: str"),
        ({"mail": ["zhang@example.com"]}, "wrong_book: list"),
        ({"mail": b"zhang@example.com"}, "wrong_book: bytes"),
    ],
)
def test_an_answer_that_is_none_is_put_off_by_its_name(
    plain: Engine, clock: Clock, answer: object, error: str
) -> None:
    class Odd(Moody):
        def addresses(self, whom: str, *, process: str, number: str) -> Any:
            return answer

    mail = Kept()
    engine = with_book(plain, clock, Odd({}), mail)
    order(engine)
    assert engine.deliver().sent == 0
    assert {row.error for row, _ in engine.parcels(state="ready").items} == {error}
    assert mail.taken == []


async def later(whom: str, *, process: str, number: str) -> dict[str, str]:
    return {}


@pytest.mark.parametrize(
    ("book", "said"),
    [
        ({"desk": "room"}, "an address book is an object with the method 'addresses', and `dict` is none"),
        (Moody, "an object with the method 'addresses', and `Moody` is none"),
        (SimpleNamespace(addresses=later), "'addresses' is asynchronous and would not be run"),
    ],
    ids=["a map", "a class", "one that would have to be awaited"],
)
def test_what_is_no_address_book_is_refused_at_once(
    plain: Engine, clock: Clock, book: Any, said: str
) -> None:
    with pytest.raises(WrongInput, match=said):
        with_book(plain, clock, book, Kept())
