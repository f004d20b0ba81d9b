"""What all clocks share: being put into the order, standing still, being over, and what breaks a silence."""

from __future__ import annotations

from collections.abc import Iterable

from flowengine.compiler.clock import TOUCHED
from flowengine.compiler.plan import Clock, Due, every_part
from flowengine.kernel.draft import Draft
from flowengine.kernel.standing import Standing
from flowengine.kernel.state import Cycle, plain


def put_clock(
    draft: Draft, key: str, cycle: Cycle, did: str, *moments: str, lapse: Iterable[str] = (), by: str = ""
) -> None:
    """Record what a clock did and `by` what, with its due instant, and the old one where that is another.

    `uncertain` says of a new one that nobody has announced yet which days up to it are workdays.
    """
    before = draft.order.clocks.get(key)
    if cycle.due is None:
        cycle = cycle._replace(doubt="")
    data: dict[str, object] = {"due": cycle.due}
    if before is not None and before.due != cycle.due:
        data["was"] = before.due
    if cycle.doubt and (before is None or before.due != cycle.due):
        data["uncertain"] = cycle.doubt
    if names := list(lapse):
        data["lapse"] = names
    if by:
        data["by"] = by
    draft.emit("clock", *moments, clock=key, did=did, state=plain(cycle), **data)


def stopped_by(draft: Draft, key: str, row: Due) -> str:
    """The hold that stops a clock, or `pause` for the condition of its row; empty while it runs.

    A date that somebody named is never moved.
    """
    if not row.is_movable:
        return ""
    for name in draft.order.holds:
        hold = draft.plan.holds[name]
        if name != key and (hold.pauses_all or key.partition(".")[0] in hold.pauses):
            return name
    return "pause" if row.pause is not None and row.pause.holds(draft.facts) else ""


def last_touch(draft: Draft, clock: Clock) -> int:
    """When a silence was last broken (milliseconds UTC); 0 if never."""
    return max(draft.order.seen.get(moment, (0, 0))[1] for moment in clock.of or (TOUCHED,))


def has_begun(standing: Standing, clock: Clock) -> bool:
    """Whether the moment after which a clock counts has happened since its place began."""
    if not clock.after:
        return clock.place == "order" or not standing.order.shut
    return standing.happened_since(clock.after, clock.place) > 0


def counts(standing: Standing, clock: Clock) -> bool:
    """Whether the condition of a clock holds."""
    return clock.when is None or clock.when.holds(standing.facts)


def is_over(standing: Standing, clock: Clock, heard: int) -> bool:
    """Whether a clock is met: its moment has come once more than it had `heard`, or its needs are there."""
    if clock.until and standing.facts.count(clock.until) > heard:
        return True
    return bool(clock.needs) and not standing.open(clock.needs)


def acts_of(standing: Standing, clock: Clock) -> list[str]:
    """What was done for the needs of a clock, and lapses with its cycle."""
    return [need.name for need in every_part(clock.needs) if need.name in standing.order.acts]
