"""When the calendar opens orders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0009"
down_revision = "0008"


def upgrade(op: Operations) -> None:
    """Add the table of schedules."""
    op.create_table(
        "fe_schedules",
        sa.Column("process", sa.Text(), primary_key=True),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("wake_at", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
    )
    op.create_index("fe_schedules_wake", "fe_schedules", ["wake_at", "process"])
