"""pgbench giving the commands of ORDER-7: the same statements, written in C, at random over many orders.

Opening and closing are left out, and with them the rows of work, which an act in between does not touch.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bare_psycopg import Changes
from benchmarks.places import libpq, pgbench_program
from flowengine.storage.statements import CHANGED, ORDER

_FIND = f"SELECT {', '.join(ORDER)} FROM fe_orders WHERE id = :id FOR UPDATE \\gset is_\n"
_SCRIPT = r"""\set id random(:first, :last)
\set at random(1700000000000, 1800000000000)
BEGIN;
{find}INSERT INTO fe_history (order_id, seq, at, actor, command_key, digest, record, hash)
  VALUES (:id, :is_revision + 1, :at, 'clerk', 'check/' || :is_revision::text, :digest, :record, :head);
UPDATE fe_orders SET {changed} WHERE id = :id AND revision = :is_revision;
COMMIT;
"""
_ACT = {
    "revision": ":is_revision + 1",
    "head": ":head",
    "state": ":state",
    "failure": "NULL",
    "closed_at": "NULL",
}
_MOVE = {
    "stage": "'stage-' || (:is_revision % 7)::text",
    "entered_at": ":at",
    "due_at": ":at",
    "wake_at": ":at",
}
_TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PgBench:
    """pgbench on a database in which the orders `first` to `last` are open."""

    url: str
    folder: Path
    first: int
    last: int
    model: Changes
    """The changes of one order: what pgbench writes is as long as the act in their middle."""

    def commands(self, clients: int, seconds: float) -> float:
        """Commands per second; every other one moves the order to another stage."""
        scripts = (self._script("act.sql", _ACT), self._script("move.sql", _ACT | _MOVE))
        change = self.model[len(self.model) // 2]
        words: dict[str, Any] = {
            "first": self.first,
            "last": self.last,
            "digest": change.history.digest,
            "record": change.history.record,
            "head": change.after.head,
            "state": change.after.state,
        }
        done = subprocess.run(
            [
                pgbench_program(),
                *("-n", "-M", "prepared", "-c", str(clients), "-j", str(clients)),
                *("-T", str(max(1, round(seconds)))),
                *(f"--file={script}@1" for script in scripts),
                *(f"--define={name}={value}" for name, value in words.items()),
                libpq(self.url),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        found = _TPS.search(done.stdout)
        if done.returncode or not found:
            raise RuntimeError(f"pgbench failed: {done.stderr[-1000:]}")
        return float(found[1])

    def _script(self, name: str, given: dict[str, str]) -> Path:
        changed = ", ".join(f"{column} = {given.get(column, f':is_{column}')}" for column in CHANGED)
        path = self.folder / name
        path.write_text(_SCRIPT.format(find=_FIND, changed=changed), "utf-8")
        return path
