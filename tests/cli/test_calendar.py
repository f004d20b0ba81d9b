"""`flowengine calendar show`: a month of a calendar, day by day, with what makes each day what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

PROCESS = """\
flowengine: 1
process: order
version: "1"
owner: desk
calendar: office
calendars:
  office:
    zone: Asia/Shanghai
    holidays: CN
    week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}
    days: {2026-02-13: "09:00-12:00"}
  nights: {zone: Europe/Berlin, week: {mon-fri: "22:00-06:00"}, days: {2026-03-30..2026-03-31: closed}}
roles: {desk: {}}
stages: {review: {owner: desk, needs: {seen: check}, next: closed}}
"""


@pytest.fixture
def file(folder: Path) -> str:
    (folder / "order.yaml").write_text(PROCESS, "utf-8")
    return "order.yaml"


def days(text: str) -> dict[str, str]:
    """The lines of the days, by date, their columns one space apart."""
    lines = (line.split() for line in text.splitlines() if line.startswith("  20"))
    return {day: " ".join(rest) for day, *rest in lines}


def test_a_month_shows_each_day_its_hours_and_why(call: Any, file: str) -> None:
    done = call("calendar", "show", file, "--month", "2026-02")
    assert done.exit_code == 0
    shown = days(done.stdout)
    assert len(shown) == 28
    assert shown["2026-02-12"] == "Thursday 09:00-12:00 13:30-18:00"
    assert shown["2026-02-13"] == "Friday 09:00-12:00 as `days` says"
    assert shown["2026-02-14"] == (
        "Saturday 09:00-12:00 13:30-18:00 make-up workday, with the hours of a Friday (for 2026-02-20)"
    )
    assert shown["2026-02-17"] == "Tuesday closed Chinese New Year (Spring Festival)"
    assert shown["2026-02-20"] == "Friday closed Day off, made up for on 2026-02-14"
    assert "\n115.5 working hours on 16 workdays\npublic holidays of CN are known until " in done.stdout


def test_it_speaks_chinese(call: Any, file: str) -> None:
    shown = days(call("calendar", "show", file, "--month", "2026-02", "--lang", "zh").stdout)
    assert shown["2026-02-14"] == "星期六 09:00-12:00 13:30-18:00 调休上班，按星期五的时间（补 2026-02-20）"
    assert shown["2026-02-16"] == "星期一 不上班 农历除夕"
    assert shown["2026-02-20"] == "星期五 不上班 调休（2026-02-14 补班）"


def test_what_has_not_been_announced_says_so(call: Any, file: str) -> None:
    shown = days(call("calendar", "show", file, "--month", "2099-10").stdout)
    assert shown["2099-10-01"] == "Thursday closed National Day (not announced yet)"
    assert shown["2099-10-30"].endswith("18:00 (not announced yet)")


def test_another_calendar_counts_the_hours_that_the_clocks_leave(call: Any, file: str) -> None:
    words = ("calendar", "show", file, "--month", "2026-03", "--calendar", "nights", "--format", "json")
    told = json.loads(call(*words).stdout)
    assert (told["calendar"], told["zone"], told["holidays"], told["certain_until"]) == (
        "nights", "Europe/Berlin", None, None,
    )  # fmt: skip
    assert told["workdays"] == 20
    assert told["working_hours"] == 160
    assert told["days"][29] == {
        "day": "2026-03-30",
        "weekday": "mon",
        "hours": [],
        "why": "override",
        "holiday": None,
        "stands_for": None,
        "certain": True,
    }


def test_of_a_process_that_is_deployed_it_shows_this_month(call: Any, file: str) -> None:
    call("deploy", file)
    told = json.loads(call("calendar", "show", "order", "--format", "json").stdout)
    assert told["calendar"] == "office"
    assert len(told["days"]) >= 28


def test_a_process_without_a_calendar_says_what_that_means(call: Any) -> None:
    call("init")
    done = call("calendar", "show", "processes/order.yaml")
    assert done.exit_code == 0
    assert done.stdout.startswith("this process names no calendar: every hour of every day counts; write")


MISTAKES = {
    "a slip": ("--calendar ofice", 1, "order.yaml: there is no calendar “ofice”; did you mean “office”?"),
    "nothing like it": ("--calendar x", 1, "order.yaml: there is no calendar “x”; known: office, nights"),
    "no month": ("--month 2026-13", 2, "--month 2026-13: this is no month; write year and month, 2026-02"),
    "a day": ("--month 2026-02-01", 2, "--month 2026-02-01: this is no month"),
    "long ago": ("--month 1026-02", 2, "of the years 2000 to 2100"),
}


@pytest.mark.parametrize(("words", "code", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_sentence(call: Any, file: str, words: str, code: int, said: str) -> None:
    done = call("calendar", "show", file, *words.split())
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr
