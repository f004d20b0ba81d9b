"""What single words of a process mean, and what else the plan has to know because they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.compiler.calendars import calendars_of
from flowengine.compiler.owners import Owners
from flowengine.compiler.sites import ORDER
from flowengine.definition import words
from flowengine.definition.event_references import event_behind, scopes_of
from flowengine.definition.expressions import Expression, parse
from flowengine.definition.four_eyes import CREATOR
from flowengine.definition.kinds import Kind, Scope
from flowengine.definition.lengths import Length
from flowengine.definition.link_references import links_to
from flowengine.definition.moments import Point, point_of
from flowengine.definition.part_references import own_parts_of
from flowengine.definition.people_references import doer_of, is_person
from flowengine.definition.scope import moment_named, scope_of
from flowengine.definition.words import HEAD


class Reader:
    """Reads the words of one process.

    Kept for the plan: the moments that are asked about (`read`), whether people of the order are named, whose
    doers are to be remembered, and of whom the head is asked for.
    """

    def __init__(self, process: words.Process) -> None:
        self.process = process
        self.calendars = calendars_of(process)
        self.scope: Scope = scope_of(process)
        self.read: set[str] = set()
        self.names_people = False
        self.remembered: set[str] = set()
        self.heads: list[str] = []
        self.owners = Owners(process, self.expression, self.person)

    def reads(self, moment: str) -> None:
        """Note that a later decision asks about a moment, so that it is counted."""
        self.read.add(moment)

    def moment(self, name: str, beside: frozenset[str] = frozenset()) -> str:
        """What is waited for: a need or task of the same stage by its name, anything else by its moment."""
        if name.removesuffix(".done") in beside:
            return name.removesuffix(".done")
        moment = moment_named(self.scope, name)
        assert moment is not None, name
        self.read.add(moment)
        return moment

    def point(self, written: words.Name | None) -> Point | None:
        """A date field or a moment, and so long before or after it."""
        point = point_of(self.scope, written) if written else None
        if point and not point.is_field:
            self.read.add(point.base)
        return point

    def expression(self, written: words.Written | None, event: str = "") -> Expression | None:
        """A condition; behind an event it may read what came with it."""
        return None if written is None else self._noted(written, self._scope(event))

    def given(self, written: words.Written) -> Expression:
        """What a field of another process is given, whatever its type is there."""
        return self._noted(written, self.scope, expect=None, guarded=False)

    def value(self, name: str, written: words.Written, event: str = "") -> Expression:
        """What a field is set to."""
        scope = self._scope(event)
        return self._noted(written, scope, expect=scope.names[name].kind, guarded=False, into=name)

    def _scope(self, event: str) -> Scope:
        return scopes_of(self.process)[event] if event else self.scope

    def _noted(
        self,
        written: words.Written,
        scope: Scope,
        *,
        expect: Kind | None = Kind.BOOLEAN,
        guarded: bool = True,
        into: str = "",
    ) -> Expression:
        expression, findings = parse(
            written.source, scope, written.place, expect=expect, guarded=guarded, into=into
        )
        assert expression is not None, findings
        self.read |= expression.names
        return expression

    def behind(self, rule: words.Rule) -> str:
        """The event that sets a rule off; empty where none does."""
        return event_behind(self.process, rule)

    def who(self, who: str, place: str) -> str:
        """Who is meant at a place: a role, or `PLACE.owner` where rows or actions decide who that is."""
        if who.endswith(HEAD):
            return self._head(self.who(who.removesuffix(HEAD), place))
        if who == "owner":
            return self.owners.of(place)
        return self.owners.of(who.removesuffix(".owner")) if who.endswith(".owner") else self.person(who)

    def doers(self, names: Iterable[str], place: str) -> tuple[str, ...]:
        """Who is meant by those who may do something at a place."""
        found = tuple(self.who(name, place) for name in names)
        self.names_people = self.names_people or any("." in who for who in found)
        return found

    def person(self, who: str) -> str:
        """A role as it is; a person of the order in full: `order.creator`, `FIELD.person`, `NEED.by`."""
        if who.endswith(HEAD):
            return self._head(self.person(who.removesuffix(HEAD)))
        if not is_person(self.process, who):
            return who
        self.names_people = True
        if need := doer_of(who):
            self.remembered.add(need)
            return who
        return f"{ORDER}.{who}" if who == CREATOR else f"{who}.person"

    def _head(self, person: str) -> str:
        self.names_people = True
        self.heads.append(f"{person}{HEAD}")
        return self.heads[-1]

    def accountable(self, name: str) -> str:
        """Who is accountable for a clock or a hold."""
        return self.owners.behind(name)

    def started(self, process: str) -> str:
        """The link under which orders of that process stand here, or the part itself."""
        if process in own_parts_of(self.process):
            return process
        return links_to(self.process, process)[0].name

    def rises(self, action: words.Action) -> Iterator[Length]:
        """How late a clock is when the exception that it has raised rises."""
        raised = (self.process.exceptions or {}).get(action.raise_ or "")
        yield from (row.over for row in (raised.tier if raised else ()) if row.over)
