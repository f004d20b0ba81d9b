"""How a worker process ends: asked once it finishes the batch in hand, asked twice it leaves at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Final

from flowengine.worker.thread import Running

_ENDING: Final = (signal.SIGTERM, signal.SIGINT)
_PATIENCE: Final = 1.0
"""Seconds of one wait. On Windows a signal is heard only between two."""


def run_until_told(running: Running, *, leave: Callable[[int], object] = os._exit) -> None:
    """Begin, and return when it has ended, which SIGTERM or an interrupt tell it to. For the main thread.

    A second signal ends the process at once with 128 and its number. The database rolls the batch in hand
    back, as after a power cut; waiting for a driver to do so might take as long as what is to be cut short.
    """

    def told(number: int, _frame: object) -> None:
        if running.is_stopping:
            leave(128 + number)
        running.stop()

    before = {each: signal.signal(each, told) for each in _ENDING}
    try:
        running.begin()
        while not running.join(_PATIENCE):
            pass
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)
