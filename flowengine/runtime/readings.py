"""How an event is understood: each version of its process reads it in its own words, because an order stays
on the version that it began on. Used where events look for their orders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from flowengine.compiler.incoming import Incoming
from flowengine.compiler.plan import Plan
from flowengine.definition.values import Stored
from flowengine.errors import DefinitionRefused
from flowengine.kernel.decision import Blocker
from flowengine.kernel.receiving import data_of, looked_for, no_such_event
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.matching import match_of
from flowengine.runtime.ports import Writer
from flowengine.runtime.rows import MatchRow


class Reading(NamedTuple):
    """An event as one version of its process understands it."""

    definition_id: int
    plan: Plan
    event: Incoming
    data: Mapping[str, Stored]
    match: MatchRow


class Readings:
    """One event, and how the versions of its process read it. Raises NotFound for an unknown process."""

    def __init__(
        self, unit: Writer, catalog: Catalog, process: str, event: str, data: Mapping[str, Any]
    ) -> None:
        self._unit = unit
        self._catalog = catalog
        self._data = data
        self.event = event
        self._id, self.plan = catalog.newest(unit, process)
        self._known: dict[int, Reading | None] = {}

    @cached_property
    def newest(self) -> Reading | tuple[Blocker, ...]:
        """As the newest version reads it; or everything that is wrong with it."""
        return _read(self._id, self.plan, self.event, self._data)

    def of(self, definition_id: int) -> Reading | None:
        """As that version reads it; None where it cannot. What only the newest knows is left out."""
        if definition_id not in self._known:
            self._known[definition_id] = self._older(definition_id)
        return self._known[definition_id]

    def each(self) -> Iterator[Reading]:
        """As the versions read it that can, the newest first."""
        if isinstance(self.newest, Reading):
            yield self.newest
        for id in self._unit.versions(self.plan.process):
            if id != self._id and (reading := self.of(id)):
                yield reading

    def _older(self, definition_id: int) -> Reading | None:
        if definition_id == self._id:
            return self.newest if isinstance(self.newest, Reading) else None
        try:
            plan = self._catalog.plan(self._unit, definition_id)
        except DefinitionRefused:  # no version of ours any more, and no order of it finds anything
            return None
        newest, declared = self.plan.events.get(self.event), plan.events.get(self.event)
        new = set(newest.data) - set(declared.data) if newest and declared else set()
        data = {name: value for name, value in self._data.items() if name not in new}
        read = _read(definition_id, plan, self.event, data)
        return read if isinstance(read, Reading) else None


def _read(
    definition_id: int, plan: Plan, event: str, data: Mapping[str, Any]
) -> Reading | tuple[Blocker, ...]:
    declared = plan.events.get(event)
    if declared is None:
        return (no_such_event(plan, event),)
    known, wrong = data_of(plan, declared, data)
    values, unlike = looked_for(plan, declared, known) if not wrong else ({}, ())
    if wrong or unlike:
        return wrong or unlike
    return Reading(definition_id, plan, declared, known, match_of(declared, values))
