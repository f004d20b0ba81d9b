"""One slip of the finger in either half of a dotted moment is found, and what was meant is proposed."""

from __future__ import annotations

import re

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.scope import scope_of
from tests.definition.typos import slips

PROCESS = """\
flowengine: 1
process: order
version: "1"
owner: desk
zone: Asia/Shanghai
roles: {desk: {}}
order:
  fields: {amount: {type: integer, required: true}, temperature: integer}
stages:
  receive:
    owner: desk
    needs: {seen: check, agreed: {check: Agreed, after: seen.done}}
  review:
    owner: desk
    due: 24h
    opens: receive.left + 1d
    needs:
      read: {check: Read, when: happened(review.late)}
      cold: {that: not happened(temperature.given)}
    tasks:
      look: {owner: desk, needs: {looked: check}}
      tell: {owner: desk, after: look.done, needs: {told: check}}
    outcomes:
      changed_mind: {to: receive, after: amount.changed}
    clocks:
      quiet:
        silent_for: 2d
        of: [temperature.changed, look.opened]
        until: tell.done
        late: [{notify: desk}]
    next: [{when: count(review.changed_mind) > 3, to: cancelled}, {to: closed}]
clocks:
  promise: {after: order.created, within: 3d, until: review.left, late: [{notify: desk}]}
holds:
  frozen: {by: desk, release: {by: desk}}
rules:
  warm:
    after: frozen.released
    when: happened(review.entered) and review.entered > order.created
    then: [{hold: frozen}]
  soon: {at: promise.started + 1d, then: [{notify: desk}]}
"""
WRITTEN = [found for found in re.finditer(r"[a-z_]+\.[a-z_]+", PROCESS) if found[0] != "desk.owner"]
SOUND = check_process(PROCESS, "order.yaml").process


def test_every_kind_of_place_for_a_moment_is_there() -> None:
    assert SOUND is not None
    moments = scope_of(SOUND).names
    assert [found[0] for found in WRITTEN if found[0] not in moments] == []
    assert len(WRITTEN) >= 16


@pytest.mark.parametrize("half", [0, 1], ids=["thing", "what happened"])
@pytest.mark.parametrize("found", WRITTEN, ids=lambda found: f"{found[0]}@{found.start()}")
def test_a_slip_in_a_moment_is_found_and_the_right_one_proposed(found: re.Match[str], half: int) -> None:
    assert SOUND is not None
    halves = found[0].split(".")
    lines = PROCESS[: found.start()].splitlines()
    column = len(lines[-1]) + 1
    places = {(len(lines), column), (len(lines), column + len(halves[0]) + 1)}
    for slip in slips(halves[half]):
        written = ".".join((slip, halves[1]) if half == 0 else (halves[0], slip))
        if written in scope_of(SOUND).names:
            continue
        bad = PROCESS[: found.start()] + written + PROCESS[found.end() :]
        errors = [each for each in check_process(bad, "order.yaml").findings if each.severity == "error"]
        guesses = {
            each.params.get("guess") for each in errors if (each.place.line, each.place.column) in places
        }
        assert guesses == {found[0]}, (written, errors)
