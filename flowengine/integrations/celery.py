"""Celery lets time pass: beat sends a task, whichever worker is free ticks. Used by hosts that run Celery.

What falls due stays in the orders' table alone: no ETA and no countdown, which a worker would hold in its
memory for days and a broker would deliver again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from flowengine.integrations.catching_up import (
    DELIVER,
    TICK,
    carrying,
    catching_up,
    once_in_each_process,
)
from flowengine.integrations.checkpointing import export
from flowengine.runtime.engine import Engine

if TYPE_CHECKING:
    from celery import Celery  # type: ignore[import-untyped]


CHECKPOINT: Final = "flowengine.checkpoint"
"""The name of the task that writes checkpoints."""


def let_time_pass(app: Celery, connect: Callable[[], Engine], *, every: float = 60) -> Any:
    """Have beat send a tick `every` so many seconds; returns the task, named `flowengine.tick`.

    `connect` makes an engine, once in each worker process: `lambda: flowengine.connect("postgresql://…")`.
    A task fails when an order could not be decided. It needs no retry: the next tick comes anyway.
    """
    tick = app.task(name=TICK, ignore_result=True)(catching_up(connect, "celery"))
    # Without `expires`, ticks heap up while no worker runs, and all of them run when one comes back.
    app.add_periodic_task(every, tick.s(), name=TICK, expires=every)
    return tick


def deliver_messages(app: Celery, connect: Callable[[], Engine], *, every: float = 30) -> Any:
    """Have beat send a delivery `every` so many seconds; returns the task, named `flowengine.deliver`.

    `connect` makes an engine with `channels` and addresses. Apart from the tick, so that a slow endpoint
    holds up no time; two at once do not hinder each other.
    """
    deliver = app.task(name=DELIVER, ignore_result=True)(carrying(connect))
    app.add_periodic_task(every, deliver.s(), name=DELIVER, expires=every)
    return deliver


def keep_checkpoints(
    app: Celery, connect: Callable[[], Engine], *, to: Sequence[str], every: float = 3600
) -> Any:
    """Have beat send a checkpoint `every` so many seconds; returns the task, named `flowengine.checkpoint`.

    `to` are a file that all workers see, webhooks, or both. A task fails where the store contradicts the
    file, where the file cannot be written, and where a webhook does not take it.
    """
    engine = once_in_each_process(connect)

    def write() -> str:
        return export(engine(), to).root

    written = app.task(name=CHECKPOINT, ignore_result=True)(write)
    app.add_periodic_task(every, written.s(), name=CHECKPOINT, expires=every)
    return written
