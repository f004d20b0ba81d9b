"""What a call loads: a cold `validate` no database and no state machine, the help no verb at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
HEAVY = {
    "sqlalchemy",
    "sqlite3",
    "transitions",
    "asyncio",
    "concurrent",
    "email",
    "http",
    "multiprocessing",
    "ssl",
    "unittest",
}
ENGINE = {
    "flowengine.kernel",
    "flowengine.runtime",
    "flowengine.rehearsal",
    "flowengine.storage",
    "flowengine.compiler",
}
STORED = {"sqlalchemy", "sqlite3", "flowengine.runtime", "flowengine.storage"}
DEFINITION = {"flowengine.definition", "yaml", "jsonschema"}

CALLS = {
    "validate": (["validate", "processes/order.yaml"], HEAVY | ENGINE),
    "validate with findings": (["validate", "faulty.yaml"], HEAVY | ENGINE),
    "validate a scenario": (["validate", "processes/order.scenario.yaml"], HEAVY | ENGINE),
    "graph of a file": (["graph", "processes/order.yaml"], STORED),
    "help": (["--help"], HEAVY | ENGINE | DEFINITION),
    "help of the worker": (["worker", "--help"], HEAVY | ENGINE | DEFINITION | {"flowengine.worker"}),
    "help of a verb": (["do", "--help"], HEAVY | ENGINE | DEFINITION),
    "help of a verb about files": (["schema", "--help"], HEAVY | ENGINE | DEFINITION),
    "schema": (["schema", "process"], HEAVY | ENGINE | {"jsonschema"}),
    "init": (["init", "elsewhere"], HEAVY | ENGINE | {"jsonschema"}),
}  # fmt: skip


@pytest.mark.parametrize(("words", "unwanted"), CALLS.values(), ids=CALLS.keys())
def test_a_call_loads_only_what_it_needs(
    call: Any, folder: Path, words: list[str], unwanted: set[str]
) -> None:
    call("init")
    (folder / "faulty.yaml").write_text("flowengine: 1\nprocess: order\n")
    loaded = {".".join(name.split(".")[:depth]) for name in imported(words) for depth in (1, 2)}
    assert loaded & unwanted == set()


def imported(words: list[str]) -> set[str]:
    """Every module that a call imports, as `-X importtime` reports them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "flowengine", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8"},
        check=False,
        timeout=60,
    )
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}
