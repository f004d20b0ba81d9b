"""A host: an application with a table of its own, beside our tables in its database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from flowengine import Engine
from flowengine.kernel.commands import Choose, Done
from flowengine.runtime.flow import Flow
from tests.faults.dumps import Dump, dump
from tests.runtime.shop import DESK, HOST, SHOP, Clock, Shop


class Own(DeclarativeBase):
    """The tables of the host."""


class Note(Own):
    """A row of the host."""

    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


DIVIDING: Final = SHOP.replace("process: shop", "process: dividing").replace(
    "  fields:\n", "  checks: [{that: 1 / amount >= 0, else: too much}]\n  fields:\n"
)


@dataclass(frozen=True)
class Host:
    """The host's own engine of SQLAlchemy, and ours on the same database."""

    shop: Shop
    database: sa.Engine

    def at(self, connection: sa.Connection) -> Flow:
        """Our engine inside the host's transaction."""
        return self.shop.engine.at(connection)

    def notes(self) -> list[str]:
        """The rows of the host, as somebody else sees them."""
        with self.database.connect() as connection:
            return list(connection.execute(sa.select(Note.text).order_by(Note.text)).scalars())

    def ours(self) -> Dump:
        """Every row of ours, as somebody else sees it."""
        return {name: rows for name, rows in dump(self.shop.engine).items() if name.startswith("fe_")}


def write(connection: sa.Connection, text: str) -> None:
    """Write a row of the host."""
    connection.execute(sa.insert(Note).values(text=text))


class Trouble(Exception):
    """Something of the host fails."""


def story(flow: Flow) -> int:
    """A bit of everything that writes: numbers, history, work, messages, a repeated and a refused command."""
    id = flow.start("shop", {"ref": "A"}, by=DESK, key="k0").or_raise().order_id
    for command in (Done("checked"), Done("priced"), Choose("spoiled")):
        flow.do(id, command, by=HOST, reason="a test", key=f"{id}/{command}").or_raise()
    assert flow.start("shop", {"ref": "A"}, by=DESK, key="k0").repeated
    assert not flow.do(id, Done("nonsense"), by=DESK).ok
    assert not flow.start("shop", {}, by=DESK).ok
    return id


Way = Callable[[sa.Engine], AbstractContextManager[sa.Connection]]


@contextmanager
def begin_block(database: sa.Engine) -> Iterator[sa.Connection]:
    """`with engine.begin()`."""
    with database.begin() as connection:
        yield connection


@contextmanager
def commit_as_you_go(database: sa.Engine) -> Iterator[sa.Connection]:
    """`connection.commit()` when all is done."""
    with database.connect() as connection:
        yield connection
        connection.commit()


@contextmanager
def session(database: sa.Engine) -> Iterator[sa.Connection]:
    """A session of the ORM."""
    with Session(database) as opened:
        yield opened.connection()
        opened.commit()


@contextmanager
def session_block(database: sa.Engine) -> Iterator[sa.Connection]:
    """A session of the ORM that ends by itself."""
    with Session(database) as opened, opened.begin():
        yield opened.connection()


@contextmanager
def savepoint(database: sa.Engine) -> Iterator[sa.Connection]:
    """A savepoint in a transaction, after a row of the host: `notes` has one more."""
    with database.begin() as connection:
        write(connection, "before")
        with connection.begin_nested():
            yield connection


WAYS: Final[tuple[Way, ...]] = (begin_block, commit_as_you_go, session, session_block, savepoint)


def drop(database: sa.Engine) -> None:
    """Take the tables of the host away."""
    Own.metadata.drop_all(database)


def make(database: sa.Engine) -> None:
    """Make the tables of the host."""
    Own.metadata.create_all(database)


def pysqlite(path: Any, begin: str = "", **connect: Any) -> sa.Engine:
    """A host's engine on SQLite; `begin` is the statement with which its transactions begin, if any."""
    database = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 0.05, **connect})
    if begin:
        sa.event.listen(database, "begin", lambda connection: connection.exec_driver_sql(begin))
    return database


def hosted(engine: Engine, database: sa.Engine) -> Host:
    """A host with its table, and two processes deployed; engines of both kinds on the same database."""
    assert isinstance(engine.clock, Clock)
    host = Host(Shop(engine, engine.clock), database)
    make(database)
    host.shop.deploy(SHOP)
    host.shop.deploy(DIVIDING)
    return host
