"""After days without a worker: ten thousand overdue orders are caught up while people go on working."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import flowengine
from flowengine import Done, Principal
from tests.worker.office import late, take_in_overdue
from tests.worker.processes import worker

OVERDUE = 10_000
ANN = Principal.of("ann", "desk")


@pytest.mark.soak
def test_people_are_served_while_a_worker_catches_up(
    place: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """At least 200 orders a second; of 100 commands of others 99 are answered within half a second."""
    take_in_overdue(place, OVERDUE)
    answered: list[float] = []

    def timed(command: Callable[[], flowengine.Result]) -> int:
        began = time.monotonic()
        result = command().or_raise()
        answered.append(time.monotonic() - began)
        time.sleep(0.01)  # a person thinks
        return result.order_id

    with closing(flowengine.connect(place)) as engine:
        with worker(place, tmp_path / "one.log") as one:
            began = time.monotonic()
            while one.decided < OVERDUE:
                order = timed(lambda: engine.start("order", {"customer": "now"}, by=ANN))
                timed(lambda order=order: engine.do(order, Done("checked"), by=ANN))  # type: ignore[misc]
            rate = OVERDUE / (time.monotonic() - began)
            one.terminate()
            assert one.ended() == 0
        assert late(engine) == OVERDUE
    answered.sort()
    p99 = answered[len(answered) * 99 // 100] * 1_000
    figures = f"{rate:.0f} orders/s, {len(answered)} commands, p99 {p99:.0f} ms, last {answered[-1]:.2f} s"
    record_property("figures", figures)
    assert rate > 200, figures
    assert p99 < 500, figures
