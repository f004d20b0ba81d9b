"""Why something is due: what the ledger of each kind of clock tells, and of what moved it."""

from __future__ import annotations

import pytest

from flowengine.errors import NoClock
from flowengine.kernel.commands import Choose, Done, Hold, Reckon, Release, Write
from flowengine.kernel.ledger import Ledger
from flowengine.kernel.ledger_lines import Cause, Line
from tests.kernel.desk import HOUR, at, plan_of
from tests.kernel.ledgers import FITFUL, FRIDAY, OFFICE, Books


def did(ledger: Ledger) -> list[str]:
    """What the clock did, line by line."""
    return [line.did for line in ledger.lines]


def the(ledger: Ledger, word: str) -> Line:
    """The line that says so; there must be one."""
    lines = [line for line in ledger.lines if line.did == word]
    assert len(lines) == 1, did(ledger)
    return lines[0]


def test_eight_working_hours_from_friday_end_on_the_make_up_saturday() -> None:
    ledger = Books().ledger()
    assert did(ledger) == ["started", "runs", "due"]
    assert ledger.lines[-1].at == at("2026-02-14 16:30")
    assert [
        (str(day.day), day.counted.amount / HOUR, day.reason.why) for day in the(ledger, "runs").days
    ] == [
        ("2026-02-13", 2, "weekday"),
        ("2026-02-14", 6, "make_up"),
    ]


def test_several_holds_are_one_stand_until_the_last_is_lifted() -> None:
    books = Books()
    books.do(Hold("cold_chain"), "2026-02-14 10:00", reason="warm")
    books.do(Hold("stock_out"), "2026-02-24 09:00", reason="none left")
    books.do(Release("cold_chain"), "2026-02-24 10:00")
    books.do(Release("stock_out"), "2026-02-24 11:00")
    stood = the(books.ledger(), "stood")
    assert (stood.at, stood.until) == (at("2026-02-14 10:00"), at("2026-02-24 11:00"))
    assert stood.causes == (
        Cause("hold", "cold_chain", by="dora", reason="warm"),
        Cause("hold", "stock_out", by="dora", reason="none left"),
    )
    assert (stood.was, stood.due) == (at("2026-02-14 16:30"), books.order and books.order.due_at)


def test_the_condition_of_a_pause_is_named_with_what_made_it_true() -> None:
    books = Books()
    books.do(Write({"stopped": True}), "2026-02-14 10:00", reason="strike")
    assert the(books.ledger(), "stood").causes == (
        Cause("pause", "stopped"),
        Cause("field", "stopped", False, True, "dora", "strike"),
    )


def test_what_changed_while_it_stood_still_is_told_when_it_goes_on() -> None:
    books = Books()
    books.do(Hold("cold_chain"), "2026-02-14 10:00")
    books.do(Write({"rush": True}), "2026-02-14 11:00")
    books.do(Release("cold_chain"), "2026-02-14 11:30")
    ledger = books.ledger()
    assert did(ledger) == ["started", "ran", "stood", "moved", "due"]
    moved = the(ledger, "moved")
    assert [(cause.name, cause.old, cause.new) for cause in moved.causes] == [("rush", False, True)]
    assert moved.row is ledger.row
    assert str(ledger.whole) == "2wh"


def test_a_calendar_that_changed_is_named_where_it_moved_something() -> None:
    books = Books()
    books.plan = plan_of(OFFICE.replace("holidays: CN,", "holidays: CN, days: {2026-02-14: closed},"))
    books.do(Reckon(), "2026-02-13 17:00", reason="a new notice")
    moved = the(books.ledger(), "moved")
    assert moved.causes == (Cause("calendar", "office", by="dora", reason="a new notice"),)
    assert (moved.was, moved.due) == (at("2026-02-14 16:30"), at("2026-02-24 16:30"))


def test_what_was_late_before_it_stood_still_keeps_its_due_time_when_reckoned_again() -> None:
    books = Books()
    books.do(Hold("cold_chain"), "2026-02-24 11:00")
    books.do(Release("cold_chain"), "2026-02-25 11:00")
    books.do(Reckon(), "2026-02-25 12:00")
    ledger = books.ledger()
    assert (ledger.due, ledger.late) == (at("2026-02-14 16:30"), True)
    assert "moved" not in did(ledger)


def test_a_period_that_the_calendar_moved_is_told_like_any_other_time() -> None:
    books = Books(now=at("2026-02-13 17:30"))
    books.plan = plan_of(OFFICE.replace("holidays: CN,", "holidays: CN, days: {2026-02-14: closed},"))
    books.do(Reckon(), "2026-02-13 18:00", reason="a new notice")
    moved = the(books.ledger("daily"), "moved")
    assert moved.causes == (Cause("calendar", "office", by="dora", reason="a new notice"),)
    assert (moved.was, moved.due) == (at("2026-02-14 17:00"), at("2026-02-24 17:00"))


def test_a_clock_has_no_ledger_before_it_has_a_length() -> None:
    books = Books()
    books.do(Hold("cold_chain"), "2026-02-14 10:00")
    with pytest.raises(NoClock):
        books.ledger("answer")
    books.do(Release("cold_chain"), "2026-02-14 11:00")
    books.do(Write({"patience": "3h"}), "2026-02-14 12:00")
    ledger = books.ledger("answer")
    assert (did(ledger), ledger.due) == (["started", "runs", "due"], at("2026-02-14 15:00"))


def test_a_silence_broken_unseen_on_hold_has_used_nothing() -> None:
    books = Books(FITFUL, now=at("2026-02-14 09:00"), rush=True)
    books.do(Write({"rush": False}), "2026-02-14 09:30")
    books.do(Hold("halt"), "2026-02-14 10:00")
    books.do(Write({"promised": "2026-02-27"}), "2026-02-14 11:00")
    books.do(Write({"rush": True}), "2026-02-14 15:00")
    ledger = books.ledger("quiet")
    assert did(ledger)[-4:] == ["restarted", "stood", "on", "due"]
    assert (str(ledger.used), str(ledger.left), ledger.due) == ("0m", "1d", None)


def test_hours_counted_by_another_calendar_than_todays_say_so() -> None:
    books = Books()
    books.do(Hold("cold_chain"), "2026-02-14 10:00")
    books.plan = plan_of(OFFICE.replace("holidays: CN,", "holidays: CN, days: {2026-02-14: closed},"))
    ran = the(books.ledger(), "ran")
    assert ran.recounted
    assert ran.days == ()
    assert str(ran.counted) == "3wh"


def test_a_mark_tells_when_it_came_and_when_somebody_looked() -> None:
    books = Books()
    books.pass_time("2026-02-24 12:00")
    ledger = books.ledger()
    assert did(ledger) == ["started", "ran", "warned", "late", "later", "due"]
    looked = at("2026-02-24 12:00")
    assert [(line.mark, line.at, line.noticed_at) for line in ledger.lines[2:5]] == [
        ("50%", at("2026-02-14 11:00"), looked),
        ("late", at("2026-02-14 16:30"), looked),
        ("+1h", at("2026-02-14 17:30"), looked),
    ]
    assert (str(ledger.used), str(ledger.left), str(ledger.beyond)) == ("12.5wh", "0wh", "4.5wh")


def test_the_clock_of_a_hold_is_its_own_and_each_placing_a_course() -> None:
    books = Books()
    for hour in ("10", "11"):
        books.do(Hold("stock_out"), f"2026-02-14 {hour}:00")
        books.do(Release("stock_out"), f"2026-02-14 {hour}:30")
    ledger = books.ledger("stock_out", visit=1)
    assert (ledger.kind, ledger.state, ledger.visits) == ("hold", "ended", (1, 2))
    assert the(ledger, "ended").causes[0].name == "released"
    assert str(ledger.used) == "30m"


def test_a_clock_that_is_not_due_for_a_while_goes_on_unseen() -> None:
    """Used: 1h on Friday until the hold at 17:00, 30m after it, 1h on Saturday until the rush is over at
    10:00, 1h unseen until it is back at 11:00. Of 6wh 2.5wh are left: 1h before noon, the rest until 15:00.
    """
    books = Books(rush=True)
    books.do(Hold("cold_chain"), "2026-02-13 17:00")
    books.do(Release("cold_chain"), "2026-02-13 17:30")
    books.do(Write({"rush": False}), "2026-02-14 10:00")
    books.do(Write({"rush": True}), "2026-02-14 11:00")
    ledger = books.ledger("pressed")
    assert did(ledger) == ["started", "ran", "stood", "ran", "off", "ran", "on", "runs", "due"]
    assert [str(line.counted) for line in ledger.lines if line.did == "ran"] == ["1wh", "1.5wh", "1wh"]
    assert (str(ledger.used), str(ledger.left)) == ("3.5wh", "2.5wh")
    assert ledger.due == the(ledger, "on").due == at("2026-02-14 15:00")
    for word, old, new in (("off", True, False), ("on", False, True)):
        assert the(ledger, word).causes == (Cause("field", "rush", old, new, by="dora"),)


def test_a_hold_stops_a_clock_that_is_not_due_as_well() -> None:
    """Held from 10:00 to 11:00, when it has been off for half an hour; from 11:30 it is due again."""
    books = Books(rush=True, now=at("2026-02-14 09:00"))
    books.do(Write({"rush": False}), "2026-02-14 09:30")
    books.do(Hold("cold_chain"), "2026-02-14 10:00", reason="warm")
    assert (books.ledger("pressed").state, books.ledger("pressed").due) == ("off", None)
    books.do(Release("cold_chain"), "2026-02-14 11:00")
    books.do(Write({"rush": True}), "2026-02-14 11:30")
    ledger = books.ledger("pressed")
    assert did(ledger) == ["started", "ran", "off", "ran", "stood", "ran", "on", "runs", "due"]
    assert the(ledger, "stood").causes == (Cause("hold", "cold_chain", by="dora", reason="warm"),)
    assert (the(ledger, "stood").at, the(ledger, "stood").until) == (
        at("2026-02-14 10:00"),
        at("2026-02-14 11:00"),
    )
    assert (str(ledger.used), ledger.due) == ("1.5wh", at("2026-02-14 17:30"))


def test_a_clock_held_before_its_length_is_known_stands_still_and_has_no_due_time() -> None:
    books = Books(FITFUL, now=at("2026-02-14 09:00"), rush=True)
    books.do(Hold("halt"), "2026-02-14 10:00")
    ledger = books.ledger("one")
    assert (did(ledger), ledger.state, ledger.whole) == (["started", "stood"], "off", None)
    assert ledger.row is books.plan.stages["one"].due[0]
    books.do(Write({"patience": "3h"}), "2026-02-14 11:00")
    books.do(Release("halt"), "2026-02-14 11:30")
    ledger = books.ledger("one")
    assert did(ledger) == ["started", "ran", "stood", "on", "runs", "due"]
    assert (str(ledger.used), ledger.due) == ("1h", at("2026-02-14 13:30"))


def test_what_is_moved_and_held_at_one_instant_is_counted_once() -> None:
    books = Books(patience="36h")
    books.do(Write({"patience": "48h"}), "2026-02-13 17:00")
    books.do(Hold("cold_chain"), "2026-02-13 17:00")
    books.do(Release("cold_chain"), "2026-02-13 18:00")
    books.do(Hold("cold_chain"), "2026-02-13 20:00")
    ledger = books.ledger("answer")
    assert [str(line.sum) for line in ledger.lines if line.did == "ran"] == ["1h", "3h"]


def test_a_clock_that_is_met_says_by_whom_and_stands_still_for_ever() -> None:
    books = Books(patience="36h")
    books.do(Write({"answered": "yes"}), "2026-02-14 10:00")
    books.pass_time("2026-02-24 12:00")
    ledger = books.ledger("answer")
    assert (ledger.state, ledger.due, str(ledger.used)) == ("met", None, "18h")
    assert the(ledger, "met").causes == (Cause("somebody", by="dora"),)


def test_a_length_in_a_field_that_changes_moves_the_clock() -> None:
    books = Books(patience="36h")
    books.do(Write({"patience": "48h"}), "2026-02-13 17:00")
    moved = the(books.ledger("answer"), "moved")
    assert (moved.was, moved.due) == (FRIDAY + 36 * HOUR, FRIDAY + 48 * HOUR)
    assert [(cause.old, cause.new) for cause in moved.causes] == [(36 * HOUR, 48 * HOUR)]


def test_periods_are_kept_missed_and_excused() -> None:
    books = Books()
    books.do(Write({"progress": "begun"}), "2026-02-13 16:30")
    books.do(Hold("cold_chain"), "2026-02-24 18:00")
    books.do(Release("cold_chain"), "2026-02-27 12:00")
    ledger = books.ledger("daily")
    assert [(line.did, line.times) for line in ledger.lines if line.did in ("kept", "missed", "excused")] == [
        ("kept", 1),
        ("missed", 1),
        ("missed", 1),
        ("excused", 2),
    ]
    assert ledger.due == at("2026-02-27 17:00")


def test_visits_of_a_stage_are_told_apart() -> None:
    books = Books()
    books.do(Choose("again"), "2026-02-14 10:00")
    assert (books.ledger().visit, books.ledger().visits) == (2, (1, 2))
    first = books.ledger("review", visit=1)
    assert (first.state, str(first.used), str(first.left)) == ("ended", "3wh", "5wh")
    with pytest.raises(NoClock) as caught:
        books.ledger("review", visit=3)
    assert caught.value.visits == (1, 2)


def test_a_clock_that_never_ran_is_none() -> None:
    books = Books()
    with pytest.raises(NoClock) as caught:
        books.ledger("answer")
    assert caught.value.known == ("review", "daily", "quiet")
    books.do(Done("checked"))
    with pytest.raises(NoClock):
        books.ledger()
