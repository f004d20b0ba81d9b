"""What a trainee reads: the story, where the order stands, what a screen would offer, and the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flowengine.cli.desk import Desk
from flowengine.cli.rehearsed.text import difference_lines
from flowengine.cli.telling.orders import blocker_lines, standing
from flowengine.definition.findings import Place
from flowengine.definition.scenario_words import Scenario
from flowengine.rehearsal.report import Mismatch
from flowengine.rehearsal.rows import Row
from flowengine.rehearsal.scenario import said, with_row
from flowengine.rehearsal.training.marks import HOWS, Mark, Score
from flowengine.rehearsal.training.options import Option
from flowengine.rehearsal.training.script import Scene
from flowengine.rehearsal.training.training import Training
from flowengine.runtime.story import happened, place_text, role_text


def opening_lines(desk: Desk, scenario: Scenario, training: Training, trainee: str | None) -> Iterator[str]:
    """Who you are, who else there is, and how to answer."""
    yield desk.say("train.title", title=scenario.scenario.say(desk.lang))
    yield desk.say("train.starts", now=training.rehearsal.shown_now, turns=training.turns)
    yield desk.say("train.people")
    for person in scenario.people or {}:
        key = "train.you" if person == trainee else "train.person"
        yield "  " + desk.say(key, who=person, roles=roles_of(desk, training, person))
    if trainee is None:
        yield desk.say("train.all")
    yield desk.say("train.keys")


def scene_lines(desk: Desk, training: Training, scene: Scene, row: Row) -> Iterator[str]:
    """What happened while somebody else acted or time passed."""
    rehearsal, step = training.rehearsal, with_row(scene.step, row)
    who = ", ".join(step.by)
    news = happened(rehearsal.news, rehearsal.plan, desk.lang)
    if news:
        yield ""
        yield desk.say("train.meanwhile", at=rehearsal.shown_now)
        yield from (f"  {who}: {line}" if who else f"  {line}" for line in news)
    if rehearsal.blockers:
        yield desk.say("train.refused", who=who, said=said(step))
        yield from refusal_lines(desk, training)


def turn_lines(desk: Desk, training: Training, options: Sequence[Option]) -> Iterator[str]:
    """Where the order stands and what a screen would offer; who may do what, and not what is right."""
    assert training.turn is not None
    rehearsal = training.rehearsal
    who, number = training.turn.person, len(training.marks)
    words = {"number": number, "turns": training.turns, "at": rehearsal.shown_now, "who": who}
    yield ""
    yield desk.say("train.turn", **words, roles=roles_of(desk, training, who))
    yield standing(desk, rehearsal.view)
    if blockers := rehearsal.explanation.blockers:
        yield desk.say("train.lacking")
        yield from (f"  - {line}" for line in blocker_lines(blockers, rehearsal.plan, desk.lang))
    yield desk.say("train.can")
    for at, option in enumerate(options, 1):
        yield f"  {at}  {option_text(desk, training, option)}"
    yield f"  0  {desk.say('train.nothing')}"


def option_text(desk: Desk, training: Training, option: Option) -> str:
    """One act with the roles that may do it."""
    plan = training.rehearsal.plan
    title = (
        option.title
        if option.title == option.name
        else desk.say("named", title=option.title, name=option.name)
    )
    act = desk.say(f"train.{option.verb}", title=title, to=place_text(plan, option.to, desk.lang))
    return desk.say("train.option", act=act, who=[role_text(plan, role, desk.lang) for role in option.by])


def refusal_lines(desk: Desk, training: Training) -> Iterator[str]:
    """Why the engine refused."""
    rehearsal = training.rehearsal
    yield from (f"  - {line}" for line in blocker_lines(rehearsal.blockers, rehearsal.plan, desk.lang))
    if rehearsal.failure:
        yield f"  - {rehearsal.failure}"


def score_lines(desk: Desk, training: Training, score: Score) -> Iterator[str]:
    """How it went: counts, what was different, and whether the order ended where it should."""
    yield ""
    yield desk.say("train.over" if score.finished else "train.left")
    for how in HOWS:
        if count := score.counts[how]:
            words = {"count": count, "turns": training.turns, "how": desk.say(f"train.how.{how}")}
            yield "  " + desk.say("train.score", **words)
    if odd := [mark for mark in score.marks if mark.how != "at_once"]:
        yield desk.say("train.different")
        for mark in odd:
            yield from (f"  {line}" for line in _mark_lines(desk, mark))
    if score.reached:
        view = training.rehearsal.view
        yield desk.say("train.reached", stage=place_text(view.plan, view.row.stage, desk.lang))
    elif score.finished:
        yield desk.say("train.missed")
        for word, expected, found in score.lacking:
            lines = difference_lines(Mismatch(Place("", 0, 0), 0, word, expected, found))
            yield from (f"  {line}" for line in lines)


def _mark_lines(desk: Desk, mark: Mark) -> Iterator[str]:
    how = desk.say(f"train.how.{mark.how}")
    yield desk.say("train.mark", number=mark.number, who=mark.person, how=how, said=mark.said)
    if mark.refused:
        yield "  " + desk.say("train.mark.refused", times=mark.refused)
    if mark.hints:
        yield "  " + desk.say("train.mark.hints", hints=mark.hints)
    if mark.besides:
        yield "  " + desk.say("train.mark.besides", besides=mark.besides)


def roles_of(desk: Desk, training: Training, person: str) -> list[str]:
    """What the roles of somebody are called."""
    roles = training.rehearsal.people.get(person, ())
    return [role_text(training.rehearsal.plan, role, desk.lang) for role in roles]
