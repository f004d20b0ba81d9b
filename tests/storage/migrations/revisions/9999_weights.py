"""A revision for tests alone: a column filled from data, an index, a table, a table written anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from tests.storage.migrations.shop import NEXT, NOW

revision = NEXT
down_revision = NOW


def upgrade(op: Operations) -> None:
    op.add_column("fe_orders", sa.Column("weight", sa.Integer(), nullable=False, server_default="0"))
    op.get_bind().execute(sa.text("UPDATE fe_orders SET weight = 5 WHERE stage = 'receive'"))
    op.create_index("fe_orders_weight", "fe_orders", ["weight", "id"])
    op.create_table(
        "fe_tags",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", "tag"),
    )
    op.get_bind().execute(sa.text("INSERT INTO fe_tags SELECT number, stage FROM fe_orders"))
    with op.batch_alter_table("fe_outbox") as outbox:  # SQLite writes it anew
        outbox.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        outbox.alter_column("about", nullable=True)
