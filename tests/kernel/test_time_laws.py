"""The laws of time: whatever process and history, in which portions time passes changes nothing."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, note, reject, settings
from hypothesis import strategies as st

from flowengine.definition.lengths import length as length_of
from flowengine.kernel.commands import Command, Done, Hold, PassTime, Reckon, Release, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.events import replay
from flowengine.kernel.order import OPENING, Order
from flowengine.kernel.reckoning import course_of, left
from flowengine.kernel.standing import Standing
from flowengine.kernel.state import Cycle, record_of
from tests.kernel.desk import DAY, DESK, HOST, HOUR, NOON, Story, at
from tests.kernel.random_time import COMMANDS, HISTORIES, VALUES, WAITS, processes

FAIR = settings(max_examples=settings().max_examples // 2, suppress_health_check=list(HealthCheck))


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """An order of a random process, some way along."""
    text, values = draw(processes()), draw(VALUES)
    try:
        story = Story(text, values, by=HOST)
    except AssertionError:  # not sound, or it would run in a circle
        reject()
    note(text)
    for wait, command in draw(HISTORIES):
        note(f"{wait} {command}")
        story.do(command, wait=wait)
    return story


def settled(story: Story) -> Story:
    """The story once everything has happened that its instant brings."""
    for _ in range(60):
        if story.order.wake_at is None or story.order.wake_at > story.now:
            return story
        story.pass_time()
    raise AssertionError("time stands still: what should happen happens again and again")


def later(story: Story, instants: list[int]) -> Story:
    """Another story of the same order, which looks at the clock at these instants."""
    other = object.__new__(Story)
    other.plan, other.order, other.now = story.plan, story.order, story.now
    other.history, other.last = list(story.history), story.last
    for instant in instants:
        other.now = instant
        settled(other)
    return other


def kept(story: Story) -> Order:
    """What lasts of an order: without how many messages it has left."""
    return replace(story.order, told=0)


def course(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What happened, without who was told."""
    return [event for event in history if event["event"] != "told"]


@FAIR
@given(stories(), st.sampled_from(WAITS[1:]), st.lists(st.floats(0, 1), max_size=4), st.booleans())
def test_one_late_look_at_the_clock_shows_what_many_would_have_shown(
    story: Story, wait: int, shares: list[float], closely: bool
) -> None:
    settled(story)
    end = story.now + wait
    once = later(story, [end])
    looks = sorted(story.now + int(share * wait) for share in shares)
    often = later(story, [*looks, end])
    if closely:
        often = story
        while often.order.wake_at is not None and often.order.wake_at <= end:
            often = later(often, [often.order.wake_at])
        often = later(often, [end])
    assert kept(once) == kept(often)
    if not any(event.get("missed") for event in once.history):
        assert course(once.history) == course(often.history)


@FAIR
@given(stories(), st.lists(st.tuples(st.sampled_from(WAITS), COMMANDS), max_size=4))
def test_nothing_rings_before_its_time_and_each_mark_once_in_a_course(
    story: Story, more: list[tuple[int, Command]]
) -> None:
    for wait, command in more:
        story.do(command, wait=wait)
    armed: dict[str, Cycle] = {}
    for event in story.history:
        if event["event"] in ("warned", "late", "later"):
            before, after = armed[event["clock"]], record_of(Cycle, event["state"])
            assert before.wake is not None
            assert event["at"] >= before.wake - 1
            assert event["at"] >= before.wake or event["event"] != "warned"
            assert before.mark not in before.rung
            assert after.mark not in after.rung
        if "clock" in event and "state" in event:
            armed[event["clock"]] = record_of(Cycle, event["state"])


@FAIR
@given(stories())
def test_what_runs_is_set_to_ring_and_what_stands_still_is_not(story: Story) -> None:
    settled(story)
    order = story.order
    if order.status == "closed":
        assert (list(order.alarms()), order.clocks, order.holds) == ([], {}, {})
    for cycle in order.clocks.values():
        silent = cycle.met is not None or not cycle.basis or cycle.since is None
        if cycle.mark == OPENING and cycle.wake is not None:
            assert cycle.wake > story.now
        elif silent:
            assert cycle.wake is None
        else:
            assert cycle.due is not None
            assert cycle.late == (cycle.due < story.now) or cycle.basis == "every"
            assert (cycle.wake is None) == (cycle.mark == "")
            assert cycle.wake is None or cycle.wake > story.now
            assert cycle.late or cycle.wake is not None


@FAIR
@given(stories())
def test_reckoned_again_by_the_same_calendar_nothing_is_another(story: Story) -> None:
    assert settled(story).do(Reckon()).events == ()


@FAIR
@given(stories(), st.sampled_from([Hold("h_all"), Hold("h_one"), Hold("h_while")]))
def test_a_hold_of_no_time_changes_no_clock(story: Story, hold: Hold) -> None:
    settled(story)
    before = story.order.clocks
    quiet = not any("quiet" in name for name in before)
    if story.do(hold).blockers:
        return
    if story.do(Done("h_ok")).blockers:
        pass
    if story.do(Release(hold.hold)).blockers or not quiet or story.stage not in ("s_one", "s_two"):
        return
    after = story.order.clocks
    if before.keys() == after.keys():
        assert {name: cycle.due for name, cycle in after.items()} == {n: c.due for n, c in before.items()}


FITFUL = """
calendars: {office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}}
calendar: office
order: {fields: {on: {type: boolean, default: true}, stop: {type: boolean, default: false}, n: integer}}
holds: {some: {by: desk, pauses: [work, quiet]}, whole: {by: desk, pauses: all}}
clocks:
  work: {within: 8wh, when: on, warn: [50%, -1wh], late: [{over: 2wh, then: [{notify: boss}]}]}
  plain: {within: 7h, when: on, pause: stop, late: [{over: 3h, then: [{notify: boss}]}]}
  quiet: {silent_for: 10h, of: [n.changed], when: on, late: [{over: 3h, then: [{notify: boss}]}]}
stages: {one: {owner: desk, needs: {ok: check}, next: closed}}
"""
FITS: tuple[Command, ...] = (
    *(command(hold) for hold in ("some", "whole") for command in (Hold, Release)),
    *(Write({field: value}) for field in ("on", "stop") for value in (True, False)),
    Write({"n": 1}),
    Write({"n": 2}),
)


@FAIR
@given(st.lists(st.tuples(st.sampled_from(WAITS), st.sampled_from(FITS)), max_size=10))
def test_what_is_not_due_for_no_time_changes_no_clock(history: list[tuple[int, Command]]) -> None:
    story = Story(FITFUL, by=HOST)
    for wait, command in history:
        story.do(command, wait=wait)
    story.do(Write({"on": True}))
    before = settled(story).order.clocks
    story.do(Write({"on": False}))
    story.do(Write({"on": True}))
    assert {name: ringing(cycle) for name, cycle in story.order.clocks.items()} == {
        name: ringing(cycle) for name, cycle in before.items()
    }


def ringing(cycle: Cycle) -> tuple[object, ...]:
    """Whether a clock runs, when it is due and late, and what rings next and has rung."""
    return cycle.since is None, cycle.due, cycle.late, cycle.wake, cycle.mark, cycle.rung


@FAIR
@given(stories(), st.lists(st.tuples(st.sampled_from(WAITS), COMMANDS), min_size=1, max_size=4))
def test_clocks_of_machines_that_jump_ahead_and_back_do_no_harm(
    story: Story, more: list[tuple[int, Command]]
) -> None:
    story.pass_time(now=story.now + 400 * DAY)
    story.now -= 400 * DAY
    rang = Counter(_marks(story))
    for wait, command in more:
        story.do(command, wait=wait)
        assert story.order.last_at >= NOON
    story.now = max(story.now, story.order.last_at)
    settled(story)
    again = {mark for mark, number in (Counter(_marks(story)) - rang).items() if rang[mark] and number}
    assert not again
    settled(later(story, [story.now + 20 * DAY]))


def _marks(story: Story) -> list[tuple[str, int, int, int, str]]:
    """Every mark that rang: of which course of which clock, and how often that was moved before."""
    found, moved = [], Counter[str]()
    for event in story.history:
        moved[event.get("clock", "")] += event["event"] == "clock"
        if event["event"] in ("warned", "late", "later"):
            cycle = record_of(Cycle, event["state"])
            name = event.get("mark", "late")
            found.append((event["clock"], moved[event["clock"]], cycle.began, event["due"], name))
    return found


@FAIR
@given(stories())
def test_time_is_decided_the_same_whoever_looks(story: Story) -> None:
    first, second = (
        decide(story.plan, story.order.copy(), PassTime(), HOST, story.now + DAY) for _ in range(2)
    )
    assert first == second
    assert replay(story.history) == story.order


WHOLE = """
calendars:
  office:
    zone: %s
    holidays: %s
    week: {mon-fri: ["09:00-12:00", "13:30-18:00"], sat: ["22:00-02:30"]}
calendar: office
holds: {stop: {by: desk, pauses: all}, other: {by: desk, pauses: all}}
stages: {one: {owner: desk, due: %s, needs: {done: check}, next: closed}}
"""
SPANS = st.integers(0, 5 * DAY)


@FAIR
@given(
    st.sampled_from([("Asia/Shanghai", "CN"), ("America/New_York", "none"), ("Europe/Berlin", "none")]),
    st.sampled_from(["90h", "30wh", "4wd"]),
    st.sampled_from(["2026-02-10 08:00", "2026-03-05 17:59", "2026-03-27 09:00", "2026-10-22 03:00"]),
    st.lists(st.tuples(SPANS, SPANS), max_size=4),
)
def test_what_is_used_and_what_is_left_are_the_whole_over_any_holds(
    where: tuple[str, str], length: str, start: str, stops: list[tuple[int, int]]
) -> None:
    zone, holidays = where
    story = Story(WHOLE % (zone, holidays, length), now=at(start, zone))
    total = length_of(length)
    calendar, used = story.plan.calendar, 0
    for run, stand in stops:
        begun = story.now
        story.do(Hold("stop"), DESK, wait=run)
        used += calendar.between(begun, story.now, total.unit)
        if story.order.late:
            break
        assert left_of(story) == max(total.amount - used, 0)
        story.do(Hold("other"), DESK, wait=stand // 2)
        story.do(Release("stop"), DESK)
        story.do(Release("other"), DESK, wait=stand // 2)
        due = story.order.due_at
        assert due is not None
        assert due == calendar.add(story.now, max(total.amount - used, 0), total.unit)
        assert calendar.between(story.now, due, total.unit) == max(total.amount - used, 0)
    if not story.order.late:
        due = story.order.due_at
        assert due is not None
        assert not story.pass_time(now=max(due, story.now)).events
        assert story.pass_time(now=max(due, story.now) + 1).events


def left_of(story: Story) -> int:
    """What is left on the clock of the stage (milliseconds of its unit)."""
    reckoned = course_of(Standing(story.plan, story.order), story.plan.stages[story.stage].due)
    assert reckoned is not None
    length = left(reckoned, story.order.clocks[story.stage], story.now)
    assert length is not None
    return length.amount


BUSY = (
    WHOLE % ("Asia/Shanghai", "CN", "{within: 60wh, warn: [50%, -1wh]}")
    + """
order: {fields: {n: {type: integer, default: 0}}}
clocks:
  quiet: {silent_for: 6h, late: [{notify: boss}]}
  daily: {every: workday, by: "17:00", needs: {told: check}}
  once: {after: n.changed, within: 3d, until: stop.released}
rules: {many: {after: n.changed, when: n > 3, then: [{notify: qa}]}}
outcomes: {again: {from: one, to: one}}
"""
)


def busy(rounds: int) -> Story:
    """An order that is held and let go, written to and left alone, again and again."""
    story = Story(BUSY)
    story.history = []
    order = story.order
    for number in range(rounds):
        for command in (Hold("stop"), Write({"n": number % 7}), Release("stop"), Done("told"), PassTime()):
            story.now += 3 * HOUR
            decision = decide(story.plan, order, command, HOST, story.now)
            order = decision.order or order
    story.order = order
    return story


def test_the_snapshot_does_not_grow_with_history() -> None:
    few, many = (re.sub("[0-9]+", "0", busy(rounds).order.dump()) for rounds in (10, 200))
    assert abs(len(many) - len(few)) <= 40, "nothing but the state of a clock may differ"


def test_a_long_history_makes_no_decision_slower() -> None:
    assert abs(calls(busy(400)) - calls(busy(10))) <= 20, "two thousand commands later"


def calls(story: Story) -> int:
    """How many functions are called to hold an order and to let it go."""
    number = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal number
        number += event == "call"

    order, now = story.order, story.now - story.now % (7 * DAY) + 7 * DAY + 4 * HOUR
    order = decide(story.plan, order, PassTime(), HOST, now).order or order
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        decide(story.plan, order, Hold("stop"), HOST, now + HOUR)
    finally:
        sys.setprofile(before)
    return number
