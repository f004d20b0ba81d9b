"""A cursor that runs prepared statements in one call of libpq, for commands.

psycopg's own cursor takes three times as long for each, most of it to wait without blocking, which nobody
here needs. Values are still put into words by psycopg, and errors are its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus

from flowengine.errors import ChangedMeanwhile
from flowengine.storage.waiting import Waiting

_DONE: Final = frozenset({int(ExecStatus.COMMAND_OK), int(ExecStatus.TUPLES_OK)})
_GONE: Final = frozenset({b"26000", b"0A000"})
"""Somebody let the server forget the statement, or changed a table of it."""


class PreparedCursor:
    """Statements on one connection of psycopg that commits by itself, but for transactions that `begin`."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._pgconn = connection.pgconn
        self._words = Transformer(connection)
        self._waiting = Waiting(connection)
        self._names: dict[str, bytes] = {}
        self._prepared = 0
        self._result: Any = None

    @property
    def rowcount(self) -> int | None:
        """How many rows the last statement changed or gave."""
        found: int | None = self._result.command_tuples
        return found

    def begin(self) -> None:
        """Begin a transaction."""
        self._checked(self._pgconn.exec_(b"BEGIN"))

    def commit(self) -> None:
        """End it well."""
        self._checked(self._pgconn.exec_(b"COMMIT"))

    def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Run a statement whose places are `%s`. Raises what psycopg raises, and ChangedMeanwhile."""
        given: Any = self._words.dump_sequence(values, [PyFormat.TEXT] * len(values))
        name = self._names.get(statement) or self._prepare(statement)
        self._result = self._checked(self._waiting.run(name, given))

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row of the last statement."""
        if not self._result.ntuples:
            return None
        self._words.set_pgresult(self._result)
        row: tuple[Any, ...] = self._words.load_row(0, tuple)
        return row

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows of the last statement."""
        self._words.set_pgresult(self._result)
        return self._words.load_rows(0, self._result.ntuples, tuple)

    def close(self) -> None:
        """Let go of the last result. The statements stay prepared."""
        self._result = None

    def _prepare(self, statement: str) -> bytes:
        self._prepared += 1
        name = b"flowengine_%d" % self._prepared
        parts = statement.split("%s")
        numbered = parts[0] + "".join(f"${n}{part}" for n, part in enumerate(parts[1:], 1))
        self._checked(self._pgconn.prepare(name, numbered.encode()))
        self._names[statement] = name
        return name

    def _checked(self, result: Any) -> Any:
        if result.status in _DONE:
            return result
        state = result.error_field(DiagnosticField.SQLSTATE)
        if not state:  # it is libpq that speaks, for want of a server
            raise psycopg.OperationalError(result.get_error_message())
        if state in _GONE:
            self._names.clear()
            raise ChangedMeanwhile  # whoever tries again prepares them anew
        raise error_from_result(result)
