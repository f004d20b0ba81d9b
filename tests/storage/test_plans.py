"""Every question that is asked often finds its rows by an index, however many orders have come and gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, Final

import pytest
from sqlalchemy import event

from flowengine import Engine, connect
from flowengine.runtime.rows import OrderFilter
from flowengine.storage.reader import SqlReader
from flowengine.storage.store import SqlStore
from flowengine.storage.tables import history, orders, outbox, work
from flowengine.storage.writer import SqlWriter
from tests.postgres import server
from tests.runtime.shop import SHOP

ORDERS: Final = 20_000

# One order in ten is open and waits for the desk, one in a hundred for the maker; the rest ended long ago.
_COLUMNS: Final = {
    "id": "n",
    "definition_id": "1",
    "process": "'shop'",
    "number": "'N' || n",
    "identity": "'i' || n",
    "start_key": "'k' || n",
    "revision": "1",
    "head": "'x'",
    "status": "CASE WHEN n % 10 = 0 THEN 'open' ELSE 'closed' END",
    "stage": "CASE WHEN n % 100 = 0 THEN 'make' WHEN n % 10 = 0 THEN 'take' ELSE 'closed' END",
    "owner": "'desk'",
    "waits_for": "''",
    "entered_at": "n",
    "due_at": "n",
    "late": "false",
    "wake_at": "CASE WHEN n % 10 = 0 THEN n END",
    "failures": "CASE WHEN n % 5000 = 0 THEN 1 ELSE 0 END",
    "created_at": "n",
    "state": "'a state of some four hundred characters, as it is for most orders'",
}
_FILLED: Final = (
    f"INSERT INTO fe_orders ({', '.join(_COLUMNS)}) SELECT {', '.join(_COLUMNS.values())} FROM numbers",
    """INSERT INTO fe_work (order_id, role) SELECT id, CASE WHEN stage = 'make' THEN 'maker' ELSE 'desk' END
        FROM fe_orders WHERE status = 'open'""",
    "INSERT INTO fe_history SELECT id, 1, 1, 'a', 'key', 'd', '{}', 'h' FROM fe_orders",
    """INSERT INTO fe_outbox (order_id, number, role, cause, about, payload, at)
        SELECT id, number, CASE WHEN id % 50 = 0 THEN 'maker' ELSE 'desk' END, 'c', 'late', '{}', 1
        FROM fe_orders""",
    """INSERT INTO fe_definitions (hash, process, version, file, text, deployed_at, seal)
        SELECT 'h' || n, 'p' || (n % 100), 'v' || n, 'f', 't', 1, 's' FROM numbers WHERE n <= 3000""",
)
_NUMBERS: Final = {
    "sqlite": f"""CREATE TEMP TABLE numbers AS WITH RECURSIVE g(n) AS
        (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {ORDERS}) SELECT n FROM g""",
    "postgresql": f"CREATE TEMP TABLE numbers AS SELECT n FROM generate_series(1, {ORDERS}) AS n",
}
_COUNTED: Final = {"sqlite": "ANALYZE", "postgresql": "VACUUM ANALYZE"}


@pytest.fixture(scope="module", params=["sqlite", "sqlite, never analyzed", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with many orders, made by the database itself."""
    if request.param != "postgres":
        with connect(tmp_path_factory.mktemp("plans") / "orders.db") as engine:
            yield filled(engine, count=request.param == "sqlite")
        return
    with server().new_database() as url, connect(url) as engine:
        yield filled(engine, count=True)


def filled(engine: Engine, *, count: bool) -> Engine:
    engine.deploy(SHOP)
    database = engine.store.engine
    kind = database.dialect.name
    with database.begin() as connection:
        for statement in (_NUMBERS[kind], *_FILLED):
            connection.exec_driver_sql(statement.replace("%", "%%") if kind == "postgresql" else statement)
    if count:
        with database.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(_COUNTED[kind])
    engine.close()
    return engine


class Spy:
    """A cursor that keeps what it executed last."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.last: tuple[str, Any] = ("", ())

    def execute(self, statement: str, values: Any = ()) -> None:
        self.last = (statement, values)
        self._cursor.execute(statement, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def plan_of_question(engine: Engine, ask: Callable[[SqlReader], object]) -> str:
    """How the database would answer the last statement of a question."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    database = engine.store.engine
    event.listen(database, "before_cursor_execute", note)
    try:
        with engine.store.reading() as unit:
            ask(unit)  # type: ignore[arg-type]
    finally:
        event.remove(database, "before_cursor_execute", note)
    questions = [each for each in asked if each[0].startswith("SELECT")]
    with closing(database.raw_connection()) as raw:
        return explained(raw.cursor(), database.dialect.name, *questions[-1])


def plan_of_command(engine: Engine, act: Callable[[SqlWriter], object]) -> str:
    """How the database would carry out the last statement of a command."""
    store = engine.store
    assert isinstance(store, SqlStore)
    with store.writing() as unit:
        spy = unit._cursor = Spy(unit._cursor)
        act(unit)
        return explained(spy, store.engine.dialect.name, *spy.last)


def explained(cursor: Any, kind: str, statement: str, values: Any) -> str:
    how, column = ("EXPLAIN QUERY PLAN", 3) if kind == "sqlite" else ("EXPLAIN", 0)
    cursor.execute(f"{how} {statement}", values)
    return "\n".join(row[column] for row in cursor.fetchall())


def which(**more: Any) -> OrderFilter:
    return OrderFilter(**{"definitions": (1,), **more})


NUMBER = ("sqlite_autoindex_fe_orders_1 (process=? AND number=?", "fe_orders_number")
QUESTIONS: dict[str, tuple[Callable[[SqlReader], object], str | tuple[str, str]]] = {
    "the next moment": (lambda unit: unit.look(), "fe_orders_wake"),
    "the orders of a stage": (
        lambda unit: unit.orders(which(process="shop", status="open", stage="make"), after=5_000, limit=50),
        "fe_orders_stage",
    ),
    "the first late orders": (
        lambda unit: unit.late_orders(which(late_at=9_000), after=(-(2**63), 0), limit=50),
        "fe_orders_due",
    ),
    "the next late orders": (
        lambda unit: unit.late_orders(which(late_at=9_000), after=(5_000, 5_000), limit=50),
        "fe_orders_due",
    ),
    "the orders due beyond an instant": (
        lambda unit: unit.due_beyond(1, {"make", "take"}, ORDERS - 300),
        "fe_orders_due",
    ),
    "the parked orders": (
        lambda unit: unit.orders(which(parked=True), after=0, limit=50),
        "fe_orders_parked",
    ),
    "a number": (lambda unit: unit.orders(which(number="N777"), after=0, limit=2), NUMBER),
    "a number of a process": (
        lambda unit: unit.orders(which(number="N777", process="shop"), after=0, limit=2),
        NUMBER,
    ),
    "the work of a role": (
        lambda unit: unit.waiting(frozenset({"maker"}), which(), first=(0, 0, 0), limit=51),
        "fe_work_queue",
    ),
    "the work of two roles": (
        lambda unit: unit.waiting(frozenset({"maker", "qa"}), which(), first=(2, 10**17, 300), limit=51),
        "fe_work_queue",
    ),
    "the roles of an order": (
        lambda unit: unit.work_of(700),
        ("sqlite_autoindex_fe_work_1", "fe_work_pkey"),
    ),
    "the messages of a role": (
        lambda unit: unit.messages(frozenset({"maker"}), after=5_000, limit=50),
        "fe_outbox_role",
    ),
    "the messages about an order": (
        lambda unit: unit.messages_of(700),
        ("sqlite_autoindex_fe_outbox_1", "fe_outbox_cause"),
    ),
    "a history": (
        lambda unit: unit.history(700, after=0, limit=50),
        ("sqlite_autoindex_fe_history_1", "fe_history_pkey"),
    ),
    "the newest definition": (lambda unit: unit.newest("p7"), "fe_definitions_process"),
}
COMMANDS: dict[str, tuple[Callable[[SqlWriter], object], str | tuple[str, str]]] = {
    "what is due": (lambda unit: unit.claim(300, 100), "fe_orders_wake"),
    "an order": (lambda unit: unit.find(700, None), ("INTEGER PRIMARY KEY (rowid=?)", "fe_orders_pkey")),
    "a key of an order": (lambda unit: unit.find(700, "key"), "fe_history_key"),
    "a key of an opening": (lambda unit: unit.opening("shop", "k700", None), "fe_orders_start_key"),
    "an identity": (lambda unit: unit.opening("shop", None, "i700"), "fe_orders_identity"),
    "a receipt": (
        lambda unit: unit.receipt(700, 1),
        ("sqlite_autoindex_fe_history_1", "fe_history_pkey"),
    ),
    "the definition for an opening": (lambda unit: unit.newest("p7"), "fe_definitions_process"),
    "a text that was deployed": (
        lambda unit: unit.definition_by_hash("h7"),
        ("sqlite_autoindex_fe_definitions_1", "fe_definitions_hash_key"),
    ),
}


@pytest.mark.parametrize(("ask", "index"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_finds_by_its_index(
    engine: Engine, ask: Callable[[SqlReader], object], index: str | tuple[str, str]
) -> None:
    finds(engine, plan_of_question(engine, ask), index)


@pytest.mark.parametrize(("act", "index"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_finds_by_its_index(
    engine: Engine, act: Callable[[SqlWriter], object], index: str | tuple[str, str]
) -> None:
    finds(engine, plan_of_command(engine, act), index)


TABLES: Final = tuple(table.name for table in (orders, work, history, outbox))


def finds(engine: Engine, plan: str, index: str | tuple[str, str]) -> None:
    """Nothing is read from one end to the other, nor by a range of ids where something else is wanted."""
    is_sqlite = engine.store.engine.dialect.name == "sqlite"
    assert (index if isinstance(index, str) else index[not is_sqlite]) in plan, plan
    for table in TABLES:
        assert f"SCAN {table}" not in plan, plan
        assert f"Seq Scan on {table}" not in plan, plan
    assert "(rowid>?)" not in plan, plan
