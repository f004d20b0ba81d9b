"""What the real language server underlines: the very words that our checker finds at fault, with its remedy.

A row is an edit of a sound file; what must be underlined stands between « and ».
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.findings import Finding
from flowengine.definition.rehearsing import check_scenario
from flowengine.texts import LANGUAGES, TEXTS, say
from tests.editor.good_files import good_files
from tests.editor.language_server import LanguageServer, Place
from tests.editor.marked import place
from tests.editor.small_files import PROCESS, edited

URGENT = "    next: closed\ntypes:\n  urgent:\n    stages:\n      review:\n"
NAME, QUOTED = "FE105.name", "editor.quoted"
ONE_OF, NONE = "FE106", "FE106.none"

PROCESSES = {
    "a required key is missing": (
        "flowengine: 1\nprocess: order",
        "«f»lowengine: 1",
        'Missing property "process".',
    ),
    "a required key is missing in a map": (
        "amount: integer",
        "«amount»: {title: 金额}",
        'Missing property "type".',
    ),
    "a required key is missing in a row": ("next: closed", "next: [«{»when: amount > 1}]", '"to"'),
    "an unknown key": (
        "owner: desk\nroles",
        "owner: desk\n«zoen»: UTC\nroles",
        "Property zoen is not allowed.",
    ),
    "an unknown key of a short form's map": (
        "seen: check",
        "seen: {check: 已看过, «bye»: desk}",
        "Property bye is not allowed.",
    ),
    "the language of a text": (
        "{title: 前台}",
        "{title: {zh: 𠮷野家 𝄞, «fr»: x}}",
        "Property fr is not allowed.",
    ),
    "a wrong word": (
        "amount: integer",
        "amount: {title: 金额, type: «整数»}",
        '"text", "integer", "decimal", "money"',
    ),
    "a wrong word of a short form": ("seen: check", "seen: «chek»", '"check", "file", "note", "field"'),
    "a wrong word in a list of one": (
        "next: closed",
        "outcomes: {x: {to: closed, reason: «maybe»}}",
        "required",
    ),
    "another version of the language": ("flowengine: 1", "flowengine: «2»", "Value must be 1."),
    "a number where a text must be quoted": ('"1"', "«2026.1»", QUOTED),
    "a number for people": ("{title: 前台}", "{title: «3»}", "editor.text"),
    "a number in a list of words": ("integer", "{type: choice, choices: [甲, «2»]}", QUOTED),
    "a text for a number": (
        "next: closed",
        "outcomes: {x: {to: closed, at_most: «一»}}",
        'Expected "integer".',
    ),
    "a list for a map of names": ("{seen: check}", "«[check]»", "editor.named"),
    "a word for a list": ("integer", "{type: choice, choices: «甲»}", "editor.listed"),
    "a name in Chinese": ("amount: integer", "«金额»: integer", NAME),
    "a role in Chinese": ("owner: desk\nroles", "owner: «订单部»\nroles", NAME),
    "a process name": ("process: order", "process: «Order»", "FE105.process_name"),
    "a duration": ("next: closed", "due: «24 hours»", "FE105.length"),
    "a duration without its unit": ("next: closed", "due: «24»", "FE105.length"),
    "a duration in the long form": ("next: closed", "due: {within: «24»}", "FE105.length_or_field"),
    "a number of orders": (
        "order:\n  fields",
        'order:\n  number: «"{年}-1"»\n  fields',
        "FE105.order_number",
    ),
    "none of several": ("seen: check", "«seen»: {by: desk}", ONE_OF, NONE),
    "none of two": ("next: closed", "«due»: {}", ONE_OF, NONE),
    "a wrong word in a type": ("    next: closed\n", f"{URGENT}        needs: {{more: «chek»}}\n", "check"),
    "what a type may not say": (
        "stages:\n",
        "types: {urgent: {«zone»: UTC}}\nstages:\n",
        "zone is not allowed",
    ),
    "a library that is none": (PROCESS, "flowengine: 1\n«zoen»: UTC\n", "zoen is not allowed"),
    "an empty map": ("{seen: check}", "«{}»", "fewer properties"),
    "an empty list": ("integer", "{type: choice, choices: «[]»}", "too few items"),
    "a number that is too small": (
        "next: closed",
        "outcomes: {x: {to: closed, at_most: «0»}}",
        "minimum of 1",
    ),
}
SCENARIOS = {
    "an unknown verb": ("- create: {}", "- «crate»: {}", "Property crate is not allowed."),
    "an unknown expectation": ("{stage: review}", "{«stagee»: review}", "Property stagee is not allowed."),
    "a day without a time": ("2026-02-12 09:00", "«2026-02-12»", "FE105.instant"),
    "a duration with a space": ("by: 张敏", "by: 张敏\n    wait: «2 h»", "FE105.length"),
    "a person with a space": ("{张敏: desk}", "{«张 敏»: desk}", "FE105.plain_name"),
    "a word for a list": ("{stage: review}", "{blocked_by: «x»}", "editor.listed"),
}
CASES = [
    pytest.param(old, new, said, id=f"{kind}{name}")
    for kind, rows in (("", PROCESSES), ("scenario: ", SCENARIOS))
    for name, (old, new, *said) in rows.items()
]
TOO_MANY = {
    "two needs in one": ("seen: check", "seen: {check: x, «file»: y}"),
    "two times in one": ("next: closed", "due: {within: 24h, «by»: x}"),
    "two verbs in a step": ("create: {}", "create: {}\n    «done»: x"),
}
"""Here the editor underlines the key that is too many, and our checker the map that holds both."""
CHECKS: dict[str, Callable[[str, str], Any]] = {"process": check_process, "scenario": check_scenario}


@pytest.fixture(scope="module")
def shown(desk: LanguageServer, checkout: Path) -> dict[str, str]:
    """The address of every text here. All are opened at once: the server waits a little before it looks."""
    rows = [*(case.values[:2] for case in CASES), *TOO_MANY.values()]
    addresses = {
        text.text: desk.show(f"{root}-diagnostics-{number}.yaml", text.text)
        for number, (root, text) in enumerate(edited(old, new) for old, new in rows)
    }
    for path, root in good_files(checkout).items():
        text = path.read_text("utf-8")
        addresses[text] = desk.show(f"{folder_of(path, checkout)}/{root}-{path.name}", text)
    return addresses


def folder_of(path: Path, checkout: Path) -> Path:
    """Where a file stands among the schemas to which its first line may lead."""
    folder = path.parent.relative_to(checkout)
    return Path("processes") if folder.name == "starter" else folder


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_the_fault_is_underlined_where_our_checker_finds_it(
    desk: LanguageServer, shown: dict[str, str], old: str, new: str, said: list[str]
) -> None:
    root, (text, _, underlined) = edited(old, new)
    (problem,) = desk.problems(shown[text])
    assert ((problem.start, problem.end),) == underlined
    assert [words for message in said for words in both(message) if words not in problem.message] == []
    assert [found(each, text) for each in CHECKS[root](text, "any.yaml").findings] == [problem.start]


@pytest.mark.parametrize(("old", "new"), TOO_MANY.values(), ids=TOO_MANY)
def test_a_key_too_many_is_underlined(
    desk: LanguageServer, shown: dict[str, str], old: str, new: str
) -> None:
    root, (text, _, underlined) = edited(old, new)
    (problem,) = desk.problems(shown[text])
    assert ((problem.start, problem.end),) == underlined
    assert [words for words in both("FE106") if words not in problem.message] == []
    assert [words for words in both("FE106.none") if words in problem.message] == []
    assert [each.code for each in CHECKS[root](text, "any.yaml").findings] == ["FE106"]


def test_nothing_is_underlined_in_a_sound_file(
    desk: LanguageServer, shown: dict[str, str], checkout: Path
) -> None:
    files = good_files(checkout)
    assert len(files) > 20
    assert {path.name: desk.problems(shown[path.read_text("utf-8")]) for path in files} == {
        path.name: [] for path in files
    }


def both(message: str) -> list[str]:
    """What must be said: a text of the tables in both languages, or the words of the server itself."""
    if message not in TEXTS:
        return [message]
    return [say(message, lang, {"options": ["X"]}).split("X")[0] for lang in LANGUAGES]


def found(finding: Finding, text: str) -> Place:
    """Where our checker found something, as editors count."""
    line, column = finding.place.line - 1, finding.place.column - 1
    return Place(line, place(text.splitlines()[line][:column]).character)
