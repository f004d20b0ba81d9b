"""Coverage: what a scenario met of its process, told by history and answers; and what none ever met."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine import connect
from flowengine.rehearsal.coverage.coverage import Coverage, Covered
from flowengine.rehearsal.scenario import run_file
from tests.rehearsal.play import HEAD

PROCESS = """
flowengine: 1
process: shop
version: "1"
owner: desk
zone: Asia/Shanghai
order:
  checks: [{that: amount >= 0, else: below nothing}]
  fields:
    ref: {type: text, required: true}
    amount: {type: money, currency: CNY, default: 0}
    day: date
    slip_no: text
roles: {desk: {}, maker: {}, qa: {}}
stages:
  take:
    owner: desk
    due: 1d
    needs: {checked: check, small: {that: amount < 100}}
    next:
      - {when: not has(day), to: make}
      - {when: amount > 50, to: hand}
      - {to: closed}
  make:
    owner: maker
    needs: {made: check, day: field}
    outcomes:
      spoiled: {to: take, at_most: 1, beyond: [{ask: {talk: note}}], needs: {photo: file}}
      lost: {to: cancelled}
  hand:
    owner: [{when: amount > 70, to: maker}, {to: desk}]
    due: [{when: amount > 70, within: 1d}, {within: 2d}]
    entry: {seal: {check: sealed, by: [desk, maker]}}
    needs: {slip_no: field}
    next: closed
"""
OPENED = "  - {create: {}, by: dora}\n"
TAKEN = OPENED + "  - {done: checked, by: dora}\n"
SPOILED = "  - {attach: {photo: x}, by: mo}\n  - {outcome: spoiled, by: mo}\n"
GIVEN = OPENED + "  - {write: {day: 2026-03-09, amount: 60}, by: dora}\n"
SEALED = "  - {done: seal, by: dora}\n  - {done: checked, by: dora}\n"
IN_HAND = "need checked; need seal; need small; row take 2; stage hand"
WAY_TO_MAKE = "need checked; need small; row take 1; stage make"

# What the steps meet beyond what an opened order meets anyway.
MEETS: dict[str, tuple[str, str]] = {
    "an order is opened": (OPENED, ""),
    "a check is ticked, a condition holds, a row is taken": (
        TAKEN,
        "need checked; need small; row take 1; stage make",
    ),
    "the only need that is missing stops the order": (
        TAKEN.replace("{}", "{amount: 600}"),
        "need checked; stopped checked; stopped small",
    ),
    "the second row": (
        GIVEN + "  - {done: seal, by: mo}\n  - {done: checked, by: dora}\n",
        IN_HAND + "; owner hand 2; due hand 2; stopped checked; stopped slip_no",
    ),
    "rows that say who, and until when": (
        GIVEN.replace("60", "80") + SEALED + "  - {wait: 25h}\n",
        IN_HAND + "; owner hand 1; due hand 1; late hand; stopped checked; stopped slip_no",
    ),
    "the door of a stage stops": (
        GIVEN + "  - {done: checked, by: dora}\n",
        "need checked; stopped checked; stopped seal",
    ),
    "the last row, and the end": (
        GIVEN.replace("60", "5") + "  - {done: checked, by: dora}\n",
        "end closed; need checked; need small; row take 3; stopped checked",
    ),
    "a stage is late": (OPENED + "  - {wait: 25h}\n", "late take; stopped checked"),
    "somebody is refused": (
        OPENED + "  - {done: checked, by: qi, expect: {refused: not_yours}}\n",
        "stopped checked",
    ),
    "a check of the order is broken": (
        "  - {create: {amount: -1}, by: dora, expect: {refused: check_failed}}\n" + OPENED,
        "check amount >= 0",
    ),
    "also by an import": (
        OPENED + "  - {import: [{ref: X, amount: -1}], by: dora}\n",
        "check amount >= 0",
    ),
    "the needs of an outcome": (
        TAKEN + "  - {outcome: spoiled, by: mo, expect: {refused: need_open}}\n" + SPOILED,
        "need checked; need photo; need small; outcome make.spoiled; row take 1; stage make; stopped photo",
    ),
    "an outcome once more than allowed": (
        TAKEN + SPOILED + "  - {done: checked, by: dora}\n" + SPOILED + "  - {write: {talk: x}, by: mo}\n",
        "beyond make.spoiled; need talk; outcome make.spoiled; need photo; " + WAY_TO_MAKE,
    ),
    "an end by an outcome": (
        TAKEN + "  - {outcome: lost, by: mo}\n",
        "end cancelled; need checked; need small; outcome make.lost; row take 1; stage make",
    ),
    "a field that has its value when the stage begins": (
        GIVEN.replace("{day", "{slip_no: '7', day") + SEALED,
        IN_HAND + "; owner hand 2; due hand 2; end closed; need slip_no",
    ),
}
ALWAYS = {"stage take", "stopped checked"}


def told(covered: Covered) -> Iterator[str]:
    for item, by in covered.met.items():
        if by:
            at = f"{item.key.at}." if item.key.kind in ("outcome", "beyond") else ""
            row = f"{item.key.at} " if item.key.kind in ("row", "owner", "due") else ""
            yield f"{item.key.kind} {row}{at}{item.key.name}"


def played(folder: Path, **files: str) -> Covered:
    """The coverage of a process by files with these steps."""
    (folder / "shop.yaml").write_text(PROCESS, "utf-8")
    coverage = Coverage()
    for name, steps in files.items():
        path = folder / f"{name}.scenario.yaml"
        path.write_text(f"{HEAD}steps:\n{steps}", "utf-8")
        report = run_file(path, connect, lang="en", witness=coverage.saw)
        assert report.passed, [each.message("en") for run in report.runs for each in run.mismatches]
    (covered,) = coverage.processes
    return covered


@pytest.mark.parametrize(("steps", "wanted"), MEETS.values(), ids=MEETS)
def test_what_is_met(steps: str, wanted: str, tmp_path: Path) -> None:
    met = set(told(played(tmp_path, one=steps)))
    assert met - ALWAYS == set(filter(None, wanted.split("; "))) - ALWAYS
    assert "stage take" in met


def test_everything_can_be_met_and_then_nothing_is_missing(tmp_path: Path) -> None:
    files = {f"s{number}": steps for number, (steps, _) in enumerate(MEETS.values())}
    covered = played(tmp_path, **files)
    missing = {(item.key.kind, item.key.name) for item in covered.never}
    assert missing == {
        ("stopped", "made"),
        ("need", "made"),
        ("need", "day"),
        ("stopped", "day"),
        ("stopped", "talk"),
    }
    assert covered.percent == 100 * (len(covered.met) - len(missing)) // len(covered.met)
    more = TAKEN + "  - {done: seal, by: mo}\n  - {write: {day: 2026-03-09}, by: mo}\n"
    more += "  - {write: {day: null}, by: mo}\n  - {done: made, by: mo}\n"
    refused = TAKEN + SPOILED + "  - {done: checked, by: dora}\n" + SPOILED
    refused += "  - {outcome: lost, by: mo, expect: {refused: {need_open: [talk]}}}\n"
    again = played(tmp_path, **files, more=more, refused=refused)
    assert (again.percent, again.never) == (100, ())


def test_each_item_knows_its_place_and_the_files_that_met_it(tmp_path: Path) -> None:
    covered = played(tmp_path, one=TAKEN, two=OPENED)
    names = {item.key: (item.place, [Path(file).name for file in by]) for item, by in covered.met.items()}
    place, by = next(value for key, value in names.items() if key.kind == "row" and key.name == "1")
    line = PROCESS.splitlines().index("      - {when: not has(day), to: make}") + 1
    assert (place.file, place.line, by) == (str(tmp_path / "shop.yaml"), line, ["one.scenario.yaml"])
    assert next(by for key, (_, by) in names.items() if key.kind == "stage" and key.at == "take") == [
        "one.scenario.yaml",
        "two.scenario.yaml",
    ]
    assert covered.scenarios == 2


def test_a_process_that_nobody_plays_is_there_with_nothing_met(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(PROCESS, "utf-8")
    (tmp_path / "library.yaml").write_text("roles: {}\n", "utf-8")
    coverage = Coverage()
    for name in ("shop.yaml", "library.yaml", "shop.yaml"):
        coverage.expect(tmp_path / name)
    (covered,) = coverage.processes
    assert (covered.percent, covered.scenarios, set(covered.met.values())) == (0, 0, {()})


def test_a_run_that_failed_covers_what_it_met_until_then(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(PROCESS, "utf-8")
    path = tmp_path / "one.scenario.yaml"
    path.write_text(
        f"{HEAD}steps:\n{OPENED}  - {{done: checked, by: dora, expect: {{stage: hand}}}}\n", "utf-8"
    )
    coverage = Coverage()
    assert not run_file(path, connect, witness=coverage.saw).passed
    assert "stage make" in set(told(coverage.processes[0]))
