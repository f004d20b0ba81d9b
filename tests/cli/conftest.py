"""A desk to test at: an empty folder, no settings of the machine, and a clock that stands still."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import chdir, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flowengine import assembly
from flowengine.cli.init import FILES, starter
from flowengine.cli.main import cli

NOON = 1_770_897_600_000  # 2026-02-12 12:00 UTC
HOUR = 3_600_000


@dataclass
class Clock:
    """Time as the tests want it, in milliseconds UTC."""

    now: int = NOON

    def __call__(self) -> int:
        return self.now

    def wait(self, hours: float) -> None:
        self.now += int(hours * HOUR)


Call = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and an environment that says nothing."""
    names = ("LANG", "AS", "DB", "KEY_FILE", "MASTER_KEY")
    for name in (*(f"FLOWENGINE_{each}" for each in names), "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of every engine that the command line opens."""
    clock = Clock()
    monkeypatch.setattr(assembly, "connect", partial(assembly.connect, clock=clock))
    return clock


@pytest.fixture
def call() -> Call:
    """Calls the command line: words in, exit code and both streams out. A traceback fails the test."""

    def called(*words: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
        result = CliRunner().invoke(cli, list(words), input=stdin, env=env, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return called


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the starter process, deployed, to copy: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("furnished")
    (folder / "processes").mkdir()
    for name in FILES:
        (folder / "processes" / name).write_text(starter(name, "en"), "utf-8")
    with chdir(folder):
        assembly.connect("flowengine.db", clock=Clock()).deploy(Path("processes/order.yaml"))
    with closing(sqlite3.connect(folder / "flowengine.db")) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def office(call: Call, clock: Clock, folder: Path, furnished: Path) -> Call:
    """An office with the starter process deployed: `call` for ann of the order desk."""
    shutil.copytree(furnished / "processes", folder / "processes")
    shutil.copy(furnished / "flowengine.db", folder)
    return partial(call, env={"FLOWENGINE_AS": "ann:order_desk"})
