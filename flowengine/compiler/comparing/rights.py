"""What changes in what roles may see, write and do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

from flowengine.compiler.comparing.attributes import Kind, Reader, differences
from flowengine.compiler.comparing.change import Change, Spot, shift
from flowengine.compiler.plan import Plan, Rights
from flowengine.definition.role_references import ALL
from flowengine.texts import Phrase


def rights(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """The rights of roles that were there before and still are; others come and go with their role."""
    for name in (name for name in old.roles if name in new.roles):
        before, after = (plan.rights.get(name, Rights()) for plan in (old, new))
        yield from differences(spot.at("roles", name), before, after, RIGHTS)


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


RIGHTS: Final = Kind(
    read={
        "sees": _reader("sees", _field),
        "edits": _reader("edits", _field),
        "unmasked": _reader("unmasked", _field),
        "may": _reader("may", lambda _spot, word: Phrase(f"may.{word}")),
    },
    passed_over={},
)
