"""Actors that take turns: each is a thread, and exactly one of them runs until it hands the turn on.

Who goes on is said by the caller, so the threads add no chance of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Final

LONGEST_TURN: Final = 120.0
"""Seconds of real time after which somebody who does not get his turn says so, instead of hanging."""


class Stopped(BaseException):
    """The run is over for everybody, because one of them failed."""


class Turn:
    """One actor's place among the others."""

    def __init__(self, name: str, live: Callable[[], None]) -> None:
        self.name = name
        self.live = live
        self.gate = _shut()


class Turns:
    """The actors that are not done yet, and the one of them that runs."""

    def __init__(self, choose: Callable[[list[Turn]], Turn]) -> None:
        self.ready: list[Turn] = []
        self.running: Turn | None = None
        self.stopped = False
        self._choose = choose
        self._failure: BaseException | None = None
        self._over = _shut()

    def run(self, turns: list[Turn]) -> None:
        """Let all of them live their lives. Raises what one of them raised; the others are stopped then."""
        self.ready = list(turns)
        threads = [Thread(target=self._live, args=(turn,), name=turn.name, daemon=True) for turn in turns]
        for thread in threads:
            thread.start()
        self._begin(self._choose(self.ready))
        _pass(self._over)
        for thread in threads:
            thread.join()
        self.running = None
        if self._failure:
            raise self._failure

    def hand_to(self, other: Turn) -> None:
        """Let `other` run, and come back when somebody hands the turn back. Raises Stopped."""
        mine = self.running
        assert mine is not None
        if other is not mine:
            self._begin(other)
            _pass(mine.gate)
        if self.stopped:
            raise Stopped

    def _begin(self, turn: Turn) -> None:
        self.running = turn
        turn.gate.release()

    def _live(self, turn: Turn) -> None:
        _pass(turn.gate)
        try:
            if not self.stopped:
                turn.live()
        except Stopped:
            pass
        except BaseException as failure:  # noqa: BLE001 - the thread that asked for the run raises it
            self._failure = self._failure or failure
            self.stopped = True
        self.ready.remove(turn)
        if self.ready:
            self._begin(self.ready[0] if self.stopped else self._choose(self.ready))
        else:
            self._over.release()


def _shut() -> Lock:
    gate = Lock()
    gate.acquire()
    return gate


def _pass(gate: Lock) -> None:
    if not gate.acquire(timeout=LONGEST_TURN):
        raise AssertionError(
            "somebody keeps the turn: does the engine wait for a lock that is not the store's?"
        )
