"""`flowengine audit`: checkpoints go to a file, and the database is held against them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

FILE = "checkpoints.jsonl"


@pytest.fixture
def order(office: Any) -> Any:
    """The office with one order."""
    assert office("start", "order", "customer=Northwind", "amount=12,000").exit_code == 0
    return office


def test_checkpoints_are_added_to_a_file(order: Any, folder: Path) -> None:
    first = order("audit", "checkpoint", "--to", FILE)
    assert (first.exit_code, first.stdout.splitlines()[0]) == (
        0,
        "checkpoint 1: 1 orders, 1 rows of history, 1 orders changed since the last",
    )
    second = json.loads(order("audit", "checkpoint", "--to", FILE, "--format", "json").stdout)
    assert (second["sequence"], second["orders"], second["changed"]) == (2, 1, 0)
    lines = [json.loads(line) for line in (folder / FILE).read_text().splitlines()]
    assert [line["root"] for line in lines] == [first.stdout.split()[-1], second["root"]]
    done = order("audit", "verify", "--against", FILE, "--root", second["root"])
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, f"held against 2 checkpoints of {FILE}")
    shown = order("verify", "--against", FILE, "--format", "json")
    assert json.loads(shown.stdout) == {"orders": 1, "rows": 1, "checkpoints": 2, "problems": []}


def test_without_a_file_the_whole_checkpoint_is_printed(order: Any, folder: Path) -> None:
    (folder / FILE).write_text(order("audit", "checkpoint").stdout)
    assert order("audit", "verify", "--against", FILE).exit_code == 0


def test_an_order_removed_behind_the_back_is_named(order: Any, folder: Path) -> None:
    order("audit", "checkpoint", "--to", FILE)
    with closing(sqlite3.connect("flowengine.db")) as store, store:
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            store.execute(f"DROP TRIGGER {name}")
        for table in ("fe_history", "fe_work", "fe_outbox", "fe_counters", "fe_orders"):
            store.execute(f"DELETE FROM {table}")
    done = order("audit", "verify", "--against", FILE)
    assert (done.exit_code, "202602-001 was removed with its history, rows 1 to 1" in done.stdout) == (
        1,
        True,
    )
    assert "已被移除" in order("audit", "verify", "--against", FILE, "--lang", "zh").stdout
    before = (folder / FILE).read_bytes()
    refused = order("audit", "checkpoint", "--to", FILE)
    assert (refused.exit_code, "nothing was written" in refused.stderr) == (1, True)
    assert "202602-001 was removed" in refused.stdout
    assert (folder / FILE).read_bytes() == before


def test_a_line_that_lost_its_end_is_ended(order: Any, folder: Path) -> None:
    order("audit", "checkpoint", "--to", FILE)
    (folder / FILE).write_bytes((folder / FILE).read_bytes().rstrip(b"\n"))
    order("audit", "checkpoint", "--to", FILE)
    assert order("audit", "verify", "--against", FILE).exit_code == 0


def test_where_the_file_is_full_it_stays_as_it_was(
    order: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order("audit", "checkpoint", "--to", FILE)
    before = (folder / FILE).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    refused = order("audit", "checkpoint", "--to", FILE)
    assert (refused.exit_code, "No space left" in refused.stderr) == (2, True)
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("verify --root ab", "--root ab: there is no file"),
        ("audit verify --to x", "--to x: verifying writes no file"),
        ("audit checkpoint --against x", "x: --against and --root are for"),
        ("audit checkpoint --root x", "x: --against and --root are for"),
        ("audit verify --against x", "x: there is no such file"),
        ("audit checkpoint --to x/y", "x/y: this cannot be written"),
        ("audit forget", "checkpoint"),
    ],
)
def test_slips_are_named(order: Any, words: str, said: str) -> None:
    done = order(*words.split())
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_a_root_that_no_checkpoint_has(order: Any) -> None:
    order("audit", "checkpoint", "--to", FILE)
    done = order("audit", "verify", "--against", FILE, "--root", "ab" * 32)
    assert (done.exit_code, "no checkpoint has the root abab" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--to", "a.jsonl", "--to", "b.jsonl"], 2, "a checkpoint is added to one file"),
        (["--to", "http://audit.example.com/x?token=secret"], 2, "only https is safe"),
        (["--to", "https://127.0.0.1:1/x?token=secret"], 1, "https://127.0.0.1 did not take the checkpoint"),
        (["--to", FILE, "--to", "https://127.0.0.1:1/x?token=secret"], 1, f"it is the last line of {FILE}"),
    ],
    ids=["two files", "not safe", "nobody there", "nobody there, but kept"],
)
def test_what_cannot_be_posted_is_told(
    words: list[str], code: int, said: str, order: Any, folder: Path
) -> None:
    done = order("audit", "checkpoint", *words)
    assert (done.exit_code, said in done.stderr, "secret" in done.output) == (code, True, False)
    assert (folder / FILE).exists() == (FILE in words)
