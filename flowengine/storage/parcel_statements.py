"""The statements of the courier: taking parcels, keeping what became of them, making new ones."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from flowengine.delivery.lane import Rest
from flowengine.delivery.parcel import ParcelRow
from flowengine.storage.tables import outbox, parcels, rests

PARCEL: Final = ParcelRow._fields
NEW: Final = tuple(name for name in PARCEL if name != "id")
# Not as parameters: the indexes hold only these.
_READY: sa.ColumnElement[str] = sa.literal_column("'ready'")
_DEAD: sa.ColumnElement[str] = sa.literal_column("'dead'")
_SETTLED: Final = ("content", "state", "attempts", "next_at", "endpoint", "error", "done_at")


def parcel_statements(dialect: str) -> dict[str, Any]:
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
    beyond = parcels.c.next_at > bindparam("beyond", type_=sa.BigInteger)
    held = (parcels.c.state == _READY, parcels.c.error == "quiet", beyond)
    is_new = (outbox.c.id == bindparam("this"), outbox.c.parcelled_at.is_(None))
    return {
        "take_parcels": _taking(),
        "settle_parcel": parcels.update().where(*mine).values(fate),
        "add_parcel": parcels.insert().values(given),
        "answer_parcel": parcels.update().where(*_asked()).values(told),
        "waiting_parcel": _waiting(),
        "retry_parcel": parcels.update().where(*dead).values(anew),
        "ask_quiet_again": parcels.update().where(*held).values(next_at=moment),
        **_resting(dialect),
        "parcel_message": outbox.update().where(*is_new).values(parcelled_at=moment),
    }


def _resting(dialect: str) -> dict[str, Any]:
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    kept = insert(rests).values({name: bindparam(name) for name in Rest._fields})
    news = {name: kept.excluded[name] for name in Rest._fields if name != "endpoint"}
    of_parcel = select(parcels.c.endpoint).where(parcels.c.key == bindparam("named"))
    return {
        "begin_rest": kept.on_conflict_do_update(index_elements=[rests.c.endpoint], set_=news),
        "end_rest": rests.delete().where(rests.c.endpoint == bindparam("of")),
        "end_rest_of": rests.delete().where(rests.c.endpoint == of_parcel.scalar_subquery()),
        "drop_rests": rests.delete().where(rests.c.until < bindparam("over", type_=sa.BigInteger)),
    }


def lanes_of(kind: str) -> Any:
    """The endpoints for which parcels of a kind wait: when the first of each is due, and its rest. Each costs
    a look into the index, however many wait for it.
    """
    first, waiting = sa.func.min(parcels.c.endpoint), (parcels.c.state == _READY, parcels.c.kind == kind)
    lane = select(first.label("endpoint")).where(*waiting).cte("lane", recursive=True)
    after = select(first).where(*waiting, parcels.c.endpoint > lane.c.endpoint).scalar_subquery()
    lane = lane.union_all(select(after).where(lane.c.endpoint.is_not(None)))
    due = select(sa.func.min(parcels.c.next_at)).where(*waiting, parcels.c.endpoint == lane.c.endpoint)
    wanted = select(lane.c.endpoint, due.scalar_subquery(), rests.c.until, rests.c.times, rests.c.since)
    wanted = wanted.join_from(lane, rests, rests.c.endpoint == lane.c.endpoint, isouter=True)
    return wanted.where(lane.c.endpoint.is_not(None))


def is_resting(now: int | None = None) -> sa.ColumnElement[bool]:
    """Whether the endpoint of a parcel is left alone, at an instant or at all."""
    resting = sa.exists().where(rests.c.endpoint == parcels.c.endpoint)
    return resting if now is None else resting.where(rests.c.until > now)


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
    """For an endpoint, of each queue only the first that is not done, so that nothing overtakes. The time
    until which it is somebody's own is the time at which others may take it.
    """
    due = (
        parcels.c.state == _READY,
        parcels.c.next_at <= bindparam("now", type_=sa.BigInteger),
        parcels.c.kind == bindparam("kind"),
        parcels.c.endpoint == bindparam("endpoint"),
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
