"""A shop that is open, for every test of the runtime."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.runtime.shop import SHOP, Shop, opened


@pytest.fixture
def shop() -> Iterator[Shop]:
    """An engine on a store in memory that runs the shop's process."""
    with opened(SHOP) as shop:
        yield shop
