"""Whoever is away has their seat in an approval answered by their substitute, once, and on record as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import flowengine
from flowengine import (
    Abstain,
    AddSigner,
    Approve,
    Copy,
    Delegate,
    Engine,
    Principal,
    Refuse,
    Return,
    Transfer,
    Withdraw,
)
from flowengine.kernel.commands import Command
from flowengine.runtime.directory import Absence
from flowengine.runtime.story import happened
from tests.runtime.places import opened_here
from tests.runtime.shop import Clock

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
roles: {desk: {}, boss: {}, qa: {}, buyer: {assign: round_robin}}
stages:
  review: {owner: desk, needs: {sign: approval}}
  buy: {owner: buyer, needs: {bought: check}, next: closed}
approvals: {sign: {steps: [{all: [boss, qa]}], refused: [{notify: desk}]}}
"""
DESK = Principal.of("dora", "desk")
BO, QI = Principal.of("bo", "boss"), Principal.of("qi", "qa")
SUE = Principal.of("sue", "desk")
"""She stands in for Bo, who is the boss."""


class House:
    """The host's directory: Bo is away, and so is Ben, whom nobody stands in for."""

    def __init__(self, substitute: str) -> None:
        self.away = {"bo": Absence(substitute), "ben": Absence()}
        self.asked: list[str] = []

    def members(self, role: str) -> Sequence[str] | None:
        self.asked.append(role)
        return {"boss": ["ben", "bo"], "qa": ["qi"], "buyer": ["ann"]}.get(role)

    def absence(self, person: str, at: int) -> Absence | None:
        return self.away.get(person)

    def head_of(self, person: str, at: int) -> str | None:
        return None


@pytest.fixture
def house(request: pytest.FixtureRequest) -> House:
    return House(getattr(request, "param", "sue"))


@pytest.fixture
def engine(tmp_path: Path, house: House) -> Iterator[Engine]:
    (tmp_path / "deal.yaml").write_text(PROCESS, "utf-8")
    with closing(flowengine.connect(":memory:", directory=house)) as engine:
        engine.deploy(tmp_path / "deal.yaml")
        yield engine


def why(engine: Engine, order: int, by: Principal) -> list[str]:
    return [blocker.code for blocker in engine.do(order, Approve("sign"), by=by).blockers]


def test_a_substitute_votes_for_whoever_is_away_and_it_is_on_record(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    voted = engine.do(order, Approve("sign"), by=SUE).or_raise().events[0]
    assert (voted.data["by"], voted.data["role"], voted.data["stands_for"]) == ("sue", "boss", "bo")
    plan = engine.plan("deal", by=DESK)
    assert happened([voted], plan, "en") == ["sue approves as boss for bo, who is away: sign"]
    engine.do(order, Approve("sign"), by=QI).or_raise()
    assert engine.order(order, by=DESK).row.stage == "buy"
    assert engine.verify().problems == ()


def test_neither_of_the_two_has_another_vote(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    engine.do(order, Abstain("sign"), by=SUE).or_raise()
    assert why(engine, order, BO) == ["voted_already"]
    assert why(engine, order, Principal.of("bo", "qa")) == ["voted_already"]
    assert why(engine, order, Principal.of("sue", "qa")) == ["voted_already"]


def test_who_has_voted_is_stood_in_for_no_more(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    engine.do(order, Approve("sign"), by=BO).or_raise()
    assert why(engine, order, SUE) == ["not_a_signer"]


@pytest.mark.parametrize("house", ["qi"], indirect=True)
def test_whoever_has_a_seat_of_their_own_speaks_once(engine: Engine) -> None:
    """Qi answers their own seat first, and then has no second vote for somebody else."""
    order = engine.start("deal", {}, by=DESK).order_id
    engine.do(order, Approve("sign"), by=QI).or_raise()
    assert why(engine, order, QI) == ["voted_already"]


def test_nobody_else_stands_in_and_the_directory_is_asked_for_those_alone(
    engine: Engine, house: House
) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    assert house.asked == []
    assert why(engine, order, Principal.of("eve", "desk")) == ["not_a_signer"]
    assert sorted(house.asked) == ["boss", "qa"]
    assert engine.order(order, by=DESK).row.revision == 1


def test_a_refusal_of_a_substitute_takes_its_reason(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    refused = engine.do(order, Refuse("sign"), by=SUE)
    assert [blocker.code for blocker in refused.blockers] == ["reason_missing"]
    assert engine.do(order, Refuse("sign"), by=SUE, reason="too dear").ok


def test_work_that_comes_up_by_it_is_dealt_out_as_ever(engine: Engine, house: House) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    engine.do(order, Approve("sign"), by=QI).or_raise()
    engine.do(order, Approve("sign"), by=SUE).or_raise()
    ann = Principal.of("ann", "buyer")
    assert [(task.key, task.role) for task in engine.work(by=ann).items] == [("bought", "@ann")]


def test_inside_a_batch_the_directory_is_asked_too(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    with engine.batch() as batch:
        assert batch.do(order, Approve("sign"), by=SUE).ok


def queue(engine: Engine, by: Principal, *, mine: bool = True) -> list[tuple[str, str, str]]:
    return [(task.key, task.role, task.stands_for) for task in engine.work(by=by, mine=mine).items]


def test_the_seat_of_somebody_who_is_away_waits_in_the_list_of_the_substitute(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    assert queue(engine, SUE) == queue(engine, SUE, mine=False) == [("sign", "boss", "bo")]
    assert queue(engine, Principal.of("eve", "desk")) == []
    engine.do(order, Approve("sign"), by=SUE).or_raise()
    assert queue(engine, SUE) == []


def test_it_is_there_once_for_whoever_has_a_vote_of_their_own(engine: Engine) -> None:
    engine.start("deal", {}, by=DESK)
    assert queue(engine, Principal.of("sue", "boss"), mine=False) == [("sign", "boss", "")]
    assert queue(engine, Principal.of("sue", "boss")) == []


def test_a_seat_that_somebody_who_is_there_has_answered_waits_no_more(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    engine.do(order, Approve("sign"), by=BO).or_raise()
    assert queue(engine, SUE) == []
    assert queue(engine, QI, mine=False) == [("sign", "qa", "")]


def test_every_page_of_the_list_holds_the_seats_of_others_once(engine: Engine) -> None:
    orders = [engine.start("deal", {}, by=DESK).number for _ in range(5)]
    found: list[str] = []
    after: Any = None
    while True:
        page = engine.work(by=SUE, mine=True, after=after, limit=2)
        found += [task.number for task in page.items]
        if (after := page.after) is None:
            break
    assert found == orders


def test_the_seat_of_a_person_is_answered_by_the_substitute_too(tmp_path: Path) -> None:
    text = PROCESS.replace("{all: [boss, qa]}", "{all: [signer, creator]}").replace(
        "owner: desk\nroles", "owner: desk\norder: {fields: {signer: person}}\nroles", 1
    )
    (tmp_path / "deal.yaml").write_text(text, "utf-8")
    with closing(flowengine.connect(":memory:", directory=House("sue"))) as engine:
        engine.deploy(tmp_path / "deal.yaml")
        order = engine.start("deal", {"signer": "bo"}, by=DESK).order_id
        assert why(engine, order, QI) == ["not_a_signer"]
        assert queue(engine, SUE) == [("sign", "@bo", "bo")]
        voted = engine.do(order, Approve("sign"), by=SUE).or_raise().events[0]
        assert (voted.data["by"], voted.data["role"], voted.data["stands_for"]) == ("sue", "@bo", "bo")
        own = engine.do(order, Approve("sign"), by=DESK).or_raise().events[0]
        assert happened([voted, own], engine.plan("deal", by=DESK), "en") == [
            "sue approves for bo, who is away: sign",
            "dora approves: sign",
        ]
        assert engine.order(order, by=DESK).row.stage == "buy"


RETURNABLE = PROCESS.replace(
    "stages:\n", "stages:\n  draft: {owner: desk, outcomes: {submit: {to: review}}}\n"
).replace("refused: [{notify: desk}]", "refused: [{notify: desk}], returns: [draft]")


@pytest.mark.parametrize(
    ("command", "told", "why_not"),
    [
        pytest.param(
            Transfer("sign", "desk"), "sue transfers the seat of boss to desk: sign", "not_a_signer"
        ),
        pytest.param(
            Delegate("sign", "desk"), "sue asks desk for an opinion, for boss: sign", "not_a_signer"
        ),
        pytest.param(
            AddSigner("sign", "desk", "after"), "sue lets desk sign afterwards: sign", "not_a_signer"
        ),
        pytest.param(Return("sign"), "sue sends it back to draft as boss: sign", "not_a_signer"),
        pytest.param(Copy("sign", "buyer"), "sue tells buyer of the approval: sign", "not_in_the_round"),
    ],
    ids=lambda each: each.verb if hasattr(each, "verb") else "",
)
def test_a_substitute_does_what_whoever_is_away_may_do(command: Command, told: str, why_not: str) -> None:
    eve, sue = Principal.of("eve", "buyer"), Principal.of("sue", "buyer")
    with closing(flowengine.connect(":memory:", directory=House("sue"))) as engine:
        engine.deploy(RETURNABLE, file="deal.yaml")
        order = engine.start("deal", {}, by=DESK).order_id
        engine.do(order, flowengine.Choose("submit"), by=DESK).or_raise()
        refused = engine.do(order, command, by=eve, reason="a test").blockers
        assert [blocker.code for blocker in refused] == [why_not]
        done = engine.do(order, command, by=sue, reason="a test").or_raise().events[0]
        assert (done.data["by"], done.data["stands_for"]) == ("sue", "bo")
        sentences = happened([done], engine.plan("deal", by=DESK), "en")
        assert sentences == [told, "sue does it for bo, who is away"]
        assert engine.verify().problems == ()


def test_whoever_stands_in_for_the_one_who_asked_takes_it_back() -> None:
    with closing(flowengine.connect(":memory:", directory=House("sue"))) as engine:
        engine.deploy(RETURNABLE, file="deal.yaml")
        order = engine.start("deal", {}, by=Principal.of("bo", "desk")).order_id
        engine.do(order, flowengine.Choose("submit"), by=DESK).or_raise()
        assert [each.code for each in engine.do(order, Withdraw("sign"), by=QI).blockers] == [
            "not_the_requester"
        ]
        done = engine.do(order, Withdraw("sign"), by=SUE).or_raise().events[0]
        assert (done.kind, done.data["stands_for"]) == ("taken_back", "bo")
        assert engine.order(order, by=DESK).row.stage == "draft"


def test_the_seat_of_somebody_in_no_role_waits_for_the_substitute_too(tmp_path: Path) -> None:
    """Kim, whom a field names and who holds no role that the directory knows, is away."""
    text = PROCESS.replace("{all: [boss, qa]}", "{all: [signer, qa]}").replace(
        "owner: desk\nroles", "owner: desk\norder: {fields: {signer: person}}\nroles", 1
    )
    house = House("sue")
    house.away["kim"] = Absence("sue")
    with opened_here(Clock(), house) as engine:
        engine.deploy(text, file="deal.yaml")
        for signer in ("kim", "zoe", "kim"):
            order = engine.start("deal", {"signer": signer}, by=DESK).order_id
        assert queue(engine, SUE) == queue(engine, SUE, mine=False) == [("sign", "@kim", "kim")] * 2
        assert queue(engine, Principal.of("eve", "desk")) == []
        engine.do(order, Approve("sign"), by=SUE).or_raise()
        assert queue(engine, SUE) == [("sign", "@kim", "kim")]


@pytest.mark.parametrize("house", ["qi"], indirect=True)
def test_whoever_has_voted_passes_on_no_seat_of_somebody_else(engine: Engine) -> None:
    order = engine.start("deal", {}, by=DESK).order_id
    engine.do(order, Approve("sign"), by=QI).or_raise()
    refused = engine.do(order, Transfer("sign", "desk"), by=QI).blockers
    assert [blocker.code for blocker in refused] == ["voted_already"]
