"""What the store keeps, as values: one class for each table. Instants are milliseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """A deployed process file, whole, under the hash of its text. Orders stay on the one they began with."""

    id: int
    hash: str
    process: str
    version: str
    file: str
    text: str
    deployed_at: int
    seal: str


@dataclass(frozen=True, slots=True)
class CounterRow:
    """How many orders of a process were numbered in a period."""

    process: str
    period: str
    value: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order: its snapshot, the head of its history, and the columns that lists and ticks look for."""

    id: int
    definition_id: int
    process: str
    number: str
    identity: str | None
    start_key: str | None
    revision: int
    head: str
    status: Status
    stage: str
    owner: str
    entered_at: int
    due_at: int | None
    late: bool
    wake_at: int | None
    failures: int
    created_at: int
    closed_at: int | None
    state: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change of one order. `record` is canonical JSON, `hash` chains it to the row before."""

    order_id: int
    seq: int
    at: int
    actor: str
    command_key: str | None
    digest: str
    record: str
    hash: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing that waits for one role."""

    order_id: int
    number: str
    process: str
    stage: str
    key: str
    kind: str
    role: str
    due_at: int | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message left for a role; `cause` makes repeated sayings one message."""

    id: int
    order_id: int
    number: str
    role: str
    cause: str
    about: str
    payload: str
    at: int


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows; `definitions` None means all of them, empty means none.

    `late_at` compares due instants with that instant, so lateness needs no tick to be seen.
    """

    definitions: tuple[int, ...] | None
    process: str | None = None
    stage: str | None = None
    status: Status | None = None
    number: str | None = None
    late_at: int | None = None
