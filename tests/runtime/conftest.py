"""A shop that is open, for every test of the runtime, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.runtime.places import place, shared_postgres
from tests.runtime.shop import SHOP, Shop, opened

__all__ = ["on_both", "place", "shared_postgres", "shop"]


@pytest.fixture(autouse=True)
def on_both(place: str) -> str:
    """Every test of this folder runs twice."""
    return place


@pytest.fixture
def shop() -> Iterator[Shop]:
    """An engine on an empty store that runs the shop's process."""
    with opened(SHOP) as shop:
        yield shop
