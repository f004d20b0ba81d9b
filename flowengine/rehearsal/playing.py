"""The playing of a scenario: what each step says is done on the stage, and what comes of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flowengine.definition.inner import name_of
from flowengine.definition.inner.exceptions import LINK as CASES
from flowengine.definition.scenario_words import Scenario, Step, linked_by
from flowengine.errors import EvaluationFailed, NotFound
from flowengine.kernel.commands import Command, PassTime, Principal, Raise
from flowengine.kernel.decision import Blocker
from flowengine.rehearsal.outside import Outside
from flowengine.rehearsal.rows import Row, filled, filled_names
from flowengine.rehearsal.stage import WATCHER, Connect, Stage
from flowengine.rehearsal.verbs import commands_of
from flowengine.runtime.admission import GREATEST_ID
from flowengine.runtime.importing import Imported
from flowengine.runtime.receiving import COURIER
from flowengine.runtime.result import Result
from flowengine.texts import say


class Rehearsal(Stage):
    """One scenario being played."""

    def __init__(self, connect: Connect, scenario: Scenario, process: Path, row: Row) -> None:
        super().__init__(connect, scenario, process, row)
        self.blockers: tuple[Blocker, ...] = ()
        self.refused: list[Blocker] = []
        self.imported: list[Imported] = []
        self.failure = ""
        self._outside = Outside(scenario.calls, row)
        self.unanswered: list[str] = []

    def play(self, step: Step) -> None:
        """Let the step's time pass, then do what it says; what came of it is asked of this object.

        A condition that cannot be evaluated is kept as `failure`.
        """
        self.blockers, self.imported, self.failure = (), [], ""
        self.turn_back()
        self.unanswered.clear()
        try:
            self.blockers += self._pass_time(step)
            self._answer_calls()
            if step.on is not None:
                self._order = self._linked_order(str(filled(step.on, self._row)))
            for person in filled_names(step.by, self._row):
                self.blockers += self._do(step, self.person(str(person)))
                self._answer_calls()
            if step.event is not None and not step.by:
                self.blockers += self._receive(step, COURIER)
                self._answer_calls()
            while self._hear():
                self._answer_calls()
        except EvaluationFailed as failed:
            self.failure = str(failed)
        self.refused += [*self.blockers, *(each for one in self.imported for each in one.result.blockers)]
        self._collect()

    def turn_back(self) -> None:
        """Speak of the order of the scenario again, after a step `on` a linked one."""
        self._order = self._main

    def give(self, command: Command, person: str, reason: str = "") -> tuple[Blocker, ...]:
        """Let somebody do something that no step says; the reasons where it is refused."""
        assert self._order is not None
        by = self.person(person)
        self.blockers, self.failure = (), ""
        try:
            self.blockers = self.engine.do(self._order, command, by=by, reason=reason).blockers
            self._answer_calls()
        except EvaluationFailed as failed:
            self.failure = str(failed)
        self._collect()
        return self.blockers

    def preview(self, command: Command, person: str, reason: str = "") -> tuple[Blocker, ...]:
        """The reasons for which that would be refused now; nothing is done."""
        assert self._order is not None
        try:
            return self.engine.preview(self._order, command, by=self.person(person), reason=reason).blockers
        except EvaluationFailed as failed:
            return (Blocker("cannot_go_on", params={"why": str(failed)}),)

    def _pass_time(self, step: Step) -> tuple[Blocker, ...]:
        if step.wait is not None:
            self._now = self.plan.calendar.add(self._now, step.wait.amount, step.wait.unit)
        elif step.until is not None:
            self._now = max(self._now, self._instant(step.until))
        else:
            return ()
        ticked = self.engine.tick()
        if ticked.opened:
            self._speak_of_newest()
        if not ticked.failed or self._order is None:
            return ()
        # A tick goes on to the next order without saying why; here the reason is the point.
        return self.engine.preview(self._order, PassTime(), by=WATCHER).blockers

    def _answer_calls(self) -> None:
        """Let the outside answer every call that waits for it, and those that are made by its answers."""
        if not any(each.calls for plan in self._deployed.values() for each in plan.every):
            return
        while waiting := [each for order in self._calling() for each in self._waiting(order)]:
            for order, key, name in waiting:
                said = self._outside.answer(name)
                if said is None:
                    self.unanswered.append(name)
                    return
                self.engine.reply(order, key, said.result, error=said.error)

    def _calling(self) -> list[int]:
        """The orders with calls that nobody has carried outside; all that wait for answers are among them."""
        found: dict[int, None] = {}
        after = 0
        with self.engine.store.reading() as unit:
            while rows := [row for row, _ in unit.parcels("ready", after=after, limit=200)]:
                found.update((row.order_id, None) for row in rows if row.kind == "call")
                after = rows[-1].id
        return list(found)

    def _waiting(self, order: int) -> Iterator[tuple[int, str, str]]:
        calls = self.engine.order(order, by=WATCHER).order.calls
        for key, known in sorted(calls.items(), key=lambda each: each[1].number):
            if not known.how:
                yield order, key, known.name

    def _do(self, step: Step, by: Principal) -> tuple[Blocker, ...]:
        if step.create is not None:
            return self._start(step.create, step, by)
        if step.import_ is not None:
            self._import(step.import_, by)
            return ()
        if step.start is not None:
            return self._start_linked(step.start, step, by)
        if step.event is not None:
            return self._receive(step, by)
        blockers: list[Blocker] = []
        for said in commands_of(step, self._row):
            if self._order is None:
                return (Blocker("no_order"),)
            command = self._joined(said, step)
            result = self.engine.do(self._order, command, by=by, reason=str(filled(step.reason, self._row)))
            blockers += result.blockers
        return tuple(blockers)

    def _joined(self, command: Command, step: Step) -> Command:
        """An exception that joins the case of the number that the step names, be there one or not."""
        if step.joins is None or not isinstance(command, Raise):
            return command
        number, cases = str(filled(step.joins, self._row)), name_of(self._process, CASES)
        try:
            return replace(command, case=self.engine.order(number, by=WATCHER, process=cases).row.id)
        except NotFound:
            return replace(command, case=GREATEST_ID)

    def _start(self, values: Mapping[str, Any], step: Step, by: Principal) -> tuple[Blocker, ...]:
        given = filled({**(self._scenario.given or {}), **values}, self._row)
        result = self.engine.start(self._process, given, by=by, reason=str(filled(step.reason, self._row)))
        if result.ok:
            self._speak_of(result)
        return result.blockers

    def _start_linked(self, started: Mapping[str, Any], step: Step, by: Principal) -> tuple[Blocker, ...]:
        """Open orders of other processes that are linked with the one spoken of, which stays that."""
        if self._order is None:
            return (Blocker("no_order"),)
        blockers: list[Blocker] = []
        for process, values in started.items():
            plan = self.engine.plan(process, by=WATCHER)
            links = {link.name: self._order for link in plan.links.values() if self._process in link.process}
            reason = str(filled(step.reason, self._row))
            given = filled(values, self._row)
            blockers += self.engine.start(process, given, by=by, reason=reason, links=links).blockers
        return tuple(blockers)

    def _linked_order(self, on: str) -> int:
        """The id of a linked order: the last under that name, or the one of that number."""
        name, number = linked_by(on) or ("", 0)
        ids = list(self.view.order.linked.get(name, {})) if self._order is not None else []
        if not ids or number > len(ids):
            raise EvaluationFailed(say("scenario.no_linked", self._scenario.language, {"on": on}))
        return int(ids[number - 1])

    def _hear(self) -> bool:
        """Let linked orders hear what the others say, at once; whether one has. What one cannot hear fails
        the step.
        """
        if not self._plan.links:
            return False
        heard = False
        while self.engine.tick().heard:
            heard = True
        with self.engine.store.reading() as unit:
            waiting = unit.signals(after=0, limit=1)
        if waiting:
            self.failure = waiting[0].failure or waiting[0].cause
        return heard

    def _receive(self, step: Step, by: Principal) -> tuple[Blocker, ...]:
        data = filled(step.data or {}, self._row)
        found = self.engine.receive(self._process, str(filled(step.event, self._row)), data, by=by)
        if found.created and found.order_id is not None:
            self._order = self._main = found.order_id
        return found.blockers

    def _speak_of(self, result: Result) -> None:
        """Speak of that order from now on; what had happened to it before this step is no news."""
        if result.order_id != self._order:
            self._order = self._main = result.order_id
            self._seen[result.order_id] = self.view.row.revision if result.repeated else 0

    def _speak_of_newest(self) -> None:
        """Speak of the order that the calendar has opened, if it is one of the process that is played."""
        with self.engine.store.reading() as unit:
            newest = unit.newest_orders(1)
        if newest and newest[0].process == self._process:
            self._order = self._main = newest[0].id

    def _import(self, records: Iterable[Any], by: Principal) -> None:
        given = self._scenario.given or {}
        rows = ((number, filled({**given, **record}, self._row)) for number, record in enumerate(records, 1))
        self.imported = list(self.engine.import_orders(self._process, rows, by=by))
        if orders := [each.result for each in self.imported if each.result.ok]:
            self._speak_of(orders[-1])

    def _collect(self) -> None:
        """Take in what history has gained since the step before."""
        self._fresh = []
        if self._order is not None:
            seen = self._seen.get(self._order, 0)
            entries = self.engine.history(self._order, by=WATCHER, after=seen, limit=200).items
            self._fresh = [event for entry in entries for event in entry.record["events"]]
            self._seen[self._order] = entries[-1].seq if entries else seen
