"""`flowengine exceptions`: playbooks and what was learned, as text in both languages and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.test_exceptions import SHOP

CASE = "E202602-0001"
ACTS = (
    ("done", "answer"),
    ("write", "customer_told=we look", "next_news=2026-02-13 09:00"),
    ("write", "solution=found"),
    ("done", "claim"),
    ("write", "root_cause=two labels", "plan_change=one label"),
)


@pytest.fixture
def reviewed(call: Any, clock: Any, folder: Path) -> Path:
    """A case of a lost parcel that has been reviewed."""
    (folder / "parcel.yaml").write_text(SHOP, "utf-8")
    for words in (
        ("deploy", "parcel.yaml"),
        ("start", "parcel", "--as", "dora:desk"),
        ("do", "000001", "raise", "lost", "--reason", "no trace", "--as", "dora:desk"),
        ("tick",),
        *(("do", CASE, *act, "--as", "hal:head") for act in ACTS),
    ):
        done = call(*words)
        assert done.exit_code == 0, done.output
    return folder


EN = """lost (lost), reviewed: 1
  - How it was resolved
  - claim
  Root cause
    two labels (E202602-0001 about 000001, 2026-02-12 12:00)
  What the plan should change
    one label (E202602-0001 about 000001, 2026-02-12 12:00)
delay (delay), reviewed: 0
  - How it was resolved
"""


def test_playbooks_and_what_was_learned(call: Any, reviewed: Path) -> None:
    assert call("exceptions", "parcel").stdout == EN
    zh = call("exceptions", "parcel", "--category", "lost", "--lang", "zh").stdout
    assert zh.startswith("lost（lost），已复盘 1 件\n  - 如何解决\n")
    (told,) = json.loads(call("exceptions", "parcel", "--category", "lost", "--format", "json").stdout)
    assert [each["need"] for each in told["plan"]] == ["solution", "claim"]
    assert told["review"][0]["learned"] == [
        {"text": "two labels", "count": 1, "case": CASE, "about": "000001", "at": "2026-02-12T12:00:00.000Z"}
    ]


def test_what_is_not_there_is_said(call: Any, reviewed: Path) -> None:
    found = call("exceptions", "parcel", "--category", "lots")
    assert found.exit_code != 0
    assert "there are: lost, delay" in found.stderr
    assert "没有“lots”这种异常" in call("exceptions", "parcel", "--category", "lots", "--lang", "zh").stderr


BURNT = ("--reason", "the van has burnt", "--as", "dora:desk")


@pytest.fixture
def shared(call: Any, clock: Any, folder: Path) -> Any:
    """A case of two orders, of which a message has been left."""
    (folder / "parcel.yaml").write_text(SHOP, "utf-8")
    for words in (
        ("deploy", "parcel.yaml"),
        *[("start", "parcel", "--as", "dora:desk")] * 2,
        ("do", "000001", "raise", "lost", *BURNT),
        ("tick",),
        ("do", "000002", "raise", "lost", "--joins", CASE, *BURNT),
        ("tick",),
    ):
        done = call(*words)
        assert done.exit_code == 0, done.output
    return call


WHERE_CASES_STAND = {
    "orders": (["list"], []),
    "queue": (["list", "--work"], ["--as", "hal:head"]),
    "messages": (["list", "--messages"], ["--as", "hal:head"]),
    "order": (["show", CASE], ["--as", "hal:head"]),
    "explanation": (["explain", CASE], ["--as", "hal:head"]),
}


@pytest.mark.parametrize(("words", "by"), WHERE_CASES_STAND.values(), ids=WHERE_CASES_STAND.keys())
def test_a_case_says_which_orders_it_is_about(shared: Any, words: list[str], by: list[str]) -> None:
    assert f"{CASE} (000001, 000002)" in shared(*words, *by).stdout
    assert f"{CASE}（000001、000002）" in shared(*words, *by, "--lang", "zh").stdout
    if words[0] == "list":
        items = json.loads(shared(*words, *by, "--format", "json").stdout)["items"]
        assert ["000001", "000002"] in [each["concerns"] for each in items if each["number"] == CASE]
        assert all(each["concerns"] == [] for each in items if each["number"] != CASE)


def test_of_many_orders_the_first_are_named(shared: Any) -> None:
    for number in ("000003", "000004"):
        shared("start", "parcel", "--as", "dora:desk")
        shared("do", number, "raise", "lost", "--joins", CASE, *BURNT)
    shared("tick")
    assert f"{CASE} (000001, 000002, 000003, …)" in shared("list").stdout


def test_a_case_is_joined_by_its_number_and_both_sides_show_it(shared: Any) -> None:
    assert "of the same cause as E202602-0001" in shared("history", "000002").stdout
    assert CASE in shared("show", "000002").stdout
    case = shared("show", CASE).stdout
    assert "000001" in case
    assert "000002" in case
    assert shared("do", "000002", "raise", "lost", "--joins", "E1", *BURNT).exit_code != 0
    refused = shared("do", "000002", "done", "shipped", "--joins", CASE, "--as", "dora:desk")
    assert (refused.exit_code, "--joins" in refused.stderr) == (2, True)


@pytest.mark.parametrize(("lang", "who"), [("en", "linked orders"), ("zh", "关联订单")])
def test_history_says_in_words_that_another_order_has_told_something(
    shared: Any, lang: str, who: str
) -> None:
    lines = shared("history", CASE, "--lang", lang).stdout.splitlines()
    assert any(f"  {who}  " in line for line in lines)
    assert not any("signal" in line for line in lines)
