"""The statements of events from outside: those that came, those that wait, and how orders are found."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from flowengine.runtime.rows import EventRow
from flowengine.storage.tables import events, matches, orders

EVENT: Final = EventRow._fields
_SETTLED: Final = ("found_by", "value", "order_id", "data", "why", "dropped")
_this: Final = bindparam("this", type_=sa.BigInteger)
_BUCKET: Final = func.hashtext(bindparam("holding")).op("&")(sa.literal_column("1023"))
"""Not a lock for each value: a server holds but some thousands, and one transaction may open more orders."""


def event_statements(dialect: str) -> dict[str, Any]:
    """Events as they come in and wait, and by which values they find their order."""
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    row = select(*(events.c[name] for name in EVENT))
    of = (events.c.process == bindparam("of"), events.c.event == bindparam("called"))
    given: dict[str, Any] = {name: bindparam(name) for name in EVENT if name != "id"}
    settled: dict[str, Any] = {name: bindparam(name) for name in _SETTLED}
    same = (
        matches.c.process == bindparam("of"),
        matches.c.found_by == bindparam("fields"),
        matches.c.value == bindparam("holding"),
    )
    found = sa.exists().where(
        matches.c.process == events.c.process,
        matches.c.found_by == events.c.found_by,
        matches.c.value == events.c.value,
    )
    match: dict[str, Any] = {each.name: bindparam(each.name) for each in matches.c}
    return {
        "event": row.where(events.c.id == _this).with_for_update(),
        "event_seen": row.where(*of, events.c.key == bindparam("same")),
        "add_event": insert(events).values(given).on_conflict_do_nothing(),
        "settle_event": events.update().where(events.c.id == _this).values(settled),
        "lock_match": select(func.pg_advisory_xact_lock(func.hashtext(bindparam("of")), _BUCKET)),
        "matching": select(matches.c.order_id, orders.c.status, orders.c.definition_id)
        .join(orders, orders.c.id == matches.c.order_id)
        .where(*same)
        .order_by((orders.c.status == "open").desc(), matches.c.order_id.desc())
        .limit(bindparam("limit")),
        "matched_events": select(events.c.id)
        .where(events.c.why == "unmatched", events.c.process == bindparam("of"), found)
        .where(events.c.id > bindparam("after"))
        .order_by(events.c.id)
        .limit(bindparam("limit")),
        "matches_away": matches.delete().where(matches.c.order_id == _this),
        "add_match": matches.insert().values(match),
    }
