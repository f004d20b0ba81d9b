"""Lengths of time: elapsed, working hours, working days; read, written again, and said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.definition.lengths import DAY, HOUR, LENGTH_PATTERN, Length, length
from flowengine.texts import say

READ = {
    "30m": (Length(30 * 60_000), "30m", "30m", "30m"),
    "48h": (Length(2 * DAY), "2d", "2d", "2d"),
    "1d 12h": (Length(36 * HOUR), "1d 12h", "1d 12h", "1d 12h"),
    "8wh": (Length(8 * HOUR, "working"), "8wh", "8 working hours", "8个工作小时"),
    "1wh": (Length(HOUR, "working"), "1wh", "1 working hour", "1个工作小时"),
    "2wd": (Length(2 * DAY, "days"), "2wd", "2 working days", "2个工作日"),
    "1wd": (Length(DAY, "days"), "1wd", "1 working day", "1个工作日"),
}


@pytest.mark.parametrize(("text", "row"), READ.items(), ids=READ.keys())
def test_a_length_is_read_written_and_said(text: str, row: tuple[Length, str, str, str]) -> None:
    found = length(text)
    phrase = found.said()
    said = [say(phrase.key, lang, phrase.params) for lang in ("en", "zh")]  # type: ignore[arg-type]
    assert (found, str(found), *said) == row
    assert re.search(LENGTH_PATTERN, text)


NONE = ["8", "wh", "0wh", "0wd", "0m", "8WH", "1.5wh", "-8wh", "1e3wh", "1w", "1wm", "１wd"]
TOO_LONG = ["20001wh", "3651wd", "99999wd"]


@pytest.mark.parametrize("text", [*NONE, *TOO_LONG, "", "8 wh", "8wh 30m", "1wd 4wh", "1d 4wh", "8wh\n"])
def test_what_is_no_length_or_mixes_units_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        length(text)


@given(st.integers(1, 3650))
def test_what_is_written_is_read_as_the_same(number: int) -> None:
    for each in (Length(number * DAY), Length(number * HOUR, "working"), Length(number * DAY, "days")):
        assert length(str(each)) == each
