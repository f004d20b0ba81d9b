"""What people are told and what waits for them: written with the change itself, one for each cause."""

from __future__ import annotations

import json

from flowengine import Principal
from flowengine.kernel.commands import Attach, Choose, Done, Write
from tests.kernel.desk import DAY, HOUR
from tests.runtime.shop import DESK, HOST, MAKER, QA, SHOP, Shop, opened


def told(shop: Shop, who: Principal = HOST) -> list[tuple[str, str]]:
    return [(message.role, message.about) for message in shop.engine.messages(by=who).items]


def todo(shop: Shop, who: Principal = HOST) -> list[tuple[str, str]]:
    return [(row.role, row.key) for row in shop.engine.work(by=who).items]


def in_making(shop: Shop, ref: str = "A", **values: object) -> int:
    id = shop.start(ref, **values).order_id
    shop.do(id, Done("checked"), Done("priced"))
    return id


def test_an_outcome_tells_whom_it_names_and_why(shop: Shop) -> None:
    id = in_making(shop)
    shop.do(id, Choose("spoiled"), reason="cracked 裂纹")
    messages = shop.engine.messages(by=HOST).items
    assert [(message.order_id, message.number, message.role) for message in messages] == [
        (id, "S202605-001", "desk"),
        (id, "S202605-001", "qa"),
    ]
    assert json.loads(messages[0].payload)["reason"] == "cracked 裂纹"
    assert {message.at for message in messages} == {shop.clock.now}


def test_a_refused_command_tells_nobody(shop: Shop) -> None:
    id = in_making(shop)
    assert not shop.engine.do(id, Choose("spoiled"), by=MAKER).ok
    assert told(shop) == []


def test_a_repeated_command_tells_nobody_again(shop: Shop) -> None:
    id = in_making(shop)
    for _ in range(3):
        shop.engine.do(id, Choose("spoiled"), by=MAKER, reason="cracked", key="k1")
    assert told(shop) == [("desk", "make.spoiled"), ("qa", "make.spoiled")]


def test_lateness_is_told_once_by_whichever_comes_first(shop: Shop) -> None:
    ticked, commanded = shop.start("A").order_id, shop.start("B").order_id
    shop.wait(2 * DAY, tick=False)
    shop.do(commanded, Done("checked"))
    for _ in range(3):
        shop.engine.tick()
    assert sorted((note.order_id, note.about) for note in shop.engine.messages(by=HOST).items) == [
        (ticked, "late"),
        (commanded, "late"),
    ]


def test_a_message_of_lateness_bears_the_instant_of_lateness(shop: Shop) -> None:
    shop.start("A")
    due = shop.clock.now + DAY
    shop.wait(9 * DAY)
    (message,) = shop.engine.messages(by=DESK).items
    assert (message.at, json.loads(message.payload)["due"]) == (due, due)


def test_a_message_stays_after_the_order_has_ended(shop: Shop) -> None:
    id = in_making(shop)
    shop.do(id, Choose("spoiled"), Choose("cancel"))
    assert told(shop, MAKER) == [("maker", "order.cancel")]
    assert told(shop, QA) == [("qa", "make.spoiled")]


def test_work_follows_the_order_from_stage_to_stage(shop: Shop) -> None:
    id = shop.start("A").order_id
    seen = [todo(shop)]
    for command in (
        Done("checked"),
        Done("priced"),
        Done("made"),
        Write({"remark": "x"}),
        Attach("label", "l"),
    ):
        shop.do(id, command)
        seen.append(todo(shop))
    assert seen == [
        [("desk", "checked"), ("desk", "priced"), ("qa", "priced")],
        [("desk", "priced"), ("qa", "priced")],
        [("maker", "made"), ("maker", "remark")],
        [("maker", "remark")],
        [("desk", "label")],
        [("desk", "handed")],
    ]
    shop.do(id, Done("handed"))
    assert todo(shop) == []


def test_work_bears_the_due_time_of_its_stage_also_after_it_moved(shop: Shop) -> None:
    in_making(shop, day="2026-05-20")
    due = shop.engine.order(1, by=HOST).row.due_at
    assert {row.due_at for row in shop.engine.work(by=MAKER).items} == {due}
    shop.do(1, Write({"day": "2026-05-25"}))
    assert {row.due_at for row in shop.engine.work(by=MAKER).items} == {(due or 0) + 5 * DAY}


def test_work_of_one_process_can_be_asked_for(shop: Shop) -> None:
    shop.deploy(SHOP.replace("process: shop", "process: outlet"))
    shop.start("A")
    there = shop.start("A", process="outlet").order_id
    assert {row.order_id for row in shop.engine.work(by=DESK, process="outlet").items} == {there}


REPEATS = """
flowengine: 1
process: shop
version: "1"
owner: desk
order: {fields: {ref: text}}
roles: {desk: {}, qa: {}}
stages:
  one:
    owner: desk
    needs: {cause: {note: why, by: [qa, desk, qa]}}
    outcomes:
      redo: {to: one, by: [desk, desk], at_most: 1, beyond: [{ask: {cause: {note: why, by: [desk, qa]}}}]}
    next: two
  two: {owner: desk, outcomes: {on: {to: closed, by: [qa, qa]}}}
"""


def test_a_role_named_twice_and_a_need_asked_twice_are_one_thing_to_do() -> None:
    with opened(REPEATS) as shop:
        shop.start("A")
        shop.do(1, Choose("redo"), Choose("redo"))
        assert todo(shop) == [("desk", "cause"), ("qa", "cause")]
        shop.do(1, Write({"cause": "x"}))
        assert todo(shop) == [("qa", "on")]


def test_time_passes_for_those_who_are_due_and_only_once(shop: Shop) -> None:
    for number in range(3):
        shop.start(str(number))
        shop.wait(HOUR)
    shop.clock.now += DAY - 2 * HOUR + 1
    ticks = [shop.engine.tick() for _ in range(3)]
    assert [(tick.orders, tick.late, tick.failed) for tick in ticks] == [(2, 2, 0), (0, 0, 0), (0, 0, 0)]
    shop.wait(HOUR, tick=False)
    assert shop.engine.tick().late == 1


def test_a_tick_takes_no_more_orders_than_it_is_told_and_the_longest_overdue_first(shop: Shop) -> None:
    for number in range(5):
        shop.start(str(number))
        shop.wait(HOUR)
    shop.wait(3 * DAY, tick=False)
    seen: list[int] = []
    assert shop.engine.tick(limit=2, progress=seen.append).late == 2
    assert [note.order_id for note in shop.engine.messages(by=HOST).items] == [1, 2]
    assert sum(seen) == 2
    assert [shop.engine.tick(limit=2).late for _ in range(3)] == [2, 1, 0]


def test_a_tick_at_the_due_instant_does_nothing_and_a_millisecond_later_everything(shop: Shop) -> None:
    shop.start("A")
    shop.clock.now += DAY
    assert shop.engine.tick().orders == 0
    shop.clock.now += 1
    assert shop.engine.tick().late == 1


def test_passing_time_moves_an_order_that_waits_for_lateness() -> None:
    waiting = """
flowengine: 1
process: shop
version: "1"
owner: desk
order: {fields: {ref: text}}
roles: {desk: {}}
stages:
  offer: {owner: desk, due: 2d, needs: {expired: {that: has(offer.late)}}, outcomes: {accepted: {to: closed}}}
  chase: {owner: desk, due: 1d, needs: {called: check}, next: closed}
"""
    with opened(waiting) as shop:
        shop.start("A")
        shop.wait(30 * DAY)
        entry = shop.engine.history(1, by=DESK).items[-1]
        assert (entry.actor, entry.record["do"], entry.record["stage"]) == ("time", {"verb": "time"}, "chase")
        assert [event["event"] for event in entry.record["events"]].count("late") == 2
        assert shop.engine.verify().problems == ()


FOUR_EYES = """
flowengine: 1
process: looked-at
version: "1"
owner: desk
zone: UTC
roles: {desk: {}}
stages: {only: {owner: desk, needs: {checked: {check: Checked, not_by: creator}}, next: closed}}
"""


def test_what_a_person_may_not_do_is_not_in_their_queue_and_hides_no_later_work(shop: Shop) -> None:
    shop.engine.deploy(FOUR_EYES, file="looked-at.yaml")
    other = Principal.of("dan", "desk")
    for who in (DESK, DESK, DESK, other, DESK, other):
        shop.engine.start("looked-at", {}, by=who)
    mine, after = [], None
    while True:
        page = shop.engine.work(by=DESK, process="looked-at", after=after, limit=1)
        mine += [task.number for task in page.items]
        if (after := page.after) is None:
            break
    assert mine == ["000004", "000006"]
    assert len(shop.engine.work(by=other, process="looked-at").items) == 4
    assert len(shop.engine.work(by=HOST, process="looked-at").items) == 6
