"""The worker's loop on an engine that answers as told: how long it waits, what it says, what ends it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from flowengine.errors import ChangedMeanwhile, ConnectionLost, OrderBusy, OutcomeUnknown, StoreUnusable
from flowengine.worker import Worker
from flowengine.worker.ticked import BATCH, Ticked
from tests.worker.office import NOON, Time, log_of

BEGINS = ("INFO", "the worker begins; it looks every 5 s, and at the moment at which an order falls due")
ENDS = ("INFO", "the worker has ended")
IDLE = Ticked(now=NOON)


class Told:
    """An engine that ticks as the test tells it to, and then has nothing to do."""

    def __init__(self, *answers: Ticked | Exception) -> None:
        self.answers = list(answers)
        self.limits: list[int] = []

    def tick(self, *, limit: int) -> Ticked:
        self.limits.append(limit)
        answer = self.answers.pop(0) if self.answers else IDLE
        if isinstance(answer, Exception):
            raise answer
        return answer


def worked(*answers: Ticked | Exception, **settings: Any) -> list[float]:
    """The waits of a worker, up to the first after it was given all answers."""
    engine, time = Told(*answers), Time()
    time.meanwhile = lambda: setattr(time, "until", time.now if not engine.answers else time.until)
    Worker(engine, **{"rest": 0, **settings}).run(time)
    assert not engine.answers
    return time.waits


def due_in(milliseconds: int, orders: int = 0) -> Ticked:
    return Ticked(orders, orders, 0, NOON + milliseconds, NOON)


LEAST, MIDDLE, MOST = (lambda: 0.0), (lambda: 0.5), (lambda: 1.0)


@pytest.mark.parametrize(
    ("ticked", "rng", "wait"),
    [
        pytest.param(IDLE, LEAST, 4.0, id="nothing is ever due: a fifth less than the poll"),
        pytest.param(IDLE, MIDDLE, 5.0, id="nothing is ever due: the poll"),
        pytest.param(IDLE, MOST, 6.0, id="nothing is ever due: a fifth more than the poll"),
        pytest.param(due_in(2_000), LEAST, 2.0, id="due soon: at that moment, not before"),
        pytest.param(due_in(2_000), MOST, 2.4, id="due soon: a little later, so that not all look at once"),
        pytest.param(due_in(1), LEAST, 0.001, id="due at once"),
        pytest.param(due_in(60_000), MOST, 6.0, id="due later than the next look"),
        pytest.param(due_in(365 * 86_400_000), MIDDLE, 5.0, id="due in a year: orders may come before"),
        pytest.param(due_in(0), MIDDLE, 5.0, id="due, and in the hands of others"),
        pytest.param(due_in(-86_400_000), MIDDLE, 5.0, id="overdue, and in the hands of others"),
    ],
)
def test_it_waits_for_the_next_moment_but_not_longer_than_it_polls(
    ticked: Ticked, rng: Callable[[], float], wait: float
) -> None:
    assert worked(ticked, rng=rng) == [pytest.approx(wait)]


def test_it_goes_on_as_long_as_something_is_due_and_leaves_a_gap_for_others() -> None:
    batches = [due_in(-1, orders=BATCH)] * 3
    assert worked(*batches, due_in(9_000, orders=7), rest=0.025) == [0.025, 0.025, 0.025, 5.0]


def test_it_ticks_by_the_batch_so_that_it_can_end_after_each() -> None:
    engine, time = Told(*[due_in(-1, orders=BATCH)] * 5), Time(most=2)
    Worker(engine).run(time)
    assert engine.limits == [BATCH, BATCH]


def test_it_ends_without_a_look_when_it_was_told_before() -> None:
    engine = Told()
    Worker(engine).run(Time(most=0))
    assert engine.limits == []


def test_catching_up_ends_by_itself_and_sums_up() -> None:
    engine = Told(due_in(-1, orders=100), Ticked(30, 20, 4, NOON + 5, NOON))
    assert Worker(engine, rest=0).catch_up() == Ticked(130, 120, 4, NOON + 5, NOON)
    assert Worker(Told(due_in(-1))).catch_up().orders == 0, "what others hold is theirs"


BUSY, LOST = OrderBusy("stayed locked"), ConnectionLost("gone")


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        pytest.param([BUSY], [0.5], id="once"),
        pytest.param([LOST] * 9, [0.5, 1, 2, 4, 8, 15, 30, 30, 30], id="ever later, half a minute at most"),
        pytest.param([LOST] * 3 + [IDLE, LOST], [0.5, 1, 2, 5, 0.5], id="from the beginning when it worked"),
        pytest.param([ValueError("bug"), LOST], [0.5, 1], id="defects count alike"),
    ],
)
def test_it_waits_longer_each_time_that_it_fails(
    answers: list[Ticked | Exception], waits: list[float]
) -> None:
    assert worked(*answers, rng=LEAST)[: len(waits)] == [4.0 if wait == 5 else wait for wait in waits]


def test_waits_after_trouble_differ_too() -> None:
    assert worked(*[LOST] * 3, rng=MOST) == pytest.approx([0.4, 0.8, 1.6])


def test_ten_years_of_trouble_do_not_end_it() -> None:
    assert worked(*[LOST] * 5_000, rng=LEAST)[-1] == 30


@pytest.mark.parametrize(
    "error", [StoreUnusable(), OrderBusy(), ChangedMeanwhile(), ConnectionLost(), OutcomeUnknown()]
)
def test_trouble_with_the_store_is_said_once_in_one_line_and_so_is_its_end(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    worked(*[error] * 20, IDLE)
    said = f"the database cannot be used now, the worker goes on trying: {' '.join(str(error).split())}"
    recovered = ("INFO", "it works again; failed attempts: 20")
    assert log_of(caplog.records) == [BEGINS, ("WARNING", said), recovered, ENDS]


def test_another_trouble_is_said_too(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    worked(BUSY, BUSY, LOST, LOST, BUSY)
    assert [level for level, _ in log_of(caplog.records)] == ["INFO", *["WARNING"] * 3, "INFO"]


def test_a_defect_is_shown_with_its_traceback_and_does_not_end_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    worked(ZeroDivisionError("of ours"), IDLE)
    levels = [level for level, _ in log_of(caplog.records)]
    assert levels == ["INFO", "ERROR", "INFO", "INFO"]
    assert "ZeroDivisionError: of ours" in caplog.text


def test_an_interrupt_is_no_defect() -> None:
    class Interrupted(Told):
        def tick(self, *, limit: int) -> Ticked:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Worker(Interrupted()).run(Time())


def test_it_says_what_it_decided_with_counts_and_points_to_what_was_parked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    worked(due_in(-1, orders=100), Ticked(3, 1, 2, None, NOON), IDLE)
    assert log_of(caplog.records)[1:-1] == [
        ("INFO", "orders decided: 103; became late: 101; parked: 2"),
        (
            "WARNING",
            "orders parked because they could not be decided: 2; `flowengine list --parked` says why",
        ),
    ]


def test_what_was_done_before_trouble_is_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    worked(due_in(-1, orders=100), LOST)
    assert log_of(caplog.records)[1] == ("INFO", "orders decided: 100; became late: 100; parked: 0")


def test_it_speaks_chinese_and_to_whom_it_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    worked(LOST, lang="zh", log=logging.getLogger("host"))
    assert {record.name for record in caplog.records} == {"host"}
    assert log_of(caplog.records)[-1] == ("INFO", "已停止运行")
