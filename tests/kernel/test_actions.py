"""What actions do when something is late or ruled: set, assign, ask, move; and the ladder of defaults."""

from __future__ import annotations

import pytest

from flowengine.calendars.calendar import NoWorkingTime
from flowengine.kernel.commands import Choose, Done, Reckon, Write
from tests.kernel.desk import BOSS, DAY, DESK, HOUR, MAKER, MINUTE, NOON, Story, happened, told, why


def late(*actions: str, extra: str = "") -> str:
    """A process whose first stage has an hour, and then does this."""
    return f"""
order: {{fields: {{n: {{type: integer, default: 0}}}}}}
types: {{routine: {{}}, rush: {{priority: urgent, stages: {{one: {{due: 30m}}}}}}}}
stages:
  one:
    owner: desk
    due: {{within: 1h, late: [{{then: [{", ".join(actions)}]}}]}}
    needs: {{a: check}}
    outcomes: {{again: {{to: one}}}}
  two:
    owner: maker
    due: [{{when: priority == 'urgent', within: 1h}}, {{within: 10h}}]
    needs: {{b: check}}
    next: closed
{extra}
"""


def test_late_work_passes_to_somebody_else_until_the_visit_ends() -> None:
    story = Story(late("{assign: boss}"), {"type": "routine"})
    assert why(story.do(Done("a"), BOSS)) == [("not_yours", "a")]
    decision = story.pass_time(HOUR + 1)
    assert next(e.data for e in decision.events if e.kind == "assigned") | {"at": 0} == {
        "place": "one", "role": "boss", "was": "desk", "at": 0,
    }  # fmt: skip
    assert ("boss", "assigned") in told(decision)
    assert why(story.do(Done("a"), DESK)) == [("not_yours", "a")]
    story.do(Choose("again"), BOSS)
    assert why(story.do(Done("a"), BOSS)) == [("not_yours", "a")]
    story.do(Done("a"), DESK)
    assert story.stage == "two"


def test_a_task_that_is_late_passes_alone() -> None:
    story = Story("""
stages:
  one:
    owner: desk
    tasks:
      t: {owner: maker, due: {within: 1h, late: [{then: [{assign: boss}]}]}, needs: {x: check}}
      u: {owner: maker, needs: {y: check}}
    next: closed
""")
    story.pass_time(2 * HOUR)
    assert {item.key: item.roles for item in story.work} == {"x": ("boss",), "y": ("maker",)}


def test_a_field_that_is_set_counts_for_everything_that_reads_it() -> None:
    story = Story(
        late("{set: {n: n + 5}}", extra="rules: {many: {when: n > 4, then: [{notify: qa}]}}"),
        {"type": "routine"},
    )
    decision = story.pass_time(HOUR + 1)
    assert story.order.fields["n"] == 5
    assert ("qa", "many") in told(decision)


def test_a_priority_that_is_set_moves_due_times_and_both_are_on_record() -> None:
    rows = "[{when: priority == 'urgent', within: 3h}, {within: 9h}]"
    text = late("{set: {priority: \"'urgent'\"}}")
    text = text.replace(
        "needs: {a: check}", f"tasks: {{t: {{owner: desk, needs: {{a: check}}, due: {rows}}}}}"
    )
    story = Story(text, {"type": "routine"})
    assert story.order.due_of("t") == NOON + 9 * HOUR
    decision = story.pass_time(HOUR + 1)
    moved = [e.data for e in decision.events if e.kind == "clock" and e.data["did"] == "moved"]
    assert [(each["clock"], each["was"], each["due"]) for each in moved] == [
        ("t", NOON + 9 * HOUR, NOON + 3 * HOUR)
    ]
    assert story.order.fields["priority"] == "urgent"


def test_a_due_time_that_is_moved_ahead_takes_lateness_back_and_may_come_again() -> None:
    story = Story("""
order: {fields: {patience: {type: duration, default: 1h}}}
stages: {one: {owner: desk, due: {within: patience}, needs: {a: check}, next: closed}}
""")
    assert happened(story.pass_time(2 * HOUR)) == ["late one", "told desk"]
    story.do(Write({"patience": "5h"}), DESK)
    assert not story.order.late
    assert happened(story.pass_time(3 * HOUR + 1)) == ["late one", "told desk"]
    story.do(Write({"patience": "4h"}), DESK)
    assert (story.order.late, story.order.wake_at) == (True, None)


def test_what_lateness_asks_stands_in_the_way_with_a_due_time_of_its_own() -> None:
    story = Story(late("{ask: {why_late: note}, by: boss, due: 2h}"), {"type": "routine"})
    story.pass_time(90 * MINUTE)
    assert {item.key: (item.roles, item.due_at) for item in story.work}["why_late"] == (
        ("boss",),
        NOON + 3 * HOUR,
    )
    story.do(Done("a"), DESK)
    assert story.stage == "one"
    assert happened(story.pass_time(2 * HOUR)) == ["late why_late", "told boss"]
    story.do(Write({"why_late": "snow"}), BOSS)
    assert story.stage == "two"


def test_lateness_may_move_the_order() -> None:
    story = Story(late("{move: two}"), {"type": "routine"})
    decision = story.pass_time(5 * HOUR)
    assert (story.stage, story.order.entered_at) == ("two", NOON + HOUR)
    assert [e.data["at"] for e in decision.events if e.kind == "entered"] == [NOON + HOUR]
    assert story.order.due_at == NOON + 11 * HOUR


def test_the_order_of_the_words_is_the_order_of_the_deeds() -> None:
    story = Story(
        late("{notify: qa}", "{set: {n: 7}}", "{notify: two.owner}", "{move: two}"), {"type": "routine"}
    )
    assert happened(story.pass_time(2 * HOUR)) == [
        "late one", "told desk", "told qa", "set n", "told maker", "left one", "entered two", "started two",
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "due"), [("routine", HOUR), ("rush", 30 * MINUTE)])
def test_a_type_has_rows_of_its_own(kind: str, due: int) -> None:
    assert Story(late("{notify: qa}"), {"type": kind}).order.due_at == NOON + due


LADDER = """
defaults: {due: {warn: [80%], late: [{then: [{notify: boss}]}, {over: 1d, then: [{ask: {explained: note}}]}]}}
stages:
  one: {owner: desk, due: {within: 10h, late: [{over: 2h, then: [{notify: qa}]}]}, needs: {a: check}}
  two: {owner: desk, due: {within: 10h, warn: [50%]}, needs: {b: check}, defaults: off}
  three: {owner: desk, due: 10h, needs: {c: check}, next: closed}
"""


def rang(story: Story, wait: int) -> list[str]:
    """The marks that ring, each as its name, and who is told besides the owner."""
    words = []
    for _ in range(4):
        for event in story.pass_time(wait // 4).events:
            if event.kind in ("warned", "late", "later"):
                words.append(event.data.get("mark", "late"))
            elif event.kind == "told" and event.data["role"] != "desk":
                words.append(event.data["role"])
            elif event.kind == "asked":
                words += event.data["needs"]
    return words


def test_local_rows_stand_behind_the_default_ladder_and_local_warnings_in_its_place() -> None:
    story = Story(LADDER)
    assert rang(story, 40 * HOUR) == ["80%", "late", "boss", "+2h", "qa", "+1d", "explained"]
    story.do(Write({"explained": "snow"}), DESK)
    story.do(Done("a"), DESK)
    assert rang(story, 40 * HOUR) == ["50%", "late"], "it does without the default"
    story.do(Done("b"), DESK)
    assert rang(story, 40 * HOUR) == ["80%", "late", "boss", "+1d", "explained"]


@pytest.mark.parametrize(
    ("due", "hours"),
    [
        ("{within: 10h, buffer: 20%}", 12),
        ("{within: 10h, buffer: -50%}", 5),
        ("{within: 10h, buffer: 2h}", 12),
        ("{within: 10h, buffer: -2h}", 8),
        ("{within: l, buffer: 20%}", 24),
        ("{within: l, buffer: -30h}", 0),
    ],
)
def test_a_buffer_stretches_or_shortens_the_time(due: str, hours: int) -> None:
    story = Story(f"""
order: {{fields: {{l: {{type: duration, default: 20h}}}}}}
stages: {{one: {{owner: desk, due: {due}, needs: {{a: check}}, next: closed}}}}
""")
    assert story.order.due_at == NOON + hours * HOUR
    assert happened(story.pass_time(now=NOON + hours * HOUR + 1))[0] == "late one"


CLOCKS = """
order: {fields: {n: {type: integer, default: 0}, stop: {type: boolean, default: false}}}
clocks:
  answer: {after: one.left, within: 5h, until: three.entered, late: [{assign: boss}]}
  kept: {within: 50h, needs: {proof: {check: x, by: desk}}}
  calm: {within: 10h, pause: stop, warn: [{at: 50%, then: [{set: {n: n + 1}}]}]}
stages:
  one: {owner: desk, needs: {a: check}}
  two: {owner: maker, needs: {b: check}, outcomes: {back_to: {to: one}}}
  three: {owner: desk, needs: {c: check}, next: closed}
"""


def test_a_clock_until_a_moment_is_met_by_it_and_counts_only_once() -> None:
    story = Story(CLOCKS)
    assert "answer" not in story.order.clocks
    story.do(Done("a"), DESK, wait=HOUR)
    assert story.order.due_of("answer") == NOON + 6 * HOUR
    story.do(Choose("back_to"), MAKER, wait=HOUR)
    story.do(Done("a"), DESK, wait=HOUR)
    assert story.order.due_of("answer") == NOON + 6 * HOUR, "the first time counts"
    story.do(Done("b"), MAKER, wait=HOUR)
    assert (story.order.clocks["answer"].met, story.order.due_of("answer")) == (NOON + 4 * HOUR, None)
    assert "late answer" not in happened(story.pass_time(9 * DAY))


def test_what_is_done_for_a_clock_of_the_order_outlives_the_stages() -> None:
    story = Story(CLOCKS)
    story.do(Done("a"), DESK)
    assert "proof" in story.todo
    story.do(Done("proof"), DESK)
    story.do(Done("b"), MAKER)
    assert (story.stage, story.order.clocks["kept"].met) == ("three", NOON)
    assert "proof" not in story.todo


def test_a_warning_may_do_something_instead_of_telling_the_owner() -> None:
    story = Story(CLOCKS)
    assert happened(story.pass_time(5 * HOUR)) == ["warned 50%", "set n"]


def test_while_its_pause_holds_a_clock_stands_still() -> None:
    story = Story(CLOCKS)
    story.do(Write({"stop": True}), DESK, wait=HOUR)
    assert story.order.due_of("calm") is None
    story.do(Write({"stop": False}), DESK, wait=3 * DAY)
    assert story.order.due_of("calm") == NOON + 3 * DAY + 10 * HOUR
    assert (story.order.clocks["calm"].wake, story.order.clocks["calm"].mark) == (
        NOON + 3 * DAY + 5 * HOUR,
        "50%",
    )


def test_the_time_of_a_need_begins_when_the_stage_opens_for_work() -> None:
    story = Story(
        """
order: {fields: {start: date}}
stages: {one: {owner: desk, opens: start, due: 5h, needs: {a: {check: A, due: 2h}}, next: closed}}
""",
        {"start": "2026-05-20"},
    )
    assert story.order.clocks == {}
    opened = story.order.wake_at
    assert opened is not None
    story.pass_time(now=opened)
    assert (story.order.due_of("a"), story.order.due_at) == (opened + 2 * HOUR, opened + 5 * HOUR)


def test_what_waits_for_a_clock_to_be_met_begins_at_once() -> None:
    story = Story("""
order: {fields: {n: {type: integer, default: 0}}}
clocks: {first: {within: 5h, until: n.changed}}
stages: {one: {owner: desk, needs: {a: check, b: {check: B, after: first.met}}, next: closed}}
holds: {stop: {while: happened(first.met) and n > 5, by: desk, pauses: all}}
""")
    assert story.todo == ["a"]
    story.do(Write({"n": 9}), DESK)
    assert (story.todo, list(story.order.holds)) == (["a", "b"], ["stop"])


SAME = """
stages:
  one:
    owner: desk
    due: {within: 5h, late: [{then: [{notify: maker}]}]}
    needs: {a: check}
    tasks: {t: {owner: desk, due: {within: 5h, late: [{then: [{notify: qa}]}]}, needs: {x: check}}}
    rules: {r: {at: one.entered + 5h, then: [{notify: boss}]}}
    next: closed
clocks: {b_clock: {within: 5h}, a_clock: {within: 5h}, warned: {within: 10h, warn: [50%]}}
"""


def test_what_comes_at_one_instant_comes_in_a_fixed_order() -> None:
    """A point in time and a warning before lateness, which is strictly after; what is alike by its name."""
    story = Story(SAME)
    shown = [word for word in happened(story.pass_time(6 * HOUR)) if not word.startswith("told")]
    assert shown == ["warned 50%", "rule r", "late a_clock", "late b_clock", "late one", "late t"]
    assert [e.data["at"] for e in story.last.events] == [NOON + 5 * HOUR] * len(story.last.events)


def test_a_calendar_without_working_time_refuses_the_command_and_says_so() -> None:
    text = """
calendars:
  office:
    zone: Asia/Shanghai
    holidays: none
    week: {mon: ["09:00-12:00"]}
    days: {2026-05-20..2028-12-31: closed}
calendar: office
stages:
  one: {owner: desk, needs: {a: check}}
  two: {owner: desk, due: 20wh, needs: {b: check}, next: closed}
"""
    story = Story(text)
    with pytest.raises(NoWorkingTime, match="no working time for 366 days"):
        story.do(Done("a"), DESK)
    assert story.stage == "one"


@pytest.mark.parametrize("day", ["9998-12-31", "1000-01-01"])
def test_dates_at_the_edge_of_what_can_be_written_are_reckoned_with(day: str) -> None:
    story = Story("""
calendars: {office: {zone: America/New_York, holidays: none, week: {mon-fri: ["09:00-17:00"]}}}
calendar: office
order: {fields: {day: date}}
rules: {r: {at: day - 3650d, then: [{notify: boss}]}, s: {at: day + 3650d, then: [{notify: boss}]}}
stages:
  one:
    owner: desk
    due: {by: day + 3650d, warn: [50%, -4wh], late: [{over: 2wd, then: [{notify: boss}]}]}
    needs: {a: check}
    next: closed
""")
    assert not story.do(Write({"day": day}), DESK).blockers
    story.pass_time(30 * DAY)
    assert story.order.late is (day < "2026")
    assert not story.do(Reckon()).blockers
    assert not story.do(Done("a"), DESK).blockers
