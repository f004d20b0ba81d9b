"""Orders that could not be decided when their time came: seen everywhere with the reason, and released."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

PARKED = "202602-001"
WHY = "a condition met a\nmissing value"
SAID = {
    "en": "Parked: when its moment came it could not be decided (a condition met a missing value); "
    "failed attempts: 3, next: 2026-02-12 17:30; `flowengine release 202602-001` tries at the next tick\n",
    "zh": "已搁置：到期时无法判断（a condition met a missing value）；已失败 3 次，下次 2026-02-12 17:30；"
    "用 `flowengine release 202602-001` 可提前重试\n",
}


@pytest.fixture
def desk(office: Any, clock: Any) -> Any:
    """Two orders that became due an hour ago; one of them could not be decided, three times."""
    for customer in ("Northwind", "Acme"):
        office("start", "order", f"customer={customer}", "amount=1")
    clock.wait(5)
    office("tick")
    with closing(sqlite3.connect("flowengine.db")) as store, store:
        again = clock.now + 30 * 60_000
        store.execute(
            "UPDATE fe_orders SET failures = 3, failure = ?, wake_at = ? WHERE id = 1", (WHY, again)
        )
    return office


def rows(call: Any, *words: str) -> Any:
    return json.loads(call(*words, "--format", "json").stdout)


def test_parked_orders_are_listed_with_the_reason(desk: Any) -> None:
    assert desk("list", "--parked").stdout == (
        "Number      Stage   Owner       Failed  Next              Why\n"
        "202602-001  Review  Order desk  3       2026-02-12 17:30  a condition met a missing value\n"
    )
    assert desk("list", "--parked", "--lang", "zh").stdout.splitlines()[0].split() == [
        "编号", "阶段", "负责", "失败次数", "下次", "原因",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--parked"], [PARKED]),
        (["--parked", "--late"], [PARKED]),
        (["--parked", "--process", "order", "--stage", "review"], [PARKED]),
        (["--parked", "--stage", "shipping"], []),
        (["--parked", "--as", "x:stranger"], []),
        (["--late"], [PARKED, "202602-002"]),
    ],
)
def test_they_are_narrowed_like_others(desk: Any, words: list[str], wanted: list[str]) -> None:
    assert [row["number"] for row in rows(desk, "list", *words)["items"]] == wanted


def test_no_parked_orders_are_said_to_be_none(office: Any) -> None:
    assert office("list", "--parked").stdout == "no parked orders\n"
    assert office("list", "--parked", "--lang", "zh").stdout == "没有搁置的订单\n"


@pytest.mark.parametrize(("lang", "mark"), [("en", "Review (parked)  "), ("zh", "Review（搁置）  ")])
def test_a_list_of_all_orders_marks_them(desk: Any, lang: str, mark: str) -> None:
    _, first, second = desk("list", "--lang", lang).stdout.splitlines()
    assert mark in first
    assert mark not in second


@pytest.mark.parametrize(("lang", "said"), SAID.items(), ids=SAID.keys())
@pytest.mark.parametrize("verb", ["show", "explain"])
def test_an_order_says_that_it_is_parked_and_why(desk: Any, verb: str, lang: str, said: str) -> None:
    assert said in desk(verb, PARKED, "--lang", lang).stdout
    assert "release" not in desk(verb, "202602-002", "--lang", lang).stdout


@pytest.mark.parametrize("verb", ["show", "explain"])
def test_programs_are_told_too(desk: Any, verb: str) -> None:
    parked = {"why": WHY, "times": 3, "next": "2026-02-12T17:30:00.000Z"}
    assert rows(desk, verb, PARKED)["parked"] == parked
    assert rows(desk, verb, "202602-002")["parked"] is None


def test_a_released_order_is_not_parked_any_more(desk: Any) -> None:
    assert desk("release", PARKED).stdout == (
        "202602-001: released, it is decided at the next tick; it was parked because: "
        "a condition met a missing value (failed attempts: 3)\n"
    )
    assert desk("list", "--parked").stdout == "no parked orders\n"
    assert desk("verify").exit_code == 0


def test_a_released_order_is_decided_at_the_next_tick(office: Any, clock: Any) -> None:
    office("start", "order", "customer=Northwind", "amount=1")
    with closing(sqlite3.connect("flowengine.db")) as store, store:
        store.execute("UPDATE fe_orders SET failures = 9, failure = 'x', wake_at = ?", (clock.now * 2,))
    clock.wait(5)
    assert rows(office, "tick")["late"] == 0
    assert rows(office, "release", PARKED)["released"] is True
    assert rows(office, "tick")["late"] == 1


def test_releasing_twice_changes_nothing(desk: Any) -> None:
    desk("release", PARKED)
    again = desk("release", PARKED, "--lang", "zh")
    assert (again.exit_code, again.stdout) == (0, "202602-001 没有搁置，未作任何更改\n")
    assert rows(desk, "release", PARKED) == {"id": 1, "number": PARKED, "released": False, "parked": None}


def test_only_whom_it_concerns_may_release_it(desk: Any, call: Any) -> None:
    assert call("release", PARKED, "--as", "x:stranger").exit_code == 1
    assert rows(desk, "show", PARKED)["parked"]["times"] == 3
    assert call("release", PARKED).exit_code == 0, "the host may, without --as"


def test_an_order_that_cannot_be_read_hides_no_others(office: Any, clock: Any) -> None:
    for customer in ("Northwind", "Acme"):
        office("start", "order", f"customer={customer}", "amount=1")
    with closing(sqlite3.connect("flowengine.db")) as store, store:
        store.execute("UPDATE fe_orders SET state = '{' WHERE id = 1")
    clock.wait(5)
    ticked = office("tick")
    assert (ticked.exit_code, "became late: 1; failed: 1" in ticked.stdout) == (1, True)
    assert ticked.stdout.endswith("`flowengine list --parked` says why\n")
    assert len(rows(office, "list")["items"]) == 2
    assert rows(office, "list", "--parked")["items"][0]["number"] == PARKED
    for verb in ("show", "explain", "release"):
        done = office(verb, PARKED)
        assert (done.exit_code, "Run `flowengine verify`" in done.stderr) == (1, True)
