"""Events from outside, and by which values they find their order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0007"
down_revision = "0006"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade(op: Operations) -> None:
    """Add the tables of events and of matches."""
    op.create_table(
        "fe_events",
        sa.Column("id", _ID, nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("dropped", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("fe_events_key", "fe_events", ["process", "event", "key"], unique=True)
    waiting = sa.text("why IS NOT NULL")
    op.create_index(
        "fe_events_waiting",
        "fe_events",
        ["process", "found_by", "value"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "fe_matches",
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("process", "found_by", "value", "order_id"),
    )
    op.create_index("fe_matches_order", "fe_matches", ["order_id"])
