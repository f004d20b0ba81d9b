"""What orders have to tell each other."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0008"
down_revision = "0007"

_ID: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade(op: Operations) -> None:
    """Add the table of signals."""
    op.create_table(
        "fe_signals",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("order_id", _ID, sa.ForeignKey("fe_orders.id"), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("wake_at", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.UniqueConstraint("order_id", "cause", name="fe_signals_cause"),
    )
    op.create_index("fe_signals_wake", "fe_signals", ["wake_at", "id"])
    op.create_index("fe_signals_to", "fe_signals", ["to_id", "id"])
