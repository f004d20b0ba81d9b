"""One slip in any length of time, share, period or fixed word of the shipped files is found where it stands.

A slip that gives another length (`24h` without its 4, `1wd` with an h for its d), another share below 100% or
another word of the list is what somebody may well have meant: no checker can know, so it is left out. How
words are slipped is told in `typos`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.cron_text import cron_fields
from flowengine.definition.document import read_document
from flowengine.definition.findings import Finding, Place
from flowengine.definition.lengths import LENGTH_PATTERN, length
from flowengine.definition.patching import Files
from flowengine.definition.shapes import NAME, REMOVE, Any, Dur, Exp, Pick, Str, Sub, Value
from flowengine.definition.spans import PATTERN, span
from flowengine.definition.vocabulary import SHAPES
from flowengine.definition.vocabulary.values import is_time
from tests.definition.test_typos import PROCESSES
from tests.definition.typos import Slip, Word, rounds, slipped, slips
from tests.definition.written_values import Written, written_values

SINK = Path(__file__).parent / "kitchen_sink.yaml"
SEVERAL = """flowengine: 1
process: several-units
version: "1"
owner: desk
order:
  fields:
    asked: {type: boolean, default: false}
    wanted: {type: date, required: true}
    patience: {type: duration, min: 30m, default: [{when: asked, value: 1d 12h}, {value: 2d}]}
roles: {desk: {}}
stages:
  review: {owner: desk, due: 1d 12h, opens: wanted - 2d 6h, needs: {soon: {that: patience < '9d 30m'}}}
  made: {owner: desk, due: 12h30m, needs: {done: {file: Proof, defer: 3650d}}, next: closed}
clocks:
  mornings: {every: "0 9,14 * * 1-5", late: [{notify: desk}]}
  rounds: {every: 20m 10h, late: [{notify: desk}]}
  months: {every: month, by: "09:30", late: [{notify: desk}]}
  answered: {after: order.created, within: patience, buffer: 1d 6h, warn: [50%, -1d 2h], owner: desk}
  waited: {after: order.created, by: wanted + 1d 12h, late: [{notify: desk}]}
  shown: {after: order.created, within: 1d 18h, buffer: -20%, late: [{notify: desk}]}
"""
"""Lengths of several units, and in all the places where one may stand."""
FILES = {
    SINK.name: SINK.read_text("utf-8"),
    **{path.name: path.read_text("utf-8") for path in sorted(PROCESSES.glob("*order.yaml"))},
    "several-units.yaml": SEVERAL,
}
TYPED_FOR = {
    "m": ("M", "mi", "min", "分钟", "分", "ｍ", " m", "mm", "s", ""),
    "h": ("H", "hr", "hour", "小时", "时", "ｈ", " h", "hh", "s", ""),
    "d": ("D", "day", "days", "天", "日", "ｄ", " d", "dd", "w", ""),
    "wh": ("WH", "hw", "个工作小时", "工时", "ｗｈ", " wh", "w h", "wwh", "bh", "w"),
    "wd": ("WD", "dw", "个工作日", "工作天", "ｗｄ", " wd", "w d", "wdd", "bd", ""),
}
"""What people type for each unit, besides the slips of every other word."""
MEASURES = {"warning", "buffer", "period", "point or time"}


@pytest.mark.parametrize("file", FILES)
def test_without_a_slip_nothing_is_found(file: str) -> None:
    """Or else what is there already could be taken for the answer to a slip."""
    assert [*errors(file, FILES[file])] == []


@pytest.mark.parametrize("file", FILES)
def test_a_slip_in_a_length_is_found_at_its_place(file: str) -> None:
    assert missed(file, [word for each in lengths(file) for word in layered(each)]) == []


@pytest.mark.parametrize("file", FILES)
def test_a_slip_in_a_share_a_period_or_a_time_of_day_is_found_at_its_place(file: str) -> None:
    assert missed(file, [word for each in measures(file) for word in layered(each)]) == []


@pytest.mark.parametrize("file", FILES)
def test_a_mark_of_a_chinese_keyboard_is_found_at_its_place(file: str) -> None:
    """One kind of mark at a time, each in all values of a file that have it."""
    for half, full in {"%": "\uff05", "-": "\uff0d", ":": "\uff1a", "*": "\uff0a", ",": "\uff0c"}.items():
        typed = [
            (each, each.node.text.replace(half, full)) for each in measures(file) if half in each.node.text
        ]
        assert unanswered(file, typed) == []


@pytest.mark.parametrize("file", FILES)
def test_another_unit_is_found_at_its_place(file: str) -> None:
    """The unit as people type it, one for all lengths of a file at a time."""
    for number in range(10):
        typed = [
            (each, each.node.text[: unit.start()] + TYPED_FOR[unit[0]][number])
            for each in lengths(file)
            if (unit := re.search("w?[mhd]$", each.node.text))
        ]
        assert unanswered(file, typed) == []


@pytest.mark.parametrize("file", FILES)
def test_a_slip_in_a_word_of_a_list_is_found_at_its_place(file: str) -> None:
    words = [
        word(each, known=frozenset(each.kind.words))
        for each in values_of(file)
        if isinstance(each.kind, Pick)
    ]
    assert missed(file, words) == []


@pytest.mark.parametrize("file", FILES)
def test_a_slip_in_a_duration_within_another_value_is_found_there(file: str) -> None:
    """In a condition at the duration, in a value as a whole; a point in time is found where it begins."""
    for each in values_of(file):
        for inside, at in inner(each):
            for written in slips(inside.text):
                if is_one(span, written) or written in inside.known:
                    continue
                bad, _ = slipped(FILES[file], [Slip(inside, written)])
                places = [finding.place for finding in errors(file, bad)]
                if written.isdecimal() and isinstance(each.kind, Any):
                    # A number keeps no place of its own: it is found at the field, or the row, that has it.
                    assert at.line in {place.line for place in places}
                    continue
                assert at in places, (inside.text, written, places)


def test_so_many_slips_were_tried() -> None:
    every = [each for file in FILES for each in lengths(file)]
    assert len(every) > 40
    assert {unit for each in every for unit in re.findall("w?[mhd]", each.node.text)} == {*TYPED_FOR}
    assert any(" " in each.node.text for each in every)
    assert any(each.node.text.isalpha() for each in every)
    assert {each.kind.what for file in FILES for each in measures(file)} == MEASURES
    assert any(True for file in FILES for each in values_of(file) for _ in inner(each))


def is_one(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def lengths(file: str) -> list[Written]:
    return [each for each in values_of(file) if isinstance(each.kind, Dur) and each.node.text != REMOVE]


def measures(file: str) -> list[Written]:
    """Warnings, buffers, periods and times of day."""
    return [
        each
        for each in values_of(file)
        if isinstance(each.kind, Str) and each.kind.what in MEASURES
        if each.kind.what != "point or time" or is_time(each.node.text)
    ]


def layer(kind: Value, text: str) -> str:
    """Who finds it if that stands here; nobody if it is another value that may stand here.

    The schema finds what has not the form of one, the reader a length of nothing, and those behind it the
    rest: about a row with an unreadable length they say nothing else.
    """
    assert isinstance(kind, Dur | Str)
    if not re.search(form(kind), text):
        return "form"
    if isinstance(kind, Dur) and kind.field and text[0].isalpha():
        return "name"
    if is_one(meaning(kind, text), text):
        return ""
    return "reader" if isinstance(kind, Dur) else "share" if text.endswith("%") else "row"


def meaning(kind: Value, text: str) -> Callable[[str], object]:
    """What reads a text that has the form of its kind, and raises ValueError if it means nothing."""
    match kind:
        case Dur(working=working):
            return length if working else span
        case Str(what="warning") if text.endswith("%"):
            return share
        case Str(what="warning" | "buffer") if not text.endswith("%"):
            return lambda text: length(text.removeprefix("-"))
        case Str(what="period") if re.search(PATTERN, text):
            return span
        case Str(what="period") if " " in text:
            return cron_fields
        case _:
            return str


def share(text: str) -> int:
    """The share after which a warning comes: neither at once nor when it is over."""
    percent = int(text.removesuffix("%"))
    if not 0 < percent < 100:
        raise ValueError(text)
    return percent


def form(kind: Dur | Str) -> str:
    if isinstance(kind, Str):
        return kind.pattern
    return (LENGTH_PATTERN if kind.working else PATTERN) + (f"|{NAME}" if kind.field else "")


def word(each: Written, *, at: str = "", known: frozenset[str] = frozenset()) -> Word:
    """A value as a word to slip in, within its quotes if it has some."""
    return Word(each.node.text, each.node.within(), at, each.node.place, known)


def layered(each: Written) -> Iterator[Word]:
    """The value once for each layer, with what is left to the others."""
    layers = {slip: layer(each.kind, slip) for slip in slips(each.node.text)}
    for at in sorted({*layers.values()} - {""}):
        yield word(each, at=at, known=frozenset(slip for slip in layers if layers[slip] != at))


def inner(each: Written) -> Iterator[tuple[Word, Place]]:
    """Durations that are a part of a value, with the place at which a slip in them is found."""
    text, place = each.node.text, each.node.within()
    if isinstance(each.kind, Exp):
        for found in re.finditer(r"'([0-9]+[mhd](?: [0-9]+[mhd])*)'", text):
            yield (
                Word(found[1], place.right(found.start(1)), 0, place, frozenset()),
                place.right(found.start()),
            )
    elif isinstance(each.kind, Any) and re.search(PATTERN, text):
        good = frozenset(
            {"0m", text.replace(" ", "  ")}
        )  # a field may hold no time at all, written as you like
        yield Word(text, place, 0, place, good), place
    elif (
        isinstance(each.kind, Str)
        and each.kind.what in ("point", "point or time")
        and (found := re.search("(?<=[+-] )[0-9].*", text))
    ):
        yield Word(found[0], place.right(found.start()), 0, place, frozenset()), place


def unanswered(file: str, typed: list[tuple[Written, str]]) -> list[Slip]:
    """What nothing is said about, of all that may not stand there: one layer at a time."""
    tried = [Slip(word(each, at=at), text) for each, text in typed if (at := layer(each.kind, text))]
    layers = sorted({str(slip.word.layer) for slip in tried})
    together = ([slip for slip in tried if slip.word.layer == at] for at in layers)
    return [slip for each in together for slip in unfound(file, each)]


def missed(file: str, words: list[Word]) -> list[Slip]:
    """The slips in these words that nothing is said about at their place; in quotes, at the first of them."""
    return [slip for together in rounds(words) for slip in unfound(file, together)]


def unfound(file: str, together: list[Slip]) -> list[Slip]:
    bad, placed = slipped(FILES[file], together)
    found = [*errors(file, bad)]
    wide = {finding.place for finding in found if finding.code == "FE030"}
    at = {finding.place for finding in found} - wide
    return [
        slip
        for slip, place in placed
        if place.right(slip.word.group.column - slip.word.place.column) not in at
        and not any(place.right(index) in wide for index in range(len(slip.written)))
    ]


def errors(file: str, text: str) -> Iterator[Finding]:
    found = check_process(text, file, Files(beside(), file)).findings
    return (finding for finding in found if finding.severity == "error")


@cache
def beside() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in PROCESSES.glob("*.yaml")}


@cache
def values_of(file: str) -> list[Written]:
    node, _ = read_document(FILES[file], file)
    assert node is not None
    return [*written_values(SHAPES, Sub("process"), node)]
