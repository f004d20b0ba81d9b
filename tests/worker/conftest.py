"""Where the orders of these tests are: in a file, or on a real PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import postgres_database, postgres_server, postgres_url

__all__ = ["place", "postgres_database", "postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that is empty, as `--db` takes it."""
    if request.param == "sqlite":
        return str(tmp_path / "orders.db")
    return str(request.getfixturevalue("postgres_database"))
