"""Words on a terminal: widths, columns and carets, with Chinese among them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.cli.screen import iso, json_text, padded, pointed, table, visible, width

WORDS = st.text(st.sampled_from("ab 订单é\u0301、（"), max_size=8)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("order", 5),
        ("订单", 4),
        ("订单 A1", 7),
        ("e\u0301", 1),
        ("（）", 4),
        ("한글", 4),
        ("“x”", 3),
    ],
)
def test_a_chinese_character_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("rows", "head", "lines"),
    [
        pytest.param([], ["Number", "Stage"], ["Number  Stage"], id="heading alone"),
        pytest.param([("1", "Review"), ("12", "Q")], [], ["1   Review", "12  Q"], id="columns"),
        pytest.param(
            [("1", "审核", "x"), ("2", "In review", "y")],
            [],
            ["1  审核       x", "2  In review  y"],
            id="chinese",
        ),
        pytest.param([("a\nb", "c\x1b[31m")], [], ["a b  c�[31m"], id="no cell steers the terminal"),
    ],
)
def test_a_table_has_its_cells_under_each_other(
    rows: list[tuple[str, ...]], head: list[str], lines: list[str]
) -> None:
    assert list(table(rows, head=head)) == lines


def test_numbers_may_end_together() -> None:
    assert list(table([("逾期", "4h"), ("x", "12h")], right={1})) == ["逾期   4h", "x     12h"]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1))
def test_every_column_begins_where_the_others_do(rows: list[tuple[str, str, str]]) -> None:
    marked = [(first, f"|{second}", f"|{third}") for first, second, third in rows]
    places = {
        tuple(width(line[:at]) for at, sign in enumerate(line) if sign == "|") for line in table(marked)
    }
    assert len(places) == 1


@given(WORDS, st.integers(0, 20))
def test_padding_never_cuts(text: str, columns: int) -> None:
    assert width(padded(text, columns)) == max(width(text), columns)
    assert padded(text, columns, right=True).strip() == text.strip()


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        pytest.param("owner: desk", 8, "owner: desk", "       ^", id="plain"),
        pytest.param(
            "title: 审核, owner: x", 13, "title: 审核, owner: x", "              ^", id="after chinese"
        ),
        pytest.param("\tx: 1", 2, " x: 1", " ^", id="after a tab"),
        pytest.param("x", 9, "x", " ^", id="behind the end"),
        pytest.param("", 1, "", "^", id="empty line"),
        pytest.param("ab\x1b[2Jcd", 8, "ab�[2Jcd", "       ^", id="escape"),
    ],
)
def test_the_caret_stands_under_the_place(line: str, column: int, shown: str, caret: str) -> None:
    assert pointed(line, column) == (shown, caret)


@given(
    st.text(st.sampled_from("ab 订é\u0301"), max_size=300), st.integers(1, 300), st.sampled_from([20, 100])
)
def test_a_long_line_is_cut_around_the_place(line: str, column: int, room: int) -> None:
    shown, caret = pointed(line, column, room=room)
    assert width(shown) <= room + 1
    assert width(caret) <= width(shown) + 1
    if column <= len(line) and width(line[column - 1]) > 0:
        below = next(at for at in range(len(shown)) if width(shown[: at + 1]) > len(caret) - 1)
        assert shown[below] == line[column - 1]


@pytest.mark.parametrize(
    ("at", "text"),
    [(None, None), (0, "1970-01-01T00:00:00.000Z"), (1_770_897_600_001, "2026-02-12T12:00:00.001Z")],
)
def test_instants_for_programs_are_iso_in_utc(at: int | None, text: str | None) -> None:
    assert iso(at) == text


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "gbk", "latin-1", "ascii", None])
def test_json_is_valid_utf8_whatever_the_terminal(encoding: str | None) -> None:
    data = {"客户": "张三", "x": [1, None, True]}
    text = json_text(data, encoding)
    assert json.loads(text.encode(encoding or "ascii").decode("utf-8")) == data


def test_nothing_invisible_is_printed() -> None:
    assert visible("a\tb\nc\x00\x9b\ud800é") == "a b c���é"
