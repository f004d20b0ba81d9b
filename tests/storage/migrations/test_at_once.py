"""Five processes that begin on one empty or older database at the same moment: one does it, none crashes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flowengine import connect
from flowengine.storage import schema
from flowengine.storage.migrations import revisions
from flowengine.storage.schema import migrate, migrate_place
from tests.faults.children import Say, forked
from tests.postgres import server
from tests.storage.migrations.conftest import opened

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")

PROCESSES = 5


def to_open(place: str) -> None:
    connect(place).close()


def to_migrate(place: str) -> None:
    database = opened(place)
    assert migrate_place(database)[1] == schema.NEWEST
    database.dispose()


def race(place: str, work: Callable[[str], None]) -> int:
    """Let the children go at the same moment; how many of them wrote a version."""
    waiting, go = os.pipe()

    def child(say: Say) -> None:
        os.close(go)
        for module in (schema, revisions):
            write = module.write_version
            module.write_version = lambda *asked, write=write: (write(*asked), say("wrote"))
        os.read(waiting, 1)  # ends when the parent lets go
        work(place)
        say("done")

    children = [forked(child) for _ in range(PROCESSES)]
    os.close(waiting)
    os.close(go)
    heard = [each.wait() for each in children]
    assert all(said[-1] == ["done"] for said in heard)
    return sum(["wrote"] in said for said in heard)


@pytest.mark.parametrize("work", [to_open, to_migrate])
@pytest.mark.parametrize("rounds", [5, pytest.param(50, marks=pytest.mark.soak)])
def test_on_an_empty_file(tmp_path: Path, rounds: int, work: Callable[[str], None]) -> None:
    assert [race(str(tmp_path / f"{n}.db"), work) for n in range(rounds)] == [1] * rounds


@pytest.mark.parametrize("work", [to_open, to_migrate])
@pytest.mark.parametrize("rounds", [3, pytest.param(50, marks=pytest.mark.soak)])
def test_on_an_empty_postgres(rounds: int, work: Callable[[str], None]) -> None:
    for _ in range(rounds):
        with server().new_database() as url:
            assert race(url, work) == 1


@pytest.mark.usefixtures("newer")
def test_on_an_older_database(place: str, database: Engine) -> None:
    with database.begin() as connection:
        migrate(connection, to="0001")
    database.dispose()
    assert race(place, to_migrate) == 1
