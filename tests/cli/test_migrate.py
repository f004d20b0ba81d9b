"""`flowengine migrate` on a file: what it says, and that a slip in the path leaves nothing behind."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "flowengine.db: the tables are up to date, version "),
        ("zh", "flowengine.db：表已是最新，版本 "),
    ],
)
def test_what_is_up_to_date_stays_as_it_is(office: Any, lang: str, said: str) -> None:
    done = office("migrate", "--lang", lang)
    assert (done.exit_code, done.stdout.startswith(said)) == (0, True)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "empty.db: the tables were made, version "), ("zh", "empty.db：已建立表，版本 ")],
)
def test_an_empty_database_gets_its_tables(office: Any, lang: str, said: str) -> None:
    sqlite3.connect("empty.db").close()
    Path("empty.db").touch()
    done = office("migrate", "--db", "empty.db", "--lang", lang)
    assert (done.exit_code, done.stdout.startswith(said)) == (0, True)
    assert office("list", "--db", "empty.db").stdout == "no orders\n"


def test_versions_for_programs(office: Any) -> None:
    found = json.loads(office("migrate", "--format", "json").stdout)
    assert found["before"] == found["after"]


def test_an_upgrade_says_from_where_to_where(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flowengine.storage.schema.migrate_place", lambda _: ("0002", "0003"))
    assert office("migrate").stdout == ("flowengine.db: the tables were brought from version 0002 to 0003\n")
    assert office("migrate", "--lang", "zh").stdout == "flowengine.db：表已从版本 0002 升级到 0003\n"


@pytest.mark.parametrize(("words", "code"), [(["nope.db"], 2), (["text.txt"], 1)])
def test_what_is_no_database_is_not_made_one(office: Any, words: list[str], code: int) -> None:
    Path("text.txt").write_text("not a database, " * 100)
    assert office("migrate", "--db", *words).exit_code == code
    assert not Path("nope.db").exists()
