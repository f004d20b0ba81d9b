"""The values of which a ledger consists: what history hands in, and the lines that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.plan import Due
from flowengine.definition.lengths import Length
from flowengine.definition.values import Stored
from flowengine.kernel.ledger_days import Day
from flowengine.kernel.state import Spent

Did = Literal[
    "started", "restarted", "ran", "runs", "stood", "moved", "off", "on", "warned", "late", "later", "stuck",
    "kept", "missed", "excused", "met", "over", "ended", "due",
]  # fmt: skip
Why = Literal["field", "moment", "calendar", "row", "hold", "pause", "when", "somebody", "event", "lane"]


class Noted(NamedTuple):
    """One row of history: when it was written, who gave which command and why, and what followed."""

    at: int
    by: str
    verb: str
    reason: str
    events: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a clock stopped, moved, began anew or ended: a field from `old` to `new`, a moment, a hold, …

    `by` is who did it, `reason` what was said of it.
    """

    why: Why
    name: str = ""
    old: Stored = None
    new: Stored = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger: what the clock did at an instant, or from `at` until `until`.

    What ran has `counted`, the `sum` so far, and its `days`, unless it was `recounted`: the calendar is not
    any more what it was then. `was` and `due` are the due instants before and after. `noticed_at` is when
    somebody looked, `times` how many periods of a duty it was, `row` the one that counts from then on.
    """

    did: Did
    at: int | None
    until: int | None = None
    counted: Length | None = None
    sum: Length | None = None
    days: tuple[Day, ...] = ()
    recounted: bool = False
    due: int | None = None
    was: int | None = None
    mark: str = ""
    noticed_at: int | None = None
    times: int = 1
    row: Due | None = None
    causes: tuple[Cause, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the clock stands still from here on."""
        return self.did == "stood" and self.until is None


class Run(NamedTuple):
    """A stretch in which a clock ran; without `end` it runs still.

    `spent` is what history says was counted, without it the calendar tells. What is `cut` goes on in the
    next stretch: the clock was moved there, and all of it is counted by what counts in the end.
    """

    start: int
    end: int | None = None
    spent: Spent | None = None
    calendar: Calendar | None = None
    cut: bool = False
