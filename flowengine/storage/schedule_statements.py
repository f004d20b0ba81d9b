"""The statements by which the calendar opens orders: what is due next, and when it is due again."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from flowengine.runtime.rows import ScheduleRow
from flowengine.storage.tables import schedules

SCHEDULE: Final = ScheduleRow._fields


def schedule_statements(dialect: str) -> dict[str, Any]:
    """When the calendar opens an order of each process."""
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    row = select(*(schedules.c[name] for name in SCHEDULE))
    one = schedules.c.process == bindparam("of")
    due = row.where(schedules.c.wake_at <= bindparam("now"))
    kept = insert(schedules).values({name: bindparam(name) for name in SCHEDULE})
    news = {name: kept.excluded[name] for name in SCHEDULE if name != "process"}
    return {
        "schedule": row.where(one),
        "claim_schedule": due.order_by(schedules.c.wake_at, schedules.c.process)
        .limit(1)
        .with_for_update(skip_locked=True),
        "keep_schedule": kept.on_conflict_do_update(index_elements=[schedules.c.process], set_=news),
        "drop_schedule": schedules.delete().where(one),
    }
