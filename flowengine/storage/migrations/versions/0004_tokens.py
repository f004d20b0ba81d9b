"""The links on which customers confirm."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade(op: Operations) -> None:
    """Add the table of tokens, of which only hashes are kept."""
    op.create_table(
        "fe_tokens",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("order_id", _ID, sa.ForeignKey("fe_orders.id"), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("asking", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("fe_tokens_order", "fe_tokens", ["order_id"])
