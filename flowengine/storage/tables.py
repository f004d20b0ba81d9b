"""The tables. Instants are BIGINT milliseconds UTC; JSON is TEXT of our own, because its bytes are hashed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from flowengine.runtime.rows import NEVER

metadata: Final = MetaData()

# Texts have no length in the tables: what is too long is refused before it comes here, in words.
# SQLite gives only INTEGER primary keys a serial of their own.
Id = BigInteger().with_variant(Integer, "sqlite")

meta: Final = Table(
    "fe_meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

definitions: Final = Table(
    "fe_definitions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("process", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("deployed_at", BigInteger, nullable=False),
    Column("seal", Text, nullable=False),  # hash over the columns above
)
Index("fe_definitions_process", definitions.c.process, definitions.c.id)

orders: Final = Table(
    "fe_orders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("definition_id", ForeignKey("fe_definitions.id"), nullable=False),
    Column("process", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("identity", Text),  # the values of `unique`, as JSON
    Column("start_key", Text),  # the idempotency key of the command that opened it
    Column("revision", BigInteger, nullable=False),
    Column("head", Text, nullable=False),  # hash of the newest history row
    Column("status", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("waits_for", Text, nullable=False),  # the roles that have something to do, as in fe_work
    Column("entered_at", BigInteger, nullable=False),
    Column("due_at", BigInteger),
    Column("late", Boolean, nullable=False),
    Column("wake_at", BigInteger),  # the earliest instant at which something happens by itself
    Column("failures", Integer, nullable=False),  # how often in a row it could not be decided: it is parked
    Column("failure", Text),  # why not, the last time
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("state", Text, nullable=False),
    Column("priority", Integer, nullable=False, server_default="2"),  # in queues: 0 is urgent
    Column("next_due", BigInteger, nullable=False, server_default=str(NEVER)),  # what is due first in it
    UniqueConstraint("process", "number", name="fe_orders_number"),
)
Index("fe_orders_identity", orders.c.process, orders.c.identity, unique=True)
Index("fe_orders_start_key", orders.c.process, orders.c.start_key, unique=True)
Index(
    "fe_orders_wake",
    orders.c.wake_at,
    orders.c.id,
    sqlite_where=orders.c.wake_at.is_not(None),
    postgresql_where=orders.c.wake_at.is_not(None),
)
Index("fe_orders_stage", orders.c.process, orders.c.status, orders.c.stage, orders.c.id)
Index(
    "fe_orders_due",
    orders.c.due_at,
    orders.c.id,
    sqlite_where=orders.c.status == "open",
    postgresql_where=orders.c.status == "open",
)
Index(
    "fe_orders_parked",
    orders.c.id,
    sqlite_where=orders.c.failures > 0,
    postgresql_where=orders.c.failures > 0,
)

history: Final = Table(
    "fe_history",
    metadata,
    Column("order_id", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("command_key", Text),
    Column("digest", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("order_id", "seq"),
)
Index(
    "fe_history_key",
    history.c.order_id,
    history.c.command_key,
    unique=True,
    sqlite_where=history.c.command_key.is_not(None),
    postgresql_where=history.c.command_key.is_not(None),
)

# Who has something to do. What it is follows from the state: an act writes here only when a role has
# nothing left to do, or something new.
work: Final = Table(
    "fe_work",
    metadata,
    Column("order_id", ForeignKey("fe_orders.id"), nullable=False),
    Column("role", Text, nullable=False),  # or a person, `@wang`
    Column("priority", Integer, nullable=False, server_default="2"),  # both as in fe_orders
    Column("due_at", BigInteger, nullable=False, server_default=str(NEVER)),
    PrimaryKeyConstraint("order_id", "role"),
)
Index("fe_work_queue", work.c.role, work.c.priority, work.c.due_at, work.c.order_id)

outbox: Final = Table(
    "fe_outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", ForeignKey("fe_orders.id"), nullable=False),
    Column("number", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("parcelled_at", BigInteger),  # when it was settled to whom outside it goes
    UniqueConstraint("order_id", "cause", name="fe_outbox_cause"),
)
Index("fe_outbox_role", outbox.c.role, outbox.c.id)
Index(
    "fe_outbox_new",
    outbox.c.id,
    sqlite_where=outbox.c.parcelled_at.is_(None),
    postgresql_where=outbox.c.parcelled_at.is_(None),
)

# What is carried outside. A row belongs to whoever took it last, until `next_at`.
parcels: Final = Table(
    "fe_parcels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # what the outside knows it by
    Column("kind", Text, nullable=False),
    Column("order_id", ForeignKey("fe_orders.id"), nullable=False),
    Column("queue", Text, nullable=False),  # one after the other within the order
    Column("content", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("fence", Integer, nullable=False),  # how often it was taken
    Column("endpoint", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
)
_READY: Final = parcels.c.state == "ready"
_DEAD: Final = parcels.c.state == "dead"
Index("fe_parcels_due", parcels.c.next_at, parcels.c.id, sqlite_where=_READY, postgresql_where=_READY)
Index(
    "fe_parcels_queue",
    parcels.c.order_id,
    parcels.c.queue,
    parcels.c.id,
    sqlite_where=_READY,
    postgresql_where=_READY,
)
Index(
    "fe_parcels_lane",
    parcels.c.kind,
    parcels.c.endpoint,
    parcels.c.next_at,
    parcels.c.id,
    sqlite_where=_READY,
    postgresql_where=_READY,
)
Index("fe_parcels_dead", parcels.c.id, sqlite_where=_DEAD, postgresql_where=_DEAD)

# Endpoints that every courier leaves alone for a while, because they take nothing.
rests: Final = Table(
    "fe_rests",
    metadata,
    Column("endpoint", Text, primary_key=True),
    Column("until", BigInteger, nullable=False),
    Column("times", Integer, nullable=False),  # how often in a row
    Column("since", BigInteger, nullable=False),  # when it took nothing for the first time
)

# What orders have to tell each other. A row is deleted in the transaction in which the other order hears it.
signals: Final = Table(
    "fe_signals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", ForeignKey("fe_orders.id"), nullable=False),
    Column("to_id", BigInteger),  # nothing for an order that is still to be opened
    Column("cause", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("wake_at", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),  # how often in a row the other could not hear it
    Column("failure", Text),  # why not, the last time
    UniqueConstraint("order_id", "cause", name="fe_signals_cause"),
)
Index("fe_signals_wake", signals.c.wake_at, signals.c.id)
Index("fe_signals_to", signals.c.to_id, signals.c.id)

# When the calendar opens an order next: one row for each process of which it opens any.
schedules: Final = Table(
    "fe_schedules",
    metadata,
    Column("process", Text, primary_key=True),
    Column("next_at", BigInteger, nullable=False),  # as of when
    Column("wake_at", BigInteger, nullable=False),  # when somebody looks
    Column("failures", Integer, nullable=False),  # how often in a row it could not be opened
    Column("failure", Text),  # why not, the last time
)
Index("fe_schedules_wake", schedules.c.wake_at, schedules.c.process)

# What customers were handed. Of a token there is only the hash, so that whoever reads this can use none.
tokens: Final = Table(
    "fe_tokens",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("order_id", ForeignKey("fe_orders.id"), nullable=False),
    Column("need", Text, nullable=False),
    Column("asking", Text, nullable=False),  # of which visit, clock or hold
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Column("revoked_at", BigInteger),
)
Index("fe_tokens_order", tokens.c.order_id)

# Events from outside: those that are not to count twice, and those that wait for their order.
events: Final = Table(
    "fe_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("key", Text),  # hash of what makes it the same event when it comes again
    Column("found_by", Text, nullable=False),  # as in fe_matches
    Column("value", Text, nullable=False),
    Column("order_id", BigInteger),  # to which it came
    Column("data", Text),  # while it waits
    Column("why", Text),  # why it waits
    Column("received_at", BigInteger, nullable=False),
    Column("dropped", Text),  # by whom, when and why it was given up, as JSON
)
Index("fe_events_key", events.c.process, events.c.event, events.c.key, unique=True)
_WAITING: Final = events.c.why.is_not(None)
Index(
    "fe_events_waiting",
    events.c.process,
    events.c.found_by,
    events.c.value,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)

# By which values events find their order. Written only where a process has events.
matches: Final = Table(
    "fe_matches",
    metadata,
    Column("process", Text, nullable=False),
    Column("found_by", Text, nullable=False),  # the names of the fields
    Column("value", Text, nullable=False),  # hash of what stands in them
    Column("order_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("process", "found_by", "value", "order_id"),
)
Index("fe_matches_order", matches.c.order_id)

counters: Final = Table(
    "fe_counters",
    metadata,
    Column("process", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("value", BigInteger, nullable=False),
    PrimaryKeyConstraint("process", "period"),
)

# Who lets time pass. A row is written a few times a minute by each, never by a command.
heartbeats: Final = Table(
    "fe_heartbeats",
    metadata,
    Column("name", Text, primary_key=True),
    Column("seen_at", BigInteger, nullable=False),
    Column("lag", BigInteger, nullable=False),  # milliseconds that the longest overdue order had waited then
)

# The keys of persons of whom orders tell, each under the master key of the host. One row, `index`, holds the
# key of the blind values below.
subjects: Final = Table(
    "fe_subjects",
    metadata,
    Column("name", Text, primary_key=True),  # as their sealed values carry it
    Column("blind", Text),  # by what the person is known again; nothing once erased
    Column("wrapped", Text),  # the key; nothing once erased
    Column("erased_at", BigInteger),
)
Index("fe_subjects_blind", subjects.c.blind, unique=True)

# By which private values an order is found. There may be more than it still holds, never fewer.
traces: Final = Table(
    "fe_traces",
    metadata,
    Column("blind", Text, nullable=False),
    Column("order_id", BigInteger, nullable=False),
    Column("subject", Text, nullable=False),
    PrimaryKeyConstraint("blind", "order_id", "subject"),
)
Index("fe_traces_subject", traces.c.subject, traces.c.order_id)
Index("fe_traces_order", traces.c.order_id)
