"""Every part of the benchmarks runs, and its figures can be read and written; how fast is not tested here."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks.figure import Figure, Goal
from benchmarks.memory import slope
from benchmarks.sizes import TINY
from benchmarks.table import table

FIGURES = {
    "commands": "commands, SQLite, disk, FULL",
    "clients": "commands, PostgreSQL, 1 process against pgbench",
    "ticks": "empty tick, PostgreSQL, cost against 5",
    "drain": "drain, PostgreSQL, two workers against one",
    "history": "command after 5 others, PostgreSQL",
    "memory": "memory, growth over 40 orders",
    "decisions": "decisions, sales-order",
    "checking": "checking 3 files in one process",
}


@pytest.mark.parametrize("part", FIGURES)
def test_a_part_gives_its_figures_or_says_what_is_missing(part: str) -> None:
    figures, missing = program.run([part], TINY)
    assert missing or FIGURES[part] in {figure.what for figure in figures}
    for figure in figures:
        assert math.isfinite(figure.measured), figure
        json.dumps(figure.record())


def test_the_parts_are_all_tried_here() -> None:
    assert set(FIGURES) == set(program.PARTS)


def test_the_figures_are_printed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = Figure("commands", 1234.5, "commands/s", 2000.0, 0.617, Goal(gate=0.3, aim=0.7), "remark")
    monkeypatch.setattr(program, "PARTS", {"some": lambda _sizes: iter([figure])})
    program.main(["some", "--json", str(tmp_path / "figures.json")])
    head, line = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["what", "measured", "unit"]
    assert line.split() == [
        "commands",
        "1,234",
        "commands/s",
        "2,000",
        "0.62",
        "0.30",
        "0.70",
        "gate",
        "remark",
    ]
    [kept] = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert (kept["what"], kept["share"], kept["met"]) == ("commands", 0.617, "gate")


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["comands"])
    assert "there is no part 'comands'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("share", "goal", "met"),
    [
        pytest.param(0.2, Goal(gate=0.3, aim=0.5), "no", id="below the gate"),
        pytest.param(0.3, Goal(gate=0.3, aim=0.5), "gate", id="at the gate"),
        pytest.param(0.6, Goal(gate=0.3, aim=0.5), "aim", id="beyond the aim"),
        pytest.param(0.6, Goal(), "", id="nothing to reach"),
        pytest.param(1.05, Goal(gate=0.2, aim=0.1, near=True), "aim", id="nearly the same"),
        pytest.param(0.85, Goal(gate=0.2, aim=0.1, near=True), "gate", id="still the same"),
        pytest.param(1.3, Goal(gate=0.2, near=True), "no", id="not the same"),
        pytest.param(1.5, Goal(aim=1.7), "no", id="only an aim"),
        pytest.param(8.0, Goal(gate=10, aim=3, at_most=True), "gate", id="at most"),
        pytest.param(11.0, Goal(gate=10, aim=3, at_most=True), "no", id="more than at most"),
    ],
)
def test_what_a_figure_reaches(share: float, goal: Goal, met: str) -> None:
    assert Figure("it", 1.0, "times", share=share, goal=goal).met == met


def test_a_table_has_a_line_for_each_figure() -> None:
    lines = table([Figure("short", 1.0, "times"), Figure("a longer name", 12.3, "times")]).splitlines()
    assert [line.index("times") for line in lines[1:]] == [lines[0].index("unit")] * 2


def test_the_slope_of_memory() -> None:
    assert slope([(0, 10.0), (100, 12.0), (200, 14.0)]) == pytest.approx(0.02)
    assert slope([(500, 10.0)]) == 0
