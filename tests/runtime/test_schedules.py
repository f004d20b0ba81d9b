"""Orders that the calendar opens: each period once, whoever looks and however late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from flowengine import Principal
from flowengine.calendars.days import local, milliseconds
from flowengine.errors import WrongInput
from tests.runtime.shop import HOST, Shop, opened
from tests.storage.racing import at_once

ZONE = ZoneInfo("Asia/Shanghai")
DAY = 24 * 60 * 60_000
REVIEW = """
flowengine: 1
process: review
version: "1"
owner: desk
zone: Asia/Shanghai
roles: {desk: {may: create}}
order:
  number: "A{yyyy}{mm}-{serial:1}"
  unique: [month]
  opened: {every: month, at: "09:00", sets: {month: last_month(), seen_on: today()}}
  fields: {month: {type: text, required: true}, seen_on: date, share: {type: integer, default: 10, min: 1}}
  checks: [{that: share > 0}]
stages:
  meet: {owner: desk, due: 1d, needs: {minutes: check}, next: closed}
"""
ANN = Principal.of("ann", "desk")


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(REVIEW) as shop:  # it is noon of 12 May 2026
        yield shop


def to(shop: Shop, written: str) -> None:
    """Set the clock, and let somebody look until nothing is due."""
    shop.clock.now = milliseconds(datetime.fromisoformat(written).replace(tzinfo=ZONE))
    while shop.engine.tick().did_something:
        pass


def months(shop: Shop) -> list[tuple[str, str, object]]:
    """The orders there are: number, when they were opened, for which month."""
    views = shop.engine.orders(by=HOST).items
    return [
        (each.row.number, f"{local(each.row.created_at, ZONE):%Y-%m-%d %H:%M}", each.order.fields["month"])
        for each in views
    ]


def test_a_period_opens_one_order_and_its_moment_stands_on_record(shop: Shop) -> None:
    to(shop, "2026-06-01 08:59")
    assert months(shop) == []
    assert shop.engine.tick().next_at == milliseconds(datetime(2026, 6, 1, 9, tzinfo=ZONE))
    to(shop, "2026-06-01 09:05")
    to(shop, "2026-06-01 12:00")
    assert months(shop) == [("A202606-1", "2026-06-01 09:00", "2026-05")]
    first = shop.engine.history(1, by=HOST).items[0]
    assert first.actor == "calendar"
    assert shop.engine.order(1, by=HOST).order.fields["seen_on"] == "2026-06-01"


def test_what_was_missed_is_opened_later_each_as_of_its_own_moment(shop: Shop) -> None:
    to(shop, "2026-08-20 10:00")
    assert months(shop) == [
        ("A202606-1", "2026-06-01 09:00", "2026-05"),
        ("A202607-1", "2026-07-01 09:00", "2026-06"),
        ("A202608-1", "2026-08-01 09:00", "2026-07"),
    ]
    assert all(view.row.late for view in shop.engine.orders(by=HOST).items), "their time has run"


def test_many_workers_open_it_once(shop: Shop) -> None:
    shop.clock.now = milliseconds(datetime(2026, 7, 2, tzinfo=UTC))
    ticks = at_once(*[lambda: shop.engine.tick().opened] * 4)
    to(shop, "2026-07-02 10:00")
    assert sum(ticks) <= 2
    assert [number for number, _, _ in months(shop)] == ["A202606-1", "A202607-1"]


def test_what_somebody_has_opened_before_is_not_opened_again(shop: Shop) -> None:
    shop.engine.start("review", {"month": "2026-05"}, by=ANN)
    to(shop, "2026-06-01 10:00")
    assert [month for _, _, month in months(shop)] == ["2026-05"]
    to(shop, "2026-07-01 10:00")
    assert [month for _, _, month in months(shop)] == ["2026-05", "2026-06"]


def test_one_that_cannot_be_opened_is_tried_again_and_hinders_nobody(shop: Shop) -> None:
    shop.deploy(
        REVIEW.replace('version: "1"', 'version: "2"').replace("share > 0", "share / (share - 10) > 0")
    )
    shop.clock.now = milliseconds(datetime(2026, 6, 1, 9, tzinfo=ZONE))
    ticked = shop.engine.tick()
    assert (ticked.opened, ticked.failed) == (0, 1)
    with shop.engine.store.reading() as unit:
        (waiting,) = unit.schedules()
    assert waiting.failures == 1
    (check,) = (each for each in shop.engine.health().checks if each.name == "schedules")
    assert (check.level, check.state) == ("warning", "unopened")
    assert "divides by zero" in check.message("en")
    shop.deploy(REVIEW.replace('version: "1"', 'version: "3"'))
    to(shop, "2026-06-03 10:00")
    assert months(shop) == [("A202606-1", "2026-06-01 09:00", "2026-05")]


def test_a_version_that_says_otherwise_counts_from_its_deployment(shop: Shop) -> None:
    to(shop, "2026-05-30 10:00")
    daily = REVIEW.replace('version: "1"', 'version: "2"').replace("every: month", "every: day")
    shop.deploy(daily.replace("  unique: [month]\n", ""))
    to(shop, "2026-06-02 08:00")
    assert [at for _, at, _ in months(shop)] == ["2026-05-31 09:00", "2026-06-01 09:00"]
    never = REVIEW.replace('version: "1"', 'version: "3"')
    shop.deploy("\n".join(line for line in never.splitlines() if "opened:" not in line))
    to(shop, "2026-07-02 08:00")
    assert len(months(shop)) == 2
    with shop.engine.store.reading() as unit:
        assert unit.schedules() == []


def test_nobody_takes_the_keys_of_the_calendar(shop: Shop) -> None:
    with pytest.raises(WrongInput, match="calendar/"):
        shop.engine.start("review", {"month": "x"}, by=ANN, key="calendar/1")
    with pytest.raises(WrongInput, match="host itself"):
        shop.engine.start("review", {"month": "x"}, by=Principal.of("calendar", "desk"))


def test_the_store_knows_nothing_of_it_but_one_row(shop: Shop) -> None:
    with shop.engine.store.engine.connect() as raw:
        rows = raw.execute(sa.text("SELECT process, next_at - :day FROM fe_schedules"), {"day": DAY}).all()
    nine = datetime(2026, 6, 1, 9, tzinfo=ZONE) - timedelta(days=1)
    assert rows == [("review", milliseconds(nine))]
