"""Letting time pass until nothing is due: what a scheduler's task does each time it runs.

It keeps no time of its own, and is safe to run twice at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

from flowengine.errors import FlowEngineError
from flowengine.runtime.engine import Engine
from flowengine.worker import Worker
from flowengine.worker.heartbeat import signature
from flowengine.worker.postman import Postman

T = TypeVar("T")
TICK: Final = "flowengine.tick"
"""The name of the task in every scheduler."""
DELIVER: Final = "flowengine.deliver"
"""The name of the task that carries parcels outside."""


def once_in_each_process(make: Callable[[], T]) -> Callable[[], T]:
    """What `make` makes, at the first call in each process: a connection that was opened before a fork would
    be shared by both sides.
    """

    @cache
    def made_in(process: int) -> T:  # noqa: ARG001 - the key of the cache
        return make()

    return lambda: made_in(os.getpid())


def catching_up(connect: Callable[[], Engine], scheduler: str) -> Callable[[], int]:
    """A function that ticks until nothing is due, and returns how many times an order was looked at.

    `connect` makes the engine at the first call in each process. Heartbeats bear the name of the
    `scheduler`. Raises FlowEngineError at the end when an order could not be decided; the others went on, and
    this one is asked again later.
    """
    worker = once_in_each_process(lambda: Worker(connect(), name=signature(scheduler)))

    def catch_up() -> int:
        ticked = worker().catch_up()
        if ticked.failed:
            raise FlowEngineError(
                f"{ticked.failed} of {ticked.orders} due orders could not be decided and were parked until "
                "later; `flowengine list --parked` says why"
            )
        return ticked.orders

    return catch_up


def carrying(connect: Callable[[], Engine]) -> Callable[[], int]:
    """A function that delivers until nothing is due, and returns how many parcels were taken outside.

    `connect` makes an engine with channels, at the first call in each process. What was given up is no error
    of the task: it is tried again by hand, and `flowengine outbox --dead` lists it.
    """
    postman = once_in_each_process(lambda: Postman(connect()))

    def carry() -> int:
        return postman().catch_up().sent

    return carry
