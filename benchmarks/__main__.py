"""`make bench`: what the engine costs, as a share of the bare driver doing the same rows in the same run."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.order7 import Round, measure

ROUNDS = 5
ORDERS = 60


def main() -> None:
    """Measure and print a table; shares, because absolute figures belong to the machine."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--orders", type=int, default=ORDERS, help="orders in each round")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds, engine and bare driver in turns")
    options = parser.parse_args()
    print("ORDER-7: seven stages, two checks each, every command a durable transaction")
    print("SQLite, synchronous=FULL; the median of the rounds")
    print(f"{'where':8} {'commands/s':>11} {'bare sqlite3':>13} {'share':>6}   statements per command")
    for where, folder in (("disk", None), ("memory", Path("/dev/shm"))):
        if folder is not None and not folder.is_dir():
            continue
        with tempfile.TemporaryDirectory(dir=folder) as place:
            rounds = [measure(Path(place), number, options.orders) for number in range(options.rounds)]
        print(_line(where, sorted(rounds, key=lambda each: each.share)[len(rounds) // 2]))


def _line(where: str, median: Round) -> str:
    per_command = median.statements / median.commands
    engine, bare = median.commands / median.engine, median.commands / median.bare
    return f"{where:8} {engine:11,.0f} {bare:13,.0f} {median.share:6.2f}   {per_command:.1f}"


if __name__ == "__main__":
    main()
