"""One slip of the finger in any keyword or reference of the shipped files is found where it stands.

Many slips go into a file at a time; each must be an error at the line and column of its own word. What was
meant is proposed, or at least listed. The counts are held so that the promise cannot shrink unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

from flowengine.definition.builtin_fields import builtin_fields
from flowengine.definition.check import check_process
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.patching import Files
from flowengine.definition.references import ends_of
from flowengine.definition.rehearsing import check_scenario
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.scope import clocks_of, fields_of, needs_of, outcomes_of, tasks_of
from flowengine.definition.vocabulary import LIBRARY, SHAPES
from flowengine.definition.words import Process
from tests.definition.typos import Slip, Word, rounds, slipped, slips
from tests.definition.written_keywords import Keyword, keywords

HERE = Path(__file__).parent
PROCESSES = Path(__file__).parents[2] / "processes"
FILES = sorted(PROCESSES.rglob("*.yaml"))
SINKS = [HERE / "kitchen_sink.yaml", HERE / "kitchen_sink.scenario.yaml"]
"""They hold every keyword there is."""
LIBRARIES = [PROCESSES / "company.yaml"]
REFERRING = [file for file in FILES if file not in LIBRARIES]
Words = Callable[[Path], Iterable[Word]]
Find = Callable[[str], tuple[Finding, ...]]
TOO_SHORT = 2
OUTCOMES = ("outcome", "whole outcome")
TO_ROLES = {
    ("process", "owner"),
    ("stage", "owner"),
    ("task", "owner"),
    ("need", "by"),
    ("need", "waive"),
    ("hold", "by"),
    ("action", "by"),
}
TO_ANYBODY = {("release", "by"), ("amending", "by"), *((each, "by") for each in OUTCOMES)}
TO_PLACES = {
    ("row", "to"),
    ("action", "move"),
    ("whole outcome", "from"),
    *((each, "to") for each in OUTCOMES),
}
TO_HOLDS = {("action", "hold"), ("action", "release")}
TO_FIELDS = {
    ("order", "unique"),
    ("due", "by"),
    ("need", "field"),
    ("need", "covers"),
    ("whole outcome", "edits"),
}
TO_PEOPLE = {
    ("action", "notify"),
    ("telling", "notify"),
    ("action", "assign"),
    ("clock", "owner"),
    ("hold", "owner"),
}
CONDITIONS = {
    ("need", "that"),
    ("order check", "that"),
    ("row", "when"),
    ("due", "when"),
    ("clock", "when"),
    ("rule", "when"),
    ("hold", "while"),
}


@pytest.mark.parametrize("file", SINKS + FILES, ids=lambda file: file.name)
def test_a_slip_in_a_keyword_is_found_at_its_place(file: Path) -> None:
    found_and_answered(tally(file, written_keywords))


@pytest.mark.parametrize("file", REFERRING, ids=lambda file: file.name)
def test_a_slip_in_a_reference_is_found_at_its_place(file: Path) -> None:
    found_and_answered(tally(file, references))


def test_so_many_slips_were_tried() -> None:
    keys, names = (
        sum(len(together) for file in files for together in tried_together(file, words))
        for words, files in ((written_keywords, SINKS + FILES), (references, REFERRING))
    )
    assert keys > 17_000
    assert names > 9_000


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("by", {"b", "y", "yb", "bby", "byy"}),
        ("owner", {"wner", "onwer", "ownner", "pwner"}),
        ("王芳", {"芳王", "王"}),
    ],
)
def test_what_counts_as_a_slip(word: str, some: set[str]) -> None:
    assert some <= set(slips(word))
    assert word not in slips(word)


def found_and_answered(tried: Counter[str]) -> None:
    """All found; what was meant is proposed, unless another word is as near or there is little to go by."""
    assert tried["missed"] == 0
    assert tried["left alone"] == 0
    assert tried["another"] <= max(2, 0.02 * tried.total())  # `waive` and `wait` lie near each other


def tried_together(file: Path, words: Words) -> Iterator[list[Slip]]:
    """Every slip in a process. Scenarios use a few words over and over: there they share the slips out."""
    if not is_scenario(file):
        return rounds(words(file))
    if file in SINKS:
        return rounds(words(file), every=3)
    return rounds(words(file), every=8, first=FILES.index(file))


def tally(file: Path, words: Words) -> Counter[str]:
    """How the slips in these words of the file were answered."""
    text = file.read_text("utf-8")
    answers: Counter[str] = Counter()
    for together in tried_together(file, words):
        bad, placed = slipped(text, together)
        findings = checking(file)(bad)
        for slip, place in placed:
            here = [finding for finding in findings if finding.place == place and finding.severity == "error"]
            answers[answered(slip.word.text, here)] += 1
    return answers


def answered(meant: str, findings: list[Finding]) -> str:
    """With two letters, one of them wrong, nobody can guess: then what is known here must be listed."""
    guesses = {finding.params.get("guess") for finding in findings} - {None}
    listed = {name for finding in findings for name in finding.params.get("known", ())}
    if not findings:
        return "missed"
    if meant in guesses:
        return "meant"
    if meant in listed and len(meant) == TOO_SHORT:
        return "listed"
    return "another" if guesses else "left alone"


def checking(file: Path) -> Find:
    if is_scenario(file):
        return lambda text: check_scenario(text, file.name, played(file)).findings
    return lambda text: check_process(text, file.name, beside()).findings


def is_scenario(file: Path) -> bool:
    return file.name.endswith(".scenario.yaml")


@cache
def played(file: Path) -> Process:
    """The process that a shipped scenario plays."""
    node, _ = read_document(file.read_bytes(), file.name)
    assert node is not None
    return read((HERE if file in SINKS else PROCESSES) / Path(str(node.entries["process"].value)).name)


@cache
def beside() -> Files:
    """The process files, for one that extends another."""
    return Files({file.name: file.read_bytes() for file in PROCESSES.glob("*.yaml")})


@cache
def read(file: Path) -> Process:
    process = check_process(file.read_bytes(), file.name, beside()).process
    assert process is not None
    return process


def keywords_of(file: Path) -> list[Keyword]:
    node, _ = read_document(file.read_bytes(), file.name)
    assert node is not None
    if file in LIBRARIES:
        return list(keywords({**SHAPES, "library": LIBRARY}, "library", node))
    shapes, root = (SCENARIO_SHAPES, "scenario") if is_scenario(file) else (SHAPES, "process")
    return list(keywords(shapes, root, node))


def written_keywords(file: Path) -> Iterator[Word]:
    """Keywords at one depth do not hide each other; two in one map must not become the same."""
    for each in keywords_of(file):
        known = frozenset(key.name for key in each.shape.keys)
        yield Word(each.key.name, each.place, len(each.path), each.path[:-1], known)


NO_NAMES = ("any", "owner", "requester")
"""Words of the language that stand where names do; a slip in one is found, but roles alone are proposed."""


def references(file: Path) -> Iterator[Word]:
    found = scenario_references(file) if is_scenario(file) else process_references(file)
    return (word for word in found if "{" not in word.text and word.text not in NO_NAMES)


def process_references(file: Path) -> Iterator[Word]:
    process = read(file)
    roles, fields = frozenset(process.roles), frozenset({*fields_of(process), "channel"})
    places = frozenset({*process.stages, *ends_of(process), "any"})
    for each in keywords_of(file):
        what = (each.shape.name, each.key.name)
        if what in TO_ROLES:
            yield from values(each.node, roles)
        elif what in TO_ANYBODY:
            yield from values(each.node, roles | {CUSTOMER})
        elif what in TO_PLACES or (what == ("stage", "next") and each.node.kind == "scalar"):
            yield from values(each.node, places)
        elif what in TO_FIELDS:
            yield from values(each.node, fields)
        elif what in TO_HOLDS:
            yield from values(each.node, frozenset(process.holds or ()))
        elif what == ("hold", "allows"):
            yield from values(each.node, frozenset(outcome.name for _, outcome in outcomes_of(process)))
        elif what == ("hold", "pauses") and each.node.text != "all":
            yield from values(each.node, timed(process))
        elif each.key.name == "calendar":
            yield from values(each.node, frozenset(process.calendars or ()))
        elif what in TO_PEOPLE:
            yield from told(each.node, roles | {"owner", CUSTOMER}, places)
        elif what in CONDITIONS:
            yield from asked(each.node, fields)
        elif each.key.name in ("needs", "entry"):
            short = [name for name, need in each.node.entries.items() if need.value == "field"]
            yield from names(each.node, fields, only=short)


def scenario_references(file: Path) -> Iterator[Word]:
    process = played(file)
    node, _ = read_document(file.read_bytes(), file.name)
    assert node is not None
    people = frozenset(node.entries["people"].entries)
    needs, outcomes = (
        frozenset(each.name for _, each in pairs) for pairs in (needs_of(process), outcomes_of(process))
    )
    fields = frozenset({*fields_of(process), "channel", *builtin_fields(process)})
    places = frozenset({*process.stages, *ends_of(process)})
    late, holds = places | timed(process), frozenset(process.holds or ())
    for held in node.entries["people"].entries.values():
        yield from values(held, frozenset(process.roles))
    # After `on` it may speak of orders of other processes.
    for step in takewhile(lambda step: "on" not in step.entries, node.entries["steps"].items):
        parts = step.entries
        expect = parts["expect"].entries if "expect" in parts else {}
        if "by" in parts:
            yield from values(parts["by"], people)
        if "refused" not in expect:  # what is refused may well not exist
            for key in {"done", "outcome"} & set(parts):
                yield from values(parts[key], needs | outcomes)
            for key in {"hold", "release"} & set(parts):
                yield from values(parts[key], holds)
            for key in {"attach", "write"} & set(parts):
                yield from names(parts[key], needs | fields)
        for key, known in (
            ("stage", places),
            ("late", late),
            ("warned", late),
            ("held", holds),
            ("blocked_by", needs | places | holds),
        ):
            yield from values(expect[key], known) if key in expect else ()
        for key in ("notified", "not_notified"):
            yield from values(expect[key], people | set(process.roles)) if key in expect else ()
        for key, known in (("due", late), ("chart", places), ("fields", fields), ("todo", people)):
            yield from names(expect[key], known) if key in expect else ()
        for key, known in (("chart", places), ("todo", needs | outcomes)):
            for part in expect[key].entries.values() if key in expect else ():
                yield from values(part, known)


def timed(process: Process) -> frozenset[str]:
    """Everything that may be late."""
    named = *needs_of(process), *tasks_of(process), *clocks_of(process)
    return frozenset({*process.stages, *(process.holds or ()), *(each.name for _, each in named)})


def values(node: Node, known: frozenset[str]) -> Iterator[Word]:
    """The names that stand as a value, or in a list of them."""
    for item in node.items if node.kind == "list" else [node]:
        if item.kind == "scalar":  # one who is told is a map, with the message
            yield Word(item.text, item.place, 0, item.place, known)


def names(node: Node, known: frozenset[str], *, only: Iterable[str] | None = None) -> Iterator[Word]:
    """The names that stand as keys of a map; none becomes one that stands beside it."""
    for name in node.entries if only is None else only:
        yield Word(name, node.keys[name], 0, node.place, known | set(node.entries))


def told(node: Node, roles: frozenset[str], stages: frozenset[str]) -> Iterator[Word]:
    for item in node.items if node.kind == "list" else [node]:
        first, dot, _ = item.text.partition(".")
        yield Word(first, item.place, 0, item.place, stages if dot else roles)


def asked(node: Node, fields: frozenset[str]) -> Iterator[Word]:
    """The fields in a condition, every other one at a time: what is said of a comparison is about two."""
    for number, match in enumerate(re.finditer(r"(?<![\w.])[a-z_]+\b(?![(.])", node.text)):
        if match.group() in fields:
            place = node.place.right(match.start())
            yield Word(match.group(), place, number % 2, place, fields | {"not", "and", "or", "in"})
