"""The recipes of docs/workers.md run as they are written, but for addresses; each makes an order late."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import yaml

import flowengine
from tests.integrations.overdue import DESK, take_in, times_late
from tests.integrations.running import Program, running, until
from tests.postgres import libpq

GUIDE = (Path(__file__).parents[2] / "docs" / "workers.md").read_text("utf-8")
SCRIPTS = Path(sys.executable).parent
SERVER = "/srv/orders"


def recipe(section: str, language: str, changes: Mapping[str, str] = {}) -> list[str]:
    """The blocks of one section. Each of `changes`, an address of this test, must stand in one of them."""
    body = re.split(r"^## ", GUIDE, flags=re.MULTILINE)
    [chosen] = [part for part in body if part.startswith(f"{section}\n")]
    blocks = re.findall(rf"^```{language}\n(.*?)^```", chosen, flags=re.MULTILINE | re.DOTALL)
    for old, new in changes.items():
        assert any(old in block for block in blocks), f"the guide does not say {old} any more"
        blocks = [block.replace(old, new) for block in blocks]
    return blocks


def environment(**more: str) -> dict[str, str]:
    return {"PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "PYTHONUNBUFFERED": "1", **more}


def run(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, **environment(**more)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@contextmanager
def serving(commands: str, folder: Path) -> Iterator[list[Program]]:
    """Each line of a block as a program beside the others, as in terminals of their own."""
    with ExitStack() as programs:
        yield [
            programs.enter_context(
                running(["env", *shlex.split(line)], folder=folder, name=f"{number}", env=environment())
            )
            for number, line in enumerate(commands.splitlines())
        ]


CONTAINER = next(line for line in recipe("A worker", "dockerfile")[0].splitlines() if line.startswith("CMD "))
POD = yaml.safe_load(recipe("A worker", "yml")[0])["spec"]["template"]["spec"]["containers"][0]
UNIT = recipe("A worker", "ini")[0]


def unit(text: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser()
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(text)
    return parsed


@pytest.mark.parametrize(
    ("command", "is_postgres"),
    [
        pytest.param(recipe("A worker", "sh")[0], False, id="shell"),
        pytest.param(
            unit(UNIT)["Service"]["ExecStart"].replace(f"{SERVER}/.venv/bin/", f"{SCRIPTS}{os.sep}"),
            False,
            id="systemd",
        ),
        pytest.param(shlex.join(json.loads(CONTAINER.removeprefix("CMD "))), True, id="container"),
        pytest.param(shlex.join(POD["command"]), True, id="kubernetes"),
    ],
)
def test_a_worker(command: str, is_postgres: bool, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    file = str(tmp_path / "orders.db")
    place = libpq(request.getfixturevalue("postgres_database")) if is_postgres else file
    [order] = take_in(place, orders=1)
    with closing(flowengine.connect(place)) as engine:
        named = {} if "--db" in command else {"FLOWENGINE_DB": place}
        words = ["env", *shlex.split(command)]
        with running(words, folder=tmp_path, name="worker", env=environment(**named)) as worker:
            until(lambda: times_late(engine, order), worker)
        assert times_late(engine, order) == 1


def test_the_containers_name_the_database_as_the_worker_reads_it() -> None:
    assert [each["name"] for each in POD["env"]] == ["FLOWENGINE_DB"]
    assert unit(UNIT)["Service"]["Environment"] == f"FLOWENGINE_DB={SERVER}/orders.db"
    spec = yaml.safe_load(recipe("A worker", "yml")[0])["spec"]
    assert spec["selector"]["matchLabels"] == spec["template"]["metadata"]["labels"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here to read the unit")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    [text] = recipe("A worker", "ini", {f"{SERVER}/.venv/bin/": f"{SCRIPTS}{os.sep}"})
    (tmp_path / "flowengine.service").write_text(text, "utf-8")
    checked = run("systemd-analyze verify ./flowengine.service", tmp_path)
    told = [line for line in checked.stderr.splitlines() if "flowengine.service" in line]
    assert (checked.returncode, told) == (0, []), checked.stderr


def test_cron(tmp_path: Path) -> None:
    fine, broken = take_in(str(tmp_path / "orders.db"), orders=2)
    [line] = recipe("Cron", "crontab", {SERVER: str(tmp_path)})
    *_, command = line.split(maxsplit=5)
    with closing(sqlite3.connect(tmp_path / "orders.db")) as connection, connection:
        lost = """UPDATE fe_orders SET state = replace(state, '"review"', '"nowhere"') WHERE id = ?"""
        connection.execute(lost, (broken,))
    first, second = run(command, tmp_path), run(command, tmp_path)
    with closing(flowengine.connect(tmp_path / "orders.db")) as desk:
        assert times_late(desk, fine) == 1
    assert (first.returncode, first.stderr, "-002" in first.stdout, "-001" in first.stdout) == (
        0,
        "",
        True,
        False,
    )
    assert (second.returncode, second.stdout, second.stderr) == (0, "", ""), "nothing for cron to mail"


def test_procrastinate(tmp_path: Path, postgres_database: str) -> None:
    url = libpq(postgres_database)
    app, host = recipe(
        "Procrastinate",
        "py",
        {
            '"postgresql://localhost/orders"': repr(url),
            '"postgresql+psycopg://localhost/orders"': repr(postgres_database),
        },
    )
    (tmp_path / "orders.py").write_text(app, "utf-8")
    (tmp_path / "host.py").write_text(host, "utf-8")
    jobs, deployment = recipe("Procrastinate", "sh")
    prepare, worker = jobs.splitlines()
    deployment = deployment.replace("postgresql://localhost/orders", shlex.quote(url))
    for command in (prepare, *deployment.splitlines(), "python host.py"):
        done = run(command, tmp_path)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    [order] = take_in(postgres_database, orders=1)
    with closing(flowengine.connect(postgres_database)) as desk, serving(worker, tmp_path) as programs:
        until(lambda: times_late(desk, order), *programs)
        until(lambda: "Receipt for " in programs[0].said, *programs)
        assert times_late(desk, order) == 1
        assert len(desk.orders(by=DESK).items) == 2


def test_celery(tmp_path: Path, postgres_database: str, broker_url: str) -> None:
    [order] = take_in(postgres_database, orders=1)
    addresses = {
        '"redis://localhost"': repr(broker_url),
        '"postgresql://localhost/orders"': repr(libpq(postgres_database)),
        "every=30": "every=1",
    }
    [app] = recipe("Celery", "py", addresses)
    alone = f"\napp.conf.task_default_queue = 'flowengine-{uuid.uuid4().hex}'\n"
    (tmp_path / "orders.py").write_text(app + alone, "utf-8")
    commands = recipe("Celery", "sh")[0]
    with closing(flowengine.connect(postgres_database)) as desk, serving(commands, tmp_path) as programs:
        until(lambda: times_late(desk, order), *programs)
        assert times_late(desk, order) == 1
