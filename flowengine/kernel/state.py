"""The pieces of an order's snapshot: tasks, clocks, holds and rules, as plain records.

Each is stored as a list of its values; those at the end that say nothing are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

T = TypeVar("T")


class Task(NamedTuple):
    """A task that was opened in this visit. Instants are milliseconds UTC; `owner` only where rows decide.

    `outcome` is the one that ended it in place of its needs.
    """

    opened_at: int
    done_at: int | None = None
    outcome: str = ""
    owner: str = ""


Spent = tuple[int, ...]
"""Time that has passed on a clock: elapsed, in working hours and in working days (milliseconds each)."""


class Cycle(NamedTuple):
    """One course of a clock. Instants are milliseconds UTC.

    It runs since `since`, and stands still without; `used` had passed on it by then, `over` since it was due.
    `due` is None while it stands still before it is late. At `wake` the mark of that name rings; `rung` are
    those that have. `basis` says from which row and length the due instant was reckoned. `met` is when it
    ended, `round` counts the windows of a duty, and `heard` is how often the moment that ends it had come.
    `doubt` is the last day of which the calendar was certain, where the due instant was reckoned beyond it.
    `fell` is when one fell due that is late, while it goes on unseen and has no `due`.
    """

    began: int
    since: int | None = None
    due: int | None = None
    wake: int | None = None
    mark: str = ""
    basis: str = ""
    late: bool = False
    rung: tuple[str, ...] = ()
    used: Spent = ()
    over: Spent = ()
    met: int | None = None
    round: int = 0
    heard: int = 0
    doubt: str = ""
    fell: int | None = None


class Held(NamedTuple):
    """A hold that lies on the order: since when, placed by whom, and whether by itself."""

    since: int
    by: str
    itself: bool = False


class Ruled(NamedTuple):
    """What a rule saw last: whether it held, how often its moment had happened, and its point in time.

    `wake` is the point for which it is set, `rang` the one at which it was looked at.
    """

    held: bool = False
    heard: int = 0
    wake: int | None = None
    rang: int | None = None


class Granted(NamedTuple):
    """A lane that is in force: since when, until when, and who asked for it.

    `digest` is that of the fields which its approval covers, `was` the priority that it has replaced.
    """

    since: int
    until: int | None
    by: str
    digest: str = ""
    was: str = ""


class Called(NamedTuple):
    """A call out: which, as the how manieth of the order, and how it stands: on its way, `done` or `failed`.

    `need` is that for which it was made, in the visit `asked`, with the `digest` of what it covers; once that
    is asked anew it is `overtaken`. What is `unwanted` is taken back as soon as it is done. `why` it failed.
    """

    name: str
    number: int
    need: str = ""
    asked: str = ""
    digest: str = ""
    how: str = ""
    why: str = ""
    overtaken: bool = False
    unwanted: bool = False


class Raised(NamedTuple):
    """An exception that was raised: which, on what tier at least, how far its case has come by what that has
    said, and whether this order has `settled` it.
    """

    exception: str
    tier: int
    reached: int = 0
    settled: bool = False


Record = Task | Cycle | Held | Ruled | Granted | Called | Raised

_NEEDED: Final = object()
_DEFAULTS: Final[Mapping[type, tuple[Any, ...]]] = {
    kind: tuple(kind._field_defaults.get(name, _NEEDED) for name in kind._fields)
    for kind in (Task, Cycle, Held, Ruled, Granted, Called, Raised)
}


def plain(record: Record) -> list[Any]:
    """The stored form of a record."""
    defaults, last = _DEFAULTS[type(record)], len(record) - 1
    while last >= 0 and record[last] == defaults[last]:
        last -= 1
    return [list(each) if isinstance(each, tuple) else each for each in record[: last + 1]]


def record_of(kind: type[T], values: list[Any]) -> T:
    """The record that `plain` wrote."""
    make: Callable[..., T] = kind
    return make(*[tuple(each) if isinstance(each, list) else each for each in values])
