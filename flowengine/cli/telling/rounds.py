"""A round of approval told: who has said what, who is awaited now, and whose turn comes later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flowengine.cli.desk import Desk
from flowengine.cli.screen import iso
from flowengine.compiler.plan import Plan
from flowengine.kernel.rounds.counting import open_seats
from flowengine.kernel.rounds.seats import Round, Seat
from flowengine.runtime.story import role_text


def round_lines(desk: Desk, plan: Plan, ballot: Round) -> Iterator[str]:
    """The round for people, a line for each vote."""
    for seat in _voted(ballot):
        said = desk.say(f"explain.round.{seat.vote}")
        key = "explain.round.instead" if seat.stands_for else "explain.round.voted"
        role = role_text(plan, seat.role, desk.lang)
        yield desk.say(key, who=seat.by, away=seat.stands_for, role=role, said=said)
    for key, roles in (("awaited", _awaited(ballot)), ("later", _later(ballot))):
        if roles:
            yield desk.say(f"explain.round.{key}", who=[role_text(plan, role, desk.lang) for role in roles])


def round_json(ballot: Round) -> dict[str, Any]:
    """The round for programs."""
    return {
        "number": ballot.number,
        "opened": iso(ballot.opened),
        "outcome": ballot.outcome,
        "votes": [
            {"role": seat.role, "by": seat.by, "for": seat.stands_for, "said": seat.vote, "at": iso(seat.at)}
            for seat in _voted(ballot)
        ],
        "awaited": _awaited(ballot),
        "later": _later(ballot),
    }


def _voted(ballot: Round) -> list[Seat]:
    return [seat for step in ballot.steps for seat in step.seats if seat.vote]


def _awaited(ballot: Round) -> list[str]:
    return [seat.helper or seat.role for _, seat in open_seats(ballot)]


def _later(ballot: Round) -> list[str]:
    """The roles that have not said anything and cannot yet."""
    if ballot.outcome:
        return []
    now = [seat for _, seat in open_seats(ballot)]
    steps = ballot.steps[ballot.step :]
    return [seat.role for step in steps for seat in step.seats if not seat.vote and seat not in now]
