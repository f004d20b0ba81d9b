"""Who speaks in a round: whoever acts, or somebody away for whom they stand in. What the one may do there the
other may as well, as far as four eyes let them; it is on record for whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flowengine.compiler.plan import Need
from flowengine.kernel.addressees import at
from flowengine.kernel.answers import STANDS_IN, Question
from flowengine.kernel.draft import Draft
from flowengine.kernel.rounds.voting import Cast, Person, Refusal, who_acts


def speaker(draft: Draft, need: Need, act: Callable[[Person], Cast | Refusal]) -> Person:
    """Who does it in the round of that need. The host itself holds no role, so it has no vote: what is signed
    was signed by somebody.
    """
    return who_acts(Person(draft.by.id, draft.by.addressees), _standing_in(draft, need), act)


def absent_signer(draft: Draft, need: Need) -> str:
    """The first whose seat is awaited and for whom the one who acts stands in; empty if for nobody."""
    return next((who.stands_for for who in _standing_in(draft, need)), "")


def stands_in(draft: Draft, person: str) -> bool:
    """Whether that person is away, and the one who acts stands in."""
    question = Question(STANDS_IN, at(person), draft.by.id)
    return draft.is_answered(question) and bool(draft.answers[question])


def for_whom(person: str) -> dict[str, str]:
    """What stands on record of it."""
    return {"stands_for": person} if person else {}


def _standing_in(draft: Draft, need: Need) -> Iterator[Person]:
    """The one who acts, for each holder of an awaited role who is away and whose substitute they are."""
    for role in draft.signers(need.name):
        question = Question(STANDS_IN, role, draft.by.id)
        if draft.is_answered(question):
            for away in draft.answers[question] or ():
                yield Person(draft.by.id, {role}, away)
