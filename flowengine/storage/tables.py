"""The tables. Instants are BIGINT milliseconds UTC; JSON is TEXT of our own, because its bytes are hashed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

SCHEMA_VERSION: Final = 1

metadata: Final = MetaData()

# SQLite gives only INTEGER primary keys a serial of their own.
Id = BigInteger().with_variant(Integer, "sqlite")

meta: Final = Table(
    "fe_meta",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

definitions: Final = Table(
    "fe_definitions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("process", String(200), nullable=False),
    Column("version", String(200), nullable=False),
    Column("file", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("deployed_at", BigInteger, nullable=False),
    Column("seal", String(64), nullable=False),  # hash over the columns above
)

orders: Final = Table(
    "fe_orders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("definition_id", ForeignKey("fe_definitions.id"), nullable=False),
    Column("process", String(200), nullable=False),
    Column("number", String(200), nullable=False),
    Column("identity", Text),  # the values of `unique`, as JSON
    Column("start_key", String(255)),  # the idempotency key of the command that opened it
    Column("revision", Integer, nullable=False),
    Column("head", String(64), nullable=False),  # hash of the newest history row
    Column("status", String(10), nullable=False),
    Column("stage", String(200), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    Column("due_at", BigInteger),
    Column("late", Boolean, nullable=False),
    Column("wake_at", BigInteger),  # the earliest instant at which something happens by itself
    Column("failures", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("state", Text, nullable=False),
    UniqueConstraint("process", "number", name="fe_orders_number"),
)
Index("fe_orders_identity", orders.c.process, orders.c.identity, unique=True)
Index("fe_orders_start_key", orders.c.process, orders.c.start_key, unique=True)
Index(
    "fe_orders_wake",
    orders.c.wake_at,
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

history: Final = Table(
    "fe_history",
    metadata,
    Column("order_id", BigInteger, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("command_key", String(255)),
    Column("digest", String(64), nullable=False),
    Column("record", Text, nullable=False),
    Column("hash", String(64), nullable=False),
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

work: Final = Table(
    "fe_work",
    metadata,
    Column("order_id", ForeignKey("fe_orders.id"), nullable=False),
    Column("number", String(200), nullable=False),
    Column("process", String(200), nullable=False),
    Column("stage", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("role", String(200), nullable=False),
    Column("due_at", BigInteger),
    PrimaryKeyConstraint("order_id", "key", "role"),
)
Index("fe_work_role", work.c.role, work.c.order_id)

outbox: Final = Table(
    "fe_outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", ForeignKey("fe_orders.id"), nullable=False),
    Column("number", String(200), nullable=False),
    Column("role", String(200), nullable=False),
    Column("cause", String(600), nullable=False),
    Column("about", String(400), nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("order_id", "cause", name="fe_outbox_cause"),
)
Index("fe_outbox_role", outbox.c.role, outbox.c.id)

counters: Final = Table(
    "fe_counters",
    metadata,
    Column("process", String(200), nullable=False),
    Column("period", String(40), nullable=False),
    Column("value", BigInteger, nullable=False),
    PrimaryKeyConstraint("process", "period"),
)

# History is append-only. Whoever edits it must first remove these, and then the chain still tells.
# The third is for INSERT OR REPLACE, which removes rows without asking a trigger for DELETE.
_REFUSALS: Final = {
    "no_update": "BEFORE UPDATE ON fe_history",
    "no_delete": "BEFORE DELETE ON fe_history",
    "no_replace": "BEFORE INSERT ON fe_history WHEN EXISTS (SELECT 1 FROM fe_history "
    "WHERE order_id = NEW.order_id AND (seq = NEW.seq OR command_key = NEW.command_key))",
}
TRIGGERS: Final = frozenset(f"fe_history_{name}" for name in _REFUSALS)
for _name, _when in _REFUSALS.items():
    _trigger = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER fe_history_{_name} {_when} BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    )
    event.listen(history, "after_create", _trigger.execute_if(dialect="sqlite"))
