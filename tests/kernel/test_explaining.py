"""What an order waits for, told: every need with who met it, each choice with what it lacks, the way on."""

from __future__ import annotations

from flowengine.kernel.commands import Attach, Choose, Done, Write
from tests.kernel.desk import DAY, DESK, NOON, QA, Story, why

ORDER = """
order: {fields: {amount: {type: money, default: 0}, limit: {type: money, default: 10}, waybill: text}}
stages:
  check:
    owner: desk
    title: {en: Checking, zh: 核对}
    due: 1d
    needs: {seen: check, waybill: {field: waybill, by: qa}, small: {that: amount > 0 and amount <= limit}}
    outcomes:
      redo: {to: check, at_most: 1, beyond: [{ask: {cause: {note: x}}}]}
      drop: {to: closed, needs: {why_so: note}}
    next: [{when: amount > 5, to: big}, {to: small_ones}]
  big: {owner: qa, entry: {photo: file}, needs: {done_big: check}, next: closed}
  small_ones: {owner: desk, needs: {done_small: check}, next: closed}
outcomes: {cancel: {from: any, to: cancelled, reason: required}, reopen: {from: cancelled, to: check}}
"""


def test_every_need_is_shown_met_or_not_with_who_and_when() -> None:
    story = Story(ORDER)
    story.do(Done("seen"), DESK, wait=1_000)
    points = {point.need.name: point for point in story.explained.points}
    assert {name: point.met for name, point in points.items()} == {
        "seen": True,
        "waybill": False,
        "small": False,
    }
    assert points["seen"].act == [True, "dora", NOON + 1_000]
    assert points["waybill"].act is None


def test_a_condition_is_shown_with_its_parts_and_their_values() -> None:
    story = Story(ORDER, {"amount": 30})
    reason = next(point.why for point in story.explained.points if point.need.name == "small")
    assert reason is not None
    assert [(part.text, part.holds) for part in reason.parts] == [
        ("amount > 0", True),
        ("amount <= limit", False),
    ]


def test_the_way_on_follows_the_data() -> None:
    story = Story(ORDER)
    assert story.explained.goes_to == "small_ones"
    story.do(Write({"amount": 6}), DESK)
    assert story.explained.goes_to == "big"
    assert ("entry_open", "photo") in why(story.explained)


def test_an_outcome_shows_what_it_lacks_whoever_asks() -> None:
    choices = {choice.outcome.name: choice for choice in Story(ORDER).explained.choices}
    assert [(name, [blocker.name for blocker in choice.blockers]) for name, choice in choices.items()] == [
        ("redo", []),
        ("drop", ["why_so"]),
        ("cancel", []),
    ]


def test_an_outcome_shows_that_it_was_chosen_often_enough() -> None:
    story = Story(ORDER)
    story.do(Choose("redo"), DESK)
    assert [choice.spent for choice in story.explained.choices] == [True, False, False]


def test_what_was_asked_on_top_is_shown_with_the_rest() -> None:
    story = Story(ORDER)
    story.do(Choose("redo"), DESK)
    story.do(Choose("redo"), DESK)
    assert [point.need.name for point in story.explained.points] == ["seen", "waybill", "small", "cause"]


def test_where_it_stands_since_when_until_when_and_whose_it_is() -> None:
    story = Story(ORDER)
    explained = story.explained
    assert (explained.stage, explained.title.en, explained.owner) == ("check", "Checking", "desk")
    assert (explained.entered_at, explained.due_at, explained.late) == (NOON, NOON + DAY, False)
    story.pass_time(2 * DAY)
    assert story.explained.late


def test_an_ended_order_waits_for_nothing_and_belongs_to_the_owner_of_the_order() -> None:
    story = Story(ORDER)
    story.do(Choose("cancel"), DESK, wait=DAY, reason="x")
    explained = story.explained
    assert (explained.stage, explained.owner, explained.entered_at) == ("cancelled", "desk", NOON + DAY)
    assert (explained.due_at, explained.points, explained.blockers, explained.goes_to) == (None, (), (), "")
    assert [choice.outcome.name for choice in explained.choices] == ["reopen"]


def test_work_names_each_need_once_for_each_who_may_do_it() -> None:
    story = Story(ORDER)
    assert [(item.key, item.kind, item.roles) for item in story.work] == [
        ("seen", "check", ("desk",)),
        ("waybill", "field", ("qa",)),
    ]


def test_with_everything_done_but_the_door_the_door_is_the_work() -> None:
    story = Story(ORDER, {"amount": 6})
    story.do(Done("seen"), DESK)
    story.do(Write({"waybill": "SF1"}), QA)
    assert [(item.key, item.roles) for item in story.work] == [("photo", ("qa",))]
    story.do(Attach("photo", "p.jpg"), QA)
    assert story.stage == "big"


def test_an_order_that_waits_for_a_condition_only_is_on_nobodys_list() -> None:
    story = Story(ORDER)
    story.do(Done("seen"), DESK)
    story.do(Write({"waybill": "SF1"}), QA)
    assert story.todo == []
    assert why(story.explained) == [("condition_open", "small")]


RATE = """
order: {fields: {amount: {type: money, default: 1}, pieces: {type: integer, default: 0}}}
stages:
  one:
    owner: desk
    needs: {counted: {that: pieces > 0}}
    outcomes: {dear: {to: closed, needs: {price: {that: amount / pieces > 5}}}}
    next: [{when: amount / pieces > 5, to: two}, {to: closed}]
  two: {owner: desk, needs: {seen: check}, next: closed}
"""


def test_a_way_that_cannot_be_worked_out_yet_does_not_hide_what_is_missing() -> None:
    story = Story(RATE)
    assert why(story.explained) == [("condition_open", "counted")]
    assert story.explained.goes_to == ""
    story.do(Write({"amount": 20, "pieces": 2}), DESK)
    assert story.stage == "two"
