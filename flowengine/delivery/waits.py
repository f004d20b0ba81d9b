"""How long is waited before a parcel is tried again."""

from __future__ import annotations

from typing import Final

_FIRST: Final = 5_000
_FACTOR: Final = 3
_LONGEST: Final = 6 * 60 * 60_000
_LONGEST_ASKED: Final = 24 * 60 * 60_000
_SPREAD: Final = 0.2


def wait_after(attempts: int, dice: float, asked: int = 0) -> int:
    """Milliseconds until the next attempt, after so many: 5 s, 15 s, 45 s … at most six hours.

    Whoever answered may have `asked` for more, up to a day. `dice`, from 0 to 1, adds up to a fifth, so that
    what failed together does not come back together.
    """
    grown = _FIRST * _FACTOR ** min(max(attempts - 1, 0), 9)
    wait = max(min(grown, _LONGEST), min(asked, _LONGEST_ASKED))
    return spread(wait, dice)


def spread(wait: int, dice: float) -> int:
    """A wait, longer by up to a fifth."""
    return int(wait * (1 + _SPREAD * dice))
