"""Playing scenario files: read, check, play each row, and say step by step what was not as expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flowengine.definition.scenario_words import Expect, Scenario, Sent, Step, attribute_of
from flowengine.definition.words import Text
from flowengine.rehearsal.expectations import differences
from flowengine.rehearsal.files import check_file, played
from flowengine.rehearsal.playing import Rehearsal
from flowengine.rehearsal.report import Failure, Mismatch, Outgoing, Report, Run, told
from flowengine.rehearsal.rows import Row, filled, filled_names
from flowengine.rehearsal.sending import outgoing
from flowengine.rehearsal.stage import Connect
from flowengine.rehearsal.story import story
from flowengine.texts import Lang

Witness = Callable[[Path, Path, Rehearsal], None]
"""Sees each run when it is over: the scenario file, the process file, and the stage with all its orders."""


@dataclass(frozen=True, slots=True)
class _Play:
    """One file with all that its runs have in common."""

    path: Path
    process: Path
    scenario: Scenario
    connect: Connect
    lang: Lang
    witness: Witness | None
    messages: bool
    tells: bool

    def run(self, row: Row) -> Run:
        rehearsal = Rehearsal(self.connect, self.scenario, self.process, row)
        with closing(rehearsal.engine):
            run = self._played(rehearsal, row)
            if self.tells:
                run = replace(run, story=story(rehearsal, self.lang))
            if self.witness:
                self.witness(self.path, self.process, rehearsal)
        return run

    def _played(self, rehearsal: Rehearsal, row: Row) -> Run:
        scenario, lang = self.scenario, self.lang
        title, count = scenario.scenario.say(lang), len(scenario.steps)
        sent: list[Outgoing] = []
        for number, step in enumerate(scenario.steps, 1):
            rehearsal.play(step)
            if self.messages:  # read at once: they show the order as it is now
                last = sent[-1].id if sent else 0
                sent += (each for each in outgoing(rehearsal) if each.id > last)
            meant = with_row(step, row)
            # What follows the first fault would only repeat it.
            if mismatches := tuple(_mismatches(rehearsal, meant, number)):
                story, failure = tuple(rehearsal.story(lang)), _failure(rehearsal, meant, number, lang)
                return Run(str(self.path), title, row or None, count, mismatches, story, failure, (*sent,))
        return Run(str(self.path), title, row or None, count, (), (), messages=tuple(sent))


def run_file(
    path: Path,
    connect: Connect,
    *,
    lang: Lang | None = None,
    witness: Witness | None = None,
    tells: bool = False,
    messages: bool = False,
) -> Report:
    """Play one scenario file, told in `lang` or else in its own language; as a story too if it `tells`,
    and with the `messages` that go outside.

    Raises OSError when it cannot be opened; everything else is in the report.
    """
    checked = check_file(path)
    scenario = checked.scenario
    if scenario is None:
        return Report(str(path), path.name, (), checked.findings, ())
    lang = lang or scenario.language
    process = played(path, scenario.process)
    play = _Play(path, process, scenario, connect, lang, witness, messages, tells)
    runs = tuple(play.run(row) for row in scenario.rows or ({},))
    return Report(str(path), scenario.scenario.say(lang), scenario.shows, checked.findings, runs)


def said(step: Step) -> str:
    """The step on one line, as a scenario file would have it; what it expects is left out."""
    words = {
        step.verb: step.argument,
        "fills": step.fills,
        "data": step.data,
        "by": step.by[0] if len(step.by) == 1 else list(step.by),
        "reason": step.reason,
        "wait": str(step.wait) if step.wait else "",
        "until": step.until,
    }
    return ", ".join(
        f"{word}: {told(value)}" for word, value in words.items() if word and value not in (None, "", [])
    )


def _mismatches(rehearsal: Rehearsal, step: Step, number: int) -> Iterator[Mismatch]:
    for word, expected, found in differences(rehearsal, step):
        place = step.expect.place if step.expect else step.place
        yield Mismatch(place, number, word, expected, found)


def _failure(rehearsal: Rehearsal, step: Step, number: int, lang: Lang) -> Failure:
    reasons = [blocker.message(lang) for blocker in rehearsal.blockers]
    if rehearsal.failure:
        reasons.append(rehearsal.failure)
    standing = tuple(rehearsal.standing(lang))
    return Failure(step.place, number, said(step), rehearsal.shown_now, tuple(reasons), standing)


def with_row(step: Step, row: Row) -> Step:
    """The step with the row's values in what it does and in what it expects."""
    if not row:
        return step
    done: dict[str, Any] = {"by": tuple(filled_names(step.by, row)), "reason": str(filled(step.reason, row))}
    if step.verb:
        done[attribute_of(step.verb)] = filled(step.argument, row)
    if step.expect is not None:
        words = (name for name in Expect.__dataclass_fields__ if name not in ("place", "name"))
        filling = {word: _expected(word, getattr(step.expect, word), row) for word in words}
        done["expect"] = replace(step.expect, **filling)
    return replace(step, **done)


def _expected(word: str, value: Any, row: Row) -> Any:
    if word == "sent":
        return tuple(_sent(each, row) for each in value) if value is not None else None
    return filled(value, row) if word in ("fields", "shown") else filled_names(value, row)


def _sent(wanted: Sent, row: Row) -> Sent:
    names = {word: getattr(wanted, word) for word in ("to", "about", "message", "via")}
    words = {word: filled_names(value, row) for word, value in names.items() if value}
    if wanted.at:
        words["at"] = str(filled(wanted.at, row))
    if says := wanted.says:
        words["says"] = Text(zh=str(filled(says.zh, row)), en=str(filled(says.en, row)))
    return replace(wanted, **words)
