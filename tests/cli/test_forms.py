"""The forms in which findings leave the checker, each held against what reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator

from flowengine.cli.findings.checking import Sheet
from flowengine.cli.findings.extent import extent
from flowengine.cli.findings.machines import annotations_of, junit, rows_of
from flowengine.cli.findings.pages import codes, page
from flowengine.cli.findings.report import text_of
from flowengine.definition.findings import Finding, Place

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
HEAD = 'flowengine: 1\nprocess: order\nversion: "1"\nowner: desk\nroles: {desk: {}}\n'
STAGES = "stages: {only: {owner: desk, needs: {ok: check}, next: closed}}\n"
FILES = {
    "流程/faulty.yaml": HEAD + "stages: {only: {owner: dsk, neds: {ok: check}, next: closed}}\n",
    "allowed.yaml": HEAD + STAGES + "ends:\n"
    "  lost: {kind: failure} # flowengine: allow FE408 because it comes in May\n"
    "  gone: {kind: failure}\n",
    "deaf.yaml": HEAD + STAGES + "# flowengine: allow FE408 because it comes in May\n",
    "broken.yaml": "a: [\n",
    "empty.yaml": "",
    "sound.yaml": HEAD + STAGES,
}


@pytest.fixture
def shop(folder: Path) -> Path:
    """A folder with files in which all sorts of things are wrong."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sarif_is_valid_against_its_schema(call: Any, shop: Path, lang: str) -> None:
    log = json.loads(call("validate", ".", "--format", "sarif", "--lang", lang).stdout)
    Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(log)
    (run,) = log["runs"]
    assert len(run["artifacts"]) == len(FILES)
    assert {result["ruleId"] for result in run["results"]} >= {"FE101", "FE408", "FE603", "FE026", "FE004"}


def test_the_schema_of_sarif_would_find_a_mistake() -> None:
    schema = Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert not schema.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_sarif_says_what_is_suppressed_and_why(call: Any, shop: Path) -> None:
    call("validate", "broken.yaml", "--write-baseline", "known.json")
    words = ("allowed.yaml", "broken.yaml", "--baseline", "known.json", "--format", "sarif")
    results = json.loads(call("validate", *words).stdout)["runs"][0]["results"]
    assert [(result["ruleId"], result.get("suppressions")) for result in results] == [
        ("FE408", None),
        ("FE408", [{"kind": "inSource", "justification": "it comes in May"}]),
        ("FE026", [{"kind": "external"}]),
    ]


def test_a_rule_of_sarif_brings_its_page(call: Any, shop: Path) -> None:
    run = json.loads(call("validate", "broken.yaml", "--format", "sarif").stdout)["runs"][0]
    (rule,) = run["tool"]["driver"]["rules"]
    told = page("FE026")
    assert told
    assert rule["fullDescription"]["text"] == told.why["en"]
    assert rule["help"] == {"text": told.text("en"), "markdown": told.markdown("en")}


def test_a_fingerprint_survives_lines_that_move(call: Any, shop: Path) -> None:
    def prints() -> list[Any]:
        log = json.loads(call("validate", "allowed.yaml", "--format", "sarif").stdout)
        return [result["partialFingerprints"] for result in log["runs"][0]["results"]]

    before = prints()
    (shop / "allowed.yaml").write_text("# a line more\n" + FILES["allowed.yaml"], "utf-8")
    assert prints() == before
    assert len({str(each) for each in before}) == len(before) == 2


def test_junit_counts_what_it_holds(call: Any, shop: Path) -> None:
    """As the schemas that servers use want it: counts that agree, one failure in a case, unique names."""
    for words, failing in (((), {"error"}), (("--strict",), {"error", "warning"})):
        root = ET.fromstring(call("validate", ".", "--format", "junit", *words).stdout)
        rows = json.loads(call("validate", ".", "--format", "json", *words).stdout)
        assert root.tag == "testsuites"
        assert len(root) == len(FILES)
        assert int(root.attrib["failures"]) == sum(row["severity"] in failing for row in rows)
        assert int(root.attrib["tests"]) == len(root.findall("testsuite/testcase"))
        for suite in root:
            cases = suite.findall("testcase")
            assert {child.tag for child in suite} <= {"testcase", "system-out"}
            assert int(suite.attrib["tests"]) == len(cases) == len({each.attrib["name"] for each in cases})
            assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
            assert (suite.attrib["errors"], suite.attrib["skipped"]) == ("0", "0")
            assert all(len(case) <= 1 and {"classname", "name", "time"} <= set(case.attrib) for case in cases)


def test_junit_tells_a_warning_that_does_not_fail(call: Any, shop: Path) -> None:
    root = ET.fromstring(call("validate", "deaf.yaml", "--format", "junit").stdout)
    assert [each.attrib["name"] for each in root.iter("testcase")] == ["validate"]
    assert "FE603" in (root.findtext("testsuite/system-out") or "")


def test_junit_holds_nothing_that_xml_cannot() -> None:
    finding = Finding("FE201", Place("a\x01.yaml", 1, 1), {"word": 'x\x1b\x00<&>"\uffff\udcff'})
    root = ET.fromstring(junit([Sheet("a\x01.yaml", (), (finding,))], "en", ["error"]))
    (failure,) = root.iter("failure")
    assert 'x��<&>"��' in failure.attrib["message"]


def test_findings_of_a_file_stand_together_whoever_found_them() -> None:
    """Two processes may include the same library: its findings are told once, with its own lines."""
    library = {"library.yaml": ("a: 1", "owner: dsk")}
    shared = Finding("FE201", Place("library.yaml", 2, 8), {"word": "dsk"})
    sheets = [
        Sheet(name, (), (Finding("FE004", Place(name, 1, 1)), shared), others=library)
        for name in ("a.yaml", "b.yaml")
    ]
    lines = [line for line in text_of(sheets, "en") if not line.startswith("  hint")]
    assert [line.split(": ")[0] for line in lines if not line.startswith(" ")] == [
        "a.yaml:1:1",
        "library.yaml:2:8",
        "b.yaml:1:1",
    ]
    at = lines.index("  owner: dsk")
    assert lines[at + 1] == "         ^^^"
    assert [row["end_column"] for row in rows_of(sheets, "en")] == [2, 11, 2]
    assert len(list(annotations_of(sheets, "en"))) == 3


LIBRARY = "flowengine: 1\nroles: {desk: {}}\nends:\n  closed: {kind: success}\n  lost: {kind: failure}"


@pytest.fixture
def sharing(folder: Path) -> Path:
    """Two processes that include one library, in which an end is declared that neither leads to."""
    process = HEAD.replace("roles: {desk: {}}\n", "include: [library.yaml]\n") + STAGES
    (folder / "a.yaml").write_text(process, "utf-8")
    (folder / "b.yaml").write_text(process.replace("process: order", "process: second-order"), "utf-8")
    (folder / "library.yaml").write_text(LIBRARY + "\n", "utf-8")
    return folder


def test_what_two_processes_share_is_told_once_at_its_own_line(call: Any, sharing: Path) -> None:
    assert call("validate", ".").stdout.splitlines()[:3] == [
        "library.yaml:5:3: warning FE408: no order ever ends as “lost”",
        "    lost: {kind: failure}",
        "    ^^^^",
    ]
    rows = json.loads(call("validate", ".", "--format", "json").stdout)
    assert [(row["file"], row["code"], row["end_column"]) for row in rows] == [("library.yaml", "FE408", 7)]


def test_a_comment_in_a_library_allows_what_processes_show(call: Any, sharing: Path) -> None:
    (sharing / "library.yaml").write_text(
        f"{LIBRARY} # flowengine: allow FE408 because it comes in May\n", "utf-8"
    )
    assert call("validate", ".", "--strict").exit_code == 0
    assert call("validate", "library.yaml", "--strict").exit_code == 0
    assert call("validate", "a.yaml", "--strict").exit_code == 0


def test_a_baseline_knows_the_path_in_a_library(call: Any, sharing: Path) -> None:
    call("validate", ".", "--write-baseline", "known.json")
    (entry,) = json.loads((sharing / "known.json").read_text("utf-8"))["findings"]
    assert entry == {"file": "library.yaml", "code": "FE408", "path": "ends.lost", "word": "lost"}
    written = (sharing / "known.json").read_text("utf-8")
    call("validate", "a.yaml", "--write-baseline", "known.json")
    assert (sharing / "known.json").read_text("utf-8") == written
    (sharing / "library.yaml").write_text("# a line more\n" + LIBRARY + "\n", "utf-8")
    assert call("validate", ".", "--baseline", "known.json", "--strict").exit_code == 0
    assert call("validate", "a.yaml", "--baseline", "known.json", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("line", "column", "params", "about"),
    [
        ("owner: dsk, x", 8, {"word": "dsk"}, "dsk"),
        ("owner: dsk, x", 8, {}, "dsk"),
        ('owner: "d sk", x', 8, {"word": "d sk"}, '"d sk"'),
        ('version: "1.0" # "', 10, {}, '"1.0"'),
        ("owner: '审''核' x", 8, {}, "'审''核'"),
        ("that: amount && stock", 14, {"found": "&&"}, "&&"),
        ("that: items.quantity > 5", 7, {"found": "items.quantity > 5"}, "items.quantity > 5"),
        ("a: {b: c}", 4, {"word": "b"}, "{"),
        ("title: *urgent, x", 8, {"word": "urgent"}, "*urgent"),
        ("ow：x", 3, {"found": "：", "wanted": ":"}, "："),
        ("订单_1: x", 1, {}, "订单_1"),
        ("a:", 3, {}, ""),
        ("", 1, {}, ""),
    ],
)
def test_what_is_underlined(line: str, column: int, params: dict[str, Any], about: str) -> None:
    length = extent(Finding("FE201", Place("x", 1, column), params), line)
    assert line[column - 1 : column - 1 + length] == about
    assert length == max(len(about), 1)


def test_colours_are_for_terminals_only(call: Any, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = call("validate", "流程").stdout
    painted = "\n".join(
        text_of([Sheet("x", ("a",), (Finding("FE201", Place("x", 1, 1), {"word": "a"}),))], "en", colour=True)
    )
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted).splitlines()[:3] == [
        "x:1:1: error FE201: there is no role “a”",
        "  a",
        "  ^",
    ]
    assert "\x1b[31m" in painted


@pytest.mark.parametrize(
    ("env", "tty", "wanted"),
    [({}, True, True), ({}, False, False), ({"NO_COLOR": "1"}, True, False), ({"TERM": "dumb"}, True, False)],
)
def test_who_wants_no_colour_gets_none(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], tty: bool, wanted: bool
) -> None:
    from flowengine.cli.screen import takes_colour

    class Stream:
        def isatty(self) -> bool:
            return tty

    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert takes_colour(Stream()) is wanted


def test_there_is_nothing_to_say_about_no_code() -> None:
    """Every code that the forms may name has a page, so that no rule comes without its help."""
    assert [code for code in codes() if page(code) is None] == []
