"""What changes in who is accountable for a stage or a task, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from flowengine.compiler.comparing.change import Change, Effect, Spot
from flowengine.compiler.comparing.essence import essence, timed
from flowengine.compiler.durations import common_unit
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Due, Plan, Stage, Task
from flowengine.compiler.wording import limits, owners, steps, together
from flowengine.texts import say

_UNSAID: Final = {"lasts": "", "stretch": 100}
"""What a row of time holds where the file says nothing, other than None: it is left out of a comparison."""


def owners_differ(spot: Spot, old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    """Who is accountable, by rows where rows decide."""
    before, after = essence(old.owners), essence(new.owners)
    if before != after:
        roles = spot.both(old.owners, new.owners, owners, "diff.nobody")
        yield spot.at("owner").change("owner", old=before, new=after, shift=roles)


def due_differs(spot: Spot, old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    """Until when, and what is done on the way to it and after it."""
    yield from limit_differs(spot.at("due"), "due", old.due, new.due)
    yield from steps_differ(spot.at("due"), old.due, new.due, "steps")


def steps_differ(
    spot: Spot, old: tuple[Due, ...], new: tuple[Due, ...], code: str, **params: Any
) -> Iterator[Change]:
    """What is done on the way to being late, and after; where there is no more time, that is said already."""
    before, after = _steps(old), _steps(new)
    if old and new and before != after:
        words = spot.both(old, new, _steps_said, "diff.nothing")
        yield spot.change(code, old=before, new=after, shift=words, **params)


def limit_differs(
    spot: Spot,
    code: str,
    old: tuple[Due, ...],
    new: tuple[Due, ...],
    none: str = "diff.no_due",
    **params: Any,
) -> Iterator[Change]:
    """Until when alone."""
    before, after = _limits(old, spot.old), _limits(new, spot.new)
    if before != after:
        lengths = [due.within for due in (*old, *new) if due.within]
        elapsed = all(length.unit == "elapsed" for length in lengths)
        unit = common_unit(*(length.amount for length in lengths)) if elapsed else ""
        words = spot.both(old, new, lambda names, due: limits(names, due, unit), none)
        yield spot.change(code, _due_effect(old, new), old=before, new=after, shift=words, **params)


def _limits(rows: tuple[Due, ...], plan: Plan) -> Any:
    return [
        {key: each for key, each in timed(row, plan).items() if key != "marks" and each != _UNSAID.get(key)}
        for row in rows
    ]


def _steps(rows: tuple[Due, ...]) -> Any:
    return [essence(row.marks) for row in rows]


def _steps_said(names: Names, rows: tuple[Due, ...]) -> str:
    return together(names, steps(names, rows)) or say("diff.nothing", names.lang)


def _due_effect(old: tuple[Due, ...], new: tuple[Due, ...]) -> Effect:
    if not old or not new:
        return "looser" if old else "stricter"
    before, after = old[0].within, new[0].within
    if len(old) != 1 or len(new) != 1 or not before or not after or before.unit != after.unit:
        return "neutral"
    if before == after:
        return "neutral"
    return "stricter" if after.amount < before.amount else "looser"


def but_owner(changes: Iterator[Change], old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    """Without what only follows the owner of the stage, who does whatever names nobody else."""
    # Where rows decide, nobody is named beforehand.
    owners = tuple([row.to for row in each.owners] if len(each.owners) == 1 else [] for each in (old, new))
    if owners[0] == owners[1]:
        yield from changes
        return
    yield from (each for each in changes if not each.code.endswith(".by") or (each.old, each.new) != owners)
