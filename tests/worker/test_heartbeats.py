"""Heartbeats: left by whoever lets time pass, now and then, and never in the way of time."""

from __future__ import annotations

import logging
from itertools import pairwise
from typing import Any

import pytest

from flowengine import Engine
from flowengine.errors import OrderBusy
from flowengine.worker import Worker, run_in_thread
from flowengine.worker.heartbeat import signature
from flowengine.worker.loop import BEAT
from flowengine.worker.ticked import BATCH, Ticked
from tests.worker.office import DAY, HOUR, NOON, Time, at_work, late, log_of, take_in


def noted(engine: Engine) -> list[tuple[str, int]]:
    """Who was at work, and when last."""
    with engine.store.reading() as unit:
        return [(row.name, row.seen_at) for row in unit.heartbeats()]


def beats_of(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The instants at which heartbeats are left from now on."""
    seen: list[int] = []
    beat = engine.beat

    def watched(name: str, ticked: Ticked) -> None:
        seen.append(ticked.now)
        beat(name, ticked)

    monkeypatch.setattr(engine, "beat", watched)
    return seen


def test_a_worker_leaves_one_now_and_then_however_often_it_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(until=NOON + HOUR)
    with at_work(time) as (engine, _):
        seen = beats_of(engine, monkeypatch)
        Worker(engine, name="w", poll=1, rest=0).run(time)
        assert 200 <= len(seen) <= 240
        assert min(b - a for a, b in pairwise(seen)) >= BEAT
        assert noted(engine) == [("w", seen[-1])]


def test_one_that_catches_up_for_long_is_known_to_be_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    with at_work(time) as (engine, _):
        take_in(engine, 4 * BATCH)
        time.now += DAY
        seen = beats_of(engine, monkeypatch)
        tick = engine.tick

        def slowly(**limit: Any) -> Ticked:
            time.now += 20_000
            return tick(**limit)

        monkeypatch.setattr(engine, "tick", slowly)
        Worker(engine, name="w", rest=0).catch_up()
        assert len(seen) == 4
        assert late(engine) == 4 * BATCH


def test_a_clock_that_goes_back_does_not_silence_it(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(most=40)
    with at_work(time) as (engine, _):
        seen = beats_of(engine, monkeypatch)
        jumps = {10: 365 * DAY, 20: -365 * DAY}
        time.meanwhile = lambda: setattr(time, "now", time.now + jumps.pop(len(time.waits), 0))
        Worker(engine, name="w", poll=60, rest=0).run(time)
        assert len(seen) == 40
        assert noted(engine) == [("w", seen[-1])]
        assert seen[-1] < NOON + DAY


def test_time_passes_where_none_can_be_left(caplog: pytest.LogCaptureFixture) -> None:
    time = Time(until=NOON + 3 * HOUR)
    with at_work(time) as (engine, _):
        take_in(engine, 3)

        def refused(*_: object) -> None:
            raise OrderBusy("the database stayed locked")

        engine.beat = refused  # type: ignore[method-assign]
        with caplog.at_level(logging.WARNING, "flowengine.worker"):
            Worker(engine, name="w", poll=HOUR / 1_000, rest=0).run(time)
        assert late(engine) == 3
        said = "time passes, but that somebody is at work could not be noted: the database stayed locked"
        assert set(log_of(caplog.records)) == {("WARNING", said)}


def test_a_thread_signs_with_its_machine_and_process() -> None:
    time = Time()
    with at_work(time) as (engine, _):
        running = run_in_thread(engine, poll=60)
        while not noted(engine):
            assert not running.join(0.01)
        running.stop()
        assert running.join(10)
        assert [name for name, _ in noted(engine)] == [signature("thread")]


def test_a_worker_without_a_name_leaves_none() -> None:
    time = Time(most=3)
    with at_work(time) as (engine, worker):
        worker.run(time)
        assert noted(engine) == []
