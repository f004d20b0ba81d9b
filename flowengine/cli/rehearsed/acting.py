"""What a trainee types, turned into a command: a number, a name or title, or words as for `flowengine do`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import click

from flowengine.cli.desk import Desk
from flowengine.cli.taking.given import pairs
from flowengine.kernel.commands import Command, Confirm
from flowengine.rehearsal.training.options import Option
from flowengine.rehearsal.training.training import Training
from flowengine.rehearsal.verbs import commands

_WITH_REASON: Final = frozenset({"outcome", "hold", "raise", "request", "revoke"})
"""Verbs that take a name, and perhaps a reason."""
_NAMED: Final = frozenset({"done", "release", "approve"}) | _WITH_REASON
"""Verbs that take a name and no value."""
_LEAST: Final = {**dict.fromkeys((*_NAMED, "write", "amend", "waive", "confirm"), 2), "attach": 3}
"""How many words each verb wants at least, itself included."""
_LONGEST_NUMBER: Final = 9
"""Digits; a longer number is that of no option."""


class Act(NamedTuple):
    """A command and the reason for it."""

    command: Command
    reason: str = ""


def act_of(desk: Desk, training: Training, options: Sequence[Option], typed: str) -> Act | None:
    """What was meant; the rest is asked for where a number or name was typed. None where nothing is meant.

    Raises Trouble for words of `write` and `amend` that are no pairs, and click.Abort when the input ends.
    """
    if option := _chosen(options, typed):
        return _asked(desk, training, option)
    verb, *words = typed.split()
    if verb not in _LEAST or len(words) + 1 < _LEAST[verb]:
        return None
    reason = ""
    argument: object
    match verb, words:
        case "attach", [need, *reference]:
            argument = {need: " ".join(reference)}
        case "write", _:
            argument = pairs(_values(words))
        case "confirm", [need, *values]:
            return Act(Confirm(need, pairs(_values(values))))
        case "amend", _:
            argument, reason = pairs(_values(words)), ask(desk.say("train.reason"))
        case _, [argument, *reason_words]:
            reason = " ".join(reason_words)
    return Act(commands(verb, argument)[0], reason)


def dummy_of(option: Option, value: str) -> Command:
    """The command of an option with some value in it, to ask whether it would be carried out."""
    if option.verb == "confirm":
        return Confirm(option.name, pairs(_values(value.split())))
    return commands(option.verb, _argument(option, value or "?"))[0]


def ask(text: str, default: str = "") -> str:
    """One line from the trainee. Raises click.Abort when the input ends."""
    said = click.prompt(text, default=default, show_default=bool(default), prompt_suffix="> ", type=str)
    return str(said).strip()


def _chosen(options: Sequence[Option], typed: str) -> Option | None:
    if typed.isdecimal():
        number = int(typed[:_LONGEST_NUMBER])
        return options[number - 1] if 0 < number <= len(options) else None
    meant = [option for option in options if typed in (option.name, option.title)]
    return meant[0] if len(meant) == 1 else None


def _asked(desk: Desk, training: Training, option: Option) -> Act:
    """The command of an option, its value or reason asked for; what the case's papers say is proposed."""
    if option.verb in _WITH_REASON:
        return Act(dummy_of(option, ""), ask(desk.say("train.reason")))
    if option.verb in ("done", "release", "approve") or (option.verb == "confirm" and not option.asks):
        return Act(dummy_of(option, ""))
    if option.verb == "confirm":
        said = desk.say("train.fills", title=option.title)
        return Act(dummy_of(option, ask(said, training.known(option.atom))))
    key = "train.reference" if option.verb == "attach" else "train.value"
    value = ask(desk.say(key, title=option.title), training.known(option.atom))
    reason = ask(desk.say("train.reason")) if option.verb == "amend" else ""
    return Act(commands(option.verb, _argument(option, value))[0], reason)


def _argument(option: Option, value: str) -> object:
    return option.name if option.verb in _NAMED else {option.name: value}


def _values(words: Sequence[str]) -> list[str]:
    """The pairs among the words; what has no name belongs to the value before it, blanks and all."""
    values: list[str] = []
    for word in words:
        if values and "=" not in word:
            values[-1] += f" {word}"
        else:
            values.append(word)
    return values
