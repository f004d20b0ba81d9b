"""Orders that are kept from one command to the next are what was written, and stay so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from flowengine import connect
from flowengine.kernel.order import Order
from flowengine.rehearsal.scenario import run_file
from flowengine.runtime import saving, snapshots

FILES: Final = sorted((Path(__file__).parents[2] / "processes").rglob("*.scenario.yaml"))[::12]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_kept_is_what_was_written_and_nobody_writes_to_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, Order]] = []

    def remember(state: str, order: Order) -> None:
        kept.append((state, order))
        snapshots.remember(state, order)

    monkeypatch.setattr(saving, "remember", remember)
    run_file(path, connect, lang="en")
    assert kept
    for state, order in kept:
        assert Order.load(state) == order
        assert order.dump() == state


def test_what_anybody_else_has_written_is_read() -> None:
    order = Order("1", "clerk", 0, 0)
    snapshots.remember(order.dump(), order)
    assert snapshots.order_of(order.dump()) is order
    other = Order("1", "clerk", 0, 1)
    assert snapshots.order_of(other.dump()) == other


def test_few_are_kept() -> None:
    orders = [Order(str(number), "clerk", 0, 0) for number in range(3 * snapshots.MOST)]
    for order in orders:
        snapshots.remember(order.dump(), order)
    kept = [order for order in orders if snapshots.order_of(order.dump()) is order]
    assert orders[-1] in kept
    assert len(kept) <= snapshots.MOST
