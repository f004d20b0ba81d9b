"""What is done when something comes about, as the kernel does it."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that is done: exactly one verb is filled.

    `message` names what is told, empty for the standard text. `set` are fields with what they become.
    `trigger` is the name under which the machine knows a `move`. `start` is the process of which an order is
    opened, with `fields` as it begins, and `link` the name under which it stands here; it may be a part, one
    for `each` row of a list. What `raises` an exception does so at least on a `tier`; `over` is how late the
    clock is then that asks for it.
    """

    notify: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    move: str = ""
    hold: str = ""
    release: str = ""
    set: tuple[tuple[str, Expression], ...] = ()
    assign: str = ""
    trigger: str = ""
    message: str = ""
    start: str = ""
    link: str = ""
    fields: tuple[tuple[str, Expression], ...] = ()
    each: str = ""
    call: str = ""
    undo: tuple[str, ...] = ()
    raises: str = ""
    tier: int = 0
    over: Length | None = None
    resolves: str = ""
