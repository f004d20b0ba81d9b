"""Answers to what a decision asks about people: in the directory and the store, while no order is locked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import Final, NamedTuple

from flowengine.compiler.plan import Plan
from flowengine.definition.assign_references import ROUND_ROBIN
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.answers import HEAD_OF, HOLDS, SHARED, STANDS_IN, Answers, Question
from flowengine.runtime.directory import Directory, KnownPeople
from flowengine.runtime.ports import Session

TURNS: Final = "@"
"""How the counters of turns begin, so that they are not taken for numbers of orders."""


class Asking(NamedTuple):
    """That a decision asks for people, on which plan and as of when (milliseconds UTC); nothing was saved."""

    questions: tuple[Question, ...]
    plan: Plan
    now: int


class Pools:
    """The people among whom work is dealt out."""

    def __init__(self, session: Session, directory: Directory | None) -> None:
        self._session = session
        self._directory = directory

    def answers(self, questions: Iterable[Question], plan: Plan, now: int) -> Answers:
        """The people for each question; None where neither the directory nor the process knows the role."""
        directory = self._directory or KnownPeople(plan.members, plan.away, plan.heads_of)
        return {question: self._answer(question, directory, now) for question in questions}

    def _answer(self, question: Question, directory: Directory, now: int) -> tuple[str, ...] | None:
        if question.how == HEAD_OF:
            head = directory.head_of(question.of, now)
            return (head,) if head else ()
        if question.how == SHARED:
            return self._shared([self._answer(each, directory, now) for each in question.among])
        person = person_of(question.of)
        members = (person,) if person else directory.members(question.of)
        if question.how == STANDS_IN:
            return tuple(away_for(directory, members or (), question.by, now))
        if members is None:
            return None
        if question.how == HOLDS:
            return tuple(members)
        present = _present(directory, members, now)
        return present and self._ranked(question, present)

    def _ranked(self, question: Question, people: Sequence[str]) -> tuple[str, ...]:
        """The first choice first."""
        if question.how == ROUND_ROBIN:
            first = self._turn(question.of) % len(people)
            return (*people[first:], *people[:first])
        busy = self._busy(people)
        return tuple(sorted(people, key=busy.__getitem__))

    def _shared(self, pools: Sequence[Sequence[str] | None]) -> tuple[str, ...] | None:
        """The people of several roles: of those who come next in each, the least busy; between equals whose
        role is written first. None where nobody is found, and of a role nobody knows who holds it.
        """
        known = [people for people in pools if people is not None]
        busy = self._busy({person for people in known for person in people})
        found = tuple(dict.fromkeys(merge(*known, key=busy.__getitem__)))
        return found or (() if len(known) == len(pools) else None)

    def _busy(self, people: Iterable[str]) -> dict[str, int]:
        """In how many orders each of these has something to do."""
        with self._session.reading() as unit:
            busy = unit.busy([at(person) for person in people])
        return {person: busy.get(at(person), 0) for person in people}

    def _turn(self, role: str) -> int:
        """The next turn of a role, from 0, over all its processes."""
        with self._session.writing() as unit:
            return unit.next_serial(f"{TURNS}{role}", "") - 1


def away_for(directory: Directory, members: Iterable[str], by: str, now: int) -> Iterator[str]:
    """Who is away, and has `by` stand in."""
    for member in members:
        if member != by and _there(directory, member, now) == by:
            yield member


def _present(directory: Directory, members: Iterable[str], now: int) -> tuple[str, ...]:
    """Who is there, each once; for whoever is away, the one who stands in."""
    people: list[str] = []
    for member in members:
        person = _there(directory, member, now)
        if person and person not in people:
            people.append(person)
    return tuple(people)


def _there(directory: Directory, member: str, now: int) -> str | None:
    """A person who is there, or else whoever stands in and is there; nobody where each waits for another."""
    asked: set[str] = set()
    person: str | None = member
    while person and (away := directory.absence(person, now)) is not None:
        asked.add(person)
        person = None if away.substitute in asked else away.substitute
    return person
