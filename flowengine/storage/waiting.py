"""Waiting for an answer of PostgreSQL: awake where it is about to come, asleep where it takes its time.

Whoever falls asleep is woken late, on a core that has gone idle; with a server nearby that takes as long as
to read an order. Whoever is awake gives way at every look to all who have something to do.
"""

from __future__ import annotations

import os
from time import perf_counter
from typing import Any, Final

import psycopg
from psycopg.generators import execute

SOON: Final = 250e-6
"""Seconds. Longer takes an answer for which the disk is waited for, or that comes from far away."""
_give_way: Final[Any] = getattr(os, "sched_yield", None)


class Waiting:
    """Runs the prepared statements of one connection, each awake whose last answer came soon."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._quick: set[bytes] = set()

    def run(self, name: bytes, given: Any) -> Any:
        """What the server answers to a statement. Raises what psycopg raises where there is no server."""
        start = perf_counter()
        if name in self._quick:
            self._pgconn.send_query_prepared(name, given)
            return self._awake(name, start + SOON)
        answer = self._pgconn.exec_prepared(name, given)
        if perf_counter() - start < SOON and _give_way:
            self._quick.add(name)
        return answer

    def _awake(self, name: bytes, until: float) -> Any:
        """The last result, after which there is none."""
        pgconn, answer = self._pgconn, None
        while True:
            while pgconn.is_busy():
                if perf_counter() > until:
                    self._quick.discard(name)
                    return self._asleep() or answer
                _give_way()
                pgconn.consume_input()
            result = pgconn.get_result()
            if result is None:
                return answer
            answer = result

    def _asleep(self) -> Any:
        results = self._connection.wait(execute(self._pgconn))
        return results[-1] if results else None
