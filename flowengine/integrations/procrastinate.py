"""Procrastinate lets time pass, and takes a host's jobs in the transaction that changes its orders.

Used by hosts that run Procrastinate; its tables may live beside ours, in one PostgreSQL database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flowengine.errors import WrongInput
from flowengine.integrations.catching_up import DELIVER, TICK, carrying, catching_up
from flowengine.runtime.engine import Engine

if TYPE_CHECKING:
    import psycopg
    from procrastinate import App


def let_time_pass(
    app: App, connect: Callable[[], Engine], *, cron: str = "* * * * *", queue: str = "flowengine"
) -> Any:
    """Have workers of `queue` tick at the times of `cron`; returns the task, named `flowengine.tick`.

    `connect` makes an engine, once in each worker process: `lambda: flowengine.connect("postgresql://…")`.
    A job fails when an order could not be decided. It needs no retry: the next tick comes anyway.
    """
    catch_up = catching_up(connect, "procrastinate")

    def tick(timestamp: int) -> int:  # noqa: ARG001 - Procrastinate tells when it was planned
        return catch_up()

    # Only a queueing lock: a worker that was killed would hold a `lock` for good, and time would stand still.
    task = app.task(name=TICK, queue=queue, queueing_lock=TICK)(tick)
    return app.periodic(cron=cron, periodic_id=TICK)(task)


def deliver_messages(
    app: App, connect: Callable[[], Engine], *, cron: str = "* * * * *", queue: str = "flowengine"
) -> Any:
    """Have workers of `queue` deliver at the times of `cron`; returns the task, named `flowengine.deliver`.

    `connect` makes an engine with `channels` and addresses.
    """
    carry = carrying(connect)

    def deliver(timestamp: int) -> int:  # noqa: ARG001 - Procrastinate tells when it was planned
        return carry()

    task = app.task(name=DELIVER, queue=queue, queueing_lock=DELIVER)(deliver)
    return app.periodic(cron=cron, periodic_id=DELIVER)(task)


def within(connection: Any) -> psycopg.Connection[Any]:
    """What `task.configure(connection=…)` takes, so that a job is enqueued within the host's transaction.

    `connection` is the SQLAlchemy connection that `engine.at` was given; order and job are committed together
    or not at all. Raises WrongInput where that could not be kept.
    """
    import psycopg  # noqa: PLC0415 - comes with Procrastinate, and nobody else here needs it

    if not connection.in_transaction():
        raise WrongInput(
            "the connection is not in a transaction; begin one: `with engine.begin() as connection:`"
        )
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise WrongInput(
            f"a job joins a transaction of psycopg, not of {type(driver).__module__}; use postgresql+psycopg://"
        )
    if driver.autocommit:
        raise WrongInput("the connection commits each statement by itself; leave its isolation level alone")
    return driver
