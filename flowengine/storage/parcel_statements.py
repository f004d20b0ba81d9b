"""The statements of the courier: taking parcels, keeping what became of them, making new ones."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, select

from flowengine.delivery.parcel import ParcelRow
from flowengine.storage.tables import outbox, parcels

PARCEL: Final = ParcelRow._fields
NEW: Final = tuple(name for name in PARCEL if name != "id")
# Not as parameters: the indexes hold only these.
_READY: sa.ColumnElement[str] = sa.literal_column("'ready'")
_DEAD: sa.ColumnElement[str] = sa.literal_column("'dead'")
_SETTLED: Final = ("content", "state", "attempts", "next_at", "endpoint", "error", "done_at")


def parcel_statements() -> dict[str, Any]:
    """By the names that `Statements` has for them."""
    given: dict[str, Any] = {name: bindparam(name, type_=parcels.c[name].type) for name in NEW}
    fate: dict[str, Any] = {name: bindparam(name, type_=parcels.c[name].type) for name in _SETTLED}
    mine = (parcels.c.id == bindparam("this"), parcels.c.fence == bindparam("was"), parcels.c.state == _READY)
    moment = bindparam("moment", type_=sa.BigInteger)
    dead = (parcels.c.key == bindparam("named"), parcels.c.state == _DEAD)
    anew: dict[str, Any] = {
        "state": _READY, "attempts": 0, "next_at": moment, "done_at": sa.null(), "fence": parcels.c.fence + 1,
    }  # fmt: skip
    told: dict[str, Any] = {
        "state": fate["state"], "error": fate["error"], "next_at": moment, "done_at": moment,
        "fence": parcels.c.fence + 1,
    }  # fmt: skip
    is_new = (outbox.c.id == bindparam("this"), outbox.c.parcelled_at.is_(None))
    return {
        "take_parcels": _taking(),
        "settle_parcel": parcels.update().where(*mine).values(fate),
        "add_parcel": parcels.insert().values(given),
        "answer_parcel": parcels.update().where(*_asked()).values(told),
        "waiting_parcel": _waiting(),
        "retry_parcel": parcels.update().where(*dead).values(anew),
        "parcel_message": outbox.update().where(*is_new).values(parcelled_at=moment),
    }


def _asked() -> tuple[sa.ColumnElement[bool], ...]:
    """The parcel of one call of an order, whoever has it in hand, unless it is answered."""
    return (
        parcels.c.order_id == bindparam("of"),
        parcels.c.kind == "call",
        parcels.c.content == bindparam("asked"),
        parcels.c.state != "sent",
    )


def _waiting() -> Any:
    """The last parcel of a queue, over all orders, that waits for a certain instant and was not taken yet."""
    where = (
        parcels.c.state == _READY,
        parcels.c.next_at == bindparam("at", type_=sa.BigInteger),
        parcels.c.queue == bindparam("of"),
        parcels.c.attempts == 0,
    )
    wanted = select(*(parcels.c[name] for name in PARCEL)).where(*where)
    return wanted.order_by(parcels.c.id.desc()).limit(1).with_for_update()


def is_behind() -> sa.ColumnElement[bool]:
    """Whether a parcel waits for an earlier one of its queue."""
    return sa.and_(parcels.c.state == _READY, _preceded())


def _preceded() -> sa.ColumnElement[bool]:
    earlier = parcels.alias("earlier")
    return sa.exists().where(
        earlier.c.order_id == parcels.c.order_id,
        earlier.c.queue == parcels.c.queue,
        earlier.c.state == _READY,
        earlier.c.id < parcels.c.id,
    )


def _taking() -> Any:
    """Of each queue only the first that is not done, so that nothing overtakes. The time until which it is
    somebody's own is the time at which others may take it.
    """
    due = (
        parcels.c.state == _READY,
        parcels.c.next_at <= bindparam("now", type_=sa.BigInteger),
        parcels.c.kind == bindparam("kind"),
    )
    theirs = select(parcels.c.id).where(*due, ~_preceded()).order_by(parcels.c.next_at, parcels.c.id)
    taken = theirs.limit(bindparam("limit")).with_for_update(skip_locked=True, of=parcels).cte("taken")
    mark: dict[str, Any] = {
        "fence": parcels.c.fence + 1,
        "attempts": parcels.c.attempts + 1,
        "next_at": bindparam("until", type_=sa.BigInteger),
    }
    update = parcels.update().where(parcels.c.id.in_(select(taken.c.id))).values(mark)
    return update.returning(*(parcels.c[name] for name in PARCEL))
