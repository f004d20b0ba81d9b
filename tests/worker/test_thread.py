"""A worker in a thread of the host, and how signals reach it."""

from __future__ import annotations

import signal
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

import flowengine
from flowengine.delivery.delivered import Delivered
from flowengine.worker import Running, Worker, run_in_thread
from flowengine.worker.signals import run_until_told
from tests.postgres import PATIENCE
from tests.worker.office import late, take_in_overdue
from tests.worker.processes import until
from tests.worker.test_loop import IDLE, Told


def test_time_passes_beside_the_host_as_long_as_the_block(tmp_path: Path) -> None:
    place = str(tmp_path / "orders.db")
    take_in_overdue(place, 250)
    with closing(flowengine.connect(place)) as engine, engine.run_in_thread() as running:
        until(lambda: late(engine) == 250)
        assert not running.is_stopping
    assert running.join(0)


def test_it_does_not_keep_the_host_from_ending() -> None:
    with run_in_thread(Told()) as running:
        assert running._threads[0].daemon


def test_it_is_woken_to_stop() -> None:
    running = Running(Worker(Told(), poll=3_600))
    running.begin()
    running.stop()
    assert running.join(PATIENCE)
    assert running.is_stopping


def test_waits_of_workers_differ_without_being_told_to() -> None:
    workers = []
    for _ in range(20):
        with run_in_thread(Told()) as running:
            workers.append(running._workers[0])
    waits = {worker._pause(IDLE.next_at, IDLE.now) for worker in workers}
    assert len(waits) > 1
    assert all(4 <= wait <= 6 for wait in waits)


class Raising(Running):
    """A worker during which this process is sent signals, one each time that its end is waited for."""

    def __init__(self, *signals: signal.Signals) -> None:
        super().__init__(Worker(Told(), poll=3_600))
        self.signals = list(signals)

    def join(self, timeout: float | None = None) -> bool:
        if self.signals:
            signal.raise_signal(self.signals.pop(0))
            return False
        return super().join(PATIENCE)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order_and_a_second_one_at_once(sign: signal.Signals) -> None:
    left: list[int] = []
    before = signal.getsignal(sign)
    run_until_told(Raising(sign), leave=left.append)
    assert left == []
    run_until_told(Raising(sign, sign), leave=left.append)
    assert left == [128 + sign]
    assert signal.getsignal(sign) is before


def test_a_signal_that_comes_before_it_has_begun_is_heard() -> None:
    class Early(Raising):
        def begin(self) -> None:
            signal.raise_signal(signal.SIGTERM)
            super().begin()

    run_until_told(Early())


@dataclass
class Ended(Told):
    """An engine of which the first deliveries end whoever asks for them."""

    raises: list[type[BaseException]] = field(default_factory=lambda: [SystemExit, KeyboardInterrupt])
    delivered: Event = field(default_factory=Event)

    def deliver(self, **_: object) -> Delivered:
        if self.raises:
            raise self.raises.pop(0)
        self.delivered.set()
        return Delivered()


def test_a_postman_that_was_ended_begins_again_and_says_so(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flowengine.worker.loop._BACK_OFFS", (0.01,))
    engine = Ended()
    with run_in_thread(engine, poll=3_600, delivers=True):
        assert engine.delivered.wait(5)
    ended = [each for each in caplog.records if each.levelname == "CRITICAL"]
    assert [each.exc_info and each.exc_info[0] for each in ended] == [SystemExit, KeyboardInterrupt]
    assert "postman" in ended[0].getMessage()
