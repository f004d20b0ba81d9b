"""How much work something is: seconds of this thread alone, whatever else the machine and the tests do."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time


@contextmanager
def working() -> Iterator[Callable[[], float]]:
    """Gives the seconds of work so far.

    Threads that other tests have left do not count, nor does going through what they have made for garbage:
    among twenty thousand tests that takes longer than what is measured here.
    """
    gc.freeze()
    began = thread_time()
    try:
        yield lambda: thread_time() - began
    finally:
        gc.unfreeze()
