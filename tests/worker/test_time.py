"""The worker and the real engine, on a time that is turned by hand: each moment once, whatever clocks do."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Choose
from flowengine.worker.ticked import BATCH
from tests.sound import assert_sound
from tests.worker.office import DAY, DESK, HOUR, NOON, Time, at_work, late, take_in, times_late

DUE = 2 * HOUR


def test_an_order_is_late_within_a_moment_of_its_threshold() -> None:
    time = Time(until=NOON + 3 * HOUR)
    with at_work(time) as (engine, worker):
        (order,) = take_in(engine, 1)
        worker.run(time)
        entry = engine.history(order, by=DESK).items[-1]
        assert entry.record["events"][0]["at"] == NOON + DUE
        assert NOON + DUE <= entry.at <= NOON + DUE + 12_000, "a fifth of its poll"
        assert times_late(engine, order) == 1


def test_who_has_nothing_to_do_asks_once_in_a_poll() -> None:
    time = Time(until=NOON + HOUR)
    with at_work(time) as (engine, worker):
        take_in(engine, 3)
        ticks, tick = [], engine.tick
        engine.tick = lambda **limit: ticks.append(limit) or tick(**limit)  # type: ignore[method-assign]
        worker.run(time)
        assert len(ticks) == 60


def test_the_clock_jumps_a_year_ahead() -> None:
    """Everything that fell due in it happens once, in one pass, and the worker comes to rest again."""
    time = Time(most=200)
    with at_work(time) as (engine, worker):
        orders = take_in(engine, 5 * BATCH)

        def jump() -> None:
            time.now += 365 * DAY if len(time.waits) == 10 else 0

        time.meanwhile = jump
        worker.run(time)
        assert [times_late(engine, order) for order in orders[::50]] == [1] * 10
        assert late(engine) == len(orders)
        assert sum(wait == 0 for wait in time.waits) == 4, "the gaps between five batches, and none after"
        assert_sound(engine)


@pytest.mark.parametrize("before", [True, False], ids=["before they are due", "after they became late"])
def test_the_clock_jumps_an_hour_back(before: bool) -> None:
    """Nothing happens twice, nothing too early, and nothing is stuck: it happens when its time has come."""
    time = Time(until=NOON + 5 * HOUR)
    with at_work(time) as (engine, worker):
        orders = take_in(engine, 20)
        jumps = [NOON + DUE + (-HOUR // 2 if before else HOUR // 2)]

        def jump() -> None:
            if jumps and time.now >= jumps[0]:
                jumps.pop()
                time.now -= HOUR

        time.meanwhile = jump
        worker.run(time)
        assert not jumps
        assert [times_late(engine, order) for order in orders] == [1] * 20
        assert len(time.waits) <= 6 * 60 + 10, "it did not spin"
        assert_sound(engine)


def test_an_order_that_was_changed_in_the_future_of_a_clock_is_due_again_in_time() -> None:
    """A clock that goes wrong, is used, and is set right: time does not run backwards in an order."""
    time = Time(until=NOON + 6 * HOUR)
    with at_work(time) as (engine, worker):
        (order,) = take_in(engine, 1)
        time.now += HOUR
        engine.do(order, Choose("again"), by=DESK).or_raise()
        time.now -= HOUR
        worker.run(time)
        entry = engine.history(order, by=DESK).items[-1]
        assert entry.record["events"][0]["at"] == NOON + HOUR + DUE
        assert times_late(engine, order) == 1
        assert_sound(engine)


def test_orders_that_come_while_it_waits_are_not_forgotten() -> None:
    time = Time(until=NOON + 8 * HOUR)
    with at_work(time) as (engine, worker):
        taken: list[int] = []

        def take() -> None:
            if time.now > NOON + len(taken) * HOUR and len(taken) < 5:
                taken.extend(take_in(engine, 1))

        time.meanwhile = take
        worker.run(time)
        assert [times_late(engine, order) for order in taken] == [1] * 5


def test_an_order_that_cannot_be_decided_stops_no_other_and_is_asked_again_ever_later() -> None:
    time = Time(until=NOON + 3 * DAY)
    with at_work(time) as (engine, worker):
        broken, *others = take_in(engine, 2 * BATCH)
        with engine.store.engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql(f"UPDATE fe_orders SET state = '{{' WHERE id = {broken}")
        worker.run(time)
        assert late(engine) == len(others)
        with engine.store.engine.connect() as connection:
            row = connection.exec_driver_sql(f"SELECT failures, failure FROM fe_orders WHERE id = {broken}")
            failures, failure = row.one()
        assert "JSONDecodeError" in failure
        assert 11 <= failures <= 13, "in three days, with a back-off that doubles from a minute on"
