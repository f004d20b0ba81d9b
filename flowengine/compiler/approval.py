"""How something is decided together, as the kernel asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flowengine.compiler.action import Action
from flowengine.definition.expressions import Expression
from flowengine.definition.words import Text

EXTRAS: Final = ("delegate", "transfer", "add_signer", "urge", "copy", "return", "withdraw")
"""What a form may allow besides voting."""


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """Roles that decide together if `when` holds. `least` is how many must approve; 0 for all of them.

    A refusal of one in `veto` ends it. `not_creator`: whoever opened the order has no vote, `not_requester`:
    nor has whoever asked for the lane.
    """

    roles: tuple[str, ...]
    least: int = 0
    in_order: bool = False
    when: Expression | None = None
    veto: frozenset[str] = frozenset()
    not_creator: bool = False
    not_requester: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """A form of approval, as one need asks for it: `refused` is done where that need stands,
    `returns` are the moves back that may be chosen instead of a vote.
    """

    name: str
    title: Text
    line: int
    steps: tuple[ApprovalStep, ...]
    copy: tuple[str, ...]
    refused: tuple[Action, ...]
    returns: tuple[Action, ...]
    allow: frozenset[str]
