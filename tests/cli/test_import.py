"""`flowengine import`: every record becomes an order or a line of the report; a wrong encoding opens none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flowengine.cli.taking import tally
from flowengine.cli.taking.intake import Source
from flowengine.cli.trouble import Trouble

CSV = 'customer,amount\nA,1\nB,x\n,3\n"C\nD",4\nE,5,6\n'
JSONL = '{"customer": "A", "amount": 1.10}\n\n[1]\n{"customer"\n{"customer": "B", "amount": 2}\n'


def test_what_can_be_an_order_is_one_and_the_rest_is_reported(office: Any) -> None:
    Path("orders.csv").write_text(CSV)
    done = office("import", "order", "orders.csv", "--errors", "refused.jsonl")
    assert (done.exit_code, done.stdout) == (1, "created: 2; already there: 0; refused: 3\n")
    assert done.stderr.splitlines() == [
        "line 3: Amount (amount): “x” is not a number  [processes/order.yaml:14]",
        "line 4: Customer (customer) is missing  [Order desk; processes/order.yaml:13]",
        "line 7: this line does not have 2 columns like the heading",
    ]
    report = [json.loads(line) for line in Path("refused.jsonl").read_text("utf-8").splitlines()]
    assert [(row["line"], [(each["code"], each["name"]) for each in row["reasons"]]) for row in report] == [
        (3, [("wrong_value", "amount")]),
        (4, [("missing_fields", "customer")]),
        (7, [("columns", "")]),
    ]
    assert report[0]["reasons"][0]["message"] == "Amount (amount): “x” is not a number"


def test_a_file_without_faults_is_fine_and_leaves_an_empty_report(office: Any) -> None:
    Path("orders.csv").write_text("customer,amount\nA,1\n")
    done = office("import", "order", "orders.csv", "--errors", "refused.jsonl", "--format", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"created": 1, "already_there": 0, "refused": 0}
    assert Path("refused.jsonl").read_text() == ""


@pytest.mark.parametrize("name", ["orders.jsonl", "orders.ndjson", "orders.JSONL", "orders.txt"])
def test_records_may_be_lines_of_json(office: Any, name: str) -> None:
    Path(name).write_text(JSONL)
    done = office("import", "order", name, *(["--format-in", "jsonl"] if name.endswith("txt") else []))
    assert done.stdout == "created: 2; already there: 0; refused: 2\n"
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["line 3", "line 4"]


ENCODINGS = {
    "utf-8": ("utf-8", []),
    "utf-8 as excel writes it": ("utf-8-sig", []),
    "gb18030": ("gb18030", ["--encoding", "gb18030"]),
    "utf-16": ("utf-16", ["--encoding", "utf-16"]),
}


@pytest.mark.parametrize(("encoding", "words"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_files_in_other_encodings(office: Any, encoding: str, words: list[str]) -> None:
    Path("orders.csv").write_text("customer,amount\n上海某某公司,1\n", encoding)
    assert office("import", "order", "orders.csv", *words).exit_code == 0
    order = json.loads(office("show", "202602-001", "--format", "json").stdout)
    assert order["fields"]["customer"] == "上海某某公司"


def test_a_wrong_encoding_is_seen_before_the_first_order_is_opened(office: Any) -> None:
    fine = "".join(f"customer {number},1\n" for number in range(20_000))
    Path("orders.csv").write_bytes(f"customer,amount\n{fine}".encode() + "张三,1\n".encode("gb18030"))
    done = office("import", "order", "orders.csv")
    assert (done.exit_code, "orders.csv:20002: " in done.stderr) == (2, True)
    assert office("list").stdout == "no orders\n"


@pytest.mark.parametrize(
    ("data", "encoding", "line"),
    [
        (b"\xff", "utf-8", 1),
        (b"a\nb\n\xe5\xbc\nc\n", "utf-8", 3),
        (b"a\r\nb\r\n\xe5", "utf-8", 3),
        ("a\nb\n".encode("utf-16") + b"\x00", "utf-16", 3),
    ],
    ids=["at once", "in the third line", "at the very end", "half a character"],
)
def test_the_line_that_is_in_another_encoding_is_named(
    folder: Path, data: bytes, encoding: str, line: int
) -> None:
    (folder / "x").write_bytes(data)
    with pytest.raises(Trouble) as caught, Source(folder / "x", encoding).lines():
        pass
    assert str(caught.value.params["where"]).endswith(f"x:{line}")


def test_only_the_first_refused_records_are_shown(office: Any) -> None:
    Path("orders.csv").write_text("customer,amount\nfine,1\n" + ",1\n" * (tally.FIRST + 3))
    done = office("import", "order", "orders.csv").stderr.splitlines()
    assert len(done) == tally.FIRST + 1
    assert done[-1] == "and 3 more; --errors REPORT.jsonl writes all of them"
    done = office("import", "order", "orders.csv", "--errors", "r.jsonl", "--lang", "zh").stderr.splitlines()
    assert done[-1] == "另有 3 条；全部见 r.jsonl"
    assert len(Path("r.jsonl").read_text("utf-8").splitlines()) == tally.FIRST + 3


def test_an_import_that_is_stopped_says_how_far_it_came(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("orders.csv").write_text("customer,amount\nA,1\nB,2\nC,3\n")
    add = tally.Tally.add

    def stopped(self: tally.Tally, imported: Any) -> None:
        add(self, imported)
        if imported.line == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(tally.Tally, "add", stopped)
    done = office("import", "order", "orders.csv")
    assert (done.exit_code, done.stdout) == (130, "created: 2; already there: 0; refused: 0\n")
    assert "interrupted" in done.stderr


def test_a_channel_is_that_of_all_records(office: Any) -> None:
    text = (
        Path("processes/order.yaml")
        .read_text("utf-8")
        .replace("  fields:", "  channels: {web: {}, store: {}}\n  fields:", 1)
    )
    Path("web.yaml").write_text(text.replace('version: "1"', 'version: "2"'), "utf-8")
    office("deploy", "web.yaml")
    Path("orders.csv").write_text("customer,amount\nA,1\n")
    assert office("import", "order", "orders.csv", "--channel", "web").exit_code == 0
    refused = office("import", "order", "orders.csv", "--channel", "wbe")
    assert (refused.exit_code, "it has: web, store" in refused.stderr) == (1, True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_half_a_character_in_a_record_stops_neither_the_import_nor_the_report(
    office: Any, folder: Path, lang: str
) -> None:
    broken = r'{"customer": "\ud800", "amount": 1}'
    (folder / "o.jsonl").write_text(broken + '\n{"customer": "Acme", "amount": 1}\n', "utf-8")
    done = office("import", "order", "o.jsonl", "--errors", "r.jsonl", "--format", "json", "--lang", lang)
    assert json.loads(done.stdout) == {"created": 1, "already_there": 0, "refused": 1}
    assert json.loads((folder / "r.jsonl").read_text("utf-8"))["record"] == json.loads(broken)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_report_that_cannot_be_written_is_named_and_the_orders_are_counted(
    office: Any, folder: Path
) -> None:
    (folder / "o.jsonl").write_text('{"amount": 1}\n{"customer": "Acme", "amount": 1}\n', "utf-8")
    done = office("import", "order", "o.jsonl", "--errors", "/dev/full")
    assert (done.exit_code, "created: 1" in done.stdout) == (2, True)
    assert "error: /dev/full: this cannot be written" in done.stderr
