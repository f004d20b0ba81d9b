"""How much each part does: enough for a figure to trust, for a quick look, or only to see that it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts for every part. Medians are taken over `rounds`."""

    rounds: int
    orders: int
    """Orders of ORDER-7 in one round of commands; also what decisions and verifying work on."""
    clients: tuple[int, ...]
    client_rounds: int
    seconds: float
    """How long clients run in one round."""
    choices: int
    """Orders among which pgbench chooses."""
    few: int
    many: int
    """Open orders that an empty tick finds nothing in."""
    ticks: int
    overdue: int
    drains: int
    history: int
    """Rows of history that a long order has."""
    pairs: int
    """Commands in one round on an order with a long history and on a new one."""
    kept: int
    """Orders opened by the process whose memory is watched."""
    files: int
    """Process files that are checked one after the other."""


FULL = Sizes(
    rounds=7,
    orders=40,
    clients=(1, 2, 4),
    client_rounds=3,
    seconds=3.0,
    choices=5_000,
    few=1_000,
    many=1_000_000,
    ticks=100,
    overdue=10_000,
    drains=3,
    history=10_000,
    pairs=100,
    kept=100_000,
    files=1_000,
)
QUICK = Sizes(
    rounds=3,
    orders=15,
    clients=(1, 4),
    client_rounds=1,
    seconds=1.0,
    choices=1_000,
    few=1_000,
    many=20_000,
    ticks=30,
    overdue=2_000,
    drains=1,
    history=1_000,
    pairs=50,
    kept=4_000,
    files=200,
)
TINY = Sizes(
    rounds=1,
    orders=1,
    clients=(1,),
    client_rounds=1,
    seconds=0.1,
    choices=10,
    few=5,
    many=10,
    ticks=2,
    overdue=5,
    drains=1,
    history=5,
    pairs=2,
    kept=40,
    files=3,
)
