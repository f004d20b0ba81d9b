"""`flowengine schema`, and what `init` leaves for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flowengine.definition.editor_schema import ROOTS, Root, editor_schema
from flowengine.texts import LANGUAGES, Lang


@pytest.mark.parametrize("root", ROOTS)
def test_the_schema_is_printed(call: Any, checkout: Path, root: Root) -> None:
    done = call("schema", root)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (checkout / f"schemas/{root}.schema.json").read_text("utf-8")
    assert json.loads(done.stdout) == editor_schema(root)


@pytest.mark.parametrize("there", [False, True])
def test_the_schema_is_written_in_the_place_of_an_older_one(call: Any, folder: Path, there: bool) -> None:
    path = folder / "deep" / "schemas" / "process.json"
    if there:
        path.parent.mkdir(parents=True)
        path.write_text("old")
    done = call("schema", "process", "-o", str(path))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"written: {path}\n")
    assert json.loads(path.read_text("utf-8")) == editor_schema("process")


def test_a_place_where_nothing_can_be_written(call: Any, folder: Path) -> None:
    (folder / "file").write_text("mine")
    done = call("schema", "process", "-o", "file/process.json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "file/process.json" in done.stderr
    assert (folder / "file").read_text() == "mine"


@pytest.mark.parametrize("words", [[], ["order"], ["process", "scenario"]])
def test_there_are_two_schemas(call: Any, words: list[str]) -> None:
    done = call("schema", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_line_of_a_starter_leads_an_editor_to_its_schema(
    call: Any, folder: Path, lang: Lang
) -> None:
    written = [line.split(maxsplit=1)[-1] for line in call("init", "--lang", lang).stdout.splitlines()]
    assert call("init", "--lang", lang).exit_code == 1
    for name, root in (("order.yaml", "process"), ("order.scenario.yaml", "scenario")):
        first = (folder / "processes" / name).read_text("utf-8").splitlines()[0]
        comment, place = first.split("$schema=")
        assert comment == "# yaml-language-server: "
        schema = folder / "processes" / place
        assert json.loads(schema.read_text("utf-8")) == editor_schema(root)  # type: ignore[arg-type]
        assert any(f"{root}.schema.json" in line for line in written)


def test_a_schema_that_is_there_stays(call: Any, folder: Path) -> None:
    """It may be that of a newer flowengine, which others of the project have."""
    (folder / "schemas").mkdir()
    (folder / "schemas" / "process.schema.json").write_text("mine")
    done = call("init")
    assert done.exit_code == 0
    assert (folder / "schemas" / "process.schema.json").read_text() == "mine"
    assert "process.schema.json" not in done.stdout
    assert "scenario.schema.json" in done.stdout
