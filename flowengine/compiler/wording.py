"""Parts of a plan in words, in one language: who decides by rows, time limits, moments, actions.

Drawings and comparisons say the same things with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from flowengine.compiler.durations import spelled
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Action, Due, Way
from flowengine.definition.expressions import Expression
from flowengine.definition.moments import Point
from flowengine.texts import say

OWNERS_APART = " / "


def owners(names: Names, rows: Sequence[Way]) -> str:
    """Who is accountable, by rows where rows decide."""
    return OWNERS_APART.join(_row(names, names.role(row.to), row.when) for row in rows)


def goals(names: Names, rows: Sequence[Way]) -> str:
    """Where an order goes on to."""
    last = rows[-1] if len(rows) > 1 else None
    words = [
        say("words.otherwise", names.lang, {"said": names.place(row.to)})
        if row is last and row.when is None
        else _row(names, names.place(row.to), row.when)
        for row in rows
    ]
    return ("、" if names.lang == "zh" else ", ").join(words)


def limits(names: Names, rows: Sequence[Due], unit: str = "") -> str:
    """Until when, by rows where rows decide; lengths of time in that unit if one is given."""
    return OWNERS_APART.join(_row(names, _limit(names, row, unit), row.when) for row in rows)


def _limit(names: Names, due: Due, unit: str) -> str:
    if due.within is None:
        return say("words.by_field", names.lang, {"field": names.field(due.by)})
    return spelled(due.within, names.lang, unit)


def _row(names: Names, said: str, when: Expression | None) -> str:
    return say("words.if", names.lang, {"said": said, "when": when.plainly(names)}) if when else said


def together(names: Names, terms: Sequence[str]) -> str:
    """Several things on one line, set apart more clearly than the names within one."""
    return reduce(lambda one, other: say("words.apart", names.lang, {"one": one, "other": other}), terms)


def point(names: Names, at: Point) -> str:
    """A point in time: a date or a moment, and so long before or after it."""
    base = names.field(at.base) if at.is_field else names.moment(at.base)
    if not at.shift:
        return base
    key = "words.later" if at.shift > 0 else "words.earlier"
    return say(key, names.lang, {"base": base, "time": spelled(abs(at.shift), names.lang)})


def actions(names: Names, done: Iterable[Action]) -> list[str]:
    """What is done, one after the other."""
    return [_action(names, action) for action in done]


def _action(names: Names, action: Action) -> str:
    if action.move:
        return say("words.move", names.lang, {"to": names.place(action.move)})
    if action.ask:
        asks = names.plan.asks
        asked = [names.need(asks[name]) if name in asks else name for name in action.ask]
        return say("words.ask", names.lang, {"needs": asked})
    return say("words.notify", names.lang, {"who": [names.role(role) for role in action.notify]})
