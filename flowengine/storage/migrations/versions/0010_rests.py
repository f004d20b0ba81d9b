"""Endpoints that are left alone, and the parcels that wait for each endpoint."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0010"
down_revision = "0009"


def upgrade(op: Operations) -> None:
    """Add the table of rests, and the index by which parcels are taken for one endpoint after the other."""
    op.create_table(
        "fe_rests",
        sa.Column("endpoint", sa.Text(), primary_key=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )
    ready = sa.text("state = 'ready'")
    columns = ["kind", "endpoint", "next_at", "id"]
    op.create_index("fe_parcels_lane", "fe_parcels", columns, sqlite_where=ready, postgresql_where=ready)
