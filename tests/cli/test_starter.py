"""`flowengine init`: the starter teaches in both languages, is sound, and never overwrites anything."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from flowengine.cli.findings.checking import checked
from flowengine.texts import LANGUAGES, Lang

FILES = ("processes/order.yaml", "processes/order.scenario.yaml")
SCHEMAS = ("schemas/process.schema.json", "schemas/scenario.schema.json")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_starter_is_sound_and_its_scenario_passes(
    call: Any, clock: Any, folder: Path, lang: Lang
) -> None:
    assert call("init", "--lang", lang).exit_code == 0
    for name in FILES:
        assert checked(folder / name).findings == ()
    assert call("scenario", "processes").exit_code == 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_the_starter_fits_on_a_screen_and_says_what_it_means(
    call: Any, folder: Path, name: str, lang: Lang
) -> None:
    call("init", "--lang", lang)
    text = (folder / name).read_text("utf-8")
    assert 40 <= len(text.splitlines()) <= 65
    assert text.count("#") >= 8
    assert ("订单" in text) == (lang == "zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_commands_it_proposes_run(call: Any, clock: Any, folder: Path, lang: Lang) -> None:
    lines = [line.split() for line in call("init", "my office", "--lang", lang).stdout.splitlines()]
    proposed = [words for words in lines if words[0] == "flowengine"]
    assert len(proposed) == 3
    for words in proposed:
        bare = " ".join(words[1:]).replace("'my office/", "my office/").replace("'", "").split(" my office/")
        assert call(*bare[0].split(), f"my office/{bare[1]}").exit_code == 0


@pytest.mark.parametrize("taken", FILES)
def test_nothing_is_overwritten_and_then_nothing_is_written(call: Any, folder: Path, taken: str) -> None:
    (folder / "processes").mkdir()
    (folder / taken).write_text("mine")
    result = call("init")
    assert (result.exit_code, result.stdout) == (1, "")
    assert taken in result.stderr
    assert [path.name for path in (folder / "processes").iterdir()] == [Path(taken).name]
    assert (folder / taken).read_text() == "mine"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_git_keeps_neither_orders_nor_the_key(call: Any, folder: Path, lang: Lang) -> None:
    call("init", "shop", "--lang", lang)
    git = ["git", "-C", str(folder / "shop")]
    subprocess.run([*git, "init", "-q"], check=True)
    for name in ("flowengine.db", "flowengine.db-wal", "flowengine.key"):
        (folder / "shop" / name).touch()
    asked = [*git, "status", "--porcelain", "--untracked-files=all"]
    kept = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert {line[3:] for line in kept.splitlines()} == {".gitignore", *FILES, *SCHEMAS}


@pytest.mark.parametrize(
    ("lang", "said"), [("en", ".gitignore was there already"), ("zh", ".gitignore 已存在")]
)
def test_what_git_ignores_already_stays(call: Any, folder: Path, lang: str, said: str) -> None:
    (folder / ".gitignore").write_text("mine")
    assert said in call("init", "--lang", lang).stdout
    assert (folder / ".gitignore").read_text() == "mine"


def test_a_folder_that_is_there_is_kept(call: Any, folder: Path) -> None:
    (folder / "here" / "processes").mkdir(parents=True)
    (folder / "here" / "processes" / "other.yaml").write_text("mine")
    assert call("init", "here").exit_code == 0
    assert (folder / "here" / "processes" / "other.yaml").read_text() == "mine"
