"""Celery lets time pass: real beat, real workers, a real broker; each order becomes late once."""

from __future__ import annotations

import re
import sys
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import Celery

import flowengine
from flowengine.integrations.catching_up import TICK
from flowengine.integrations.celery import CHECKPOINT, keep_checkpoints, let_time_pass
from tests.integrations.broker import redis_server
from tests.integrations.overdue import take_in, times_late
from tests.integrations.running import Program, running, until

APP = """
import flowengine
from celery import Celery
from flowengine.integrations.celery import keep_checkpoints, let_time_pass

app = Celery("orders", broker={broker!r})
app.conf.task_default_queue = {queue!r}
let_time_pass(app, lambda: flowengine.connect({store!r}), every=0.5)
keep_checkpoints(app, lambda: flowengine.connect({store!r}), to=["checkpoints.jsonl"], every=0.5)
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A host's Celery application in a folder of its own, and the store that its workers open."""

    folder: Path
    store: str
    app: Celery

    def worker(self, name: str) -> AbstractContextManager[Program]:
        return self._runs(name, "worker", "-c", "2", "-n", f"{name}@desk", "-l", "info", "--without-mingle")

    def beat(self) -> AbstractContextManager[Program]:
        return self._runs("beat", "beat", "-s", str(self.folder / "schedule"), "-l", "info")

    def _runs(self, name: str, *words: str) -> AbstractContextManager[Program]:
        celery = [sys.executable, "-m", "celery", "-A", "orders", *words]
        return running(celery, folder=self.folder, name=name)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the orders are: a file that all workers open, or a database."""
    if request.param == "sqlite":
        return str(tmp_path / "orders.db")
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def desk(tmp_path: Path, broker_url: str, store: str) -> Iterator[Desk]:
    queue = f"flowengine-{uuid.uuid4().hex}"
    (tmp_path / "orders.py").write_text(APP.format(broker=broker_url, queue=queue, store=store), "utf-8")
    app = Celery("outside", broker=broker_url, set_as_current=False)
    app.conf.task_default_queue = queue
    yield Desk(tmp_path, store, app)
    app.control.purge()
    app.close()


def ticks(program: Program, outcome: str = "succeeded") -> int:
    return sum(f"{TICK}[" in line and outcome in line for line in program.said.splitlines())


def answers(program: Program) -> list[int]:
    """How many orders each tick looked at."""
    return [int(n) for n in re.findall(rf"{TICK}\[.*\] succeeded in .*: (\d+)", program.said)]


def test_each_order_is_late_once_though_two_workers_tick_at_once(desk: Desk) -> None:
    orders = take_in(desk.store, orders=300)
    for _ in range(30):  # what beat would send in half an hour, for four processes at the same moment
        desk.app.send_task(TICK)
    with ExitStack() as programs:
        workers = [programs.enter_context(desk.worker(name)) for name in ("one", "two")]
        until(lambda: sum(map(ticks, workers)) >= 30 and all(map(ticks, workers)), *workers)
    assert [ticks(worker, "raised") for worker in workers] == [0, 0]
    assert sum(sum(answers(worker)) for worker in workers) == len(orders)
    with closing(flowengine.connect(desk.store)) as engine:
        assert [times_late(engine, order) for order in orders] == [1] * len(orders)
        assert engine.verify().problems == ()
        assert engine.tick().orders == 0


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_beat_sends_what_a_worker_carries_out(desk: Desk) -> None:
    [order] = take_in(desk.store, orders=1)
    with desk.worker("one") as worker, desk.beat() as beat, closing(flowengine.connect(desk.store)) as engine:
        until(lambda: times_late(engine, order), worker, beat)
        until(lambda: ticks(worker) >= 3, worker, beat)
        assert times_late(engine, order) == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_beat_has_checkpoints_written(desk: Desk) -> None:
    take_in(desk.store, orders=3)
    file = desk.folder / "checkpoints.jsonl"
    with desk.worker("one") as worker, desk.beat() as beat:
        until(lambda: file.exists() and len(file.read_text().splitlines()) >= 2, worker, beat)
    lines = [line for line in file.read_text().splitlines() if line]
    with closing(flowengine.connect(desk.store)) as engine:
        found = engine.verify(lines)
    assert (found.problems, found.checkpoints) == ((), len(lines))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_ticks_do_not_heap_up_while_no_worker_runs(desk: Desk) -> None:
    with desk.beat() as beat:
        until(lambda: beat.said.count("Sending due task") >= 4, beat)
    with desk.worker("late") as worker:
        until(lambda: worker.said.count("Discarding revoked task") >= 3, worker)
    assert ticks(worker) <= 1, "at most the last one was still fresh"


@pytest.mark.parametrize(
    ("strict", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)], ids=["told", "failed"]
)
def test_a_machine_without_a_broker_says_so(
    monkeypatch: pytest.MonkeyPatch, strict: str, outcome: type[Exception]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("FLOWENGINE_NO_SKIPS", strict)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(outcome, match="no broker for Celery"):
        redis_server()


def test_beat_knows_one_task_that_expires_and_has_no_eta() -> None:
    app = Celery("orders", set_as_current=False)
    tick = let_time_pass(app, lambda: flowengine.connect(":memory:"), every=30)
    assert app.tasks[TICK].name == tick.name == TICK
    entry = app.conf.beat_schedule[TICK]
    assert (entry["task"], entry["schedule"], entry["options"]) == (TICK, 30, {"expires": 30})


def test_beat_knows_a_second_task_that_writes_checkpoints() -> None:
    app = Celery("orders", set_as_current=False)
    task = keep_checkpoints(app, lambda: flowengine.connect(":memory:"), to=["c.jsonl"], every=900)
    assert app.tasks[CHECKPOINT].name == task.name == CHECKPOINT
    entry = app.conf.beat_schedule[CHECKPOINT]
    assert (entry["task"], entry["schedule"], entry["options"]) == (CHECKPOINT, 900, {"expires": 900})
