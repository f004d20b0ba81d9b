"""`flowengine scenario`: which files are played, how failures and coverage are told, the exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from flowengine.rehearsal.contrast import contrasts
from tests.rehearsal.play import HEAD, PROCESS

GOOD = HEAD + "steps:\n  - {create: {}, by: dora, expect: {stage: take}}\n"
BAD = (
    HEAD.replace("an example", "a fault").replace("process: shop", "shows: [R07]\nprocess: shop")
    + """rows: [{who: dora}, {who: qi}]
steps:
  - {create: {}, by: dora}
  - done: checked
    by: "{who}"
    wait: 10m
    expect: {stage: make, todo: {qa: [checked, priced], mo: []}, fields: {amount: 7}}
"""
)


@pytest.fixture
def shop(folder: Path) -> Path:
    """A folder with a process, a scenario that passes, and below it one that does not."""
    (folder / "shop.yaml").write_text(PROCESS, "utf-8")
    (folder / "good.scenario.yaml").write_text(GOOD, "utf-8")
    (folder / "faults").mkdir()
    (folder / "faults" / "bad.scenario.yaml").write_text(BAD.replace("shop.yaml", "../shop.yaml"), "utf-8")
    return folder


TOLD = """✗ faults/bad.scenario.yaml  a fault  [R07]
  with who: dora
  faults/bad.scenario.yaml:10:5: STEP (- expected, + found)
    done: checked, by: dora, wait: 10m
      stage
        - make
        + take
      todo.qa
        - checked
      fields.amount
        - 7
        + 5
  S202603-001 stands in take and waits:
    priced is missing (desk, qa)
  what had happened up to there:
    2026-03-02 09:00  dora: opened as S202603-001 (shop 1)
    2026-03-02 09:00  dora: ref: A; amount: 5.00 CNY; pieces: 1
    2026-03-02 09:00  dora: entered take (visit 1)
    2026-03-02 09:00  dora: due 2026-03-03 09:00
    2026-03-02 09:10  dora: ticked: checked
  with who: qi
""".replace("STEP", "step 2, at 2026-03-02 09:10, does not come out as expected")


def test_a_failure_shows_the_step_the_difference_the_state_and_the_story(call: Any, shop: Path) -> None:
    result = call("scenario", "faults")
    assert (result.exit_code, result.output[: len(TOLD)]) == (1, TOLD)
    assert "it was refused because:\n    “checked” is for desk" in result.output
    assert result.output.endswith("scenario files: 1; runs: 2; steps: 4; files not as expected: 1\n")
    assert "与预期不符" in call("scenario", "faults", "--lang", "zh").output


def test_files_and_folders_are_played_in_one_call(call: Any, shop: Path) -> None:
    result = call("scenario", "good.scenario.yaml", "faults", ".")
    assert [line[0] for line in result.output.splitlines() if line[0] in "✓✗"] == ["✓", "✗"]
    assert result.exit_code == 1


CHOSEN = {
    "a part of the file's name": (["-k", "good"], ["good"]),
    "a part of the title": (["-k", "AN EXAM"], ["good"]),
    "a part of the title in the other language": (["-k", "例"], ["good", "bad"]),
    "a rule": (["-k", "r07"], ["bad"]),
    "any of several": (["-k", "R07", "-k", "good"], ["good", "bad"]),
}


@pytest.mark.parametrize(("words", "files"), CHOSEN.values(), ids=CHOSEN)
def test_a_word_chooses_scenarios(call: Any, shop: Path, words: list[str], files: list[str]) -> None:
    told = json.loads(call("scenario", ".", "--format", "json", *words).output)
    assert {Path(each["file"]).name.split(".")[0] for each in told["scenarios"]} == set(files)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_word_that_chooses_nothing_is_a_mistake(call: Any, shop: Path, lang: str) -> None:
    result = call("scenario", ".", "-k", "nothing at all", "--lang", lang)
    assert (result.exit_code, "nothing at all" in result.output) == (2, True)


def test_a_file_with_errors_is_told_with_its_findings_and_fails(call: Any, shop: Path) -> None:
    (shop / "odd.scenario.yaml").write_text(GOOD.replace("expect: {", "expect: {refused: [x], "), "utf-8")
    result = call("scenario", "odd.scenario.yaml")
    assert (result.exit_code, "FE103" in result.output) == (1, True)
    suites = ET.fromstring(call("scenario", "odd.scenario.yaml", "--format", "junit").output)
    assert (suites.get("errors"), suites.get("tests"), suites.get("failures")) == ("1", "1", "0")
    assert "FE103" in (suites.find("testsuite/testcase/error").text or "")  # type: ignore[union-attr]


def test_json_says_all_that_the_text_says(call: Any, shop: Path) -> None:
    (failed,) = json.loads(call("scenario", "faults", "--format", "json").output)["scenarios"]
    run = failed["runs"][0]
    assert (run["failed_step"]["step"], run["failed_step"]["place"]) == (2, "faults/bad.scenario.yaml:10:5")
    assert {each["word"]: (each["expected"], each["found"]) for each in run["mismatches"]} == {
        "stage": ("make", "take"),
        "todo": ("{qa: [checked, priced], mo: []}", "{qa: [priced], mo: []}"),
        "fields": ("{amount: 7}", "{amount: 5}"),
    }


def test_a_story_is_told_in_every_format(call: Any, shop: Path) -> None:
    text = call("scenario", "good.scenario.yaml", "--story").output
    line = "2026-03-02 09:00  S202603-001  dora  opened as S202603-001 (shop 1)"
    assert f"  {line}\n" in text
    (told,) = json.loads(call("scenario", "good.scenario.yaml", "--story", "--format", "json").output)[
        "scenarios"
    ]
    assert told["runs"][0]["story"][0] == dict(
        zip(("at", "number", "who", "said"), line.split("  "), strict=True)
    )
    suites = ET.fromstring(call("scenario", "good.scenario.yaml", "--story", "--format", "junit").output)
    assert (suites.findtext("testsuite/testcase/system-out") or "").startswith(line)


def test_messages_are_shown_in_both_languages(call: Any, shop: Path) -> None:
    late = "steps:\n  - {create: {}, by: dora}\n  - {wait: 25h}\n"
    (shop / "late.scenario.yaml").write_text(HEAD + late, "utf-8")
    lines = call("scenario", "late.scenario.yaml", "--messages").output.splitlines()
    line = "S202603-001 to dora, over whatever channel the host has: late"
    assert lines[1] == f"  2026-03-03 09:00  {line}"
    assert [each.split()[0] for each in lines if each.startswith("    ") and each[4] != " "] == ["en", "zh"]
    answer = call("scenario", "late.scenario.yaml", "--messages", "--format", "json").output
    (told,) = json.loads(answer)["scenarios"][0]["runs"][0]["messages"]
    assert (told["to"], told["about"], told["at"]) == ("dora", "late", "2026-03-03 09:00")
    assert "已逾期" in told["zh"]["subject"]


def test_junit_has_a_suite_for_each_file_and_a_case_for_each_run(call: Any, shop: Path) -> None:
    result = call("scenario", ".", "--format", "junit", "--coverage")
    assert result.output == call("scenario", ".", "--format", "junit", "--coverage").output
    suites = ET.fromstring(result.output)
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in suites] == [
        ("good.scenario.yaml", "1", "0"),
        ("faults/bad.scenario.yaml", "2", "2"),
        ("coverage shop.yaml", "1", "0"),
    ]
    assert (suites.get("tests"), suites.get("failures"), result.exit_code) == ("4", "2", 1)
    names = [case.get("name") for case in suites.iter("testcase")]
    assert names == ["an example", "a fault (who: dora)", "a fault (who: qi)", "coverage"]
    failure = suites.find("testsuite/testcase/failure[@message]")
    assert failure is not None
    assert "step 2: stage should be make, but is take" in (failure.text or "")
    properties = {each.get("name"): each.get("value") for each in suites[2].iter("property")}
    assert (properties["coverage.stage"], properties["coverage.end"]) == ("1/3", "0/1")
    assert any(each.get("value", "").startswith("shop.yaml:") for each in suites[2].iter("property"))


def test_signs_that_xml_cannot_hold_do_not_break_the_report(call: Any, shop: Path) -> None:
    text = GOOD.replace("{stage: take}", '{fields: {ref: "a\\u0085\\u200bb"}}').replace(
        "ref: A", 'ref: "\\u0085 <&>"'
    )
    (shop / "good.scenario.yaml").write_text(text, "utf-8")
    output = call("scenario", "good.scenario.yaml", "--format", "junit").output
    assert ET.fromstring(output).get("tests") == "1"


COVERED = """
shop.yaml: 2 of 22 met, 9 %; scenario files: 1
  stages entered               1 of 3
  times that ran out           0 of 2
  ends reached                 0 of 1
  outcomes chosen              0 of 2
  needs met                    0 of 7
  needs that stopped somebody  1 of 7
  never met:
"""


def test_coverage_is_told_with_the_place_of_everything_that_was_never_met(call: Any, shop: Path) -> None:
    steps = "  - {done: checked, by: dora, expect: {refused: x}}\n"
    (shop / "good.scenario.yaml").write_text(
        GOOD + steps.replace("by: dora", "by: qi").replace(": x", ": not_yours")
    )
    output = call("scenario", "good.scenario.yaml", "--coverage").output
    assert output[output.index("\nshop.yaml: ") :].startswith(COVERED)
    lines = output.splitlines()
    place = PROCESS.splitlines().index("  make:") + 1
    assert (
        f"    shop.yaml:{place}:3   no order enters the stage make, nor meets 11 more things in it" in lines
    )
    assert not any("slip of make" in line for line in lines)
    assert "从未演练" in call("scenario", "good.scenario.yaml", "--coverage", "--lang", "zh").output


def test_a_process_in_the_folder_that_no_scenario_plays_is_told(call: Any, shop: Path) -> None:
    (shop / "faults" / "bad.scenario.yaml").unlink()
    (shop / "other.yaml").write_text(PROCESS.replace("process: shop", "process: other"), "utf-8")
    assert "no scenario plays this process" in call("scenario", ".", "--coverage").output
    told = json.loads(call("scenario", ".", "--coverage", "--format", "json").output)
    assert [(each["process"], each["percent"]) for each in told["coverage"]] == [("other", 0), ("shop", 4)]
    items = told["coverage"][1]["items"]
    assert [each["name"] for each in items if each["met_by"]] == ["take"]
    assert all(each["never"] or each["met_by"] for each in items)


@pytest.mark.parametrize(("least", "code"), [("0", 0), ("4", 0), ("5", 1), ("100", 1)])
def test_too_little_coverage_fails(call: Any, shop: Path, least: str, code: int) -> None:
    result = call("scenario", "good.scenario.yaml", "--fail-under", least)
    assert result.exit_code == code
    assert ("is less than" in result.output) == bool(code)
    suites = ET.fromstring(
        call("scenario", "good.scenario.yaml", "--fail-under", least, "--format", "junit").output
    )
    assert suites.get("failures") == str(code)


def test_a_share_that_is_none_is_wrong_use(call: Any, shop: Path) -> None:
    assert call("scenario", "good.scenario.yaml", "--fail-under", "101").exit_code == 2


CONTRASTS: dict[str, tuple[Any, Any, list[str]]] = {
    "the same": ({"a": [1, 2]}, {"a": [2, 1]}, []),
    "a value": (1, 2, ["-1", "+2"]),
    "twice instead of once": (["a"], ["a", "a"], ["+a"]),
    "lacking and surplus": (["a", "b"], ["b", "c"], ["-a", "+c"]),
    "within names": ({"a": {"b": 1}, "c": 1}, {"a": {"b": 2}, "c": 1}, ["a.b-1", "a.b+2"]),
    "a name too much": ({}, {"a": 1}, ["a-None", "a+1"]),
    "of another kind": (None, ["a"], ["-None", "+['a']"]),
}


@pytest.mark.parametrize(("expected", "found", "told"), CONTRASTS.values(), ids=CONTRASTS)
def test_a_difference_is_told_as_small_as_it_is(expected: Any, found: Any, told: list[str]) -> None:
    assert [f"{'.'.join(each.path)}{each.sign}{each.value}" for each in contrasts(expected, found)] == told
