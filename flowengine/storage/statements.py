"""The statements of a command: declared on the tables, compiled once for each dialect, run on its cursor.

SQLAlchemy stays the source of the SQL and not its executor: executing costs more than the database does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from flowengine.runtime.rows import (
    DefinitionRow,
    HistoryRow,
    LinkRow,
    MessageRow,
    OrderRow,
    SignalRow,
    SubjectRow,
)
from flowengine.storage.event_statements import event_statements
from flowengine.storage.parcel_statements import parcel_statements
from flowengine.storage.schedule_statements import schedule_statements
from flowengine.storage.tables import (
    counters,
    definitions,
    heartbeats,
    history,
    orders,
    schedules,
    signals,
    subjects,
    tokens,
    traces,
    work,
)

ORDER: Final = OrderRow._fields
HISTORY: Final = HistoryRow._fields
DEFINITION: Final = DefinitionRow._fields
LINK: Final = LinkRow._fields
MESSAGE: Final = tuple(name for name in MessageRow._fields if name != "id")
SIGNAL: Final = tuple(name for name in SignalRow._fields if name != "id")
_KEPT: Final = {"id", "definition_id", "process", "number", "identity", "start_key", "created_at"}
CHANGED: Final = tuple(name for name in ORDER if name not in _KEPT)
"""What a command may change of an order."""


class Statement:
    """One statement as the driver wants it."""

    __slots__ = ("_fixed", "names", "text")

    def __init__(self, wanted: Any, dialect: Dialect) -> None:
        compiled = wanted.compile(dialect=dialect)
        self.text = str(compiled)
        self.names: Sequence[str] = compiled.positiontup
        """What belongs in the places of the driver, in their order."""
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def values(self, given: Mapping[str, Any]) -> Sequence[Any]:
        """The values in the order of the driver's places."""
        if self._fixed:
            given = {**self._fixed, **given}
        return [given[name] for name in self.names]


@dataclass(frozen=True, slots=True)
class Statements:
    """What a command reads, counts and puts aside; how it saves differs by database."""

    order: Statement
    order_locked: Statement
    claim: Statement
    opening: Statement
    receipt: Statement
    free_identity: Statement
    definition: Statement
    definition_by_hash: Statement
    add_definition: Statement
    newest: Statement
    versions: Statement
    deployed: Statement
    serial: Statement
    serial_back: Statement
    serial_away: Statement
    serial_put: Statement
    park: Statement
    beat: Statement
    beats_away: Statement
    subject: Statement
    subject_known_by: Statement
    add_subject: Statement
    change_subject: Statement
    add_trace: Statement
    traced_subjects: Statement
    traces_away: Statement
    traced_orders: Statement
    link: Statement
    add_link: Statement
    use_link: Statement
    revoke_link: Statement
    event: Statement
    event_seen: Statement
    add_event: Statement
    settle_event: Statement
    lock_match: Statement
    matching: Statement
    matched_events: Statement
    matches_away: Statement
    add_match: Statement
    take_parcels: Statement
    settle_parcel: Statement
    begin_rest: Statement
    end_rest: Statement
    end_rest_of: Statement
    drop_rests: Statement
    add_parcel: Statement
    answer_parcel: Statement
    waiting_parcel: Statement
    retry_parcel: Statement
    ask_quiet_again: Statement
    parcel_message: Statement
    claim_signal: Statement
    heard: Statement
    put_off: Statement
    schedule: Statement
    claim_schedule: Statement
    keep_schedule: Statement
    drop_schedule: Statement

    @classmethod
    def of(cls, dialect: Dialect) -> Statements:
        """The statements compiled for one dialect."""
        wanted = (
            _orders(dialect.name) | _definitions() | _counters(dialect.name) | _beats(dialect.name) | _links()
        )
        wanted |= (
            _subjects(dialect.name)
            | event_statements(dialect.name)
            | parcel_statements(dialect.name)
            | _signals()
        )
        wanted |= schedule_statements(dialect.name)
        return cls(**{name: Statement(each, dialect) for name, each in wanted.items()})


def _orders(dialect: str) -> dict[str, Any]:
    columns = [orders.c[name] for name in ORDER]
    done = select(history.c.seq).where(history.c.order_id == _this, history.c.command_key == bindparam("key"))
    one = select(*columns, done.scalar_subquery(), present(dialect)).where(orders.c.id == _this)
    before = orders.alias()
    revision = select(before.c.revision).where(before.c.id == _this).scalar_subquery()
    due = select(*columns).where(orders.c.wake_at <= bindparam("now")).order_by(orders.c.wake_at, orders.c.id)
    same = select(orders.c.id).where(orders.c.process == bindparam("process"))
    by_key = same.where(orders.c.start_key == _given("key"))
    by_identity = same.where(orders.c.identity == _given("identity"))
    row = select(*(history.c[name] for name in HISTORY))
    return {
        "order": one.add_columns(orders.c.revision),
        # Whoever waits for the lock of a row gets the row as it is then, beside a history as it was before.
        "order_locked": one.add_columns(
            orders.c.revision if dialect == "sqlite" else revision
        ).with_for_update(of=orders),
        "claim": due.limit(bindparam("limit")).with_for_update(skip_locked=True),
        "opening": select(
            _next_id(dialect), by_key.scalar_subquery(), by_identity.scalar_subquery(), present(dialect)
        ),
        "receipt": row.where(history.c.order_id == _this, history.c.seq == bindparam("seq")),
        "free_identity": orders.update().where(orders.c.id == _this).values(identity=sa.null()),
        "park": orders.update()
        .where(orders.c.id == _this)
        .values({name: bindparam(name) for name in ("failures", "failure", "wake_at")}),
    }


def _definitions() -> dict[str, Any]:
    row = select(*(definitions.c[name] for name in DEFINITION))
    newest = select(definitions.c.id).where(definitions.c.process == bindparam("process"))
    given: dict[str, Any] = {name: bindparam(name) for name in DEFINITION if name != "id"}
    return {
        "definition": row.where(definitions.c.id == _this),
        "definition_by_hash": row.where(definitions.c.hash == bindparam("hash")),
        "add_definition": definitions.insert().values(given).returning(definitions.c.id),
        "newest": newest.order_by(definitions.c.id.desc()).limit(1),
        "versions": newest.order_by(definitions.c.id.desc()),
        "deployed": select(definitions.c.process, definitions.c.version).order_by(definitions.c.id),
    }


def _counters(dialect: str) -> dict[str, Any]:
    here = (counters.c.process == bindparam("of"), counters.c.period == bindparam("span"))
    first = {"process": bindparam("of"), "period": bindparam("span"), "value": 1}
    taken = _insert(dialect, counters)
    last = counters.c.value == bindparam("given")
    return {
        "serial": taken.values(first)
        .on_conflict_do_update(
            index_elements=[counters.c.process, counters.c.period], set_={"value": counters.c.value + 1}
        )
        .returning(counters.c.value),
        "serial_back": counters.update().where(*here, last).values(value=counters.c.value - 1),
        "serial_put": counters.update().where(*here, last).values(value=bindparam("put")),
        "serial_away": counters.delete().where(*here, last),
    }


def _beats(dialect: str) -> dict[str, Any]:
    seen_at = heartbeats.c.seen_at
    mine = _insert(dialect, heartbeats).values({each.name: bindparam(each.name) for each in heartbeats.c})
    news = {name: mine.excluded[name] for name in ("seen_at", "lag")}
    return {
        "beat": mine.on_conflict_do_update(index_elements=[heartbeats.c.name], set_=news),
        "beats_away": heartbeats.delete().where(
            sa.or_(seen_at < bindparam("first"), seen_at > bindparam("last"))
        ),
    }


def _subjects(dialect: str) -> dict[str, Any]:
    """Those who look for a person hold on to the row: its key is not erased before they have used it."""
    row = select(*(subjects.c[name] for name in SubjectRow._fields))
    given: dict[str, Any] = {each.name: bindparam(each.name) for each in subjects.c}
    person = _insert(dialect, subjects).values(given).on_conflict_do_nothing()
    news: dict[str, Any] = {name: bindparam(name) for name in SubjectRow._fields if name != "name"}
    trace = _insert(dialect, traces).values({each.name: bindparam(each.name) for each in traces.c})
    return {
        "subject": row.where(subjects.c.name == bindparam("named")).with_for_update(read=True),
        "subject_known_by": row.where(subjects.c.blind == bindparam("known_by")).with_for_update(read=True),
        "add_subject": person,
        "change_subject": subjects.update().where(subjects.c.name == bindparam("named")).values(news),
        "add_trace": trace.on_conflict_do_nothing(),
        "traced_orders": select(traces.c.order_id)
        .distinct()
        .where(traces.c.subject == bindparam("of"))
        .order_by(traces.c.order_id),
        "traced_subjects": select(traces.c.subject)
        .distinct()
        .where(traces.c.order_id == bindparam("of"))
        .order_by(traces.c.subject),
        "traces_away": traces.delete().where(traces.c.subject == bindparam("of")),
    }


def next_signals(*columns: Any) -> Any:
    """Signals that may be heard: of those to one order the first, so that they are heard in their order."""
    before = signals.alias()
    earlier = select(before.c.id).where(before.c.to_id == signals.c.to_id, before.c.id < signals.c.id)
    return select(*columns).where(~earlier.exists())


def _signals() -> dict[str, Any]:
    due = next_signals(*(signals.c[name] for name in SignalRow._fields))
    due = due.where(signals.c.wake_at <= bindparam("now")).order_by(signals.c.wake_at, signals.c.id)
    mine = signals.c.id == _this
    return {
        "claim_signal": due.limit(1).with_for_update(of=signals, skip_locked=True),
        "heard": signals.delete().where(mine),
        "put_off": signals.update()
        .where(mine)
        .values({name: bindparam(name) for name in ("failures", "failure", "wake_at")}),
    }


def put_work(insert: Any) -> Any:
    """Rows of work, also where the order stood elsewhere in the queue before."""
    news = {name: insert.excluded[name] for name in ("priority", "due_at")}
    return insert.on_conflict_do_update(index_elements=[work.c.order_id, work.c.role], set_=news)


def _links() -> dict[str, Any]:
    good = sa.and_(
        tokens.c.hash == bindparam("hash"), tokens.c.used_at.is_(None), tokens.c.revoked_at.is_(None)
    )
    moment = bindparam("moment", type_=sa.BigInteger)
    given: dict[str, Any] = {name: bindparam(name) for name in LINK}
    return {
        "link": select(*(tokens.c[name] for name in LINK)).where(tokens.c.hash == bindparam("hash")),
        "add_link": tokens.insert().values(given),
        "use_link": tokens.update().where(good).values(used_at=moment),
        "revoke_link": tokens.update().where(good).values(revoked_at=moment),
    }


def _insert(dialect: str, table: sa.Table) -> Any:
    """An insert that may say what happens to a row that is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


_this: Final = bindparam("this", type_=sa.BigInteger)


def _given(name: str) -> sa.ScalarSelect[Any]:
    """A text that may be missing. Where PostgreSQL sees that it is, it finds a plan so cheap that it makes a
    new one each time.
    """
    return select(bindparam(name, type_=sa.Text)).scalar_subquery()


def present(dialect: str) -> sa.ColumnElement[Any]:
    """The database's own time in milliseconds UTC; SQLite lives in our process and has none of its own.

    Not `now()`, which on PostgreSQL is the instant at which the host's transaction began.
    """
    if dialect == "sqlite":
        return sa.null()
    milliseconds = sa.extract("epoch", func.clock_timestamp()) * sa.literal_column("1000")
    return sa.cast(func.floor(milliseconds), sa.BigInteger)


@cache
def look(dialect: str) -> sa.Select[Any]:
    """The present time and what comes next; kept, as it takes longer to write down than to answer."""
    first = select(orders.c.wake_at).where(orders.c.wake_at.is_not(None))
    return select(
        present(dialect),
        first.order_by(orders.c.wake_at).limit(1).scalar_subquery(),
        next_signals(func.min(signals.c.wake_at)).scalar_subquery(),
        select(func.min(schedules.c.wake_at)).scalar_subquery(),
    )


def _next_id(dialect: str) -> sa.ScalarSelect[Any]:
    """The id of the next order. SQLite gives it under the write lock, so nobody else can take it."""
    if dialect == "sqlite":
        return select(func.coalesce(func.max(orders.c.id), 0) + 1).scalar_subquery()
    return select(func.nextval(func.pg_get_serial_sequence("fe_orders", "id"))).scalar_subquery()
