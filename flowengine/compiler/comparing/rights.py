"""What changes in what roles may see, write and do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

from flowengine.calendars.days import local
from flowengine.compiler.away import Away
from flowengine.compiler.comparing.attributes import Kind, Reader, differences
from flowengine.compiler.comparing.change import Change, Spot, shift
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Amending, Plan, Rights
from flowengine.compiler.wording import assigned, point
from flowengine.definition.role_references import ALL
from flowengine.texts import Phrase, say


def rights(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """The rights of roles that were there before and still are; others come and go with their role."""
    for name in (name for name in old.roles if name in new.roles):
        before, after = (plan.rights.get(name, Rights()) for plan in (old, new))
        yield from differences(spot.at("roles", name), before, after, RIGHTS)


def amending(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Who may amend the fields that were there before and still are, and until when."""
    for name in (name for name in old.fields if name in new.fields):
        before, after = _amended(old.amending.get(name)), _amended(new.amending.get(name))
        if before != after:
            yield spot.at("order", "fields", name, "changes").change(
                "field.changes",
                old=before,
                new=after,
                field=spot.field(name),
                shift=spot.both(
                    old.amending.get(name), new.amending.get(name), _amended_words, "diff.not_only_amended"
                ),
            )


def _amended(said: Amending | None) -> dict[str, Any] | None:
    return {"by": sorted(said.by), "until": essence(said.until)} if said else None


def _amended_words(names: Names, said: Amending | None) -> str:
    if said is None:
        return ""
    who = [names.role(role) for role in said.by]
    words = say("words.amended" if who else "words.amended.editors", names.lang, {"who": who})
    if said.until is None:
        return words
    return say("words.amended.until", names.lang, {"said": words, "point": point(names, said.until)})


def _field(spot: Spot, name: str) -> object:
    return Phrase("diff.everything") if name == ALL else spot.field(name)


def _reader(word: Literal["sees", "edits", "unmasked", "may"], say: Callable[[Spot, str], object]) -> Reader:
    def read(spot: Spot, old: Any, new: Any) -> Iterator[Change]:
        before, after = getattr(old, word), getattr(new, word)
        if set(before) == set(after):
            return
        words = [[say(spot, name) for name in each] or Phrase("diff.nothing") for each in (before, after)]
        role, said = spot.role(spot.path[-1]), shift(*words)
        yield spot.at(word).change(f"role.{word}", old=list(before), new=list(after), role=role, shift=said)

    return read


def _reassign(spot: Spot, old: Any, new: Any) -> Iterator[Change]:
    before, after = old.reassign, new.reassign
    if before != after:
        words = [spot.role(each) if each else Phrase("diff.nobody") for each in (before, after)]
        role, said = spot.role(spot.path[-1]), shift(*words)
        yield spot.at("reassign").change("role.reassign", old=before, new=after, role=role, shift=said)


def assigning(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """To whom the work of roles is dealt out."""
    for name in (name for name in old.roles if name in new.roles):
        before, after = old.assign.get(name, ()), new.assign.get(name, ())
        if essence(before) != essence(after):
            said = spot.both(before, after, assigned, "diff.whole_role")
            yield spot.at("roles", name, "assign").change("role.assign", role=spot.role(name), shift=said)


def members(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Who holds roles."""
    for name in (name for name in old.roles if name in new.roles):
        before, after = old.members.get(name, ()), new.members.get(name, ())
        if before != after:
            said = shift(*(list(each) or Phrase("diff.nobody") for each in (before, after)))
            there = spot.at("roles", name, "members")
            yield there.change(
                "role.members", old=list(before), new=list(after), role=spot.role(name), shift=said
            )


def away(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """When people are away, and who stands in."""
    for name in {**old.away, **new.away}:
        before, after = ([_absence(plan, each) for each in plan.away.get(name, ())] for plan in (old, new))
        if before != after:
            said = shift(before or Phrase("diff.always_there"), after or Phrase("diff.always_there"))
            yield spot.at("people", name, "away").change("person.away", person=name, shift=said)


def heads(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Who is above whom."""
    for name in {**old.heads_of, **new.heads_of}:
        before, after = old.heads_of.get(name), new.heads_of.get(name)
        if before != after:
            said = shift(before or Phrase("diff.nobody"), after or Phrase("diff.nobody"))
            yield spot.at("people", name, "head").change("person.head", person=name, shift=said)


def _absence(plan: Plan, away: Away) -> Phrase:
    first, last = (local(at, plan.zone).date() for at in (away.first, away.last))
    days = f"{first}" if first == last else f"{first}..{last}"
    return Phrase("words.away", {"days": days, "who": away.substitute or Phrase("diff.nobody")})


RIGHTS: Final = Kind(
    read={
        "sees": _reader("sees", _field),
        "edits": _reader("edits", _field),
        "unmasked": _reader("unmasked", _field),
        "may": _reader("may", lambda _spot, word: Phrase(f"may.{word}")),
        "reassign": _reassign,
    },
    passed_over={},
)
