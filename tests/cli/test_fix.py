"""`validate --fix`: slips with one remedy are mended where they stand; nothing else of the file changes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from flowengine.cli.findings.checking import examined
from flowengine.cli.findings.edits import Edit
from flowengine.cli.findings.mending import edited, mended
from flowengine.cli.findings.surroundings import ALONE, OnDisk
from flowengine.definition.findings import is_sure
from tests.definition.test_typos import FILES, PROCESSES, references, written_keywords
from tests.definition.typos import rounds, slipped

HEAD = """\
flowengine: 1
process: order
version: "1"  # kept as it is
owner: desk
order:
  fields:
    amount: {type: money, currency: CNY, required: true}
    grade: {type: choice, choices: [A, B, C], required: true}
    grades: text
    gradess: {type: list, of: {sku: text}}
    urgent: {type: boolean, required: true}
roles: {desk: {}, finance: {}, team_1: {}}
stages:
"""
BLOCK = "  review:\n    owner: desk\n    needs:\n      fits:\n        that: {}\n    next: closed\n"
FLOW = "  review: {{owner: desk, needs: {{fits: {{that: {}}}}}, next: closed}}\n"
STAGE = "  review: {owner: desk, needs: {seen: check}, next: closed}\n"
TITLED = "  review:\n    title: {}\n    owner: desk\n    needs: {{seen: check}}\n    next: closed\n"
TELLS = """\
rules: {{r: {{after: seen, then: [{{notify: desk, message: m}}]}}}}
messages: {{m: {{text: '订单 {}'}}}}
"""
PROCESS = re.compile(r"^(?:process|scenario):", re.MULTILINE)
SCENARIO = re.compile(r"^scenario:", re.MULTILINE)
SOME = [
    file
    for number, file in enumerate(FILES)
    if PROCESS.search(file.read_text("utf-8")) and (file.parent == PROCESSES or number % 4 == 0)
]
"""Processes, and some of the scenarios; a library refers to nothing."""


def fixed(text: str) -> str:
    return mended((HEAD + text).encode(), "x.yaml", ALONE).decode().removeprefix(HEAD)


def codes(text: str) -> list[str]:
    return [finding.code for finding in examined((HEAD + text).encode(), "x.yaml", ALONE).findings]


MENDED = {
    "keywords, names and words": (
        "  review: {ownr: desk, neds: {seen: chek}, nxt: clsed}\n", STAGE),
    "case": ("  review: {Owner: desk, needs: {seen: CHECK}, next: closed}\n", STAGE),
    "no space behind the colon": (STAGE.replace("owner: ", "owner:"), STAGE),
    "no space, in a block": (BLOCK.format("urgent").replace("next: ", "next:"), BLOCK.format("urgent")),
    "full-width colon and comma": (
        "  review: {owner：desk， needs：{seen: check}, next： closed}\n", STAGE),
    "full-width brackets": ("  review: ｛owner: desk, needs: {seen: check}, next: closed｝\n", STAGE),
    "full-width quotes": (
        "  review: {title: “审核”, owner: desk, needs: {seen: check}, next: closed}\n",
        '  review: {title: "审核", owner: desk, needs: {seen: check}, next: closed}\n'),
    "full-width digits": (
        "  review: {owner: desk, due: ２４h, needs: {seen: check}, next: closed}\n",
        "  review: {owner: desk, due: 24h, needs: {seen: check}, next: closed}\n"),
    "full-width blank": ("　 review: {owner: desk, needs: {seen: check}, next: closed}\n", STAGE),
    "a text with a colon": (
        TITLED.format("Review: first  # a note"), TITLED.format('"Review: first"  # a note')),
    "a text with a sign of YAML": (TITLED.format("@desk"), TITLED.format('"@desk"')),
    "a number that is a text": (
        "  review: {title: 2026.10, owner: desk, needs: {seen: check}, next: closed}\n",
        '  review: {title: "2026.10", owner: desk, needs: {seen: check}, next: closed}\n'),
    "a text that others read as a number": (
        "  review: {title: 007, owner: desk, needs: {seen: check}, next: closed}\n",
        '  review: {title: "007", owner: desk, needs: {seen: check}, next: closed}\n'),
    "signs of other languages in a condition": (
        BLOCK.format("grade == “A”&&urgent || ! urgent ∨ amount ＞ 5万"),
        BLOCK.format("grade == 'A' and urgent or not urgent or amount > 50000")),
    "capitals in a condition": (
        BLOCK.format("urgent AND NOT grade == 'A'"), BLOCK.format("urgent and not grade == 'A'")),
    "a number in quotes, a yes": (
        BLOCK.format("amount > '500' and urgent == yes"), BLOCK.format("amount > 500 and urgent == true")),
    "a name in a condition": (BLOCK.format("amuont > 5"), BLOCK.format("amount > 5")),
    "a choice in a condition": (
        FLOW.format("grade == 'a'"), FLOW.format("grade == 'A'")),
    "a condition with brackets": (
        FLOW.format("grade in ['A', 'B']"), FLOW.format("\"grade in ['A', 'B']\"")),
    "a condition that begins with a quote": (
        BLOCK.format("'A' == grade  # so"), BLOCK.format("\"'A' == grade\"  # so")),
    "wide braces in a message": (
        STAGE + TELLS.format("｛｛number｝｝"), STAGE + TELLS.format("{{ number }}")),
    "several stages of the check": (
        "  review: {ownr: dsk, needs: {fits: {that: gade == 'A'}}, next: closed}\n",
        "  review: {owner: desk, needs: {fits: {that: grade == 'A'}}, next: closed}\n"),
}  # fmt: skip


@pytest.mark.parametrize(("bad", "good"), MENDED.values(), ids=MENDED.keys())
def test_what_has_one_remedy_is_mended(bad: str, good: str) -> None:
    assert codes(bad) != []
    assert codes(good) == []
    assert fixed(bad) == good
    assert fixed(good) == good


LEFT = {
    "no name is near": STAGE.replace("desk", "warehouse"),
    "another number is another name": STAGE.replace("desk", "team_2"),
    "a text or a name that is missing": BLOCK.format("grade == A"),
    "a field of another type": (
        "  review: {owner: desk, tasks: {count: {each: grades, needs: {seen: check}}}, next: closed}\n"
    ),
    "which of two is meant": "  review: {owner: desk, needs: {seen: {check: A, file: B}}, next: closed}\n",
    "a text that falls apart": STAGE.replace("needs:", "title: A [b] c, needs:"),
    "a key that is there already": STAGE.replace("needs:", "ownr: desk, needs:"),
    "where a tab should be": "  review:\n\towner: desk\n",
    "a comparison with nothing": BLOCK.format("amount == None"),
}


@pytest.mark.parametrize("bad", LEFT.values(), ids=LEFT.keys())
def test_what_a_person_must_decide_is_left(bad: str) -> None:
    assert codes(bad) != []
    assert fixed(bad) == bad


@pytest.mark.parametrize(
    ("word", "known", "sure"),
    [
        ("stge", ["stage", "owner"], True),
        ("Stage", ["stage"], True),
        ("bat", ["bar", "bad"], False),
        ("team_2", ["team_1"], False),
        ("team_1", ["team_11"], False),
        ("warehouse", ["desk"], False),
    ],
)
def test_a_word_is_sure_when_one_alone_is_near(word: str, known: list[str], sure: bool) -> None:
    assert is_sure(word, known) is sure


@pytest.mark.parametrize("file", SOME, ids=lambda file: file.name)
def test_slips_with_one_candidate_are_mended_to_the_very_file(file: Path) -> None:
    """Many slips at a time: each becomes what stood there, or is left because several words are as near."""
    good = file.read_text("utf-8")
    around = OnDisk(file)
    for words in (written_keywords, references):
        tried = list(rounds(words(file)))
        for together in tried[:: len(tried) // 2 + 1]:
            bad, _ = slipped(good, together)
            after = mended(bad.encode(), str(file), around)
            assert mended(after, str(file), around) == after
            for stood, slip, stands in zip(*map(parts, (good, bad, after.decode())), strict=True):
                assert stands in (stood, slip)
            left = examined(after, str(file), around).findings
            # A scenario that has lost its first word reads as a process, where the same words mean others.
            is_itself = bool(SCENARIO.search(after.decode())) == bool(SCENARIO.search(good))
            # The names of its people are looked at before those of its process: the last of the former stays
            # where mending it would uncover many of the latter.
            most = 1 if SCENARIO.search(good) else 0
            assert not is_itself or len([each for each in left if each.params.get("sure")]) <= most


def parts(text: str) -> list[str]:
    """The words of a text and what stands between them."""
    return re.split(r"(\w+)", text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_sound_file_stays_as_it_is(file: Path) -> None:
    data = file.read_bytes()
    assert mended(data, str(file), OnDisk(file)) == data


def test_an_edit_changes_its_characters_only() -> None:
    data = "\ufeffa: 审核\r\nb：c\rd: 1".encode()
    edits = [Edit(2, 2, 1, ": "), Edit(1, 4, 2, '"审核"'), Edit(3, 4, 1, "22")]
    assert edited(data, edits) == '\ufeffa: "审核"\r\nb: c\rd: 22'.encode()


@pytest.fixture
def shop(folder: Path) -> Path:
    (folder / "order.yaml").write_text(HEAD + STAGE.replace("needs", "neds"), "utf-8")
    (folder / "order.scenario.yaml").write_text(
        "scenario: x\nprocess: order.yaml\nstarts: 2026-01-01 08:00\npeople: {ann: desk}\n"
        "given: {amount: 1, grade: A, urgent: true}\nsteps: [{create: {}, by: ann}, {done: sen, by: ann}]\n",
        "utf-8",
    )
    return folder


def test_fixing_writes_the_files_and_tells_what_is_left(call: Any, shop: Path) -> None:
    done = call("validate", ".", "--fix")
    assert (done.exit_code, done.stdout) == (0, "files checked: 2; nothing to report\n")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["order.scenario.yaml", "order.yaml"]
    assert (shop / "order.yaml").read_text("utf-8") == HEAD + STAGE
    assert "{done: seen, by: ann}" in (shop / "order.scenario.yaml").read_text("utf-8")
    assert call("validate", ".", "--fix").stderr == ""


def test_a_diff_shows_what_would_be_done_and_does_nothing(call: Any, shop: Path) -> None:
    before = (shop / "order.yaml").read_bytes()
    done = call("validate", ".", "--diff")
    assert done.exit_code == 1
    assert "-" + STAGE.replace("needs", "neds") in done.stdout
    assert "+" + STAGE in done.stdout
    assert "+steps: [{create: {}, by: ann}, {done: seen, by: ann}]" in done.stdout
    assert (shop / "order.yaml").read_bytes() == before
    call("validate", ".", "--fix")
    assert (call("validate", ".", "--diff").exit_code, call("validate", ".", "--diff").stdout) == (0, "")


def test_sarif_says_how_it_would_be_mended(call: Any, shop: Path) -> None:
    log = json.loads(call("validate", "order.yaml", "--format", "sarif").stdout)
    (fix,) = log["runs"][0]["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "order.yaml"}
    (replacement,) = change["replacements"]
    at = HEAD.count("\n") + 1, STAGE.index("needs") + 1
    assert replacement == {
        "deletedRegion": {"startLine": at[0], "startColumn": at[1], "endColumn": at[1] + 4},
        "insertedContent": {"text": "needs"},
    }


def test_a_file_that_cannot_be_written_is_said_so(call: Any, shop: Path, monkeypatch: Any) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("flowengine.cli.files.put", refuse)
    done = call("validate", "order.yaml", "--fix")
    assert done.exit_code == 2
    assert re.search(r"order\.yaml.*Permission denied", done.stderr)


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"a: [\n", b"\x00", b"[" * 3000, b"a:\n\tb: 1\n", b"#" * (2 << 20)]
)
def test_whatever_stands_in_a_file_is_no_trouble(data: bytes) -> None:
    assert mended(data, "x.yaml", ALONE) == data
