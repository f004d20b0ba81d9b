"""The connection to PostgreSQL is lost at every moment of a command, above all when the answer is on its way.

With a key the engine answers by itself, or the repeated call gives the first answer. Without one it says that
the outcome is unknown where it is, and only there.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import pytest

from flowengine import Choose, Done, Engine, Result, Write
from flowengine.errors import ConnectionLost, OutcomeUnknown
from flowengine.runtime.flow import Flow
from flowengine.storage import postgres, store
from tests.chaos.proxy import Cut, Moment, Proxy
from tests.chaos.record import assert_late_once, assert_numbers_whole, keys_on_record, rows
from tests.faults.workshop import DAY, DESK, LOOSE, WORKSHOP, Clock, opened, order
from tests.postgres import server
from tests.sound import assert_sound
from tests.storage.racing import wait_until_gone

FIND: Final = "FROM fe_orders"
SAVE: Final = "UPDATE fe_orders"
LOOK: Final = "nextval"
SERIAL: Final = "INSERT INTO fe_counters"
OPEN: Final = "INSERT INTO fe_orders"
CLAIM: Final = "SKIP LOCKED"
TICKING: Final = ("BEGIN", CLAIM, SAVE, "COMMIT")
MOMENTS: Final[tuple[Moment, ...]] = ("before", "during", "torn", "after")
ATTEMPTS: Final = store.EARLY_ATTEMPTS + 1


@dataclass(frozen=True, slots=True)
class Desk:
    """An engine behind the proxy, and one on the database itself that looks at what is there."""

    engine: Engine
    proxy: Proxy
    sight: Engine
    clock: Clock
    name: str
    first: int

    @contextmanager
    def cutting(self, cut: Cut) -> Iterator[None]:
        """The connection fails as ordered; afterwards the server has ended what it was left with."""
        with self.proxy.cutting(cut):
            yield
        self.engine.close()
        self.sight.close()
        wait_until_gone(self.sight.store.engine)

    def written(self) -> int:
        """How many rows all histories have."""
        ((found,),) = rows(self.sight, "SELECT count(*) FROM fe_history")
        return int(found)


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    """A database for one test after the other. In the end nothing is doubled, and numbers have no gap."""
    with server().new_database() as place, opened(place) as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        engine.deploy(LOOSE, file="loose.yaml")
        engine.close()
        yield place
        assert_sound(engine)
        assert_numbers_whole(engine)


@pytest.fixture
def desk(place: str, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """With one order that is due tomorrow."""
    clock, name = Clock(), request.node.name
    with opened(place, clock) as sight, Proxy(place) as proxy, opened(proxy.url, clock) as engine:
        first = sight.start("loose", order(f"first of {name}"), by=DESK).or_raise()
        yield Desk(engine, proxy, sight, clock, name, first.order_id)
        clock.now += 2 * DAY
        sight.tick()  # what this test left due is no concern of the next


def do(desk: Desk, **keyed: str) -> Result:
    return desk.engine.do(desk.first, Write({"amount": 700}), by=DESK, **keyed).or_raise()


def start(desk: Desk, flow: Flow | None = None, **keyed: str) -> Result:
    return (flow or desk.engine).start("loose", order("second"), by=DESK, **keyed).or_raise()


def batch(desk: Desk) -> None:
    with desk.engine.batch() as flow:
        start(desk, flow)


def tick(desk: Desk) -> None:
    desk.engine.tick()


# In a transaction of our own nothing is there before COMMIT; a command on an order is one statement.
# Before the tick's own COMMIT there is that of its first look.
DOUBTFUL: Final = [(do, SAVE, 0), (start, "COMMIT", 0), (batch, "COMMIT", 0), (tick, "COMMIT", 1)]
OPENING: Final = ("BEGIN", LOOK, SERIAL, OPEN)
CERTAIN: Final = [(do, FIND), *((start, words) for words in OPENING)]
LOST: Final = [*((batch, words) for words in OPENING), (tick, CLAIM), (tick, SAVE)]


def named(table: Any) -> list[Any]:
    return [pytest.param(*row, id=f"{row[0].__name__} {row[1]}") for row in table]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("command", "words", "skip"), named(DOUBTFUL))
def test_without_a_key_a_lost_outcome_is_unknown(
    desk: Desk, command: Callable[[Desk], object], words: str, skip: int, moment: Moment
) -> None:
    desk.clock.now += DAY + 1
    before = desk.written()
    with desk.cutting(Cut(words, moment, skip=skip)), pytest.raises(OutcomeUnknown):
        command(desk)
    assert desk.proxy.cuts == 1
    assert desk.written() - before in {"before": {0}, "during": {0, 1}, "torn": {1}, "after": {1}}[moment]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(("command", "words"), named(CERTAIN))
def test_without_a_key_it_tries_again_where_nothing_can_have_been_written(
    desk: Desk, command: Callable[[Desk], Result], words: str, moment: Moment
) -> None:
    before = desk.written()
    with desk.cutting(Cut(words, moment, times=ATTEMPTS - 1)):
        command(desk)
    assert desk.proxy.cuts == ATTEMPTS - 1
    assert desk.written() - before == 1


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(("command", "words"), named([*CERTAIN, *LOST]))
def test_what_was_never_written_is_not_called_unknown(
    desk: Desk, command: Callable[[Desk], object], words: str, moment: Moment
) -> None:
    desk.clock.now += DAY + 1
    before = desk.written()
    with desk.cutting(Cut(words, moment, times=ATTEMPTS)), pytest.raises(ConnectionLost) as lost:
        command(desk)
    assert lost.type is ConnectionLost
    assert desk.written() == before


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(
    ("words", "kind"), [pytest.param("COMMIT", OutcomeUnknown, id="COMMIT"), (SAVE, ConnectionLost)]
)
def test_a_command_that_holds_the_lock_is_in_doubt_only_at_its_commit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, words: str, kind: type[Exception], moment: Moment
) -> None:
    monkeypatch.setattr(store, "EARLY_ATTEMPTS", 0)
    before = desk.written()
    with desk.cutting(Cut(words, moment)), pytest.raises(ConnectionLost) as lost:
        do(desk, key=desk.name)
    assert lost.type is kind
    do(desk, key=desk.name)
    assert desk.written() - before == 1


@pytest.mark.parametrize(("command", "words"), [(do, SAVE), (start, "COMMIT")])
def test_with_a_key_too_it_is_unknown_when_the_server_stays_away(
    desk: Desk, command: Callable[..., Result], words: str
) -> None:
    """It was written, and the engine that tries again by itself can no longer see it."""
    before = desk.written()
    with desk.cutting(Cut(words, "after", stays_down=True)), pytest.raises(OutcomeUnknown):
        command(desk, key=desk.name)
    assert desk.written() - before == 1
    assert command(desk, key=desk.name).repeated


def test_a_server_that_goes_as_soon_as_it_was_reached_is_no_other_trouble(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection that lay idle is gone, and the one that replaces it has its farewell already."""
    farewells = iter([True, True])
    monkeypatch.setattr(postgres, "_has_word", lambda _socket: next(farewells, False))
    assert do(desk, key=desk.name).ok


@pytest.mark.parametrize("cuts", [200, pytest.param(2_000, marks=pytest.mark.soak)])
def test_with_a_key_nothing_is_lost_and_nothing_doubled(
    desk: Desk, cuts: int, tell: Callable[[object], None]
) -> None:
    """Commands and ticks, each cut one to three times at a statement of theirs that was drawn."""
    dice = random.Random(cuts)
    figures: Counter[str] = Counter()
    for turn in count():
        if desk.proxy.cuts >= cuts:
            break
        if turn % 10 == 0:
            desk.clock.now += 2 * DAY
            with desk.proxy.cutting(drawn(dice, TICKING)), suppress(ConnectionLost):
                desk.engine.tick()
        for give, words in commands(desk.engine, f"{desk.name}/{turn}", dice):
            cut_and_give_again(desk, give, drawn(dice, words), figures)
    desk.engine.tick()
    keys = keys_on_record(desk.sight)
    assert {len(places) for places in keys.values()} == {1}
    assert sum(key.startswith(f"{desk.name}/") for key in keys) == figures["given"]
    late = assert_late_once(desk.sight, desk.clock.now)
    tell(f"{desk.proxy.cuts} cuts, {dict(figures)}, late {late}")
    assert figures["answered by itself"] > figures["given"] // 2
    assert figures["given again"]
    assert late > figures["given"] // 20


Given = Callable[[], Result]


def commands(engine: Engine, name: str, dice: random.Random) -> Iterator[tuple[Given, tuple[str, ...]]]:
    """The life of one order, and the statements of each command. Every second order is left to time."""
    process = dice.choice(["loose", "workshop"])
    opening = lambda: engine.start(process, order(name), by=DESK, key=f"{name}/start")  # noqa: E731
    yield opening, (*OPENING, "COMMIT", "COMMIT", "COMMIT")
    id = opening().order_id
    for verb, command in (
        ("checked", Done("checked")),
        ("wrong", Choose("wrong")),
        ("amount", Write({"amount": dice.randrange(500)})),
        *([("cancel", Choose("cancel"))] if dice.random() < 0.5 else []),
    ):
        yield (
            lambda verb=verb, command=command: engine.do(
                id, command, by=DESK, key=f"{name}/{verb}", reason="because"
            ),
            (FIND, SAVE, SAVE, SAVE),
        )


def drawn(dice: random.Random, words: tuple[str, ...]) -> Cut:
    times, moment = dice.choice((1, 1, 1, 2, 3)), dice.choice(MOMENTS)
    return Cut(dice.choice(words), moment, times=times, abrupt=dice.random() < 0.3)


def cut_and_give_again(desk: Desk, give: Given, cut: Cut, figures: Counter[str]) -> None:
    """Give a command while the connection fails, and once more in peace."""
    figures["given"] += 1
    times, answer = cut.times, None
    with desk.proxy.cutting(cut):
        try:
            answer = give().or_raise()
        except ConnectionLost:
            assert times - cut.times == ATTEMPTS, "it gave up too early"
            figures["given again"] += 1
    again = give().or_raise()
    figures["saved and not answered"] += answer is None and again.repeated
    if answer is not None:
        figures["answered by itself"] += times > cut.times
        assert again.repeated
        assert said(again) == said(answer)


def said(result: Result) -> tuple[object, ...]:
    return result.order_id, result.number, result.revision, result.stage, result.status
