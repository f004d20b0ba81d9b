"""`make bench`: what the engine costs, beside the bare driver doing the same rows in the same run.

Shares mean more than figures, which belong to the machine. Every figure is the median of several rounds in
which the engine and what it is compared with took turns.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import checking, clients, commands, decisions, drain, history, memory, ticks
from benchmarks.figure import Figure
from benchmarks.places import Missing
from benchmarks.sizes import FULL, QUICK, Sizes
from benchmarks.table import table

PARTS: dict[str, Callable[[Sizes], Iterator[Figure]]] = {
    "commands": commands.measure,
    "clients": clients.measure,
    "ticks": ticks.measure,
    "drain": drain.measure,
    "history": history.measure,
    "memory": memory.measure,
    "decisions": decisions.measure,
    "checking": checking.measure,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the parts that were asked for, and print a table of all figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"what to measure: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="smaller sizes: under a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    figures, missing = run(options.parts or list(PARTS), QUICK if options.quick else FULL)
    print(table(figures))
    for part, reason in missing.items():
        print(f"{part}, the rest: left out, {reason}")
    if options.json:
        records = [figure.record() for figure in figures]
        options.json.write_text(json.dumps(records, ensure_ascii=False, indent=2) + "\n", "utf-8")


def run(parts: Sequence[str], sizes: Sizes) -> tuple[list[Figure], dict[str, str]]:
    """The figures of these parts, and why something of a part was left out."""
    figures: list[Figure] = []
    missing = {}
    for part in parts:
        start = time.perf_counter()
        try:
            figures.extend(PARTS[part](sizes))  # what came before something is missing stays
        except Missing as reason:
            missing[part] = str(reason)
        print(f"{part}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return figures, missing


if __name__ == "__main__":
    main()
