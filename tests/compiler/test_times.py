"""What the compiler makes of the words of time: marks in their order, who is meant by `owner`, where an order
may be moved to, and what a patch leaves of a row.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from flowengine.calendars.cron import Cron
from flowengine.calendars.periods import Span
from flowengine.compiler.due import Due
from flowengine.compiler.plan import Action, Plan
from flowengine.definition.lengths import Length, length
from flowengine.definition.moments import Point
from tests.kernel.desk import plan_of

OFFICE = """\
calendars:
  office: {zone: UTC, week: {mon-fri: "09:00-17:00"}}
  night: {zone: UTC, week: {mon-sun: "20:00-23:00"}}
"""
HEAD = "flowengine: 1\nprocess: order\nversion: '1'\nowner: desk\nroles: {desk: {}, boss: {}, maker: {}}\n"
FIELDS = "order: {fields: {amount: {type: integer, required: true}, day: date, patience: duration}}\n"


def stage(due: str, more: str = "", *, defaults: str = "", types: str = "", before: str = "") -> str:
    """A process with one stage; its due time and whatever else stands in it."""
    return (
        f"{HEAD}{FIELDS}{OFFICE}{types}{before}{defaults}stages:\n"
        f"  review:\n    owner: maker\n    due: {due}\n"
        f"{more}    needs: {{seen: check}}\n    next: closed\n"
    )


def due_of(plan: Plan) -> Due:
    (due,) = plan.stages["review"].due
    return due


def goal(plan: Plan, at: str, action: Action) -> str:
    """Where a move leads from a stage."""
    return plan.router.move(at, action.trigger, {})  # type: ignore[arg-type]


MARKS = {
    "the owner is told in any case": ("4h", "", ["late"]),
    "in the order in which they come": (
        "{within: 4h, warn: [80%, -3h, 50%]}", "", ["-3h", "50%", "80%", "late"],
    ),
    "a buffer moves what lies at a share": (
        "{within: 4h, buffer: 100%, warn: [50%, -5h]}", "", ["-5h", "50%", "late"],
    ),
    "shares first where nobody knows the length": ("{by: day, warn: [-1h, 90%]}", "", ["90%", "-1h", "late"]),
    "rows behind each other": (
        "{within: 4h, late: [{over: 2d, notify: boss}, {over: 4h, notify: boss}]}",
        "", ["late", "+4h", "+2d"],
    ),
    "equal lengths are one": (
        "{within: 4h, late: [{over: 48h, notify: boss}, {over: 2d, assign: boss}]}", "", ["late", "+2d"],
    ),
    "a local warning replaces": ("{within: 4h, warn: [50%]}", "{warn: [80%]}", ["50%", "late"]),
    "a local row is added": (
        "{within: 4h, late: [{over: 1d, notify: boss}]}",
        "{late: [{over: 2d, notify: owner}]}", ["late", "+1d", "+2d"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("due", "default", "names"), MARKS.values(), ids=MARKS)
def test_marks(due: str, default: str, names: list[str]) -> None:
    defaults = f"defaults: {{due: {default}}}\n" if default else ""
    assert [mark.name for mark in due_of(plan_of(stage(due, defaults=defaults))).marks] == names


def test_rows_at_one_time_are_one_with_what_stands_under_all_first() -> None:
    plan = plan_of(
        stage("{within: 4h, late: [{notify: boss}]}", defaults="defaults: {due: {late: [{notify: owner}]}}\n")
    )
    (mark,) = due_of(plan).marks
    assert mark.then == (Action(notify=("maker",)), Action(notify=("boss",)))


OFF = {
    "of the stage": "    defaults: off\n",
    "of its task": "    tasks: {pack: {defaults: off, due: 2h, needs: {packed: check}}}\n",
}


@pytest.mark.parametrize("more", OFF.values(), ids=OFF)
def test_defaults_off_does_without_them(more: str) -> None:
    plan = plan_of(stage("4h", more, defaults="defaults: {due: {warn: [80%]}}\n"))
    (due,) = plan.stages["review"].tasks["pack"].due if "pack" in more else plan.stages["review"].due
    assert [mark.name for mark in due.marks] == ["late"]


def test_what_is_deferred_stands_on_the_default_ladder_and_may_be_late_anywhere() -> None:
    plan = plan_of(
        f"{HEAD}defaults: {{due: {{late: [{{over: 1d, move: cancelled}}]}}}}\n"
        "stages:\n  review: {owner: maker, needs: {seen: check, paper: {file: Paper, defer: 2d}}}\n"
        "  pack: {owner: desk, needs: {packed: check}, next: closed}\n"
    )
    paper = plan.lasting["paper"]
    assert paper.defer
    (due,) = paper.due
    assert (due.within, [mark.name for mark in due.marks]) == (length("2d"), ["late", "+1d"])
    (move,) = due.marks[1].then
    assert [goal(plan, name, move) for name in plan.stages] == ["cancelled", "cancelled"]


PATCHES = {
    "a buffer counts for what was within": ("30m", "{buffer: 50%}", (length("30m"), None, 150)),
    "a later buffer counts": ("{within: 30m, buffer: 20%}", "{buffer: -50%}", (length("30m"), None, 50)),
    "a point replaces a length": ("30m", "{by: day}", (None, Point("day", 0, is_field=True), 100)),
    "a length replaces a point": ("{by: day}", "30m", (length("30m"), None, 100)),
    "a map replaces rows": (
        "[{when: amount > 5, within: 1h}, {within: 2h}]", "{within: 3h}", (length("3h"), None, 100),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("base", "patch", "became"), PATCHES.values(), ids=PATCHES)
def test_a_type_says_otherwise(base: str, patch: str, became: tuple[object, ...]) -> None:
    types = f"types: {{other: {{stages: {{review: {{due: {patch}}}}}}}}}\n"
    due = due_of(plan_of(stage(base, types=types)).variants["other"])
    assert (due.within, due.by, due.stretch) == became


DUTIES = {
    "a time keeps the period": ('{by: "18:00"}', ("workday", 18 * 60)),
    "a period keeps the time": ("{every: week}", ("week", 17 * 60)),
    "a length of time replaces both": ("{within: 2h}", None),
    "a date replaces both": ("{by: day}", None),
}


@pytest.mark.parametrize(("patch", "period"), DUTIES.values(), ids=DUTIES)
def test_the_words_of_a_duty_stay_together_and_others_replace_them(
    patch: str, period: tuple[str, int] | None
) -> None:
    types = f"types: {{other: {{stages: {{review: {{clocks: {{daily: {patch}}}}}}}}}}}\n"
    clock = '    clocks: {daily: {every: workday, by: "17:00", calendar: office, needs: {told: note}}}\n'
    (due,) = plan_of(stage("4h", clock, types=types)).variants["other"].stages["review"].clocks["daily"].due
    assert (due.every and (due.every.every, due.every.by)) == period


def test_the_nearest_calendar_counts() -> None:
    more = (
        "    calendar: night\n    clocks: {a: {within: 8wh}, b: {within: 8wh, calendar: office}}\n"
        "    tasks:\n      pack:\n        calendar: office\n        needs: {packed: check}\n"
        "        due: [{when: amount > 5, within: 1wd, calendar: night}, {within: 2wd}]\n"
    )
    plan = plan_of(stage("8wh", more, before="holds: {stop: {by: boss, due: 2d}}\n"))
    review = plan.stages["review"]
    found = [*review.due, review.clocks["a"].due[0], review.clocks["b"].due[0], *review.tasks["pack"].due]
    assert [due.calendar.name for due in found] == ["night", "night", "office", "night", "office"]
    assert plan.holds["stop"].due[0].calendar.name == ""


OWNERS = {
    "of the stage": ("late: [{notify: owner}]", "maker"),
    "of the stage, as it may be passed on": ("late: [{notify: owner}, {assign: boss}]", "review.owner"),
}


@pytest.mark.parametrize(("late", "told"), OWNERS.values(), ids=OWNERS)
def test_owner_is_that_of_where_it_stands(late: str, told: str) -> None:
    plan = plan_of(stage(f"{{within: 4h, {late}}}"))
    assert due_of(plan).marks[0].then[0].notify == (told,)
    by = () if told.endswith(".owner") else ("maker",)
    assert plan.stages["review"].doable["seen"].by == by


def test_a_clock_belongs_to_whom_it_names_else_to_whoever_is_accountable_for_its_place() -> None:
    clocks = (
        "    clocks:\n"
        "      own: {within: 2h, owner: boss, needs: {a: check}, late: [{notify: owner}, {assign: desk}]}\n"
        "      taken: {within: 2h, needs: {b: check}, late: [{notify: owner}]}\n"
    )
    plan = plan_of(stage("4h", clocks))
    own, taken = plan.stages["review"].clocks.values()
    assert (own.owner, own.needs[0].by, own.needs[0].place) == ("boss", (), "own")
    assert own.due[0].marks[0].then[0].notify == ("own.owner",)
    assert (taken.owner, taken.needs[0].by, taken.due[0].marks[0].then[0].notify) == (
        "maker",
        ("maker",),
        ("maker",),
    )
    assert [way.to for name in ("own", "taken") for way in plan.owners_of(name)] == ["boss", "maker"]
    assert plan.find("a") is own.needs[0]


def test_what_is_moved_by_itself_finds_its_way_from_wherever_an_order_is() -> None:
    plan = plan_of(
        f"{HEAD}rules: {{lost: {{after: pack.late, then: [{{move: cancelled}}]}}}}\n"
        "stages:\n  review: {owner: maker, due: {within: 4h, late: [{move: pack}]}, needs: {seen: check}}\n"
        "  pack: {owner: desk, due: 2h, needs: {packed: check}, next: closed}\n"
    )
    (onward,), (lost,) = due_of(plan).marks[0].then, plan.rules["lost"].then
    assert onward.trigger != lost.trigger
    assert goal(plan, "review", onward) == "pack"
    assert [goal(plan, name, lost) for name in plan.stages] == ["cancelled", "cancelled"]
    with pytest.raises(LookupError):
        goal(plan, "pack", onward)


@pytest.mark.parametrize(
    ("written", "every"),
    [
        ("workday", "workday"),
        ("2d", length("48h")),
        ("1d12h", length("36h")),
        ("1d 12h", length("36h")),
        ('"0 9 * * 1-5"', Cron("0 9 * * 1-5", ZoneInfo("UTC"))),
    ],
)
def test_a_period_is_a_word_a_length_or_a_cron_line(written: str, every: Span | Length | Cron) -> None:
    clock = f"clocks: {{report: {{every: {written}, late: [{{notify: boss}}]}}}}\n"
    (row,) = plan_of(stage("4h", before=f"zone: UTC\ncalendar: office\n{clock}")).clocks["report"].due
    assert row.every is not None
    assert row.every.every == every


def test_what_an_action_asks_can_be_done_wherever_it_is_asked() -> None:
    plan = plan_of(
        f"{HEAD}{FIELDS}"
        "rules: {big: {when: amount > 5, then: [{ask: {looked: check}, by: boss, due: 2h}]}}\n"
        "stages:\n  review: {owner: maker, needs: {seen: check}}\n"
        "  pack: {owner: desk, needs: {packed: check}, next: closed}\n"
    )
    looked = [stage.doable["looked"] for stage in plan.stages.values()]
    assert [(need.by, need.due[0].within) for need in looked] == [(("boss",), length("2h"))] * 2


def test_a_hold_is_released_by_those_who_may_place_it_unless_it_says_otherwise() -> None:
    holds = (
        "holds:\n  one: {by: [boss, desk]}\n"
        "  two: {by: boss, pauses: [review], release: {by: maker, needs: {ok: check}}}\n"
    )
    one, two = plan_of(stage("4h", before=holds)).holds.values()
    assert (one.release_by, one.owner, one.pauses_all, one.pauses) == (
        ("boss", "desk"),
        "desk",
        False,
        frozenset(),
    )
    assert (two.release_by, two.needs[0].by, two.pauses) == (("maker",), ("maker",), frozenset({"review"}))
