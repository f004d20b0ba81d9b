"""What votes come to: of a seat with those added to it, of a step, of the whole round.

A seat approves when it and all that were added to it do: who is added can hinder a grant, never bring one
about. A step is decided as soon as no vote that is still open could change it.
"""

from __future__ import annotations

from flowengine.kernel.rounds.seats import Outcome, Round, Seat, Step, Vote


def comes_to(step: Step, number: int) -> Vote:
    """What a seat of the form says, together with those that were added to it; empty while that is open."""
    seat = step.seats[number]
    votes = [seat.vote, *(each.vote for each in step.added_to(number))]
    if "refuse" in votes:
        return "refuse"
    return "" if "" in votes else seat.vote


def decided(step: Step) -> Outcome:
    """How a step ends, once no open vote could change that; nobody's approval is no grant."""
    votes = [(comes_to(step, number), seat) for number, seat in step.own()]
    approved = sum(1 for vote, _ in votes if vote == "approve")
    hoped = sum(1 for vote, seat in votes if not vote and seat.vote != "abstain")
    if any(vote == "refuse" and (seat.veto or not step.least) for vote, seat in votes):
        return "refused"
    if approved + hoped < (step.least or 1):
        return "refused"
    awaited = any(not vote and (seat.veto or not step.least) for vote, seat in votes)
    return "granted" if approved >= (step.least or 1) and not awaited else ""


def advanced(ballot: Round) -> Round:
    """The round with the next step begun, or with its outcome, if the step that votes is decided."""
    while not ballot.outcome and (outcome := decided(ballot.now)):
        if outcome == "refused" or ballot.step + 1 == len(ballot.steps):
            return ballot._replace(outcome=outcome)
        ballot = ballot._replace(step=ballot.step + 1)
    return ballot


def open_seats(ballot: Round) -> list[tuple[int, Seat]]:
    """The seats that may vote now, with their numbers in the step: those of the form, then those added."""
    if ballot.outcome or not ballot.steps:
        return []
    found = [(number, seat) for number, seat in enumerate(ballot.now.seats) if _is_open(ballot.now, number)]
    return sorted(found, key=lambda each: (each[1].of, each[0]))


def _is_open(step: Step, number: int) -> bool:
    seat = step.seats[number]
    own = seat.of if seat.is_added else number
    if seat.vote or comes_to(step, own):
        return False
    if step.in_order and not all(comes_to(step, each) for each, _ in step.own() if each < own):
        return False
    if not seat.is_added:
        return all(each.vote for each in step.added_to(number) if each.position == "before")
    return seat.position != "after" or bool(step.seats[own].vote)
