"""Each test here runs on an empty SQLite file and on an empty PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flowengine.storage import schema
from flowengine.storage.migrations import revisions
from flowengine.storage.postgres import is_postgres, open_postgres
from flowengine.storage.sqlite import open_sqlite
from tests.postgres import postgres_database, postgres_server, postgres_url
from tests.storage.migrations.shop import NEXT

__all__ = ["postgres_database", "postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is."""
    if request.param == "sqlite":
        return str(tmp_path / "orders.db")
    return str(request.getfixturevalue("postgres_database"))


def opened(place: str) -> Engine:
    """The engine of SQLAlchemy on a place, as `connect` opens it."""
    return open_postgres(place) if is_postgres(place) else open_sqlite(place)


@pytest.fixture
def database(place: str) -> Iterator[Engine]:
    """The empty database, open."""
    engine = opened(place)
    yield engine
    engine.dispose()


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next flowengine, which brings one more revision."""
    monkeypatch.setattr(revisions, "FOLDERS", (*revisions.FOLDERS, Path(__file__).parent / "revisions"))
    monkeypatch.setattr(schema, "NEWEST", NEXT)
