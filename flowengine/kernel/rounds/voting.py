"""What people do in a round: vote, pass a seat on, ask for an opinion, add a signer. A value or a refusal.

One person has one vote in a round, whatever roles they hold and whoever has passed a seat on to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from typing import Final, Literal, NamedTuple

from flowengine.kernel.rounds.counting import advanced, open_seats
from flowengine.kernel.rounds.seats import Position, Round, Seat, Step, Vote

MOST_SEATS: Final = 20
"""How many seats a step may come to have: the state of an order stays small."""

Refusal = Literal[
    "round_over",
    "old_round",
    "not_a_signer",
    "barred_from_signing",
    "voted_already",
    "not_your_turn",
    "signs_already",
    "too_many_signers",
]

_SILENT: Final = ("not_a_signer", "not_your_turn")


class Person(NamedTuple):
    """Who acts, and the roles that they hold: their own, or that of somebody away for whom they stand."""

    id: str
    roles: Set[str]
    stands_for: str = ""

    def is_among(self, people: Iterable[str]) -> bool:
        """Whether one of the two is among them: what is said counts as said by both."""
        return bool({self.id, self.stands_for or self.id} & {*people})

    def joined(self, people: tuple[str, ...]) -> tuple[str, ...]:
        """These people and the two."""
        return (*people, self.id, *filter(None, (self.stands_for,)))


class Cast(NamedTuple):
    """A round after somebody has spoken: in which seat, and whether only for whoever had asked them."""

    ballot: Round
    seat: Seat
    opinion: bool = False


def vote(ballot: Round, who: Person, said: Vote, at: int) -> Cast | Refusal:
    """The round after a vote, or after the opinion of somebody who was asked for it; or why not."""
    if not who.is_among(ballot.voted) and (found := _seat_of(ballot, who)):
        number, seat = found
        cast = seat._replace(vote=said, by=who.id, at=at, helper="", stands_for=who.stands_for)
        voted = ballot._replace(voted=who.joined(ballot.voted))
        return Cast(advanced(_put(voted, number, cast)), cast)
    if found := _asked(ballot, who):
        number, seat = found
        return Cast(_put(ballot, number, seat._replace(helper="")), seat, opinion=True)
    return why_not(ballot, who)


def who_votes(ballot: Round, me: Person, stand_ins: Iterable[Person]) -> Person:
    """Who votes: oneself, or the first for whom one may."""
    return who_acts(me, stand_ins, lambda who: vote(ballot, who, "abstain", 0))


def who_acts(me: Person, stand_ins: Iterable[Person], act: Callable[[Person], Cast | Refusal]) -> Person:
    """Who speaks: oneself or, for want of a say of one's own, the first in whose place one may do it."""
    if act(me) not in _SILENT:
        return me
    return next((who for who in stand_ins if isinstance(act(who), Cast)), me)


def transfer(ballot: Round, who: Person, to: str) -> Cast | Refusal:
    """The round after a seat has passed to another role for good, with its veto and all that was added."""
    return _pass_on(ballot, who, to, lambda seat: seat._replace(role=to, helper=""))


def delegate(ballot: Round, who: Person, to: str) -> Cast | Refusal:
    """The round after another role was asked for its opinion; with that the seat comes back."""
    return _pass_on(ballot, who, to, lambda seat: seat._replace(helper=to))


def add(ballot: Round, who: Person, to: str, position: Position) -> Cast | Refusal:
    """The round after somebody was added to one's own seat. Who was added adds nobody."""
    found = _seat_of(ballot, who)
    if found is None or found[1].is_added:
        return why_not(ballot, who)
    if to in _present(ballot.now):
        return "signs_already"
    if len(ballot.now.seats) >= MOST_SEATS:
        return "too_many_signers"
    number, _ = found
    seat = Seat(to, of=number, position=position)
    return Cast(_changed(ballot, ballot.now._replace(seats=(*ballot.now.seats, seat))), seat)


def send_back(ballot: Round, who: Person) -> Cast | Refusal:
    """The round after one who may vote now has sent it back instead: it is over, and nothing was approved."""
    if who.is_among(ballot.voted) or (found := _seat_of(ballot, who)) is None:
        return why_not(ballot, who)
    return Cast(ballot._replace(outcome="returned", voted=who.joined(ballot.voted)), found[1])


def withdraw(ballot: Round) -> Round | Refusal:
    """The round after whoever asked for it has taken it back; what is decided stays."""
    if ballot.outcome or not ballot.steps:
        return "round_over"
    return ballot._replace(outcome="taken_back")


def pass_to(ballot: Round, role: str) -> Round:
    """The round after all open seats of its step have passed to one role, as one seat: votes that were given
    stay, and whoever has it decides in place of those who did not vote.
    """
    if ballot.outcome or not ballot.steps:
        return ballot
    step = ballot.now
    kept = [(number, seat) for number, seat in step.own() if seat.vote]
    seats: list[Seat] = []
    for number, seat in kept:
        own = len(seats)
        seats += [seat, *(each._replace(of=own) for each in step.added_to(number) if each.vote)]
    vetoes = any(seat.veto for _, seat in step.own() if not seat.vote)
    approved = sum(1 for _, seat in kept if seat.vote == "approve")
    least = approved + 1 if step.least else 0
    return advanced(_changed(ballot, step._replace(seats=(*seats, Seat(role, vetoes)), least=least)))


def why_not(ballot: Round, who: Person) -> Refusal:
    """Why somebody has nothing to say in a round now."""
    if ballot.outcome or not ballot.steps:
        return "round_over"
    if who.is_among(ballot.voted):
        return "voted_already"
    if not any(role in who.roles for step in ballot.steps for role in _present(step)):
        return "not_a_signer"
    return "barred_from_signing" if who.is_among(ballot.now.barred) else "not_your_turn"


def _pass_on(ballot: Round, who: Person, to: str, change: Callable[[Seat], Seat]) -> Cast | Refusal:
    found = _seat_of(ballot, who)
    if found is None:
        return why_not(ballot, who)
    if to in _present(ballot.now):
        return "signs_already"
    number, seat = found
    return Cast(_put(ballot, number, change(seat)), seat)


def _present(step: Step) -> set[str]:
    """The roles that have a say in a step."""
    return {seat.role for seat in step.seats} | {seat.helper for seat in step.seats if seat.helper}


def _seat_of(ballot: Round, who: Person) -> tuple[int, Seat] | None:
    """The first open seat that is somebody's own; whoever is barred has none."""
    if ballot.outcome or not ballot.steps or who.is_among(ballot.now.barred):
        return None
    return next(((number, seat) for number, seat in open_seats(ballot) if seat.role in who.roles), None)


def _asked(ballot: Round, who: Person) -> tuple[int, Seat] | None:
    """The first open seat about which somebody is asked for an opinion."""
    if ballot.outcome or not ballot.steps or who.is_among(ballot.now.barred):
        return None
    return next(((number, seat) for number, seat in open_seats(ballot) if seat.helper in who.roles), None)


def _put(ballot: Round, number: int, seat: Seat) -> Round:
    seats = ballot.now.seats
    return _changed(ballot, ballot.now._replace(seats=(*seats[:number], seat, *seats[number + 1 :])))


def _changed(ballot: Round, step: Step) -> Round:
    return ballot._replace(steps=(*ballot.steps[: ballot.step], step, *ballot.steps[ballot.step + 1 :]))
