"""History and snapshot: applying and replaying events, and what an order keeps of its past."""

from __future__ import annotations

import json

import pytest

from flowengine.kernel.commands import Attach, Choose, Done, Write
from flowengine.kernel.events import Event, apply, replay
from flowengine.kernel.order import Order, canonical
from tests.kernel.desk import DAY, DESK, MAKER, NOON, QA, Story, plan_of

LOOP = """
order: {fields: {amount: {type: money, default: 0}, items: {type: list, of: {sku: text, quantity: integer}}}}
stages:
  make: {owner: maker, due: 1d, needs: {made: check, slip: file}}
  inspect:
    owner: qa
    outcomes:
      failed:
        to: make
        reason: required
        at_most: 100000
        beyond: [{move: cancelled}]
        then: [{notify: maker}]
      asks: {to: make, at_most: 1, beyond: [{ask: {cause: {note: x}}}]}
      passed: {to: closed}
outcomes: {cancel: {from: [make, inspect], to: cancelled}, reopen: {from: cancelled, to: make}}
"""


def once_round(story: Story) -> None:
    story.do(Write({"amount": 1, "items": [{"sku": "A", "quantity": 2}]}), DESK)
    story.do(Done("made"), MAKER, wait=2 * DAY)
    story.do(Attach("slip", "s.pdf"), MAKER)
    story.do(Choose("failed"), QA, reason="cracked 裂纹")
    story.do(Choose("cancel"), DESK)
    story.do(Choose("reopen"), DESK)


def test_the_order_does_not_grow_with_its_history() -> None:
    # Counters gain a digit now and then; that is all that may grow.
    story = Story(LOOP)
    once_round(story)
    first = len(story.order.dump())
    for _ in range(60):
        once_round(story)
    assert len(story.history) > 1_000
    assert len(story.order.dump()) <= first + 20


def test_history_alone_gives_the_order_at_every_moment_of_it() -> None:
    story = Story(LOOP)
    dumps = {len(story.history): story.order.dump()}
    for _ in range(3):
        once_round(story)
        dumps[len(story.history)] = story.order.dump()
    for length, dump in dumps.items():
        again = replay(json.loads(json.dumps(story.history[:length])))
        assert again is not None
        assert again.dump() == dump


def test_an_order_written_down_and_read_again_is_the_same_byte_for_byte() -> None:
    story = Story(LOOP)
    once_round(story)
    text = story.order.dump()
    assert Order.load(text) == story.order
    assert Order.load(text).dump() == text


def test_the_stored_form_has_sorted_keys_no_spaces_and_no_escapes() -> None:
    assert canonical({"b": [1, None], "a": "张 “三”"}) == '{"a":"张 “三”","b":[1,null]}'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_not_json_is_not_stored(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": number})


def test_an_event_of_an_unknown_kind_is_refused_and_not_passed_over() -> None:
    story = Story(LOOP)
    with pytest.raises(LookupError, match="paused"):
        apply(story.order.copy(), Event("paused", {"at": NOON}))


def test_a_history_without_its_beginning_is_refused() -> None:
    story = Story(LOOP)
    with pytest.raises(LookupError, match="begins with 'set' instead of 'created'"):
        replay(story.history[1:])


def test_no_history_is_no_order() -> None:
    assert replay([]) is None


def test_a_copy_is_written_to_without_touching_the_order_it_came_from() -> None:
    story = Story(LOOP)
    once_round(story)
    before = story.order.dump()
    copy = story.order.copy()
    for event in (
        Event("set", {"fields": {"amount": ["1", "2"]}, "at": NOON}),
        Event("acted", {"need": "made", "value": True, "by": "x", "at": NOON}),
        Event("asked", {"needs": ["cause"], "at": NOON, "marks": ["inspect.failed"]}),
        Event("entered", {"stage": "inspect", "visit": 9, "at": NOON}),
        Event("left", {"at": NOON}),
    ):
        apply(copy, event)
    assert story.order.dump() == before


def test_only_moments_that_somebody_asks_about_are_kept() -> None:
    story = Story(LOOP)
    once_round(story)
    assert story.plan.marks == {"inspect.failed", "inspect.asks"}
    assert set(story.order.seen) == {"inspect.failed"}


MOMENTS = """
order: {fields: {waybill: text, go: {type: boolean, default: false}}}
stages:
  one:
    owner: desk
    due: 1d
    needs: {seen: check, slip: file, waybill: field, go_on: {that: go}}
    outcomes: {again: {to: one}}
  two:
    owner: desk
    due: 30d
    needs: {all_there: {that: "%s"}}
    next: closed
outcomes: {stop: {from: any, to: cancelled}, reopen: {from: [cancelled, closed], to: one}}
"""
HAPPENED: dict[str, bool] = {
    "has(one.entered)": True,
    "has(one.left)": True,
    "has(one.late)": True,
    "has(two.entered)": True,
    "has(two.left)": False,
    "has(two.late)": False,
    "has(seen.done)": True,
    "has(slip.done)": True,
    "has(waybill.done)": True,
    "has(one.again)": True,
    "has(order.stop)": False,
    "count(one.again) == 2": True,
    "count(one.entered) == 3": True,
    "count(order.stop) == 0": True,
    "has(one.entered) and one.entered > order.created": True,
    "has(one.late) and has(one.left) and one.late < one.left": True,
    "has(seen.done) and has(slip.done) and slip.done == seen.done": False,
    "stage == 'two'": True,
    "number == '1'": True,
}


@pytest.mark.parametrize(("condition", "holds"), HAPPENED.items(), ids=HAPPENED)
def test_a_condition_asks_what_happened_and_when(condition: str, holds: bool) -> None:
    story = Story(MOMENTS % condition)
    for _ in range(2):
        story.do(Choose("again"), wait=DAY // 2)
    story.do(Done("seen"), wait=2 * DAY)
    story.do(Attach("slip", "s.pdf"), wait=1)
    story.do(Write({"waybill": "SF1"}), wait=1)
    story.do(Write({"go": True}), wait=1)
    assert story.stage == ("closed" if holds else "two")


def test_moments_of_one_process_are_marked_only_where_they_are_read() -> None:
    assert plan_of(MOMENTS % "has(two.left)").marks == {"two.left"}
    assert plan_of(MOMENTS % "stage == 'two'").marks == frozenset()
