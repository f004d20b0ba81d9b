"""Checkpoints: where every history stood at a moment, kept outside the store and chained to each other.

Whoever can write to the store can make its histories fit; he cannot make them fit what lies elsewhere. This
makes the values and follows them; it opens no file.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flowengine.errors import CheckpointRefused
from flowengine.kernel.order import canonical
from flowengine.runtime.auditing import Problem, marked_problem
from flowengine.runtime.ports import Clock, Reader, Store, instant
from flowengine.runtime.rows import Mark

_DOMAIN: Final = b"flowengine checkpoint 1"
FORMAT: Final = 1
FIRST: Final = hashlib.sha256(_DOMAIN).hexdigest()
"""What the first checkpoint has for the root of the one before."""

Line = str | bytes
"""One checkpoint as it stands in a file."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """So many orders with so many rows of history at `at` (milliseconds UTC), and how each history ended.

    `changed` are the orders that are new or have grown since the checkpoint whose root is `previous`. The
    `root` is a hash over all of it: posted elsewhere, it seals this checkpoint and every one before.
    """

    sequence: int
    at: int
    orders: int
    rows: int
    previous: str
    changed: tuple[Mark, ...]

    @property
    def root(self) -> str:
        """SHA-256 over the checkpoint without it, as canonical JSON."""
        said = canonical({**self.summary(), "changed": self.changed})
        return hashlib.sha256(_DOMAIN + b"\n" + said.encode()).hexdigest()

    def summary(self) -> dict[str, Any]:
        """All but the orders and the root."""
        return {
            "flowengine": "checkpoint",
            "format": FORMAT,
            "sequence": self.sequence,
            "at": self.at,
            "orders": self.orders,
            "rows": self.rows,
            "previous": self.previous,
        }

    def line(self) -> str:
        """The checkpoint as one line for a file, without the end of the line; what counts stands in front."""
        said = {**self.summary(), "root": self.root, "changed": self.changed}
        return json.dumps(said, separators=(",", ":"))


@dataclass(slots=True)
class Trail:
    """The checkpoints of a file, followed from the first on up to the first that is not as it was written."""

    newest: Checkpoint | None = None
    root: str = FIRST
    """The root of the last checkpoint."""
    roots: set[str] = field(default_factory=set)
    known: dict[int, Mark] = field(default_factory=dict)
    """How the history of each order stood at the last checkpoint."""
    marks: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    """How it stood at each checkpoint before which it had changed."""
    altered: int | None = None
    """The first line that was altered, moved, or stands behind a line that is gone; counted from 1."""

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Trail:
        """The trail that these lines are."""
        trail = cls()
        for number, line in enumerate(lines, 1):
            checkpoint = _read(line)
            if checkpoint is None or not trail._goes_on_with(checkpoint):
                trail.altered = number
                break
            trail._add(checkpoint)
        return trail

    @property
    def length(self) -> int:
        """How many checkpoints there are."""
        return self.newest.sequence if self.newest else 0

    def problems(self, root: str = "") -> Iterator[Problem]:
        """What is wrong with the trail itself; `root` is one that was posted elsewhere and must be on it."""
        if self.altered is not None:
            yield Problem("checkpoint", seq=self.altered)
        elif self.newest is None:
            yield Problem("no_checkpoint")
        if root and root.lower() not in self.roots:
            yield Problem("no_root", detail=root)

    def _goes_on_with(self, checkpoint: Checkpoint) -> bool:
        return (checkpoint.sequence, checkpoint.previous) == (self.length + 1, self.root)

    def _add(self, checkpoint: Checkpoint) -> None:
        self.newest, self.root = checkpoint, checkpoint.root
        self.roots.add(self.root)
        for mark in checkpoint.changed:
            self.known[mark.order_id] = mark
            self.marks[mark.order_id].append(mark)


def checkpoint(store: Store, clock: Clock | None, lines: Iterable[Line]) -> Checkpoint:
    """How every history stands now, after the checkpoints of `lines`; it holds what changed since the last.

    Only ends are looked at, and the rows that were ends at the last checkpoint: not whole histories. Raises
    CheckpointRefused where one of them is not as it was, which a new checkpoint would cover up.
    """
    trail = Trail.of(lines)
    if trail.altered is not None:
        raise CheckpointRefused(problems=tuple(trail.problems()))
    with store.reading() as unit:
        now = instant(clock, None if clock else unit.now())
        ends = unit.ends()
        if damaged := tuple(_damaged(ends)):
            raise CheckpointRefused(problems=damaged)
        if problems := tuple(_contradictions(unit, trail, {mark.order_id: mark for mark in ends})):
            raise CheckpointRefused(problems=problems)
    changed = tuple(mark for mark in ends if trail.known.get(mark.order_id) != mark)
    rows = sum(mark.length for mark in ends)
    return Checkpoint(trail.length + 1, now, len(ends), rows, trail.root, changed)


def gone(mark: Mark) -> Problem:
    """An order that a checkpoint knows, and the store does not."""
    return Problem("gone", mark.number, 1, str(mark.length), mark.process)


def _damaged(ends: Iterable[Mark]) -> Iterator[Problem]:
    """SQLite keeps a text in a column of numbers where somebody puts one."""
    for mark in ends:
        if [*map(type, mark)] != [int, str, str, int, str]:
            yield Problem("column", str(mark.number), detail="revision, head", process=str(mark.process))


def _contradictions(unit: Reader, trail: Trail, ends: Mapping[int, Mark]) -> Iterator[Problem]:
    grown = [mark for mark in trail.known.values() if ends.get(mark.order_id) != mark]
    hashes = unit.hashes([(mark.order_id, mark.length) for mark in grown])
    for mark in grown:
        end = ends.get(mark.order_id)
        if end is None:
            yield gone(mark)
        elif problem := marked_problem(mark, end.length, hashes.get((mark.order_id, mark.length))):
            yield problem


def _read(line: Line) -> Checkpoint | None:
    """The checkpoint of a line; None where it is not as it was written."""
    try:
        said = json.loads(line)
        changed = tuple(_mark(*each) for each in said["changed"])
        names = ("sequence", "at", "orders", "rows", "previous")
        found = Checkpoint(**{name: said[name] for name in names}, changed=changed)
        return found if found.line() == _text(line) else None
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def _mark(order_id: int, process: str, number: str, length: int, head: str) -> Mark:
    return Mark(order_id, process, number, length, head)


def _text(line: Line) -> str:
    return (line if isinstance(line, str) else line.decode("utf-8")).rstrip("\r\n")
