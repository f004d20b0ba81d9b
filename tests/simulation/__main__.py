"""Runs seeds: `python -m tests.simulation 17`, `python -m tests.simulation 0-1999`, `… 17 --trace`.

Of what is done outside and told to other orders: `python -m tests.simulation errands 17`; of exceptions and
their cases: `python -m tests.simulation cases 17`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.simulation import cases, errands
from tests.simulation.cases import run_cases
from tests.simulation.errands import run_errands
from tests.simulation.simulation import PROCESSES, Databases, Failed, simulate

_OTHERS: Final = {
    "errands": (run_errands, errands.NAMES),
    "cases": (run_cases, cases.NAMES),
}


def main(arguments: list[str]) -> int:
    """Run the seeds named on the command line; the number of those in which something was found."""
    run, names = _OTHERS.get(arguments[0], (simulate, PROCESSES))
    first, _, last = arguments[arguments[0] in _OTHERS].partition("-")
    lines: list[str] | None = [] if "--trace" in arguments else None
    hits: Counter[str] = Counter()
    failed = steps = 0
    began = time.perf_counter()
    with TemporaryDirectory(dir=fast_folder()) as folder:
        databases = Databases(Path(folder), names)
        for seed in range(int(first), int(last or first) + 1):
            try:
                outcome = run(seed, databases, lines=lines)
            except Failed as found:
                failed += 1
                say(str(found))
                if not last:
                    say(*lines or ())
                    raise
            else:
                steps += outcome.steps
                hits += outcome.hits
                if not last:
                    say(*lines or (), outcome.trace)
    taken = time.perf_counter() - began
    runs = int(last or first) + 1 - int(first)
    say(f"{runs} seeds, {failed} failed, {steps} steps, {runs / taken:.1f} seeds/s")
    for what, times in sorted(hits.items()):
        say(f"  {times:>8} {what}")
    return failed


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def fast_folder() -> Path | None:
    """A folder in memory where the machine has one."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
