"""What must be there, as the kernel asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flowengine.compiler.approval import Approval
from flowengine.compiler.due import Due
from flowengine.definition.expressions import Expression
from flowengine.definition.words import NeedKind, Text


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be there. `by` are the roles that may do it, defaults filled in.

    `by` is empty where nobody does it, and where it falls to the owner of `place` (a stage or a task) of
    whom rows decide. `after` is the moment before which it is not asked; where that is another need or a
    task `beside` it, what counts is whether that is there at present. `row` is that of an `each`. One with
    `defer` blocks nothing until its time `due` is over; another with `due` is late then, and asked on.
    `not_by` are the needs whose doers may not do it, and the `creator`. `asks` are the fields that come with
    a confirmation. `call` is the call out that meets it, `event` the one that it waits for.
    What an `approval` covers, and until when it must be decided, its form says.
    """

    name: str
    kind: NeedKind
    title: Text
    by: tuple[str, ...]
    line: int
    place: str = ""
    field: str = ""
    that: Expression | None = None
    otherwise: Text | None = None
    any: tuple[Need, ...] = ()
    when: Expression | None = None
    after: str = ""
    beside: bool = False
    covers: tuple[str, ...] = ()
    waive: tuple[str, ...] = ()
    defer: bool = False
    due: tuple[Due, ...] = ()
    row: int = 0
    not_by: tuple[str, ...] = ()
    approval: Approval | None = None
    asks: tuple[str, ...] = ()
    call: str = ""
    event: str = ""

    @property
    def thing(self) -> str:
        """Its name in the process file, whatever row it is asked for: moments are counted under it."""
        return self.name.partition(".")[0]


def every_part(needs: Iterable[Need]) -> Iterator[Need]:
    """These needs and, after a choice of several, each of them."""
    for need in needs:
        yield need
        yield from every_part(need.any)
