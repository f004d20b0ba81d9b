"""Full-width characters where YAML has signs of its own: which to type instead, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.document import read_document

PROCESS = """
flowengine: 1
process: order
version: "1"
owner: desk
order: {fields: {grade: {type: choice, choices: [A, B]}, amount: {type: integer, min: 0}}}
roles: {desk: {title: 订单部}, qa: {}}
stages:
  review:
    title: 审核：第一次，由人（两位）完成
    owner: desk
    due: 24h
    needs:
      seen: {check: 已核对，无误, by: [desk, qa]}
    outcomes: {again: {to: review, at_most: 3, beyond: [{move: cancelled}]}}
    next: closed
"""
SLIPS: dict[str, tuple[str, str, str]] = {
    "colon after a key": ("    owner: desk\n", "    owner：desk\n", ":"),
    "colon after a key, and a blank": ("    owner: desk\n", "    owner： desk\n", ":"),
    "colon after the first key": ("flowengine: 1", "flowengine：1", ":"),
    "colon after the last key": ("    next: closed\n", "    next：closed\n", ":"),
    "colon before a map": ("  review:\n", "  review：\n", ":"),
    "colon before a map of one line": ("outcomes: {", "outcomes：{", ":"),
    "colon in a map of one line": ("{to: review,", "{to：review,", ":"),
    "colon behind a comma": ("at_most: 3", "at_most：3", ":"),
    "comma between keys": ("review, at_most", "review，at_most", ","),
    "comma between keys, and a blank": ("review, at_most", "review， at_most", ","),
    "comma in a list": ("[desk, qa]", "[desk，qa]", ","),
    "the other comma in a list": ("[desk, qa]", "[desk、qa]", ","),
    "brackets of a map": ("{move: cancelled}", "｛move: cancelled｝", "{"),
    "brackets of a list": ("[desk, qa]", "［desk, qa］", "]"),
    "quotes": ('version: "1"', "version: “1”", '"'),
    "quotes round a name": ("    owner: desk", "    owner: “desk”", '"'),
    "quotes round a key": ("    owner: desk", "    “owner”: desk", '"'),
    "single quotes": ('version: "1"', "version: ‘1’", "'"),
    "corner brackets": ('version: "1"', "version: 「1」", '"'),
    "a digit": ("at_most: 3", "at_most: ３", "3"),
    "digits of a duration": ("due: 24h", "due: ２４h", "2"),
    "a letter of a name": ("    owner: desk", "    owner: ｄesk", "d"),
    "a letter of a key": ("    owner: desk", "    ｏwner: desk", "o"),
    "a letter of a word": ("type: choice", "type: ｃhoice", "c"),
    "a minus": ("min: 0", "min: －1", "-"),
    "indented with wide blanks": ("    owner: desk", "　　owner: desk", "U+3000"),
    "indented with blanks of both kinds": ("    owner: desk", "   　owner: desk", "U+3000"),
}


@pytest.mark.parametrize(("right", "slip", "wanted"), SLIPS.values(), ids=SLIPS)
def test_it_says_which_character_to_type_at_its_very_place(right: str, slip: str, wanted: str) -> None:
    assert PROCESS.count(right) == 1
    text = PROCESS.replace(right, slip)
    findings = check_process(text, "x.yaml").findings
    wide = [finding for finding in findings if finding.code == "FE030"]
    assert wide, [(finding.code, finding.message("en")) for finding in findings]
    first = wide[0]
    character = text.split("\n")[first.place.line - 1][first.place.column - 1]
    assert not character.isascii()
    assert wanted in ("U+3000", first.params["wanted"])
    assert first.params["found"] == ("U+3000" if wanted == "U+3000" else character)
    assert all(first.message(lang) and first.remedy(lang) for lang in ("en", "zh"))


def test_texts_for_people_keep_their_punctuation() -> None:
    assert check_process(PROCESS, "x.yaml").findings == ()


MEANT = {
    "a sentence that begins and ends with quotes": "k: “甲”和“乙”",
    "a quoted text in YAML's own quotes": "k: '“甲”'",
    "a colon behind a Chinese word": "k: 说明：已核对",
    "a comma in a list of texts": "k: [甲，乙]",
    "several lines": "k: |\n  note：甲\n  乙：丙",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_what_may_be_meant_is_left_alone(text: str) -> None:
    assert read_document(text, "x.yaml")[1] == ()


def test_another_fault_on_the_line_keeps_its_own_finding() -> None:
    broken = PROCESS.replace("已核对，无误,", "已核对，无误: 两处,")
    assert [finding.code for finding in check_process(broken, "x.yaml").findings] == ["FE012"]


def test_no_file_that_is_shipped_has_any() -> None:
    root = Path(__file__).resolve().parents[2]
    for path in [*root.glob("processes/**/*.yaml"), *root.glob("flowengine/**/*.yaml")]:
        assert "FE030" not in {each.code for each in read_document(path.read_bytes(), path.name)[1]}
