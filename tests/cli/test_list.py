"""`flowengine list`: orders, work and messages, narrowed and page by page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flowengine import connect
from flowengine.cli.telling.cursor import cursor_text, cursor_value
from flowengine.cli.trouble import Trouble


@pytest.fixture
def desk(office: Any, clock: Any) -> Any:
    """Five orders: the third waits for its inspection, the fifth came an hour later."""
    for number in range(1, 6):
        clock.wait(1 if number == 5 else 0)
        office("start", "order", f"customer=客户{number}", f"amount={number * 4000}")
    for words in (["done", "customer_known"], ["attach", "payment_voucher", "x"]):
        office("do", "202602-003", *words)
    return office


def numbers(call: Any, *words: str) -> list[int]:
    return [
        int(row["number"][-1]) for row in json.loads(call("list", *words, "--format", "json").stdout)["items"]
    ]


NARROWED = {
    "all": ([], [1, 2, 3, 4, 5]),
    "open": (["--open"], [1, 2, 3, 4, 5]),
    "closed": (["--closed"], []),
    "a stage": (["--stage", "inspection"], [3]),
    "an end": (["--stage", "closed"], []),
    "a process": (["--process", "order"], [1, 2, 3, 4, 5]),
    "late, the latest first": (["--late"], [1, 2, 4]),
    "late in a stage": (["--late", "--stage", "inspection"], []),
}


@pytest.mark.parametrize(("words", "wanted"), NARROWED.values(), ids=NARROWED.keys())
def test_orders_are_narrowed(desk: Any, clock: Any, words: list[str], wanted: list[int]) -> None:
    clock.wait(3.5)
    assert numbers(desk, *words) == wanted


def test_the_table_has_its_columns_under_each_other(desk: Any, clock: Any) -> None:
    clock.wait(3.5)
    assert desk("list", "--limit", "3").stdout == (
        "Number      Stage       Owner       Since             Due               Late by\n"
        "202602-001  Review      Order desk  2026-02-12 12:00  2026-02-12 16:00  30m\n"
        "202602-002  Review      Order desk  2026-02-12 12:00  2026-02-12 16:00  30m\n"
        "202602-003  Inspection  Inspector   2026-02-12 13:00  2026-02-13 13:00  –\n"
        "next page: --after 3\n"
    )


@pytest.mark.parametrize(
    "words", [[], ["--late"], ["--work"], ["--messages"]], ids=["orders", "late", "work", "messages"]
)
def test_pages_follow_each_other_without_gap_or_overlap(desk: Any, clock: Any, words: list[str]) -> None:
    clock.wait(48)
    desk("tick")
    whole = json.loads(desk("list", *words, "--format", "json").stdout)
    assert (whole["after"], len(whole["items"]) >= 4) == (None, True)
    paged, after = [], None
    while True:
        page = json.loads(
            desk(
                "list", *words, "--limit", "2", *(["--after", after] if after else []), "--format", "json"
            ).stdout
        )
        paged += page["items"]
        after = page["after"]
        if after is None:
            break
    assert paged == whole["items"]


def test_the_cursor_of_a_page_can_be_copied_from_it(desk: Any) -> None:
    shown = desk("list", "--work", "--limit", "2").stdout.splitlines()[-1]
    words = shown.removeprefix("next page: ").split()
    assert words[0] == "--after"
    assert desk("list", "--work", *words).exit_code == 0


def test_work_is_what_waits_for_my_roles(desk: Any, call: Any) -> None:
    mine = call("list", "--work", "--as", "ben:inspector").stdout.splitlines()
    assert [line.split()[0] for line in mine[1:]] == ["202602-003"]
    assert "The goods are as ordered" in mine[1]
    assert call("list", "--work", "--as", "eve:warehouse").stdout == "nothing waits\n"
    assert len(json.loads(call("list", "--work", "--format", "json").stdout)["items"]) == 9


def test_what_somebody_has_claimed_is_theirs_until_it_is_given_back(desk: Any, call: Any) -> None:
    ben, eve = ("--as", "ben:inspector"), ("--as", "eve:inspector")
    assert call("list", "--mine", *ben).stdout == "nothing is with you\n"
    assert call("do", "202602-003", "claim", "goods_checked", *ben).exit_code == 0
    assert "goods_checked" in call("list", "--mine", *ben).stdout
    assert "The goods are as ordered" in call("list", "--work", *ben).stdout
    assert call("list", "--work", *eve).stdout == "nothing waits\n"
    refused = call("do", "202602-003", "done", "goods_checked", *eve)
    assert refused.exit_code == 1
    assert "ben has The goods are as ordered" in refused.stderr + refused.stdout
    assert "with ben" in call("explain", "202602-003").stdout
    moved = call(
        "do",
        "202602-003",
        "reassign",
        "goods_checked",
        "eve",
        "--reason",
        "ben is ill",
        "--as",
        "ann:order_desk",
    )
    assert moved.exit_code == 0
    assert (
        "passes The goods are as ordered to eve, because: ben is ill" in call("history", "202602-003").stdout
    )
    assert "passed to you" in call("list", "--messages", *eve).stdout
    assert call("do", "202602-003", "give_back", "goods_checked", *eve).exit_code == 0
    assert call("list", "--mine", *eve).stdout == "nothing is with you\n"


def test_messages_are_what_my_roles_were_told(desk: Any, call: Any) -> None:
    assert desk("list", "--messages").stdout == "no messages\n"
    desk("do", "202602-003", "outcome", "failed", "--reason", "划伤", "--as", "ben:inspector")
    told = desk("list", "--messages", "--lang", "zh").stdout.splitlines()
    assert told[0].split() == ["时间", "编号", "通知", "阶段", "事由"]
    assert told[1].endswith("Inspection failed（原因：划伤）")
    (message,) = json.loads(desk("list", "--messages", "--format", "json").stdout)["items"]
    assert (message["number"], message["role"], message["about"], message["reason"]) == (
        "202602-003",
        "order_desk",
        "inspection.failed",
        "划伤",
    )
    assert call("list", "--messages", "--as", "eve:warehouse").stdout == "no messages\n"


def test_no_orders_are_said_to_be_none(office: Any) -> None:
    assert office("list").stdout == "no orders\n"
    assert office("list", "--lang", "zh").stdout == "没有订单\n"


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (None, (int,)),
        (7, (int,)),
        ((1_770_897_600_000, 3), (int, int)),
        ((3, "ok", "desk"), (int, str, str)),
        ((3, "ok", "@Li, Wei"), (int, str, str)),
    ],
)
def test_a_cursor_survives_being_copied(after: Any, kinds: tuple[type, ...]) -> None:
    assert cursor_value(cursor_text(after), kinds) == after


@pytest.mark.parametrize("word", ["", "x", "-1", "1,2", "²", "1 ", "9" * 19, "9" * 5000, "1\n"])
def test_any_other_word_is_no_cursor(word: str) -> None:
    with pytest.raises(Trouble):
        cursor_value(word, (int,))


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "no process is deployed in bare.db; begin with"), ("zh", "还没有部署")]
)
def test_an_empty_list_says_where_nothing_is_deployed(call: Any, lang: str, said: str) -> None:
    connect("bare.db").close()
    result = call("list", "--db", "bare.db", "--as", "ann:desk", "--lang", lang)
    assert result.exit_code == 0
    assert said in result.stderr
    assert "desk" not in result.stderr
