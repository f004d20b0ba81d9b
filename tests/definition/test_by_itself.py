"""Where orders are moved by rules and as they are late: the checker counts it among their ways."""

from __future__ import annotations

import pytest

from flowengine.definition.check import check_process

HEAD = """\
flowengine: 1
process: order
version: "1"
owner: desk
roles: {desk: {}}
order: {fields: {amount: {type: integer, required: true}}}
"""
REVIEW = "  review: {owner: desk, needs: {seen: check}, next: closed%s}\n"
CLAIM = "  claim: {owner: desk, needs: {settled: check}, next: closed}\n"
WAYS = {
    "a rule": ("rules: {lost: {when: amount > 9, then: [{move: claim}]}}\n", ""),
    "a rule of the stage": ("", ", rules: {lost: {when: amount > 9, then: [{move: claim}]}}"),
    "a late stage": ("", ", due: {within: 4h, late: [{over: 1d, move: claim}]}"),
    "a late clock": ("clocks: {slow: {within: 4h, late: [{move: claim}]}}\n", ""),
    "a late hold": ("holds: {stop: {by: desk, due: {within: 4h, late: [{move: claim}]}}}\n", ""),
    "a late need": (
        "",
        ", tasks: {pack: {needs: {packed: {check: Packed, due: {within: 4h, late: [{move: claim}]}}}}}",
    ),
    "a warning": ("", ", due: {within: 4h, warn: [{at: 80%, then: [{move: claim}]}]}"),
    "what is late by default": ("defaults: {due: {late: [{move: claim}]}}\n", ", due: 4h"),
}


@pytest.mark.parametrize(("whole", "stage"), WAYS.values(), ids=WAYS)
def test_a_stage_is_reached_by_a_move(whole: str, stage: str) -> None:
    assert codes(f"{HEAD}{whole}stages:\n{REVIEW % stage}{CLAIM}") == []


def test_defaults_move_no_order_where_nothing_is_due() -> None:
    whole = "defaults: {due: {late: [{move: claim}]}}\n"
    assert codes(f"{HEAD}{whole}stages:\n{REVIEW % ''}{CLAIM}") == ["FE401"]


def test_a_rule_is_not_the_only_way_out_of_a_stage() -> None:
    rule = "rules: {lost: {when: amount > 9, then: [{move: cancelled}]}}\n"
    stages = f"stages:\n{REVIEW.replace('closed', 'stuck') % ''}  stuck: {{owner: desk}}\n"
    assert codes(f"{HEAD}{rule}{stages}") == ["FE407", "FE404", "FE407"]


def test_what_a_rule_sets_is_known_to_no_story() -> None:
    """The two rows cannot be told to hide each other for ever: the field may become anything."""
    fields = "order: {fields: {amount: {type: integer, value: 3}, level: {type: integer, default: 1}}}\n"
    text = HEAD.replace("order: {fields: {amount: {type: integer, required: true}}}\n", fields)
    rule = "rules: {up: {after: review.late, then: [{set: {level: amount}}]}}\n"
    rows = "[{when: level > 2, to: claim}, {to: closed}]"
    stages = f"stages:\n  review: {{owner: desk, due: 4h, needs: {{seen: check}}, next: {rows}}}\n{CLAIM}"
    assert codes(f"{text}{rule}{stages}") == []


def test_priority_is_a_field_as_soon_as_something_sets_it() -> None:
    rule = "rules: {up: {when: amount > 9, then: [{set: {priority: \"'urgent'\"}}]}}\n"
    seen = f"stages:\n{REVIEW % ''}".replace(
        "seen: check", "seen: check, fast: {check: Fast, when: priority == 'urgent'}"
    )
    assert codes(f"{HEAD}{rule}{seen}") == []
    assert codes(f"{HEAD}{seen}") == ["FE310"]


def codes(text: str) -> list[str]:
    return [finding.code for finding in check_process(text, "any.yaml").findings]
