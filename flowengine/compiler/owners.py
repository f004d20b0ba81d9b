"""Who is accountable for what: stages, tasks, clocks, holds and the whole order, as far as it is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flowengine.compiler.plan import Way
from flowengine.definition import words
from flowengine.definition.deeds import deeds_of
from flowengine.definition.expressions import Expression
from flowengine.definition.scope import clocks_of, tasks_of

Read = Callable[[words.Written | None], Expression | None]


class Owners:
    """The owners of one process. `rows` are those of stages and tasks.

    One owner is certain where no rows decide and no `assign` passes the work on to somebody else.
    """

    def __init__(self, process: words.Process, read: Read, person: Callable[[str], str]) -> None:
        self._person = person
        self._teams = process.teams
        self.rows: dict[str, tuple[Way, ...]] = {"order": (Way(process.owner, None),)}
        self._behind: dict[str, str] = {}
        for name, stage in process.stages.items():
            self.rows[name] = self._rows(stage.owner, read)
        for stage, task in tasks_of(process):
            self._put(task.name, self._rows(task.owner, read), stage.name)
        for place, clock in clocks_of(process):
            self._take(clock.name, clock.owner, place.name if place else "order")
        for hold in (process.holds or {}).values():
            self._take(hold.name, hold.owner, "order")
        self._assigned = {found.place for found in deeds_of(process) if any(a.assign for a in found.actions)}

    def _put(self, name: str, rows: tuple[Way, ...], place: str) -> None:
        """Rows of its own, or those of the place that it stands in."""
        self.rows[name] = rows or self.rows[place]
        if not rows:
            self._behind[name] = place

    def _take(self, name: str, owner: words.Name | None, place: str) -> None:
        """The owner of a clock or a hold: a role, or whoever is accountable for a place."""
        role = owner is not None and owner != "owner" and not owner.endswith(".owner")
        named = owner.removesuffix(".owner") if owner and owner.endswith(".owner") else place
        who = f"{place}.{owner}" if owner and owner.startswith("owner.") else str(owner)
        self._put(name, (Way(self._person(who), None),) if role else (), named)

    def _rows(self, rows: tuple[words.Row, ...], read: Read) -> tuple[Way, ...]:
        return tuple(Way(self._person(row.to), read(row.when)) for row in rows)

    def of(self, place: str) -> str:
        """The role accountable for a place, or `PLACE.owner` where it is not certain who that is."""
        return self.rows[place][0].to if self._is_certain(place) else f"{place}.owner"

    def behind(self, name: str) -> str:
        """The role accountable for a clock or a hold, or `PLACE.owner` where it takes it from a place."""
        return self.of(self._behind[name]) if name in self._behind else self.rows[name][0].to

    def by_default(self, place: str) -> tuple[str, ...]:
        """Who does what nobody is named for: the owner; nobody yet where it is not certain who that is."""
        if not self._is_certain(place):
            return ()
        owner = self.rows[place][0].to
        return (owner, *self._teams.get(owner, ()))

    def _is_certain(self, place: str) -> bool:
        taken = self._chain(place)
        return len(self.rows[place]) == 1 and not any(each in self._assigned for each in taken)

    def _chain(self, place: str) -> Iterator[str]:
        """A place, and those from which it has its owner."""
        yield place
        if place in self._behind:
            yield from self._chain(self._behind[place])
