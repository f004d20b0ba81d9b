"""Where a benchmark keeps its databases: a folder on disk and one in memory, and a PostgreSQL server."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

MEMORY = Path("/dev/shm")


class Missing(Exception):
    """What a part needs is not here; the part is left out, with this reason."""


def folders() -> dict[str, Path | None]:
    """Where a SQLite file may lie: on disk (None is the usual place for what is temporary) and in memory."""
    return {"disk": None, **({"memory": MEMORY} if MEMORY.is_dir() else {})}


@contextmanager
def sqlite_file(folder: Path | None = None, *, in_memory: bool = False) -> Iterator[Path]:
    """The path of a database that goes away again."""
    place = folders().get("memory") if in_memory else folder
    with tempfile.TemporaryDirectory(dir=place, prefix="flowengine-bench-") as made:
        yield Path(made) / "orders.db"


@contextmanager
def postgres_database() -> Iterator[str]:
    """The URL of an empty database that goes away again. Raises Missing without a server."""
    with _server().new_database() as url:
        yield url


def libpq(url: str) -> str:
    """The URL without SQLAlchemy's name of the driver, as psycopg and pgbench take it."""
    from tests.postgres import libpq as bare

    return bare(url)


def pgbench_program() -> str:
    """The pgbench beside the server, or the machine's own. Raises Missing without one."""
    beside = Path(_server().control).with_name("pgbench")
    found = str(beside) if beside.is_file() else shutil.which("pgbench")
    if found is None:
        raise Missing("there is no pgbench")
    return found


def not_waiting(url: str) -> str:
    """The same database for connections that do not wait for the disk when they commit."""
    unsafe = {"options": "-csynchronous_commit=off"}
    return make_url(url).update_query_dict(unsafe).render_as_string(hide_password=False)


@cache
def _server() -> Any:
    import pytest

    from tests.postgres import server

    try:
        return server()
    except (pytest.skip.Exception, pytest.fail.Exception) as reason:
        raise Missing(str(reason)) from reason
