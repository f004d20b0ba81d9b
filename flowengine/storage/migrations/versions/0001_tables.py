"""The first tables, and what makes history append-only."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0001"
down_revision = None

_ID: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_REFUSE: Final = "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
_KNOWN: Final = (
    "SELECT 1 FROM fe_history "
    "WHERE order_id = NEW.order_id AND (seq = NEW.seq OR command_key = NEW.command_key)"
)
_SQLITE_GUARDS: Final = (
    f"CREATE TRIGGER fe_history_no_update BEFORE UPDATE ON fe_history {_REFUSE}",
    f"CREATE TRIGGER fe_history_no_delete BEFORE DELETE ON fe_history {_REFUSE}",
    f"CREATE TRIGGER fe_history_no_replace BEFORE INSERT ON fe_history WHEN EXISTS ({_KNOWN}) {_REFUSE}",
)
_POSTGRES_GUARDS: Final = (
    """CREATE OR REPLACE FUNCTION fe_history_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
    """CREATE TRIGGER fe_history_no_update BEFORE UPDATE OR DELETE ON fe_history
FOR EACH ROW EXECUTE FUNCTION fe_history_refuse()""",
    """CREATE TRIGGER fe_history_no_truncate BEFORE TRUNCATE ON fe_history
FOR EACH STATEMENT EXECUTE FUNCTION fe_history_refuse()""",
)


def upgrade(op: Operations) -> None:
    """Make everything."""
    op.create_table(
        "fe_meta",
        _text("key"),
        _text("value"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "fe_counters",
        _text("process"),
        _text("period"),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("process", "period"),
    )
    _make_definitions(op)
    _make_orders(op)
    _make_history(op)
    _make_work(op)
    _make_outbox(op)
    on_sqlite = op.get_context().dialect.name == "sqlite"
    for guard in _SQLITE_GUARDS if on_sqlite else _POSTGRES_GUARDS:
        op.get_bind().exec_driver_sql(guard)


def _make_definitions(op: Operations) -> None:
    op.create_table(
        "fe_definitions",
        sa.Column("id", _ID, nullable=False),
        _text("hash"),
        _text("process"),
        _text("version"),
        _text("file"),
        _text("text"),
        sa.Column("deployed_at", sa.BigInteger(), nullable=False),
        _text("seal"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index("fe_definitions_process", "fe_definitions", ["process", "id"])


def _make_orders(op: Operations) -> None:
    op.create_table(
        "fe_orders",
        sa.Column("id", _ID, nullable=False),
        sa.Column("definition_id", _ID, nullable=False),
        _text("process"),
        _text("number"),
        sa.Column("identity", sa.Text()),
        sa.Column("start_key", sa.Text()),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        _text("head"),
        _text("status"),
        _text("stage"),
        _text("owner"),
        _text("waits_for"),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("wake_at", sa.BigInteger()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        _text("state"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["definition_id"], ["fe_definitions.id"]),
        sa.UniqueConstraint("process", "number", name="fe_orders_number"),
    )
    op.create_index("fe_orders_identity", "fe_orders", ["process", "identity"], unique=True)
    op.create_index("fe_orders_start_key", "fe_orders", ["process", "start_key"], unique=True)
    op.create_index("fe_orders_wake", "fe_orders", ["wake_at", "id"], **_where("wake_at IS NOT NULL"))
    op.create_index("fe_orders_stage", "fe_orders", ["process", "status", "stage", "id"])
    op.create_index("fe_orders_due", "fe_orders", ["due_at", "id"], **_where("status = 'open'"))
    op.create_index("fe_orders_parked", "fe_orders", ["id"], **_where("failures > 0"))


def _make_history(op: Operations) -> None:
    op.create_table(
        "fe_history",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _text("actor"),
        sa.Column("command_key", sa.Text()),
        _text("digest"),
        _text("record"),
        _text("hash"),
        sa.PrimaryKeyConstraint("order_id", "seq"),
    )
    only_with_a_key = _where("command_key IS NOT NULL")
    op.create_index(
        "fe_history_key", "fe_history", ["order_id", "command_key"], unique=True, **only_with_a_key
    )


def _make_work(op: Operations) -> None:
    op.create_table(
        "fe_work",
        sa.Column("order_id", _ID, nullable=False),
        _text("role"),
        sa.PrimaryKeyConstraint("order_id", "role"),
        sa.ForeignKeyConstraint(["order_id"], ["fe_orders.id"]),
    )
    op.create_index("fe_work_role", "fe_work", ["role", "order_id"])


def _make_outbox(op: Operations) -> None:
    op.create_table(
        "fe_outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("order_id", _ID, nullable=False),
        _text("number"),
        _text("role"),
        _text("cause"),
        _text("about"),
        _text("payload"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["order_id"], ["fe_orders.id"]),
        sa.UniqueConstraint("order_id", "cause", name="fe_outbox_cause"),
    )
    op.create_index("fe_outbox_role", "fe_outbox", ["role", "id"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
