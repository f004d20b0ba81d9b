"""Rows of a scenario: each runs the whole of it with its own values in every `{column}`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flowengine.rehearsal.rows import filled
from tests.rehearsal.play import HEAD, mismatches, report_of

ROW = {"amount": 5, "name": "Li", "none": None, "list": ["a", "b"], "数量": 3}

FILLED: dict[str, tuple[Any, Any]] = {
    "a column alone is the value itself": ("{amount}", 5),
    "also when there is none": ("{none}", None),
    "also when it is a list": ("{list}", ["a", "b"]),
    "within a text it is written into it": ("{name} owes {amount}", "Li owes 5"),
    "a name of any language": ("{数量} 件", "3 件"),
    "within lists and maps": ({"a": ["{amount}", {"b": "{name}"}]}, {"a": [5, {"b": "Li"}]}),
    "names in maps stay": ({"{name}": 1}, {"{name}": 1}),
    "a column that is not there stays as it is written": ("{nmae}", "{nmae}"),
    "other braces stay": ("{} {a b} {{amount}}", "{} {a b} {5}"),
    "numbers stay": (7, 7),
    "nothing stays nothing": (None, None),
}


@pytest.mark.parametrize(("written", "wanted"), FILLED.values(), ids=FILLED)
def test_filling(written: Any, wanted: Any) -> None:
    assert filled(written, ROW) == wanted


STEPS = """
rows:
  - {amount: 4, who: dora, next: make, field: 4}
  - {amount: 9, who: qi, next: take, field: 9}
  - {amount: 4, who: dora, next: take, field: 4}
steps:
  - create: {amount: "{amount}", ref: "R-{amount}"}
    by: dora
    expect: {fields: {amount: "{field}", ref: "R-{field}"}}
  - {done: checked, by: dora}
  - {outcome: away, by: dora, reason: "because of {amount}", expect: {refused: no_such_outcome}}
  - {done: priced, by: "{who}", expect: {stage: "{next}"}}
"""


def test_each_row_is_a_run_of_its_own_and_tells_which_it_was(tmp_path: Path) -> None:
    runs = report_of(tmp_path, STEPS).runs
    assert [run.row and run.row["amount"] for run in runs] == [4, 9, 4]
    assert [run.passed for run in runs] == [True, False, False]
    assert [(each.step, each.expected, each.found) for run in runs[1:] for each in run.mismatches] == [
        (4, "take", "make"),
        (4, "take", "make"),
    ]


def test_every_run_begins_with_an_empty_store(tmp_path: Path) -> None:
    steps = "rows: [{n: 1}, {n: 2}]\nsteps:\n  - {create: {}, by: dora, expect: {number: S202603-001}}\n"
    assert mismatches(tmp_path, steps) == ()


def test_without_rows_there_is_one_run_of_no_row(tmp_path: Path) -> None:
    (run,) = report_of(tmp_path, "steps:\n  - {create: {}, by: dora}\n").runs
    assert run.row is None


EVERYWHERE = """
rows: [{need: checked, file: a.pdf, note: well, outcome: spoiled, why: cracked, person: mo}]
steps:
  - {create: {}, by: dora}
  - {done: "{need}", by: dora}
  - {done: priced, by: qi, expect: {stage: make, todo: {mo: [made, slip, remark]}}}
  - {attach: {slip: "{file}"}, by: "{person}"}
  - {write: {remark: "{note}"}, by: "{person}", expect: {blocked_by: [made]}}
  - {outcome: "{outcome}", by: "{person}", reason: "{why}", expect: {stage: take, notified: [dora, qi, both]}}
"""


def test_columns_are_filled_in_everywhere(tmp_path: Path) -> None:
    assert mismatches(tmp_path, EVERYWHERE) == ()


def test_a_column_may_hold_everybody_who_does_it_and_everybody_who_is_told(tmp_path: Path) -> None:
    steps = """
rows:
  - {who: [dora, qi], told: [dora, qi, both]}
  - {who: qi, told: [desk, qa]}
steps:
  - {create: {}, by: dora}
  - {done: priced, by: "{who}", expect: {refused: already_done}}
  - {done: checked, by: [dora]}
  - {outcome: spoiled, by: mo, reason: x, expect: {notified: ["{told}"], stage: take}}
"""
    first, second = report_of(tmp_path, steps).runs
    assert first.passed, first.mismatches
    assert [each.word for each in second.mismatches] == ["refused"]


def test_the_values_of_an_import_are_those_given_with_each_record_laid_over_them(tmp_path: Path) -> None:
    steps = """
rows: [{a: A1, b: B1}]
steps:
  - import: [{ref: "{a}"}, {ref: "{b}", amount: "x{b}"}]
    by: dora
    expect: {imported: 1, rejected: {row_2: [amount]}}
"""
    assert mismatches(tmp_path, steps, head=HEAD.replace("amount: 5", "amount: 6")) == ()
