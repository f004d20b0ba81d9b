"""The stage on which a scenario is played: an engine of its own, a clock that moves when told, people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from flowengine.calendars.days import milliseconds
from flowengine.compiler.away import Away
from flowengine.compiler.plan import Plan
from flowengine.definition.inner import name_of
from flowengine.definition.inner.exceptions import LINK as CASES
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.scenario_words import Scenario, Step, linked_by
from flowengine.errors import EvaluationFailed, NotFound
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.commands import Command, PassTime, Principal, Raise
from flowengine.kernel.decision import Blocker
from flowengine.kernel.explain import Explanation
from flowengine.kernel.rights import ALWAYS_SEEN
from flowengine.rehearsal.files import file_of
from flowengine.rehearsal.outside import Outside
from flowengine.rehearsal.rows import Row, filled, filled_names
from flowengine.rehearsal.verbs import commands_of
from flowengine.runtime.admission import GREATEST_ID
from flowengine.runtime.directory import Directory, KnownPeople
from flowengine.runtime.engine import Engine
from flowengine.runtime.importing import Imported
from flowengine.runtime.letters import Letter
from flowengine.runtime.looking import Entry, OrderView
from flowengine.runtime.ports import Clock, Keys
from flowengine.runtime.privacy.master import MasterKeys
from flowengine.runtime.receiving import COURIER
from flowengine.runtime.result import Result
from flowengine.runtime.scheduling import move_on
from flowengine.runtime.story import clock_time, happened, place_text, role_text
from flowengine.runtime.tasks import Task
from flowengine.texts import LANGUAGES, Lang, say

WATCHER: Final = Principal.system("scenario")
"""Who looks at everything and does nothing."""


class Connect(Protocol):
    """How a rehearsal gets an engine of its own: on a store in memory, with the clock it hands over."""

    def __call__(self, path: str, /, *, clock: Clock, directory: Directory, keys: Keys) -> Engine:
        """An engine on the store at `path`, with the people of the scenario and a master key."""


class Rehearsal:
    """One scenario being played. The order spoken of is always the one opened last."""

    def __init__(self, connect: Connect, scenario: Scenario, process: Path, row: Row) -> None:
        self._now = 0
        self._scenario = scenario
        self._row = row
        away: dict[str, tuple[Away, ...]] = {}
        heads: dict[str, str] = {}
        directory, keys = KnownPeople(scenario.held, away, heads), MasterKeys.thrown_away()
        self.engine = connect(":memory:", clock=lambda: self._now, directory=directory, keys=keys)
        self._process = self.engine.deploy(process)[0].process
        self._plan = self.engine.plan(self._process, by=WATCHER)
        self._deployed = {self._process: self._plan}
        heads.update(self._plan.heads_of)
        away.update(self._plan.away)  # the process is known only to the engine that has the directory
        self._folder = process.parent
        self._deploy_linked(self._plan)
        self._now = self._instant(scenario.starts)
        self._begin_calendar()
        self._order: int | None = None
        self._main: int | None = None
        self._seen: dict[int, int] = {}
        self._fresh: list[dict[str, Any]] = []
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

    @property
    def language(self) -> Lang:
        """The language of texts that are written in one only."""
        return self._scenario.language

    @property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """Who takes part, with their roles."""
        return self._scenario.people or {}

    @property
    def plan(self) -> Plan:
        """The plan on which the order runs; that of the process while there is no order."""
        return self._plan if self._order is None else self.view.plan

    @property
    def has_order(self) -> bool:
        """Whether an order has been opened yet."""
        return self._order is not None

    @property
    def view(self) -> OrderView:
        """The order as it is now."""
        assert self._order is not None
        return self.engine.order(self._order, by=WATCHER)

    @property
    def explanation(self) -> Explanation:
        """What the order waits for."""
        assert self._order is not None
        return self.engine.explain(self._order, by=WATCHER)[1]

    def todo(self, who: str) -> set[str]:
        """What waits in this order for that person, or for a role."""
        if who in self.people:
            return self._theirs(who, mine=False)
        return {item.key for item in self._of_this_order(frozenset({who}))}

    def mine(self, who: str) -> set[str]:
        """What in this order is for that person alone."""
        if who in self.people:
            return self._theirs(who, mine=True)
        return {item.key for item in self._of_this_order(frozenset({at(who)}))}

    def _theirs(self, who: str, *, mine: bool) -> set[str]:
        """What waits in this order for somebody who takes part, also in the place of others."""
        items = self._work(self.person(who), mine=mine)
        return {item.key for item in items if item.order_id == self._order}

    def queue(self, who: str) -> list[str]:
        """The orders in which something waits for that person, or for a role, in the order of the queue."""
        if who in self.people:
            return list(dict.fromkeys(item.number for item in self._work(self.person(who))))
        waiting = (item for item in self._work() if item.role == who)
        return list(dict.fromkeys(item.number for item in waiting))

    def fields_seen(self, who: str) -> set[str]:
        """The fields with a value that a person, or a role, sees in this order."""
        return set(self.fields_shown(who)) - ALWAYS_SEEN

    def fields_shown(self, who: str) -> Mapping[str, Any]:
        """The fields as a person, or a role, is shown them."""
        assert self._order is not None
        by = self.person(who) if who in self.people else Principal.of(who, who)
        return self.engine.order(self._order, by=by).order.fields

    def _of_this_order(self, whose: frozenset[str]) -> Iterator[Task]:
        return (item for item in self._work() if item.order_id == self._order and item.role in whose)

    def _work(self, by: Principal = WATCHER, *, mine: bool = False) -> Iterator[Task]:
        page = self.engine.work(by=by, mine=mine, limit=200)
        yield from page.items
        while page.after is not None:
            page = self.engine.work(by=by, mine=mine, after=page.after, limit=200)
            yield from page.items

    @property
    def news(self) -> tuple[dict[str, Any], ...]:
        """Everything that has happened to the order since the step before."""
        return tuple(self._fresh)

    def fresh(self, kind: str) -> Iterator[dict[str, Any]]:
        """The events of that kind since the step before."""
        return (event for event in self._fresh if event["event"] == kind)

    def told(self) -> set[tuple[str, str]]:
        """Who was told since the step before, and which message, empty for a standard text: people by their
        roles, and roles that nobody here holds.
        """
        return {
            (name, event.get("message", ""))
            for event in self.fresh("told")
            for name in self.meant(event["role"])
        }

    def news_of(self, order_id: int, cause: str) -> bool:
        """Whether a message is of this order, and was left since the step before."""
        return order_id == self._order and any(event["key"] == cause for event in self.fresh("told"))

    def letters(self) -> Iterator[dict[Lang, Letter]]:
        """The messages of all orders, each in every language."""
        for letters in zip(*map(self._letters, LANGUAGES), strict=True):
            yield dict(zip(LANGUAGES, letters, strict=True))

    def _letters(self, lang: Lang) -> Iterator[Letter]:
        after: int | None = 0
        while after is not None:
            page = self.engine.inbox(by=WATCHER, lang=lang, after=after, limit=200)
            yield from page.items
            after = page.after

    def meant(self, who: str) -> tuple[str, ...]:
        """The people that a name stands for: one of them, or all who hold the role of that name."""
        if who in self.people:
            return (who,)
        if person := person_of(who):
            return (person,)
        return self._scenario.holders(who) or (who,)

    def histories(self) -> Iterator[Iterator[list[dict[str, Any]]]]:
        """Of each order of the played process the events of each entry of its history, oldest first."""
        played = (view.row for view in self._orders() if view.row.process == self.plan.process)
        yield from (self._entries(row.id) for row in played)

    def records(self) -> Iterator[tuple[OrderView, Entry]]:
        """Of each order, of whatever process, the entries of its history, oldest first."""
        for view in sorted(self._orders(), key=lambda each: each.row.id):
            yield from ((view, entry) for entry in self._history(view.row.id))

    def _entries(self, order: int) -> Iterator[list[dict[str, Any]]]:
        yield from (entry.record["events"] for entry in self._history(order))

    def _history(self, order: int) -> Iterator[Entry]:
        after: Any = 0
        while after is not None:
            page = self.engine.history(order, by=WATCHER, after=after, limit=200)
            yield from page.items
            after = page.after

    def story(self, lang: Lang) -> Iterator[str]:
        """The order's history up to now, a line for each event."""
        if self._order is None:
            return
        for entry in self.engine.history(self._order, by=WATCHER, limit=200).items:
            for sentence in happened(entry.record["events"], self.plan, lang):
                yield f"{clock_time(entry.at, self.plan)}  {entry.actor}: {sentence}"

    def standing(self, lang: Lang) -> Iterator[str]:
        """Where the order stands now, and below it what it waits for."""
        if self._order is None:
            return
        view, explanation = self.engine.explain(self._order, by=WATCHER)
        words = {"number": view.row.number, "stage": place_text(self.plan, view.row.stage, lang)}
        waits = bool(explanation.blockers)
        yield say("scenario.waits" if waits else "scenario.stands", lang, words)
        for blocker in explanation.blockers:
            said = blocker.message(lang)
            who = [title for role in blocker.owner if (title := role_text(self.plan, role, lang)) not in said]
            yield say("scenario.waits_for", lang, {"what": said, "who": who}) if who else said

    @property
    def shown_now(self) -> str:
        """The clock of the rehearsal, as scenario files write it."""
        return clock_time(self._now, self.plan)

    def is_past(self, text: str) -> bool:
        """Whether that instant lies behind the clock of the rehearsal."""
        return self._instant(text) < self._now

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

    def _orders(self) -> Iterator[OrderView]:
        after = None
        while True:
            page = self.engine.orders(by=WATCHER, after=after, limit=200)
            yield from page.items
            if (after := page.after) is None:
                return

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

    def _deploy_linked(self, plan: Plan) -> None:
        """Deploy the processes with which the orders of this one are linked, as their files stand beside."""
        for process in (each for link in plan.links.values() for each in link.process):
            if process not in self._deployed and (path := file_of(process, self._folder)):
                self.engine.deploy(path)
                self._deployed[process] = self.engine.plan(process, by=WATCHER)
                self._deploy_linked(self._deployed[process])

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

    def parked(self) -> list[str]:
        """The events that wait for an order."""
        return [row.event for row in self.engine.waiting_events(by=WATCHER)]

    def _speak_of(self, result: Result) -> None:
        """Speak of that order from now on; what had happened to it before this step is no news."""
        if result.order_id != self._order:
            self._order = self._main = result.order_id
            self._seen[result.order_id] = self.view.row.revision if result.repeated else 0

    def _begin_calendar(self) -> None:
        """Let the calendar open orders from the beginning of the scenario on."""
        opening = [plan for plan in self._deployed.values() if plan.opened]
        if opening:
            with self.engine.store.writing() as unit:
                for plan in opening:
                    move_on(unit, plan, self._now)

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

    def person(self, name: str) -> Principal:
        """Somebody who takes part, with the roles that the scenario gives them."""
        if name == CUSTOMER and name not in self.people:
            return Principal.customer(proof="scenario")
        roles = self.people.get(name, ())
        return Principal(name, frozenset(roles))

    def _instant(self, text: str) -> int:
        return milliseconds(datetime.fromisoformat(text).replace(tzinfo=self._plan.zone))
