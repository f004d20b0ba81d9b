"""Every snippet is sound as it stands: our checker finds nothing when it is put where it belongs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.editor_schema import ROOTS, Root, editor_schema
from flowengine.definition.editor_snippets import SNIPPETS, Snippet, filled, lines
from flowengine.definition.kinds import FIELD_TYPES
from flowengine.definition.rehearsing import check_scenario
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.shapes import Shape
from flowengine.definition.vocabulary import SHAPES
from tests.test_texts import AS_TYPED, HALF_WIDTH

HAN = re.compile("[\u4e00-\u9fff]")
PROCESS = """\
flowengine: 1
process: order
version: "1"
owner: order_desk
order:
  fields:
    waybill: text
    amount: {type: decimal, required: true}
    promised_date: {type: date, required: true}
    buyer: text
roles: {order_desk: {}, finance: {}}
stages:
  intake: {owner: order_desk, needs: {seen: check}}
  packing: {owner: order_desk, needs: {packed: check}, next: closed}
"""
SCENARIO = """\
scenario: 一张订单
process: order.yaml
starts: 2026-02-12 09:00
people: {zhang: order_desk}
given: {customer: 某某公司}
steps:
  @
"""
LINKS = "links: {cases: {process: after-sales, many: true}}\n"
CALLS = "calls: {reserve: {function: reserve, undo: set_free}, set_free: {function: set_free}}\n"
CALLS += "rules: {first: {after: order.created, then: [{call: reserve}]}}\n"
TIERS = "tiers: {1: {team: finance, answer: 4h}}\n"
RAISED = TIERS + "exceptions: {delay: {tier: 1}}\nclocks: {slow: {within: 1d, late: [{raise: delay}]}}\n"
HOLD = "holds: {on_hold: {by: finance}}\n"
SIGNED = "tasks: {sign: {needs: {signed: {approval: order_review}}}}"
CLEARED = "events: {customs_cleared: {data: {parcel: text}, match: {waybill: event.parcel}}}\n"
FORM = "{steps: [{any: finance}], refused: [{notify: finance}]}"
OFFICE = 'calendar: office\ncalendars: {office: {zone: UTC, week: {mon-fri: "09:00-17:00"}}}\n'
INTAKE = "intake: {owner: order_desk, needs: {seen: check}}"


def within(old: str, new: str) -> str:
    """The process with `@` where a snippet goes."""
    assert old in PROCESS
    return PROCESS.replace(old, new, 1)


def intake(more: str, needs: str = "needs: {seen: check}") -> str:
    """The process with something more in its first stage."""
    return within(INTAKE, f"intake:\n    owner: order_desk\n    {needs}\n    {more}")


OUTCOMES = "outcomes:\n      again:\n        to: packing\n        "
WHERE = {
    "process": "@\n",
    "channel": within("  fields:\n", "  channels:\n    @\n  fields:\n    customer: text\n"),
    "order check": within("  fields:\n", "  checks:\n    @\n  fields:\n"),
    "field": PROCESS[: PROCESS.index("    waybill")] + "    @\n" + PROCESS[PROCESS.index("    buyer") :],
    "default row": within("    buyer: text\n", "    buyer:\n      type: text\n      default:\n        @\n"),
    "value row": within("    buyer: text\n", "    buyer:\n      type: decimal\n      value:\n        @\n"),
    "column": within("roles:", "    items:\n      type: list\n      of:\n        @\nroles:"),
    "role": within("roles: {order_desk: {}, finance: {}}\n", "roles:\n  @\n  order_desk: {}\n"),
    "assign row": within(
        "roles: {order_desk: {}, finance: {}}\n",
        "roles:\n  finance: {}\n  order_desk:\n    assign:\n      @\n",
    ),
    "stage": intake("outcomes: {skip: {to: packing}}\n  @").replace("finance", "inspector"),
    "owner row": intake(
        "tasks:\n      pack:\n        needs: {packed_up: check}\n        owner:\n          @"
    ),
    "whom": intake(f"{OUTCOMES}by:\n          @"),
    "task": intake("tasks:\n      @"),
    "task outcome": intake(
        "tasks:\n      pack:\n        needs: {packed_up: check}\n        outcomes:\n          @"
    ),
    "due": intake("due:\n      @"),
    "event": "events:\n  @\n" + PROCESS,
    "quiet": 'calendars: {cn_office: {zone: UTC, week: {mon-fri: "09:00-17:00"}}}\n'
    "notices:\n  quiet:\n    @\n" + PROCESS,
    "need": f"{CLEARED}approvals: {{order_review: {FORM}}}\n"
    "calls: {check_credit: {function: check_credit}}\n"
    + intake("needs:\n      @", needs=SIGNED.replace("signed:", "asked: {call: check_credit}, signed:")),
    "outcome": intake("outcomes:\n      @"),
    "whole outcome": within("stages:\n", "outcomes:\n  @\nstages:\n"),
    "row": intake("next:\n      @").replace(
        "next: closed", "next: [{when: amount < 9, to: cancelled}, {to: closed}]"
    ),
    "action": LINKS + HOLD + CALLS + RAISED + intake(f"{OUTCOMES}at_most: 1\n        beyond:\n          @"),
    "late row": LINKS + HOLD + CALLS + RAISED + intake("due:\n      within: 1d\n      late:\n        @"),
    "warning": intake("due:\n      within: 1d\n      warn:\n        @"),
    "clock": OFFICE + intake("clocks:\n      @"),
    "exception": TIERS + "exceptions:\n  @\n" + PROCESS.replace("finance: {}", "finance: {may: raise}"),
    "part": "parts:\n  @\n"
    + PROCESS.replace("buyer: text", "items: {type: list, of: {sku: text}}\n    buyer: text"),
    "tier": OFFICE + "tiers:\n  @\nexceptions: {delay: {tier: 1, by: finance}}\n" + PROCESS,
    "hold": "holds:\n  @\n" + PROCESS,
    "lane": f"approvals: {{order_review: {FORM}}}\nlanes:\n  @\n" + PROCESS.replace("intake:", "review:"),
    "call": "calls:\n  @\n" + PROCESS.replace("seen: check", "seen: {call: check_credit}"),
    "approval": "approvals:\n  @\n" + PROCESS.replace("seen: check", "seen: {approval: order_review}"),
    "approval step": "approvals:\n  order_review:\n    refused: [{notify: finance}]\n    steps:\n      @\n"
    + PROCESS.replace("seen: check", "seen: {approval: order_review}"),
    "link": "links:\n  @\n" + PROCESS,
    "rule": intake("rules:\n      @"),
    "telling": intake(f"{OUTCOMES}then:\n          @"),
    "end": within("stages:\n", "outcomes: {undo: {from: any, to: returned}}\nends:\n  @\nstages:\n"),
    "person": within("stages:\n", "people:\n  @\nstages:\n"),
    "calendar": within("stages:\n", "calendars:\n  @\nstages:\n"),
    "scenario": "@\n",
    "step": SCENARIO,
    "expect": SCENARIO.replace("  @", "  - create: {}\n    by: zhang\n    expect:\n      @"),
}
ROWS = ("row", "owner row", "assign row", "default row", "value row")
LISTED = {"order check", "action", "late row", "warning", "telling", "step", "approval step"}
ALL = [
    pytest.param(shape, snippet, id=f"{shape}-{snippet.label}")
    for shape, snippets in SNIPPETS.items()
    for snippet in snippets
]


def put(text: str, body: Any) -> str:
    """The text with the lines of a body at its mark, as deep as the mark stands."""
    found = re.search(r"^( *)@", text, re.MULTILINE)
    assert found
    inserted = "\n".join(f"{found[1]}{filled(line)}" for line in lines(body))
    return text.replace(found[0], inserted, 1)


@pytest.mark.parametrize(("shape", "snippet"), [case for case in ALL if case.values[0] not in ROWS])
def test_a_snippet_is_sound_as_it_stands(shape: str, snippet: Snippet) -> None:
    body = {snippet.entry: snippet.body} if snippet.entry else snippet.body
    text = put(WHERE[shape], [body] if shape in LISTED else body)
    check = check_scenario if shape in SCENARIO_SHAPES else check_process
    assert [f"{each.place} {each.message('en')}" for each in check(text, "any.yaml").findings] == [], text


@pytest.mark.parametrize("shape", ROWS)
def test_the_snippets_of_rows_are_sound_together(shape: str) -> None:
    """The last has no condition, and in `next` leads on to a stage that the others do not reach."""
    *conditional, last = (snippet.body for snippet in SNIPPETS[shape])
    assert conditional
    assert all("when" in body for body in conditional)
    assert "when" not in last
    text = put(WHERE[shape], [*conditional, {"to": "packing"} if shape == "row" else last])
    assert check_process(text, "any.yaml").findings == (), text


@pytest.mark.parametrize("root", ROOTS)
def test_what_editors_insert_is_one_of_these_snippets(root: Root) -> None:
    """Bare, or under a name; a word or a proposed value is no snippet."""
    known = [each for snippets in SNIPPETS.values() for each in snippets]
    bodies = {json.dumps(each.body) for each in known}
    bodies |= {json.dumps({f"${{1:{each.entry}}}": each.body}) for each in known if each.entry}
    offered = {json.dumps(each["body"]) for each in inserted(editor_schema(root))}
    assert offered - bodies == set()
    missing = [
        each.label for name in ROOTS[root] for each in SNIPPETS.get(name, ()) if not offered & bodies_of(each)
    ]
    assert missing == []


def bodies_of(snippet: Snippet) -> set[str]:
    return {json.dumps(snippet.body), json.dumps({f"${{1:{snippet.entry}}}": snippet.body})}


def inserted(schema: Any) -> Iterator[dict[str, Any]]:
    """Every snippet of more than a word, wherever it stands in the schema."""
    if isinstance(schema, dict):
        yield from (each for each in schema.get("defaultSnippets", ()) if isinstance(each["body"], dict))
        for part in schema.values():
            yield from inserted(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from inserted(part)


CHOICES = [
    pytest.param(shape, option, id=f"{shape.name}-{option}")
    for shape in (*SHAPES.values(), *SCENARIO_SHAPES.values())
    for option in shape.one_of or shape.at_most_one_of
]


@pytest.mark.parametrize(("shape", "option"), CHOICES)
def test_each_of_several_has_a_snippet(shape: Shape, option: str) -> None:
    assert any(option in snippet.body for snippet in SNIPPETS[shape.name])


@pytest.mark.parametrize("kind", FIELD_TYPES)
def test_each_type_of_field_has_a_snippet(kind: str) -> None:
    assert any(snippet.body["type"] == kind for snippet in SNIPPETS["field"])


@pytest.mark.parametrize(("shape", "snippet"), ALL)
def test_a_snippet_is_explained_in_both_languages(shape: str, snippet: Snippet) -> None:
    assert snippet.en.endswith(".")
    assert not HAN.search(snippet.en)
    assert snippet.zh.endswith("。")
    assert not HALF_WIDTH.search(AS_TYPED.sub("x", snippet.zh))
    keys = {key.name for shapes in ROOTS.values() for shape in shapes.values() for key in shape.keys}
    assert snippet.label not in keys  # an editor would mix it with the key of that name


@pytest.mark.parametrize(("shape", "snippet"), ALL)
def test_no_snippet_holds_what_the_language_server_drops(shape: str, snippet: Snippet) -> None:
    """It leaves out an empty map or list, and cuts a caret; such things are written as text."""
    values = list(parts(snippet.body))
    assert [value for value in values if value in ({}, []) or str(value).startswith("^")] == []


def parts(body: Any) -> Iterator[Any]:
    yield body
    for part in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from parts(part)
