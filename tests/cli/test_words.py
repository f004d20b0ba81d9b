"""Words that a user types: values, records and people."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from flowengine.cli.options import person
from flowengine.cli.taking.given import pairs, record
from flowengine.cli.trouble import Trouble

PAIRS = {
    "none": ([], {}),
    "several": (["a=1", "b=x y"], {"a": "1", "b": "x y"}),
    "an equals sign in the value": (["a=b=c"], {"a": "b=c"}),
    "blanks around the name": ([" a =1"], {"a": "1"}),
    "an empty value": (["a="], {"a": ""}),
    "chinese": (["客户=张三"], {"客户": "张三"}),
}


@pytest.mark.parametrize(("words", "values"), PAIRS.values(), ids=PAIRS.keys())
def test_words_to_values(words: list[str], values: dict[str, str]) -> None:
    assert pairs(words) == values


@pytest.mark.parametrize("words", [["a"], ["=1"], [" =1"], ["a=1", "a=2"], ["a=1", " a=1"]])
def test_what_is_no_value_is_refused(words: list[str]) -> None:
    with pytest.raises(Trouble):
        pairs(words)


PEOPLE = {
    "one role": ("li.wei:order_desk", ("li.wei", ("order_desk",))),
    "two roles": ("li:a,b", ("li", ("a", "b"))),
    "a role twice": ("li:a,a", ("li", ("a",))),
    "chinese": ("张敏:order_desk", ("张敏", ("order_desk",))),
    "a name with a blank": ("Li Wei:a", ("Li Wei", ("a",))),
    "an address": ("li@example.org:a", ("li@example.org", ("a",))),
}


@pytest.mark.parametrize(("text", "who"), PEOPLE.values(), ids=PEOPLE.keys())
def test_who_gives_a_command(text: str, who: tuple[str, tuple[str, ...]]) -> None:
    assert person(text) == who


@pytest.mark.parametrize(
    "text", ["", "li", "li:", ":a", "li:A", "li:a,", "li:a b", "li:a:b", " :a", "li:a\n:b"]
)
def test_who_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(Trouble):
        person(text)


def test_a_record_keeps_every_digit(folder: Path) -> None:
    (folder / "x.json").write_text('\ufeff{"amount": 0.10, "客户": "张三"}', "utf-8")
    assert record("x.json") == {"amount": Decimal("0.10"), "客户": "张三"}


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"a": NaN}', "[" * 100_000, '{"a": 1} {"b": 2}'])
def test_what_is_no_record_is_refused(folder: Path, text: Any) -> None:
    (folder / "x.json").write_text(text)
    with pytest.raises(Trouble):
        record("x.json")
