"""After three days without a worker: each overdue order is acted on once, and people are served meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import flowengine
from flowengine import Done, Engine, Principal
from flowengine.runtime.ports import system_clock
from tests.chaos.record import rows
from tests.postgres import PATIENCE
from tests.sound import assert_sound
from tests.worker.office import DAY, PROCESS, late, take_in
from tests.worker.processes import Process, halted, until, worker

ANN = Principal.of("ann", "desk")
AT_ONCE = 1_000
WORKERS = {"sqlite": 1, "postgres": 2}


@pytest.fixture(params=WORKERS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, on which so many workers will catch up."""
    if request.param == "sqlite":
        return str(tmp_path / "orders.db")
    return str(request.getfixturevalue("postgres_database"))


def take_in_overdue(place: str, overdue: int) -> None:
    """So many orders that became due three days ago."""
    with flowengine.connect(place, clock=lambda: system_clock() - 3 * DAY) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        for first in range(0, overdue, AT_ONCE):
            take_in(engine, min(AT_ONCE, overdue - first))


@contextmanager
def catching_up(place: str, workers: int, folder: Path) -> Iterator[list[Process]]:
    """So many workers, none of which has saved anything before all of them have begun."""
    with ExitStack() as stack:
        with halted(place, least=0):
            crew = [
                stack.enter_context(worker(place, folder / f"{n}.log", "--poll", "100ms"))
                for n in range(workers)
            ]
        yield crew
        for each in crew:
            each.terminate()
            assert each.ended() == 0


def answered_meanwhile(engine: Engine) -> list[float]:
    """How many seconds each command of a person took while something was due, the quickest first."""
    answered: list[float] = []
    deadline = time.monotonic() + 20 * PATIENCE

    def timed(command: Callable[[], flowengine.Result]) -> int:
        began = time.monotonic()
        result = command().or_raise()
        answered.append(time.monotonic() - began)
        time.sleep(0.01)  # a person thinks
        return result.order_id

    while engine.tick(limit=0).more_is_due:
        assert time.monotonic() < deadline, "they do not catch up"
        id = timed(lambda: engine.start("order", {"customer": "now"}, by=ANN))
        timed(lambda id=id: engine.do(id, Done("checked"), by=ANN))  # type: ignore[misc]
    return sorted(answered)


def assert_acted_on_once(engine: Engine, workers: list[Process], overdue: int) -> None:
    """Of the overdue orders each became late once and told once, by one of the workers."""
    assert sum(each.decided for each in workers) == overdue
    assert late(engine) == overdue
    told = "SELECT count(*), count(DISTINCT order_id) FROM fe_outbox WHERE about = 'late'"
    assert rows(engine, told) == [(overdue, overdue)]
    revisions = "SELECT max(revision), min(revision) FROM fe_orders WHERE late"
    assert [tuple(row) for row in rows(engine, revisions)] == [(2, 2)]


# A thousand are over after twenty commands, of which the slowest is no percentile.
@pytest.mark.parametrize(
    ("overdue", "slowest"),
    [pytest.param(1_000, 2.0, id="1000"), pytest.param(10_000, 0.5, id="10000", marks=pytest.mark.soak)],
)
def test_people_are_served_while_workers_catch_up(
    place: str, overdue: int, slowest: float, tmp_path: Path, tell: Callable[[object], None]
) -> None:
    take_in_overdue(place, overdue)
    with flowengine.connect(place) as engine:
        with catching_up(place, WORKERS["postgres" if "://" in place else "sqlite"], tmp_path) as workers:
            began = time.monotonic()
            answered = answered_meanwhile(engine)
            seconds = time.monotonic() - began
        assert_acted_on_once(engine, workers, overdue)
        assert_sound(engine)
    p99 = answered[len(answered) * 99 // 100]
    tell(
        f"{overdue / seconds:.0f} orders/s by {[each.decided for each in workers]}, "
        f"{len(answered)} commands meanwhile, p99 {p99 * 1_000:.0f} ms, longest {answered[-1]:.2f} s"
    )
    assert p99 < slowest


@pytest.mark.soak
def test_two_workers_decide_nothing_twice_in_a_hundred_thousand(
    postgres_database: str, tmp_path: Path, tell: Callable[[object], None]
) -> None:
    overdue = 100_000
    take_in_overdue(postgres_database, overdue)
    with flowengine.connect(postgres_database) as engine:
        with catching_up(postgres_database, 2, tmp_path) as workers:
            began = time.monotonic()
            until(lambda: not engine.tick(limit=0).more_is_due, *workers, seconds=20 * PATIENCE)
            seconds = time.monotonic() - began
        assert_acted_on_once(engine, workers, overdue)
    assert all(each.decided for each in workers)
    tell(f"{overdue / seconds:.0f} orders/s by {[each.decided for each in workers]}")
