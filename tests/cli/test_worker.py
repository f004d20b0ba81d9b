"""`flowengine worker` as a call: until nothing is due, until it is told, and what it says meanwhile."""

from __future__ import annotations

import json
import logging
import os
import signal
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from flowengine.errors import ConnectionLost
from flowengine.runtime.engine import Engine
from flowengine.worker import Running

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of another kind")


@pytest.fixture
def desk(office: Any, clock: Any) -> Any:
    """Three orders that became due an hour ago."""
    for amount in "123":
        office("start", "order", "customer=Northwind", f"amount={amount}")
    clock.wait(5)
    return office


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is sent SIGTERM when a worker has caught up."""
    join = Running.join

    def join_and_stop(self: Running, timeout: float | None = None) -> bool:
        if not self.is_stopping:
            signal.raise_signal(signal.SIGTERM)
        return join(self, 30)

    monkeypatch.setattr(Running, "join", join_and_stop)


def late(call: Any) -> int:
    return len(json.loads(call("list", "--messages", "--format", "json").stdout)["items"])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "orders looked at: 3; became late: 3; failed: 0\n"),
        ("zh", "已处理 3 张订单：新增逾期 3，失败 0\n"),
    ],
)
def test_once_it_catches_up_and_ends(desk: Any, lang: str, said: str) -> None:
    done = desk("worker", "--once", "--lang", lang)
    assert (done.exit_code, done.stdout, done.stderr) == (0, said, "")
    assert late(desk) == 3
    assert "looked at: 0" in desk("worker", "--once").stdout


def test_once_it_says_where_to_look_for_what_was_parked(desk: Any, caplog: pytest.LogCaptureFixture) -> None:
    with closing(sqlite3.connect("flowengine.db")) as store, store:
        store.execute("UPDATE fe_orders SET state = '{' WHERE id = 1")
    done = desk("worker", "--once")
    assert done.stdout.splitlines() == [
        "orders looked at: 3; became late: 2; failed: 1",
        "orders parked because they could not be decided: 1; `flowengine list --parked` says why",
    ]
    assert (done.exit_code, caplog.records) == (0, []), "said once, and not logged as well"
    assert late(desk) == 2


def test_once_trouble_with_the_database_ends_it(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object, **__: object) -> None:
        raise ConnectionLost

    monkeypatch.setattr(Engine, "tick", lost)
    done = desk("worker", "--once")
    assert (done.exit_code, "The connection to the database was lost" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("lang", "begins", "ends"),
    [
        ("en", "INFO the worker begins; it looks every 60 s", "INFO the worker has ended"),
        ("zh", "INFO 开始运行；每 60 秒查看一次", "INFO 已停止运行"),
    ],
)
def test_it_runs_until_it_is_told(desk: Any, told: None, lang: str, begins: str, ends: str) -> None:
    done = desk("worker", "--poll", "1m", "--lang", lang)
    lines = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (0, "")
    assert any(begins in line for line in lines)  # its thread may begin behind the signal
    assert ends in lines[-1]
    assert logging.getLogger("flowengine.worker").handlers == []


def test_no_password_is_logged(desk: Any, told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "postgresql://dora:open sesame@host/orders"

    def lost(*_: object, **__: object) -> None:
        raise ConnectionLost(f"no connection to {place}")

    monkeypatch.setattr(Engine, "tick", lost)
    monkeypatch.setattr("flowengine.cli.desk.Desk.engine", lambda _, **__: Engine.__new__(Engine))
    done = desk("worker", "--db", place)
    assert "sesame" not in done.stderr


@pytest.mark.parametrize("poll", ["5s", "100ms", "60m", "1 m"])
def test_waits_that_it_takes(desk: Any, poll: str) -> None:
    assert desk("worker", "--once", "--poll", poll).exit_code == 0


@pytest.mark.parametrize(
    "poll", ["", "5", "0s", "99ms", "61m", "1h", "-5s", "5s 5s", "1.5s", "9999999s", "²s"]
)
@pytest.mark.parametrize(
    ("lang", "said"), [("en", "write a time from 100ms to 60m, such as 5s"), ("zh", "不是可用的等待时间")]
)
def test_waits_that_it_does_not_take(desk: Any, poll: str, lang: str, said: str) -> None:
    done = desk("worker", "--once", "--poll", poll, "--lang", lang)
    assert (done.exit_code, said in done.stderr) == (2, True)
    assert late(desk) == 0
