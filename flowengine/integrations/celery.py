"""Celery lets time pass: beat sends a task, whichever worker is free ticks. Used by hosts that run Celery.

What falls due stays in the orders' table alone: no ETA and no countdown, which a worker would hold in its
memory for days and a broker would deliver again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flowengine.integrations.catching_up import TICK, catching_up
from flowengine.runtime.engine import Engine

if TYPE_CHECKING:
    from celery import Celery  # type: ignore[import-untyped]


def let_time_pass(app: Celery, connect: Callable[[], Engine], *, every: float = 60) -> Any:
    """Have beat send a tick `every` so many seconds; returns the task, named `flowengine.tick`.

    `connect` makes an engine, once in each worker process: `lambda: flowengine.connect("postgresql://…")`.
    A task fails when an order could not be decided. It needs no retry: the next tick comes anyway.
    """
    tick = app.task(name=TICK, ignore_result=True)(catching_up(connect, "celery"))
    # Without `expires`, ticks heap up while no worker runs, and all of them run when one comes back.
    app.add_periodic_task(every, tick.s(), name=TICK, expires=every)
    return tick
