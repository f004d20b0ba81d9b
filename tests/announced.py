"""A world in which China's holidays are announced up to a year, whatever release of the library is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from flowengine.definition import public_holidays


@contextmanager
def announced_through(year: int) -> Iterator[None]:
    """Let the announcement for `year` be the last that is known; one that is not yet made says nothing."""
    known = public_holidays._announced()
    told = {each: known.get(each, ()) for each in range(min(known), year + 1)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(public_holidays, "_announced", lambda: told)
        public_holidays.public_days.cache_clear()
        yield
    public_holidays.public_days.cache_clear()
