"""`flowengine train`: play a scenario with its steps hidden; the trainee acts, the real engine answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import PATH, verb
from flowengine.cli.screen import visible
from flowengine.cli.trouble import REFUSED, Faulty, Trouble, unreadable
from flowengine.cli.values import Number

if TYPE_CHECKING:
    from flowengine.definition.scenario_words import Scenario
    from flowengine.rehearsal.rows import Row
    from flowengine.rehearsal.training.options import Option
    from flowengine.rehearsal.training.training import Training


@verb("train")
@click.argument("path", type=PATH, metavar="FILE")
@option("--as", "trainee", metavar="PERSON", help="option.train.as")
@option("--row", "number", type=Number(1), default=1, show_default=True, help="option.train.row")
@pass_desk
def command(desk: Desk, path: Path, trainee: str | None, number: int) -> int:
    """Exit with 0 when the order ends where the scenario wants it, with 1 when not or when left early."""
    from flowengine.assembly import connect
    from flowengine.cli.rehearsed.trained import opening_lines, score_lines
    from flowengine.rehearsal.files import played
    from flowengine.rehearsal.training.training import Training

    scenario, row = _sound(desk, path, number)
    if trainee is not None and trainee not in (scenario.people or {}):
        raise Trouble("nobody_like_it", trainee or "--as", known=list(scenario.people or {}))
    process = played(path, scenario.process)
    training = Training(connect, scenario, process, row, trainee=trainee)
    if not training.turns:
        raise Trouble("nothing_to_train", path, exit_code=REFUSED)
    _print(opening_lines(desk, scenario, training, trainee))
    try:
        _train(desk, training, row)
    except (click.Abort, KeyboardInterrupt):  # the end of the input, or Ctrl-C: leave politely
        click.echo()
    score = training.score()
    _print(score_lines(desk, training, score))
    training.rehearsal.engine.close()
    return 0 if score.reached else 1


def _sound(desk: Desk, path: Path, number: int) -> tuple[Scenario, Row]:
    """The scenario and the row of that number. Raises Trouble or Faulty where nobody could train with it."""
    from flowengine.assembly import connect
    from flowengine.cli.rehearsed.meant import refuse_processes
    from flowengine.cli.rehearsed.text import report_lines
    from flowengine.rehearsal.files import check_file
    from flowengine.rehearsal.scenario import run_file

    refuse_processes([path])
    try:
        report, scenario = run_file(path, connect, lang=desk.lang), check_file(path).scenario
    except OSError as error:
        raise unreadable(path, error) from error
    if scenario is None or not report.passed:
        said = desk.say("trouble.unsound_scenario", where=path)
        raise Faulty([*(visible(line) for line in report_lines(report, desk.lang)), said])
    rows: tuple[Row, ...] = scenario.rows or ({},)
    if not 1 <= number <= len(rows):
        raise Trouble("no_row", number, rows=len(rows))
    return scenario, rows[number - 1]


def _train(desk: Desk, training: Training, row: Row) -> None:
    """Turn after turn, up to the end. Raises click.Abort when the trainee leaves."""
    from flowengine.cli.rehearsed.trained import scene_lines, turn_lines

    while True:
        for scene in training.onward():
            _print(scene_lines(desk, training, scene, row))
        if training.turn is None:
            return
        while training.turn is not None:
            options = training.options(desk.lang)
            _print(turn_lines(desk, training, options))
            if not options:  # an order that ended too early offers nothing any more
                training.leave()
                break
            while not _asked(desk, training, options):
                pass


def _asked(desk: Desk, training: Training, options: Sequence[Option]) -> bool:
    """Ask once, and tell what came of it: whether the order has moved or the turn is over.

    Raises click.Abort when the trainee leaves.
    """
    from flowengine.cli.rehearsed.acting import ask

    typed = ask(desk.say("train.prompt")) or "?"
    match normalize("NFKC", typed).lower():  # whoever types Chinese may type ？ and ｑ
        case "q" | "quit":
            raise click.Abort
        case "0":
            training.leave()
            return True
        case "h" | "hint":
            _hint(desk, training)
            return False
        case "?":
            _print([desk.say("train.keys")])
            return False
    return _acted(desk, training, options, typed)


def _acted(desk: Desk, training: Training, options: Sequence[Option], typed: str) -> bool:
    """Do what was typed, and tell what the engine answers: whether it was carried out."""
    from flowengine.cli.rehearsed.acting import act_of
    from flowengine.cli.rehearsed.trained import refusal_lines
    from flowengine.runtime.story import happened

    try:
        act = act_of(desk, training, options, typed)
    except Trouble as trouble:
        _print([desk.say(f"trouble.{trouble.code}", **trouble.params)])
        return False
    if act is None:
        _print([desk.say("train.unclear", said=typed)])
        return False
    answer = training.act(act.command, act.reason)
    if answer == "refused":
        _print([desk.say("train.no"), *refusal_lines(desk, training)])
        return False
    news = happened(training.rehearsal.news, training.rehearsal.plan, desk.lang)
    _print([desk.say("train.yes"), *(f"  {line}" for line in news), desk.say(f"train.answer.{answer}")])
    return True


def _hint(desk: Desk, training: Training) -> None:
    from flowengine.cli.rehearsed.acting import dummy_of
    from flowengine.cli.rehearsed.trained import option_text

    assert training.turn is not None
    if training.hint() > 1:
        _print([desk.say("train.hint.step", who=training.turn.person, said=training.marks[-1].said)])
        return
    open_now = [
        option
        for option in training.options(desk.lang)
        if training.would_do(dummy_of(option, training.known(option.atom)))
    ]
    lines = [f"  {option_text(desk, training, option)}" for option in open_now]
    _print([desk.say("train.hint.open"), *lines] if lines else [desk.say("train.hint.none")])


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(visible(line))
