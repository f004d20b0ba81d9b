"""`flowengine graph`: the drawing of a file or of a deployed process, and where an order stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

NUMBER = "202602-001"


@pytest.fixture
def desk(office: Any) -> Any:
    office("start", "order", "customer=a", "amount=1")
    return office


SUBJECTS = {
    "a file": ["processes/order.yaml"],
    "a deployed process": ["order"],
    "a deployed process for somebody": ["order", "--as", "ben:inspector"],
}


@pytest.mark.parametrize("words", SUBJECTS.values(), ids=SUBJECTS.keys())
def test_a_process_is_drawn_from_where_it_is(desk: Any, words: list[str]) -> None:
    done = desk("graph", *words)
    assert (done.exit_code, "flowchart TD" in done.stdout) == (0, True)
    assert "at_review -->" in done.stdout
    assert ":::here" not in done.stdout


@pytest.mark.parametrize("words", [["processes/order.yaml"], ["order"]], ids=["a file", "a deployed process"])
def test_the_stage_of_an_order_is_marked(desk: Any, words: list[str]) -> None:
    (line,) = (
        line for line in desk("graph", *words, "--order", NUMBER).stdout.splitlines() if ":::here" in line
    )
    assert "at_review[" in line


WRITTEN = {
    "svg by its ending": (["-o", "x.svg"], "<svg"),
    "mermaid by its ending": (["-o", "x.mmd"], "---\ntitle"),
    "svg because asked for": (["-o", "x.txt", "--format", "svg"], "<svg"),
    "mermaid because asked for": (["-o", "x.svg", "--format", "mermaid"], "---\ntitle"),
}


@pytest.mark.parametrize(("words", "begins"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_drawing_may_be_written_to_a_file(desk: Any, words: list[str], begins: str) -> None:
    done = desk("graph", "order", *words)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"written: {words[1]}\n")
    assert Path(words[1]).read_text("utf-8").startswith(begins)


def test_a_drawing_speaks_the_language_of_the_call(call: Any, folder: Path) -> None:
    call("init", "--lang", "zh")
    assert "期限" in call("graph", "processes/order.yaml", "--format", "svg", "--lang", "zh").stdout


def test_a_file_needs_no_database(call: Any, folder: Path) -> None:
    call("init")
    assert call("graph", "processes/order.yaml").exit_code == 0
    assert not (folder / "flowengine.db").exists()


def test_an_order_that_stands_elsewhere_is_not_drawn_into_a_file(desk: Any) -> None:
    text = Path("processes/order.yaml").read_text("utf-8").replace("review", "revision")
    Path("other.yaml").write_text(text, "utf-8")
    done = desk("graph", "other.yaml", "--order", NUMBER)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"order {NUMBER} stands in review, which this file does not have" in done.stderr


def test_a_process_may_have_the_name_of_a_folder(desk: Any, folder: Path) -> None:
    (folder / "order").mkdir()
    assert desk("graph", "order").exit_code == 0


TYPES = "types: {rush: {stages: {review: {due: 1h}}}, calm: {}}\n"


def test_a_type_of_order_has_a_drawing_of_its_own(desk: Any) -> None:
    text = Path("processes/order.yaml").read_text("utf-8")
    Path("typed.yaml").write_text(text.replace("title: Order\n", f"title: Order\n{TYPES}", 1), "utf-8")
    rush = desk("graph", "typed.yaml", "--type", "rush").stdout
    assert ("orders of type rush" in rush, "Order desk · due#58; 1h" in rush) == (True, True)
    whole = desk("graph", "typed.yaml").stdout
    assert ("Types of order#58; rush, calm" in whole, "Order desk · due#58; 4h" in whole) == (True, True)
    done = desk("graph", "typed.yaml", "--type", "slow")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "there is no type of order “slow”; known: rush, calm" in done.stderr


PARTS = """\
parts:
  claims: {stages: {assess: {owner: order_desk, needs: {assessed: check}, next: closed}}}
"""


def test_parts_with_stages_of_their_own_have_a_drawing(desk: Any) -> None:
    text = Path("processes/order.yaml").read_text("utf-8")
    Path("parts.yaml").write_text(text.replace("title: Order\n", f"title: Order\n{PARTS}", 1), "utf-8")
    done = desk("graph", "parts.yaml", "--part", "claims")
    assert ("at_assess -->" in done.stdout, "at_review" in done.stdout) == (True, False)
    done = desk("graph", "parts.yaml", "--part", "visits")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "there are no parts “visits” with stages of their own; known: claims" in done.stderr
