"""What changes for an order between two states of a process: told in sentences, and nothing passed over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from flowengine.compiler import plan as plans
from flowengine.compiler.comparing import compare
from flowengine.compiler.comparing.process import KINDS
from flowengine.compiler.comparing.sentences import as_values, by_effect, told
from flowengine.compiler.plan import Plan
from flowengine.texts import TEXTS, Lang
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
    elsewhere |= {
        "process",
        "zone",
        "order_owner",
        "other",
        "task.added",
        "task.removed",
        "type.added",
        "type.removed",
        "call.added",
        "call.removed",
        *(
            f"{thing}.{code}"
            for thing in ("opened", "order_part", "own_part")
            for code in ("added", "removed", "changed")
        ),
    }
    keys = {key.removeprefix("diff.").removesuffix(".many") for key in TEXTS if key.startswith("diff.")}
    assert codes | elsewhere <= keys
    # The others are no sentences: headings, and words within one.
    assert not {key for key in keys - codes - elsewhere if "." in key and not key.startswith("effect.")}


def test_a_call_comes_and_goes_with_what_makes_it() -> None:
    old, new = plan_of(BASE), edited((", {call: bid}]", "]"))
    assert "No call Bid any more" in said(old, new, "en")["neutral"]
    assert "New call Bid: done by bid; tried 5 times at most" in said(new, old, "en")["neutral"]


def test_the_calendar_opens_orders_and_opens_them_no_more() -> None:
    head = "  unique: [channel, ref]\n"
    opened = "  opened: {{every: {}, sets: {{ref: this_month(), channel: \"'web'\"}}}}\n"
    old, monthly, weekly = (
        plan_of(BASE),
        edited((head, head + opened.format("month"))),
        edited((head, head + opened.format("week"))),
    )
    sets = "with ref to this_month(), Channel to “web”"
    assert said(old, monthly, "en") == {"neutral": [f"The calendar opens orders: every month {sets}"]}
    (changed,) = said(monthly, weekly, "en")["neutral"]
    assert changed == f"The calendar opens orders: every month {sets} → every week {sets}"
    assert said(weekly, old, "en") == {"neutral": ["The calendar opens no orders any more"]}


def test_what_changes_in_cases_alone_is_said_of_them() -> None:
    new = edited(("1: {team: desk, answer: 4h", "1: {team: maker, answer: 2h"))
    told_of = compare(plan_of(BASE), new)
    sentences = said(plan_of(BASE), new, "en")["neutral"]
    assert all(sentence.startswith("Exceptions: ") for sentence in sentences)
    assert "Exceptions: Planning always sees: nothing → everything" in sentences
    assert {(change.inner, change.path.split(".")[0]) for change in told_of} == {("exceptions", "exceptions")}
    assert not as_values(plan_of(BASE), new, told_of, "en")["breaking"]


def test_an_order_can_be_split_and_can_be_no_more() -> None:
    """Their links are not told again."""
    calls = "calls: {quote"
    parts = "parts: {{piece: {{title: {{en: Pieces, zh: 分件}}, of: items, through: [{}], by: desk}}}}\n"
    old, repaired, made = (
        plan_of(BASE),
        edited((calls, parts.format("repair") + calls)),
        edited((calls, parts.format("making") + calls)),
    )
    over = "over the rows of items, at most 20, through"
    *_, come = said(old, repaired, "en")["neutral"]
    assert come == f"Orders can be split into Pieces: {over} Repair; split by Order desk"
    by = "split by Order desk"
    assert said(repaired, made, "en") == {
        "neutral": [f"Parts Pieces: {over} Repair; {by} → {over} Making; {by}"]
    }
    *_, gone = said(made, old, "en")["neutral"]
    assert gone == "Orders cannot be split into Pieces any more"
    codes = {change.code for pair in ((old, made), (made, old)) for change in compare(*pair)}
    assert not {"link.added", "link.removed"} & codes


def test_exceptions_come_without_their_link_being_told_again() -> None:
    without = plan_of(BASE[: BASE.index("tiers: ")])
    codes = {change.code for change in compare(without, plan_of(BASE))}
    assert codes == {"exception.added", "tiers"}


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


def test_where_nobody_is_left_in_peace_any_more_nothing_is_an_exception_to_it() -> None:
    quiet = BASE[BASE.index("  quiet: ") : BASE.index("  digest: ")]
    assert said(plan_of(BASE), edited((quiet, "")), "en")["neutral"] == [
        "Quiet hours: 22:00-07:00 → nothing",
        "Everyone else may be disturbed: in the working time of office → at any time of a calendar",
        "Planning may be disturbed: in the working time of depot → at any time of a calendar",
    ]
    assert len(compare(edited((quiet, "")), plan_of(BASE))) == 4


def test_a_calendar_named_for_whom_it_counts_anyway_changes_nothing() -> None:
    assert compare(plan_of(BASE), edited(("maker: depot", "maker: depot, qa: office"))) == ()


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
        "stricter": ["New stage Packing after Making: Planning, due: 8h, needs Packed"],
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


def test_a_new_task_is_told_with_its_owner_its_time_and_its_needs() -> None:
    needs = "{boxed: {check: {en: Boxed, zh: 已装箱}}}"
    task = f"packed: {{title: {{en: Packing, zh: 包装}}, owner: desk, due: 8h, needs: {needs}}}"
    old, new = plan_of(BASE), edited(("    tasks:\n", f"    tasks:\n      {task}\n"))
    assert said(old, new, "en") == {
        "stricter": ["Repair: new task Packing: Order desk, due: 8h, needs Boxed"]
    }
    assert said(old, new, "zh") == {"stricter": ["维修：新增任务“包装”：订单组，时限 8小时，需要已装箱"]}
    assert said(new, old, "en") == {"looser": ["Repair: task Packing is gone"]}


def test_a_stage_that_stands_elsewhere_has_moved() -> None:
    making = BASE[BASE.index("  making:\n") : BASE.index("  quality:\n    title")]
    moved = BASE.replace(making, "").replace("  review:\n    title", making + "  review:\n    title", 1)
    assert said(plan_of(BASE), plan_of(moved), "en") == {
        "neutral": ["Stage Making now stands as the first", "Orders begin in another stage: Review → Making"]
    }


def typed(*edits: tuple[str, str], rush: str = "2d", gift: str = "3d", more: str = "") -> Plan:
    """The base with two types of order, which have other times for making."""
    times = ", ".join(
        f"{name}: {{stages: {{making: {{due: {due}}}}}}}" for name, due in (("rush", rush), ("gift", gift))
    )
    return edited(('version: "1"\n', f'version: "1"\ntypes: {{{times}{more}}}\n'), *edits)


def test_what_changes_for_some_types_of_order_says_for_which() -> None:
    sentence = "rush only: Making: 2d → 1d"
    assert said(typed(), typed(rush="1d"), "en") == {"stricter": [f"Orders of type {sentence}"]}
    chinese = "仅“rush”：生产：时限 2天 → 1天"
    assert said(typed(), typed(rush="1d"), "zh") == {"stricter": [chinese]}
    both = said(typed(gift="2d"), typed(rush="1d", gift="1d"), "en")
    assert both == {"stricter": ["Orders of type rush, gift only: Making: 2d → 1d"]}
    (value,) = as_values(typed(), typed(rush="1d"), compare(typed(), typed(rush="1d")), "en")["changes"]
    assert (value["types"], value["paths"]) == (["rush"], ["types.rush.stages.making.due"])


def test_what_changes_for_all_types_is_told_once() -> None:
    assert said(typed(), typed(("due: 24h", "due: 12h")), "en") == {"stricter": ["Review: 24h → 12h"]}


def test_types_of_order_come_and_go() -> None:
    more = typed(more=", plain: {}")
    assert said(typed(), more, "en") == {"looser": ["Orders may now be of type plain"]}
    (gone,) = said(more, typed(), "en")["stricter"]
    assert gone == "Orders may no longer be of type plain [whoever sends orders in must follow]"
    first = compare(plan_of(BASE), typed())
    assert [(change.code, change.breaking) for change in first] == [("type.added", True)] * 2


def test_what_follows_the_owner_of_a_stage_is_not_told_again() -> None:
    """Who does whatever names nobody else changes with the owner: that goes without saying."""
    changes = compare(plan_of(BASE), edited(("owner: maker", "owner: qa")))
    assert [change.code for change in changes] == ["owner"]


def test_what_follows_the_owner_of_the_order_is_not_told_of_its_holds() -> None:
    changes = compare(plan_of(BASE), edited(('version: "1"\nowner: desk', 'version: "1"\nowner: finance')))
    assert "order_owner" in {change.code for change in changes}
    assert "hold.changed" not in {change.code for change in changes}


def test_what_the_words_for_a_thing_leave_out_is_named_by_the_words_of_the_file() -> None:
    label = "{{en: Label, zh: 标签}}, data: {{slip: text{}}}".format
    old, new = (edited((label(""), label(f", size: {kind}"))) for kind in ("text", "integer"))
    assert said(old, new, "en") == {"neutral": ["Event Label: data.size.type: text → integer"]}
    assert said(old, new, "zh") == {"neutral": ["事件“标签”：data.size.type：text → integer"]}


def test_a_new_end_and_the_head_are_told() -> None:
    old = plan_of(BASE)
    new = edited(
        ("  closed: {kind", "  gone: {kind: failure, title: {en: Gone, zh: 丢失}}\n  closed: {kind"),
        ("move: cancelled", "move: gone"),
        ("process: order", "process: sale"),
        ("calendar: office", "zone: Europe/Berlin"),
        ('version: "1"\nowner: desk', 'version: "1"\nowner: finance'),
    )
    sentences = said(old, new, "en")["neutral"]
    assert sentences[0].startswith("These are two processes: order → sale")
    assert "Accountable for the whole order: Order desk → Finance" in sentences
    assert "The time zone of dates and numbers: Asia/Shanghai → Europe/Berlin" in sentences
    assert "There is a new end, Gone" in sentences
    assert "There is no end Gone any more" in said(new, old, "en")["neutral"]


def test_what_nobody_reads_yet_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = KINDS[plans.End]
    monkeypatch.setattr("flowengine.compiler.comparing.ends.END", replace(kind, read={}))
    old, new = plan_of(BASE), edited(("kind: success", "kind: failure"))
    assert said(old, new, "en") == {"neutral": ["Kind is different"]}
