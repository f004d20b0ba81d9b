"""The host's directory of people: who holds a role, and who is away. The engine keeps no accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from flowengine.compiler.away import Away


@dataclass(frozen=True, slots=True)
class Absence:
    """That somebody is away, and who stands in, if anybody does."""

    substitute: str | None = None


class Directory(Protocol):
    """What the host knows of its people, by the ids under which it lets them act.

    It is asked between two transactions, never while an order is locked, save in a transaction of the host's
    own; what it answered stands in history.
    """

    def members(self, role: str) -> Sequence[str] | None:
        """Who holds a role, in the order of their turns; None where the directory does not know the role."""

    def absence(self, person: str, at: int) -> Absence | None:
        """Whether somebody is away at an instant (milliseconds UTC); None for who is there."""

    def head_of(self, person: str, at: int) -> str | None:
        """Who is above somebody at an instant (milliseconds UTC); None where nobody is. It is asked
        only where a process says `head_of`.
        """


@runtime_checkable
class AddressBook(Protocol):
    """Where the host's people and customers are reached; a `Directory` may be one as well.

    It is asked between two transactions. Addresses are kept nowhere.
    """

    def addresses(self, whom: str, *, process: str, number: str) -> Mapping[str, str]:
        """The address for each channel; empty for whom messages only wait in the inbox.

        `whom` is a role (that of a room or a list, if they have one), a person (`@wang`), or `customer`: that
        of the order with this `number`.
        """


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """A directory of people who are written down: in `members` of a process file or in a scenario, and in
    `people` of a process file when they are away and who is above them.
    """

    held: Mapping[str, Sequence[str]] = field(default_factory=dict)
    away: Mapping[str, Sequence[Away]] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)

    def members(self, role: str) -> Sequence[str] | None:
        """Who holds a role; None where nobody has said."""
        return self.held.get(role)

    def absence(self, person: str, at: int) -> Absence | None:
        """Whether somebody is away then."""
        spans = (each for each in self.away.get(person, ()) if each.first <= at <= each.last)
        return next((Absence(each.substitute or None) for each in spans), None)

    def head_of(self, person: str, at: int) -> str | None:  # noqa: ARG002 - the same at any time
        """Who is above somebody."""
        return self.heads.get(person)
