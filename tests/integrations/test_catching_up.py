"""What a scheduler's task does each time: tick until nothing is due, with an engine of its own process."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import procrastinate
import pytest
from celery import Celery
from procrastinate.testing import InMemoryConnector

import flowengine
from flowengine import Engine, FlowEngineError
from flowengine.delivery.channels.file import File
from flowengine.integrations import procrastinate as by_procrastinate
from flowengine.integrations.catching_up import DELIVER, catching_up
from flowengine.integrations.celery import deliver_messages
from flowengine.worker.ticked import BATCH, Ticked
from tests.integrations.overdue import take_in, times_late


def test_it_ticks_until_nothing_is_due(tmp_path: Path) -> None:
    orders = take_in(str(tmp_path / "orders.db"), orders=3 * BATCH)
    with closing(flowengine.connect(tmp_path / "orders.db")) as engine:
        assert catching_up(lambda: engine, "test")() == len(orders)
        assert [times_late(engine, order) for order in orders] == [1] * len(orders)
        assert engine.tick().orders == 0


def test_an_order_that_cannot_be_decided_fails_the_task_after_the_others(tmp_path: Path) -> None:
    broken, *others = take_in(str(tmp_path / "orders.db"), orders=3)
    with closing(sqlite3.connect(tmp_path / "orders.db")) as connection, connection:
        connection.execute("UPDATE fe_orders SET state = '{' WHERE id = ?", (broken,))
    with closing(flowengine.connect(tmp_path / "orders.db")) as engine:
        catch_up = catching_up(lambda: engine, "test")
        with pytest.raises(FlowEngineError, match="1 of 3 due orders could not be decided and were parked"):
            catch_up()
        assert [times_late(engine, order) for order in others] == [1, 1]
        assert catch_up() == 0, "it is asked again later, not at once"


def test_a_task_of_its_own_carries_messages(tmp_path: Path) -> None:
    """Beat and Procrastinate are handed the same function, under a name of its own."""
    take_in(str(tmp_path / "orders.db"), orders=1)
    sent = tmp_path / "sent.jsonl"

    class Book:
        def addresses(self, whom: str, *, process: str, number: str) -> dict[str, str]:
            return {"trial": "here"}

    def connect() -> Engine:
        channels = {"trial": File(sent)}
        return flowengine.connect(tmp_path / "orders.db", channels=channels, addresses=Book())

    with closing(connect()) as engine:
        engine.tick()
    app = Celery("orders", broker="memory://", set_as_current=False)
    task = deliver_messages(app, connect, every=5)
    assert (task.name, task.run(), task.run()) == (DELIVER, 1, 0)
    assert json.loads(sent.read_text("utf-8"))["about"] == "late"
    jobs = procrastinate.App(connector=InMemoryConnector())
    assert by_procrastinate.deliver_messages(jobs, connect).name == DELIVER


def test_each_process_connects_once_and_not_before_it_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    made, names = [], []

    class Desk:
        def tick(self, *, limit: int) -> Ticked:
            return Ticked()

        def beat(self, name: str, ticked: Ticked) -> None:
            names.append(name)

    def connect() -> Engine:
        made.append(os.getpid())
        return Desk()  # type: ignore[return-value]

    catch_up = catching_up(connect, "test")
    assert made == []
    for process in (1, 1, 2, 2):
        monkeypatch.setattr(os, "getpid", lambda process=process: process)
        catch_up()
    assert made == [1, 2]
    assert [(name.partition("@")[0], name.rpartition(":")[2]) for name in names] == [
        ("test", "1"),
        ("test", "2"),
    ]
