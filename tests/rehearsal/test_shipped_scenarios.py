"""The scenarios that come with flowengine: each passes, together they show the rules, and each could fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from flowengine import connect
from flowengine.definition.findings import Place
from flowengine.definition.scenario_words import Expect, Scenario, Sent, Step
from flowengine.definition.words import Name
from flowengine.rehearsal.expectations import differences
from flowengine.rehearsal.files import check_file
from flowengine.rehearsal.playing import Rehearsal
from flowengine.rehearsal.scenario import run_file, with_row

ROOT: Final = Path(__file__).resolve().parent.parent.parent
FILES: Final = sorted((ROOT / "processes").rglob("*.scenario.yaml"))
RULES: Final = {
    "R01", "R02", "R03", "R04", "R06", "R07", "R08", "R10", "R11", "R12", "R13", "R14", "R21", "R22", "R23",
    "R09", "R15", "R17", "R19", "R27", "R28", "R29", "R30", "R31", "R32", "R33", "R34", "R35", "R36", "R43",
    "R44", "R46", "R47", "R48", "R52", "R60",
}  # fmt: skip

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())


@each_file
def test_it_passes(path: Path) -> None:
    report = run_file(path, connect, lang="en")
    assert not report.findings
    failed = [each.message("en") for run in report.runs for each in run.mismatches]
    assert report.passed, "\n".join([*failed, *(line for run in report.runs for line in run.history)])


def test_together_they_show_every_rule_that_is_kept_so_far() -> None:
    shown = {rule for path in FILES if (scenario := check_file(path).scenario) for rule in scenario.shows}
    assert shown >= RULES


@each_file
def test_every_single_expectation_of_it_can_fail(path: Path) -> None:
    scenario = check_file(path).scenario
    assert scenario is not None
    flips = 0
    for row in scenario.rows or ({},):
        for number, (step, rehearsal) in enumerate(_played(scenario, path, row), 1):
            for word, flipped in _flipped(step, rehearsal):
                alone = Expect(place=step.place, **{word: flipped})
                wrong = {word for word, _, _ in differences(rehearsal, replace(step, expect=alone))}
                assert word in wrong, f"step {number}: {word} = {flipped} passes as well"
                flips += 1
    assert flips


def _played(scenario: Scenario, path: Path, row: Mapping[str, Any]) -> Iterator[tuple[Step, Rehearsal]]:
    rehearsal = Rehearsal(connect, scenario, path.parent / scenario.process, row)
    for step in scenario.steps:
        rehearsal.play(step)
        yield with_row(step, row), rehearsal
    rehearsal.engine.close()


def _flipped(step: Step, rehearsal: Rehearsal) -> Iterator[tuple[str, Any]]:
    """What the step expects, each with one thing in it turned into what is not so."""
    expect = step.expect or Expect(place=step.place)
    if step.verb and expect.refused is None:
        yield "refused", "never"
    for word in Expect.__dataclass_fields__:
        wanted = getattr(expect, word)
        if word in ("place", "name") or wanted is None:
            continue
        if word == "refused":
            yield word, None
        for wrong in _wrong(word, wanted, rehearsal):
            yield word, wrong


def _wrong(word: str, wanted: Any, rehearsal: Rehearsal) -> Iterator[Any]:
    if word == "not_notified":
        yield from ([person] for person in rehearsal.told())
    elif word == "sent":
        yield from _other_messages(wanted)
    elif isinstance(wanted, int):
        yield wanted + 1
    elif isinstance(wanted, str):
        yield "closed" if word == "stage" and wanted != "closed" else f"{wanted}x"
    elif isinstance(wanted, Mapping):
        for name, value in wanted.items():
            yield {**wanted, name: _other(value)}
        if word in ("refused", "rejected"):
            yield {**wanted, "never": ["at_all"]}
            yield from ({name: each for name, each in wanted.items() if name != gone} for gone in wanted)
    else:
        yield _other(wanted)
        yield from ([name for name in wanted if name != gone] for gone in wanted)


def _other_messages(wanted: tuple[Sent, ...]) -> Iterator[tuple[Sent, ...]]:
    """One message too many, one too few, and each with one word of it turned."""
    place = Place("", 1, 1)
    yield (*wanted, Sent(place=place, to=Name.at("nobody", place)))
    for number, each in enumerate(wanted):
        others = wanted[:number], wanted[number + 1 :]
        yield (*others[0], *others[1])
        for word in ("to", "about", "message", "via", "at"):
            if (value := getattr(each, word)) is not None:
                yield (*others[0], replace(each, **{word: _other(value)}), *others[1])
        for lang in ("zh", "en") if each.says else ():
            yield (*others[0], replace(each, says=replace(each.says, **{lang: "never said"})), *others[1])


def _other(value: Any) -> Any:
    """A value that is surely another one."""
    if isinstance(value, list | tuple):
        return [*value, "surely_not"]
    if isinstance(value, Mapping):
        return {name: _other(each) for name, each in value.items()}
    return f"{value} and more"
