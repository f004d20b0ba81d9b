"""Votes that do not count: refused, and noted without changing anything."""

from __future__ import annotations

import pytest

from flowengine.kernel.commands import Approve, Choose, Command, Principal, Refuse
from flowengine.kernel.decide import decide
from flowengine.kernel.events import apply
from tests.kernel.desk import BOSS, DESK, HOUR, MAKER, QA, STRANGER, Story, why

ORDER = """
order: {fields: {amount: {type: integer, default: 1}}}
stages:
  review: {owner: desk, due: 2h, needs: {sign: approval}, outcomes: {drop: {to: cancelled}}}
  pack: {owner: maker, needs: {packed: check}, next: closed}
approvals:
  sign:
    covers: amount
    steps: [{all: [maker, boss]}, {any: qa, not_by: creator}]
    refused: [{notify: desk}]
"""
BOTH = Principal.of("mo", "maker", "boss")
CREATOR = Principal.of("dora", "desk", "qa")
AYE = Approve("sign")


@pytest.mark.parametrize(
    ("before", "command", "by", "noted"),
    [
        pytest.param([(AYE, MAKER)], AYE, MAKER, "voted_already", id="twice"),
        pytest.param([(AYE, MAKER)], AYE, BOTH, "voted_already", id="through a second role"),
        pytest.param([], Approve("sign", round=7), MAKER, "old_round", id="another round"),
        pytest.param(
            [(AYE, MAKER), (AYE, BOSS)], AYE, CREATOR, "barred_from_signing", id="whoever opened the order"
        ),
        pytest.param(
            [(AYE, MAKER), (AYE, BOSS), (AYE, QA)],
            Refuse("sign"),
            BOSS,
            "round_over",
            id="after the decision",
        ),
        pytest.param([(Choose("drop"), DESK)], AYE, MAKER, "round_over", id="after the end"),
        pytest.param([], AYE, QA, "", id="not in turn"),
        pytest.param([], AYE, DESK, "", id="no signer"),
        pytest.param([], AYE, STRANGER, "", id="a stranger"),
        pytest.param([], Refuse("sign"), MAKER, "", id="no reason"),
        pytest.param([], Approve("sing"), MAKER, "", id="no such approval"),
    ],
)
def test_what_is_noted_of_a_refused_vote(
    before: list[tuple[Command, Principal]], command: Command, by: Principal, noted: str
) -> None:
    story = Story(ORDER)
    for each, who in before:
        assert not story.do(each, who).blockers
    decision = story.do(command, by)
    assert decision.blockers
    assert [event.data["why"] for event in decision.noted] == ([noted] if noted else [])
    for event in decision.noted:
        assert (event.data["by"], event.data["said"]) == (by.id, command.verb)


def test_it_changes_nothing_not_even_when_something_has_last_happened() -> None:
    """What fell due before is noticed as of its own instant by whoever comes next."""
    story = Story(ORDER)
    story.do(AYE, MAKER)
    (note,) = decide(story.plan, story.order, AYE, MAKER, story.now + 9 * HOUR).noted
    assert apply(story.order.copy(), note) == story.order
    decision = story.pass_time(10 * HOUR)
    assert [
        event.data["at"] - story.order.entered_at for event in decision.events if event.kind == "late"
    ] == [2 * HOUR]


def test_a_vote_that_counts_notes_nothing() -> None:
    decision = Story(ORDER).do(AYE, MAKER)
    assert (why(decision), decision.noted) == ([], ())
