"""Scenarios as stories: what happened to every order, by the clock, held to what stands in `stories`.

Written anew by `python -m tests.rehearsal.test_story`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from flowengine.assembly import connect
from flowengine.cli.rehearsed.text import story_lines
from flowengine.rehearsal.scenario import run_file

ROOT: Final = Path(__file__).parents[2]
STORY: Final = Path(__file__).parent / "stories" / "lost-parcel.zh.txt"


def told() -> str:
    """The lost parcel of the shipped sales orders, found by silence, as a story in Chinese."""
    scenario = ROOT / "processes" / "scenarios" / "lost-parcel.scenario.yaml"
    (run,) = run_file(scenario, connect, lang="zh", tells=True).runs
    assert run.passed
    return "".join(f"{line}\n" for line in story_lines(run, "zh"))


def test_a_lost_parcel_is_told_as_a_story() -> None:
    assert told() == STORY.read_text("utf-8")


@pytest.mark.parametrize("page", ["exceptions.md", "exceptions.zh-CN.md"])
def test_the_documents_show_lines_of_the_story(page: str) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)
    lines = iter(STORY.read_text("utf-8").splitlines())
    assert all(line in lines for line in shown.splitlines())


def test_a_scenario_is_no_story_where_nobody_asks_for_one() -> None:
    scenario = ROOT / "processes" / "scenarios" / "chart.scenario.yaml"
    assert all(run.story == () for run in run_file(scenario, connect).runs)


if __name__ == "__main__":
    STORY.write_text(told(), "utf-8")
