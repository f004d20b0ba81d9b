"""A queue: urgent before the rest, then by what is due next, then by age; page by page, whatever happens."""

from __future__ import annotations

from typing import Final

import pytest

from flowengine import Claim, Done, Principal, Write
from tests.kernel.desk import DAY, HOUR
from tests.runtime.shop import HOST, Shop
from tests.runtime.test_paging import pages

DESK: Final = Principal.of("dora", "desk", "maker")
QUEUE: Final = """
flowengine: 1
process: queue
version: "1"
owner: desk
zone: Asia/Shanghai
roles: {desk: {}, maker: {}}
types:
  plain: {}
  low: {priority: low}
  high: {priority: high}
  urgent: {priority: urgent}
order: {fields: {ref: text, day: date, n: {type: integer, default: 0}}}
rules: {pressing: {when: n > 9, then: [{set: {priority: "'urgent'"}}]}}
stages:
  look:
    owner: desk
    due: {by: day}
    needs: {seen: {check: seen, due: 1h}, made: {check: made, by: maker}}
    next: closed
"""


@pytest.fixture
def queue(shop: Shop) -> Shop:
    shop.deploy(QUEUE, "queue.yaml")
    return shop


def start(shop: Shop, ref: str, kind: str = "plain", day: str = "2026-05-20") -> int:
    return shop.start(ref, process="queue", type=kind, day=day).order_id


def numbers(shop: Shop, by: Principal = DESK) -> list[int]:
    """The orders of a queue, each once, in their order."""
    tasks = shop.engine.work(by=by, process="queue", limit=200).items
    return list(dict.fromkeys(task.order_id for task in tasks))


def test_an_urgent_order_jumps_every_queue_and_then_the_earlier_due_comes_first(queue: Shop) -> None:
    low = start(queue, "low", "low")
    plain = start(queue, "plain")
    high = start(queue, "high", "high")
    queue.wait(DAY)
    later = start(queue, "later")
    urgent = start(queue, "urgent", "urgent")
    assert numbers(queue) == [urgent, high, plain, later, low]
    assert numbers(queue, Principal.of("mo", "maker")) == numbers(queue, HOST) == numbers(queue)


def test_what_becomes_urgent_comes_first_at_once_and_what_is_done_last_by_its_next_due(queue: Shop) -> None:
    first, second, third = (start(queue, str(n)) for n in range(3))
    assert numbers(queue) == [first, second, third]
    queue.do(first, Done("seen"))
    assert numbers(queue) == [second, third, first]
    queue.do(third, Write({"n": 10}))
    assert numbers(queue) == [third, second, first]


def test_within_an_order_the_earlier_due_comes_first(queue: Shop) -> None:
    start(queue, "A")
    tasks = queue.engine.work(by=DESK, process="queue").items
    assert [task.key for task in tasks] == ["seen", "made"]
    assert tasks[0].due_at is not None
    assert tasks[1].due_at is not None
    assert tasks[0].due_at < tasks[1].due_at


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_page_by_page_a_queue_is_the_same(queue: Shop, limit: int) -> None:
    for n in range(6):
        start(queue, str(n), ("plain", "urgent", "low")[n % 3])
        queue.wait(HOUR // 4)
    queue.engine.do(3, Claim("seen"), by=DESK).or_raise()
    whole = [task.place for task in queue.engine.work(by=DESK, limit=200).items]
    listed = pages(lambda after: queue.engine.work(by=DESK, after=after, limit=limit))
    assert [task.place for task in listed] == whole == sorted(whole)
    assert len(whole) == 12


def test_an_order_that_jumps_the_queue_between_two_pages_hides_no_other(queue: Shop) -> None:
    ids = [start(queue, str(n)) for n in range(6)]
    listed = list(
        pages(
            lambda after: queue.engine.work(by=DESK, after=after, limit=2),
            lambda: queue.do(ids[5], Write({"n": 10})),
        )
    )
    assert {task.order_id for task in listed} >= set(ids[:5])
    assert len({task.place for task in listed}) == len(listed)
