"""What changes for an order between two states of a process: told in sentences, and nothing passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flowengine.compiler import plan as plans
from flowengine.compiler.comparing import compare
from flowengine.compiler.comparing.process import KINDS
from flowengine.compiler.comparing.sentences import as_values, by_effect, told
from flowengine.compiler.plan import Plan
from flowengine.definition import words
from flowengine.definition.expressions import Expression
from flowengine.definition.findings import Place
from flowengine.texts import LANGUAGES, TEXTS, Lang
from tests.kernel.desk import plan_of

FOLDER = Path(__file__).parent
BASE = (FOLDER / "comparing.order.yaml").read_text("utf-8")
EDITS = yaml.safe_load((FOLDER / "comparing.edits.yaml").read_text("utf-8"))
SEAL = "seal: {file: {en: Seal, zh: 封条}, by: finance}"


def edited(*edits: tuple[str, str]) -> Plan:
    """The plan of the base after these edits, each at one place."""
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the base"
        text = text.replace(old, new)
    return plan_of(text)


def said(old: Plan, new: Plan, lang: Lang) -> dict[str, list[str]]:
    groups = by_effect(told(old, new, compare(old, new), lang))
    return {effect: [each.text for each in sentences] for effect, sentences in groups.items()}


@pytest.mark.parametrize("row", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_one_sentence_with_its_effect(row: dict[str, Any]) -> None:
    old, new = plan_of(BASE), edited((row["from"], row["to"]))
    remarks = (
        (" [whoever sends orders in must follow]", "【送单方须随之调整】") if "breaking" in row else ("", "")
    )
    assert said(old, new, "en") == {row["effect"]: [row["en"] + remarks[0]]}
    assert said(old, new, "zh") == {row["effect"]: [row["zh"] + remarks[1]]}
    assert as_values(old, new, compare(old, new), "en")["breaking"] is ("breaking" in row)


def test_every_sentence_is_shown_by_a_row_above() -> None:
    """But for those of whole stages and ends and of the head, which the tests below show."""
    codes = {
        change.code
        for edit in ((row["from"], row["to"]) for row in EDITS.values())
        for pair in ((plan_of(BASE), edited(edit)), (edited(edit), plan_of(BASE)))
        for change in compare(*pair)
    }
    elsewhere = {"stage.added", "stage.removed", "stage.moved", "start", "end.added", "end.removed"}
    elsewhere |= {"process", "zone", "order_owner", "other"}
    clauses = {"same", "heading", "breaking", "in_place", "shift", "nobody", "nothing", "always", "row"}
    clauses |= {"otherwise", "by_outcome", "any_number", "times", "kind_by", "after", "first", "no_due"}
    clauses |= {"with_due", "with_needs", "no_bound", "by_field"}
    keys = {key.removeprefix("diff.").removesuffix(".many") for key in TEXTS if key.startswith("diff.")}
    keys = {key for key in keys if not key.startswith(("effect.", "action."))}
    assert keys - clauses == codes | elsewhere


@pytest.mark.parametrize(
    "edit",
    [
        ("owner: maker", "owner:   maker  # who plans"),
        ("{en: Customer known, zh: 客户已核实}", "{en: Do we know them, zh: 认识吗}"),
        ("else: too little", "else: not enough"),
        ("amount > 5 and stock < 100", "(amount>5) and stock  <  100"),
        ("{en: Closed, zh: 完成}", "{en: Done, zh: 办结}"),
        ("title: 网店", "title: 商城"),
        ("title: {en: Order, zh: 订单}", "title: {en: Sale, zh: 销售}"),
        ('version: "1"', 'version: "2"'),
    ],
    ids=["layout", "need", "else", "spaces and brackets", "end", "channel", "title", "version"],
)
def test_texts_comments_and_layout_change_nothing_for_an_order(edit: tuple[str, str]) -> None:
    assert compare(plan_of(BASE), edited(edit)) == ()


# --- several stages at once, and the path


def test_stages_that_share_a_change_share_a_sentence() -> None:
    new = edited(
        ("known: {check: {en: Customer known", SEAL + "\n      known: {check: {en: Customer known"),
        ("{made:", "{" + SEAL + ", made:"),
        ("    outcomes:\n      passed", "    needs: {" + SEAL + "}\n    outcomes:\n      passed"),
        ("due: {by: day}", "due: {by: day}\n    next: closed"),
    )
    old = edited(
        ("    outcomes:\n      passed", "    needs: {done: check}\n    outcomes:\n      passed"),
        ("due: {by: day}", "due: {by: day}\n    next: closed"),
    )
    sentences = said(old, new, "en")["stricter"]
    assert sentences == ["3 stages now need Seal (file, by Finance): Review, Making, Quality"]
    assert said(old, new, "zh")["stricter"] == [
        "3 个阶段现在还需要“封条”（文件，由财务办理）：审核、生产、质检"
    ]
    (value, *_) = as_values(old, new, compare(old, new), "en")["changes"]
    assert value["paths"] == [f"stages.{name}.needs.seal" for name in ("review", "making", "quality")]
    assert [place["name"] for place in value["places"]] == ["review", "making", "quality"]


PACKING = """\
  packing:
    title: {en: Packing, zh: 包装}
    owner: maker
    due: 8h
    needs: {packed: {check: {en: Packed, zh: 已包装}}}
  quality:
    title"""


def test_a_new_stage_is_told_with_its_owner_its_time_and_its_needs() -> None:
    goes_on = ("needs: {made: {check: {en: Made, zh: 已完工}}}\n    next: quality", "needs: {made: check}")
    old = edited((goes_on[0], goes_on[1] + "\n    next: quality"))
    new = edited(goes_on, ("  quality:\n    title", PACKING))
    assert said(old, new, "en") == {
        "neutral": ["Making: goes on to: Quality → Packing"],
        "stricter": ["New stage Packing after Making: Planning, due in 8h, needs Packed"],
    }
    assert said(old, new, "zh") == {
        "neutral": ["生产：之后去向：质检 → 包装"],
        "stricter": ["新增阶段“包装”（“生产”之后）：计划，时限 8小时，需要已包装"],
    }
    assert said(new, old, "en")["looser"] == ["Stage Packing is gone"]


def test_a_stage_that_goes_takes_its_ways_with_it() -> None:
    begin = BASE.index("  making:\n")
    short = BASE[:begin] + BASE[BASE.index("  quality:\n    title") :]
    short = short.replace("{to: making}", "{to: quality}").replace("to: making", "to: review")
    short = short.replace("[review, making]", "[review]")
    assert said(plan_of(BASE), plan_of(short), "en") == {
        "looser": ["Stage Making is gone"],
        "neutral": [
            (
                "Review: goes on to: Quality if Stock ≥ 10, otherwise Making → "
                "Quality if Stock ≥ 10, otherwise Quality"
            ),
            "Quality: “Failed” leads elsewhere: Making → Review",
        ],
    }


def test_a_stage_that_stands_elsewhere_has_moved() -> None:
    making = BASE[BASE.index("  making:\n") : BASE.index("  quality:\n    title")]
    moved = BASE.replace(making, "").replace("  review:\n    title", making + "  review:\n    title", 1)
    assert said(plan_of(BASE), plan_of(moved), "en") == {
        "neutral": ["Stage Making now stands as the first", "Orders begin in another stage: Review → Making"]
    }


def test_what_follows_the_owner_of_a_stage_is_not_told_again() -> None:
    """Who does whatever names nobody else changes with the owner: that goes without saying."""
    changes = compare(plan_of(BASE), edited(("owner: maker", "owner: qa")))
    assert [change.code for change in changes] == ["owner"]


def test_a_new_end_and_the_head_are_told() -> None:
    old = plan_of(BASE)
    new = edited(
        ("  closed: {kind", "  lost: {kind: failure, title: {en: Lost, zh: 丢失}}\n  closed: {kind"),
        ("move: cancelled", "move: lost"),
        ("process: order", "process: sale"),
        ("zone: Asia/Shanghai", "zone: Europe/Berlin"),
        ('version: "1"\nowner: desk', 'version: "1"\nowner: finance'),
    )
    sentences = said(old, new, "en")["neutral"]
    assert sentences[0].startswith("These are two processes: order → sale")
    assert "Accountable for the whole order: Order desk → Finance" in sentences
    assert "The time zone of dates and numbers: Asia/Shanghai → Europe/Berlin" in sentences
    assert "There is a new end, Lost" in sentences
    assert "There is no end Lost any more" in said(new, old, "en")["neutral"]


# --- nothing is passed over


def test_every_attribute_of_a_plan_is_compared_or_listed_as_none_of_an_orders_concern() -> None:
    """A new attribute belongs into one of the two lists of its class before anything else is done with it."""
    classes = {
        each for each in vars(plans).values() if is_dataclass(each) and each.__module__ == plans.__name__
    }
    classes |= {words.Field, words.Column}
    assert set(KINDS) == classes
    for each, kind in KINDS.items():
        names = {field.name for field in fields(each)}
        assert names == {*kind.read, *kind.passed_over}, each
        assert not set(kind.read) & set(kind.passed_over), each
        assert all(kind.passed_over.values()), each


def test_what_nobody_reads_yet_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = KINDS[plans.End]
    monkeypatch.setattr("flowengine.compiler.comparing.stages.END", replace(kind, read={}))
    old, new = plan_of(BASE), edited(("kind: success", "kind: failure"))
    assert said(old, new, "en") == {"neutral": ["Kind is different"]}


def parts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every part of a plan that is made of attributes, with the path to it."""
    if is_dataclass(value) and type(value) in KINDS:
        yield path, value
        for field in fields(value):
            if field.name not in ("doable", "router", "marks"):
                yield from parts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from parts(each, (*path, key))
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            yield from parts(each, (*path, at))


def put(whole: Any, path: tuple[Any, ...], part: Any) -> Any:
    """The whole with another part at the end of the path."""
    if not path:
        return part
    first, *rest = path
    if is_dataclass(whole) and not isinstance(whole, type):
        return replace(whole, **{first: put(getattr(whole, first), tuple(rest), part)})
    if isinstance(whole, Mapping):
        return {**whole, first: put(whole[first], tuple(rest), part)}
    return tuple(put(each, tuple(rest), part) if at == first else each for at, each in enumerate(whole))


def others(part: Any, name: str) -> Iterator[Any]:
    """Other values that an attribute may have: one of its kind, and to have none or one."""
    plan = plan_of(BASE)
    value = getattr(part, name)
    known: Mapping[tuple[type, str], Any] = {
        (plans.Stage, "due"): plans.Due(1, 60_000),
        (plans.Need, "that"): plan.checks[0].that,
        (plans.Way, "when"): plan.checks[0].that,
        (plans.Outcome, "at_most"): 7,
        (plans.Due, "within"): 60_000,
        (plans.Due, "by"): "other",
        (words.Field, "min"): 7,
        (words.Field, "max"): 7,
        (words.Field, "default"): "other",
        (words.Field, "of"): {"other": words.Column(name="other", type="text", place=Place("x", 1, 1))},
    }
    if (type(part), name) in known:
        yield known[type(part), name]
        if value is not None and value != "":
            yield "" if isinstance(value, str) else None
        return
    match value:
        case bool():
            yield not value
        case str():
            yield NEXT_WORD[name].get(value) or NEXT_WORD[name][""] if name in NEXT_WORD else "other"
        case int() | Decimal():
            yield value + 1
        case ZoneInfo():
            yield ZoneInfo("Europe/Berlin")
        case tuple():
            yield value[1:] if value else SOMETHING[name]
        case Mapping() if value:
            yield {key: each for key, each in value.items() if key != next(iter(value))}
        case Expression():
            yield plan.stages["review"].needs[2].that


NEXT_WORD: Mapping[str, Mapping[str, str]] = {
    "kind": {"success": "failure", "cancelled": "failure", "note": "file", "": "note"},
    "type": {"text": "integer", "": "text"},
}
SOMETHING = {
    "by": ("other",),
    "notify": ("other",),
    "ask": ("other",),
    "needs": (plans.Need("other", "check", words.Text(en="x"), (), 1),),
    "entry": (plans.Need("other", "check", words.Text(en="x"), (), 1),),
    "then": (plans.Action(("other",)),),
    "beyond": (plans.Action(("other",)),),
    "ways": (plans.Way("closed", None),),
    "choices": ("other",),
    "checks": (),
}


def mutants() -> Iterator[tuple[str, Plan]]:
    """Plans with one attribute changed. Parts that stand in two places are changed in both by the compiler:
    those of the whole order in its first place, the field that the channels make in the channels."""
    plan = plan_of(BASE)
    for path, part in parts(plan):
        whole = path[:1] in (("stages",), ("ends",)) and path[2:3] == ("outcomes",) and path[3] == "cancel"
        if (whole and path[1] != "review") or path[:2] == ("fields", "channel"):
            continue
        kind = KINDS[type(part)]
        told_elsewhere = {name for name, why in kind.passed_over.items() if "compared" in why}
        for name in sorted({*kind.read, *told_elsewhere} - {"asks"}):  # whose names are those in the actions
            for other in others(part, name):
                yield ".".join(map(str, (*path, name))), put(plan, (*path, name), other)


MUTANTS = list(mutants())


def test_a_plan_with_one_attribute_changed_is_never_the_same_to_an_order() -> None:
    assert len(MUTANTS) > 200
    unseen = [path for path, mutant in MUTANTS if not compare(plan_of(BASE), mutant)]
    assert unseen == []


@given(st.sampled_from(MUTANTS), st.sampled_from(MUTANTS))
def test_whatever_changes_can_be_said_and_nothing_changes_to_itself(
    one: tuple[str, Plan], other: tuple[str, Plan]
) -> None:
    old, new = one[1], other[1]
    assert compare(old, old) == ()
    changes = compare(old, new)
    for lang in LANGUAGES:
        sentences = told(old, new, changes, lang)
        assert all(each.text for each in sentences)
        assert sorted(map(id, chain.from_iterable(each.changes for each in sentences))) == sorted(
            map(id, changes)
        )
        json.dumps(as_values(old, new, changes, lang))
