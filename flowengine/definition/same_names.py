"""Needs of one name within one stage: they are one act, so they must agree on what is asked, and of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from flowengine.definition.deeds import by_itself
from flowengine.definition.findings import Finding, elsewhere
from flowengine.definition.scope import clocks_of, every_need, needs_of
from flowengine.definition.words import Action, Name, Need, Outcome, Process, Row, Stage


def same_name_findings(process: Process) -> Iterator[Finding]:
    """A need that stands twice in one stage is one act: the same people are asked for the same thing.

    An act that outlives its visit is one act in the whole process.
    """
    lasting: dict[str, Need] = {}
    for _, need in needs_of(process):
        earlier = lasting.setdefault(need.name, need)
        if earlier is not need and (need.covers or earlier.covers) and meant(need) != meant(earlier):
            yield Finding(
                "FE257", need.place, {"need": need.name, "where": elsewhere(earlier.place, need.place)}
            )
    alike = _Alike(process)
    for stage in process.stages.values():
        first: dict[str, tuple[Need, Set[str]]] = {}
        for need, default in alike.asked_in(stage):
            by = {*need.by} or default
            earlier, whom = first.setdefault(need.name, (need, by))
            if earlier is need:  # what `defaults` ask stands once, and is asked of whoever is late
                continue
            params = {"need": need.name, "where": elsewhere(earlier.place, need.place)}
            if need.that is None and whom != by:
                yield Finding("FE222", need.place, params)
            if earlier is not need and meant(need) != meant(earlier):
                yield Finding("FE223", need.place, params)


class _Alike:
    """What may be asked in each stage, and of whom."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._deeds = by_itself(process)
        self._clocks = list(clocks_of(process))
        self._owners: dict[str, frozenset[str]] = {"order": frozenset({str(process.owner)})}
        for name, stage in process.stages.items():
            self._owners[name] = _roles(stage.owner)
            for task in (stage.tasks or {}).values():
                self._owners[task.name] = _roles(task.owner) or self._owners[name]
        for place, clock in self._clocks:
            self._owners[clock.name] = self._named(clock.owner, place.name if place else "order")
        for name, hold in (process.holds or {}).items():
            self._owners[name] = self._named(hold.owner, "order")

    def _named(self, owner: Name | None, place: str) -> frozenset[str]:
        """The owners of a clock or a hold: a role, or those of a place."""
        if owner is None or owner == "owner":
            return self._owners[place]
        named = self._owners.get(owner.removesuffix(".owner"), frozenset())
        return named if "." in owner else frozenset({str(owner)})

    def asked_in(self, stage: Stage) -> Iterator[tuple[Need, Set[str]]]:
        """Everything that may be asked in a stage, and who does it where the need itself does not say."""
        owner = self._owners[stage.name]
        yield from ((need, owner) for need in every_need(stage.needs))
        for task in (stage.tasks or {}).values():
            yield from ((need, self._owners[task.name]) for need in every_need(task.needs))
            yield from _asked_by((task.outcomes or {}).values(), self._owners[task.name])
        yield from _asked_by((stage.outcomes or {}).values(), owner)
        outcomes = (self._process.outcomes or {}).values()
        whole = [each for each in outcomes if is_open_in(each, stage.name)]
        yield from _asked_by(whole, self._owners["order"])
        yield from self._beside(stage)

    def _beside(self, stage: Stage) -> Iterator[tuple[Need, Set[str]]]:
        """What clocks, holds and actions ask."""
        for clock in ({**(stage.clocks or {}), **(self._process.clocks or {})}).values():
            yield from ((need, self._owners[clock.name]) for need in every_need(clock.needs))
        for name, hold in (self._process.holds or {}).items():
            by = {*(hold.release.by if hold.release else ())} or {*hold.by} or self._owners[name]
            yield from ((need, by) for need in every_need(hold.release.needs if hold.release else None))
        for found in self._deeds[stage.name]:
            yield from _asked(found.actions, self._owners[found.place])


def _roles(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(str(row.to) for row in rows)


def _asked_by(outcomes: Iterable[Outcome], owner: Set[str]) -> Iterator[tuple[Need, Set[str]]]:
    for outcome in outcomes:
        yield from ((need, {*outcome.by} or owner) for need in every_need(outcome.needs))
        yield from _asked((*outcome.then, *outcome.beyond), owner)


def _asked(actions: Iterable[Action], owner: Set[str]) -> Iterator[tuple[Need, Set[str]]]:
    for action in actions:
        yield from ((need, {*action.by} or owner) for need in every_need(action.ask))


def is_open_in(outcome: Outcome, stage: str) -> bool:
    """Whether an outcome of the whole order may be chosen in that stage."""
    return stage in outcome.from_ or "any" in outcome.from_


def meant(need: Need) -> tuple[object, ...]:
    """What a need asks, and on which terms; conditions by their text, as they stand in other places."""
    return (
        need.kind,
        need.called,
        need.field,
        need.approval,
        need.event,
        need.confirm and frozenset(need.confirm),
        need.asks,
        need.call,
        need.that and need.that.source,
        need.else_,
        need.when and need.when.source,
        need.after,
        *(frozenset(names) for names in (need.covers, need.waive, need.not_by, need.any or ())),
        need.defer,
        tuple((due.within, due.by, due.when and due.when.source) for due in need.due),
    )
