"""Tasks side by side: what opens them, what completes them, and what becomes of them when things change."""

from __future__ import annotations

from flowengine.kernel.commands import Attach, Choose, Done, PassTime, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.order import Task
from tests.kernel.desk import DAY, DESK, HOST, HOUR, MAKER, NOON, QA, Story, happened, told, why

PRODUCTION = """
order: {fields: {freight: {type: boolean, default: true}, waybill: text}}
stages:
  make:
    owner: maker
    tasks:
      stock_up: {owner: maker, due: 1d, needs: {photo: file}, then: [{notify: qa}]}
      invoice: {owner: desk, needs: {invoiced: check}}
      book: {owner: qa, after: stock_up, when: freight, due: 2h, needs: {waybill: field}}
    next: ship
  ship: {owner: desk, needs: {shipped: check}, next: closed}
outcomes: {cancel: {from: any, to: cancelled}, change: {from: any, edits: [freight, waybill]}}
"""
ROWS = """
order: {fields: {items: {type: list, of: {sku: text}}}}
stages:
  check:
    owner: desk
    tasks:
      inspect:
        owner: qa
        each: items
        needs: {photo: file, fine: {check: ok, after: photo}}
        outcomes: {broken: {reason: required}}
      pack: {after: inspect, needs: {packed: check}}
    next: closed
outcomes: {change: {from: any, edits: [items]}}
"""


def test_tasks_begin_together_except_those_that_wait() -> None:
    story = Story(PRODUCTION)
    assert happened(story.last)[-3:] == [
        "task_opened stock_up", "task_opened invoice", "started stock_up",
    ]  # fmt: skip
    assert [(item.key, item.roles, item.due_at) for item in story.work] == [
        ("photo", ("maker",), NOON + DAY),
        ("invoiced", ("desk",), None),
    ]


def test_what_belongs_to_a_task_that_has_not_begun_cannot_be_done() -> None:
    story = Story(PRODUCTION)
    assert why(story.explained)[-1] == ("task_waits", "book")
    ticked = Story(ROWS, {"items": [{"sku": "A"}]})
    assert why(ticked.do(Done("packed"))) == [("task_not_open", "packed")]


def test_a_task_that_is_done_lets_the_next_begin_and_its_people_know() -> None:
    story = Story(PRODUCTION)
    decision = story.do(Attach("photo", "p.jpg"), MAKER, wait=HOUR)
    assert happened(decision) == [
        "acted photo", "task_done stock_up", "told qa", "task_opened book", "started book",
    ]  # fmt: skip
    assert told(decision) == [("qa", "stock_up.done")]
    assert story.order.tasks["book"] == Task(NOON + HOUR)
    assert story.order.due_of("book") == NOON + 3 * HOUR


def test_the_stage_is_left_when_every_task_is_done() -> None:
    story = Story(PRODUCTION)
    for act, who in ((Attach("photo", "p.jpg"), MAKER), (Write({"waybill": "SF1"}), QA)):
        story.do(act, who)
        assert story.stage == "make"
    story.do(Done("invoiced"), DESK)
    assert (story.stage, story.order.tasks) == ("ship", {})


def test_a_task_whose_condition_does_not_hold_is_not_needed() -> None:
    story = Story(PRODUCTION, {"freight": False})
    story.do(Attach("photo", "p.jpg"))
    story.do(Done("invoiced"))
    assert story.stage == "ship"


def test_a_task_that_is_needed_no_more_is_withdrawn() -> None:
    story = Story(PRODUCTION)
    story.do(Attach("photo", "p.jpg"))
    decision = story.do(Choose("change", {"freight": False}))
    assert "task_withdrawn book" in happened(decision)
    assert story.todo == ["invoiced"]


def test_a_task_whose_field_is_emptied_begins_again() -> None:
    story = Story(PRODUCTION)
    story.do(Attach("photo", "p.jpg"))
    story.do(Write({"waybill": "SF1"}))
    assert story.order.tasks["book"].done_at is not None
    decision = story.do(Choose("change", {"waybill": None}))
    assert "task_opened book" in happened(decision)
    assert "waybill" in story.todo


def test_each_task_is_late_by_itself() -> None:
    story = Story(PRODUCTION)
    decision = story.pass_time(DAY + 1)
    assert (decision.events[0].kind, decision.events[0].data["task"]) == ("late", "stock_up")
    assert told(decision) == [("maker", "late")]
    assert (story.order.late, story.order.is_late("stock_up"), story.order.wake_at) == (False, True, None)


def test_leaving_by_an_outcome_of_the_order_ends_every_task() -> None:
    story = Story(PRODUCTION)
    story.do(Choose("cancel"))
    assert (story.order.tasks, story.order.wake_at) == ({}, None)


def test_a_task_stands_for_each_row_also_of_rows_added_later() -> None:
    story = Story(ROWS, {"items": [{"sku": "A"}]})
    assert story.todo == ["photo.1"]
    story.do(Choose("change", {"items": [{"sku": "A"}, {"sku": "B"}]}))
    assert story.todo == ["photo.1", "photo.2"]
    assert why(story.do(Done("fine.2"), QA)) == [("not_asked_yet", "fine.2")]
    for row in (1, 2):
        story.do(Attach(f"photo.{row}", "p.jpg"), QA)
        assert story.stage == "check"
        story.do(Done(f"fine.{row}"), QA)
    assert story.todo == ["packed"]


def test_a_row_that_is_removed_takes_its_task_along() -> None:
    story = Story(ROWS, {"items": [{"sku": "A"}, {"sku": "B"}]})
    decision = story.do(Choose("change", {"items": [{"sku": "A"}]}))
    assert "task_withdrawn inspect.2" in happened(decision)
    assert story.todo == ["photo.1"]


def test_a_list_without_rows_leaves_nothing_to_do() -> None:
    assert Story(ROWS).todo == ["packed"]


def test_an_outcome_of_a_task_ends_it_alone() -> None:
    story = Story(ROWS, {"items": [{"sku": "A"}, {"sku": "B"}]})
    assert why(story.do(Choose("broken.2"), QA)) == [("reason_missing", "broken")]
    decision = story.do(Choose("broken.2"), QA, reason="cracked")
    assert happened(decision)[:2] == ["chosen inspect.broken", "task_done inspect.2"]
    assert story.todo == ["photo.1"]
    assert why(story.do(Choose("broken.2"), QA, reason="again")) == [("no_such_outcome", "broken.2")]


def test_explaining_shows_what_each_task_waits_for() -> None:
    story = Story(PRODUCTION)
    shown = [(task.piece.key, task.state, task.owner) for task in story.explained.tasks]
    assert shown == [("stock_up", "open", "maker"), ("invoice", "open", "desk"), ("book", "waiting", "qa")]
    assert [code for code, _ in why(story.explained)] == ["need_open", "need_open", "task_waits"]


def test_what_is_done_for_a_row_has_happened() -> None:
    process = ROWS.replace("pack: {after: inspect,", "pack: {after: inspect, when: happened(photo.done),")
    story = Story(process, {"items": [{"sku": "A"}]})
    story.do(Attach("photo.1", "p.jpg"), QA)
    story.do(Done("fine.1"), QA)
    assert story.todo == ["packed"]


def test_a_thousand_rows_that_are_late_at_one_instant_are_one_look_at_the_clock() -> None:
    story = Story(
        """
order: {fields: {rows: {type: list, of: {c: text}}}}
stages:
  one:
    owner: desk
    needs: {a: check}
    tasks: {t: {each: rows, owner: maker, due: 2h, needs: {y: check}}}
    next: closed
""",
        {"rows": [{"c": "x"}] * 1_000},
    )
    decision = decide(story.plan, story.order, PassTime(), HOST, NOON + 24 * HOUR)
    late = [event.data for event in decision.events if event.kind == "late"]
    assert len({each["clock"] for each in late}) == len(late) == 1_000
    assert {each["at"] for each in late} == {NOON + 2 * HOUR}
    assert decision.order is not None
    assert decision.order.wake_at is None
