"""Whatever stands in a scenario file, it is refused with findings or played; nothing else ever happens."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowengine import connect
from flowengine.rehearsal.coverage.coverage import Coverage
from flowengine.rehearsal.report import Report
from flowengine.rehearsal.scenario import run_file
from tests.rehearsal.play import HEAD, PROCESS

STEPS = """
rows: [{who: dora, amount: 5}, {who: [dora], amount: 7}]
steps:
  - create: {amount: "{amount}"}
    by: "{who}"
    expect: {stage: take, due: {take: 2026-03-03 09:00}, fields: {day: null}}
  - {done: checked, by: dora, wait: 1h, expect: {blocked_by: [priced], todo: {qa: [priced]}, late: []}}
  - {done: priced, by: qi, until: 2026-03-02 11:00, expect: {verdict: ready, not_notified: [mo]}}
  - {attach: {slip: a.pdf}, by: mo, expect: {chart: {take: [make]}}}
  - {write: {remark: x}, by: mo}
  - {outcome: spoiled, by: mo, expect: {refused: {reason_missing: [spoiled]}}}
  - {import: [{ref: B}], by: dora, expect: {imported: 1, already_there: 0, rejected: {}}}
"""
SOUND: dict[str, Any] = yaml.load(HEAD + STEPS, yaml.BaseLoader)
NAMES = [
    "dora",
    "mo",
    "take",
    "make",
    "closed",
    "checked",
    "slip",
    "remark",
    "spoiled",
    "day",
    "amount",
    "ref",
]
KEYS = [
    "by",
    "wait",
    "until",
    "expect",
    "refused",
    "stage",
    "todo",
    "done",
    "write",
    "import",
    "row_1",
    "notified",
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.sampled_from(
        [*NAMES, "{who}", "{amount}", "{", "2026-03-02 09:00", "0001-01-01 00:00", "9999-12-31 23:59"]
    ),
    st.sampled_from(
        ["1m", "3650d", "999999d", "0m", "\ud800"[:0], "R01", "ready", "../shop.yaml", "。：", "-1", "1e400"]
    ),
    st.text(max_size=6),
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*NAMES, *KEYS]), inner, max_size=3)
    ),
    max_leaves=4,
)


def paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value within a document."""
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(path for key, each in within for path in paths(each, (*before, key)))]


PATHS = paths(SOUND)[1:]


def altered(changes: list[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    document = deepcopy(SOUND)
    for path, value in changes:
        at: Any = document
        try:
            for key in path[:-1]:
                at = at[key]
            at[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has taken that place away
    return document


def played(folder: Path, text: str) -> Report:
    (folder / "shop.yaml").write_text(PROCESS, "utf-8")
    path = folder / "any.scenario.yaml"
    path.write_text(text, "utf-8", errors="replace")
    coverage = Coverage()
    report = run_file(path, connect, lang="en", witness=coverage.saw)
    assert report.runs or any(finding.severity == "error" for finding in report.findings)
    for run in report.runs:
        assert all(each.message("zh") for each in run.mismatches)
    assert all(covered.percent <= 100 for covered in coverage.processes)
    return report


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.sampled_from(PATHS), JUNK), min_size=1, max_size=2))
def test_any_shape_is_refused_or_played(changes: list[tuple[tuple[Any, ...], Any]], tmp_path: Path) -> None:
    played(tmp_path, yaml.safe_dump(altered(changes), allow_unicode=True, sort_keys=False))


def test_what_is_altered_here_is_sound_and_passes_as_it_stands(tmp_path: Path) -> None:
    report = played(tmp_path, HEAD + STEPS)
    assert report.passed, [each.message("en") for run in report.runs for each in run.mismatches]


ODD = {
    "the first instant that can be written": ("starts: 2026-03-02 09:00", "starts: 0001-01-01 00:00"),
    "the last instant that can be written": ("starts: 2026-03-02 09:00", "starts: 9999-12-31 23:59"),
    "until before there was time": ("until: 2026-03-02 11:00", "until: 0001-01-01 00:00"),
    "due when nothing is due any more": ("{take: 2026-03-03 09:00}", "{take: 9999-12-31 23:59}"),
    "a wait up to the end of time": ("wait: 1h", "wait: 3650d"),
    "a list where a reason belongs": ("{reason_missing: [spoiled]}", "[spoiled]"),
    "a map of maps where reasons belong": ("{reason_missing: [spoiled]}", "{reason_missing: {spoiled: 1}}"),
    "a number where a reason belongs": ("{reason_missing: [spoiled]}", "5"),
    "records that are no list": ("import: [{ref: B}]", "import: {ref: B}"),
    "a record of lists": ("import: [{ref: B}]", "import: [[ref, B]]"),
    "a list as a field": ('amount: "{amount}"', "amount: [1]"),
    "a map as a field": ('amount: "{amount}"', "amount: {a: 1}"),
    "a column of a column": ("amount: 7", 'amount: "{who}"'),
}


@pytest.mark.parametrize(("old", "new"), ODD.values(), ids=ODD)
def test_odd_values_are_refused_or_played(old: str, new: str, tmp_path: Path) -> None:
    text = HEAD + STEPS
    assert old in text
    played(tmp_path, text.replace(old, new))
