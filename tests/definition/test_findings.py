"""What is said about each mistake, word for word: a bad file, and beside it everything that is found in it.

A new case is a new file in `findings/`; `python -m tests.definition.test_findings` writes what is said today
beside each, to be read and judged in the diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.findings import Finding
from flowengine.definition.patching import Files
from flowengine.rehearsal.files import check_file
from flowengine.texts import LANGUAGES, TEXTS

FOLDER = Path(__file__).parent / "findings"
CASES = sorted(FOLDER.glob("FE*.yaml"))
SHAPES_REFERENCES_FLOW_SCENARIOS = re.compile(r"FE(?:[12457]\d|3[4-8])\d")


TOO_MANY_FILES = {"FE715", "FE715.hint"}
"""Shown by `test_several_files`, without fifty files."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mistake_is_found_at_its_place_and_said_in_both_languages(case: Path) -> None:
    beside = case.with_suffix(".txt")
    assert beside.exists(), f"judge what is said, and write it to {beside.name}:\n\n{told(case)}"
    assert told(case) == beside.read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_file_shows_the_code_that_it_is_named_after(case: Path) -> None:
    assert case.stem[:5] in {finding.code for finding in found(case)}


def test_every_sentence_has_a_file_that_shows_it() -> None:
    shown = {key for case in CASES for finding in found(case) for key in sentences(finding)}
    known = {key for key in TEXTS if SHAPES_REFERENCES_FLOW_SCENARIOS.match(key)}
    assert known - shown == TOO_MANY_FILES


def test_every_remedy_is_written() -> None:
    """Where nothing can be advised, nothing is promised either: a hint that is named exists."""
    hints = {finding.hint for case in CASES for finding in found(case)} - {""}
    assert hints <= set(TEXTS)


def found(case: Path) -> tuple[Finding, ...]:
    data = case.read_bytes()
    if data.startswith(b"scenario:"):
        return check_file(case).findings
    return check_process(data, case.name, Files(beside(), case.name)).findings


@cache
def beside() -> dict[str, bytes]:
    """The files that a bad file may include or extend."""
    return {path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")}


def sentences(finding: Finding) -> Iterator[str]:
    yield finding.code
    yield finding.hint or f"{finding.code}.hint"


def told(case: Path) -> str:
    """Place, severity and code, then the message and the remedy in each language."""
    return "\n".join(line for finding in found(case) for line in lines(finding)) + "\n"


def lines(finding: Finding) -> Iterator[str]:
    place = finding.place._replace(file=Path(finding.place.file).name)
    yield f"{place} {finding.severity} {finding.code}"
    for lang in LANGUAGES:
        yield f"  {lang}: {finding.message(lang)}"
        if remedy := finding.remedy(lang):
            yield f"      {remedy}"


if __name__ == "__main__":
    for path in CASES:
        path.with_suffix(".txt").write_text(told(path), "utf-8", newline="\n")
