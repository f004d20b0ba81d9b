"""The keys of persons of whom orders tell, and by what their orders are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0005"
down_revision = "0004"


def upgrade(op: Operations) -> None:
    """Add the tables of persons and of traces."""
    op.create_table(
        "fe_subjects",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("blind", sa.Text(), nullable=True),
        sa.Column("wrapped", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("fe_subjects_blind", "fe_subjects", ["blind"], unique=True)
    op.create_table(
        "fe_traces",
        sa.Column("blind", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("blind", "order_id", "subject"),
    )
    op.create_index("fe_traces_subject", "fe_traces", ["subject", "order_id"])
    op.create_index("fe_traces_order", "fe_traces", ["order_id"])
