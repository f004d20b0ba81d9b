"""Steps on linked orders name what the process of these has, and are held to it where it is known."""

from __future__ import annotations

from typing import Final

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.rehearsing import check_scenario

SALE: Final = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {}}
links: {cases: {process: claim, many: true}, either: {process: [claim, visit], many: true}}
stages: {take: {owner: desk, needs: {checked: check}, next: closed}}
"""
CLAIM: Final = """
flowengine: 1
process: claim
version: "1"
owner: service
order: {fields: {about: text}}
roles: {service: {edits: [about]}}
stages:
  open:
    owner: service
    due: 1d
    needs: {looked_at: check, letter: file}
    outcomes: {refused: {to: cancelled}}
    next: closed
ends: {cancelled: {kind: cancelled}}
"""
VISIT: Final = CLAIM.replace("process: claim", "process: visit").replace("looked_at", "been_there")
RAISED: Final = """exceptions: {lost: {tier: 1}}
tiers: {1: {team: desk, answer: 4h, tell: 1d, resolve: 2d}}
defaults: {exception: {report: {within: 1h, needs: {cause: note}}}}
"""
HEAD: Final = """scenario: An example
process: sale.yaml
starts: 2026-03-02 09:00
people: {li: desk, su: service}
steps:
  - {create: {}, by: li}
"""


def found(step: str, *others: str) -> list[tuple[str, str]]:
    """What is said of a step on linked orders, with what was meant."""
    process = check_process(SALE, "sale.yaml").process
    known = [check_process(each, "other.yaml").process for each in others]
    linked = {each.process: each for each in known if each}
    checked = check_scenario(f"{HEAD}  - {step}\n", "example.scenario.yaml", process, linked)
    return [(each.code, each.remedy("en")) for each in checked.findings]


MISSPELT: Final = {
    "a check": ("done: loked_at, by: su", "FE506", "looked_at"),
    "a file": ("attach: {leter: a.pdf}, by: su", "FE508", "letter"),
    "a field": ("write: {abut: x}, by: su", "FE509", "about"),
    "an outcome": ("outcome: refusd, by: su", "FE507", "refused"),
    "a stage": ("expect: {stage: opn}", "FE202", "open"),
    "a need that is waited for": ("expect: {blocked_by: [loked_at]}", "FE512", "looked_at"),
    "a field that is expected": ("expect: {fields: {abut: x}}", "FE203", "about"),
    "a role": ("expect: {todo: {servce: [looked_at]}}", "FE505", "service"),
    "work": ("expect: {todo: {su: [loked_at]}}", "FE512", "looked_at"),
    "a time": ("expect: {due: {opn: 2026-03-03 09:00}}", "FE202", "open"),
}


@pytest.mark.parametrize(("step", "code", "meant"), MISSPELT.values(), ids=MISSPELT)
def test_a_name_that_the_linked_process_lacks_is_found_with_what_was_meant(
    step: str, code: str, meant: str
) -> None:
    ((said, remedy),) = found(f"{{on: cases, {step}}}", CLAIM)
    assert said == code
    assert meant in remedy
    assert found(f"{{on: cases, {step}}}") == [], "nobody knows the other process"


def test_names_of_the_process_itself_are_none_of_the_linked_one() -> None:
    assert [code for code, _ in found("{on: cases, done: checked, by: su}", CLAIM)] == ["FE506"]


def test_of_several_linked_processes_one_must_have_it_all() -> None:
    assert found("{on: either, done: looked_at, by: su}", CLAIM, VISIT) == []
    assert found("{on: either, done: been_there, by: su}", CLAIM, VISIT) == []
    assert [code for code, _ in found("{on: either, done: checked, by: su}", CLAIM, VISIT)] == ["FE506"]
    assert found("{on: either, done: checked, by: su}", CLAIM) == [], "it may be the one that nobody knows"


def test_what_is_right_is_right() -> None:
    assert (
        found("{on: cases.1, done: looked_at, by: su, expect: {stage: open, blocked_by: [letter]}}", CLAIM)
        == []
    )


def test_the_exceptions_of_a_process_are_known_as_well() -> None:
    sale = SALE.replace("roles: {desk: {}}", "roles: {desk: {may: raise}}") + RAISED
    process = check_process(sale, "sale.yaml").process
    assert process is not None
    text = HEAD + "  - {on: exceptions, write: {caus: x}, by: li, expect: {stage: anwered}}\n"
    checked = check_scenario(text, "example.scenario.yaml", process)
    assert [each.params["guess"] for each in checked.findings] == ["cause", "answered"]
