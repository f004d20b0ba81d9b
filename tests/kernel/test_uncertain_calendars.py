"""Working time that reaches past the announced holidays is reckoned all the same, and says so itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flowengine.kernel.commands import Hold, Reckon, Release
from flowengine.kernel.decision import Decision
from flowengine.runtime.story import happened
from flowengine.texts import Lang
from tests.announced import announced_through
from tests.kernel.desk import BOSS, DAY, DESK, Story, at, plan_of

PROCESS = """
calendars:
  office: {{zone: Asia/Shanghai, holidays: CN, week: {{mon-fri: ["09:00-17:00"]}}}}
  abroad: {{zone: Asia/Shanghai, week: {{mon-fri: ["09:00-17:00"]}}}}
calendar: office
holds: {{wait: {{by: desk, pauses: all, release: {{by: boss}}}}}}
stages:
  review:
    owner: desk
    {due}
    needs: {{ok: check}}
    next: closed
"""
MONDAY, UNTIL = at("2026-12-21 09:00"), "2026-12-24"

DUE: dict[str, tuple[str, bool]] = {
    "up to the last certain day": ("due: 3wd", False),
    "a working day beyond it": ("due: 5wd", True),
    "working hours beyond it": ("due: 33wh", True),
    "hours on the clock in the pocket": ("due: 30d", False),
    "a calendar without public holidays": ("due: {within: 5wd, calendar: abroad}", False),
    "a silence in working days": ("clocks: {quiet: {silent_for: 6wd}}", True),
    "a duty of workdays": ("clocks: {daily: {every: workday, by: '17:00', needs: {told: note}}}", False),
    "a duty of weeks": ("clocks: {weekly: {every: week, needs: {told: note}}}", True),
    "a duty of days": ("clocks: {weekly: {every: day, needs: {told: note}}}", False),
    "a duty by cron": ("clocks: {weekly: {every: '0 9 * * 6', needs: {told: note}}}", False),
}


@pytest.fixture(autouse=True)
def announced() -> Iterator[None]:
    """The holidays of 2027 are not announced."""
    with announced_through(2026):
        yield


def story(due: str, now: int = MONDAY) -> Story:
    return Story(PROCESS.format(due=due), now=now)


def doubts(decision: Decision) -> list[str]:
    return [event.data["uncertain"] for event in decision.events if "uncertain" in event.data]


@pytest.mark.parametrize(("due", "uncertain"), DUE.values(), ids=DUE)
def test_a_due_time_beyond_the_certain_days_says_until_when_they_are(due: str, uncertain: bool) -> None:
    begun = story(due)
    said = [UNTIL] if uncertain else []
    assert doubts(begun.last) == said
    assert list(begun.explained.uncertain.values()) == said


def test_a_duty_of_workdays_says_so_from_the_first_window_beyond() -> None:
    begun = story("clocks: {daily: {every: workday, by: '17:00', needs: {told: note}}}")
    assert doubts(begun.pass_time(now=at("2026-12-24 16:00"))) == []
    assert doubts(begun.pass_time(now=at("2026-12-25 08:00"))) == [UNTIL]
    assert begun.explained.uncertain == {"daily": UNTIL}


def test_it_is_said_of_each_new_due_time_and_nobody_is_told() -> None:
    begun = story("due: {within: 5wd, warn: [50%]}")
    assert begun.last.effects == ()
    begun.do(Hold("wait"), DESK, reason="asked for time")
    assert begun.explained.uncertain == {}, "a clock that stands still is due at no time"
    assert doubts(begun.do(Release("wait"), BOSS, wait=DAY)) == [UNTIL]
    warned = begun.pass_time(wait=10 * DAY)
    assert "warned" in [event.kind for event in warned.events]
    assert doubts(warned) == [], "a warning moves nothing"
    assert begun.explained.uncertain == {"review": UNTIL}


def test_what_was_reckoned_in_doubt_is_certain_once_it_is_reckoned_again() -> None:
    begun = story("due: 5wd")
    with announced_through(2027):
        begun.plan = plan_of(PROCESS.format(due="due: 5wd"))
        assert begun.explained.uncertain == {"review": UNTIL}, "until somebody reckons again"
        assert doubts(begun.do(Reckon())) == []
        assert begun.explained.uncertain == {}


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "certain only until 2026-12-24"), ("zh", "只确定到 2026-12-24")],
)
def test_history_tells_it(lang: Lang, said: str) -> None:
    begun = story("due: 5wd")
    assert [line for line in happened(begun.last.events, begun.plan, lang) if said in line]
