"""`show FILE --resolved` prints a process whole, sound, and with the line from which each value comes."""

from __future__ import annotations

import json
import re
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
FOR_OTHERS = pytest.mark.xfail(
    strict=True, reason="what a library holds for other processes is checked as the file's own once printed"
)
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
    return re.sub(r"(line|column)=\d+|file='[^']*'|0x[0-9a-f]+", "", repr(plan))


def plan_of(text: str | bytes, file: Path, idle: tuple[str, ...] = ()) -> Plan:
    checked = check_process(text, str(file), Folder(file))
    assert {finding.code for finding in checked.findings} <= {*idle}
    assert checked.process is not None
    return compile_process(checked.process, str(file))


@pytest.mark.parametrize(
    "file",
    [pytest.param(file, marks=FOR_OTHERS if file.name == "after-sales.yaml" else ()) for file in FILES],
    ids=lambda file: file.name,
)
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
        ("202602-001 --type quick", 2, "--type goes with --resolved"),
    ],
)
def test_a_mistake_is_said(call: Call, folder: Path, words: str, code: int, said: str) -> None:
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    (folder / "orders.yaml").write_text(ORDER, "utf-8")
    result = call("show", *words.split())
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
