"""Four processes of two threads on one SQLite file, and a worker: nobody hears of a lock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import flowengine
from tests.chaos.crew import (
    PROCESS,
    THREADS,
    Hours,
    assert_as_acknowledged,
    assert_time_passed,
    at_work,
    client,
    worker,
)
from tests.chaos.record import assert_numbers_whole
from tests.sound import assert_sound

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")

PROCESSES = 4
COMMANDS_A_SECOND = 50


@pytest.mark.parametrize("seconds", [6, pytest.param(300, marks=pytest.mark.soak)])
def test_many_on_one_file_wait_for_each_other_unnoticed(
    seconds: int, tmp_path: Path, tell: Callable[[object], None]
) -> None:
    with flowengine.connect(tmp_path / "orders.db", clock=Hours()) as engine:
        engine.deploy(PROCESS, file="order.yaml")
        engine.close()
        until, pause = time.monotonic() + seconds, PROCESSES * THREADS / COMMANDS_A_SECOND
        crew = [client(engine, f"client {n}", until=until, pause=pause) for n in range(PROCESSES)]
        with at_work([*crew, worker(engine, until=until)], until=until) as ended:
            told = ended()
        given = assert_as_acknowledged(engine, told.diaries)
        late = assert_time_passed(engine)
        assert_numbers_whole(engine)
        assert_sound(engine)
    waits = told.seconds
    p99 = waits[len(waits) * 99 // 100]
    tell(
        f"{given / seconds:.0f} commands/s, p50 {waits[len(waits) // 2] * 1_000:.0f} ms, "
        f"p99 {p99 * 1_000:.0f} ms, longest {waits[-1]:.2f} s, {late} became late, troubles {told.troubles}"
    )
    assert told.troubles == {}
    assert given > seconds * COMMANDS_A_SECOND / 2
    assert told.ticked > seconds, "hardly anything fell due meanwhile"
    assert p99 < 2
