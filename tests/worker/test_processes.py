"""Real workers: told to end, killed, two at once, and their database taken away under them."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

import flowengine
from tests.postgres import Server, restart
from tests.sound import assert_sound
from tests.worker.office import late, take_in_overdue
from tests.worker.processes import halted, until, worker

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of another kind")

BATCH = 100
AT_ONCE = 5.0
"""Seconds that a busy machine may take for what is done at once."""


def assert_late(place: str, wanted: int, *, of: int) -> None:
    """So many orders became late, each of them once; the others are as they were, and all of them whole."""
    with closing(flowengine.connect(place)) as engine:
        assert late(engine) == wanted
        with engine.store.engine.connect() as connection:
            revisions = connection.exec_driver_sql("SELECT revision FROM fe_orders").scalars().all()
        assert sorted(revisions) == [1] * (of - wanted) + [2] * wanted
        assert_sound(engine)


def test_told_to_stop_it_finishes_the_batch_in_hand(place: str, tmp_path: Path) -> None:
    take_in_overdue(place, 1_000)
    with worker(place, tmp_path / "one.log") as one:
        with halted(place) as before:
            one.terminate()
        until(lambda: "the worker has ended" in one.said, one, seconds=AT_ONCE)
        assert one.ended() == 0
    assert one.decided in {before, before + BATCH}
    assert one.decided < 1_000
    assert_late(place, one.decided, of=1_000)


def test_told_twice_it_leaves_at_once_and_the_batch_in_hand_was_not(place: str, tmp_path: Path) -> None:
    take_in_overdue(place, BATCH)
    with halted(place, least=0), worker(place, tmp_path / "one.log") as one:
        one.terminate()
        one.tell(signal.SIGTERM)
        assert one.ended(within=AT_ONCE) == 128 + signal.SIGTERM
    assert_late(place, 0, of=BATCH)


def test_what_a_killed_worker_left_another_takes_up(place: str, tmp_path: Path) -> None:
    take_in_overdue(place, 500)
    with worker(place, tmp_path / "one.log") as one, halted(place):
        one.tell(signal.SIGKILL)
        assert one.ended() == -signal.SIGKILL
    with worker(place, tmp_path / "two.log", "--once") as two:
        assert two.ended() == 0
    assert_late(place, 500, of=500)


def test_two_workers_share_what_falls_due(place: str, tmp_path: Path) -> None:
    with closing(flowengine.connect(place)):
        pass
    with worker(place, tmp_path / "one.log") as one, worker(place, tmp_path / "two.log") as two:
        take_in_overdue(place, 1_000)
        with closing(flowengine.connect(place)) as engine:
            until(lambda: late(engine) == 1_000, one, two)
        for each in (one, two):
            each.terminate()
            assert each.ended() == 0
    assert one.decided + two.decided == 1_000
    if "://" in place:  # on SQLite there is one lock, and luck decides who gets it
        assert one.decided
        assert two.decided
    assert_late(place, 1_000, of=1_000)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_it_goes_on_by_itself_when_the_server_was_restarted(
    postgres_server: Server, tmp_path: Path, mode: str
) -> None:
    with postgres_server.new_database() as place:
        take_in_overdue(place, 500)
        with worker(place, tmp_path / "one.log") as one:
            with closing(flowengine.connect(place)) as engine:
                until(lambda: late(engine), one)
            restart(postgres_server, mode=mode)  # type: ignore[arg-type]
            with closing(flowengine.connect(place)) as engine:
                until(lambda: late(engine) == 500, one)
            one.terminate()
            assert one.ended() == 0
        assert one.said.count("the database cannot be used now") in {1, 2}, "lost, or lost while it wrote"
        assert one.said.count("it works again") == 1
        assert "Traceback" not in one.said
        assert_late(place, 500, of=500)
