"""Orders as commands have just left them: whoever finds the very same snapshot next need not read it again.

They are found by the whole stored text, so what anybody else has written meanwhile, or bent, is another one.
"""

from __future__ import annotations

from typing import Final

from flowengine.kernel.order import Order

MOST: Final = 64
_written: Final[dict[str, Order]] = {}


def order_of(state: str) -> Order:
    """The order that a snapshot holds, to be looked at and decided about; nobody writes to it."""
    return _written.get(state) or Order.load(state)


def remember(state: str, order: Order) -> None:
    """Keep the order that was written as that snapshot, for a while."""
    if len(_written) >= MOST:
        _written.clear()
    _written[state] = order
