"""What is asked of the store: orders, lists, queues, messages, history. Every statement is plain Core."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from flowengine.delivery.lane import Lane, Rest
from flowengine.delivery.parcel import ParcelRow
from flowengine.runtime.rows import (
    Ahead,
    CounterRow,
    DefinitionRow,
    EventRow,
    HeartbeatRow,
    HistoryRow,
    LinkRow,
    Mark,
    MessageRow,
    OrderFilter,
    OrderRow,
    Place,
    ScheduleRow,
    SignalRow,
    SubjectRow,
    TraceRow,
    Turn,
    UnmadeRow,
    Vitals,
    WorkRow,
)
from flowengine.storage.guards import missing_parts
from flowengine.storage.parcel_statements import is_behind, is_resting, lanes_of
from flowengine.storage.statements import look, present
from flowengine.storage.tables import (
    counters,
    definitions,
    events,
    heartbeats,
    history,
    orders,
    outbox,
    parcels,
    schedules,
    signals,
    subjects,
    tokens,
    traces,
    work,
)
from flowengine.storage.vitals import place, vitals

_MESSAGES: Final = sa.select(*(outbox.c[name] for name in MessageRow._fields))
_PARCELS: Final = (
    sa.select(parcels, orders.c.number, is_behind(), is_resting())
    .join(orders, orders.c.id == parcels.c.order_id)
    .order_by(parcels.c.id)
)
_AT_ONCE: Final = 500
"""So many places are named in one statement: a statement has room for only so many values."""


class SqlReader:
    """One moment of the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def now(self) -> int | None:
        """The database's own time in milliseconds UTC; None where it has none."""
        if self._connection.dialect.name == "sqlite":
            return None
        return int(self._connection.execute(sa.select(present("postgresql"))).scalar_one())

    def definition(self, id: int) -> DefinitionRow | None:
        """The definition with that id."""
        found: DefinitionRow | None = self._one(
            DefinitionRow, sa.select(definitions).where(definitions.c.id == id)
        )
        return found

    def definitions(self) -> list[DefinitionRow]:
        """Every definition, in the order in which they were deployed."""
        return self._rows(DefinitionRow, sa.select(definitions).order_by(definitions.c.id))

    def definitions_in_service(self) -> list[DefinitionRow]:
        """Those on which orders begin or are open, in the order in which they were deployed."""
        newest = sa.select(sa.func.max(definitions.c.id)).group_by(definitions.c.process)
        running = sa.select(orders.c.definition_id).distinct().where(orders.c.status == "open")
        wanted = sa.select(definitions).where(
            sa.or_(definitions.c.id.in_(newest), definitions.c.id.in_(running))
        )
        return self._rows(DefinitionRow, wanted.order_by(definitions.c.id))

    def newest(self, process: str) -> int | None:
        """The id of the definition on which new orders of a process begin."""
        wanted = sa.select(sa.func.max(definitions.c.id)).where(definitions.c.process == process)
        return self._connection.execute(wanted).scalar()

    def deployed(self) -> list[tuple[str, str]]:
        """Process and version of every definition, in the order in which they were deployed."""
        wanted = sa.select(definitions.c.process, definitions.c.version).order_by(definitions.c.id)
        return [(process, version) for process, version in self._connection.execute(wanted)]

    def order(self, id: int) -> OrderRow | None:
        """The order with that id."""
        found: OrderRow | None = self._one(OrderRow, sa.select(orders).where(orders.c.id == id))
        return found

    def orders(self, which: OrderFilter, *, after: int, limit: int) -> list[OrderRow]:
        """A page of orders by id."""
        wanted = sa.select(orders).where(orders.c.id > after, *_conditions(which))
        return self._rows(OrderRow, wanted.order_by(orders.c.id).limit(limit))

    def late_orders(self, which: OrderFilter, *, after: tuple[int, int], limit: int) -> list[OrderRow]:
        """A page of open orders past their due instant, the most overdue first."""
        late = sa.and_(orders.c.status == "open", orders.c.due_at < which.late_at)
        beyond = sa.tuple_(orders.c.due_at, orders.c.id) > sa.tuple_(*after)
        wanted = sa.select(orders).where(late, beyond, *_conditions(which))
        return self._rows(OrderRow, wanted.order_by(orders.c.due_at, orders.c.id).limit(limit))

    def count_by_stage(self, which: OrderFilter) -> list[tuple[str, str, str, int, int]]:
        """Process, status, stage, number of orders, number of open ones past due."""
        is_late = sa.and_(orders.c.status == "open", orders.c.due_at < which.late_at)
        late = sa.func.count().filter(is_late)
        columns = (orders.c.process, orders.c.status, orders.c.stage)
        wanted = sa.select(*columns, sa.func.count(), late).where(*_conditions(which)).group_by(*columns)
        return [tuple(row) for row in self._connection.execute(wanted.order_by(sa.func.min(orders.c.id)))]

    def due_beyond(self, definition_id: int, stages: Collection[str], at: int) -> int:
        """How many open orders of a definition stand in one of these stages and are due after an instant."""
        late = (orders.c.status == "open", orders.c.due_at > at)
        theirs = (orders.c.definition_id == definition_id, orders.c.stage.in_(sorted(stages)))
        wanted = sa.select(sa.func.count()).where(*late, *theirs)
        return self._connection.execute(wanted).scalar_one()

    def look(self) -> Ahead:
        """The database's own time, and what comes next."""
        return Ahead._make(self._connection.execute(look(self._connection.dialect.name)).one())

    def newest_orders(self, limit: int) -> list[OrderRow]:
        """The orders that were opened last."""
        return self._rows(OrderRow, sa.select(orders).order_by(orders.c.id.desc()).limit(limit))

    def heartbeats(self) -> list[HeartbeatRow]:
        """Who lets time pass, whoever did so last first."""
        return self._rows(HeartbeatRow, sa.select(heartbeats).order_by(heartbeats.c.seen_at.desc()))

    def vitals(self, now: int, *, soon: int) -> Vitals:
        """What can be told of all orders at once; what was written after `soon` lies ahead."""
        return vitals(self._connection, now, soon)

    def place(self) -> Place:
        """Where orders are kept, and the room that is left there."""
        return place(self._connection)

    def history(self, order_id: int, *, after: int, limit: int) -> list[HistoryRow]:
        """A page of an order's history, oldest first."""
        wanted = sa.select(history).where(history.c.order_id == order_id, history.c.seq > after)
        return self._rows(HistoryRow, wanted.order_by(history.c.seq).limit(limit))

    def orphaned_history(self) -> list[int]:
        """The ids of orders that have a history and no row."""
        wanted = (
            sa.select(history.c.order_id).distinct().where(history.c.order_id.not_in(sa.select(orders.c.id)))
        )
        return list(self._connection.execute(wanted).scalars())

    def ends(self) -> list[Mark]:
        """How the history of every order stands, by id."""
        columns = (orders.c.id, orders.c.process, orders.c.number, orders.c.revision, orders.c.head)
        return [Mark(*row) for row in self._connection.execute(sa.select(*columns).order_by(orders.c.id))]

    def hashes(self, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """The hashes of the history rows at these places, an order's id and a row each."""
        place = sa.tuple_(history.c.order_id, history.c.seq)
        wanted = sa.select(history.c.order_id, history.c.seq, history.c.hash)
        found: dict[tuple[int, int], str] = {}
        for first in range(0, len(places), _AT_ONCE):
            which = place.in_(places[first : first + _AT_ONCE])
            found |= {(id, seq): hash for id, seq, hash in self._connection.execute(wanted.where(which))}
        return found

    def waiting(
        self, roles: frozenset[str] | None, which: OrderFilter, *, first: Turn, limit: int
    ) -> list[OrderRow]:
        """A page of the orders in which one of those roles or people has something to do, in the order of the
        queue, from the place `first` on.
        """
        turn = sa.tuple_(orders.c.priority, orders.c.next_due, orders.c.id)
        if roles is None:
            theirs = (orders.c.waits_for != "", turn >= sa.tuple_(*first), *_conditions(which))
        else:
            queues = sa.union_all(*(_queue(role, which, first, limit) for role in sorted(roles)))
            theirs = (orders.c.id.in_(queues),)
        wanted = sa.select(orders).where(*theirs)
        wanted = wanted.order_by(orders.c.priority, orders.c.next_due, orders.c.id)
        return self._rows(OrderRow, wanted.limit(limit))

    def work_of(self, order_id: int) -> frozenset[WorkRow]:
        """The roles and people that have something to do in one order, with its place in their queues."""
        wanted = sa.select(work.c.role, work.c.priority, work.c.due_at).where(work.c.order_id == order_id)
        return frozenset(WorkRow(*row) for row in self._connection.execute(wanted))

    def addressees(self) -> list[str]:
        """Everybody for whom something waits; from one to the next by the index, not row by row."""
        found = sa.select(sa.func.min(work.c.role).label("role")).cte("found", recursive=True)
        following = sa.select(sa.func.min(work.c.role)).where(work.c.role > found.c.role).scalar_subquery()
        found = found.union_all(sa.select(following).where(found.c.role.is_not(None)))
        return [*self._connection.scalars(sa.select(found.c.role).where(found.c.role.is_not(None)))]

    def busy(self, people: Collection[str]) -> dict[str, int]:
        """In how many orders each of these addressees has something to do; nobody without any."""
        theirs = sa.select(work.c.role, sa.func.count()).where(work.c.role.in_(sorted(people)))
        found = self._connection.execute(theirs.group_by(work.c.role))
        return {row.role: row[1] for row in found}

    def messages(self, roles: frozenset[str] | None, *, after: int, limit: int) -> list[MessageRow]:
        """A page of the messages for those roles; for all roles where None."""
        wanted = _MESSAGES.where(outbox.c.id > after)
        if roles is not None:
            wanted = wanted.where(outbox.c.role.in_(sorted(roles)))
        return self._rows(MessageRow, wanted.order_by(outbox.c.id).limit(limit))

    def messages_of(self, order_id: int) -> list[MessageRow]:
        """The messages about one order."""
        return self._rows(MessageRow, _MESSAGES.where(outbox.c.order_id == order_id))

    def message(self, id: int) -> MessageRow | None:
        """The message with that id."""
        found: MessageRow | None = self._one(MessageRow, _MESSAGES.where(outbox.c.id == id))
        return found

    def new_messages(self, limit: int) -> list[MessageRow]:
        """The oldest messages of which nobody has settled yet to whom outside they go."""
        wanted = _MESSAGES.where(outbox.c.parcelled_at.is_(None)).order_by(outbox.c.id)
        return self._rows(MessageRow, wanted.limit(limit))

    def parcels(self, state: str | None, *, after: int, limit: int) -> list[tuple[ParcelRow, str]]:
        """A page of the parcels in a state, or of all, by id; each with the number of its order."""
        wanted = _PARCELS.where(parcels.c.id > after, *([parcels.c.state == state] if state else []))
        found = self._connection.execute(wanted.limit(limit))
        return [
            (_listed(ParcelRow._make(row), behind=behind, rests=rests), number)
            for *row, number, behind, rests in found
        ]

    def unmade_calls(self, before: int) -> list[UnmadeRow]:
        """The calls that nobody has taken since that instant, or that were left to others all the time."""
        left = (parcels.c.error.like("no_function: %"), parcels.c.error.like("no_host: %"))
        untouched = sa.and_(parcels.c.endpoint == "", parcels.c.attempts == 0, parcels.c.next_at <= before)
        told = (orders.c.definition_id, parcels.c.queue)
        wanted = (
            sa.select(*told, sa.func.count().label("calls"), sa.func.min(parcels.c.made_at).label("since"))
            .join(orders, orders.c.id == parcels.c.order_id)
            .where(parcels.c.state == "ready", parcels.c.kind == "call", parcels.c.made_at <= before)
            .where(sa.or_(untouched, *left, parcels.c.error == "locked"))
            .group_by(*told)
        )
        return self._rows(UnmadeRow, wanted)

    def lanes(self, kind: str) -> list[Lane]:
        """The endpoints for which parcels of a kind wait."""
        found = self._connection.execute(lanes_of(kind))
        return [
            Lane(endpoint, due_at, None if rest[0] is None else Rest(endpoint, *rest))
            for endpoint, due_at, *rest in found
        ]

    def link(self, hash: str) -> LinkRow | None:
        """The link whose token has that hash."""
        found: LinkRow | None = self._one(LinkRow, sa.select(tokens).where(tokens.c.hash == hash))
        return found

    def waiting_events(self, process: str | None, *, after: int, limit: int) -> list[EventRow]:
        """Events that wait, oldest first."""
        wanted = sa.select(events).where(events.c.why.is_not(None), events.c.id > after)
        if process is not None:
            wanted = wanted.where(events.c.process == process)
        return self._rows(EventRow, wanted.order_by(events.c.id).limit(limit))

    def links(self, order_id: int) -> list[LinkRow]:
        """The links of an order, oldest first."""
        wanted = sa.select(tokens).where(tokens.c.order_id == order_id)
        return self._rows(LinkRow, wanted.order_by(tokens.c.made_at, tokens.c.hash))

    def signals(self, *, after: int, limit: int) -> list[SignalRow]:
        """A page of what orders have to tell each other and was not heard yet."""
        wanted = sa.select(signals).where(signals.c.id > after).order_by(signals.c.id)
        return self._rows(SignalRow, wanted.limit(limit))

    def unheard_signal(self) -> SignalRow | None:
        """The oldest of those that could not be heard."""
        wanted = sa.select(signals).where(signals.c.failures > 0).order_by(signals.c.id)
        found: SignalRow | None = self._one(SignalRow, wanted.limit(1))
        return found

    def schedules(self) -> list[ScheduleRow]:
        """When the calendar opens orders, by process."""
        return self._rows(ScheduleRow, sa.select(schedules).order_by(schedules.c.process))

    def missing_parts(self) -> list[str]:
        """The indexes and triggers that keep the store in order and are not there any more."""
        return missing_parts(self._connection)

    def counters(self) -> list[CounterRow]:
        """Every counter of order numbers."""
        return self._rows(CounterRow, sa.select(counters))

    def subjects(self, names: Iterable[str]) -> list[SubjectRow]:
        """The keys of the persons with those names."""
        wanted = sa.select(subjects).where(subjects.c.name.in_(sorted(names)))
        return self._rows(SubjectRow, wanted)

    def subject_known_by(self, blind: str) -> SubjectRow | None:
        """The person who is known by that blind value."""
        found: SubjectRow | None = self._one(SubjectRow, sa.select(subjects).where(subjects.c.blind == blind))
        return found

    def told_of(self, order_id: int) -> list[str]:
        """The names of the persons of whom an order tells, or told before; none of those who were erased."""
        wanted = sa.select(traces.c.subject).distinct().where(traces.c.order_id == order_id)
        return sorted(self._connection.execute(wanted).scalars())

    def every_subject(self) -> list[SubjectRow]:
        """The keys of everybody, by name."""
        return self._rows(SubjectRow, sa.select(subjects).order_by(subjects.c.name))

    def traces(self, blinds: Collection[str]) -> list[TraceRow]:
        """The orders that are found by one of these blind values."""
        wanted = sa.select(traces).where(traces.c.blind.in_(sorted(blinds)))
        return self._rows(TraceRow, wanted.order_by(traces.c.order_id))

    def traces_of(self, subjects: Collection[str]) -> list[TraceRow]:
        """By what the orders of these persons are found."""
        wanted = sa.select(traces).where(traces.c.subject.in_(sorted(subjects)))
        return self._rows(TraceRow, wanted.order_by(traces.c.order_id))

    def _one(self, kind: Any, wanted: sa.Select[Any]) -> Any:
        return next(iter(self._rows(kind, wanted)), None)

    def _rows(self, kind: Any, wanted: sa.Select[Any]) -> list[Any]:
        return [kind(**row) for row in self._connection.execute(wanted).mappings()]


def _queue(role: str, which: OrderFilter, first: Turn, limit: int) -> sa.Select[Any]:
    """The ids of the orders in the queue of one role: read off the index as far as the page goes."""
    turn = sa.tuple_(work.c.priority, work.c.due_at, work.c.order_id)
    wanted = sa.select(work.c.order_id).where(work.c.role == role, turn >= sa.tuple_(*first))
    if conditions := list(_conditions(which)):
        wanted = wanted.join(orders, orders.c.id == work.c.order_id).where(*conditions)
    page = wanted.order_by(work.c.priority, work.c.due_at, work.c.order_id).limit(limit).subquery()
    return sa.select(page.c.order_id)


def _conditions(which: OrderFilter) -> Iterator[sa.ColumnElement[bool]]:
    if which.definitions is not None:
        yield orders.c.definition_id.in_(which.definitions)
    if which.process is not None:
        yield orders.c.process == which.process
    if which.stage is not None:
        yield orders.c.stage == which.stage
    if which.status is not None:
        yield orders.c.status == which.status
    if which.number is not None:
        yield orders.c.number == which.number
        if which.process is None:  # the index of the numbers begins with it
            yield orders.c.process.in_(sa.select(definitions.c.process))
    if which.parked:
        yield orders.c.failures > 0
    if which.awaiting is not None:
        yield orders.c.id.in_(sa.select(work.c.order_id).where(work.c.role == which.awaiting))
    if which.blinds is not None:
        found = sa.select(traces.c.order_id).where(traces.c.blind.in_(sorted(which.blinds)))
        yield orders.c.id.in_(found)
    if which.held:
        # The snapshot says so only while there is one; within its texts a quote has a stroke before it.
        yield orders.c.status == "open"
        yield orders.c.state.contains('"holds":{')


def _listed(row: ParcelRow, *, behind: bool, rests: bool) -> ParcelRow:
    if behind:
        return row._replace(error="behind")
    return row._replace(error="resting") if rests and row.state == "ready" and not row.error else row
