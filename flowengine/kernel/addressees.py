"""Who work and messages are for: a role by its name, or one person, written `@wang`.

Names of roles never begin with `@`, so both stand in the same places.
"""

from __future__ import annotations

from typing import Final

PERSON: Final = "@"


def at(person: str) -> str:
    """The addressee that is this person."""
    return f"{PERSON}{person}"


def person_of(addressee: str) -> str:
    """The person whom an addressee means; empty for a role."""
    return addressee[1:] if addressee.startswith(PERSON) else ""
