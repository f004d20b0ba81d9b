"""Hosts that are asynchronous: `run_sync` gives us their connection, and what they commit is there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from flowengine.errors import KeyReused, NotFound, StoreUnusable, TransactionTooLate
from flowengine.kernel.commands import Done
from tests.faults.dumps import changed
from tests.runtime.shop import DESK, HOST
from tests.storage.hosts import Host, Note, Trouble, story, write

Act = Callable[[sa.Connection], None]
Way = Callable[[AsyncEngine, Act], Awaitable[None]]


@pytest.fixture
def database(host: Host) -> AsyncEngine:
    """The host's own engine, on the driver that is asynchronous."""
    url = host.database.url
    if url.drivername == "sqlite":
        url = url.set(drivername="sqlite+aiosqlite")
    return create_async_engine(url)


async def by_connection(database: AsyncEngine, act: Act) -> None:
    async with database.begin() as connection:
        await connection.run_sync(act)


async def as_you_go(database: AsyncEngine, act: Act) -> None:
    async with database.connect() as connection:
        await connection.run_sync(act)
        await connection.commit()


async def by_session(database: AsyncEngine, act: Act) -> None:
    async with AsyncSession(database) as session, session.begin():
        await session.run_sync(lambda inner: act(inner.connection()))


WAYS: tuple[Way, ...] = (by_connection, as_you_go, by_session)


def run(database: AsyncEngine, way: Way, act: Act) -> None:
    async def work() -> None:
        try:
            await way(database, act)
        finally:
            await database.dispose()

    asyncio.run(work())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_it_commits_is_there_with_its_own_rows(host: Host, database: AsyncEngine, way: Way) -> None:
    def act(connection: sa.Connection) -> None:
        write(connection, "mine")
        id = story(host.at(connection))
        assert host.at(connection).order(id, by=HOST).row.revision == 4

    run(database, way, act)
    assert host.notes() == ["mine"]
    assert [view.row.revision for view in host.shop.engine.orders(by=HOST).items] == [4]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_it_rolls_back_never_was(host: Host, database: AsyncEngine, way: Way) -> None:
    def act(connection: sa.Connection) -> None:
        write(connection, "mine")
        story(host.at(connection))
        raise Trouble

    before = host.ours()
    with pytest.raises(Trouble):
        run(database, way, act)
    assert host.notes() == []
    assert changed(before, host.ours()) == {}


def test_refusals_and_exceptions_leave_its_transaction_as_good_as_before(
    host: Host, database: AsyncEngine
) -> None:
    def act(connection: sa.Connection) -> None:
        flow = host.at(connection)
        id = flow.start("shop", {"ref": "A"}, by=DESK, key="k").order_id
        assert not flow.do(id, Done("nonsense"), by=DESK).ok
        with pytest.raises(NotFound):
            flow.do(77, Done("checked"), by=DESK)
        with pytest.raises(KeyReused):
            flow.start("shop", {"ref": "B"}, by=DESK, key="k")
        write(connection, "mine")

    run(database, by_connection, act)
    assert host.notes() == ["mine"]
    assert [view.row.number for view in host.shop.engine.orders(by=HOST).items] == ["S202605-001"]


def test_two_that_take_turns_in_one_loop_do_not_mix(host: Host, database: AsyncEngine) -> None:
    """Each has a connection of its own, however often they give way to each other."""

    async def one(ref: str, *, keep: bool) -> None:
        async with database.connect() as connection:
            for _ in range(3):
                await asyncio.sleep(0)
                await connection.execute(sa.select(Note))
            await connection.run_sync(lambda inner: host.at(inner).start("shop", {"ref": ref}, by=DESK))
            await (connection.commit() if keep else connection.rollback())

    async def work() -> None:
        for keep, ref in enumerate("abcd"):
            await asyncio.gather(one(ref, keep=bool(keep % 2)), one(ref.upper(), keep=True))
        await database.dispose()

    asyncio.run(work())
    views = host.shop.engine.orders(by=HOST).items
    assert sorted(view.order.fields["ref"] for view in views) == sorted("ABCDbd")
    assert {view.row.number[-3:] for view in views} == {f"{n:03}" for n in range(1, 7)}


def test_what_goes_wrong_has_the_same_names_as_elsewhere(host: Host, database: AsyncEngine) -> None:
    def spoilt(connection: sa.Connection) -> None:
        with pytest.raises(sa.exc.DBAPIError):
            connection.exec_driver_sql("SELECT 1 / 0")
        with pytest.raises(StoreUnusable, match="roll it back"):
            story(host.at(connection))

    async def too_late() -> None:
        async with database.connect() as connection:
            await _begun(connection)
            host.shop.start("A")
            with pytest.raises(TransactionTooLate):
                await connection.run_sync(lambda inner: story(host.at(inner)))
        await database.dispose()

    if host.database.dialect.name == "sqlite":
        asyncio.run(too_late())
    else:
        run(database, as_you_go, spoilt)


async def _begun(connection: AsyncConnection) -> None:
    await connection.exec_driver_sql("BEGIN")
    await connection.execute(sa.select(Note))
