"""What a role may, as the kernel asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.definition import words
from flowengine.definition.builtin_fields import TYPE
from flowengine.definition.moments import Point
from flowengine.definition.role_references import nameable


@dataclass(frozen=True, slots=True)
class Rights:
    """`sees` are the fields that a role always sees, or `all`; `edits` those that it may change at any time.
    `unmasked` are the private fields that it sees in full, or `all`; `may` are the words for what else it may
    do, `reassign` names the role that may pass on its work.
    """

    sees: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    unmasked: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    reassign: str = ""


@dataclass(frozen=True, slots=True)
class Amending:
    """Who may amend a field, and until when; without `by`, whoever else may change it."""

    by: tuple[str, ...]
    until: Point | None
    line: int


def rights_of(process: words.Process) -> dict[str, Rights]:
    """The rights of each role; fields that only other processes have are left out. A role of a library that
    sees none of this one sees the type, as all do: it must not become somebody who sees everything.
    """
    known = nameable(process)
    return {
        name: Rights(
            tuple(str(field) for field in role.sees if field in known) or ((TYPE,) if role.sees else ()),
            tuple(str(field) for field in role.edits if field in known),
            tuple(str(field) for field in role.unmasked if field in known),
            tuple(role.may),
            str(role.reassign or ""),
        )
        for name, role in process.roles.items()
    }
