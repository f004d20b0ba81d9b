"""Four eyes: which people may not do a thing, because they opened the order or did what it looks after.

The person counts and not the role. It holds both ways: whoever did the one may not do the other, as long as
what was done counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flowengine.compiler.plan import Need, Outcome
from flowengine.definition.four_eyes import CREATOR
from flowengine.kernel.commands import Principal
from flowengine.kernel.decision import Blocker
from flowengine.kernel.order import Act
from flowengine.kernel.rounds.seats import Round
from flowengine.kernel.standing import Standing
from flowengine.texts import Phrase


def barred(standing: Standing, thing: Need | Outcome) -> tuple[str, ...]:
    """The people who may not do it, whatever their roles."""
    if not (thing.not_by or standing.plan.apart):
        return ()
    return tuple(sorted({person for person, _ in _barred(standing, thing)}))


def not_by(standing: Standing, thing: Need | Outcome, by: Principal) -> tuple[Blocker, ...]:
    """Why this person may not do it; the host itself is no person."""
    if by.is_system or not (thing.not_by or standing.plan.apart):
        return ()
    for person, other in _barred(standing, thing):
        if person == by.id:
            return (kept_from(standing, thing, other, standing.doers(thing)),)
    return ()


def kept_from(standing: Standing, thing: Need | Outcome, other: str, doers: tuple[str, ...]) -> Blocker:
    """Why somebody may not do it: what they did, or that they opened the order."""
    params = {"title": thing.title.all(), "why": _why(standing, other)}
    return Blocker("not_by", thing.name, doers, thing.line, params)


def _barred(standing: Standing, thing: Need | Outcome) -> Iterator[tuple[str, str]]:
    """Each person with what keeps them from it."""
    order = standing.order
    for other in thing.not_by:
        if other == CREATOR:
            yield order.creator, CREATOR
            continue
        yield from ((order.doers[key], key) for key in _keys(order.doers, other, thing))
        yield from ((order.acts[key][1], key) for key in _keys(order.acts, other, thing))
        for did in _in_parts(standing):
            yield from ((did[key], key) for key in _keys(did, other, thing))
    if isinstance(thing, Need):
        for other in standing.plan.apart.get(thing.thing, ()):
            for key in _keys(order.acts, other, thing):
                yield from ((person, key) for person in _did(order.acts[key]))
            for key in _keys(order.rounds, other, thing):
                yield from ((person, key) for person in _voted(order.rounds[key]))


def _in_parts(standing: Standing) -> Iterator[Mapping[str, str]]:
    """Who did what in each of the parts into which the order was split."""
    for part in standing.plan.parts:
        yield from (says.get("doers", {}) for says in standing.order.linked.get(part, {}).values())


def _did(act: Act) -> Iterator[str]:
    """Who did it; of an approval everybody who has signed."""
    value, person, _ = act
    yield person
    yield from value.get("signed", ()) if isinstance(value, dict) else ()


def _voted(ballot: Round) -> tuple[str, ...]:
    """Whose votes count: of a round that ended without a grant nobody's."""
    return () if ballot.outcome else ballot.voted


def _keys(known: Iterable[str], name: str, thing: Need | Outcome) -> Iterator[str]:
    """A need among what is known: itself and its rows; for what belongs to a row, of that row alone."""
    row = str(thing.row) if isinstance(thing, Need) and thing.row else ""
    for key in known:
        of, _, number = key.partition(".")
        if of == name and (not row or number in ("", row)):
            yield key


def _why(standing: Standing, other: str) -> Phrase:
    if other == CREATOR:
        return Phrase("not_by.creator")
    need = standing.doable(other) or standing.plan.find(other)
    return Phrase("not_by.doer", {"need": need.title.all() if need else other})
