"""One slip in any duration or fixed word of the shipped files is found where it stands.

A slip that gives another duration (`24h` without its 4) or another word of the list is what somebody may well
have meant: no checker can know, so it is left out. How words are slipped is told in `typos`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.document import read_document
from flowengine.definition.findings import Finding, Place
from flowengine.definition.patching import Files
from flowengine.definition.shapes import REMOVE, Any, Dur, Exp, Pick, Str, Sub
from flowengine.definition.spans import PATTERN, span
from flowengine.definition.vocabulary import SHAPES
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
"""
"""Durations of several units, and in all the places where one may stand."""
FILES = {
    SINK.name: SINK.read_text("utf-8"),
    **{path.name: path.read_text("utf-8") for path in sorted(PROCESSES.glob("*order.yaml"))},
    "several-units.yaml": SEVERAL,
}
TYPED_FOR = {
    "m": ("M", "mi", "min", "分钟", "分", "ｍ", " m", "mm", "s", ""),
    "h": ("H", "hr", "hour", "小时", "时", "ｈ", " h", "hh", "s", ""),
    "d": ("D", "day", "天", "日", "ｄ", " d", "dd", "w", ""),
}
"""What people type for each unit, besides the slips of every other word."""


@pytest.mark.parametrize("file", FILES)
def test_a_slip_in_a_duration_is_found_at_its_place(file: str) -> None:
    words = [word for each in durations(file) for word in (shapeless(each), *lengthless(each))]
    assert missed(file, words) == []


@pytest.mark.parametrize("file", FILES)
def test_another_unit_is_found_at_its_place(file: str) -> None:
    """The unit as people type it, one for all durations of a file at a time."""
    for number in range(10):
        together = [
            Slip(shapeless(each), each.node.text[:-1] + units[number % len(units)])
            for each in durations(file)
            if (units := TYPED_FOR[each.node.text[-1]])
        ]
        assert unfound(file, [slip for slip in together if not is_duration(slip.written)]) == []


@pytest.mark.parametrize("file", FILES)
def test_a_slip_in_a_word_of_a_list_is_found_at_its_place(file: str) -> None:
    words = [
        Word(each.node.text, each.node.place, 0, each.node.place, frozenset(each.kind.words))
        for each in values_of(file)
        if isinstance(each.kind, Pick)
    ]
    assert missed(file, words) == []


@pytest.mark.parametrize("file", FILES)
def test_a_slip_in_a_duration_within_another_value_is_found_there(file: str) -> None:
    """In a condition at the duration, in a value as a whole; a point in time is found where it begins."""
    for each in values_of(file):
        for word, at in inner(each):
            for written in slips(word.text):
                if is_duration(written) or written in word.known:
                    continue
                bad, _ = slipped(FILES[file], [Slip(word, written)])
                places = [finding.place for finding in errors(file, bad)]
                if written.isdecimal() and isinstance(each.kind, Any):
                    # A number keeps no place of its own: it is found at the field, or the row, that has it.
                    assert at.line in {place.line for place in places}
                    continue
                assert at in places, (word.text, written, places)


def test_so_many_slips_were_tried() -> None:
    every = [each for file in FILES for each in durations(file)]
    assert len(every) > 20
    assert {unit for each in every for unit in re.findall("[mhd]", each.node.text)} == {"m", "h", "d"}
    assert any(" " in each.node.text for each in every)
    assert any(True for file in FILES for each in values_of(file) for _ in inner(each))


def is_duration(text: str) -> bool:
    try:
        return span(text) > 0
    except ValueError:
        return False


def durations(file: str) -> list[Written]:
    return [each for each in values_of(file) if isinstance(each.kind, Dur) and each.node.text != REMOVE]


def shapeless(each: Written) -> Word:
    """For the slips that no longer look like a duration, which the schema finds."""
    kept = frozenset(slip for slip in slips(each.node.text) if re.search(PATTERN, slip))
    return Word(each.node.text, each.node.place, "shape", each.node.place, kept)


def lengthless(each: Written) -> Iterator[Word]:
    """For those that do and are none, such as `0m`: found by the reader, once the schema is kept."""
    none = [slip for slip in slips(each.node.text) if re.search(PATTERN, slip) and not is_duration(slip)]
    if none:
        others = frozenset(slip for slip in slips(each.node.text) if slip not in none)
        yield Word(each.node.text, each.node.place, "length", each.node.place, others)


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
    elif isinstance(each.kind, Str) and each.kind.what == "point" and (found := re.search("[0-9].*", text)):
        yield Word(found[0], place.right(found.start()), 0, place, frozenset()), place


def missed(file: str, words: list[Word]) -> list[Slip]:
    """The slips in these words that nothing is said about at their place."""
    return [slip for together in rounds(words) for slip in unfound(file, together)]


def unfound(file: str, together: list[Slip]) -> list[Slip]:
    bad, placed = slipped(FILES[file], together)
    found = [*errors(file, bad)]
    wide = {finding.place for finding in found if finding.code == "FE030"}
    at = {finding.place for finding in found} - wide
    return [
        slip
        for slip, place in placed
        if place not in at and not any(place.right(index) in wide for index in range(len(slip.written)))
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
