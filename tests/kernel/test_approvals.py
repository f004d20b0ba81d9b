"""Approvals in the life of an order: rounds that are asked, voted on, refused, late, stale, asked anew."""

from __future__ import annotations

from typing import Any

import pytest

from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import (
    Abstain,
    AddSigner,
    Approve,
    Command,
    Copy,
    Delegate,
    Done,
    Principal,
    Refuse,
    Transfer,
    Urge,
    Waive,
    Write,
)
from tests.kernel.desk import BOSS, DESK, HOST, HOUR, MAKER, QA, Story, why

LADDER = """
order:
  fields:
    amount: {type: integer, required: true}
    note: text
stages:
  intake: {owner: desk, needs: {typed: check}}
  review: {owner: desk, needs: {order_review: approval, looked: check}, next: pack}
  pack: {owner: maker, needs: {packed: check}, next: closed}
approvals:
  order_review:
    covers: amount
    due: {within: 8h, late: [{assign: boss}]}
    steps:
      - {any: maker, when: amount <= 100}
      - {all: [maker, qa], when: amount > 100}
      - {any: boss, when: amount > 1000}
    copy: desk
    refused: [{move: intake}]
rules:
  tell: {after: order_review.granted, then: [{notify: maker}]}
  sad: {after: order_review.refused, then: [{notify: desk}]}
  again: {after: order_review.stale, then: [{notify: qa}]}
"""
FIELDS = "order: {fields: {amount: {type: integer, required: true}, rush: {type: boolean, default: false}}}"


def at_review(amount: int, process: str = LADDER) -> Story:
    story = Story(process, {"amount": amount})
    story.do(Done("typed"))
    assert story.stage == "review"
    return story


def small(approval: str) -> Story:
    """An order of one stage with one approval."""
    return Story(
        f"{FIELDS}\nstages: {{review: {{owner: desk, needs: {{sign: approval}}, next: closed}}}}\n"
        f"approvals: {{sign: {approval}}}",
        {"amount": 1},
    )


def roles(story: Story, key: str = "order_review") -> list[str]:
    """Whose turn it is."""
    return sorted(role for item in story.work if item.key == key for role in item.roles)


def told(story: Story) -> list[tuple[str, str]]:
    return [(each.data["role"], each.data["about"]) for each in story.last.effects]


@pytest.mark.parametrize(
    ("amount", "signers"),
    [(100, [MAKER]), (101, [MAKER, QA]), (1001, [QA, MAKER, BOSS])],
    ids=["small", "large", "very large"],
)
def test_the_steps_that_hold_take_part_one_after_another(amount: int, signers: list[Principal]) -> None:
    story = at_review(amount)
    for signer in signers:
        assert ("approval_open", "order_review") in why(story.explained)
        assert not story.do(Approve("order_review"), signer).blockers
    assert why(story.explained) == [("need_open", "looked")]
    act = story.order.acts["order_review"]
    assert act[0]["signed"] == [signer.id for signer in signers]
    assert len(act[0]["digest"]) == 64
    assert not story.order.rounds


def test_whose_turn_it_is_hears_of_it_and_finds_it_among_the_work() -> None:
    story = Story(LADDER, {"amount": 2000})
    story.do(Done("typed"))
    assert told(story) == [("maker", "requested"), ("qa", "requested"), ("desk", "requested")]
    assert roles(story) == ["maker", "qa"]
    story.do(Approve("order_review"), MAKER)
    assert roles(story) == ["qa"]
    story.do(Approve("order_review"), QA)
    assert told(story) == [("boss", "requested")]
    story.do(Approve("order_review"), BOSS)
    assert told(story) == [("desk", "granted"), ("maker", "tell")]


def test_a_refusal_does_what_the_form_says_and_the_next_visit_asks_anew() -> None:
    story = at_review(50)
    assert why(story.do(Refuse("order_review"), MAKER)) == [("reason_missing", "order_review")]
    story.do(Refuse("order_review"), MAKER, reason="too cheap")
    assert story.stage == "intake"
    assert ("desk", "refused") in told(story)
    assert ("desk", "sad") in told(story)
    story.do(Done("typed"))
    assert roles(story) == ["maker"]
    assert why(story.do(Approve("order_review", round=1), MAKER)) == [("old_round", "order_review")]
    assert not story.do(Approve("order_review", round=2), MAKER).blockers


def test_a_refusal_that_moves_nothing_stands_until_what_is_covered_changes() -> None:
    story = small("{steps: [{any: maker}], covers: amount, refused: [{notify: desk}]}")
    story.do(Refuse("sign"), MAKER, reason="no")
    assert why(story.explained) == [("approval_refused", "sign")]
    assert why(story.do(Approve("sign"), MAKER)) == [("round_over", "sign")]
    story.do(Write({"amount": 2}), DESK)
    story.do(Approve("sign"), MAKER)
    assert story.stage == "closed"


def test_votes_lapse_with_what_they_were_given_for() -> None:
    """A round that is still open begins anew, with the steps that hold now; one that was granted is stale."""
    story = at_review(150)
    story.do(Approve("order_review"), MAKER)
    story.do(Write({"amount": 90}), DESK)
    assert ("qa", "again") in told(story)
    assert roles(story) == ["maker"]
    story.do(Approve("order_review"), MAKER)
    story.do(Done("looked"))
    assert story.stage == "pack"
    story.do(Write({"note": "gift"}), DESK)
    assert not story.order.rounds
    story.do(Write({"amount": 200}), DESK)
    assert roles(story) == ["maker", "qa"]
    story.do(Done("packed"), MAKER)
    assert story.stage == "pack"
    assert why(story.explained) == [("stale", "order_review")]
    story.do(Approve("order_review"), MAKER)
    story.do(Approve("order_review"), QA)
    assert story.stage == "closed"


def test_a_stale_approval_that_is_refused_is_asked_where_it_belongs() -> None:
    """It moves the order back; it is not asked on the way, but where the form stands."""
    story = at_review(90)
    story.do(Approve("order_review"), MAKER)
    story.do(Done("looked"))
    story.do(Write({"amount": 95}), DESK)
    story.do(Refuse("order_review"), MAKER, reason="why more?")
    assert (story.stage, roles(story)) == ("intake", [])
    assert why(story.explained) == [("need_open", "typed"), ("stale", "order_review")]


def test_what_is_late_passes_to_somebody_who_decides_alone() -> None:
    story = at_review(150)
    story.do(Approve("order_review"), QA)
    story.pass_time(8 * HOUR + 1)
    assert roles(story) == ["boss"]
    assert ("boss", "assigned") in told(story)
    assert why(story.do(Approve("order_review"), MAKER)) == [("not_a_signer", "order_review")]
    story.do(Approve("order_review"), BOSS)
    assert story.order.acts["order_review"][0]["signed"] == ["qi", "bo"]


def test_an_order_for_which_no_step_holds_is_never_granted() -> None:
    """Whoever owns the order is told once; a change of its data can put that right."""
    process = f"""
{FIELDS}
stages: {{review: {{owner: qa, needs: {{sign: approval, seen: check}}, next: closed}}}}
approvals: {{sign: {{steps: [{{any: maker, when: happened(seen.done)}}], refused: [{{notify: desk}}]}}}}
"""
    story = Story(process, {"amount": 1})
    assert told(story) == [("desk", "gap")]
    assert why(story.explained) == [("approval_gap", "sign"), ("need_open", "seen")]
    assert why(story.do(Approve("sign"), MAKER)) == [("round_over", "sign")]
    story.do(Done("seen"), QA)
    assert told(story) == [("maker", "requested")]
    story.do(Approve("sign"), MAKER)
    assert story.stage == "closed"


TWO = "{steps: [{quorum: 2, of: [maker, qa, boss], veto: boss, not_by: creator}], refused: [{notify: desk}]}"
BOTH = Principal.of("ed", "maker", "qa")
REFUSED: dict[str, tuple[list[tuple[Command, Principal]], str]] = {
    "twice": ([(Approve("sign"), MAKER), (Approve("sign"), MAKER)], "voted_already"),
    "through two roles": ([(Approve("sign"), BOTH), (Approve("sign"), BOTH)], "voted_already"),
    "nobody's seat": ([(Approve("sign"), DESK)], "not_a_signer"),
    "the host": ([(Approve("sign"), HOST)], "not_a_signer"),
    "the creator": ([(Approve("sign"), Principal.of("dora", "desk", "qa"))], "barred_from_signing"),
    "the creator, passing it on": (
        [(Transfer("sign", "desk"), Principal.of("dora", "desk", "qa"))],
        "barred_from_signing",
    ),
    "an old round": ([(Approve("sign", round=7), MAKER)], "old_round"),
    "no approval": ([(Approve("seal"), MAKER)], "no_such_approval"),
    "no role": ([(Transfer("sign", "king"), MAKER)], "no_such_role"),
    "no position": ([(AddSigner("sign", "desk", "above"), MAKER)], "no_such_position"),
    "signs anyway": ([(Delegate("sign", "boss"), MAKER)], "signs_already"),
    "added, adds": (
        [(AddSigner("sign", "desk"), MAKER), (AddSigner("sign", "maker"), Principal.of("di", "desk"))],
        "not_your_turn",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=list(REFUSED))
def test_what_does_not_count_is_refused_with_its_reason(
    case: tuple[list[tuple[Command, Principal]], str],
) -> None:
    acts, code = case
    story = small(TWO)
    for command, by in acts[:-1]:
        assert not story.do(command, by).blockers
    assert [each[0] for each in why(story.do(*acts[-1]))] == [code]
    for lang in ("en", "zh"):
        assert story.last.blockers[0].message(lang)  # type: ignore[arg-type]


def test_a_veto_is_waited_for_and_ends_it() -> None:
    story = small(TWO)
    story.do(Approve("sign"), MAKER)
    story.do(Approve("sign"), QA)
    assert story.stage == "review"
    story.do(Refuse("sign"), BOSS, reason="never")
    assert why(story.explained) == [("approval_refused", "sign")]


def test_an_opinion_is_no_vote_and_brings_the_seat_back() -> None:
    story = small("{steps: [{all: [maker, qa]}], refused: [{notify: desk}]}")
    story.do(Delegate("sign", "boss"), MAKER)
    assert roles(story, "sign") == ["boss", "qa"]
    story.do(Approve("sign"), BOSS)
    assert roles(story, "sign") == ["maker", "qa"]
    story.do(Abstain("sign"), MAKER)
    story.do(Approve("sign"), QA)
    assert story.stage == "closed"
    assert story.history[-1]["event"] == "ended"


def test_signers_are_added_before_beside_and_after() -> None:
    story = small("{steps: [{all: [maker]}], refused: [{notify: desk}]}")
    story.do(AddSigner("sign", "qa", "before"), MAKER)
    assert roles(story, "sign") == ["qa"]
    assert why(story.do(Approve("sign"), MAKER)) == [("not_your_turn", "sign")]
    story.do(Approve("sign"), QA)
    story.do(AddSigner("sign", "boss", "after"), MAKER)
    story.do(Approve("sign"), MAKER)
    assert roles(story, "sign") == ["boss"]
    story.do(Approve("sign"), BOSS)
    assert story.stage == "closed"


def test_only_what_the_form_allows_is_done_besides_voting() -> None:
    story = small("{steps: [{any: maker}], allow: [urge], refused: [{notify: desk}]}")
    assert why(story.do(Transfer("sign", "qa"), MAKER)) == [("not_allowed_here", "sign")]
    story.do(Urge("sign"), DESK)
    assert told(story) == [("maker", "urged")]
    story = small("{steps: [{any: maker}], allow: [], refused: [{notify: desk}]}")
    assert why(story.do(Urge("sign"), DESK)) == [("not_allowed_here", "sign")]
    story = small("{steps: [{any: maker}], refused: [{notify: desk}]}")
    story.do(Transfer("sign", "qa"), MAKER)
    assert roles(story, "sign") == ["qa"]


def test_whoever_has_a_seat_or_owns_the_order_tells_others_of_the_round() -> None:
    form = "{steps: [{all: [maker, qa]}], refused: [{notify: desk}]}"
    story = small(form)
    story.do(Approve("sign"), MAKER)
    assert why(story.do(Copy("sign", "qa"), BOSS)) == [("not_in_the_round", "sign")]
    for who, to in ((DESK, "boss"), (MAKER, "@zoe"), (QA, "boss")):
        story.do(Copy("sign", to), who)
        assert told(story) == [(to, "copied")]
        assert [event.data["by"] for event in story.last.events if event.kind == "copied"] == [who.id]
    assert why(story.do(Copy("sign", "bos"), QA)) == [("no_such_role", "bos")]
    assert why(story.do(Copy("sing", "boss"), QA)) == [("no_such_approval", "sing")]
    story.do(Approve("sign"), QA)
    assert [code for code, _ in why(story.do(Copy("sign", "boss"), QA))] in (["round_over"], ["order_ended"])


def test_a_round_that_nobody_wants_any_more_is_withdrawn() -> None:
    process = f"""
{FIELDS}
stages:
  review:
    owner: desk
    needs: {{sign: {{approval: sign, when: rush, waive: boss}}, seen: check}}
    next: closed
approvals: {{sign: {{steps: [{{any: maker}}], refused: [{{notify: desk}}]}}}}
"""
    story = Story(process, {"amount": 1, "rush": True})
    story.do(Write({"rush": False}), DESK)
    assert not story.order.rounds
    story.do(Write({"rush": True}), DESK)
    story.do(Waive("sign"), BOSS, reason="no time")
    assert not story.order.rounds
    assert why(story.do(Approve("sign"), MAKER)) == [("round_over", "sign")]
    story.do(Done("seen"))
    assert story.stage == "closed"


def test_a_step_that_cannot_be_worked_out_refuses_the_command_that_leads_there() -> None:
    process = """
order: {fields: {amount: {type: integer, required: true}, parts: {type: integer, default: 0}}}
stages:
  intake: {owner: desk, needs: {typed: check}}
  review: {owner: desk, needs: {sign: approval}, next: closed}
approvals: {sign: {steps: [{any: maker, when: amount / parts > 1}, {any: qa}], refused: [{notify: desk}]}}
"""
    story = Story(process, {"amount": 1})
    with pytest.raises(EvaluationFailed):
        story.do(Done("typed"))


def test_explaining_shows_the_round() -> None:
    story = at_review(150)
    story.do(Approve("order_review"), QA)
    points: dict[str, Any] = {point.need.name: point for point in story.explained.points}
    ballot = points["order_review"].ballot
    assert [(seat.role, seat.vote, seat.by) for seat in ballot.now.seats] == [
        ("maker", "", ""),
        ("qa", "approve", "qi"),
    ]
    assert points["order_review"].roles == ("maker",)


def test_an_approval_that_waits_for_another_need_cannot_be_voted_on_before() -> None:
    story = Story(
        """
approvals: {deal: {steps: [{any: maker}], refused: [{notify: desk}]}}
stages: {review: {owner: desk, needs: {seen: check, sign: {approval: deal, after: seen}}, next: closed}}
"""
    )
    assert why(story.do(Approve("sign"), MAKER)) == [("not_requested", "sign")]
    story.do(Done("seen"), DESK)
    story.do(Approve("sign"), MAKER)
    assert story.stage == "closed"


def test_no_more_than_twenty_sign_in_one_step() -> None:
    roles = ", ".join(f"r{number}: {{}}" for number in range(20))
    story = Story(
        f"""
flowengine: 1
process: test
version: "1"
owner: desk
zone: Asia/Shanghai
roles: {{desk: {{}}, maker: {{}}, {roles}}}
approvals: {{deal: {{steps: [{{any: maker}}], refused: [{{notify: desk}}]}}}}
stages: {{review: {{owner: desk, needs: {{sign: {{approval: deal}}}}, next: closed}}}}
"""
    )
    for number in range(19):
        assert not story.do(AddSigner("sign", f"r{number}"), MAKER).blockers
    assert why(story.do(AddSigner("sign", "r19"), MAKER)) == [("too_many_signers", "sign")]
