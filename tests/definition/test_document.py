"""What a file means and where it says so: values, places, slips of the pen, with either of two parsers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest
import yaml
from hypothesis import given

from flowengine.definition.document import PARSER, Node, read_document, scalar
from flowengine.definition.document.syntax import explained
from flowengine.definition.findings import Finding, Place
from flowengine.texts import LANGUAGES, TEXTS
from tests.definition.written_documents import documents

PARSERS: Final[dict[str, Any]] = {"libyaml": PARSER, "python": yaml.SafeLoader}
both_parsers = pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS.keys())

VALUES = [
    # as written, and what it means
    ("text", "text"),
    ("客户 😀", "客户 😀"),
    ("", None),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("nULL", "nULL"),
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    ("tRUE", "tRUE"),
    ("on", "on"),
    ("off", "off"),
    ("yes", "yes"),
    ("no", "no"),
    ("NO", "NO"),
    ("y", "y"),
    ("0", 0),
    ("7", 7),
    ("-7", -7),
    ("+7", 7),
    ("-0", 0),
    ("9" * 30, int("9" * 30)),
    ("1_000", "1_000"),
    ("1,000", "1,000"),
    ("1.10", Decimal("1.10")),
    ("0.1", Decimal("0.1")),
    ("-0.5", Decimal("-0.5")),
    (".5", Decimal("0.5")),
    ("5.", Decimal(5)),
    ("1e3", Decimal(1000)),
    ("1.5E-3", Decimal("0.0015")),
    ("2026.1", Decimal("2026.1")),
    ("1.2.3", "1.2.3"),
    ("1e", "1e"),
    (".", "."),
    ("-", None),
    ("+", "+"),
    ("5%", "5%"),
    ("-50%", "-50%"),
    ("17:00", "17:00"),
    ("09:00", "09:00"),
    ("1:30:00", "1:30:00"),
    ("24:00", "24:00"),
    ("2026-02-13", "2026-02-13"),
    ("2024-02-30", "2024-02-30"),
    ("2026-02-13 16:30", "2026-02-13 16:30"),
    ("2026-02-13T16:30:00Z", "2026-02-13T16:30:00Z"),
    ("48h", "48h"),
    ("=", "="),
    ("<<", "<<"),
    ("\u0661\u0662", "\u0661\u0662"),
    ('"7"', "7"),
    ("'true'", "true"),
    ('""', ""),
    ('"a\\n\\u5ba2"', "a\n客"),
    ("'it''s'", "it's"),
    ("a\n  b", "a b"),
    ("|\n  a\n  b", "a\nb\n"),
    (">-\n  a\n  b", "a b"),
    ("type in 'urgent' | 'custom'", "type in 'urgent' | 'custom'"),
    ("a # no text", "a"),
    ("a#text", "a#text"),
]

DOUBTFUL = ["007", "-007", "00", "0x1F", "0o17", ".inf", "-.Inf", "+.INF", ".nan", ".NaN", "00.5", "01e3"]

TOO_LONG = ["1" * 31, "-" + "1" * 31, "0." + "1" * 30, "1e30", "1e-30", "1e999999999", "1.5e-9999999999"]

# `¦` stands before the character at which the finding points; it is no part of the file.
SLIPS = [
    # the file, the code of its only finding, and words of its sentence or of its remedy
    ("a:\n¦\tb: 1", "FE023", "two for each level"),
    ("a: 1\n¦\tb: 2", "FE023", "with spaces"),
    ("a: ¦客户: 重要", "FE024", 'put the text in quotes: a: "客户: 重要"'),
    ('- a: ¦say "x": y # why', "FE024", "put the text in quotes: - a: 'say \"x\": y'"),
    ("¦owner:desk\nb: 1", "FE009", "put a space after the colon: owner: desk"),
    ("a: 1\n¦owner:desk\nb: 1", "FE009", "put a space after the colon: owner: desk"),
    ("a: 1\n¦title 订单\nb: 1", "FE009", "this line has no `key: value`: title 订单"),
    ("a: 1\n# note\n\n¦b\n", "FE009", "a colon and a space before the value"),
    ("a: 1\n  ¦b: 2", "FE028", "in the same column"),
    ("a:\n    b: 1\n  ¦c: 2", "FE028", "belongs to nothing: c: 2"),
    ("a:\n  - b\n ¦c: 1", "FE028", "in the same column"),
    ("a: b\n¦- c", "FE028", "keys or dashes"),
    ('a: ¦"x\nb: 2\n', "FE025", "never closed"),
    ("a: ¦'x\n---\nb: 2\n", "FE025", "never closed"),
    ("a: ¦{b: 1\nc: 2", "FE026", "not closed"),
    ("a:\n  b: ¦[c, d\n  e: f", "FE026", "not closed"),
    ("a: ¦[b, c}", "FE026", "[ needs ]"),
    ("a: ¦{b: ", "FE026", "{ needs }"),
    ("a: ¦{b: [c], d: e\n", "FE026", "not closed"),
    ("a: {b: ¦[c\n", "FE026", "not closed"),
    ("a: ¦[b\n---\nc: 1", "FE026", "not closed"),
    ('a: "x" ¦y', "FE027", "in one pair of quotes"),
    ("a: 'it'¦s'", "FE027", "in double quotes"),
    ("a: [b] ¦c", "FE027", "value has ended"),
    ("a: {b: c}¦}", "FE027", "value has ended"),
    ("{a: b} ¦c", "FE027", "value has ended"),
    ("a: {t: 客户¦[重要], b: c}", "FE012", "falls apart: a: {t: 客户[重要], b: c}"),
    ("a: {t: x¦: y}", "FE012", "a colon and a space in quotes"),
    ("a: {\n  t: x ¦[y],\n}", "FE012", "falls apart: t: x [y],"),
    ("a: {check: 客户, ¦资质}", "FE022", "without a value: a: {check: 客户, 资质}"),
    ("a: {check: 客户, ¦资质 # : no\n}", "FE022", "put the whole text in quotes"),
    ("a: {¦b:c}", "FE022", "put a space after the colon"),
    ("? ¦a\n", "FE022", "a key?"),
    ("a: {b: ¦{{ number }}}", "FE018", "{{ number }}"),
    ("a: ¦@desk", "FE029", "begins with @ needs quotes"),
    ("a: ¦%b", "FE029", "begins with % needs quotes"),
    ("a: ¦`b`", "FE029", "begins with ` needs quotes"),
    ("a: ¦**重要**", "FE029", "begins with * needs quotes"),
    ("a: ¦&", "FE029", "begins with & needs quotes"),
    ("a: ¦> 5", "FE029", "begins with > needs quotes"),
    ("a: ¦|x", "FE029", "begins with | needs quotes"),
    ("a: ¦]", "FE029", "begins with ] needs quotes"),
    ("a: ¦, b", "FE029", "begins with , needs quotes"),
    ("a: ¦? b", "FE029", "begins with ? needs quotes"),
    ("a: ¦- b", "FE029", "on a line of its own"),
    ('a: "C:¦\\dir"', "FE029", "a backslash is written twice"),
    ('a: "¦\\x4"', "FE029", "a backslash is written twice"),
    ("a: ¦!重要", "FE014", "put the text in quotes"),
    ("a: &x ¦!y b", "FE014", "the tag `!y`"),
    ("a: &desk b\nc: ¦*desc", "FE010", "did you mean “*desk”?"),
    ("a: ¦*desk", "FE010", 'in quotes: "*desk"'),
    ("a: 1\n¦'a': 2", "FE016", "on lines 1 and 2"),
    ("a:\n  b: 1\n\n  ¦b: 2", "FE016", "on lines 2 and 4"),
    ("a: 1\n¦7: x", "FE017", "“7” is a number"),
    ("¦true: x", "FE017", "put it in quotes"),
    ("a: 1\n¦: x", "FE017", "before the colon"),
    ("a: {¦<<: {b: c}}", "FE013", "not part of the language"),
    ("# c\n¦%YAML 1.2\n---\na: 1", "FE015", "delete the line"),
    ("a: 1\n¦%EVIL\n", "FE015", "delete the line"),
    ("--- a¦: 1", "FE029", "this is not valid YAML: mapping values"),
    ("a: 1" + "\n" * 60 + "  b¦: 2", "FE029", "in quotes"),
    ("a: 1\n¦--- # next\nb: 2", "FE006", "delete the line"),
    ("a: 1\n...\n¦b: 2", "FE006", "a file of its own"),
    ("a: 客😀¦\x07", "FE003", "U+0007"),
    ("¦- a", "FE005", "it is a list"),
    ("¦a:b", "FE005", "a space after each colon"),
    ("¦# nothing", "FE004", "the file is empty"),
]

PLACES = """\
\ufeff# 销售订单 😀
title: 订单 😀  # why
"客户 😀": '值 😀'
list: [a, 客户, {b: "c", 😀: d}]
empty:
dashes:
  -
  - |
    text
  -   - x
anchored: &a
  inner: &b   deep
flow: &c {k: v}
again: *a
? asked
: answer
last: >-
  folded
"""

# The path to a value, the line and column of its key if it has one, and those of the value.
PLACED = [
    (["title"], (2, 1), (2, 8)),
    (["客户 😀"], (3, 1), (3, 9)),
    (["list"], (4, 1), (4, 7)),
    (["list", 1], None, (4, 11)),
    (["list", 2], None, (4, 15)),
    (["list", 2, "b"], (4, 16), (4, 19)),
    (["list", 2, "😀"], (4, 24), (4, 27)),
    (["empty"], (5, 1), (5, 7)),
    (["dashes"], (6, 1), (7, 3)),
    (["dashes", 0], None, (7, 4)),
    (["dashes", 1], None, (8, 5)),
    (["dashes", 2], None, (10, 7)),
    (["dashes", 2, 0], None, (10, 9)),
    (["anchored"], (11, 1), (12, 3)),
    (["anchored", "inner"], (12, 3), (12, 15)),
    (["flow"], (13, 1), (13, 10)),
    (["flow", "k"], (13, 11), (13, 14)),
    (["again"], (14, 1), (12, 3)),
    (["asked"], (15, 3), (16, 3)),
    (["last"], (17, 1), (17, 7)),
]


@both_parsers
@pytest.mark.parametrize(("written", "value"), VALUES, ids=[written or "nothing" for written, _ in VALUES])
def test_a_text_means(written: str, value: object, parser: Any) -> None:
    node, findings = read_document(
        f"a: {written}\n" if written != "-" else "a:\n-\n", "f.yaml", parser=parser
    )
    assert node is not None
    assert findings == ()
    found = node.at(["a"]) if written != "-" else node.at(["a", 0])
    assert (found.value, type(found.value)) == (value, type(value))


@both_parsers
@pytest.mark.parametrize("written", DOUBTFUL)
def test_what_an_editor_takes_for_a_number_is_text_and_a_warning(written: str, parser: Any) -> None:
    node, findings = read_document(f"a: {written}", "f.yaml", parser=parser)
    assert node is not None
    assert node.plain() == {"a": written}
    assert findings == (Finding("FE021", Place("f.yaml", 1, 4), findings[0].params, severity="warning"),)
    assert findings[0].remedy("en") == f'put it in quotes: "{written}"'


@both_parsers
def test_a_key_that_an_editor_takes_for_a_number_is_text_and_a_warning(parser: Any) -> None:
    node, findings = read_document("007: x\n0x1F: y", "f.yaml", parser=parser)
    assert node is not None
    assert node.plain() == {"007": "x", "0x1F": "y"}
    assert [(f.code, f.severity, f.place.line) for f in findings] == [
        ("FE021", "warning", 1), ("FE021", "warning", 2),
    ]  # fmt: skip


@both_parsers
def test_a_doubtful_key_may_not_stand_twice_either(parser: Any) -> None:
    node, findings = read_document("007: x\n007: y", "f.yaml", parser=parser)
    assert node is not None
    assert node.plain() == {"007": "x"}
    assert [(f.code, f.place.line) for f in findings] == [("FE021", 1), ("FE016", 2), ("FE021", 2)]


@both_parsers
@pytest.mark.parametrize("written", TOO_LONG)
def test_a_number_has_at_most_thirty_digits(written: str, parser: Any) -> None:
    _, findings = read_document(f"a: {written}", "f.yaml", parser=parser)
    assert [(finding.code, finding.place) for finding in findings] == [("FE020", Place("f.yaml", 1, 4))]


@both_parsers
@pytest.mark.parametrize(
    "key", ["on", "off", "yes", "no", "n", "17:00", "2026-02-14", "'1'", '"true"', "客户", "a b"]
)
def test_a_key_that_other_readers_mangle_is_text(key: str, parser: Any) -> None:
    node, findings = read_document(f"{key}: x", "f.yaml", parser=parser)
    assert node is not None
    assert findings == ()
    assert node.plain() == {key.strip("'\""): "x"}


@both_parsers
def test_tiers_are_numbered_and_nothing_else_is(parser: Any) -> None:
    node, findings = read_document("tiers: {1: {team: a}, 2: {3: b}}", "f.yaml", parser=parser)
    assert node is not None
    assert node.plain() == {"tiers": {"1": {"team": "a"}, "2": {}}}
    assert [(finding.code, finding.place.column) for finding in findings] == [("FE017", 27)]


@both_parsers
@pytest.mark.parametrize(("marked", "code", "words"), SLIPS, ids=[f"{code} {m!r}" for m, code, _ in SLIPS])
def test_a_slip_is_named_at_its_place_with_its_remedy(
    marked: str, code: str, words: str, parser: Any
) -> None:
    before, source = marked.partition("¦")[0], marked.replace("¦", "")
    _, findings = read_document(source, "f.yaml", parser=parser)
    lines = before.split("\n")
    assert [(f.code, f.place) for f in findings] == [(code, Place("f.yaml", len(lines), len(lines[-1]) + 1))]
    assert words in f"{findings[0].message('en')} -> {findings[0].remedy('en')}"
    assert findings[0].remedy("zh")


@both_parsers
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize(("path", "key", "value"), PLACED, ids=[str(path) for path, _, _ in PLACED])
def test_places_are_those_that_an_editor_shows(
    path: list[str | int], key: tuple[int, int] | None, value: tuple[int, int], line_end: str, parser: Any
) -> None:
    node, findings = read_document(PLACES.replace("\n", line_end).encode(), "f.yaml", parser=parser)
    assert node is not None
    assert findings == ()
    assert node.at(path).place == Place("f.yaml", *value)
    if key:
        assert node.at(path[:-1]).keys[str(path[-1])] == Place("f.yaml", *key)


def test_places_stand_behind_what_a_byte_order_mark_takes() -> None:
    _, findings = read_document(b"\xef\xbb\xbfa: \xff", "f.yaml")
    assert findings[0].place == Place("f.yaml", 1, 4)


def test_a_node_knows_how_it_was_written() -> None:
    node, _ = read_document("a: 1.10\nb: '1.10'\nc: \"x\"\nd: |\n  y\ne: [z]\n", "f.yaml")
    assert node is not None
    texts = [(entry.kind, entry.text, entry.style) for entry in node.entries.values()]
    assert texts[:2] == [("scalar", "1.10", "plain"), ("scalar", "1.10", "single")]
    assert texts[2:] == [("scalar", "x", "double"), ("scalar", "y\n", "block"), ("list", "", "plain")]
    assert (node.items, node.at(["e"]).entries) == ([], {})
    assert [item.value for item in node.at(["e"]).items] == ["z"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ([], {"a": {"b": [1, {"c": 2}]}}),
        (["a", "b", 1, "c"], 2),
        (["a", "b", 1, "d", "e"], {"c": 2}),
        (["a", "b", 7], [1, {"c": 2}]),
        (["a", "b", -1], [1, {"c": 2}]),
        (["a", "b", "c"], [1, {"c": 2}]),
        (["a", 0], {"b": [1, {"c": 2}]}),
        (["a", "b", 0, "x"], 1),
    ],
)
def test_the_nearest_node_on_a_path(path: list[str | int], value: object) -> None:
    node, _ = read_document("a: {b: [1, {c: 2}]}", "f.yaml")
    assert node is not None
    assert node.at(path).plain() == value


def test_a_scalar_made_by_hand_reads_like_one_from_a_file() -> None:
    node, _ = read_document("a: text", "f.yaml")
    assert node is not None
    assert node.at(["a"]) == scalar("text", Place("f.yaml", 1, 4))


@both_parsers
def test_an_alias_is_the_node_it_stands_for(parser: Any) -> None:
    node, findings = read_document("a: &x {b: 1}\nc: [*x, *x]\nd: &y\ne: *y", "f.yaml", parser=parser)
    assert node is not None
    assert findings == ()
    assert node.plain() == {"a": {"b": 1}, "c": [{"b": 1}, {"b": 1}], "d": None, "e": None}
    assert node.at(["c", 1]) is node.at(["a"])


@both_parsers
def test_reading_goes_on_behind_an_error(parser: Any) -> None:
    """One run shows everything, and the node holds what could be understood."""
    source = "a: 1\na: {b: 2, b: 3}\n7: x\nc: !t 4\nd: {e, f: 5}\ng: [*h, 6]\ni: 007\n"
    node, findings = read_document(source, "f.yaml", parser=parser)
    assert node is not None
    assert [(f.code, f.place.line) for f in findings] == [
        ("FE016", 2), ("FE016", 2), ("FE017", 3), ("FE014", 4), ("FE022", 5), ("FE010", 6), ("FE021", 7),
    ]  # fmt: skip
    assert node.plain() == {"a": 1, "c": 4, "d": {"f": 5}, "g": [6], "i": "007"}


def test_a_complaint_of_the_parser_that_nobody_foresaw_is_passed_on() -> None:
    mark = yaml.Mark("f.yaml", 5, 1, 0, "", 0)
    finding = explained(
        yaml.MarkedYAMLError(problem="found a unicorn", problem_mark=mark), "a: 1\nb: 2", "f.yaml"
    )
    assert (finding.code, finding.place) == ("FE029", Place("f.yaml", 2, 1))
    assert finding.message("en") == "this is not valid YAML: found a unicorn"
    assert "unicorn" not in finding.message("zh")


def test_only_errors_keep_a_file_from_being_read() -> None:
    node, findings = read_document("".join(f"k{i}: 007\n" for i in range(300)), "f.yaml")
    assert node is not None
    assert len(findings) == 300


def test_without_libyaml_a_tab_outside_quotes_is_refused_where_libyaml_lets_it_pass() -> None:
    """The one known difference between the parsers, on the safe side."""
    source = "a: 1\t# one\n"
    assert read_document(source, "f.yaml")[1] == ()
    assert [finding.code for finding in read_document(source, "f.yaml", parser=yaml.SafeLoader)[1]] == [
        "FE023"
    ]


def test_every_finding_of_the_reader_has_a_remedy_in_both_languages() -> None:
    codes = [f"FE{number:03}" for number in range(1, 30)]
    for code in codes:
        assert set(TEXTS[code]) == set(LANGUAGES)
        assert any(key.startswith(f"{code}.") for key in TEXTS)


@given(documents())
def test_every_key_and_value_stands_where_its_place_says(document: tuple[str, dict[str, Any]]) -> None:
    source, tree = document
    node, findings = read_document(source, "f.yaml")
    assert findings == ()
    assert node is not None
    assert read_document(source, "f.yaml", parser=yaml.SafeLoader) == (node, findings)
    stands_as_written(tree, node, source.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def stands_as_written(tree: Any, node: Node, lines: list[str]) -> None:
    """At each place the file goes on with the key or scalar that was written there."""
    if isinstance(tree, dict):
        assert len(node.entries) == len(tree)
        for key, place, inner in zip(tree, node.keys.values(), node.entries.values(), strict=True):
            assert rest(place, lines).startswith(f"{key}:")
            stands_as_written(tree[key], inner, lines)
    elif isinstance(tree, list):
        for part, inner in zip(tree, node.items, strict=True):
            stands_as_written(part, inner, lines)
        assert rest(node.place, lines)[0] in "[-"
    else:
        written, value = tree
        assert rest(node.place, lines).startswith(written)
        assert node.value == value


def rest(place: Place, lines: list[str]) -> str:
    """What stands at a place, to the end of its line."""
    return lines[place.line - 1][place.column - 1 :]
