"""What is asked of another system, as the kernel does it."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.action import Action
from flowengine.definition.words import Text


@dataclass(frozen=True, slots=True)
class Call:
    """A call out: which `function` of the host does it, or to which `webhook` it is posted, and the fields
    that it may `send`.

    `sets` are fields, each with the way to its value in the answer: `("lines", "count")` for
    `result.lines.count`. It is tried so many times before it has `failed`. `undo` names the call that takes
    it back.
    """

    name: str
    title: Text
    line: int
    function: str = ""
    webhook: str = ""
    send: tuple[str, ...] = ()
    sets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tries: int = 5
    done: tuple[Action, ...] = ()
    failed: tuple[Action, ...] = ()
    undo: str = ""
