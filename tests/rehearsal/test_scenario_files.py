"""What is wrong with a scenario file itself is found before anything is played."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowengine import connect
from flowengine.rehearsal.report import Report
from flowengine.rehearsal.scenario import run_file
from tests.rehearsal.play import HEAD, PROCESS

SOUND = HEAD + "steps:\n  - {create: {}, by: dora}\n"


def played(folder: Path, text: str | bytes, process: str | None = PROCESS) -> Report:
    if process is not None:
        (folder / "shop.yaml").write_text(process, "utf-8")
    path = folder / "example.scenario.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run_file(path, connect)


WRONG: dict[str, tuple[str, str]] = {
    "no process": (SOUND.replace("process: shop.yaml\n", ""), "FE102"),
    "a word that does not exist": (SOUND.replace("given:", "givne:"), "FE101"),
    "a day that does not exist": (SOUND.replace("2026-03-02", "2026-02-30"), "FE105"),
    "a process file that is not there": (SOUND.replace("shop.yaml", "shoop.yaml"), "FE510"),
    "a process file that is a folder": (SOUND.replace("shop.yaml", "."), "FE510"),
    "a role that does not exist": (SOUND.replace("qi: qa", "qi: quality"), "FE201"),
    "somebody who does not take part": (SOUND.replace("by: dora", "by: nora"), "FE505"),
    "nobody who does it": (SOUND.replace(", by: dora", ""), "FE501"),
    "a stage that does not exist": (SOUND.replace("by: dora", "by: dora, expect: {stage: taek}"), "FE202"),
    "a field that does not exist": (
        SOUND.replace("by: dora", "by: dora, expect: {fields: {amuont: 1}}"),
        "FE203",
    ),
    "somebody who cannot have been told": (
        SOUND.replace("by: dora", "by: dora, expect: {not_notified: [nora]}"),
        "FE505",
    ),
    "nothing that could block": (
        SOUND.replace("by: dora", "by: dora, expect: {blocked_by: [chekced]}"),
        "FE512",
    ),
    "a check that does not exist": (SOUND + "  - {done: chekced, by: dora}\n", "FE506"),
    "an outcome that does not exist": (SOUND + "  - {outcome: spoilt, by: dora}\n", "FE507"),
    "evidence that nobody asks for": (SOUND + "  - {attach: {slop: x}, by: dora}\n", "FE508"),
    "a name that nobody can write": (SOUND + "  - {write: {remrak: x}, by: dora}\n", "FE509"),
    "two times in one step": (SOUND + "  - {wait: 1h, until: 2026-03-05 09:00}\n", "FE502"),
    "a step of nothing": (SOUND + "  - {reason: x}\n", "FE503"),
    "a refusal that is a list": (SOUND.replace("by: dora", "by: dora, expect: {refused: [x]}"), "FE103"),
    "a record that is no map": (SOUND + "  - {import: [x], by: dora}\n", "FE103"),
    "a row that is no map": (SOUND.replace("steps:", "rows: [x]\nsteps:"), "FE103"),
    "a column that does not exist": (
        SOUND.replace("steps:", "rows: [{who: dora}]\nsteps:").replace("by: dora}", 'by: "{wo}"}'),
        "FE513",
    ),
    "a column without a name": (
        SOUND.replace("steps:", "rows: [{who: 5}]\nsteps:").replace("by: dora}", 'by: "{who}"}'),
        "FE514",
    ),
    "a column with a list of nobody": (
        SOUND.replace("steps:", "rows: [{who: []}]\nsteps:").replace("by: dora}", 'by: "{who}"}'),
        "FE514",
    ),
    "a column with a list that holds no names": (
        SOUND.replace("steps:", "rows: [{who: [dora, [qi]]}]\nsteps:").replace("by: dora}", 'by: "{who}"}'),
        "FE514",
    ),
    "a column with a list of names where one belongs": (
        SOUND.replace("steps:", "rows: [{what: [checked]}]\nsteps:") + '  - {done: "{what}", by: dora}\n',
        "FE514",
    ),
    "a column with a list in which somebody does not take part": (
        SOUND.replace("steps:", "rows: [{who: [dora, nora]}]\nsteps:").replace("by: dora}", 'by: "{who}"}'),
        "FE505",
    ),
    "a verdict on nothing": (SOUND + "  - {wait: 1h, expect: {verdict: refused}}\n", "FE504"),
    "a count of imports without one": (SOUND.replace("by: dora", "by: dora, expect: {imported: 1}"), "FE515"),
}


@pytest.mark.parametrize(("text", "code"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_not_played_and_says_where_it_is_wrong(text: str, code: str, tmp_path: Path) -> None:
    report = played(tmp_path, text)
    assert code in {finding.code for finding in report.findings}
    assert (report.passed, report.runs) == (False, ())
    assert all(finding.place.file.endswith("example.scenario.yaml") for finding in report.findings)


def test_a_scenario_of_a_process_with_errors_is_not_played(tmp_path: Path) -> None:
    report = played(tmp_path, SOUND, PROCESS.replace("owner: maker", "owner: nobody"))
    assert ([finding.code for finding in report.findings], report.runs) == (["FE511"], ())


def test_a_file_that_is_no_text_is_not_played(tmp_path: Path) -> None:
    report = played(tmp_path, SOUND.replace("dora", "多拉").encode("gb18030"))
    assert report.findings
    assert not report.passed


def test_a_file_that_is_not_there_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        run_file(tmp_path / "missing.scenario.yaml", connect)


def test_what_is_refused_may_not_exist_at_all(tmp_path: Path) -> None:
    steps = "  - {done: nonsense, by: dora, expect: {refused: no_such_need}}\n"
    assert played(tmp_path, SOUND + steps).passed


BYTES = {
    "with the mark that Windows editors put first": b"\xef\xbb\xbf",
    "as it is written here": b"",
}


@pytest.mark.parametrize("mark", BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_files_of_every_editor_are_played(mark: bytes, ends: str, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_bytes(mark + PROCESS.replace("\n", ends).encode())
    assert played(tmp_path, mark + SOUND.replace("\n", ends).encode(), process=None).passed


def test_a_report_knows_its_title_in_the_language_asked_for_and_what_it_shows(tmp_path: Path) -> None:
    text = SOUND.replace("process: shop", "shows: [R07, R12]\nprocess: shop")
    report = played(tmp_path, text)
    assert (report.title, report.shows, report.passed) == ("an example", ("R07", "R12"), True)
    assert run_file(tmp_path / "example.scenario.yaml", connect, lang="zh").title == "例"


def test_the_process_lies_beside_the_scenario_and_not_where_the_command_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    (tmp_path / "shop.yaml").write_text(PROCESS, "utf-8")
    monkeypatch.chdir("/")
    assert played(
        folder, SOUND.replace("process: shop.yaml", "process: ../../shop.yaml"), process=None
    ).passed
