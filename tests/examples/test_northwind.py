"""The demo, held against its data: what the engine made of 830 real orders is what happened to them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from flowengine import Engine, Principal, Write, connect
from flowengine.definition.check import check_process

ROOT = Path(__file__).resolve().parents[2]
PROCESS = ROOT / "processes" / "northwind-order.yaml"
SALES, SHIPPING = Principal.of("nancy.davolio", "sales"), Principal.of("speedy.express", "shipping")
NINE = 9 * 60 * 60 * 1000


@pytest.fixture(scope="module")
def example() -> Iterator[SimpleNamespace]:
    """The modules of the example, which import one another by their plain names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "examples" / "northwind"))
        import demo
        import page
        import replay
        import sentences

        yield SimpleNamespace(demo=demo, page=page, replay=replay, sentences=sentences)
    for name in ("demo", "page", "replay", "sentences"):
        del sys.modules[name]


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    """The file, read by other means than the replay's."""
    lines = (ROOT / "examples" / "northwind" / "orders.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def played(example: SimpleNamespace) -> SimpleNamespace:
    """The two years, replayed once."""
    clock = example.replay.ReplayClock()
    engine = connect(":memory:", clock=clock)
    return SimpleNamespace(engine=engine, clock=clock, days=example.demo.play(engine, clock, "en"))


@pytest.fixture(scope="module")
def histories(example: SimpleNamespace, played: SimpleNamespace) -> dict[int, list[dict[str, Any]]]:
    """Every event of every order, by Northwind's number."""
    host, engine = example.replay.HOST, played.engine
    views = list(example.replay.every(lambda after: engine.orders(by=host, after=after, limit=200)))
    return {
        view.order.fields["order_id"]: [
            event for entry in engine.history(view.row.id, by=host).items for event in entry.record["events"]
        ]
        for view in views
    }


def is_late(record: dict[str, Any]) -> bool:
    return bool(record["shipped_date"]) and record["shipped_date"] > record["required_date"]


def the(kind: str, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["event"] == kind]


def test_the_file_holds_what_the_readme_says(records: list[dict[str, Any]]) -> None:
    late, same = sum(map(is_late, records)), sum(r["shipped_date"] == r["required_date"] for r in records)
    open_, last = [r for r in records if not r["shipped_date"]], max(r["order_date"] for r in records)
    overdue = sum(r["required_date"] < last for r in open_)
    assert (len(records), len(records) - len(open_), late, same) == (830, 809, 37, 3)
    assert (len(open_), overdue, last) == (21, 0, "2018-05-06")


def test_every_record_becomes_an_order_and_every_order_that_left_is_shipped(played: SimpleNamespace) -> None:
    stages = {count.stage: count for count in played.engine.stages(by=SALES)}
    assert (played.days.created, played.days.refused) == (830, 0)
    assert sum(result.ok for day in played.days.days for result in day.shipped) == 809
    assert {name: (count.orders, count.late) for name, count in stages.items()} == {
        "shipped": (809, 0),
        "shipping": (21, 0),
    }


def test_the_engine_finds_late_the_orders_that_were_late_and_no_other(
    histories: dict[int, list[dict[str, Any]]], records: list[dict[str, Any]]
) -> None:
    found = {number for number, events in histories.items() if the("late", events)}
    assert found == {record["order_id"] for record in records if is_late(record)}
    assert all(len(the("late", histories[number])) == 1 for number in found)


def test_an_order_is_late_as_of_the_end_of_its_required_date(
    histories: dict[int, list[dict[str, Any]]], records: list[dict[str, Any]]
) -> None:
    for record in filter(is_late, records):
        (late,) = the("late", histories[record["order_id"]])
        moment = datetime.fromtimestamp(late["at"] / 1000, UTC)
        assert moment.isoformat(timespec="milliseconds") == f"{record['required_date']}T23:59:59.999+00:00"


def test_the_days_late_are_those_between_the_two_dates(
    example: SimpleNamespace, played: SimpleNamespace, records: list[dict[str, Any]]
) -> None:
    dates = {
        record["order_id"]: [date.fromisoformat(record[name]) for name in ("shipped_date", "required_date")]
        for record in filter(is_late, records)
    }
    late = example.replay.late_orders(played.engine)
    assert {each.view.order.fields["order_id"]: each.days for each in late} == {
        number: (shipped - required).days for number, (shipped, required) in dates.items()
    }
    assert [each.days for each in late] == sorted((each.days for each in late), reverse=True)


def test_an_order_shipped_on_its_required_date_is_in_time(
    example: SimpleNamespace, played: SimpleNamespace
) -> None:
    late = example.replay.late_orders(played.engine)
    assert example.replay.on_the_day(played.engine, late) == 3


def test_the_order_due_on_the_last_day_is_not_late_at_six(
    example: SimpleNamespace, played: SimpleNamespace
) -> None:
    first, *_ = example.replay.open_orders(played.engine)
    assert first.order.fields["required_date"] == "2018-05-06"
    assert (first.late_by, first.order.late) == (0, False)
    assert played.engine.orders(by=SALES, late=True).items == ()


def test_a_late_order_is_told_to_shipping_once_and_to_nobody_else(
    example: SimpleNamespace, played: SimpleNamespace, records: list[dict[str, Any]]
) -> None:
    told = list(example.replay.every(lambda after: played.engine.messages(by=SHIPPING, after=after or 0)))
    assert len({message.number for message in told}) == len(told) == sum(map(is_late, records))
    assert sum(day.late for day in played.days.days) == len(told)
    assert played.engine.messages(by=SALES).items == ()


def test_the_employee_of_the_data_opened_the_order_and_its_carrier_shipped_it(
    histories: dict[int, list[dict[str, Any]]], played: SimpleNamespace, records: list[dict[str, Any]]
) -> None:
    slug = {record["order_id"]: record["employee"].lower().replace(" ", ".") for record in records}
    assert {number: the("created", events)[0]["by"] for number, events in histories.items()} == slug
    last = played.engine.history("201607-001", by=SALES).items[-1]
    assert (last.actor, records[0]["shipper"]) == ("federal.shipping", "Federal Shipping")


def test_numbers_have_no_gap_and_begin_again_each_month(
    histories: dict[int, list[dict[str, Any]]], records: list[dict[str, Any]]
) -> None:
    serials: dict[str, int] = {}
    for record in records:
        month = record["order_date"][:7].replace("-", "")
        serials[month] = serials.get(month, 0) + 1
        (created,) = the("created", histories[record["order_id"]])
        assert created["number"] == f"{month}-{serials[month]:03}"


def test_importing_the_file_again_opens_nothing(example: SimpleNamespace, played: SimpleNamespace) -> None:
    again = list(played.engine.import_orders("northwind-order", example.replay.read(), by=SALES))
    assert {imported.outcome for imported in again} == {"already_there"}
    assert sum(count.orders for count in played.engine.stages(by=SALES)) == 830


def test_history_is_whole(played: SimpleNamespace) -> None:
    verified = played.engine.verify()
    assert (verified.orders, verified.rows, verified.problems) == (830, 830 + 809 + 37, ())


# The process itself


@pytest.fixture
def engine() -> Engine:
    """An engine at nine o'clock on 2016-07-04, with the process and no orders."""
    engine = connect(":memory:", clock=lambda: _at("2016-07-04") + NINE)
    engine.deploy(PROCESS)
    return engine


def _at(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp() * 1000)


def _taken(records: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    return {**records[0], "shipped_date": None, **changes}


def test_the_process_is_sound_and_no_longer_than_a_policy() -> None:
    text = PROCESS.read_text("utf-8")
    assert check_process(text, PROCESS.name).findings == ()
    assert len(text.splitlines()) <= 70


def test_an_incomplete_order_is_refused_with_all_that_is_missing(
    engine: Engine, records: list[dict[str, Any]]
) -> None:
    lacking = _taken(records, phone=None, ship_address=" ", lines=None)
    refused = engine.start("northwind-order", lacking, by=SALES)
    assert [(b.code, b.name) for b in refused.blockers] == [
        ("missing_fields", name) for name in ("phone", "ship_address", "lines")
    ]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"required_date": "2016-07-03"}, id="required before it was taken"),
        pytest.param({"shipped_date": "2016-07-03"}, id="shipped before it was taken"),
    ],
)
def test_dates_in_the_wrong_order_are_refused(
    engine: Engine, records: list[dict[str, Any]], changes: dict[str, Any]
) -> None:
    refused = engine.start("northwind-order", _taken(records, **changes), by=SALES)
    assert [blocker.code for blocker in refused.blockers] == ["check_failed"]


@pytest.mark.parametrize(
    ("lacking", "given"),
    [
        pytest.param({"shipper": None}, {"shipper": "Speedy Express"}, id="a carrier"),
        pytest.param({"amount": 0}, {"amount": 440}, id="an amount"),
    ],
)
def test_an_order_waits_in_receive_until_sales_has_given(
    engine: Engine, records: list[dict[str, Any]], lacking: dict[str, Any], given: dict[str, Any]
) -> None:
    taken = engine.start("northwind-order", _taken(records, **lacking), by=SALES)
    assert (taken.ok, taken.stage) == (True, "receive")
    assert engine.do(taken.order_id, Write(given), by=SHIPPING).blockers[0].code == "not_yours"
    assert engine.do(taken.order_id, Write(given), by=SALES).stage == "shipping"


def test_only_shipping_ships(engine: Engine, records: list[dict[str, Any]]) -> None:
    taken = engine.start("northwind-order", _taken(records), by=SALES)
    written = Write({"shipped_date": "2016-07-16"})
    assert engine.do(taken.order_id, written, by=SALES).blockers[0].code == "not_yours"
    assert engine.do(taken.order_id, written, by=SHIPPING).stage == "shipped"


# The page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_fits_a_screen_and_gives_the_agreed_figures(
    example: SimpleNamespace, played: SimpleNamespace, lang: str
) -> None:
    lines = "\n".join(
        example.page.Desk(played.engine, lang).page(played.days, "build/northwind.db")
    ).splitlines()
    figures = [int(figure) for figure in re.findall(r"(?<![\d.,-])\d+(?![\d.,-])", " ".join(lines[3:13]))]
    assert len(lines) <= 60
    assert max(map(example.sentences.columns, lines)) <= 100
    assert {830, 809, 37, 21, 3, 0} <= set(figures)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_says_who_must_do_what_and_which_line_asks(
    example: SimpleNamespace, played: SimpleNamespace, lang: str
) -> None:
    text = "\n".join(example.page.Desk(played.engine, lang).why("201804-019"))
    lines = enumerate(PROCESS.read_text("utf-8").splitlines(), 1)
    (asked,) = (number for number, line in lines if line.startswith("      shipped_date: field"))
    assert f"processes/northwind-order.yaml:{asked}" in text
    assert "2018-05-06 23:59" in text
    assert {"en": "Shipped date", "zh": "发货日期"}[lang] in text
    assert {"en": "Shipping department", "zh": "发货部"}[lang] in text


def test_columns_stand_under_one_another_in_chinese(example: SimpleNamespace) -> None:
    rows = [("发货", 21, "张三"), ("Receive", 1000, "李")]
    lines = list(example.sentences.table("阶段|订单|客户", rows, numbers={1}))
    ends = {
        example.sentences.columns(line[: line.index(name)])
        for line, name in zip(lines, ("客户", "张三", "李"), strict=True)
    }
    assert ends == {15}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_prints_the_page_and_nothing_else(
    example: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str
) -> None:
    lines = example.replay.read()
    monkeypatch.setattr(example.demo, "read", lambda: lines[:20] + lines[-10:])
    answer = CliRunner().invoke(example.demo.main, ["--db", str(tmp_path / "orders.db"), "--lang", lang])
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert {"en": "30 orders imported, 0 refused", "zh": "导入订单 30 张，拒绝 0 张"}[lang] in answer.stdout


def test_the_command_leaves_a_database_alone_that_is_there(example: SimpleNamespace, tmp_path: Path) -> None:
    there = tmp_path / "orders.db"
    there.write_bytes(b"mine")
    answer = CliRunner().invoke(example.demo.main, ["--db", str(there)])
    assert answer.exit_code == 1
    assert "there already" in answer.stderr
    assert there.read_bytes() == b"mine"
