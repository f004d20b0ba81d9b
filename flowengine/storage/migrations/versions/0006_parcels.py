"""What is carried outside. What was told before stays in the inbox: nobody gets the news of last year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0006"
down_revision = "0005"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade(op: Operations) -> None:
    """Add the table of parcels, and to messages when they were made into some."""
    op.add_column("fe_outbox", sa.Column("parcelled_at", sa.BigInteger()))
    op.execute(sa.text("UPDATE fe_outbox SET parcelled_at = at"))
    unparcelled = sa.text("parcelled_at IS NULL")
    op.create_index(
        "fe_outbox_new", "fe_outbox", ["id"], sqlite_where=unparcelled, postgresql_where=unparcelled
    )
    op.create_table(
        "fe_parcels",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("order_id", _ID, sa.ForeignKey("fe_orders.id"), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    ready, dead = sa.text("state = 'ready'"), sa.text("state = 'dead'")
    for name, columns, where in (
        ("fe_parcels_due", ["next_at", "id"], ready),
        ("fe_parcels_queue", ["order_id", "queue", "id"], ready),
        ("fe_parcels_dead", ["id"], dead),
    ):
        op.create_index(name, "fe_parcels", columns, sqlite_where=where, postgresql_where=where)
