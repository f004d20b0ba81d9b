"""`show FILE --resolved` prints a process whole, sound, and with the line from which each value comes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan
from flowengine.definition.check import check_process
from flowengine.folder import Folder
from tests.cli.conftest import Call

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = [file for file in sorted((ROOT / "processes").glob("*.yaml")) if file.name != "company.yaml"]
FILES = [*PROCESSES, ROOT / "tests/definition/kitchen_sink.yaml"]
COMPANY = "flowengine: 1\nlanguage: zh\nroles:\n  desk: {title: 前台}\n"
ORDER = """\
flowengine: 1
process: orders
version: "1"
include: [company.yaml]
owner: desk
types:
  routine: {}
  quick: {priority: urgent, stages: {review: {due: {within: 1h}}}}
stages: {review: {title: "a: b # c", owner: desk, due: 4h, needs: {seen: check}, next: closed}}
"""
ONLY_IN_OTHER_TYPES = ("FE665", "FE723")
"""A call that this type never makes, and lateness by which no tier of it rises."""


def bare(plan: Plan) -> str:
    """A plan without the places in its file, and without messages: checking looks for those that are sent."""
    variants = {name: replace(each, messages={}) for name, each in plan.variants.items()}
    told = replace(plan, messages={}, variants=variants)
    return re.sub(r"(line|column)=\d+|file='[^']*'|0x[0-9a-f]+", "", repr(told))


def plan_of(text: str | bytes, file: Path, idle: tuple[str, ...] = ()) -> Plan:
    checked = check_process(text, str(file), Folder(file))
    assert {finding.code for finding in checked.findings} <= {*idle}
    assert checked.process is not None
    return compile_process(checked.process, str(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_printed_is_sound_and_means_the_same(call: Call, file: Path, folder: Path) -> None:
    printed = call("show", str(file), "--resolved").stdout
    alone = re.sub(r"  # \S+:\d+$", "", printed, flags=re.MULTILINE)
    assert "  # " not in alone
    for text in (printed, alone):
        assert bare(plan_of(text, folder / "any.yaml")) == bare(plan_of(file.read_bytes(), file))


@pytest.mark.parametrize("name", ["routine", "custom", "urgent", "presale", "service"])
def test_the_process_of_one_type_is_sound_too(call: Call, name: str, folder: Path) -> None:
    file = ROOT / "processes/cross-border-order.yaml"
    printed = call("show", str(file), "--resolved", "--type", name).stdout
    plan = plan_of(printed, folder / "any.yaml", idle=ONLY_IN_OTHER_TYPES)
    assert list(plan.stages) == list(plan_of(file.read_bytes(), file).variants[name].stages)


def test_each_value_has_its_line(call: Call, folder: Path) -> None:
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    (folder / "orders.yaml").write_text(ORDER, "utf-8")
    lines = call("show", "orders.yaml", "--resolved", "--type", "quick").stdout.splitlines()
    assert "priority: urgent  # orders.yaml:8" in lines
    assert "      within: 1h  # orders.yaml:8" in lines
    assert '    title: "a: b # c"  # orders.yaml:9' in lines
    assert "      zh: 前台  # company.yaml:4" in lines


LENT = """
calls: {check_stock: {function: check_stock, send: [number, shelf]}}
messages: {moved: {text: "Now on {{ shelf }}"}}
"""


def test_what_a_library_holds_for_others_is_left_out(call: Call, folder: Path) -> None:
    roles = "  keeper: {sees: [shelf], edits: shelf}\n  clerk: {sees: [note, shelf]}\n"
    (folder / "company.yaml").write_text(COMPANY + roles + LENT, "utf-8")
    ours = ORDER + "order: {fields: {note: {type: text}}}\n"
    (folder / "orders.yaml").write_text(ours, "utf-8")
    printed = call("show", "orders.yaml", "--resolved").stdout
    assert not re.search("calls:|messages:|shelf", printed)
    assert "  keeper:\n    sees: type  # company.yaml:5\n" in printed
    assert "  clerk:\n    sees:\n      - note  # company.yaml:6\n" in printed
    assert bare(plan_of(printed, folder / "any.yaml")) == bare(plan_of(ours, folder / "orders.yaml"))


def test_what_a_process_brings_stands_below_with_its_lines(call: Call, folder: Path) -> None:
    part = "parts:\n  visits:\n    stages: {visit: {owner: desk, needs: {seen_there: check}, next: closed}}\n"
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    (folder / "orders.yaml").write_text(ORDER + part, "utf-8")
    printed = call("show", "orders.yaml", "--resolved").stdout
    whole, brought = printed.split("\n# What it brings with visits, a process of its own:\n")
    assert "# process: orders#visits  # orders.yaml:11" in brought.splitlines()
    assert "#     owner: desk  # orders.yaml:12" in brought.splitlines()
    assert bare(plan_of(printed, folder / "any.yaml")) == bare(plan_of(whole, folder / "any.yaml"))
    told = json.loads(call("show", "orders.yaml", "--resolved", "--format", "json").stdout)
    assert told["inner"]["visits"]["stages"]["visit"]["owner"] == {
        "value": "desk", "file": "orders.yaml", "line": 12, "column": 29,
    }  # fmt: skip


def test_as_json_each_value_has_its_place(call: Call, folder: Path) -> None:
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    (folder / "orders.yaml").write_text(ORDER, "utf-8")
    whole = json.loads(call("show", "orders.yaml", "--resolved", "--format", "json").stdout)
    assert whole["roles"]["desk"]["title"]["zh"] == {
        "value": "前台", "file": "company.yaml", "line": 4, "column": 17,
    }  # fmt: skip
    assert whole["flowengine"]["value"] == 1


def test_a_finding_in_another_file_is_shown_with_its_line(call: Call, folder: Path) -> None:
    (folder / "company.yaml").write_text(COMPANY.replace("title", "titel"), "utf-8")
    (folder / "orders.yaml").write_text(ORDER, "utf-8")
    said = call("validate", "orders.yaml").stdout
    assert "company.yaml:4:10: error FE101" in said
    assert "  desk: {titel: 前台}" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("orders.yaml --resolved --type gift", 1, "there is no type of order “gift”; known: routine, quick"),
        ("nowhere.yaml --resolved", 2, "there is no such file"),
        ("company.yaml --resolved", 2, "this is a library"),
        ("202602-001 --type quick", 2, "--type: it goes with --resolved"),
    ],
)
def test_a_mistake_is_said(call: Call, folder: Path, words: str, code: int, said: str) -> None:
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    (folder / "orders.yaml").write_text(ORDER, "utf-8")
    result = call("show", *words.split())
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
