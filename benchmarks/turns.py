"""Several ways to do the same work, in turns, so that whatever slows the machine slows all of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(slots=True)
class Spent:
    """Seconds that passed, and seconds of this process's own work in them."""

    wall: float = 0.0
    cpu: float = 0.0


def take_turns(ways: Mapping[str, Callable[[int], object]], numbers: Iterable[int]) -> dict[str, Spent]:
    """Do each number in every way; the first turn goes round."""
    spent = {name: Spent() for name in ways}
    names = list(ways)
    for each in numbers:
        first = each % len(names)
        for name in (*names[first:], *names[:first]):
            wall, cpu = time.perf_counter(), time.process_time()
            ways[name](each)
            spent[name].wall += time.perf_counter() - wall
            spent[name].cpu += time.process_time() - cpu
    return spent


def settle_memory() -> None:
    """Take what exists out of the collector's sight: what was noted before must not slow what is timed."""
    gc.collect()
    gc.freeze()
