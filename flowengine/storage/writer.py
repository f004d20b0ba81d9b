"""What a command reads and writes, on the driver's own cursor: the hot path of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy.engine import Connection

from flowengine.delivery.lane import Rest
from flowengine.delivery.parcel import ParcelRow, State
from flowengine.errors import NeedsConnection, NeedsTransaction
from flowengine.runtime.rows import (
    Change,
    DefinitionRow,
    EventRow,
    Found,
    HeartbeatRow,
    HistoryRow,
    LinkRow,
    MatchRow,
    Opening,
    OrderRow,
    ScheduleRow,
    SignalRow,
    SubjectRow,
    TraceRow,
)
from flowengine.storage.lending import lending
from flowengine.storage.recent import Look, Recent
from flowengine.storage.statements import ORDER, Statement, Statements

T = TypeVar("T")
_LATE: Final = ORDER.index("late")
_REVISION: Final = ORDER.index("revision")
_WIDTH: Final = len(ORDER)
_FORGOTTEN: Final = 24 * 60 * 60_000
"""Milliseconds after which somebody who let time pass, and does not any more, is no concern of anybody."""


class Keeper(Protocol):
    """How one kind of database keeps what was decided."""

    lets_others_write: bool
    """Whether others write while a transaction does."""
    lock_definitions: str
    """The statement after which nobody else can deploy; empty where the write lock does that."""

    def save(self, cursor: Any, changes: Sequence[Change]) -> None:
        """Keep changes of orders. Raises ChangedMeanwhile when one of them is not as it was."""

    def open(self, cursor: Any, change: Change) -> bool:
        """Keep a new order; False, and nothing kept, when its number, key or identity is there already."""


class SqlWriter:
    """One transaction in which commands are carried out.

    `locking` holds on to the orders that are read until the transaction ends.
    """

    def __init__(
        self,
        cursor: Any,
        statements: Statements,
        keeper: Keeper,
        *,
        locking: bool,
        connection: Connection | None = None,
        recent: Recent | None = None,
    ) -> None:
        self._cursor = cursor
        self._statements = statements
        self._keeper = keeper
        self._locking = locking
        self._order = statements.order_locked if locking else statements.order
        self._connection = connection
        self._recent = recent
        self._look: Look | None = None
        self._left: OrderRow | None = None
        self._presumed: int | None = None
        self.is_saving = False
        """Whether something was sent that changes the store."""

    @property
    def lends(self) -> bool:
        """Whether there is a connection on which functions of the host can write along."""
        return self._connection is not None

    def savepoint(self) -> AbstractContextManager[object]:
        """What is done within is undone where it fails, although the transaction goes on."""
        return nullcontext() if self._connection is None else self._connection.begin_nested()

    def lend(self, use: Callable[[Any], T]) -> T:
        """Let a function of the host write on this connection, and return what it returns.

        Raises NeedsConnection where there is none to lend, and what `use` raises.
        """
        if self._connection is None:
            raise NeedsConnection
        with lending(self._connection):
            return use(self._connection)

    def recall(self, id: int) -> Found | None:
        """The order as this process left it a moment ago, where that may be enough to save it again, and no
        order was read yet.
        """
        if self._locking or self._look or self._recent is None or not (known := self._recent.recall(id)):
            return None
        self._presumed = id
        found, self._look = known
        return found

    @property
    def presumes(self) -> bool:
        """Whether the order is taken for what this process left, and nothing has shown yet that it is so."""
        return self._presumed is not None

    def admit_mistake(self) -> bool:
        """Whether the order was taken for what this process left, in vain; if so, it is read from now on."""
        if self._recent is None or self._presumed is None:
            return False
        self._recent.mistake(self._presumed)
        return True

    def leave(self) -> None:
        """What was saved is there for good: the next command may begin with it."""
        if self._recent is not None and self._left and self._look:
            self._recent.leave(self._left, self._look)

    def find(self, id: int, key: str | None) -> Found | None:
        """The order with that id, and whether the command with that key is done already."""
        at, row = self._ticks(), self._first(self._order, this=id, key=key)
        if row and row[_REVISION] != row[-1]:  # it changed while we waited for it, and so did its history
            at, row = self._ticks(), self._first(self._order, this=id, key=key)
        if not row:
            return None
        found = Found(_order(row), *row[_WIDTH:-1])
        self._looked(found.now, at)
        return found

    def _ticks(self) -> float | None:
        return None if self._recent is None else self._recent.ticks()

    def _looked(self, now: int | None, at: float | None) -> None:
        if at is not None:
            self._look = Look(now, at)

    def claim(self, now: int, limit: int) -> list[OrderRow]:
        """Orders whose next moment has come, the longest overdue first, that nobody else holds."""
        return [_order(row) for row in self._all(self._statements.claim, now=now, limit=limit)]

    def save(self, changes: Sequence[Change]) -> None:
        """Keep changes of orders, all or none. Raises ChangedMeanwhile when one is not as it was, and
        NeedsTransaction where it takes a transaction that this is not.
        """
        self._check_whole(changes)
        self.is_saving = True
        self._keeper.save(self._cursor, changes)
        self._presumed = None
        for change in changes:
            self._keep_more(change)
            self._left = change.after

    def _check_whole(self, changes: Iterable[Change]) -> None:
        if not self._locking and any(change.calls or change.matches is not None for change in changes):
            raise NeedsTransaction

    def _check_locking(self) -> None:
        if not self._locking:
            raise NeedsTransaction

    def _keep_more(self, change: Change) -> None:
        """What a change has besides: by what events find the order, and calls out."""
        if change.matches is not None:
            self._match(change)
        self.add_parcels(change.calls)

    def park(self, row: OrderRow) -> None:
        """Keep that an order could not be decided, and when it is asked again."""
        statement = self._statements.park
        values = {
            "this": row.id,
            "failures": row.failures,
            "failure": row.failure,
            "wake_at": row.wake_at,
        }
        self._cursor.execute(statement.text, statement.values(values))

    def claim_signal(self, now: int) -> SignalRow | None:
        """The signal that is due first and that nobody else holds."""
        row = self._first(self._statements.claim_signal, now=now)
        return SignalRow(*row) if row else None

    def heard(self, signal: SignalRow) -> None:
        """A signal was heard, and is gone."""
        self._run(self._statements.heard, this=signal.id)

    def put_off(self, signal: SignalRow) -> None:
        """Keep that a signal could not be heard, and when it is said again."""
        news = {name: getattr(signal, name) for name in ("failures", "failure", "wake_at")}
        self._run(self._statements.put_off, this=signal.id, **news)

    def schedule(self, process: str) -> ScheduleRow | None:
        """When the calendar opens an order of that process next."""
        row = self._first(self._statements.schedule, of=process)
        return ScheduleRow(*row) if row else None

    def claim_schedule(self, now: int) -> ScheduleRow | None:
        """The process of which an order is to be opened first, that nobody else holds."""
        row = self._first(self._statements.claim_schedule, now=now)
        return ScheduleRow(*row) if row else None

    def keep_schedule(self, row: ScheduleRow) -> None:
        """Keep when the calendar opens an order next, or looks again."""
        self._run(self._statements.keep_schedule, **row._asdict())

    def drop_schedule(self, process: str) -> None:
        """The calendar opens no orders of that process any more."""
        self._run(self._statements.drop_schedule, of=process)

    def opening(self, process: str, key: str | None, identity: str | None) -> Opening:
        """An id for a new order, and the orders opened under that key or with that identity."""
        at = self._ticks()
        row = self._first(self._statements.opening, process=process, key=key, identity=identity)
        assert row is not None
        opening = Opening(*row)
        self._looked(opening.now, at)
        return opening

    def open(self, change: Change) -> bool:
        """Keep a new order; False, and nothing kept, when its number, key or identity is there already."""
        self._check_whole([change])
        self.is_saving = True
        is_open = self._keeper.open(self._cursor, change)
        if is_open:
            self._keep_more(change)
            self._left = change.after
        return is_open

    def receipt(self, order_id: int, seq: int) -> HistoryRow:
        """One row of an order's history."""
        row = self._first(self._statements.receipt, this=order_id, seq=seq)
        assert row is not None
        return HistoryRow(*row)

    def next_serial(self, process: str, period: str) -> int:
        """The next serial of a process and period, held by this transaction until it ends."""
        row = self._first(self._statements.serial, of=process, span=period)
        assert row is not None
        return int(row[0])

    def return_serial(self, process: str, period: str, serial: int) -> None:
        """Give back a serial that this transaction took and did not use: as if it had not been taken."""
        statement = self._statements.serial_back if serial > 1 else self._statements.serial_away
        values = {"of": process, "span": period, "given": serial}
        self._cursor.execute(statement.text, statement.values(values))

    def put_serial(self, process: str, period: str, *, was: int, now: int) -> bool:
        """Let a counter stand at `now`; False where it does not stand at `was` any more."""
        taken = self.next_serial(process, period)
        if taken != was + 1:
            self.return_serial(process, period, taken)
            return False
        values = {"of": process, "span": period, "given": taken, "put": now}
        statement = self._statements.serial_put
        self._cursor.execute(statement.text, statement.values(values))
        return True

    def link(self, hash: str) -> LinkRow | None:
        """The link whose token has that hash."""
        row = self._first(self._statements.link, hash=hash)
        return LinkRow(*row) if row else None

    def add_link(self, row: LinkRow) -> None:
        """Keep a link."""
        self._run(self._statements.add_link, **row._asdict())

    def use_link(self, hash: str, at: int) -> bool:
        """Let a link be used up; False when it was used or revoked before."""
        return self._run(self._statements.use_link, hash=hash, moment=at) == 1

    def revoke_link(self, hash: str, at: int) -> bool:
        """Take a link back; False when it was used or revoked before."""
        return self._run(self._statements.revoke_link, hash=hash, moment=at) == 1

    def event(self, id: int) -> EventRow | None:
        """The event with that id, held until this transaction ends."""
        row = self._first(self._statements.event, this=id)
        return EventRow(*row) if row else None

    def event_seen(self, process: str, event: str, key: str) -> EventRow | None:
        """The same event as it came before."""
        row = self._first(self._statements.event_seen, of=process, called=event, same=key)
        return EventRow(*row) if row else None

    def add_event(self, row: EventRow) -> bool:
        """Keep an event; False where the same one is there already."""
        self.is_saving = True
        return self._run(self._statements.add_event, **row._asdict()) == 1

    def settle_event(self, row: EventRow) -> None:
        """Keep what has become of an event."""
        self.is_saving = True
        self._run(self._statements.settle_event, **{**row._asdict(), "this": row.id})

    @property
    def lets_others_write(self) -> bool:
        """Whether others may write while this transaction does."""
        return self._keeper.lets_others_write

    def lock_match(self, process: str, match: MatchRow) -> None:
        """Let nobody else give an order that value, or look for one, until this transaction ends."""
        if self.lets_others_write:
            self._run(self._statements.lock_match, of=process, holding=match.value)

    def matching(self, process: str, found_by: str, value: str, limit: int) -> list[tuple[int, str, int]]:
        """The orders that events find by that value, with status and definition: open ones first, and the
        newest before the others.
        """
        wanted = {"of": process, "fields": found_by, "holding": value, "limit": limit}
        rows = self._all(self._statements.matching, **wanted)
        return [(int(id), str(status), int(definition)) for id, status, definition in rows]

    def matched_events(self, process: str, after: int, limit: int) -> list[int]:
        """Events that wait for an order that there is by now, behind the one with the id `after`."""
        rows = self._all(self._statements.matched_events, of=process, after=after, limit=limit)
        return [int(id) for (id,) in rows]

    def _match(self, change: Change) -> None:
        order = change.after
        if change.before.revision:
            self._run(self._statements.matches_away, this=order.id)
        for each in change.matches or ():
            self.lock_match(order.process, each)
            self._run(self._statements.add_match, process=order.process, order_id=order.id, **each._asdict())

    def take_parcels(self, kind: str, endpoint: str, now: int, until: int, limit: int) -> list[ParcelRow]:
        """Take parcels for an endpoint whose time has come, the longest due first, of each queue one."""
        wanted = {"kind": kind, "endpoint": endpoint, "now": now, "until": until, "limit": limit}
        return sorted(map(ParcelRow._make, self._all(self._statements.take_parcels, **wanted)))

    def begin_rest(self, rest: Rest) -> None:
        """Keep that an endpoint is left alone. What was kept of others and is long over goes."""
        self._run(self._statements.begin_rest, **rest._asdict())
        self._run(self._statements.drop_rests, over=rest.until - _FORGOTTEN)

    def end_rest(self, endpoint: str) -> None:
        """Keep that an endpoint takes something again."""
        self._run(self._statements.end_rest, of=endpoint)

    def end_rest_of(self, key: str) -> None:
        """Let the endpoint of a parcel be tried again."""
        self._run(self._statements.end_rest_of, named=key)

    def settle_parcel(self, row: ParcelRow) -> bool:
        """Keep what became of a parcel; False where somebody else took it after us."""
        return self._run(self._statements.settle_parcel, this=row.id, was=row.fence, **row._asdict()) == 1

    def add_parcels(self, rows: Iterable[ParcelRow]) -> None:
        """Keep new parcels; those of one queue are carried in this order."""
        for row in rows:
            self._run(self._statements.add_parcel, **row._asdict())

    def answer_parcel(self, order_id: int, content: str, state: State, error: str, at: int) -> None:
        """Keep what became of a call that somebody else has answered; whoever has it in hand is late."""
        fate = {"state": state, "error": error, "moment": at}
        self._run(self._statements.answer_parcel, of=order_id, asked=content, **fate)

    def waiting_parcel(self, queue: str, at: int) -> ParcelRow | None:
        """The last parcel of that queue, of whatever order, that waits for that instant."""
        row = self._first(self._statements.waiting_parcel, of=queue, at=at)
        return ParcelRow._make(row) if row else None

    def ask_quiet_again(self, at: int, beyond: int) -> None:
        """Let what waits for quiet hours that end beyond an instant be looked at. What comes sooner may be in
        somebody's hand.
        """
        self._run(self._statements.ask_quiet_again, moment=at, beyond=beyond)

    def retry_parcel(self, key: str, at: int) -> bool:
        """Let a dead parcel be carried once more; False where there is none of that key."""
        return self._run(self._statements.retry_parcel, named=key, moment=at) == 1

    def parcel_message(self, id: int, at: int) -> bool:
        """Keep that it is settled to whom a message goes; False where somebody else has done that."""
        return self._run(self._statements.parcel_message, this=id, moment=at) == 1

    def lock_definitions(self) -> None:
        """Let nobody else deploy until this transaction ends."""
        if lock := self._keeper.lock_definitions:
            self._cursor.execute(lock)

    def definition(self, id: int) -> DefinitionRow | None:
        """The definition with that id."""
        row = self._first(self._statements.definition, this=id)
        return DefinitionRow(*row) if row else None

    def definition_by_hash(self, hash: str) -> DefinitionRow | None:
        """The definition whose text has that hash."""
        row = self._first(self._statements.definition_by_hash, hash=hash)
        return DefinitionRow(*row) if row else None

    def newest(self, process: str) -> int | None:
        """The id of the definition on which new orders of a process begin."""
        row = self._first(self._statements.newest, process=process)
        return int(row[0]) if row else None

    def versions(self, process: str) -> list[int]:
        """The ids of all definitions of a process, the newest first."""
        return [int(id) for (id,) in self._all(self._statements.versions, process=process)]

    def deployed(self) -> list[tuple[str, str]]:
        """Process and version of every definition, in the order in which they were deployed."""
        return [(process, version) for process, version in self._all(self._statements.deployed)]

    def add_definition(self, row: DefinitionRow) -> int:
        """Keep a definition; returns its id."""
        found = self._first(self._statements.add_definition, **row._asdict())
        assert found is not None
        return int(found[0])

    def beat(self, row: HeartbeatRow) -> None:
        """Keep that somebody lets time pass, and forget whose last time is more than a day away."""
        away = self._statements.beats_away
        ends = {"first": row.seen_at - _FORGOTTEN, "last": row.seen_at + _FORGOTTEN}
        self._cursor.execute(away.text, away.values(ends))
        beat = self._statements.beat
        self._cursor.execute(beat.text, beat.values(row._asdict()))

    def subjects(self, names: Iterable[str]) -> list[SubjectRow]:
        """The keys of the persons with those names."""
        rows = (self._first(self._statements.subject, named=name) for name in sorted(names))
        return [SubjectRow(*row) for row in rows if row]

    def subject_known_by(self, blind: str) -> SubjectRow | None:
        """The person who is known by that blind value."""
        row = self._first(self._statements.subject_known_by, known_by=blind)
        return SubjectRow(*row) if row else None

    def told_of(self, order_id: int) -> list[str]:
        """The names of the persons of whom an order tells, or told before; none of those who were erased."""
        return [str(name) for (name,) in self._all(self._statements.traced_subjects, of=order_id)]

    def add_subject(self, row: SubjectRow) -> bool:
        """Keep the key of somebody new; False where somebody is known by that blind value already. Raises
        NeedsTransaction: without the order that tells of somebody it is not kept.
        """
        self._check_locking()
        statement = self._statements.add_subject
        self._cursor.execute(statement.text, statement.values(row._asdict()))
        added: bool = self._cursor.rowcount == 1
        return added

    def change_subject(self, row: SubjectRow) -> None:
        """Keep another key of a person, or that there is none any more."""
        statement = self._statements.change_subject
        self._cursor.execute(statement.text, statement.values({**row._asdict(), "named": row.name}))

    def add_traces(self, rows: Sequence[TraceRow]) -> None:
        """Keep by what orders are found. Raises NeedsTransaction, as `add_subject` does."""
        self._check_locking()
        statement = self._statements.add_trace
        for row in rows:
            self._cursor.execute(statement.text, statement.values(row._asdict()))

    def orders_of_subject(self, subject: str) -> list[int]:
        """The orders that tell of a person."""
        return [int(id) for (id,) in self._all(self._statements.traced_orders, of=subject)]

    def free_identity(self, order_id: int) -> None:
        """Let another order have what made this one unique."""
        self._run(self._statements.free_identity, this=order_id)

    def remove_traces(self, subject: str) -> None:
        """Forget by what the orders of a person are found."""
        statement = self._statements.traces_away
        self._cursor.execute(statement.text, statement.values({"of": subject}))

    def _run(self, statement: Statement, **given: Any) -> int:
        """Change rows; how many."""
        self._cursor.execute(statement.text, statement.values(given))
        return int(self._cursor.rowcount)

    def _first(self, statement: Statement, **given: Any) -> Any:
        self._cursor.execute(statement.text, statement.values(given))
        return self._cursor.fetchone()

    def _all(self, statement: Statement, **given: Any) -> Iterator[Any]:
        self._cursor.execute(statement.text, statement.values(given))
        return iter(self._cursor.fetchall())


def _order(row: Any) -> OrderRow:
    late = bool(row[_LATE])  # SQLite knows only 0 and 1
    return OrderRow._make((*row[:_LATE], late, *row[_LATE + 1 : _WIDTH]))
