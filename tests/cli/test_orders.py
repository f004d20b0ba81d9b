"""An order from the command line: opened, worked on, asked about, let lie until it is late, and ended."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from flowengine.runtime import looking

NUMBER = "202602-001"
BEN = ("--as", "ben:inspector")

CHOOSING = """\
flowengine: 1
process: sorting
version: "1"
title: {en: Sorting, zh: 分拣}
language: zh
owner: desk
zone: Asia/Shanghai
order:
  fields:
    amount: {type: money, title: {en: Amount, zh: 金额}, currency: CNY, default: 0}
    overdue: {type: boolean, default: false}
    promised: date
roles: {desk: {title: {en: Desk, zh: 前台}}, qa: {title: {en: Quality, zh: 质检}}}
stages:
  check:
    title: {en: Check, zh: 检查}
    owner: desk
    due: {by: promised}
    needs:
      solvent: {that: not overdue and amount <= 500, else: {en: Over the limit, zh: 超出额度}}
  sort:
    title: {en: Sort, zh: 分类}
    owner: qa
    outcomes:
      good: {title: {en: Good, zh: 合格}, to: closed, needs: {report: {file: {en: Report, zh: 报告}}}}
      bad: {title: {en: Bad, zh: 不合格}, to: check, reason: required}
"""


@pytest.fixture
def order(office: Any) -> Any:
    """The office with one large order."""
    assert office("start", "order", "customer=Northwind", "amount=12,000").exit_code == 0
    return office


def rows(call: Any, *words: str) -> Any:
    return json.loads(call(*words, "--format", "json").stdout)


def test_opening_an_order_tells_what_happened_and_where_it_stands(office: Any) -> None:
    done = office("start", "order", "customer=Northwind", "amount=12,000")
    assert done.exit_code == 0
    assert f"Order {NUMBER}:" in done.stdout
    assert "Amount: 12,000.00 EUR" in done.stdout
    assert done.stdout.splitlines()[-1] == f"{NUMBER} is now in Review (Order desk), due 2026-02-12 16:00"


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (["--json", "-"], '{"customer": "Northwind", "amount": 12000.10}'),
        (["--json", "-", "amount=12000.10"], '\ufeff{"customer": "Northwind", "amount": 1, "waybill": null}'),
        (["--json", "order.json"], None),
    ],
    ids=["from stdin", "a word wins over the record", "from a file"],
)
def test_values_may_come_as_a_record(office: Any, words: list[str], stdin: str | None) -> None:
    Path("order.json").write_text('{"customer": "Northwind", "amount": 12000.10}')
    assert office("start", "order", *words, stdin=stdin).exit_code == 0
    assert rows(office, "show", NUMBER)["fields"] == {
        "customer": "Northwind",
        "amount": "12000.1",
        "waybill": None,
    }


def test_everything_that_is_wrong_is_said_at_once(office: Any) -> None:
    done = office("start", "order", "amonut=1", "amount=x")
    assert (done.exit_code, done.stdout) == (1, "")
    for said in ("amonut", "“x”", "Customer (customer)", "processes/order.yaml:13"):
        assert said in done.stderr
    refused = office("start", "order", "amount=x", "--format", "json")
    answer = json.loads(refused.stdout)
    assert (refused.exit_code, answer["ok"], answer["verdict"]) == (1, False, "refused")
    assert [(each["code"], each["name"], each["line"]) for each in answer["blockers"]] == [
        ("wrong_value", "amount", 14),
        ("missing_fields", "customer", 13),
    ]


def test_the_same_key_gives_the_first_answer_again(office: Any) -> None:
    first = rows(office, "start", "order", "customer=a", "amount=1", "--key", "k")
    again = rows(office, "start", "order", "customer=a", "amount=1", "--key", "k")
    assert (first["repeated"], again["repeated"], again["number"]) == (False, True, NUMBER)
    told = office("start", "order", "customer=a", "amount=1", "--key", "k")
    assert "this was done before" in told.stdout


def test_evidence_that_is_here_is_hashed(order: Any) -> None:
    Path("folder").mkdir()
    Path("folder/slip.pdf").write_bytes(b"%PDF")
    answer = rows(order, "do", NUMBER, "attach", "payment_voucher", "folder/slip.pdf")
    (acted,) = (event for event in answer["events"] if event["event"] == "acted")
    assert acted["value"] == {
        "reference": "slip.pdf",
        "sha256": hashlib.sha256(b"%PDF").hexdigest(),
        "size": 4,
    }


def test_evidence_elsewhere_is_recorded_as_written_and_that_is_said(order: Any) -> None:
    done = order("do", NUMBER, "attach", "payment_voucher", "dms://4711/slip.pdf", "--format", "json")
    (acted,) = (event for event in json.loads(done.stdout)["events"] if event["event"] == "acted")
    assert acted["value"] == {"reference": "dms://4711/slip.pdf"}
    assert "there is no file dms://4711/slip.pdf here" in done.stderr


def test_a_preview_tells_and_changes_nothing(order: Any) -> None:
    before = rows(order, "show", NUMBER)
    done = order("do", NUMBER, "done", "customer_known", "--preview")
    assert (done.exit_code, "ticked: The customer is known to us" in done.stdout) == (0, True)
    assert "nothing was changed" in done.stdout
    assert rows(order, "do", NUMBER, "done", "customer_known", "--preview")["verdict"] == "ready"
    refused = order("do", NUMBER, "done", "customer_known", "--preview", *BEN)
    assert (refused.exit_code, "Order desk" in refused.stderr) == (1, True)
    assert rows(order, "show", NUMBER) == before


def test_a_revision_that_has_passed_is_refused(order: Any) -> None:
    assert order("do", NUMBER, "done", "customer_known", "--expect", "1").exit_code == 0
    done = order("do", NUMBER, "write", "amount=1", "--expect", "1")
    assert (done.exit_code, "revision 2, expected 1" in done.stderr) == (1, True)


def test_an_empty_value_empties_a_field(order: Any) -> None:
    order("do", NUMBER, "write", "waybill=SF1")
    assert rows(order, "show", NUMBER)["fields"]["waybill"] == "SF1"
    order("do", NUMBER, "write", "waybill=")
    assert rows(order, "show", NUMBER)["fields"]["waybill"] is None


SHOWN = {
    "en": """\
202602-001  Order 1
  Stage                Review (review)
  Since                2026-02-12 12:00
  Holder               Order desk (order_desk)
  Due                  2026-02-12 16:00, late by 2h 30m
  Opened               2026-02-12 12:00  ann
  Customer (customer)  张三
  Amount (amount)      800.00 EUR
  Waybill (waybill)    –
""",
    "zh": """\
202602-001  Order 1
  阶段                  Review（review）
  自                    2026-02-12 12:00
  负责                  Order desk（order_desk）
  期限                  2026-02-12 16:00，已逾期 2h 30m
  受理                  2026-02-12 12:00  ann
  Customer（customer）  张三
  Amount（amount）      800.00 EUR
  Waybill（waybill）    –
""",
}


@pytest.mark.parametrize(("lang", "shown"), SHOWN.items(), ids=SHOWN.keys())
def test_an_order_is_shown_with_its_fields(office: Any, clock: Any, lang: str, shown: str) -> None:
    office("start", "order", "customer=张三", "amount=800")
    clock.wait(6.5)
    assert office("show", NUMBER, "--lang", lang).stdout == shown


def test_an_order_for_programs_has_stable_keys_and_iso_instants(order: Any, clock: Any) -> None:
    clock.wait(4.5)
    assert rows(order, "show", NUMBER) == {
        "id": 1,
        "number": NUMBER,
        "concerns": [],
        "process": "order",
        "version": "1",
        "revision": 1,
        "status": "open",
        "stage": "review",
        "stage_title": "Review",
        "owner": "order_desk",
        "created": "2026-02-12T12:00:00.000Z",
        "since": "2026-02-12T12:00:00.000Z",
        "due": "2026-02-12T16:00:00.000Z",
        "late_by_seconds": 1800,
        "closed": None,
        "on_hold": [],
        "lanes": [],
        "stands_still": False,
        "parked": None,
        "creator": "ann",
        "fields": {"customer": "Northwind", "amount": "12000", "waybill": None},
    }


def test_questions_need_nobody_but_obey_who_asks(order: Any, call: Any) -> None:
    assert call("show", NUMBER).exit_code == 0
    assert call("show", NUMBER, *BEN).exit_code == 0
    assert call("show", NUMBER, "--as", "x:stranger").exit_code == 1
    assert rows(call, "list", "--as", "x:stranger") == {"items": [], "after": None}


def test_the_history_tells_when_who_what_and_why(order: Any, clock: Any) -> None:
    clock.wait(5)
    order("tick")
    order("do", NUMBER, "done", "customer_known")
    order("do", NUMBER, "attach", "payment_voucher", "x")
    clock.wait(1)
    order("do", NUMBER, "outcome", "failed", "--reason", "scratched", *BEN)
    lines = order("history", NUMBER).stdout.splitlines()
    assert lines[0].startswith("2026-02-12 12:00  ann     ")
    assert any(line.startswith("2026-02-12 16:00  (time)  ") and "Review" in line for line in lines)
    assert any(
        line.startswith("2026-02-12 18:00  ben     ") and line.endswith("(reason: scratched)")
        for line in lines
    )
    assert sum("scratched" in line for line in lines) == 1
    entries = rows(order, "history", NUMBER)
    assert [(each["seq"], each["at"], each["actor"]) for each in entries][-1] == (
        5,
        "2026-02-12T18:00:00.000Z",
        "ben",
    )
    assert entries[-1]["reason"] == "scratched"
    assert entries[1]["events"][0]["due"] == "2026-02-12T16:00:00.000Z"


def test_time_that_passes_within_a_command_is_not_laid_on_the_person(order: Any, clock: Any) -> None:
    clock.wait(5)
    order("do", NUMBER, "done", "customer_known")
    late = next(line for line in order("history", NUMBER).stdout.splitlines() if "2026-02-12 16:00  " in line)
    assert "(time)" in late


def test_a_history_of_several_pages_is_told_whole(order: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for amount in range(1, 6):
        order("do", NUMBER, "write", f"amount={amount}")
    monkeypatch.setattr(looking, "MOST", 2)
    assert [entry["seq"] for entry in rows(order, "history", NUMBER)] == [1, 2, 3, 4, 5, 6]


def test_explaining_what_an_order_waits_for(order: Any, clock: Any) -> None:
    order("do", NUMBER, "done", "customer_known")
    clock.wait(1)
    assert order("explain", NUMBER).stdout == (
        "202602-001  Order 1\n"
        "202602-001 is now in Review (Order desk), due 2026-02-12 16:00\n"
        "It cannot go on yet.\n"
        "Needs [processes/order.yaml:23]\n"
        "  [x] The customer is known to us (customer_known)  ann, 2026-02-12 12:00\n"
        "  [ ] Proof of payment (payment_voucher)  waits for Order desk  [processes/order.yaml:29]\n"
        "Then it goes to Inspection.\n"
    )


@pytest.fixture
def sorting(call: Any, office: Any) -> Any:
    """The office with a process in two languages that checks a condition and then asks for a choice."""
    Path("sorting.yaml").write_text(CHOOSING, "utf-8")
    assert office("deploy", "sorting.yaml").exit_code == 0
    return partial(call, env={"FLOWENGINE_AS": "li:desk,qa"})


def test_explaining_a_condition_down_to_its_values(sorting: Any) -> None:
    sorting("start", "sorting", "amount=600", "promised=2026-02-11")
    assert sorting("explain", "000001").stdout.splitlines()[1:] == [
        "000001 is now in Check (Desk), due 2026-02-11 23:59, late by 20h",
        "It cannot go on yet.",
        "Needs [sorting.yaml:15]",
        "  [ ] solvent  Over the limit  [sorting.yaml:20]",
        "      not overdue and amount <= 500: does not hold",
        "        not overdue: holds",
        "          overdue: does not hold (overdue = no)",
        "        amount <= 500: does not hold (amount = 600)",
        "Then it goes to Sort.",
    ]
    (need,) = rows(sorting, "explain", "000001")["needs"]
    assert (need["met"], need["why"]["holds"]) == (False, False)
    assert need["why"]["parts"][1] == {
        "text": "amount <= 500",
        "holds": False,
        "value": False,
        "read": {"amount": "600"},
        "parts": [],
    }


def test_explaining_a_choice_in_chinese(sorting: Any) -> None:
    sorting("start", "sorting", "amount=1")
    told = sorting("explain", "000001", "--lang", "zh").stdout
    assert "000001  分拣 1\n000001 现处于分类（质检）\n" in told
    assert "  合格（good） → 完成，由 质检 选择  [sorting.yaml:25]\n      尚缺：" in told
    assert "  不合格（bad） → 检查，由 质检 选择；必须说明原因  [sorting.yaml:26]\n" in told
    choices = rows(sorting, "explain", "000001")["choices"]
    assert [(each["name"], each["to"], len(each["blockers"])) for each in choices] == [
        ("good", "closed", 1),
        ("bad", "check", 0),
    ]


def test_explaining_an_order_that_has_ended(sorting: Any) -> None:
    sorting("start", "sorting", "amount=1")
    sorting("do", "000001", "attach", "report", "r.pdf")
    assert sorting("do", "000001", "outcome", "good").stdout.endswith("000001 has ended: Closed\n")
    assert sorting("explain", "000001").stdout == "000001  Sorting 1\n000001 has ended: Closed\n"
    assert "  Ended " in sorting("show", "000001").stdout
    assert rows(sorting, "show", "000001")["closed"] == "2026-02-12T12:00:00.000Z"


def test_a_number_that_two_processes_gave_asks_for_the_process(sorting: Any) -> None:
    Path("twin.yaml").write_text(CHOOSING.replace("process: sorting", "process: twin"), "utf-8")
    sorting("deploy", "twin.yaml")
    for process in ("sorting", "twin"):
        sorting("start", process)
    refused = sorting("show", "000001")
    assert (refused.exit_code, "sorting and of twin" in refused.stderr) == (1, True)
    assert rows(sorting, "show", "000001", "--process", "twin")["process"] == "twin"
    heads = sorting("list").stdout.splitlines()
    assert (heads[0].split()[0], heads[1].split()[0]) == ("Process", "sorting")


def test_time_passes_when_told_to(order: Any, clock: Any) -> None:
    assert order("tick").stdout == "orders looked at: 0; became late: 0; failed: 0\n"
    clock.wait(5)
    assert rows(order, "tick") == {"orders": 1, "late": 1, "failed": 0, "opened": 0, "heard": 0}


def test_there_may_be_more_than_one_tick_takes(order: Any, clock: Any) -> None:
    order("start", "order", "customer=b", "amount=1")
    clock.wait(5)
    assert "more may be due; run it again" in order("tick", "--limit", "1").stdout


def test_a_store_that_was_altered_is_found_out(order: Any) -> None:
    assert order("verify").stdout.startswith("sound: 1 orders, 1 rows of history")
    with closing(sqlite3.connect("flowengine.db")) as store, store:
        store.execute("UPDATE fe_orders SET owner = 'eve'")
    done = order("verify")
    assert (done.exit_code, NUMBER in done.stdout) == (1, True)
    assert done.stdout.splitlines()[-1].startswith("not sound: ")
    assert [each["code"] for each in rows(order, "verify")["problems"]] == ["column"]


def test_deploying_twice_changes_nothing(office: Any) -> None:
    done = office("deploy", "processes/order.yaml")
    assert (done.exit_code, done.stdout) == (
        0,
        "unchanged: order 1 is deployed already (processes/order.yaml)\n",
    )
    (row,) = rows(office, "deploy", "processes/order.yaml")
    assert (row["process"], row["version"], row["new"], len(row["hash"])) == ("order", "1", False, 64)


def test_the_history_tells_under_which_role_and_line(order: Any) -> None:
    order("do", NUMBER, "done", "customer_known", "--as", "li:warehouse,order_desk", "--reason", "a regular")
    told = order("history", NUMBER).stdout.splitlines()
    assert told[0].endswith("(order 1) [Order desk]")
    (said,) = (line for line in told if "ticked" in line)
    assert said.endswith(" [Order desk processes/order.yaml:28] (reason: a regular)")
    assert (
        "［Order desk processes/order.yaml:28］（原因：a regular）"
        in order("history", NUMBER, "--lang", "zh").stdout
    )
    last = rows(order, "history", NUMBER)[-1]
    assert last["under"] == [{"role": "order_desk", "file": "processes/order.yaml", "line": 28}]
    assert (last["order"], last["process"], last["reason"]) == (NUMBER, "order@1", "a regular")
    assert last["previous"] == rows(order, "history", NUMBER)[-2]["hash"]


def test_a_slip_in_a_role_is_pointed_out_and_not_answered_with_nothing(order: Any) -> None:
    """What is hidden from a role that has nothing to do here is not there for it."""
    for words in (("list", "--work"), ("list",), ("history", NUMBER), ("do", NUMBER, "done", "looked")):
        said = order(*words, "--as", "li:order_dsk")
        assert "no process here has the role “order_dsk”; perhaps: order_desk" in said.stderr, words
    refused = order("list", "--awaiting", "nobodys")
    assert (refused.exit_code, "has such a role; perhaps:" in refused.stderr) == (1, True)


TYPED = """
flowengine: 1
process: parcel
version: "1"
title: {en: Parcel, zh: 包裹}
owner: desk
order: {fields: {waybill: text}}
roles: {desk: {}}
types: {plain: {}, rushed: {title: {en: In a hurry, zh: 加急}}}
stages: {road: {owner: desk, needs: {arrived: check}, next: closed}}
"""


@pytest.mark.parametrize(
    ("type_", "lang", "called"),
    [
        ("plain", "en", "Parcel"),
        ("rushed", "en", "Parcel · In a hurry"),
        ("rushed", "zh", "包裹 · 加急"),
    ],
)
def test_an_order_is_called_by_its_process_and_its_type(
    call: Any, clock: Any, folder: Path, type_: str, lang: str, called: str
) -> None:
    (folder / "parcel.yaml").write_text(TYPED, "utf-8")
    assert call("deploy", "parcel.yaml").exit_code == 0
    assert call("start", "parcel", f"type={type_}", "--as", "ann:desk").exit_code == 0
    for verb in ("show", "explain"):
        assert call(verb, "000001", "--lang", lang).stdout.startswith(f"000001  {called} 1\n")
