"""Calendars that are not certain for ever: what the doctor says as the year goes by, and the figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from flowengine import Engine
from flowengine.kernel.commands import Done
from flowengine.runtime.certainty import Certainty
from flowengine.runtime.health import Check
from flowengine.texts import LANGUAGES
from tests.announced import announced_through
from tests.kernel.desk import at
from tests.runtime.shop import Shop, opened

OFFICE = """
flowengine: 1
process: shop
version: "{version}"
owner: desk
calendars:
  office: {{zone: Asia/Shanghai, holidays: CN, week: {{mon-fri: ["09:00-17:00"]}}}}
  abroad: {{zone: Asia/Shanghai, week: {{mon-fri: ["09:00-17:00"]}}}}
  unused: {{zone: Asia/Shanghai, holidays: CN, week: {{mon-fri: ["09:00-17:00"]}}}}
calendar: {calendar}
order: {{fields: {{ref: text}}}}
roles: {{desk: {{}}}}
stages:
  take: {{owner: desk, due: {due}, needs: {{checked: check}}}}
  hand: {{owner: desk, due: 30d, needs: {{handed: check}}, next: closed}}
"""
END = at("2026-12-25 00:00") - 1


def office(version: str = "1", *, due: str = "5wd", calendar: str = "office") -> str:
    return OFFICE.format(version=version, due=due, calendar=calendar)


@pytest.fixture(autouse=True)
def announced() -> Iterator[None]:
    """The holidays of 2027 are not announced."""
    with announced_through(2026):
        yield


def found(engine: Engine) -> Check:
    return next(check for check in engine.health().checks if check.name == "calendars")


def turned_to(shop: Shop, day: str) -> Shop:
    shop.clock.now = at(f"{day} 10:00")
    return shop


YEAR: dict[str, tuple[str, str]] = {
    "2026-11-09": ("ok", "ok"),
    "2026-11-10": ("warning", "soon"),
    "2026-12-24": ("warning", "soon"),
    "2026-12-25": ("failure", "passed"),
}


@pytest.mark.parametrize(("day", "said"), YEAR.items(), ids=YEAR)
def test_the_end_of_what_is_known_comes_nearer(day: str, said: tuple[str, str]) -> None:
    with opened(office()) as shop:
        check = found(turned_to(shop, day).engine)
        assert (check.level, check.state) == said
        for lang in LANGUAGES:
            assert "2026-12-24" in check.message(lang)
            assert ("`flowengine reckon`" in check.remedy(lang)) == (check.level != "ok")


def test_orders_that_are_due_beyond_are_counted(place: str) -> None:
    with opened(office(due="60wd")) as shop:
        turned_to(shop, "2026-10-12")
        first, _second = shop.start("A").order_id, shop.start("B")
        shop.deploy(office("2", due="30wd"))
        shop.start("C")
        check = found(shop.engine)
        assert (check.level, check.params["count"]) == ("warning", 2)
        assert check.params["calendars"] == ("shop/office",)
        shop.do(first, Done("checked"))
        assert found(shop.engine).params["count"] == 1, "the stage after it counts no workdays"


QUIET = {
    "no working time": office(due="5d"),
    "a calendar without public holidays": office(calendar="abroad"),
}


@pytest.mark.parametrize("process", QUIET.values(), ids=QUIET)
def test_what_nothing_is_reckoned_by_alarms_nobody(process: str) -> None:
    with opened(process) as shop:
        turned_to(shop, "2027-03-01").start("A")
        assert (found(shop.engine).level, found(shop.engine).state) == ("ok", "none")
        assert "flowengine_calendar_certain" not in shop.engine.metrics()


def test_an_old_version_counts_as_long_as_orders_are_open_on_it(place: str) -> None:
    with opened(office()) as shop:
        order = turned_to(shop, "2027-01-04").start("A").order_id
        shop.deploy(office("2", due="5d"))
        assert found(shop.engine).level == "failure"
        shop.do(order, Done("checked"), Done("handed"))
        assert found(shop.engine).state == "none"


def test_a_calendar_by_which_messages_wait_runs_out_as_well() -> None:
    with opened(office(due="5d") + "notices: {quiet: {outside: {everyone: office}}}\n") as shop:
        check = found(turned_to(shop, "2026-12-01").engine)
        assert (check.level, check.params["calendars"]) == ("warning", ("shop/office",))


def test_the_next_announcement_ends_the_alarm() -> None:
    with opened(office()) as shop:
        turned_to(shop, "2026-12-28")
        assert found(shop.engine).level == "failure"
        with announced_through(2027):
            assert found(shop.engine).level == "ok"


def test_the_figure_is_the_instant_at_which_it_ends() -> None:
    with opened(office()) as shop:
        turned_to(shop, "2026-05-12")
        signs = shop.engine.health().signs
        assert signs
        assert signs.calendars == (Certainty("shop", "office", date(2026, 12, 24), END, 0),)
        line = 'flowengine_calendar_certain_until_timestamp_seconds{process="shop",calendar="office"}'
        assert f"{line} {(END + 1) / 1_000}" in shop.engine.metrics()
