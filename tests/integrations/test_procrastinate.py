"""Procrastinate lets time pass, and its jobs join the host's transaction: real workers, a real PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from procrastinate import App, PsycopgConnector
from sqlalchemy import create_engine, text

import flowengine
from flowengine import WrongInput
from flowengine.integrations.catching_up import TICK
from flowengine.integrations.procrastinate import let_time_pass, within
from tests.integrations.overdue import DESK, PROCESS, basket, take_in, times_late
from tests.integrations.running import Program, running, until
from tests.postgres import libpq

APP = """
import flowengine
from procrastinate import App, PsycopgConnector
from flowengine.integrations.procrastinate import let_time_pass

app = App(connector=PsycopgConnector(conninfo={database!r}))
let_time_pass(app, lambda: flowengine.connect({database!r}), cron="* * * * * *")

@app.task(name="thank")
def thank(customer):
    print("Thank you,", customer, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Host:
    """An application with its own tables, its jobs and its orders in one database."""

    folder: Path
    url: str
    database: sqlalchemy.Engine
    app: App

    def worker(self, name: str) -> AbstractContextManager[Program]:
        words = [sys.executable, "-m", "procrastinate", "--app=orders.app", "--verbose", "worker"]
        return running(words, folder=self.folder, name=name, env={"PYTHONUNBUFFERED": "1"})

    def asked(self, question: str) -> list[Any]:
        with self.database.begin() as connection:
            return list(connection.execute(text(question)).all())


@pytest.fixture
def host(tmp_path: Path, postgres_database: str) -> Iterator[Host]:
    url = libpq(postgres_database)
    (tmp_path / "orders.py").write_text(APP.format(database=url), "utf-8")
    app = App(connector=PsycopgConnector(conninfo=url))
    app.task(name="thank")(print)
    with app.open():
        app.schema_manager.apply_schema()
    database = create_engine(postgres_database)
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE baskets (customer text)"))
    yield Host(tmp_path, postgres_database, database, app)
    database.dispose()


def test_each_order_is_late_once_though_two_workers_tick(host: Host) -> None:
    orders = take_in(host.url, orders=20)
    with closing(flowengine.connect(host.url)) as engine, ExitStack() as programs:
        workers = [programs.enter_context(host.worker(name)) for name in ("one", "two")]
        until(lambda: all(times_late(engine, order) for order in orders), *workers)
        until(lambda: len(done(host)) >= 3, *workers)
        assert [times_late(engine, order) for order in orders] == [1] * len(orders)
        assert engine.verify().problems == ()


def test_time_goes_on_although_a_worker_died_in_a_tick(host: Host) -> None:
    [order] = take_in(host.url, orders=1)
    with host.app.open():
        let_time_pass(host.app, lambda: flowengine.connect(host.url)).defer(timestamp=0)
    host.asked("UPDATE procrastinate_jobs SET status = 'doing', attempts = 1 RETURNING id")
    with closing(flowengine.connect(host.url)) as engine, host.worker("next") as worker:
        until(lambda: times_late(engine, order), worker)


@pytest.mark.parametrize("commits", [True, False], ids=["commit", "rollback"])
def test_order_job_and_the_hosts_rows_are_there_together_or_not_at_all(host: Host, commits: bool) -> None:
    with closing(flowengine.connect(host.url)) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        with host.database.connect() as connection:
            transaction = connection.begin()
            connection.execute(text("INSERT INTO baskets VALUES ('张三')"))
            order = engine.at(connection).start("order", basket("张三"), by=DESK, key="basket-1").or_raise()
            thank = host.app.tasks["thank"].configure(connection=within(connection))
            thank.defer(customer=f"张三 {order.number}")
            assert host.asked("SELECT 1 FROM procrastinate_jobs") == [], "nobody sees it before the commit"
            transaction.commit() if commits else transaction.rollback()
        assert len(host.asked("SELECT 1 FROM baskets")) == commits
        assert len(host.asked("SELECT 1 FROM procrastinate_jobs")) == commits
        assert len(engine.orders(by=DESK).items) == commits
        again = engine.start("order", basket("张三"), by=DESK, key="basket-1")
        assert (again.repeated, again.number) == (commits, order.number), "the number was given back too"
        assert engine.verify().problems == ()


def test_a_refused_order_leaves_the_hosts_transaction_in_its_hands(host: Host) -> None:
    with closing(flowengine.connect(host.url)) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        with host.database.begin() as connection:
            assert not engine.at(connection).start("order", {}, by=DESK).ok
            host.app.tasks["thank"].configure(connection=within(connection)).defer(customer="张三")
        assert len(host.asked("SELECT 1 FROM procrastinate_jobs")) == 1


def test_a_worker_carries_out_a_job_of_the_hosts_transaction(host: Host) -> None:
    with host.database.begin() as connection:
        host.app.tasks["thank"].configure(connection=within(connection)).defer(customer="张三")
    with host.worker("one") as worker:
        until(lambda: "Thank you, 张三" in worker.said, worker)


def test_a_connection_that_could_not_keep_both_or_neither_is_refused(host: Host) -> None:
    with host.database.connect() as connection, pytest.raises(WrongInput, match="not in a transaction"):
        within(connection)
    each = host.database.execution_options(isolation_level="AUTOCOMMIT")
    with each.begin() as connection, pytest.raises(WrongInput, match="commits each statement"):
        within(connection)
    sqlite = create_engine("sqlite://")
    with sqlite.begin() as connection, pytest.raises(WrongInput, match="not of sqlite3"):
        within(connection)
    sqlite.dispose()


def done(host: Host) -> list[Any]:
    return host.asked(
        f"SELECT id FROM procrastinate_jobs WHERE task_name = '{TICK}' AND status = 'succeeded'"
    )
