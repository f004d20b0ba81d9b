"""The stage on which a scenario is played: an engine of its own, a clock that moves when told, people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from flowengine.calendars.days import milliseconds
from flowengine.compiler.away import Away
from flowengine.compiler.plan import Plan
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.scenario_words import Scenario
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.commands import Principal
from flowengine.kernel.explain import Explanation
from flowengine.kernel.rights import ALWAYS_SEEN
from flowengine.rehearsal.files import file_of
from flowengine.rehearsal.rows import Row
from flowengine.runtime.directory import Directory, KnownPeople
from flowengine.runtime.engine import Engine
from flowengine.runtime.letters import Letter
from flowengine.runtime.looking import Entry, OrderView
from flowengine.runtime.ports import Clock, Keys
from flowengine.runtime.privacy.master import MasterKeys
from flowengine.runtime.scheduling import move_on
from flowengine.runtime.story import actor_text, clock_time, happened, place_text, role_text
from flowengine.runtime.tasks import Task
from flowengine.texts import LANGUAGES, Lang, say

WATCHER: Final = Principal.system("scenario")
"""Who looks at everything and does nothing."""


class Connect(Protocol):
    """How a rehearsal gets an engine of its own: on a store in memory, with the clock it hands over."""

    def __call__(self, path: str, /, *, clock: Clock, directory: Directory, keys: Keys) -> Engine:
        """An engine on the store at `path`, with the people of the scenario and a master key."""


class Stage:
    """Where one scenario is played, and what can be seen there. The order spoken of is always the one opened
    last.
    """

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
                yield f"{clock_time(entry.at, self.plan)}  {actor_text(entry.actor, lang)}: {sentence}"

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

    def _orders(self) -> Iterator[OrderView]:
        after = None
        while True:
            page = self.engine.orders(by=WATCHER, after=after, limit=200)
            yield from page.items
            if (after := page.after) is None:
                return

    def _deploy_linked(self, plan: Plan) -> None:
        """Deploy the processes with which the orders of this one are linked, as their files stand beside."""
        for process in (each for link in plan.links.values() for each in link.process):
            if process not in self._deployed and (path := file_of(process, self._folder)):
                self.engine.deploy(path)
                self._deployed[process] = self.engine.plan(process, by=WATCHER)
                self._deploy_linked(self._deployed[process])

    def parked(self) -> list[str]:
        """The events that wait for an order."""
        return [row.event for row in self.engine.waiting_events(by=WATCHER)]

    def _begin_calendar(self) -> None:
        """Let the calendar open orders from the beginning of the scenario on."""
        opening = [plan for plan in self._deployed.values() if plan.opened]
        if opening:
            with self.engine.store.writing() as unit:
                for plan in opening:
                    move_on(unit, plan, self._now)

    def person(self, name: str) -> Principal:
        """Somebody who takes part, with the roles that the scenario gives them."""
        if name == CUSTOMER and name not in self.people:
            return Principal.customer(proof="scenario")
        roles = self.people.get(name, ())
        return Principal(name, frozenset(roles))

    def _instant(self, text: str) -> int:
        return milliseconds(datetime.fromisoformat(text).replace(tzinfo=self._plan.zone))
