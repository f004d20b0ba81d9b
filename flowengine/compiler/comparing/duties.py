"""What changes in who is accountable for a stage or a task, and until when."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.compiler.comparing.change import Change, Effect, Spot
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.durations import common_unit
from flowengine.compiler.plan import Due, Stage, Task
from flowengine.compiler.wording import limits, owners


def owners_differ(spot: Spot, old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    """Who is accountable, by rows where rows decide."""
    before, after = essence(old.owners), essence(new.owners)
    if before != after:
        roles = spot.both(old.owners, new.owners, owners, "diff.nobody")
        yield spot.at("owner").change("owner", old=before, new=after, shift=roles)


def due_differs(spot: Spot, old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    """Until when."""
    before, after = essence(old.due), essence(new.due)
    if before != after:
        unit = common_unit(*(due.within for due in (*old.due, *new.due) if due.within))
        words = spot.both(old.due, new.due, lambda names, due: limits(names, due, unit), "diff.no_due")
        yield spot.at("due").change("due", _due_effect(old.due, new.due), old=before, new=after, shift=words)


def _due_effect(old: tuple[Due, ...], new: tuple[Due, ...]) -> Effect:
    if not old or not new:
        return "looser" if old else "stricter"
    if len(old) != 1 or len(new) != 1 or old[0].within is None or new[0].within is None:
        return "neutral"
    return "stricter" if new[0].within < old[0].within else "looser"


def but_owner(changes: Iterator[Change], old: Stage | Task, new: Stage | Task) -> Iterator[Change]:
    """Without what only follows the owner of the stage, who does whatever names nobody else."""
    # Where rows decide, nobody is named beforehand.
    owners = tuple([row.to for row in each.owners] if len(each.owners) == 1 else [] for each in (old, new))
    if owners[0] == owners[1]:
        yield from changes
        return
    yield from (each for each in changes if not each.code.endswith(".by") or (each.old, each.new) != owners)
