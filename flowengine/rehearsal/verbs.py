"""What the verbs of a scenario want of an order: one row for each, from what stands under it to commands.

`create` and `import` are not here: they open orders, and the stage on which scenarios play does that, as it
takes in events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, get_args

from flowengine.definition.scenario_words import Step
from flowengine.kernel.commands import (
    Abstain,
    AddSigner,
    Amend,
    Approve,
    Attach,
    Choose,
    Claim,
    Claiming,
    Command,
    Confirm,
    Copy,
    Delegate,
    Done,
    GiveBack,
    Hold,
    Open,
    Raise,
    Reassign,
    Refuse,
    Release,
    RequestLane,
    Return,
    RevokeLane,
    Signing,
    Split,
    Transfer,
    Urge,
    Waive,
    Withdraw,
    Write,
)
from flowengine.rehearsal.rows import Row, filled

Atom = tuple[str, str]
"""The smallest thing that somebody does: a verb, and the one need, field or outcome that it is about."""
OPENING: Final = frozenset({"create", "import", "event", "start"})

_COMMANDS: Final[Mapping[str, Callable[[Any], Iterable[Command]]]] = {
    "done": lambda need: [Done(need)],
    "attach": lambda files: [Attach(need, str(reference)) for need, reference in files.items()],
    "write": lambda values: [Write(values)],
    "amend": lambda values: [Amend(values)],
    "outcome": lambda name: [Choose(name)],
    "waive": lambda need: [Waive(need)],
    "hold": lambda hold: [Hold(hold)],
    "release": lambda hold: [Release(hold)],
    "raise": lambda exception: [Raise(exception)],
    "approve": lambda need: [Approve(need)],
    "refuse": lambda need: [Refuse(need)],
    "abstain": lambda need: [Abstain(need)],
    "transfer": lambda seats: [Transfer(need, str(to)) for need, to in seats.items()],
    "delegate": lambda seats: [Delegate(need, str(to)) for need, to in seats.items()],
    "add_signer": lambda seats: [AddSigner(need, str(to)) for need, to in seats.items()],
    "urge": lambda need: [Urge(need)],
    "copy": lambda told: [Copy(need, str(to)) for need, to in told.items()],
    "request": lambda lane: [RequestLane(lane)],
    "revoke": lambda lane: [RevokeLane(lane)],
    "return": lambda need: [Return(need)],
    "withdraw": lambda need: [Withdraw(need)],
    "confirm": lambda need: [Confirm(need)],
    "claim": lambda item: [Claim(item)],
    "give_back": lambda item: [GiveBack(item)],
    "split": lambda parts: [Split(part, str(rows)) for part, rows in parts.items()],
    "open": lambda parts: [Open(part, values or {}) for part, values in parts.items()],
    "reassign": lambda items: [Reassign(item, str(to)) for item, to in items.items()],
}
_ABOUT: Final[Mapping[type[Command], Callable[[Any], Iterable[str]]]] = {
    Done: lambda command: [command.need],
    Attach: lambda command: [command.need],
    Write: lambda command: command.values,
    Amend: lambda command: command.values,
    Choose: lambda command: [command.outcome],
    Waive: lambda command: [command.need],
    Hold: lambda command: [command.hold],
    Release: lambda command: [command.hold],
    Raise: lambda command: [command.exception],
    RequestLane: lambda command: [command.lane],
    RevokeLane: lambda command: [command.lane],
    Confirm: lambda command: [command.need],
    Split: lambda command: [command.part],
    Open: lambda command: [command.part],
    **dict.fromkeys(get_args(Signing), lambda command: [command.need]),
    **dict.fromkeys(get_args(Claiming), lambda command: [command.item]),
}


def commands_of(step: Step, row: Row) -> tuple[Command, ...]:
    """The commands that a step gives to the order, with the row's values in them; none where it opens one."""
    if step.verb is None or step.verb in OPENING:
        return ()
    if step.outcome is not None and step.edits is not None:
        return (Choose(filled(step.outcome, row), filled(step.edits, row)),)
    if step.confirm is not None and step.fills is not None:
        return (Confirm(filled(step.confirm, row), filled(step.fills, row)),)
    if step.add_signer is not None and step.position:
        seats = filled(step.add_signer, row)
        return tuple(AddSigner(need, str(to), step.position) for need, to in seats.items())
    if step.return_ is not None and step.to is not None:
        return (Return(filled(step.return_, row), filled(step.to, row)),)
    return commands(step.verb, filled(step.argument, row))


def commands(verb: str, argument: Any) -> tuple[Command, ...]:
    """The commands for what stands under a verb. Raises KeyError for one that gives none to an order."""
    return tuple(_COMMANDS[verb](argument))


def atoms_of(command: Command) -> frozenset[Atom]:
    """What the command does, part by part; what is written there does not matter."""
    return frozenset((command.verb, str(name)) for name in _ABOUT[type(command)](command))
