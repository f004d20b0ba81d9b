"""What the real language server proposes at the cursor, and that what it inserts is sound as it stands."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.editor_snippets import SNIPPETS, filled
from flowengine.definition.kinds import FIELD_TYPES
from flowengine.definition.process_schema import TELLING
from flowengine.definition.rehearsing import check_scenario
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.shapes import Shape
from flowengine.definition.vocabulary import LIBRARY, SHAPES
from flowengine.definition.vocabulary.values import PRIORITIES
from flowengine.texts import TEXTS
from tests.editor.language_server import LanguageServer, Place
from tests.editor.marked import Marked, marked
from tests.editor.small_files import edited
from tests.editor.test_snippets import CALLS, LINKS

NUMBERS = count()


def keys(shape: Shape, *given: str) -> list[str]:
    return [key.name for key in shape.keys if key.name not in given and not key.patch_only]


def words(*shorts: str) -> list[str]:
    return [f"{word} · {TEXTS[f'short.{word}']['zh']}" for word in shorts]


def labels(shape: str) -> list[str]:
    return [snippet.label for snippet in SNIPPETS[shape]]


NEEDS, FIELDS, STAGES = labels("need"), labels("field"), labels("stage")
OUTCOMES, CANCEL = labels("outcome"), labels("whole outcome")[0]
ACTIONS, STEPS = labels("action"), labels("step")
TYPES = words(*FIELD_TYPES)
GIVEN = ("flowengine", "process", "version", "owner", "roles", "order", "stages")
SHORT = ("check", "file", "note", "field", "approval", "confirm", "call", "event")
GONE = "remove · 去掉"
ZONES = ["Europe/Berlin", "Asia/Shanghai", "America/New_York", "UTC"]
ENDS = ["success", "failure", "cancelled"]
STEP, EXPECT = SCENARIO_SHAPES["step"], SCENARIO_SHAPES["expect"]
NEXT = "    next: closed\n"
URGENT = f"{NEXT}types:\n  urgent:\n    stages:\n      review:\n"
FAILED = "    outcomes:\n      failed:\n        to: closed\n"
BEYOND = "        at_most: 1\n        beyond:\n"

AT = {
    "keys at the top": ("owner: desk\n", "owner: desk\n|\n", keys(SHAPES["process"], *GIVEN)),
    "stages": ("  review:\n", "  |\n  review:\n", STAGES),
    "keys of a stage": (NEXT, "    |\n", keys(SHAPES["stage"], "owner", "needs")),
    "needs": ("needs: {seen: check}", "needs:\n      |", NEEDS),
    "a need": ("{seen: check}", "\n      seen: |", words(*SHORT) + NEEDS),
    "a need in braces": ("{seen: check}", "{seen: |}", words(*SHORT) + NEEDS),
    "keys of a need": (
        "{seen: check}",
        "\n      seen:\n        check: 已看过\n        |",
        keys(SHAPES["need"], "check"),
    ),
    "fields": ("fields: {amount: integer}", "fields:\n    |", FIELDS),
    "a field": ("{amount: integer}", "\n    amount: |", TYPES + FIELDS),
    "the type of a field": ("{amount: integer}", "\n    amount:\n      type: |", list(FIELD_TYPES)),
    "keys of a field": (
        "{amount: integer}",
        "\n    amount:\n      type: list\n      |",
        keys(SHAPES["field"], "type"),
    ),
    "yes or no": ("{amount: integer}", "{amount: {type: text, required: |}}", ["true", "false"]),
    "due": ("next: closed", "due: |", ["30m", "4h", "24h", "3d", *labels("due")]),
    "keys of due": ("next: closed", "due:\n      |", keys(SHAPES["due"])),
    "language": ("owner: desk\n", "owner: desk\nlanguage: |\n", ["zh", "en"]),
    "zone": ("owner: desk\n", "owner: desk\nzone: |\n", ZONES),
    "outcomes": ("next: closed", "outcomes:\n      |", OUTCOMES),
    "keys of an outcome": (
        NEXT,
        f"{FAILED}        by: desk\n        |\n",
        keys(SHAPES["outcome"], "to", "by"),
    ),
    "the only word": (NEXT, f"{FAILED}        reason: |\n", ["required"]),
    "actions": (NEXT, f"{FAILED}{BEYOND}          |\n", ACTIONS),
    "an action": (NEXT, f"{FAILED}{BEYOND}          - |\n", keys(SHAPES["action"]) + ACTIONS),
    "the kind of an end": ("stages:\n", "ends:\n  lost:\n    kind: |\nstages:\n", ENDS),
    "a due time of a type": (
        NEXT,
        f"{URGENT}        due: |\n",
        ["30m", "4h", "24h", "3d", *labels("due"), GONE],
    ),
    "a need of a type": (
        NEXT,
        f"{URGENT}        needs:\n          seen: |\n",
        [*words(*SHORT), *NEEDS, GONE],
    ),
    "a text of a type": (NEXT, f"{URGENT}        title: |\n", [GONE]),
    "a word of a type": (NEXT, f"{NEXT}types:\n  urgent:\n    priority: |\n", [*PRIORITIES, GONE]),
    "needs of a type": (NEXT, f"{URGENT}        needs:\n          |\n", NEEDS),
    "keys of a stage of a type": (NEXT, f"{URGENT}        |\n", [key.name for key in SHAPES["stage"].keys]),
    "a step": ("  - create", "  - |\n  - create", keys(STEP) + STEPS),
    "keys of a step": (
        "    by: 张敏\n",
        "    by: 张敏\n    |\n",
        keys(STEP, "create", "by", "expect") + STEPS[1:],
    ),
    "keys of an expectation": (
        "{stage: review}",
        "\n      stage: review\n      late: []\n      |",
        keys(EXPECT, "stage", "late"),
    ),
}


@pytest.mark.parametrize(("old", "new", "labels"), AT.values(), ids=AT)
def test_the_proposals_are_exactly_these(desk: LanguageServer, old: str, new: str, labels: list[str]) -> None:
    assert sorted(proposed(desk, *edited(old, new))) == sorted(labels)


@pytest.mark.parametrize("text", ["# 新流程\n|", "# new\n\n|\n", "# new\np|\n"])
def test_a_new_file_is_offered_whole(desk: LanguageServer, text: str) -> None:
    known = {"extends", *TELLING, *keys(LIBRARY)}
    found = proposed(desk, "process", marked(text))
    assert found.keys() - known == {"whole process", "完整流程", "library · 共用文件"}
    assert known <= found.keys()


def proposed(desk: LanguageServer, root: str, text: Marked) -> dict[str, dict[str, Any]]:
    """The items at the cursor by their labels."""
    assert text.cursor
    uri = desk.show(f"{root}-completion-{next(NUMBERS)}.yaml", text.text)
    items = desk.completions(uri, text.cursor)
    labels = {item["label"]: item for item in items}
    assert len(labels) == len(items)
    return labels


def test_a_key_is_proposed_with_what_it_means(desk: LanguageServer) -> None:
    items = proposed(desk, *edited(NEXT, "    |\n"))
    for name in keys(SHAPES["stage"], "owner", "needs"):
        key = SHAPES["stage"].key(name)
        assert key
        assert key.en in items[name]["documentation"]["value"]
        assert key.zh in items[name]["documentation"]["value"]


INSERTED = {
    "a whole process": (None, "process", "完整流程"),
    "a whole process in English": (None, "process", "whole process"),
    "a whole scenario": (None, "scenario", "完整情景"),
    "a stage": ("stages:\n  review:\n", "stages:\n  |\n  bench:\n", STAGES[0]),
    "a stage whose name is written": ("  review:\n", "  arrive:\n    |\n  review:\n", STAGES[0]),
    **{label: ("needs: {seen: check}", "needs:\n      |", label) for label in NEEDS},
    "a need whose name is written": ("{seen: check}", "\n      seen: |", NEEDS[0]),
    "the short form of a need": ("{seen: check}", "\n      seen: |", words("check")[0]),
    **{label: ("{amount: integer}", "\n    |", label) for label in FIELDS},
    "a field whose name is written": ("{amount: integer}", "\n    goods: |", FIELDS[-1]),
    "the short form of a field": ("{amount: integer}", "\n    amount: |", TYPES[0]),
    "a duration": (NEXT, f"{NEXT}    due: |\n", "24h"),
    "a due time": (NEXT, f"{NEXT}    due: |\n", labels("due")[0]),
    **{label: (NEXT, f"{NEXT}    outcomes:\n      |\n", label) for label in OUTCOMES},
    "a task": (NEXT, f"{NEXT}    tasks:\n      |\n", labels("task")[0]),
    "an owner by rows": ("    owner: desk\n", "    owner:\n      - |\n", labels("owner row")[-1]),
    "an outcome of the whole order": ("stages:\n", "outcomes:\n  |\nstages:\n", CANCEL),
    **{f"{label} in a list": (NEXT, f"{NEXT}{FAILED}{BEYOND}          |\n", label) for label in ACTIONS},
    **{f"{label} as an item": (NEXT, f"{NEXT}{FAILED}{BEYOND}          - |\n", label) for label in ACTIONS},
    **{label: ("  - create", "  - |\n  - create", label) for label in STEPS},
    "the first step": ("  - create: {}\n    by: 张敏\n    expect: {stage: review}\n", "  |\n", STEPS[0]),
}


@pytest.mark.parametrize(("old", "new", "label"), INSERTED.values(), ids=INSERTED)
def test_what_is_inserted_is_sound_as_it_stands(
    desk: LanguageServer, old: str | None, new: str, label: str
) -> None:
    root, text = edited(old, new) if old else (new, marked("# new\n|"))
    assert text.cursor
    result = known(inserted(text.text, text.cursor, proposed(desk, root, text)[label]))
    check = check_process if root == "process" else check_scenario
    assert [f"{each.place} {each.message('en')}" for each in check(result, "any.yaml").findings] == [], result


def inserted(text: str, cursor: Place, item: dict[str, Any]) -> str:
    """The text after an editor has inserted an item: its further lines are as deep as that of the cursor."""
    lines = text.split("\n")
    line = lines[cursor.line]
    here = {"newText": item["insertText"], "range": {"start": cursor._asdict(), "end": cursor._asdict()}}
    edit = item.get("textEdit", here)
    start, end = edit["range"]["start"], edit["range"]["end"]
    assert start["line"] == end["line"] == cursor.line
    depth = line[: len(line) - len(line.lstrip(" "))]
    new = filled(edit["newText"]).replace("\n", f"\n{depth}")
    lines[cursor.line] = line[: start["character"]] + new + line[end["character"] :]
    return "\n".join(lines)


def known(text: str) -> str:
    """The file with the people, roles and fields of which snippets speak."""
    for name, more in {
        "{张敏: desk}": "{张敏: desk, zhang: desk}",
        "{desk: {title: 前台}}": "{desk: {title: 前台}, order_desk: {}, finance: {}, inspector: {}}\n"
        "holds: {on_hold: {by: desk}}",
        "{amount: integer}": "{amount: {type: integer, required: true}, waybill: text}",
    }.items():
        text = text.replace(name, more)
    if "approval: order_review" in text:
        text += "\napprovals: {order_review: {steps: [{any: desk}], refused: [{notify: desk}]}}\n"
    if "call: check_credit" in text:
        text += "\ncalls: {check_credit: {function: check_credit}}\n"
    elif "call: reserve" in text or "undo: " in text:
        text += f"\n{CALLS}"
    if "raise: delay" in text or "resolve: delay" in text:
        text = text.replace("order_desk: {}", "order_desk: {may: raise}")
        text += "\nexceptions: {delay: {tier: 1}}\ntiers: {1: {team: [desk]}}\n"
    if "start: after-sales" in text:
        text += f"\n{LINKS}"
    return text
