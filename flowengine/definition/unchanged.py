"""A sound process is not checked again while its file, and every other that was looked at, is unchanged.

One command asks for the same process many times: to check it, to deploy it, to hold linked processes against
it, and once more for each scenario that plays it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Final, Protocol, TypeVar

from flowengine.definition.patching.sources import NONE, Sources

_MOST: Final = 32  # a folder holds a few processes; each keeps its whole document


class Outcome(Protocol):
    """What a check comes to."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""


T = TypeVar("T", bound=Outcome)
T_co = TypeVar("T_co", bound=Outcome, covariant=True)


class Check(Protocol[T_co]):
    """A check of a process file."""

    def __call__(self, data: bytes | str, file: str, sources: Sources = NONE, *, judged: bool = True) -> T_co:
        """What it comes to; where the file is not to be judged, it is only read."""


@dataclass(slots=True)
class _Watched:
    """Sources that note what was asked of them."""

    sources: Sources
    read_: dict[str, bytes | str | None] = field(default_factory=dict)
    beside_: Sequence[str] | None = None

    def read(self, name: str) -> bytes | str | None:
        self.read_[name] = found = self.sources.read(name)
        return found

    def beside(self) -> Sequence[str]:
        self.beside_ = found = self.sources.beside()
        return found

    def shown(self, name: str) -> str:
        return self.sources.shown(name)

    def is_same(self, now: Sources) -> bool:
        """Whether other sources would answer the same to everything that was asked."""
        names_are = self.beside_ is None or self.beside_ == now.beside()
        return names_are and all(now.read(name) == found for name, found in self.read_.items())


def unless_unchanged(check: Check[T]) -> Check[T]:
    """The check with a memory of the last few processes that were sound. One that was judged may be read."""
    known: tuple[tuple[bytes | str, str, _Watched, bool, T], ...] = ()

    @wraps(check)
    def checked(data: bytes | str, file: str, sources: Sources = NONE, *, judged: bool = True) -> T:
        nonlocal known
        for text, name, watched, was_judged, outcome in known:
            is_enough = was_judged or not judged
            if is_enough and name == file and text == data and watched.is_same(sources):
                return outcome
        watched = _Watched(sources)
        outcome = check(data, file, watched, judged=judged)
        if outcome.sound:
            entry = (data, file, watched, judged, outcome)
            known = (entry, *known[: _MOST - 1])  # replaced whole: threads may ask
        return outcome

    return checked
