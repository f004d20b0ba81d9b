"""A real broker for Celery: the one FLOWENGINE_TEST_BROKER names, else a Redis of our own for the test.

Ours listens on a socket in the test's folder and keeps nothing on disk. Without either the tests are skipped,
and fail where CI or FLOWENGINE_NO_SKIPS is set.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integrations.running import running, until
from tests.postgres import unavailable


@pytest.fixture
def broker_url() -> Iterator[str]:
    """The URL of an empty broker, as Celery takes it."""
    if given := os.environ.get("FLOWENGINE_TEST_BROKER"):
        yield given
        return
    server = shutil.which("redis-server")
    if server is None:
        unavailable(
            "no broker for Celery: put `redis-server` on PATH, or set FLOWENGINE_TEST_BROKER to a URL"
        )
    with tempfile.TemporaryDirectory(
        prefix="flowengine-redis-"
    ) as name:  # short: a socket's path has a limit
        folder = Path(name)
        socket = folder / "redis.sock"
        words = [server, "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no"]
        with running(words, folder=folder, name="redis") as redis:
            until(lambda: "ready to accept" in redis.said.lower() and socket.exists(), redis)
            yield f"redis+socket://{socket}"


def redis_server() -> str:
    """The program that is the broker."""
    found = shutil.which("redis-server")
    if found is None:
        unavailable(
            "no broker for Celery: put `redis-server` on PATH, or set FLOWENGINE_TEST_BROKER to a URL"
        )
    return found
