"""On PostgreSQL the database's time decides, however wrong the clocks of the machines are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
import sqlalchemy as sa

from flowengine import Engine, connect
from flowengine.kernel.commands import Done
from flowengine.runtime.health import Check
from tests.runtime.places import empty
from tests.runtime.shop import DESK, HOST
from tests.storage.racing import url_of
from tests.storage.recording import recorded
from tests.worker.office import PROCESS, take_in, times_late

HOUR, MINUTE = 3_600_000, 60_000
Off = Callable[[int], None]


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch) -> Off:
    """Put the clock of this machine so many milliseconds ahead, or behind."""
    true = time.time_ns

    def put(milliseconds: int) -> None:
        monkeypatch.setattr(time, "time_ns", lambda: true() + milliseconds * 1_000_000)

    return put


@pytest.fixture
def engine(shared_postgres: sa.Engine) -> Iterator[Engine]:
    """An engine without a clock of its own."""
    empty(shared_postgres)
    with connect(shared_postgres.url.render_as_string(hide_password=False)) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        yield engine


def databases_time(engine: Engine) -> int:
    with psycopg.connect(url_of(engine.store.engine)) as connection:  # type: ignore[attr-defined]
        (seconds,) = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone() or (0,)
    return int(seconds * 1_000)


def taken_in(engine: Engine, hours_ago: int) -> int:
    """An order that came that long ago, by the database's time."""
    at = databases_time(engine) - hours_ago * HOUR
    with connect(engine.store.engine, clock=lambda: at) as other:  # type: ignore[attr-defined]
        return take_in(other, 1)[0]


@pytest.mark.parametrize("ahead", [MINUTE, 3 * HOUR, -MINUTE, -9 * HOUR])
def test_what_is_due_is_due_by_the_databases_time(engine: Engine, off: Off, ahead: int) -> None:
    """Due after two hours: one order is not yet, the other is since an hour, whatever this machine thinks."""
    early, overdue = taken_in(engine, 1), taken_in(engine, 3)
    off(ahead)
    ticked = engine.tick()
    assert (ticked.orders, ticked.late) == (1, 1)
    assert [times_late(engine, order) for order in (early, overdue)] == [0, 1]
    assert abs(ticked.now - databases_time(engine)) < MINUTE / 2


def test_a_tick_with_nothing_to_do_asks_once(engine: Engine) -> None:
    """For the time and for the next moment together."""
    take_in(engine, 1)
    with recorded(engine.store.engine) as recorder:  # type: ignore[attr-defined]
        ticked = engine.tick()
    assert ticked.next_at is not None
    assert [verb for verb in recorder.verbs() if verb == "SELECT"] == ["SELECT"]


@pytest.mark.parametrize("ahead", [MINUTE, -MINUTE])
def test_commands_are_written_at_the_databases_time(engine: Engine, off: Off, ahead: int) -> None:
    off(ahead)
    order = take_in(engine, 1)[0]
    engine.do(order, Done("checked"), by=DESK).or_raise()
    with engine.store.engine.begin() as connection:  # type: ignore[attr-defined]
        engine.at(connection).do(order, Done("noted"), by=HOST)
    now = databases_time(engine)
    assert all(abs(entry.at - now) < MINUTE / 2 for entry in engine.history(order, by=HOST).items)


@pytest.mark.parametrize(("ahead", "said"), [(MINUTE, "fast"), (-MINUTE, "slow"), (0, "ok")])
def test_a_machine_that_disagrees_is_told(engine: Engine, off: Off, ahead: int, said: str) -> None:
    taken_in(engine, 0)
    engine.beat("w", engine.tick())
    off(ahead)
    (clock,) = (check for check in engine.health().checks if check.name == "clock")
    assert (clock.level, clock.state) == ("warning" if ahead else "ok", said)
    others: list[Check] = [check for check in engine.health().checks if check.name != "clock"]
    assert {check.level for check in others} == {"ok"}, "nothing else is wrong with it"
