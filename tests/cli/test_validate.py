"""`flowengine validate`: which files it looks at, and the forms in which it says what it found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flowengine.cli.findings.checking import Sheet
from flowengine.cli.findings.machines import annotations_of
from flowengine.cli.findings.sarif import sarif, uri
from flowengine.definition.findings import Finding, Place
from flowengine.texts import Lang, say

HEAD = 'flowengine: 1\nprocess: order\nversion: "1"\nowner: desk\nroles: {desk: {}}\n'
GOOD = HEAD + "stages: {only: {owner: desk, needs: {ok: check}, next: closed}}\n"
BAD = HEAD + "stages: {only: {title: 审核订单, owner: dsk, needs: {ok: check}, next: closed}}\n"
LONELY = GOOD + "ends: {closed: {kind: success}, lost: {kind: failure}}\n"
SCENARIO = (
    "scenario: x\nprocess: good.yaml\nstarts: 2026-01-01 08:00\npeople: {ann: desk}\n"
    "steps: [{done: okk, by: ann}]\n"
)


@pytest.fixture
def files(folder: Path) -> Path:
    (folder / "good.yaml").write_text(GOOD, "utf-8")
    (folder / "bad.yaml").write_text(BAD, "utf-8")
    return folder


def test_a_sound_file_is_fine(call: Any, files: Path) -> None:
    done = call("validate", "good.yaml")
    assert (done.exit_code, done.stdout) == (0, "files checked: 1; nothing to report\n")


TOLD = {
    "en": """\
bad.yaml:6:37: error FE201: {message}
  stages: {{only: {{title: 审核订单, owner: dsk, needs: {{ok: check}}, next: closed}}}}
                                          ^^^
  hint: {hint}
read more: flowengine finding FE201
files checked: 1; errors: 1; warnings: 0
""",
    "zh": """\
bad.yaml:6:37: 错误 FE201：{message}
  stages: {{only: {{title: 审核订单, owner: dsk, needs: {{ok: check}}, next: closed}}}}
                                          ^^^
  建议：{hint}
详细说明：flowengine finding FE201 --lang zh
已检查 1 个文件：1 个错误，0 个警告
""",
}


def message(lang: Lang, word: str = "dsk") -> str:
    return say("FE201", lang, {"word": word})


def hint(lang: Lang) -> str:
    return say("hint.did_you_mean", lang, {"guess": "desk"})


@pytest.mark.parametrize(("lang", "told"), TOLD.items(), ids=TOLD.keys())
def test_a_finding_is_told_with_its_line_and_word(call: Any, files: Path, lang: Lang, told: str) -> None:
    done = call("validate", "bad.yaml", "--lang", lang)
    assert done.exit_code == 1
    assert done.stdout == told.format(message=message(lang), hint=hint(lang))


def test_json_has_one_row_for_each_finding(call: Any, files: Path) -> None:
    done = call("validate", "good.yaml", "bad.yaml", "--format", "json", "--lang", "zh")
    assert done.exit_code == 1
    assert json.loads(done.stdout_bytes.decode("utf-8")) == [
        {
            "code": "FE201",
            "severity": "error",
            "file": "bad.yaml",
            "line": 6,
            "column": 37,
            "end_column": 40,
            "message": message("zh"),
            "hint": hint("zh"),
        }
    ]


def test_json_of_sound_files_is_an_empty_list(call: Any, files: Path) -> None:
    done = call("validate", "good.yaml", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])


def test_sarif_has_one_run_with_rules_and_regions(call: Any, files: Path) -> None:
    done = call("validate", "good.yaml", "bad.yaml", "--format", "sarif")
    log = json.loads(done.stdout)
    (run,) = log["runs"]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (done.exit_code, log["version"], run["columnKind"]) == (1, "2.1.0", "unicodeCodePoints")
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"]) == ("FE201", {"text": message("en", "…")})
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("FE201", 0, "error")
    assert result["message"]["text"] == f"{message('en')}\n{hint('en')}"
    assert place == {
        "artifactLocation": {"uri": "bad.yaml"},
        "region": {"startLine": 6, "startColumn": 37, "endColumn": 40},
    }


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("processes/order.yaml", "processes/order.yaml"),
        ("流程/a b.yaml", "%E6%B5%81%E7%A8%8B/a%20b.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("../x.yaml", "../x.yaml"),
        ("/srv/x y.yaml", "file:///srv/x%20y.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
    ],
)
def test_files_are_uris_in_sarif(file: str, wanted: str) -> None:
    assert uri(file) == wanted


def test_every_rule_is_named_once_however_often_it_is_broken() -> None:
    findings = tuple(
        Finding(code, Place("x.yaml", line, 1), {"word": "w"})
        for line, code in enumerate(("FE202", "FE201", "FE202"), 1)
    )
    run = sarif([Sheet("x.yaml", (), findings)], "en")["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["FE201", "FE202"]
    assert [result["ruleIndex"] for result in run["results"]] == [1, 0, 1]


def test_github_annotates_the_line(call: Any, files: Path) -> None:
    done = call("validate", "bad.yaml", "--format", "github")
    assert done.exit_code == 1
    said = f"{message('en')}%0A{hint('en')}"
    where = "file=bad.yaml,line=6,endLine=6,col=37,endColumn=39"
    assert done.stdout == f"::error {where},title=FE201::{said}\n"


def test_github_takes_nothing_of_a_file_for_its_own_marks() -> None:
    finding = Finding("FE201", Place("a,b:100%.yaml", 1, 2), {"word": "x\r\n::error::100%"}, severity="note")
    (line,) = annotations_of([Sheet("a", (), (finding,))], "en")
    where = "file=a%2Cb%3A100%25.yaml,line=1,endLine=1,col=2,endColumn=2"
    assert line.startswith(f"::notice {where},title=FE201::")
    assert line.endswith("::" + message("en", "x%0D%0A::error::100%25"))


def test_warnings_alone_are_no_error(call: Any, folder: Path) -> None:
    (folder / "lonely.yaml").write_text(LONELY, "utf-8")
    done = call("validate", "lonely.yaml")
    assert "warning FE" in done.stdout
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "files checked: 1; errors: 0; warnings: 1")


def test_strictly_warnings_fail(call: Any, folder: Path) -> None:
    (folder / "lonely.yaml").write_text(LONELY, "utf-8")
    assert call("validate", "lonely.yaml", "--strict").exit_code == 1


def test_a_folder_means_all_that_is_not_hidden_below_it(call: Any, files: Path) -> None:
    for name in ("z/b.yml", "z/a.YAML", "z/.hidden.yaml", ".git/c.yaml", "z/notes.txt", "z/.x/d.yaml"):
        (files / name).parent.mkdir(exist_ok=True)
        (files / name).write_text(BAD, "utf-8")
    (files / "loop").symlink_to(files)
    rows = json.loads(call("validate", ".", "--format", "json").stdout)
    assert [row["file"] for row in rows] == ["bad.yaml", "z/a.YAML", "z/b.yml"]


def test_a_file_named_twice_is_looked_at_once(call: Any, files: Path) -> None:
    assert "files checked: 1;" in call("validate", "good.yaml", "good.yaml").stdout


def test_a_file_without_an_ending_may_be_named(call: Any, files: Path) -> None:
    (files / "Process").write_text(GOOD)
    assert call("validate", "Process").exit_code == 0


SCENARIOS = {
    "its names are held against its process": (SCENARIO, "FE506"),
    "its process must be there": (SCENARIO.replace("good", "gone"), "FE510"),
    "its process must be sound": (SCENARIO.replace("good", "bad"), "FE511"),
    "its own words come first": (SCENARIO.replace("steps", "stepps"), "FE101"),
}


@pytest.mark.parametrize(("text", "code"), SCENARIOS.values(), ids=SCENARIOS.keys())
def test_a_scenario_is_checked_as_one(call: Any, files: Path, text: str, code: str) -> None:
    (files / "x.yaml").write_text(text, "utf-8")
    rows = json.loads(call("validate", "x.yaml", "--format", "json").stdout)
    assert code in {row["code"] for row in rows}


HOSTILE = {
    "not utf-8": b"flowengine: 1\ntitle: \xd6\xd0\n",
    "utf-16": 'flowengine: "1"'.encode("utf-16"),
    "a nul": b"flowengine: 1\x00",
    "an escape": b"title: \x1b[2J\n",
    "too large": b"#" * (2 << 20),
    "empty": b"",
    "deep": b"[" * 5000,
    "a tab": b"a:\n\tb: 1\n",
    "old mac line ends": b"a: 1\ra: 2\r",
    "a bom": "\ufeffflowengine: 2\n".encode(),
}


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_stands_in_a_file_is_a_finding(call: Any, folder: Path, data: bytes, form: str) -> None:
    (folder / "x.yaml").write_bytes(data)
    done = call("validate", "x.yaml", "--format", form)
    assert (done.exit_code, done.stderr) == (1, "")
    assert "FE" in done.stdout
    assert "\x1b" not in done.stdout
