"""What changes in who may not do a thing: four eyes."""

from __future__ import annotations

from typing import Any, Final

from flowengine.compiler.comparing.change import Effect, Side, Spot, Words, shift
from flowengine.texts import Phrase

_OLD: Final[Side] = "old"
_NEW: Final[Side] = "new"


def effect_of(old: tuple[str, ...], new: tuple[str, ...]) -> Effect:
    """Whoever keeps more people from a thing asks more."""
    before, after = set(old), set(new)
    return "stricter" if before < after else "looser" if after < before else "neutral"


def said(spot: Spot, old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, Any]:
    """The change in values and in words."""
    words = shift(*(_people(spot, side, each) for side, each in ((_OLD, old), (_NEW, new))))
    return {"old": list(old), "new": list(new), "shift": words}


def _people(spot: Spot, side: Side, others: tuple[str, ...]) -> list[Words] | Phrase:
    return [_person(spot, side, other) for other in others] or Phrase("diff.nobody")


def _person(spot: Spot, side: Side, other: str) -> Words:
    return spot.said(side, lambda names: names.kept_apart(other))
