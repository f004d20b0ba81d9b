"""What the store keeps, as values: one class for each table. Instants are milliseconds UTC.

They are tuples, as drivers give and take them. A frozen dataclass of 21 columns takes six times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple
from urllib.parse import quote, unquote

from flowengine.delivery.parcel import ParcelRow
from flowengine.kernel.addressees import PERSON

Status = Literal["open", "closed"]


Turn = tuple[int, int, int]
"""Where an order stands in a queue: its priority, what is due next in it, its id."""
NEVER: Final = 10**17
"""Later than every due instant, and still a number that a cursor can hold."""
FIRST: Final[Turn] = (0, 0, 0)
"""Before every order in a queue."""


SIGNAL_KEY: Final = "signal/"
"""What the keys of signals begin with."""
SCHEDULE_KEY: Final = "calendar/"
"""What the keys begin with under which the calendar opens orders."""


class WorkRow(NamedTuple):
    """That a role or a person has something to do in an order, with the place of the order in the queue."""

    role: str
    priority: int
    due_at: int


def packed(addressees: Iterable[str]) -> str:
    """Roles and people in one text; the ids of people may hold spaces."""
    return " ".join(map(_quoted, addressees))


@lru_cache(maxsize=1024)
def _quoted(addressee: str) -> str:
    return quote(addressee, safe=PERSON)


class DefinitionRow(NamedTuple):
    """A deployed process file, whole, under the hash of its text. Orders stay on the one they began with."""

    id: int
    hash: str
    process: str
    version: str
    file: str
    text: str
    deployed_at: int
    seal: str


class SubjectRow(NamedTuple):
    """A person of whom orders tell: by what they are known again, and their key, wrapped by the master key.

    Of one who was erased nothing is left but the name that their sealed values carry, and when.
    """

    name: str
    blind: str | None
    wrapped: str | None
    erased_at: int | None


class TraceRow(NamedTuple):
    """By which blind value an order is found, and the person of whom it tells."""

    blind: str
    order_id: int
    subject: str


class CounterRow(NamedTuple):
    """How many orders were numbered in a period, or how often somebody asked for a lane in one."""

    process: str
    period: str
    value: int


class OrderRow(NamedTuple):
    """One order: its snapshot, the head of its history, and the columns that lists and ticks look for.

    Queues go by `priority`, 0 for urgent, then by what is due next in it, `NEVER` where nothing is.
    """

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
    waits_for: str
    entered_at: int
    due_at: int | None
    late: bool
    wake_at: int | None
    failures: int
    failure: str | None
    created_at: int
    closed_at: int | None
    state: str
    priority: int
    next_due: int

    @property
    def turn(self) -> Turn:
        """Its place in every queue that it stands in."""
        return self.priority, self.next_due, self.id

    @property
    def roles(self) -> frozenset[str]:
        """The roles and people that have something to do."""
        return frozenset(map(unquote, self.waits_for.split()))


class HistoryRow(NamedTuple):
    """One change of one order. `record` is canonical JSON, `hash` chains it to the row before."""

    order_id: int
    seq: int
    at: int
    actor: str
    command_key: str | None
    digest: str
    record: str
    hash: str


class Mark(NamedTuple):
    """How the history of an order stood: with so many rows, the last of them with the hash `head`."""

    order_id: int
    process: str
    number: str
    length: int
    head: str


class MessageRow(NamedTuple):
    """A message left for a role; `cause` makes repeated sayings one message."""

    id: int
    order_id: int
    number: str
    role: str
    cause: str
    about: str
    payload: str
    at: int


class SignalRow(NamedTuple):
    """What an order has to tell another one, or an order to be opened (`to_id` None), until that has heard.

    `cause` names it in the history of the order that says it. It is due at `wake_at`, later and later where
    `failures` in a row kept the other from hearing it.
    """

    id: int
    order_id: int
    to_id: int | None
    cause: str
    payload: str
    at: int
    wake_at: int
    failures: int
    failure: str | None

    @property
    def key(self) -> str:
        """The key under which it is heard once."""
        return f"{SIGNAL_KEY}{self.order_id}/{self.cause}"


class ScheduleRow(NamedTuple):
    """When the calendar opens an order of a process next: as of `next_at`; looked at from `wake_at` on, later
    and later where `failures` in a row kept it from being opened.
    """

    process: str
    next_at: int
    wake_at: int
    failures: int
    failure: str | None


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows; `definitions` None means all of them, empty means none.

    `late_at` compares due instants with that instant, so lateness needs no tick to be seen. `blinds` are
    the blind values of which an order must hold one, or have held. `awaiting` is a role that
    has something to do.
    """

    definitions: tuple[int, ...] | None
    process: str | None = None
    stage: str | None = None
    status: Status | None = None
    number: str | None = None
    late_at: int | None = None
    parked: bool = False
    held: bool = False
    awaiting: str | None = None
    blinds: frozenset[str] | None = None


class MatchRow(NamedTuple):
    """By which fields, and by the hash of what stands in them, events find an order."""

    found_by: str
    value: str


EventState = Literal["taken", "waiting", "dropped"]


class EventRow(NamedTuple):
    """An event that is not to count twice, or that waits: with its `data`, and the reason `why`.

    `key` is the hash of what makes it the same one when it comes again.
    """

    id: int
    process: str
    event: str
    key: str | None
    found_by: str
    value: str
    order_id: int | None
    data: str | None
    why: str | None
    received_at: int
    dropped: str | None

    @property
    def state(self) -> EventState:
        """What has become of it."""
        return "waiting" if self.why else "dropped" if self.dropped else "taken"


class Change(NamedTuple):
    """What a command makes of one order: the row before and after, its history row, messages, signals to
    other orders, and the calls that are made outside.

    `matches` are all by which events find it from then on; None where that has not changed.
    """

    before: OrderRow
    after: OrderRow
    history: HistoryRow
    messages: tuple[MessageRow, ...]
    matches: tuple[MatchRow, ...] | None = None
    signals: tuple[SignalRow, ...] = ()
    calls: tuple[ParcelRow, ...] = ()

    @property
    def come(self) -> list[str]:
        """The roles that have something to do now, and had not before or stood elsewhere in the queue."""
        stayed = self.before.roles if self.before.turn == self.after.turn else frozenset()
        return sorted(self.after.roles - stayed)

    @property
    def gone(self) -> list[str]:
        """The roles that had something to do before and have not now."""
        return sorted(self.before.roles - self.after.roles)

    @property
    def is_same_work(self) -> bool:
        """Whether the same roles have the same place in the queue as before: so it is for most acts."""
        before, after = self.before, self.after
        return before.waits_for == after.waits_for and (before.turn == after.turn or not after.waits_for)


class Found(NamedTuple):
    """An order as a command finds it. `done` is the history row of the command's key, where there is one.

    `now` is the database's own time in milliseconds UTC; None where it has none.
    """

    row: OrderRow
    done: int | None
    now: int | None


class HeartbeatRow(NamedTuple):
    """Somebody who lets time pass or has parcels carried: when last, and for how long what was due longest
    had waited then.
    """

    name: str
    seen_at: int
    lag: int

    @property
    def carries(self) -> bool:
        """Whether it is left by somebody who has parcels carried, and not by one who lets time pass."""
        return self.name.startswith("postman@")


LINK_SIGNS: Final = 12


class LinkRow(NamedTuple):
    """A link on which the customer may confirm: of its token only the `hash`. Once it is used or revoked it
    stays so. `asking` says as which asking of the need it was made.
    """

    hash: str
    order_id: int
    need: str
    asking: str
    made_at: int
    made_by: str
    expires_at: int
    used_at: int | None
    revoked_at: int | None

    @property
    def id(self) -> str:
        """What it is called in lists and in history; the token does not follow from it."""
        return self.hash[:LINK_SIGNS]

    def state(self, now: int) -> Literal["revoked", "answered", "expired", "good"]:
        """Whether it is good at `now`, or why not."""
        if self.revoked_at is not None:
            return "revoked"
        if self.used_at is not None:
            return "answered"
        return "expired" if now > self.expires_at else "good"


class Carried(NamedTuple):
    """What is carried outside, of one kind: how many wait, of these were tried in vain for over an hour, and
    were given up within the last week.
    """

    kind: str
    waiting: int
    stuck: int
    given_up: int


class Ahead(NamedTuple):
    """What comes next: the instants (milliseconds UTC) at which an order has something to decide, a signal is
    to be heard, and the calendar opens an order. `now` is the store's own time, None where it has none.
    """

    now: int | None
    order_at: int | None
    signal_at: int | None
    opening_at: int | None

    @property
    def next_at(self) -> int | None:
        """The first of them."""
        return min((at for at in self[1:] if at is not None), default=None)


class Vitals(NamedTuple):
    """What can be told of all orders at once."""

    due: int
    """Orders whose moment has come and that nobody has let decide."""
    due_since: int | None
    next_at: int | None
    """The next moment that is still to come."""
    parked: int
    ahead: int
    """Open orders that came to their stage at an instant that lies well ahead."""
    messages: int
    events: int = 0
    """Events from outside that wait for an order."""
    signals: int = 0
    """What orders have to tell each other and was not heard yet."""
    untaken: int = 0
    """Parcels that could be carried and that nobody has taken."""
    untaken_since: int | None = None
    parcels: tuple[Carried, ...] = ()


class Place(NamedTuple):
    """Where orders are kept, and the room that is left there in bytes, None where nobody can tell."""

    database: str
    version: str
    size: int | None
    free: int | None


class Opening(NamedTuple):
    """What there is for an order to be opened: its id, and the earlier orders that it may be the same as."""

    id: int
    by_key: int | None
    by_identity: int | None
    now: int | None


class UnmadeRow(NamedTuple):
    """Calls of one queue, of orders on one definition, that nobody could make; the oldest waits `since`."""

    definition_id: int
    queue: str
    calls: int
    since: int
