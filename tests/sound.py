"""Whether a store can be trusted: for the end of every test that writes.

`assert_sound(engine)` may be called anywhere. The fixture `open_soundly` opens engines, and asks it of each
of them when the test is over; a test or a conftest takes it with `from tests.sound import open_soundly`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flowengine import Engine, connect
from flowengine.kernel.events import replay
from flowengine.runtime.ports import Clock, system_clock


def assert_sound(engine: Engine) -> None:
    """Fail unless `verify` finds nothing and each history, replayed, gives the stored state byte for byte."""
    assert engine.verify().problems == ()
    assert_replayed(engine)


def assert_replayed(engine: Engine) -> None:
    """The second half of `assert_sound`, past the engine: `verify` does not vouch for itself."""
    with closing(engine.store.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        orders = cursor.execute("SELECT id, revision, state FROM fe_orders").fetchall()
        rows = cursor.execute(
            "SELECT order_id, seq, record FROM fe_history ORDER BY order_id, seq"
        ).fetchall()
    records: dict[int, list[str]] = {id: [] for id, _, _ in orders}
    for order_id, seq, record in rows:
        records[order_id].append(record)
        assert seq == len(records[order_id]), f"history of order {order_id} has a hole before {seq}"
    for id, revision, state in orders:
        order = replay(event for record in records[id] for event in json.loads(record)["events"])
        assert order is not None, f"order {id} has no history"
        assert order.dump() == state, f"the history of order {id} does not give its state"
        assert len(records[id]) == revision, f"order {id} says that it has {revision} rows of history"


@pytest.fixture
def open_soundly() -> Iterator[Callable[..., Engine]]:
    """Opens engines for a test: `open_soundly(place, clock=…)`, in memory where no place is named."""
    engines: list[Engine] = []

    def opened(place: str | Path = ":memory:", *, clock: Clock = system_clock) -> Engine:
        engines.append(connect(place, clock=clock))
        return engines[-1]

    yield opened
    for engine in engines:
        assert_sound(engine)
        engine.close()
