"""Clients: they open orders and work on them, alone, several at once, and inside a host's transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from flowengine import Attach, Choose, Create, Done, Engine, FlowEngineError, Principal, Result, Write
from flowengine.errors import KeyReused
from flowengine.kernel.commands import Command
from flowengine.runtime.flow import Flow
from tests.simulation.intents import Intent, Operation
from tests.simulation.person import EVERYBODY, Person, Results, call
from tests.simulation.processes import PROCESS, ROLES, values

PEOPLE: Final = (*[EVERYBODY] * 6, *(Principal.of(f"the {role}", role) for role in ROLES))


class HostFailed(FlowEngineError):
    """The host's own transaction came to nothing, or nobody knows what became of it."""


class Client(Person):
    """Opens orders and works on them. Clients know each other's commands, and give them as well."""

    def act(self, engine: Engine) -> None:
        known = self.place.board.orders
        roll = self.dice.random()
        if not known or roll < 0.1:
            self.give(engine, self._opening())
        elif roll < 0.35:
            self.give(engine, self.dice.choice(list(self.place.board.intents.values())))
        elif roll < 0.38:
            self._open_badly(engine)
        elif roll < 0.42:
            self._reuse_a_key(engine)
        elif roll < 0.5:
            self._in_one_transaction(engine)
        else:
            self.give(engine, self._next(engine))

    def _opening(self) -> Intent:
        name = self.dice.choice(self.place.names)
        wanted = partial(Create, {"external_id": name, **values(self.dice)})
        return self._wanted(f"{name}/start", lambda: Intent(f"{name}/start", name, wanted(), EVERYBODY))

    def _open_badly(self, engine: Engine) -> None:
        """An order that lacks something is refused, and takes no number."""
        self.operation = Operation("open badly")
        key = self.dice.choice([None, "bad/start"])
        result = engine.start(PROCESS, {"n": "none"}, by=EVERYBODY, key=key)
        assert not result.ok
        self.world.hits["opening refused"] += 1

    def _next(self, engine: Engine) -> Intent:
        """Something new that means something where an order stands, as far as one can see."""
        name, id = self.dice.choice(list(self.place.board.orders.items()))
        self.operation = Operation("look")
        lowest = self.place.auditor.revision(id)
        view, told = engine.explain(id, by=EVERYBODY)
        highest = self.place.auditor.revision(id)
        assert lowest <= view.row.revision <= highest, f"saw revision {view.row.revision}, not {lowest}…"
        command = sensible(self.dice, view.order.status, told)
        key = f"{name}/{len(self.place.board.intents)}"
        expect = view.row.revision if self.dice.random() < 0.2 else None
        by = self.dice.choice(PEOPLE)
        if self.dice.random() < 0.15:
            self.place.board.unkeyed += 1
            key = f"{name}/once {self.place.board.unkeyed}"
            return Intent(key, name, command, by, expect, keyed=False, order_id=id)
        return self._wanted(key, lambda: Intent(key, name, command, by, expect, order_id=id))

    def _wanted(self, key: str, make: Callable[[], Intent]) -> Intent:
        intents = self.place.board.intents
        if key not in intents:
            intents[key] = make()
        return intents[key]

    def _in_one_transaction(self, engine: Engine) -> None:
        """Several commands of which all or none are there, in our transaction or in one of the host's."""
        intents = list(self.place.board.intents.values())
        some = tuple(self.dice.sample(intents, min(len(intents), self.dice.randint(1, 3))))
        if self.dice.random() < 0.5:
            self.together(some, "batch", lambda: self._batch(engine, some))
        else:
            self.together(some, "host", lambda: self._as_host(engine, some))

    def _batch(self, engine: Engine, intents: tuple[Intent, ...]) -> Results:
        with engine.batch() as flow:
            return [call(flow, intent) for intent in intents]

    def _as_host(self, engine: Engine, intents: tuple[Intent, ...]) -> Results:
        """The host may change its mind, and its own part may fail; what it is told then is its own error."""
        forgiving = self.dice.random() < 0.5
        try:
            with engine.store.engine.begin() as connection:
                flow = engine.at(connection)
                driver = connection.connection.driver_connection
                results = [self._as_guest(flow, each, driver if forgiving else None) for each in intents]
                if self.dice.random() < 0.3:
                    self.world.hits["host rolled back"] += 1
                    raise HostFailed
        except SQLAlchemyError as error:
            raise HostFailed from error
        self.world.hits["host committed"] += 1
        return results

    def _as_guest(self, flow: Flow, intent: Intent, driver: Any) -> Result | None:
        """A command in a host's transaction. A host that hands in its driver goes on when the command fails,
        and commits the rest.
        """
        try:
            return call(flow, intent)
        except FlowEngineError:
            if driver is None:
                raise
            self.world.hits["forgiven by the host"] += 1
            return None

    def _reuse_a_key(self, engine: Engine) -> None:
        """The key of a command that is done, for another: refused, and nothing is written."""
        intents = self.place.board.intents.values()
        done = [each for each in intents if not each.opens and self.place.auditor.place_of(each)]
        if not done:
            return
        first = self.dice.choice(done)
        other = Intent(first.key, first.name, Write({"n": 77}), EVERYBODY, order_id=first.order_id)
        self.operation = Operation("reuse", (other,))
        try:
            call(engine, other)
        except KeyReused:
            self.world.hits["key of another command"] += 1
        else:
            raise AssertionError(f"{first.key} was taken for another command")
        assert not self.operation.wrote


def sensible(dice: Random, status: str, told: Any) -> Command:
    """A command that means something where an order stands; now and then one that does not."""
    found: list[Command] = [Write(values(dice))]
    for point in told.points:
        need = point.need
        match need.kind:
            case _ if point.met:
                continue
            case "check":
                found += [Done(need.name)] * 4
            case "file":
                found += [Attach(need.name, f"{need.name}.pdf", "ab" * 32, 9)] * 4
            case "note" | "field":
                found += [Write({need.name: "written 写"})] * 4
    for choice in told.choices:
        found += [Choose(choice.outcome.name)] * (1 if choice.blockers else 2)
    if status == "closed":
        found.append(Choose("reopen"))
    return dice.choice(found)
