"""The places where a command touches the database, counted, and what can go wrong at each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import Engine, event

Fault = Literal["crash before", "crash after", "interrupted", "busy", "broken", "answer lost"]
FAULTS: Final[tuple[Fault, ...]] = ("crash before", "crash after", "busy", "broken", "answer lost")


class Crash(BaseException):
    """The process dies here, or somebody presses Ctrl-C. Not an Exception: nothing may catch it and go on."""


@dataclass
class Points:
    """The statements seen so far, and the one at which the fault strikes; no fault while `at` is None.
    `at_first` says it by the beginning of the statement.

    A crash ends everything: each later statement crashes too. `interrupted` strikes when the statement has
    been carried out, and the process lives on. `busy` refuses one statement, `broken` that one and all that
    follow; `answer lost` carries the statement out and reports an error.
    """

    fault: Fault = "crash before"
    at: int | None = None
    at_first: str = ""
    died: Callable[[], object] = lambda: None
    passed: Callable[[str], object] = lambda _statement: None
    seen: list[str] = field(default_factory=list)

    def pass_by(self, statement: str, run: Callable[[], object]) -> bool:
        """Run one statement, or let it go wrong. True says that nobody else need run it."""
        here = len(self.seen)
        if self.at is None and self.at_first and statement.startswith(self.at_first):
            self.at = here
        self.seen.append(statement)
        if self.at is None or here < self.at:
            run()
            self.passed(statement)
        elif here == self.at:
            self._strike(run)
        else:
            self._aftermath(run)
        return True

    def _strike(self, run: Callable[[], object]) -> None:
        if self.fault in ("crash after", "interrupted", "answer lost"):
            run()
        if self.fault in ("crash before", "crash after", "interrupted"):
            self.died()
            raise Crash
        raise sqlite3.OperationalError("database is locked" if self.fault == "busy" else "disk I/O error")

    def _aftermath(self, run: Callable[[], object]) -> None:
        if self.fault in ("crash before", "crash after"):
            raise Crash
        if self.fault == "broken":
            raise sqlite3.OperationalError("disk I/O error")
        run()


@contextmanager
def watched(database: Engine, points: Points) -> Iterator[Points]:
    """Let every statement of the database pass by `points`, with BEGIN, COMMIT and ROLLBACK."""
    executing = {
        "do_execute": lambda cursor, text, values, _: points.pass_by(
            text, lambda: cursor.execute(text, values)
        ),
        "do_executemany": lambda cursor, text, values, _: points.pass_by(
            text, lambda: cursor.executemany(text, values)
        ),
        "do_execute_no_params": lambda cursor, text, _: points.pass_by(text, lambda: cursor.execute(text)),
    }
    for name, listener in executing.items():
        event.listen(database, name, listener)
    ending = {"do_commit": database.dialect.do_commit, "do_rollback": database.dialect.do_rollback}
    for name, do in ending.items():
        setattr(database.dialect, name, _ending(points, name.removeprefix("do_").upper(), do))
    try:
        yield points
    finally:
        for name, listener in executing.items():
            event.remove(database, name, listener)
        for name in ending:
            delattr(database.dialect, name)


def _ending(points: Points, word: str, do: Callable[[Any], None]) -> Callable[[Any], object]:
    return lambda connection: points.pass_by(word, lambda: do(connection))
