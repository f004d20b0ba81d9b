"""What the author of the sales order is told after one mistake in it, or in its library: twenty of them.

Each case is a few edits, and beside it everything that is found, in both languages. After a change of what is
said, `python -m tests.definition.test_broken_orders` writes it anew, to be read and judged in the diff.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from flowengine.definition.check import check_process
from flowengine.definition.findings import Finding
from flowengine.definition.patching import Files
from tests.definition.test_findings import lines

FOLDER = Path(__file__).parent / "broken_orders"
PROCESSES = Path(__file__).parents[2] / "processes"
CASES = sorted(FOLDER.glob("*.yaml"))
ORDER = "sales-order.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_broken_order_process_is_explained_in_both_languages(case: Path) -> None:
    assert told(case) == case.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_mistake_is_an_error_and_nothing_else_is_found(case: Path) -> None:
    found = findings(case)
    assert {(finding.code, finding.severity) for finding in found} == {(read(case)["finds"], "error")}


def test_there_are_twenty_of_many_families() -> None:
    families = {read(case)["finds"][:3] for case in CASES}
    assert len(CASES) == 20
    assert families >= {"FE0", "FE1", "FE2", "FE3", "FE4", "FE7"}


def read(case: Path) -> Any:
    return yaml.safe_load(case.read_text("utf-8"))


def findings(case: Path) -> tuple[Finding, ...]:
    texts = {path.name: path.read_text("utf-8") for path in PROCESSES.glob("*.yaml")}
    for edit in read(case)["edits"]:
        before = texts[edit["file"]]
        assert before.count(edit["replace"]) == 1, edit["replace"]
        texts[edit["file"]] = before.replace(edit["replace"], edit["by"])
    return check_process(texts[ORDER], ORDER, Files(texts, ORDER)).findings


def told(case: Path) -> str:
    """Place, severity and code of each finding, then the message and the remedy in each language."""
    return "\n".join(line for finding in findings(case) for line in lines(finding)) + "\n"


if __name__ == "__main__":
    for path in CASES:
        path.with_suffix(".txt").write_text(told(path), "utf-8", newline="\n")
