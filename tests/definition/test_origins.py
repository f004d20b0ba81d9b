"""The caret of a finding inside a condition points at the very character, however YAML has it written."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flowengine.definition.check import check_process
from flowengine.definition.document import read_document

HEAD = """
flowengine: 1
process: order
version: "1"
owner: desk
order: {fields: {amount: {type: integer, default: 0}, grade: {type: text, default: C}}}
roles: {desk: {}}
stages:
  review:
    owner: desk
    needs:
      seen: check
      rich:
"""
WRITTEN = {
    "plain": "that: amount > 5 and nope > 1",
    "plain, over two lines": "that: amount > 5\n          and nope > 1",
    "plain, with blank lines between": "that: amount > 5\n\n\n            and nope > 1",
    "single quotes": "that: 'amount > 5 and nope > 1'",
    "single quotes, doubled inside": "that: 'grade == ''C'' and nope > 1'",
    "single quotes, over two lines": "that: 'grade == ''C''\n            and nope > 1'",
    "double quotes": 'that: "amount > 5 and nope > 1"',
    "double quotes, escaped quotes": 'that: "grade == \\"C\\" and nope > 1"',
    "double quotes, escaped characters": "that: \"grade == '\\u4e2d\\x41\\U0001F600' and nope > 1\"",
    "double quotes, an escaped line end": 'that: "amount > 5 and \\\n            nope > 1"',
    "double quotes, escaped blanks": 'that: "amount > 5\\n\\x20and nope > 1"',
    "double quotes, blanks first": 'that: "  amount > 5 and nope > 1"',
    "kept lines": "that: |\n          amount > 5\n          and nope > 1",
    "kept lines, indented further": "that: |\n          amount > 5\n            and nope > 1",
    "kept lines, indicators, a comment": "that: |2- # so\n          amount > 5\n          and nope > 1",
    "folded lines": "that: >-\n          amount > 5\n          and nope > 1",
    "folded lines with blank ones": "that: >\n\n          amount > 5\n\n          and nope > 1",
    "behind an anchor": "that: &here 'grade == ''C'' and nope > 1'",
    "Chinese texts before it": "that: 'grade == ''甲乙'' and nope > 1'",
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CR LF"])
@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_finding_points_at_the_word(
    written: str, loader: object, line_end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "flowengine.definition.document.parsing.read_document.__kwdefaults__",
        {"parser": loader, "apart": False},
    )
    text = (HEAD + " " * 8 + written + "\n    next: closed\n").replace("\n", line_end)
    wrong = [each for each in check_process(text, "x.yaml").findings if each.params.get("word") == "nope"]
    assert len(wrong) == 1
    lines = text.split(line_end)
    row = next(number for number, line in enumerate(lines) if "nope" in line)
    assert (wrong[0].place.line, wrong[0].place.column) == (row + 1, lines[row].index("nope") + 1)


TEXT = st.text(st.sampled_from("ab '\"\\\n甲：|>#-\t"), min_size=1, max_size=40)


@given(TEXT, st.sampled_from(["'", '"', "|", ">"]), st.integers(20, 80))
def test_every_character_of_a_value_is_found_where_the_file_has_it(text: str, style: str, width: int) -> None:
    written = yaml.safe_dump({"k": text}, default_style=style, width=width, allow_unicode=True)
    node, findings = read_document(written, "x")
    if node is None or findings:
        return
    value = node.entries["k"]
    lines = written.split("\n")
    assert value.text == text
    for offset, character in enumerate(text):
        place = value.within(offset)
        found = lines[place.line - 1][place.column - 1 :]
        if not character.isspace():
            assert found[0] in (character, "\\")
