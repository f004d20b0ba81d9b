"""Playing scenario files: read, check, play each row, and say step by step what was not as expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flowengine.definition.scenario_words import Expect, Scenario, Step
from flowengine.rehearsal.expectations import differences
from flowengine.rehearsal.files import check_file
from flowengine.rehearsal.report import Mismatch, Report, Run
from flowengine.rehearsal.rows import filled
from flowengine.rehearsal.stage import Connect, Rehearsal
from flowengine.texts import Lang


def run_file(path: Path, connect: Connect, *, lang: Lang | None = None) -> Report:
    """Play one scenario file, told in `lang` or else in the language of the file.

    Raises OSError when it cannot be opened; everything else is in the report.
    """
    checked = check_file(path)
    scenario = checked.scenario
    if scenario is None:
        return Report(str(path), path.name, (), checked.findings, ())
    lang = lang or scenario.language
    process = path.parent / scenario.process
    text = process.read_text("utf-8")
    runs = tuple(_run(scenario, row, text, process, path, connect, lang) for row in scenario.rows or ({},))
    return Report(str(path), scenario.scenario.say(lang), scenario.shows, checked.findings, runs)


def _run(
    scenario: Scenario,
    row: Mapping[str, Any],
    text: str,
    process: Path,
    path: Path,
    connect: Connect,
    lang: Lang,
) -> Run:
    rehearsal = Rehearsal(connect, scenario, text, str(process), row)
    mismatches: list[Mismatch] = []
    for number, step in enumerate(scenario.steps, 1):
        rehearsal.play(step)
        mismatches += _mismatches(rehearsal, _with_row(step, row), number)
        if mismatches:  # what follows would only repeat the first fault
            break
    story = tuple(rehearsal.story(lang)) if mismatches else ()
    return Run(
        str(path), scenario.scenario.say(lang), row or None, len(scenario.steps), tuple(mismatches), story
    )


def _mismatches(rehearsal: Rehearsal, step: Step, number: int) -> Iterator[Mismatch]:
    for word, expected, found in differences(rehearsal, step):
        place = step.expect.place if step.expect else step.place
        yield Mismatch(place, number, word, expected, found)


def _with_row(step: Step, row: Mapping[str, Any]) -> Step:
    """The step with the row's values in what it expects."""
    if step.expect is None or not row:
        return step
    words = (name for name in Expect.__dataclass_fields__ if name not in ("place", "name"))
    return replace(
        step, expect=replace(step.expect, **{word: filled(getattr(step.expect, word), row) for word in words})
    )
