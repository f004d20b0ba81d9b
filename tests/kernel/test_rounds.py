"""Approvals as an algebra: a naive model of rounds, which tries out every vote that is still open."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from flowengine.kernel.rounds.counting import advanced, open_seats
from flowengine.kernel.rounds.seats import Round, Seat, Step
from flowengine.kernel.rounds.voting import (
    Cast,
    Person,
    add,
    delegate,
    pass_to,
    send_back,
    transfer,
    vote,
    withdraw,
)

ROLES = tuple("abcde")
PEOPLE = {
    "ann": {"a"},
    "bob": {"b"},
    "cat": {"c"},
    "dan": {"d"},
    "eve": {"e"},
    "abe": {"a", "b"},
    "pat": {"a", "b", "c", "d", "e"},
    "out": {"x"},
}
VOTES = ("approve", "refuse", "abstain")
SOMEBODY = st.sampled_from(sorted(PEOPLE))
PERHAPS = st.sampled_from(["", *sorted(PEOPLE)])
"""For whom somebody acts who is away; empty where for nobody."""


@dataclass
class Voter:
    """A seat of the model, with those who were added to it."""

    role: str
    veto: bool = False
    said: str = ""
    helper: str = ""
    position: str = ""
    added: list[Voter] = field(default_factory=list)


@dataclass
class Table:
    """A step of the model."""

    voters: list[Voter]
    least: int
    in_order: bool
    barred: tuple[str, ...]

    def every(self) -> list[Voter]:
        return [each for voter in self.voters for each in (voter, *voter.added)]


def final(table: Table, votes: dict[int, str]) -> str:
    """What a step comes to once everybody has voted: the rule as it is told to people."""
    came = []
    for voter in table.voters:
        said = [votes[id(each)] for each in (voter, *voter.added)]
        came.append("refuse" if "refuse" in said else said[0])
        if voter.veto and came[-1] == "refuse":
            return "refused"
    if table.least:
        return "granted" if came.count("approve") >= table.least else "refused"
    return "granted" if "refuse" not in came and "approve" in came else "refused"


def foreseen(table: Table) -> str:
    """The result if every way to vote leads to it; empty while it is open. Tries them all."""
    still = [each for each in table.every() if not each.said]
    ends = set()
    for votes in product(VOTES, repeat=len(still)):
        every = {id(each): each.said for each in table.every()}
        every |= {id(each): said for each, said in zip(still, votes, strict=True)}
        ends.add(final(table, every))
        if len(ends) > 1:
            return ""
    return ends.pop()


def is_over(voter: Voter) -> bool:
    said = [voter.said, *(each.said for each in voter.added)]
    return "refuse" in said or all(said)


class Rounds(RuleBasedStateMachine):
    """A round and its model, side by side."""

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.tables, steps = [], []
        for _ in range(data.draw(st.integers(1, 2))):
            roles = data.draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=3, unique=True))
            least = data.draw(st.integers(0, len(roles)))
            in_order = data.draw(st.booleans()) and not least
            vetoes = [data.draw(st.booleans()) for _ in roles]
            barred = data.draw(st.sampled_from([(), ("ann",), ("pat",)]))
            self.tables.append(
                Table([Voter(*each) for each in zip(roles, vetoes, strict=True)], least, in_order, barred)
            )
            seats = tuple(Seat(*each) for each in zip(roles, vetoes, strict=True))
            steps.append(Step(seats, least, in_order, barred))
        self.ballot = Round(1, 0, tuple(steps))
        self.at, self.outcome, self.counted = 0, "", list[str]()

    @property
    def table(self) -> Table:
        return self.tables[self.at]

    def open_voters(self) -> list[Voter]:
        own, added = list[Voter](), list[Voter]()
        for number, voter in enumerate(self.table.voters):
            if self.table.in_order and not all(is_over(each) for each in self.table.voters[:number]):
                break
            if is_over(voter):
                continue
            before = all(each.said for each in voter.added if each.position == "before")
            own += [voter] if before and not voter.said else []
            added += [
                each for each in voter.added if not each.said and (each.position != "after" or voter.said)
            ]
        return [*own, *added]

    def seat_for(self, who: str) -> Voter | None:
        if self.outcome or who in self.table.barred:
            return None
        return next((each for each in self.open_voters() if each.role in PEOPLE[who]), None)

    def take(self, answer: Any) -> bool:
        """Whether it was done; a refusal changes nothing."""
        if isinstance(answer, Cast):
            self.ballot = answer.ballot
            return True
        assert isinstance(answer, str)
        return False

    @rule(who=SOMEBODY, said=st.sampled_from(VOTES))
    def somebody_votes(self, who: str, said: Any) -> None:
        done = self.take(vote(self.ballot, Person(who, PEOPLE[who]), said, 1))
        voter = self.seat_for(who) if who not in self.counted else None
        if voter:
            voter.said, voter.helper = said, ""
            self.counted.append(who)
            assert done
            self.move_on()
            return
        asked = None
        if not self.outcome and who not in self.table.barred:
            asked = next((each for each in self.open_voters() if each.helper in PEOPLE[who]), None)
        assert done == (asked is not None)
        if asked:
            asked.helper = ""

    @rule(who=SOMEBODY, away=SOMEBODY, said=st.sampled_from(VOTES))
    def somebody_votes_for_another(self, who: str, away: str, said: Any) -> None:
        """Both have spoken by it: neither does again, and whoever is barred is so in either part."""
        answer = vote(self.ballot, Person(who, PEOPLE[away], away), said, 1)
        both = {who, away}
        voter = None
        if not (both & {*self.counted} or both & {*self.table.barred}):
            voter = self.seat_for(away)
        if voter:
            assert self.take(answer)
            voter.said, voter.helper = said, ""
            self.counted += sorted(both)
            self.move_on()
        elif isinstance(answer, Cast):  # an opinion that whoever is away was asked for
            assert answer.opinion
            self.ballot = answer.ballot
            asked = next(each for each in self.open_voters() if each.helper in PEOPLE[away])
            asked.helper = ""

    def acts(self, who: str, away: str) -> tuple[Person, Voter | None]:
        """Somebody, perhaps in the place of another, and the seat of which they may dispose."""
        if away in ("", who):
            return Person(who, PEOPLE[who]), self.seat_for(who)
        return Person(who, PEOPLE[away], away), None if who in self.table.barred else self.seat_for(away)

    @rule(who=SOMEBODY, away=PERHAPS, to=st.sampled_from(ROLES), stays=st.booleans())
    def somebody_passes_on(self, who: str, away: str, to: str, stays: bool) -> None:
        person, voter = self.acts(who, away)
        answer = (delegate if stays else transfer)(self.ballot, person, to)
        done = self.take(answer)
        assert done == (voter is not None and to not in self.sitting())
        if done and voter:
            voter.role, voter.helper = (voter.role, to) if stays else (to, "")

    @rule(
        who=SOMEBODY,
        away=PERHAPS,
        to=st.sampled_from(ROLES),
        position=st.sampled_from(["before", "beside", "after"]),
    )
    def somebody_adds(self, who: str, away: str, to: str, position: Any) -> None:
        person, voter = self.acts(who, away)
        answer = add(self.ballot, person, to, position)
        done = self.take(answer)
        own = voter is not None and not voter.position
        assert done == (own and to not in self.sitting())
        if done and voter:
            voter.added.append(Voter(to, position=position))

    @rule(who=SOMEBODY, away=PERHAPS)
    def somebody_sends_it_back(self, who: str, away: str) -> None:
        person, voter = self.acts(who, away)
        both = {who, away or who}
        done = self.take(send_back(self.ballot, person))
        assert done == (voter is not None and not both & {*self.counted})
        if done:
            self.counted += sorted(both)
            self.outcome = "returned"
            assert both <= {*self.ballot.voted}

    @precondition(lambda self: len(self.counted) > 1)
    @rule()
    def it_is_taken_back(self) -> None:
        answer = withdraw(self.ballot)
        assert isinstance(answer, Round) == (not self.outcome)
        if isinstance(answer, Round):
            self.ballot, self.outcome = answer, "taken_back"

    @rule(to=st.sampled_from(ROLES))
    def it_is_late(self, to: str) -> None:
        self.ballot = pass_to(self.ballot, to)
        if self.outcome:
            return
        table = self.table
        vetoes = any(each.veto for each in table.voters if not each.said)
        table.voters = [each for each in table.voters if each.said]
        for each in table.voters:
            each.added = [one for one in each.added if one.said]
        if table.least:
            table.least = sum(each.said == "approve" for each in table.voters) + 1
        table.voters.append(Voter(to, vetoes))
        self.move_on()

    def sitting(self) -> set[str]:
        return {role for each in self.table.every() for role in (each.role, each.helper) if role}

    def move_on(self) -> None:
        while not self.outcome and (end := foreseen(self.table)):
            if end == "refused" or self.at + 1 == len(self.tables):
                self.outcome = end
            else:
                self.at += 1

    @invariant()
    def they_agree(self) -> None:
        if not hasattr(self, "ballot"):
            return
        assert self.ballot.outcome == self.outcome
        mine = [] if self.outcome else sorted((each.role, each.helper) for each in self.open_voters())
        assert sorted((seat.role, seat.helper) for _, seat in open_seats(self.ballot)) == mine
        assert Round.of(self.ballot.plain()) == self.ballot
        assert advanced(self.ballot) == self.ballot

    @invariant()
    def nobody_counts_twice(self) -> None:
        if hasattr(self, "ballot"):
            voted = [seat for step in self.ballot.steps for seat in step.seats if seat.vote]
            by = [who for seat in voted for who in {seat.by, seat.stands_for or seat.by}]
            assert len(by) == len(set(by))
            assert set(by) <= set(self.ballot.voted)


@pytest.mark.parametrize("stories", [300, pytest.param(5_000, marks=pytest.mark.soak)])
def test_rounds_are_what_the_model_says(stories: int) -> None:
    """Whatever people do in whatever order: the same seats are open, and it is decided at the same vote."""
    run_state_machine_as_test(
        Rounds,
        settings=settings(
            max_examples=stories,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def opened(*steps: Step) -> Round:
    return Round(1, 0, steps)


def said(ballot: Round, *acts: tuple[str, str]) -> Any:
    """The round after these votes, or the refusal of the last."""
    for who, what in acts:
        answer = vote(ballot, Person(who, PEOPLE[who]), what, 1)  # type: ignore[arg-type]
        if not isinstance(answer, Cast):
            return answer
        ballot = answer.ballot
    return ballot


ABC = (Seat("a"), Seat("b"), Seat("c"))
CASES = {
    "any: one is enough": (Step(ABC, 1), [("bob", "approve")], "granted"),
    "any: one refusal is not": (Step(ABC, 1), [("bob", "refuse")], ""),
    "all: one refusal is": (Step(ABC), [("bob", "refuse")], "refused"),
    "all: who abstains counts out": (
        Step(ABC),
        [("ann", "abstain"), ("bob", "approve"), ("cat", "approve")],
        "granted",
    ),
    "all: nobody's approval is no grant": (Step((Seat("a"),)), [("ann", "abstain")], "refused"),
    "two of three, early": (Step(ABC, 2), [("ann", "approve"), ("cat", "approve")], "granted"),
    "two of three, out of reach": (Step(ABC, 2), [("ann", "refuse"), ("cat", "abstain")], "refused"),
    "a veto ends it": (Step((Seat("a", veto=True), *ABC[1:]), 1), [("ann", "refuse")], "refused"),
    "a veto is waited for": (Step((Seat("a", veto=True), *ABC[1:]), 1), [("bob", "approve")], ""),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_what_decides(case: tuple[Step, list[tuple[str, str]], str]) -> None:
    """Each rule, with the votes that decide it and those that do not."""
    step, acts, outcome = case
    assert said(opened(step), *acts).outcome == outcome


REFUSED = {
    "late": (Step(ABC, 1), [("ann", "approve"), ("bob", "approve")], "round_over"),
    "twice": (Step(ABC), [("ann", "approve"), ("ann", "approve")], "voted_already"),
    "through two roles": (Step(ABC), [("abe", "approve"), ("abe", "approve")], "voted_already"),
    "a stranger": (Step(ABC), [("out", "approve")], "not_a_signer"),
    "barred": (Step(ABC, barred=("ann",)), [("ann", "approve")], "barred_from_signing"),
    "not in turn": (Step(ABC, in_order=True), [("bob", "approve")], "not_your_turn"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=list(REFUSED))
def test_who_has_no_vote(case: tuple[Step, list[tuple[str, str]], str]) -> None:
    """Votes that do not count are refused, each for its own reason."""
    step, acts, why = case
    assert said(opened(step), *acts) == why


def test_a_vote_that_was_given_is_not_turned_into_sending_back() -> None:
    """Who has voted has said it; who has no seat cannot send anything back."""
    ballot = said(opened(Step(ABC)), ("ann", "approve"))
    assert send_back(ballot, Person("ann", PEOPLE["ann"])) == "voted_already"
    assert send_back(ballot, Person("out", PEOPLE["out"])) == "not_a_signer"


def test_what_is_over_is_neither_sent_nor_taken_back() -> None:
    """After the last vote it is decided, however it was decided."""
    ballot = said(opened(Step(ABC, 1)), ("ann", "approve"))
    assert send_back(ballot, Person("bob", PEOPLE["bob"])) == "round_over"
    assert withdraw(ballot) == "round_over"


def test_what_is_late_passes_to_one_person_who_decides() -> None:
    """Of two of three with one approval and one refusal, the one seat that is left decides."""
    ballot = said(opened(Step(ABC, 2)), ("ann", "approve"), ("bob", "refuse"))
    passed = pass_to(ballot, "e")
    assert [seat.role for _, seat in open_seats(passed)] == ["e"]
    assert said(passed, ("eve", "approve")).outcome == "granted"
    assert said(passed, ("eve", "refuse")).outcome == "refused"
