"""The generated files in the checkout are those that the vocabulary and the tables give today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.generate import ROOT, generated
from tools.rules import rules, shown


@pytest.mark.parametrize("path", generated())
def test_the_file_is_what_would_be_generated(path: str, checkout: Path) -> None:
    committed = (checkout / path).read_bytes() if (checkout / path).exists() else b""
    assert committed == generated()[path].encode(), f"{path} is out of date: run `make generated`, and commit"


def test_every_rule_has_its_row_and_no_scenario_shows_another() -> None:
    told = [name for name in rules(ROOT) if not name.startswith("section")]
    assert told == [f"R{number:02}" for number in range(1, 65)]
    assert not shown(ROOT).keys() - set(told)


def test_what_else_shows_a_rule_is_there(checkout: Path) -> None:
    proofs = [path for rule in rules(ROOT).values() for path in rule.get("also", ())]
    assert proofs
    assert not [path for path in proofs if not (checkout / "docs" / path).exists()]
