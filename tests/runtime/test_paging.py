"""Lists page by page: nothing missed and nothing twice, whatever happens between two pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from flowengine.kernel.commands import Choose, Done, Write
from flowengine.runtime.looking import MOST, Page
from tests.kernel.desk import DAY, HOUR, MINUTE, at
from tests.runtime.shop import DESK, HOST, QA, SHOP, Shop

Ask = Callable[[Any], Page[Any]]


def pages(ask: Ask, between: Callable[[], object] = lambda: None) -> Iterator[Any]:
    """Everything that a list gives, page by page, with something happening between two pages."""
    after = None
    for _ in range(1_000):
        page = ask(after)
        yield from page.items
        if page.after is None:
            return
        after = page.after
        between()
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 200])
@pytest.mark.parametrize("count", [0, 1, 6, 7])
def test_every_order_is_listed_once_whatever_the_page(shop: Shop, count: int, limit: int) -> None:
    ids = [shop.start(str(number)).order_id for number in range(count)]
    views = pages(lambda after: shop.engine.orders(by=HOST, after=after, limit=limit))
    assert [view.row.id for view in views] == ids


def test_orders_that_come_and_go_between_pages_hide_no_other(shop: Shop) -> None:
    ids = [shop.start(str(number)).order_id for number in range(9)]
    fresh = iter(range(100, 200))

    def happen() -> None:
        shop.start(str(next(fresh)))
        if shop.engine.order(ids[0], by=HOST).row.status == "open":
            shop.do(ids[0], Choose("cancel"))

    open_ones = list(
        pages(lambda after: shop.engine.orders(by=HOST, status="open", after=after, limit=2), happen)
    )
    listed = [view.row.id for view in open_ones]
    assert listed == sorted(set(listed))
    assert set(ids) <= set(listed)


def test_a_page_is_never_longer_than_the_longest_and_never_empty_of_itself(shop: Shop) -> None:
    for number in range(3):
        shop.start(str(number))
    assert len(shop.engine.orders(by=HOST, limit=10**9).items) == 3
    for limit in (0, -1, -(10**9)):
        for ask in (shop.engine.orders, shop.engine.work, shop.engine.messages):
            assert len(ask(by=HOST, limit=limit).items) <= 1
        assert len(shop.engine.history(1, by=HOST, limit=limit).items) == 1
    assert MOST == 200


def late_shop(shop: Shop) -> dict[str, int]:
    """Orders with due times of every sort, by name; those with a number are late, the higher the more."""
    named = {}
    for name, wait in (("late 3", 0), ("late 2", 5 * HOUR), ("late 1", HOUR)):
        shop.wait(wait)
        named[name] = shop.start(name).order_id
    shop.wait(DAY + MINUTE)
    named["in time"] = shop.start("in time").order_id
    named["without a due time"] = shop.start("no date").order_id
    shop.do(named["without a due time"], Done("checked"), Done("priced"))
    named["ended"] = shop.start("ended").order_id
    shop.do(named["ended"], Choose("cancel"))
    return named


def test_late_orders_are_listed_the_most_overdue_first(shop: Shop) -> None:
    named = late_shop(shop)
    late = shop.engine.orders(by=HOST, late=True).items
    assert [view.row.id for view in late] == [named["late 3"], named["late 2"], named["late 1"]]
    assert [view.late_by for view in late] == [6 * HOUR + MINUTE, HOUR + MINUTE, MINUTE]


def test_lateness_is_seen_before_anybody_let_time_pass(shop: Shop) -> None:
    id = shop.start("A").order_id
    shop.wait(DAY, tick=False)
    assert not shop.engine.orders(by=HOST, late=True).items
    shop.wait(1, tick=False)
    (view,) = shop.engine.orders(by=HOST, late=True).items
    assert (view.row.id, view.late_by, view.row.late) == (id, 1, False)
    assert [(count.orders, count.late) for count in shop.engine.stages(by=HOST)] == [(1, 1)]


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_late_orders_of_the_same_instant_are_all_listed_once(shop: Shop, limit: int) -> None:
    ids = [shop.start(str(number)).order_id for number in range(5)]
    shop.wait(2 * DAY)
    views = pages(lambda after: shop.engine.orders(by=HOST, late=True, after=after, limit=limit))
    assert [view.row.id for view in views] == ids


def test_the_most_overdue_of_all_is_one_from_before_1970(shop: Shop) -> None:
    id = shop.start("A", day="1969-07-20").order_id
    shop.do(id, Done("checked"), Done("priced"))
    shop.wait(HOUR)
    assert [view.row.id for view in shop.engine.orders(by=HOST, late=True).items] == [id]


def test_late_orders_that_are_done_between_pages_hide_no_other(shop: Shop) -> None:
    ids = [shop.start(str(number)).order_id for number in range(6)]
    shop.wait(2 * DAY)
    doomed = iter([ids[0], ids[2]])

    def happen() -> None:
        if (id := next(doomed, None)) is not None:
            shop.do(id, Choose("cancel"))

    views = pages(lambda after: shop.engine.orders(by=HOST, late=True, after=after, limit=2), happen)
    assert [view.row.id for view in views] == ids


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 200])
def test_work_is_listed_once_whatever_the_page(shop: Shop, limit: int) -> None:
    for number in range(3):
        shop.start(str(number))
    rows = list(pages(lambda after: shop.engine.work(by=HOST, after=after, limit=limit)))
    assert [(row.order_id, row.key, row.role) for row in rows] == [
        (id, key, role)
        for id in (1, 2, 3)
        for key, role in (("checked", "desk"), ("priced", "desk"), ("priced", "qa"))
    ]


def test_work_that_is_done_between_pages_hides_no_other(shop: Shop) -> None:
    for number in range(4):
        shop.start(str(number))
    todo = iter(range(1, 5))
    rows = pages(
        lambda after: shop.engine.work(by=QA, after=after, limit=1),
        lambda: shop.do(next(todo), Done("checked")),
    )
    assert [row.order_id for row in rows] == [1, 2, 3, 4]


def test_history_and_messages_are_listed_once_whatever_the_page(shop: Shop) -> None:
    id = shop.start("A").order_id
    for amount in range(1, 7):
        shop.do(id, Write({"amount": amount}))
    shop.do(id, Done("checked"), Done("priced"), Choose("spoiled"))
    entries = list(pages(lambda after: shop.engine.history(id, by=HOST, after=after or 0, limit=2)))
    assert [entry.seq for entry in entries] == list(range(1, 11))
    notes = list(pages(lambda after: shop.engine.messages(by=HOST, after=after or 0, limit=1)))
    assert [note.role for note in notes] == ["desk", "qa"]


FILTERS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "all": ({}, {"new", "made", "gone", "other"}),
    "one process": ({"process": "shop"}, {"new", "made", "gone"}),
    "open": ({"status": "open"}, {"new", "made", "other"}),
    "closed": ({"status": "closed"}, {"gone"}),
    "a stage": ({"stage": "make"}, {"made"}),
    "an end": ({"stage": "cancelled"}, {"gone"}),
    "a stage that is not there": ({"stage": "nowhere"}, set()),
    "a process that is not there": ({"process": "nothing"}, set()),
    "several at once": ({"process": "shop", "status": "open", "stage": "take"}, {"new"}),
}


@pytest.mark.parametrize(("filters", "names"), FILTERS.values(), ids=FILTERS)
def test_lists_show_what_was_asked_for(shop: Shop, filters: dict[str, Any], names: set[str]) -> None:
    shop.deploy(SHOP.replace("process: shop", "process: outlet"))
    ids = {name: shop.start(name).order_id for name in ("new", "made", "gone")}
    ids["other"] = shop.start("other", process="outlet").order_id
    shop.do(ids["made"], Done("checked"), Done("priced"))
    shop.do(ids["gone"], Choose("cancel"))
    listed = {view.row.id for view in shop.engine.orders(by=HOST, **filters).items}
    assert listed == {ids[name] for name in names}


def test_stages_are_counted_with_those_that_are_late(shop: Shop) -> None:
    late_shop(shop)
    counts = {
        (count.status, count.stage): (count.orders, count.late) for count in shop.engine.stages(by=DESK)
    }
    assert counts == {("open", "take"): (4, 3), ("open", "make"): (1, 0), ("closed", "cancelled"): (1, 0)}


def test_an_order_is_found_by_its_id_and_by_its_number(shop: Shop) -> None:
    made = shop.start("A")
    assert shop.engine.order(made.order_id, by=DESK).row == shop.engine.order(made.number, by=DESK).row


def test_a_view_shows_the_order_as_it_stands(shop: Shop) -> None:
    id = shop.start("A", day="2026-05-13", amount=12.5).order_id
    shop.do(id, Done("checked"), Done("priced"))
    view = shop.engine.order(id, by=DESK)
    assert (view.row.stage, view.row.owner, view.row.status, view.row.revision) == (
        "make",
        "maker",
        "open",
        3,
    )
    assert view.row.due_at == at("2026-05-13 23:59:59.999")
    assert view.order.fields == {"ref": "A", "amount": "12.5", "day": "2026-05-13"}
    assert (view.plan.process, view.late_by, view.row.closed_at) == ("shop", 0, None)
    shop.do(id, Choose("cancel"))
    assert shop.engine.order(id, by=DESK).row.closed_at == shop.clock.now
