"""The driver of the simulation: sqlite3, whose every statement is a place where the world may step in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn, Protocol, TypeVar

from sqlalchemy import Engine, event

from tests.faults.points import Crash, WatchedConnection
from tests.simulation.turns import Stopped
from tests.simulation.world import Actor, Fault, World

T = TypeVar("T")
READS: Final = ("SELECT", "PRAGMA", "BEGIN", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Process(Actor):
    """An actor with connections of its own, which end with it."""

    def __init__(self, name: str, live: Callable[[], None]) -> None:
        super().__init__(name, live)
        self.is_dead = False
        self.connections: list[SimulatedConnection] = []

    def bury(self) -> None:
        """Close what the operating system closes when a process has died; another begins in its place."""
        self.is_dead = True
        for connection in self.connections:
            connection.close()
            connection.owner = None
        self.connections.clear()
        self.is_dead = False


class Witness(Protocol):
    """Who looks at the store each time something was written there."""

    def committed(self, by: Process) -> None: ...


class SimulatedConnection(WatchedConnection):
    """A connection of one process of one world."""

    world: World
    witness: Witness
    owner: Process | None = None
    patience: int = 5_000
    changes: int = 0
    is_closed: bool = False

    def close(self) -> None:
        """With a process ends what it has begun, also where somebody still holds a cursor of the dead."""
        if not self.is_closed and self.owner and self.owner.is_dead and self.in_transaction:
            sqlite3.Connection.rollback(self)
        self.is_closed = True
        super().close()

    def pass_by(self, statement: str, run: Callable[[], T]) -> T:
        """Execute a statement, or let the world step in."""
        owner = self.owner
        if owner is None:
            return run()
        if self.world.turns.stopped:
            raise Stopped
        if owner.is_dead:
            raise Crash
        if statement.startswith("PRAGMA synchronous"):
            run = _nothing  # no power is cut here
        self.world.point(owner, statement)
        fault = self.world.fault_at(statement)
        if fault is not None:
            self._before(owner, fault, statement)
        answer = self._patiently(owner, run)
        wrote = self._looked_at(owner, statement)
        if fault is not None:
            self._after(owner, fault, " COMMIT" if wrote else "")
        return answer

    def _patiently(self, owner: Process, run: Callable[[], T]) -> T:
        """Run it; while others hold the lock, wait in the time of this world and not of the machine."""
        end = self.world.now + self.patience
        while True:
            try:
                return run()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                if self.world.now >= end:
                    self.world.hits["lock waited for in vain"] += 1
                    raise
                self.world.hits["lock waited for"] += 1
                self.world.note(owner, "waits")
                self.world.wait(owner)

    def _looked_at(self, owner: Process, statement: str) -> bool:
        """Show the witness what other processes see from now on; whether there was anything new."""
        if self.in_transaction or statement.upper().startswith(READS):
            return False
        wrote = self.total_changes != self.changes
        self.changes = self.total_changes
        if wrote:
            self.witness.committed(owner)
        return wrote

    def _before(self, owner: Process, fault: Fault, statement: str) -> None:
        if fault in ("crash after", "answer lost"):
            return
        self.world.hits[fault + (" COMMIT" if statement.upper().startswith("COMMIT") else "")] += 1
        if fault == "crash before":
            self._die(owner)
        self.world.note(owner, fault)
        if fault == "busy":
            raise failure(sqlite3.SQLITE_BUSY)
        if fault == "rolled back" and self.in_transaction:  # as SQLite does after some errors
            sqlite3.Connection.rollback(self)
        raise failure(sqlite3.SQLITE_IOERR)

    def _after(self, owner: Process, fault: Fault, what: str) -> None:
        self.world.hits[fault + what] += 1
        if fault == "crash after":
            self._die(owner)
        self.world.note(owner, fault)
        raise failure(sqlite3.SQLITE_IOERR)

    def _die(self, owner: Process) -> NoReturn:
        self.world.note(owner, "dies")
        owner.is_dead = True
        raise Crash


def failure(code: int) -> sqlite3.OperationalError:
    """The error that the driver raises for a code of SQLite."""
    busy = code == sqlite3.SQLITE_BUSY
    error = sqlite3.OperationalError("database is locked" if busy else "disk I/O error")
    error.sqlite_errorcode = code
    error.sqlite_errorname = "SQLITE_BUSY" if busy else "SQLITE_IOERR"
    return error


def _nothing() -> Any:
    return None


@contextmanager
def driven(world: World, witness: Witness, path: Path) -> Iterator[None]:
    """Let every connection lead to the store of this world, and be its own if a process opens it."""

    def connecting(_dialect: Any, _record: Any, _arguments: Any, named: Any) -> sqlite3.Connection:
        owner = world.turns.running
        if not isinstance(owner, Process):
            return sqlite3.connect(path, **named)
        settings = {**named, "factory": SimulatedConnection, "timeout": 0}
        connection: SimulatedConnection = sqlite3.connect(path, **settings)
        connection.world, connection.witness, connection.owner = world, witness, owner
        connection.patience = int(named.get("timeout", 5.0) * 1_000)
        owner.connections.append(connection)
        return connection

    event.listen(Engine, "do_connect", connecting)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", connecting)
