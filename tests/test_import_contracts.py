"""The house keeps its direction: the package as it stands keeps every contract, and each forbidden
import, planted alone in a copy, turns exactly its own contracts red."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

DOWN = "Imports only point down"
PURE = "Below the runtime nothing touches the world"
TRANSITIONS = "One file imports transitions"
ORJSON = "One file imports orjson"
SQL = "Only storage and assembly import sqlalchemy"
PAGES = "Only the pages import what serves pages"
PLANS = "The kernel reads plans, it does not make them"
CYCLES = "No cycles"
TEMPLATES = "Templates are read in one place, pages made in another"
ALL = {DOWN, PURE, TRANSITIONS, ORJSON, SQL, PAGES, TEMPLATES, PLANS, CYCLES}

PLANTED = {
    "sqlalchemy in the kernel": ({"kernel/planted.py": "import sqlalchemy"}, {PURE, SQL}),
    "sqlalchemy in the runtime, inside a function": (
        {"runtime/planted.py": "def late():\n    import sqlalchemy"},
        {SQL},
    ),
    "sqlalchemy in the command line": ({"cli/planted.py": "from sqlalchemy import text"}, {SQL}),
    "storage from the kernel": (
        {"kernel/planted.py": "import flowengine.storage.planted", "storage/planted.py": ""},
        {DOWN, CYCLES},
    ),
    "the machine from the kernel": (
        {"kernel/planted.py": "from flowengine.compiler import machine"},
        {PLANS},
    ),
    "the machine from the kernel, round a corner": (
        {
            "kernel/planted.py": "from flowengine.compiler import planted",
            "compiler/planted.py": "from flowengine.compiler import compile",
        },
        {PLANS},
    ),
    "transitions in the runtime": ({"runtime/planted.py": "import transitions"}, {TRANSITIONS}),
    "transitions beside the machine": (
        {"compiler/planted.py": "from transitions import Machine"},
        {TRANSITIONS},
    ),
    "the command line from the runtime": (
        {"runtime/planted.py": "import flowengine.cli.planted", "cli/planted.py": ""},
        {DOWN, CYCLES},
    ),
    "a page from the runtime": ({"runtime/planted.py": "import starlette"}, {PAGES}),
    "the pages from the integrations": (
        {"integrations/planted.py": "import flowengine.web.planted", "web/planted.py": ""},
        {DOWN},
    ),
    "orjson in the store": ({"storage/planted.py": "import orjson"}, {ORJSON}),
    "templates in the kernel": ({"kernel/planted.py": "import jinja2"}, {TEMPLATES}),
    "storage from the rehearsal": (
        {"rehearsal/planted.py": "import flowengine.storage.planted", "storage/planted.py": ""},
        {DOWN},
    ),
    "click in the definition": ({"definition/planted.py": "import click"}, {PURE}),
    "a file opened by the calendars": ({"calendars/planted.py": "from pathlib import Path"}, {PURE}),
    "a clock in the compiler": ({"compiler/planted.py": "from time import time"}, {PURE}),
    "a new package without a place": ({"helpers/__init__.py": ""}, {DOWN}),
    "two files of one package in a circle": (
        {
            "texts/planted.py": "import flowengine.texts.planted_too",
            "texts/planted_too.py": "import flowengine.texts.planted",
        },
        {CYCLES},
    ),
}


@pytest.fixture(scope="module")
def copy(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and its contracts, to plant in."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        checkout / "flowengine", folder / "flowengine", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(checkout / "pyproject.toml", folder)
    return folder


def test_the_package_keeps_every_contract(copy: Path) -> None:
    assert verdicts(copy) == dict.fromkeys(ALL, "KEPT")


@pytest.mark.parametrize(("files", "broken"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_import_turns_its_contracts_red(
    copy: Path, files: Mapping[str, str], broken: set[str]
) -> None:
    with planted(copy / "flowengine", files):
        assert {name for name, verdict in verdicts(copy).items() if verdict == "BROKEN"} == broken


def test_every_contract_has_been_seen_red() -> None:
    assert set().union(*(broken for _, broken in PLANTED.values())) == ALL


def verdicts(folder: Path) -> dict[str, str]:
    """KEPT or BROKEN by contract name, from the same command that `make check` runs."""
    # A process of its own: in this one `flowengine` is imported already, from the checkout.
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found = dict(re.findall(r"^(.+) (KEPT|BROKEN)$", done.stdout, flags=re.MULTILINE))
    assert found, done.stdout + done.stderr
    return found


@contextmanager
def planted(package: Path, files: Mapping[str, str]) -> Iterator[None]:
    """The package with these files added, for as long as the block runs."""
    before = {path for path in package.iterdir() if path.is_dir()}
    for name, text in files.items():
        path = package / name
        assert not path.exists(), f"{name} is taken: plant under another name"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")
    try:
        yield
    finally:
        for name in files:
            (package / name).unlink()
        for path in {path for path in package.iterdir() if path.is_dir()} - before:
            shutil.rmtree(path)
