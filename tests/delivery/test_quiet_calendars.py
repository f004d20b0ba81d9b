"""Quiet by calendar: who works when is told then, over holidays and make-up days, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from flowengine import Engine, Write
from flowengine.delivery.carrier import NotSent
from flowengine.runtime.catalog import _compiled
from tests.announced import announced_through
from tests.delivery.post import DESK, PROCESS, Kept, desk_with, opened_here
from tests.kernel.desk import MINUTE, at
from tests.runtime.shop import Clock

KNOWN = {each: {"kept": f"{each}@x"} for each in ("customer", "desk", "packer")}
CALENDARS = """calendars:
  office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}
  works:
    zone: Asia/Shanghai
    holidays: CN
    week: {mon-sat: ["08:00-20:00"]}
    days: {2026-02-20: "08:00-20:00"}
"""
OUTSIDE = (
    'quiet: {hours: "22:00-07:00", outside: {everyone: office, packer: works, customer: off}, except: urgent}'
)
PRESSING = "pressing: {when: buyer == 'in a hurry', then: [{set: {priority: \"'urgent'\"}}]}"
TOLD = "tell: {after: waybill, each: true, then: [{notify: [customer, packer, desk], message: shipped}]}"
BEFORE, FESTIVAL = "2026-02-13 17:30", "2026-02-16 10:00"


class Post:
    """A house with a process of those notices, and its one channel."""

    def __init__(self, plain: Engine, clock: Clock, notices: str) -> None:
        before, _, after = PROCESS.partition("  tell: ")
        rest = after.partition("\n")[2]
        warned = "due: {within: 3d, warn: [{at: 50%, then: [{notify: [desk]}]}]}"
        text = f"{before}  {TOLD}\n  {PRESSING}\n{rest}".replace("due: 1d", warned)
        plain.deploy(f"{text}{CALENDARS}notices: {{{notices}}}\n", file="parcels.yaml")
        self.kept, self.clock = Kept(), clock
        self.engine = desk_with(plain, clock, {"kept": self.kept}, KNOWN)

    def ship(self, buyer: str = "Z") -> None:
        order = self.engine.start("parcels", {"buyer": buyer, "phone": "138"}, by=DESK).or_raise()
        self.engine.do(order.order_id, Write({"waybill": "SF1"}), by=DESK).or_raise()

    def deliver(self, when: str) -> set[str]:
        """Who got something by then since the last look."""
        self.clock.now = at(when)
        self.engine.tick()
        before = len(self.kept.taken)
        self.engine.deliver()
        return {each.to for each in self.kept.taken[before:]}


@contextmanager
def a_release_of(year: int) -> Iterator[None]:
    """Processes that begin with the holidays up to a year, and after them others with all of them."""
    with announced_through(year):
        _compiled.cache_clear()
        yield
    _compiled.cache_clear()


@pytest.fixture
def clock() -> Clock:
    return Clock(at(FESTIVAL))


@pytest.fixture
def plain(clock: Clock, place: str) -> Iterator[Engine]:
    with opened_here(clock) as engine:
        yield engine


def test_over_the_festival_everybody_is_told_when_they_work_again(plain: Engine, clock: Clock) -> None:
    post = Post(plain, clock, OUTSIDE)
    post.ship()
    assert post.deliver(FESTIVAL) == {"customer"}
    assert post.engine.deliver().next_at == at("2026-02-20 08:00")
    assert post.deliver("2026-02-20 07:59") == set()
    assert post.deliver("2026-02-20 08:00") == {"packer"}
    assert post.deliver("2026-02-24 08:59") == set()
    assert post.deliver("2026-02-24 09:00") == {"desk"}
    assert post.engine.parcels(state="dead").items == ()


def test_a_make_up_workday_is_worked(plain: Engine, clock: Clock) -> None:
    clock.now = at("2026-02-13 18:00")
    post = Post(plain, clock, OUTSIDE)
    post.ship()
    assert post.deliver("2026-02-13 18:00") == {"customer", "packer"}
    assert post.deliver("2026-02-14 09:00") == {"desk"}


def test_what_is_urgent_goes_at_once_and_overtakes(plain: Engine, clock: Clock) -> None:
    post = Post(plain, clock, OUTSIDE)
    post.ship()
    assert post.deliver(FESTIVAL) == {"customer"}
    post.ship("in a hurry")
    assert post.deliver("2026-02-16 23:00") == {"customer", "desk", "packer"}


def test_what_failed_before_the_weekend_is_tried_again_after_it(plain: Engine, clock: Clock) -> None:
    clock.now = at("2026-03-06 17:59")
    post = Post(plain, clock, "quiet: {outside: {desk: office}}")
    post.kept.refuses = [NotSent("x", wait=2 * MINUTE)]
    post.ship()
    assert post.deliver("2026-03-06 17:59") == set()
    assert post.deliver("2026-03-07 12:00") == {"customer", "packer"}
    assert post.deliver("2026-03-09 09:00") == {"desk"}


def test_the_warnings_of_a_whole_holiday_are_one_digest(plain: Engine, clock: Clock) -> None:
    clock.now = at("2026-02-14 20:00")
    post = Post(plain, clock, f'{OUTSIDE}, digest: {{what: warn, at: ["09:00", "16:30"]}}')
    for number in range(3):
        post.engine.start("parcels", {"buyer": f"{number}", "phone": "138"}, by=DESK).or_raise()
        clock.now += 24 * 60 * MINUTE
        post.engine.tick()
        post.engine.deliver()
    for day in ("18 12:00", "20 12:00", "24 08:59"):
        assert post.deliver(f"2026-02-{day}") <= {"packer"}
    assert post.deliver("2026-02-24 09:00") == {"desk"}
    digest = post.kept.taken[-1]
    assert (digest.about, [number for number in ("P001", "P002", "P003") if number not in digest.text]) == (
        "digest",
        [],
    )


def test_beyond_what_is_announced_the_week_counts_until_more_is_known(plain: Engine, clock: Clock) -> None:
    """That Saturday the 14th of February is worked is told in the autumn before."""
    clock.now = at("2026-02-13 20:00")
    post = Post(plain, clock, "quiet: {outside: {desk: office}}")
    with a_release_of(2025):
        post.ship()
        assert "desk" not in post.deliver("2026-02-13 20:00")
        assert post.engine.deliver().next_at == at("2026-02-24 09:00")
    post.engine = desk_with(plain, clock, {"kept": post.kept}, KNOWN)  # another release, with all of 2026
    post.ship("Y")
    assert "desk" in post.deliver("2026-02-14 09:00"), "what is told now"
    assert post.deliver("2026-02-24 09:00") == {"desk"}, "what waits already does not come earlier by itself"


@pytest.mark.parametrize(
    ("reckoned", "sent"),
    [("2026-02-13 21:00", "2026-02-14 09:00"), ("2026-02-14 10:00", "2026-02-14 10:00")],
    ids=["before it", "on it"],
)
def test_a_make_up_workday_that_is_announced_ends_the_waiting_once_due_times_are_reckoned(
    plain: Engine, clock: Clock, reckoned: str, sent: str
) -> None:
    clock.now = at("2026-02-13 20:00")
    post = Post(plain, clock, "quiet: {outside: {desk: office}}")
    with a_release_of(2025):
        post.ship()
        assert "desk" not in post.deliver("2026-02-13 20:00")
    post.engine = desk_with(plain, clock, {"kept": post.kept}, KNOWN)
    clock.now = at(reckoned)
    post.engine.reckon(dry_run=True)
    assert post.deliver(reckoned) == set()
    post.engine.reckon()
    if sent != reckoned:
        assert post.deliver(reckoned) == set(), "nobody works yet"
        assert post.engine.deliver().next_at == at(sent)
    assert post.deliver(sent) == {"desk"}
    post.engine.reckon()
    assert post.deliver("2026-02-24 09:00") == set(), "it was sent once"


def test_whether_somebody_works_is_asked_again_when_it_is_sent(plain: Engine, clock: Clock) -> None:
    clock.now = at("2026-02-13 20:00")
    post = Post(plain, clock, "quiet: {outside: {desk: office}}")
    post.ship()
    assert "desk" not in post.deliver("2026-02-13 20:00")
    assert post.engine.deliver().next_at == at("2026-02-14 09:00")
    with a_release_of(2025):  # that Saturday is none of work after all
        post.engine = desk_with(plain, clock, {"kept": post.kept}, KNOWN)
        assert post.deliver("2026-02-14 09:00") == set()
        assert post.deliver("2026-02-24 09:00") == {"desk"}
