"""What conditions read of an order: moments from before a stage, the stage at intake, and long lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from flowengine.definition.values import MOST_ROWS, Stored, load
from flowengine.definition.words import Field
from flowengine.kernel import facts
from flowengine.kernel.commands import Choose, Done, Write
from tests.kernel.desk import HOUR, NOON, Story, why

GIVEN = """
order:
  fields:
    waybill: text
    items: {{type: list, of: {{sku: text}}}}
    grade: {{type: text, default: C}}
stages:
  one: {{owner: desk, needs: {{seen: check}}}}
  two:
    owner: desk
    needs:
      number_of_it: {{field: waybill}}
      items: field
      graded: {{field: grade}}
      so: {{that: "{that}"}}
    outcomes: {{again: {{to: one}}}}
    next: closed
"""
ALL = {"waybill": "SF1", "items": [{"sku": "A"}]}


@pytest.mark.parametrize(
    ("values", "written"), [(ALL, {}), ({}, ALL)], ids=["at intake", "in the stage before"]
)
def test_a_need_for_a_field_that_has_its_value_is_done_when_its_stage_is_entered(
    values: Mapping[str, Any], written: Mapping[str, Any]
) -> None:
    story = Story(GIVEN.format(that="has(two.left) and happened(number_of_it.done)"), values)
    if written:
        story.do(Write(written), wait=HOUR)
    story.do(Done("seen"), wait=2 * HOUR)
    assert story.order.seen["number_of_it.done"] == [1, story.order.entered_at]


def test_it_is_done_once_for_each_visit_and_once_more_when_the_field_changes() -> None:
    story = Story(GIVEN.format(that="count(number_of_it.done) > 3"), ALL)
    story.do(Done("seen"))
    story.do(Choose("again"))
    story.do(Done("seen"))
    assert story.order.seen["number_of_it.done"] == [2, NOON]
    story.do(Write({"waybill": "SF2"}), wait=HOUR)
    assert story.order.seen["number_of_it.done"] == [3, NOON + HOUR]


@pytest.mark.parametrize("rows", [None, []], ids=["no list", "a list without rows"])
def test_a_list_without_rows_does_not_meet_a_need(rows: list[object] | None) -> None:
    story = Story(
        GIVEN.format(that="has(two.left) or not happened(items.done)"), {"waybill": "SF1", "items": rows}
    )
    story.do(Done("seen"))
    assert why(story.explained) == [("need_open", "items")]
    story.do(Write({"items": [{"sku": "A"}]}))
    assert "items.done" in story.order.seen


def test_a_default_is_a_value_like_any_other() -> None:
    story = Story(GIVEN.format(that="happened(graded.done)"), ALL)
    story.do(Done("seen"))
    assert story.stage == "closed"


CREATED = """
stages:
  one: {owner: desk, needs: {seen: check}, next: [{when: count(order.created) == 1, to: two}, {to: closed}]}
  two: {owner: desk, needs: {b: check}, next: closed}
"""


def test_an_order_is_created_once() -> None:
    story = Story(CREATED)
    story.do(Done("seen"))
    assert story.stage == "two"


STAGED = """
order:
  fields: {paid: {type: boolean, default: false}}
  checks: [{that: "stage in 'one' | 'two' or paid", else: pay before it is made}]
stages:
  one: {owner: desk, needs: {seen: check}}
  two: {owner: desk, needs: {b: check}}
  three: {owner: desk, needs: {c: check}, next: closed}
"""


def test_a_check_at_intake_sees_the_first_stage_as_the_stage() -> None:
    story = Story(STAGED)
    assert not story.do(Write({"paid": True})).blockers
    assert not story.do(Write({"paid": False})).blockers


ROWS = """
order:
  fields: {items: {type: list, required: true, of: {quantity: {type: integer, required: true}}}}
  checks: [{that: all(items.quantity <= count(items))}, {that: sum(items.quantity) >= count(items)}]
stages:
  one: {owner: desk, needs: {seen: check}, next: closed}
"""


def test_a_list_is_loaded_once_however_many_rows_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a thousand rows, a list loaded at each would be loading a million rows."""
    loaded: list[int] = []

    def counted(field: Field, stored: Stored) -> object:
        loaded.append(len(stored) if isinstance(stored, list) else 1)
        return load(field, stored)

    monkeypatch.setattr(facts, "load", counted)
    story = Story(ROWS, {"items": [{"quantity": 1}] * MOST_ROWS})
    assert loaded == [MOST_ROWS]
    assert not story.do(Write({"items": [{"quantity": 2}] * 2})).blockers
    assert loaded == [MOST_ROWS, 2], "another list is loaded again"
