"""The number of an order as people read it in lists and headings."""

from __future__ import annotations

from typing import Final

from flowengine.cli.desk import Desk

MOST_NAMED: Final = 3
"""So many orders are named that a case is about; of more the first, so that a line stays a line."""


def numbered(desk: Desk, number: str, concerns: tuple[str, ...]) -> str:
    """The number of an order, with the numbers of the orders that it is about."""
    if not concerns:
        return number
    named = [*concerns[:MOST_NAMED], *(["…"] if len(concerns) > MOST_NAMED else [])]
    return desk.say("standing.concerns", number=number, orders=named)
