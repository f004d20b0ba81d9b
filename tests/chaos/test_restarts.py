"""Clients and workers go on by themselves while their server is restarted and their connections are cut.

FLOWENGINE_CHAOS_MINUTES says how long the soak takes. When the server goes and for how long is the same in
each run; what it meets then is not.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Sequence

import psycopg
import pytest

import flowengine
from tests.chaos.crew import (
    PROCESS,
    Hours,
    assert_as_acknowledged,
    assert_time_passed,
    at_work,
    client,
    worker,
)
from tests.chaos.record import assert_numbers_whole
from tests.postgres import Server, _control, libpq
from tests.sound import assert_sound

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")

MINUTES = float(os.environ.get("FLOWENGINE_CHAOS_MINUTES") or 5)
CLIENTS = 2
WORKERS = 2
Up = tuple[float, float]
"""When the server was told to start, and when it took commands again."""
LAST_WORDS = 5.0
"""Seconds that the server is left alone at the end, besides those a restart takes, so that all recover."""
_CUT_ONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"""


@pytest.mark.parametrize(
    ("seconds", "apart", "slowest"),
    [
        pytest.param(20.0, (3.0, 4.0), 15.0, id="20 s"),
        pytest.param(MINUTES * 60, (5.0, 40.0), 5.0, id="soak", marks=pytest.mark.soak),
    ],
)
def test_nothing_is_lost_or_doubled_while_the_server_comes_and_goes(
    postgres_server: Server,
    seconds: float,
    apart: tuple[float, float],
    slowest: float,
    tell: Callable[[object], None],
) -> None:
    """Few restarts have no percentile: the slowest of them counts, beside whatever else runs here."""
    with postgres_server.new_database() as place, flowengine.connect(place, clock=Hours()) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        engine.close()
        until = time.monotonic() + seconds
        crew = [client(engine, f"client {n}", until=until, pause=0.2) for n in range(CLIENTS)]
        crew += [worker(engine, until=until) for _ in range(WORKERS)]
        with at_work(crew, until=until) as ended:
            ups, cuts = disturb(postgres_server, place, until - LAST_WORDS, apart)
            told = ended()
        given = assert_as_acknowledged(engine, told.diaries)
        late = assert_time_passed(engine)
        assert_numbers_whole(engine)
        assert_sound(engine)
    clients = recovered(ups, ([at for at, _ in diary.answered] for diary in told.diaries))
    workers = recovered(ups, told.ticks)
    p95 = at_95_percent(clients + workers)
    tell(
        f"{len(ups)} restarts, {cuts} connections cut, {given} commands, {late} became late, "
        f"given again for {dict(told.troubles)}; recovered p95 {p95:.2f} s: "
        f"clients {at_95_percent(clients):.2f} s, at worst {max(clients):.2f} s, "
        f"workers {at_95_percent(workers):.2f} s, at worst {max(workers):.2f} s; "
        f"slowest command {told.seconds[-1]:.2f} s"
    )
    assert len(ups) >= 1 + seconds // 60
    assert p95 < slowest
    assert given > 2 * seconds


def disturb(server: Server, place: str, until: float, apart: tuple[float, float]) -> tuple[list[Up], int]:
    """Cut a connection about twice a second and restart the server now and then.

    Returns when it came back each time, and how many connections were cut.
    """
    dice, pauses = random.Random(1), random.Random(2)
    ups: list[Up] = []
    cuts = 0
    longest = 0.0  # on a machine that is busy elsewhere it can be many seconds
    restart_at = time.monotonic() + dice.uniform(*apart)
    while time.monotonic() < until - longest:
        if (stopped := time.monotonic()) >= restart_at:
            _control(server, "stop", "-m", "immediate")
            time.sleep(dice.uniform(0, 2))
            began = time.monotonic()
            _control(server, "start")
            ups.append((began, time.monotonic()))
            longest = max(longest, time.monotonic() - stopped)
            restart_at = time.monotonic() + dice.uniform(*apart)
        with psycopg.connect(libpq(place), autocommit=True) as connection:
            cuts += len(connection.execute(_CUT_ONE).fetchall())
        time.sleep(pauses.uniform(0, 1))
    return ups, cuts


def recovered(ups: Iterable[Up], successes: Iterable[Sequence[float]]) -> list[float]:
    """How long after each restart each of them first succeeded; some did before we saw that it was over."""
    everybody = list(successes)
    return [max(0.0, min(at for at in each if at > began) - up) for began, up in ups for each in everybody]


def at_95_percent(figures: list[float]) -> float:
    return sorted(figures)[len(figures) * 95 // 100]
