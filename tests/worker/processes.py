"""Workers as processes of their own, and a way to have one stand still in the middle of its work."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.postgres import PATIENCE, libpq

# It does not outlive this process: when that is gone, the pipe to its stdin breaks.
_WORKER = """
import os, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(9)), daemon=True).start()
from flowengine.cli.main import main
main()
"""
_HOW_MANY_LATE = 'SELECT count(*) FROM fe_history WHERE record LIKE \'%"event":"late"%\''
_DECIDED = re.compile(r"orders decided: (\d+)")


@dataclass(frozen=True, slots=True)
class Process:
    """A worker that runs; what it says goes to `log`."""

    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def decided(self) -> int:
        """How many orders it says it decided."""
        return sum(map(int, _DECIDED.findall(self.said)))

    def tell(self, number: signal.Signals) -> None:
        self.popen.send_signal(number)

    def terminate(self) -> None:
        """Send SIGTERM, and wait until it has heard it."""
        self.tell(signal.SIGTERM)
        until(lambda: "told to stop" in self.said, self)

    def ended(self, *, within: float = PATIENCE) -> int:
        """Its exit code. Fails when it does not end in time."""
        return self.popen.wait(within)


@contextmanager
def worker(place: str, log: Path, *words: str) -> Iterator[Process]:
    """`flowengine worker` on a database, which has begun its work; killed at the end when it still runs."""
    with log.open("wb") as file:
        command = [sys.executable, "-c", _WORKER, "worker", "--db", place, "--poll", "100ms", *words]
        popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file, stderr=file, cwd=log.parent)
    process = Process(popen, log)
    try:
        until(lambda: "the worker begins" in process.said or popen.poll() is not None, process)
        yield process
    finally:
        popen.kill()
        popen.communicate()


def until(holds: Callable[[], object], *processes: Process, seconds: float = PATIENCE) -> None:
    """Wait for a condition; when it does not come, fail with what the processes said."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            said = "\n".join(f"--- {each.log.name}\n{each.said[-3000:]}" for each in processes)
            raise AssertionError(f"it did not happen within {seconds:.0f} s\n{said}")
        time.sleep(0.03)


@contextmanager
def halted(place: str, *, least: int = 1) -> Iterator[int]:
    """Whoever writes stands still as long as the block, once at least so many are late; how many that are."""
    with (_halted_on_postgres if "://" in place else _halted_on_sqlite)(place, least) as late:
        yield late


@contextmanager
def _halted_on_sqlite(place: str, least: int) -> Iterator[int]:
    with closing(sqlite3.connect(place, isolation_level=None, timeout=0)) as connection:
        late, deadline = -1, time.monotonic() + PATIENCE
        while late < least:
            assert time.monotonic() < deadline, "there is no gap between batches"
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                continue  # not by SQLite's own waiting, which would miss the gap
            (late,) = connection.execute(_HOW_MANY_LATE).fetchone()
            if late < least:
                connection.rollback()
        yield late
        connection.rollback()


@contextmanager
def _halted_on_postgres(place: str, least: int) -> Iterator[int]:
    """Orders can be read and claimed, but not saved: who stands still does so inside of a transaction."""
    with psycopg.connect(libpq(place), autocommit=True) as connection:
        deadline = time.monotonic() + PATIENCE
        while connection.execute(_HOW_MANY_LATE).fetchone()[0] < least:  # type: ignore[index]
            assert time.monotonic() < deadline, "nothing becomes late"
        with connection.transaction():
            connection.execute("LOCK TABLE fe_orders IN SHARE MODE")
            yield connection.execute(_HOW_MANY_LATE).fetchone()[0]  # type: ignore[index]
