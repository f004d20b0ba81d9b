"""Order numbers (R03): date parts in the zone of the process, a serial without gaps, no number twice."""

from __future__ import annotations

import pytest

from flowengine.errors import DefinitionRefused
from flowengine.kernel.commands import Choose
from tests.kernel.desk import DAY, HOUR, at
from tests.runtime.shop import DESK, SHOP, STRANGER, Shop, opened

NUMBERED = """
flowengine: 1
process: numbered
version: "{version}"
owner: desk
zone: {zone}
order:
  number: "{number}"
  fields: {{amount: {{type: money, default: 0}}}}
roles: {{desk: {{}}}}
stages: {{one: {{owner: desk, needs: {{a: check}}, next: closed}}}}
"""


def numbered(number: str, zone: str = "Asia/Shanghai", version: str = "1") -> str:
    return NUMBERED.format(number=number, zone=zone, version=version)


def number(shop: Shop, **values: object) -> str:
    return shop.engine.start("numbered", values, by=DESK).or_raise().number


FORMATS: dict[str, tuple[str, list[str]]] = {
    "year and month": ("{yyyy}{mm}-{serial:3}", ["202605-001", "202605-002"]),
    "a short year": ("{yy}/{serial:2}", ["26/01", "26/02"]),
    "a day": ("{yyyy}-{mm}-{dd}-{serial:4}", ["2026-05-12-0001", "2026-05-12-0002"]),
    "the serial first": ("{serial:3}.{yyyy}", ["001.2026", "002.2026"]),
    "nothing but a serial": ("{serial:6}", ["000001", "000002"]),
    "text around it": ("单-{serial:1}号", ["单-1号", "单-2号"]),
    "a year that is written twice": ("{yyyy}{yyyy}{serial:1}", ["202620261", "202620262"]),
}


@pytest.mark.parametrize(("written", "numbers"), FORMATS.values(), ids=FORMATS)
def test_numbers_look_as_they_are_written(written: str, numbers: list[str]) -> None:
    with opened(numbered(written)) as shop:
        assert [number(shop), number(shop)] == numbers


def test_without_a_word_numbers_count_to_six_digits() -> None:
    text = numbered("x").replace('  number: "x"\n', "")
    with opened(text) as shop:
        assert [number(shop), number(shop)] == ["000001", "000002"]


PERIODS: dict[str, tuple[str, str, str, str, str]] = {
    # number, zone, the last instant of a period and the first of the next (in that zone), what follows
    "a month ends at midnight in Shanghai": (
        "{yyyy}{mm}-{serial:1}",
        "Asia/Shanghai",
        "2026-05-31 23:59:59.999",
        "2026-06-01 00:00",
        "202606-1",
    ),
    "a year ends at midnight in New York": (
        "{yyyy}-{serial:1}",
        "America/New_York",
        "2026-12-31 23:59:59.999",
        "2027-01-01 00:00",
        "2027-1",
    ),
    "a day ends at midnight in Chatham": (
        "{yy}{mm}{dd}-{serial:1}",
        "Pacific/Chatham",
        "2026-07-01 23:59:59.999",
        "2026-07-02 00:00",
        "260702-1",
    ),
    "a day of 25 hours is one day": (
        "{yy}{mm}{dd}-{serial:1}",
        "America/New_York",
        "2026-11-01 23:59:59.999",
        "2026-11-02 00:00",
        "261102-1",
    ),
}


@pytest.mark.parametrize(("written", "zone", "last", "first", "next_number"), PERIODS.values(), ids=PERIODS)
def test_the_serial_begins_again_when_the_smallest_date_part_turns_in_the_zone_of_the_process(
    written: str, zone: str, last: str, first: str, next_number: str
) -> None:
    with opened(numbered(written, zone)) as shop:
        shop.clock.now = at(last, zone) - 2 * HOUR
        number(shop)
        shop.clock.now = at(last, zone)
        before = number(shop)
        shop.clock.now = at(first, zone)
        assert (before[-2:], number(shop)) == ("-2", next_number)


def test_a_clock_that_goes_back_over_midnight_goes_on_counting_in_the_old_period() -> None:
    with opened(numbered("{yyyy}{mm}-{serial:1}")) as shop:
        shop.clock.now = at("2026-05-31 23:00")
        number(shop)
        shop.clock.now = at("2026-06-01 00:00")
        number(shop)
        shop.clock.now = at("2026-05-31 23:59")
        assert number(shop) == "202605-2"


def test_a_serial_that_outgrows_its_width_is_written_whole() -> None:
    with opened(numbered("N{serial:1}")) as shop:
        assert [number(shop) for _ in range(11)][-3:] == ["N9", "N10", "N11"]


def test_a_refused_opening_takes_no_number(shop: Shop) -> None:
    assert shop.start("A").number.endswith("-001")
    for values, who in (({"ref": "B", "amount": "much"}, DESK), ({}, DESK), ({"ref": "B"}, STRANGER)):
        assert not shop.engine.start("shop", values, by=who).ok
    assert shop.start("B").number.endswith("-002")


def test_a_repeated_opening_takes_no_number(shop: Shop) -> None:
    for _ in range(3):
        shop.start("A")
        shop.engine.start("shop", {"ref": "B"}, by=DESK, key="k")
    assert shop.start("C").number.endswith("-003")


def test_a_preview_takes_no_number_and_an_ended_order_keeps_its_own(shop: Shop) -> None:
    shop.do(shop.start("A").order_id, Choose("cancel"))
    assert shop.start("B").number.endswith("-002")


def test_a_process_whose_numbers_lack_a_serial_is_refused() -> None:
    with (
        opened() as shop,
        pytest.raises(DefinitionRefused, match=r"shop\.yaml:8:11: .*\{yyyy\}-\{mm\}-\{dd\}"),
    ):
        shop.deploy(numbered("{yyyy}-{mm}-{dd}"))


def test_a_new_version_passes_over_numbers_that_an_earlier_one_gave() -> None:
    with opened(numbered("{yyyy}{mm}{serial:2}")) as shop:
        assert [number(shop), number(shop)] == ["20260501", "20260502"]
        shop.deploy(numbered("{yyyy}05{serial:2}", version="2"))
        assert [number(shop), number(shop)] == ["20260503", "20260504"]
        assert shop.engine.verify().problems == ()


def test_a_change_of_zone_does_not_give_a_number_twice() -> None:
    with opened(numbered("{yyyy}{mm}{dd}-{serial:1}", "Pacific/Kiritimati")) as shop:
        numbers = [number(shop), number(shop)]
        shop.deploy(numbered("{yyyy}{mm}{dd}-{serial:1}", "Pacific/Niue", version="2"))
        shop.clock.now += DAY
        numbers += [number(shop), number(shop)]
        assert numbers == ["20260512-1", "20260512-2", "20260512-3", "20260512-4"]


def test_processes_count_apart(shop: Shop) -> None:
    shop.deploy(SHOP.replace("process: shop", "process: outlet"))
    assert [shop.start(ref).number[-3:] for ref in "AB"] == ["001", "002"]
    assert shop.start("A", process="outlet").number.endswith("-001")
