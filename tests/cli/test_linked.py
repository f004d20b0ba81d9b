"""`flowengine start --link`: an order is opened with the one to which it belongs; both show each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flowengine.cli.telling.linked import _as_number
from tests.runtime.linked import CASE, SALE

ANN = ("--as", "ann:desk,service")


def test_a_case_is_opened_with_its_sale_and_each_shows_the_other(call: Any, folder: Path) -> None:
    for name, text in (("sale.yaml", SALE), ("case.yaml", CASE)):
        (folder / name).write_text(text.replace(", private: name", ""), "utf-8")
        assert call("deploy", name).exit_code == 0
    assert call("start", "sale", "amount=100", *ANN).exit_code == 0
    refused = call("start", "case", *ANN)
    assert refused.exit_code == 1
    assert "this order belongs to another one" in refused.stderr
    opened = call("start", "case", "issue=late", "--link", "original=000001", *ANN)
    assert opened.exit_code == 0
    assert "linked: original 000001, in pack" in opened.stdout
    assert call("tick").exit_code == 0
    assert "C001 (case), in contact" in call("show", "000001", *ANN).stdout
    assert "000001 (sale), in pack" in call("show", "C001", *ANN).stdout
    assert "linked: cases C001, in contact" in call("history", "000001", *ANN).stdout
    told = call("history", "000001", *ANN, "--format", "json").stdout
    assert '"first": true' in told
    assert "1970" not in told


def test_a_part_is_named_by_its_order_as_soon_as_it_is_opened(call: Any, folder: Path) -> None:
    text = SALE.replace(", private: name", "")
    visit = "{owner: desk, needs: {made: check}, next: closed}"
    parts = f"parts: {{visits: {{title: Visits, stages: {{visit: {visit}}}}}}}\n"
    (folder / "sale.yaml").write_text(text + parts, "utf-8")
    (folder / "case.yaml").write_text(CASE.replace(", private: name", ""), "utf-8")
    assert call("deploy", "sale.yaml").exit_code == 0
    assert call("start", "sale", "amount=100", *ANN).exit_code == 0
    opened = call("do", "000001", "open", "visits", *ANN)
    assert (opened.exit_code, "part to be opened: Visits 000001.visits.1" in opened.stdout) == (0, True)
    is_new = True
    for _ in range(2):
        for verb in ("show", "explain"):
            assert "000001.visits.1 (sale#visits), in visit" in call(verb, "000001", *ANN).stdout
        told = call("worker", "--once").stdout
        assert ("heard by linked orders and cases: " in told) == is_new
        is_new = False
    assert "[ ] made" in call("explain", "000001.visits.1", *ANN).stdout


def test_the_tenth_comes_after_the_ninth() -> None:
    assert sorted(["10", "9", "101", "11", "2"], key=_as_number) == ["2", "9", "10", "11", "101"]
