"""The baseline: what is recorded is not told, whatever line it moves to; what is gone is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HEAD = 'flowengine: 1\nprocess: order\nversion: "1"\nowner: desk\nroles: {desk: {}}\n'
STAGES = "stages: {only: {owner: desk, needs: {ok: check}, next: closed}}\n"
ENDS = "ends:\n  lost: {kind: failure}\n  gone: {kind: failure}\n"


@pytest.fixture
def shop(folder: Path, call: Any) -> Path:
    """A folder with two faulty files and the baseline of both, in a folder of its own."""
    (folder / "ends.yaml").write_text(HEAD + STAGES + ENDS, "utf-8")
    (folder / "roles.yaml").write_text(HEAD + STAGES.replace("owner: desk", "owner: dsk"), "utf-8")
    (folder / "ci").mkdir()
    done = call("validate", ".", "--write-baseline", "ci/known.json")
    assert (done.exit_code, "findings recorded: 3" in done.stdout) == (0, True)
    return folder


def rows(call: Any, *words: str) -> list[tuple[str, str, str]]:
    done = call("validate", *words, "--baseline", "ci/known.json", "--format", "json")
    return [(row["code"], row["file"], row["message"]) for row in json.loads(done.stdout)]


def test_an_entry_names_file_code_path_and_word(shop: Path) -> None:
    assert json.loads((shop / "ci/known.json").read_text("utf-8")) == {
        "baseline": 1,
        "findings": [
            {"file": "../ends.yaml", "code": "FE408", "path": "ends.gone", "word": "gone"},
            {"file": "../ends.yaml", "code": "FE408", "path": "ends.lost", "word": "lost"},
            {"file": "../roles.yaml", "code": "FE201", "path": "stages.only.owner", "word": "dsk"},
        ],
    }


def test_what_is_recorded_is_not_told(call: Any, shop: Path) -> None:
    done = call("validate", ".", "--baseline", "ci/known.json", "--strict")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "recorded in the baseline, not shown: 3",
        "files checked: 2; nothing to report",
    ]


def test_lines_may_move(call: Any, shop: Path) -> None:
    text = (shop / "ends.yaml").read_text("utf-8")
    (shop / "ends.yaml").write_text("# a note\n\n" + text.replace("ends:", "ends: # three\n"), "utf-8")
    assert rows(call, ".") == []


def test_what_is_new_is_told(call: Any, shop: Path) -> None:
    (shop / "ends.yaml").write_text(HEAD + STAGES + ENDS + "  given_up: {kind: failure}\n", "utf-8")
    assert rows(call, ".") == [("FE408", "ends.yaml", "no order ever ends as “given_up”")]


def test_the_same_mistake_twice_needs_two_entries(call: Any, shop: Path) -> None:
    one = "owner: dsk, needs: {ok: check}"
    more = f"stages: {{only: {{{one}, next: closed, outcomes: {{a: {{to: closed, by: [dsk, dsk]}}}}}}}}\n"
    (shop / "roles.yaml").write_text(HEAD + more, "utf-8")
    assert [row[0] for row in rows(call, ".")] == ["FE201", "FE201"]
    call("validate", ".", "--write-baseline", "ci/known.json")
    assert rows(call, ".") == []


def test_what_is_gone_is_told_at_its_entry(call: Any, shop: Path) -> None:
    (shop / "ends.yaml").write_text(HEAD + STAGES + ENDS.replace("  gone: {kind: failure}\n", ""), "utf-8")
    done = call("validate", ".", "--baseline", "ci/known.json")
    assert done.exit_code == 0
    assert done.stdout.startswith("ci/known.json:2:3: warning FE606: FE408 at `ends.gone`")
    assert '\n  {"file": "../ends.yaml", "code": "FE408"' in done.stdout.replace("    {", "  {")
    assert call("validate", ".", "--baseline", "ci/known.json", "--strict").exit_code == 1


def test_behind_an_error_nothing_is_called_gone(call: Any, shop: Path) -> None:
    (shop / "ends.yaml").write_text(HEAD.replace("owner: desk", "owner: dks") + STAGES + ENDS, "utf-8")
    assert [row[:2] for row in rows(call, ".")] == [("FE201", "ends.yaml")]


def test_an_entry_of_a_file_that_is_not_looked_at_is_left_alone(call: Any, shop: Path) -> None:
    assert rows(call, "ends.yaml") == []
    (shop / "roles.yaml").unlink()
    assert [row[:2] for row in rows(call, "ends.yaml")] == [("FE606", "ci/known.json")]


def test_writing_again_keeps_what_was_not_looked_at(call: Any, shop: Path) -> None:
    before = (shop / "ci/known.json").read_text("utf-8")
    call("validate", "ends.yaml", "--write-baseline", "ci/known.json")
    assert (shop / "ci/known.json").read_text("utf-8") == before


def test_a_file_that_cannot_be_read_has_a_place_in_it_too(call: Any, shop: Path) -> None:
    (shop / "broken.yaml").write_text('title: "审核\n', "utf-8")
    call("validate", ".", "--write-baseline", "ci/known.json")
    assert rows(call, ".") == []


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '{"baseline": 2, "findings": []}', '{"baseline": 1, "findings": {}}',
     '{"baseline": 1, "findings": [1]}', '{"baseline": 1, "findings": [{"file": "a", "code": 1}]}',
     "\x00", "{"],
)  # fmt: skip
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_another_file_is_no_baseline(call: Any, shop: Path, text: str, option: str) -> None:
    (shop / "other.json").write_text(text, "utf-8")
    done = call("validate", "ends.yaml", option, "other.json")
    assert done.exit_code == 2
    assert "other.json: this is no baseline" in done.stderr
    assert (shop / "other.json").read_text("utf-8") == text


def test_a_baseline_that_is_not_there_is_said_to_be_missing(call: Any, shop: Path) -> None:
    done = call("validate", "ends.yaml", "--baseline", "nowhere.json")
    assert (done.exit_code, "nowhere.json" in done.stderr) == (2, True)
