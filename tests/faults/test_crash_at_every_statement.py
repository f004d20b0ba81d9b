"""Whatever goes wrong at whichever statement, a command has happened whole or not at all.

The points are not listed anywhere: a first run counts the statements of each command, and then each of
them is struck by each fault. A crash leaves the bytes that were on disk at that moment, and they are
opened by an engine that knows nothing of what happened.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from flowengine import Attach, Choose, Done, Engine, FlowEngineError, Result, Write
from flowengine.errors import KeyReused
from flowengine.runtime.importing import records_of
from flowengine.storage.schema import prepare
from flowengine.storage.sqlite import open_sqlite
from tests.faults.dumps import Dump, changed, dump, raw
from tests.faults.points import FAULTS, Crash, Fault, Points, watched
from tests.faults.workshop import (
    ALL,
    DAY,
    DESK,
    LOOSE,
    MAKER,
    NOON,
    QA,
    STRANGER,
    WORKSHOP,
    Clock,
    cancelled,
    in_inspection,
    in_making,
    made,
    opened,
    order,
    received,
)

AFTER: Final = ("crash after", "answer lost")
ROWS: Final = """channel,external_id,customer,amount
phone,r1,张三,100
phone,r2,李四,"2,000.50"
phone,r3,王五,0
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One command: what stands before it, the command, and how many transactions of it write."""

    name: str
    before: Callable[[Engine], Any]
    command: Callable[[Engine], Any]
    writes: int = 1
    days: int = 0
    """How much later than what stands before it the command is given."""


def inspected_once(engine: Engine) -> None:
    id = in_inspection(engine, "x").order_id
    engine.do(id, Choose("failed"), by=QA, reason="a crack").or_raise()
    engine.do(id, Done("made"), by=MAKER).or_raise()
    engine.do(id, Write({"remark": "welded"}), by=MAKER).or_raise()


def scrapped_once(engine: Engine) -> None:
    id = in_inspection(engine, "x").order_id
    engine.do(id, Choose("scrapped"), by=QA).or_raise()
    made(engine, id)


def two_waiting(engine: Engine) -> None:
    received(engine, "x")
    received(engine, "y")


def key_of_another(engine: Engine) -> str:
    try:
        engine.do(1, Done("made"), by=MAKER, key="x/checked")
    except KeyReused as error:
        return str(error)
    pytest.fail("the key of another command was accepted")


def imported(engine: Engine) -> list[Any]:
    return list(engine.import_orders("workshop", records_of(ROWS.splitlines(), "csv"), by=DESK))


CASES: Final = (
    Case(
        "deploy the next version",
        lambda e: None,
        lambda e: e.deploy(WORKSHOP.replace('"1"', '"2"'), file="w.yaml"),
    ),
    Case("deploy again", lambda e: None, lambda e: e.deploy(WORKSHOP, file="w.yaml"), writes=0),
    Case(
        "start", lambda e: received(e, "w"), lambda e: e.start("workshop", order("x"), by=DESK, key="x/start")
    ),
    Case(
        "start, known by its key alone",
        lambda e: None,
        lambda e: e.start("loose", order("x"), by=DESK, key="x/start"),
    ),
    Case("start, without a key", lambda e: None, lambda e: e.start("workshop", order("x"), by=DESK)),
    Case("start again", lambda e: received(e, "x"), lambda e: received(e, "x"), writes=0),
    Case(
        "start, refused",
        lambda e: None,
        lambda e: e.start("workshop", order("x", amount=-1), by=DESK),
        writes=0,
    ),
    Case("done", lambda e: received(e, "x"), lambda e: e.do(1, Done("checked"), by=DESK, key="k")),
    Case("attach", lambda e: received(e, "x"), lambda e: e.do(1, Attach("slip", "s.pdf"), by=DESK, key="k")),
    Case(
        "write fields and a note",
        lambda e: in_making(e, "x"),
        lambda e: e.do(1, Write({"promised": "2026-06-01", "amount": 7, "remark": "later"}), by=ALL, key="k"),
    ),
    Case(
        "outcome that returns and tells",
        lambda e: in_inspection(e, "x"),
        lambda e: e.do(1, Choose("failed"), by=QA, reason="a crack", key="k"),
    ),
    Case(
        "outcome beyond its count, asking",
        inspected_once,
        lambda e: e.do(1, Choose("failed"), by=QA, reason="a crack again", key="k"),
    ),
    Case(
        "outcome beyond its count, ending",
        scrapped_once,
        lambda e: e.do(1, Choose("scrapped"), by=QA, key="k"),
    ),
    Case(
        "outcome that ends",
        lambda e: in_making(e, "x"),
        lambda e: e.do(1, Choose("cancel"), by=DESK, reason="not wanted", key="k"),
    ),
    Case(
        "outcome that reopens",
        lambda e: cancelled(e, "x"),
        lambda e: e.do(1, Choose("reopen"), by=DESK, reason="wanted again", key="k"),
    ),
    Case(
        "command on an order that became late",
        lambda e: received(e, "x"),
        lambda e: e.do(1, Done("checked"), by=DESK, key="k"),
        days=2,
    ),
    Case("tick that makes an order late", lambda e: received(e, "x"), lambda e: e.tick(), days=2),
    Case("tick that makes two orders late", two_waiting, lambda e: e.tick(), days=2),
    Case("tick, nothing due", two_waiting, lambda e: e.tick(), writes=0),
    Case("import of three rows", lambda e: received(e, "w"), imported, writes=3),
    Case(
        "refused",
        lambda e: received(e, "x"),
        lambda e: e.do(1, Done("checked"), by=STRANGER, key="k"),
        writes=0,
    ),
    Case(
        "repeated key",
        lambda e: in_making(e, "x"),
        lambda e: e.do(1, Done("checked"), by=DESK, key="x/checked"),
        writes=0,
    ),
    Case("key of another command", lambda e: in_making(e, "x"), key_of_another, writes=0),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A database that is struck, what is found on disk then, and an engine for each of them.

    The engines outlive a fault, because to make one takes longer than all the rest; their connections do not.
    """

    path: Path
    image: Path
    engine: Engine
    another: Engine
    clock: Clock

    def begin(self, template: Path, days: int = 0) -> None:
        """Close every connection, put the database back, and set the clock so many days after noon."""
        self.engine.close()
        self.another.close()
        copied(template, self.path)
        self.clock.now = NOON + days * DAY


@dataclass(frozen=True, slots=True)
class Run:
    """A command carried out undisturbed: its answer, its statements, and the state after each of them."""

    case: Case
    template: Path
    answer: Any
    statements: list[str]
    states: list[Dump]
    """The state before the first statement, then after each: an item more than there are statements."""


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deployed") / "orders.db"
    with opened(path) as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        engine.deploy(LOOSE, file="loose.yaml")
    return path


@pytest.fixture(scope="module")
def place(deployed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    path, image = copied(deployed, folder / "struck.db"), copied(deployed, folder / "left.db")
    clock = Clock()
    with opened(path, clock) as engine, opened(image, clock) as another:
        for each in (engine, another):
            each.close()
            event.listen(each.store.engine, "connect", unflushed)
        yield Place(path, image, engine, another, clock)


def unflushed(driver: Any, _record: object) -> None:
    """Thousands of flushes would cost minutes; no power is cut here, what was written is read back."""
    driver.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name.replace(" ", "_"))
def run(
    request: pytest.FixtureRequest, place: Place, deployed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    case: Case = request.param
    place.begin(deployed)
    case.before(place.engine)
    template = copied(place.path, tmp_path_factory.mktemp("run") / "before.db")
    place.begin(template, case.days)
    case.command(place.engine)  # what an engine remembers of definitions it remembers from here on
    place.begin(template, case.days)
    states = [dump(place.path)]

    def look(statement: str) -> None:
        states.append(dump(place.path) if statement == "COMMIT" else states[-1])

    points = Points(passed=look)
    with watched(place.engine.store.engine, points):
        answer = essence(case.command(place.engine))
    return Run(case, template, answer, points.seen, states)


def test_undisturbed_a_command_is_one_transaction(run: Run) -> None:
    steps = zip(run.states, run.states[1:], strict=False)
    assert sum(before != after for before, after in steps) == run.case.writes
    assert "COMMIT" in run.statements or "ROLLBACK" in run.statements


@pytest.mark.parametrize("fault", FAULTS)
def test_before_or_after_and_never_between(run: Run, fault: Fault, place: Place) -> None:
    seen: dict[bytes, Dump] = {}
    for at, statement in enumerate(run.statements):
        if fault in AFTER and statement.startswith("SELECT"):
            continue  # the moment after it is the moment before the next
        where = f"{fault} at statement {at} of {len(run.statements)}: {statement[:80]}"
        place.begin(run.template, run.case.days)
        points = Points(fault=fault, at=at, died=lambda: copied(place.path, place.image))
        done = at + 1 if fault in AFTER else at
        expected = run.states[-1] if strike(run, place, points) else run.states[done]
        left = on_disk(place.image)
        if left not in seen:
            seen[left] = dump(place.image)
            assert place.another.verify().problems == (), where
            assert_goes_on(run, place.another, place.image, where)
        assert changed(expected, seen[left]) == {}, where
        if fault not in ("crash before", "crash after"):
            assert_goes_on(run, place.engine, place.path, where)


def test_what_is_acknowledged_is_on_disk(deployed: Path) -> None:
    """A log that is flushed at each commit; on every connection, for these are settings of connections."""
    with opened(deployed) as engine, ExitStack() as stack:
        for _ in range(3):
            connection = stack.enter_context(raw(engine))
            for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
                assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "SELECT", "INSERT", "COMMIT"])
def test_ctrl_c_leaves_no_lock_behind(statement: str, deployed: Path, tmp_path: Path) -> None:
    path = copied(deployed, tmp_path / "orders.db")
    with opened(path) as engine, opened(path) as another:
        for database in (engine.store.engine, another.store.engine):
            event.listen(database, "connect", lambda driver, _: driver.execute("PRAGMA busy_timeout = 0"))
        engine.close()
        another.close()
        points = Points(fault="interrupted", at_first=statement)
        with watched(engine.store.engine, points), pytest.raises(Crash):
            received(engine, "x")
        assert received(another, "y").ok
        assert received(engine, "x").ok


def test_what_comes_after_an_ended_transaction_writes_nothing(deployed: Path, tmp_path: Path) -> None:
    """SQLite has let go of the lock, and somebody else has opened an order under the same number."""
    path = copied(deployed, tmp_path / "orders.db")
    with opened(path) as engine, opened(path) as another:
        points = Points(fault="ended", at_first="INSERT INTO fe_work", died=lambda: received(another, "y"))
        with watched(engine.store.engine, points), suppress(FlowEngineError):
            received(engine, "x")
        assert another.verify().problems == ()


def test_a_host_that_goes_on_after_an_ended_transaction_cannot_commit(deployed: Path, tmp_path: Path) -> None:
    """At whatever statement of its second command SQLite ends it: what the first has written is gone."""
    points = Points(fault="ended")
    with opened(copied(deployed, tmp_path / "orders.db")) as engine:
        with watched(engine.store.engine, points):
            for at in count():
                with engine.store.engine.connect() as connection:
                    assert received(engine.at(connection), "x").ok
                    points.at = struck = len(points.seen) + at
                    with suppress(FlowEngineError):
                        received(engine.at(connection), "y")
                    points.at = None
                    if len(points.seen) <= struck:
                        break
                    with pytest.raises(SQLAlchemyError):
                        connection.commit()
        assert at > 5
        assert engine.orders(by=DESK).items == ()


def strike(run: Run, place: Place, points: Points) -> bool:
    """Give the command with a fault in its way; the image becomes what is on disk at that moment.

    True when the command was answered in spite of it, because nothing was at stake any more.
    """
    answered = False
    with watched(place.engine.store.engine, points), suppress(Crash):
        try:
            answer = essence(run.case.command(place.engine))
        except FlowEngineError:
            copied(place.path, place.image)
        else:
            copied(place.path, place.image)
            assert answer == run.answer
            answered = True
    assert len(points.seen) > (points.at or 0), "the command took another way than the first time"
    return answered


def assert_goes_on(run: Run, engine: Engine, path: Path, where: str) -> None:
    """Given again, the command gives the first answer and leaves the state that it always leaves."""
    assert essence(run.case.command(engine)) == run.answer, where
    assert changed(run.states[-1], dump(path)) == {}, where


@pytest.mark.parametrize("fault", ["crash before", "crash after"])
def test_a_crash_while_the_tables_are_made_leaves_a_database_that_opens(fault: Fault, tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    with opened(whole):
        pass
    for at in count():
        path, image = tmp_path / f"{at}.db", tmp_path / f"{at}.image"
        database = open_sqlite(path)
        points = Points(fault=fault, at=at, died=partial(copied, path, image))
        with watched(database, points), suppress(Crash):
            prepare(database, create=True)
        database.dispose()
        if len(points.seen) <= at:
            break
        with opened(image):
            assert dump(image) == dump(whole)
    assert at > 10


def copied(path: Path, to: Path) -> Path:
    """A database as it lies on disk: the file, and what stands in its log and not yet in the file."""
    for end in (
        "",
        "-wal",
        "-shm",
    ):  # a new file, not new bytes in the old one, which a dead engine may still lock
        Path(f"{to}{end}").unlink(missing_ok=True)
    shutil.copyfile(path, to)
    log = Path(f"{path}-wal")
    if log.exists():
        shutil.copyfile(log, f"{to}-wal")
    return to


def on_disk(path: Path) -> bytes:
    """The bytes of a database and its log: what has been seen to be sound once need not be opened again."""
    return b"".join(
        Path(f"{path}{end}").read_bytes() for end in ("", "-wal") if Path(f"{path}{end}").exists()
    )


def essence(answer: Any) -> Any:
    """What must be the same in the first answer and in the repeated one."""
    if isinstance(answer, Result):
        return (answer.order_id, answer.number, answer.revision, answer.stage, answer.status, answer.blockers)
    if isinstance(answer, list):
        return [(each.line, essence(each.result)) for each in answer]
    if isinstance(answer, tuple):
        return answer[0]
    return answer if isinstance(answer, str) else None
