"""Those who let time pass, and the one who deploys, interferes and looks at everything."""

from __future__ import annotations

from collections.abc import Callable

from flowengine import Choose, Engine, Write
from flowengine.kernel.commands import Command
from tests.simulation.intents import Intent, Operation
from tests.simulation.person import EVERYBODY, Person
from tests.simulation.processes import values


class Ticker(Person):
    """Lets time pass, as long as anybody else is at work."""

    def wants_to_go_on(self) -> bool:
        return any(not isinstance(turn, Ticker) for turn in self.world.turns.ready)

    def act(self, engine: Engine) -> None:
        after = self.place.auditor.due(self.world.now + self.skew)
        self.operation = Operation("tick", after=after)
        ticked = engine.tick(limit=self.dice.choice([1, 2, 1_000]))
        wrote = len(self.operation.wrote)
        self.world.note(self, f"ticked {ticked.orders} {ticked.late} {wrote}")
        assert ticked.orders == wrote, f"ticked {ticked}, and wrote {self.operation.wrote}"
        assert ticked.failed == 0, "nothing of these orders is poison"
        self.operation = Operation("idle")
        if ticked.orders == 0:
            self.sleeps_until = self.world.step + self.dice.randint(5, 60)


class Operator(Person):
    """Deploys the next version, cancels and reopens without a key, looks at everything."""

    def act(self, engine: Engine) -> None:
        what: list[Callable[[Engine], None]] = [self._interfere, self._interfere, self._look, self._deploy]
        self.dice.choice(what)(engine)

    def _interfere(self, engine: Engine) -> None:
        known = list(self.place.board.orders.items())
        if not known:
            return
        name, id = self.dice.choice(known)
        command: Command = self.dice.choice([Choose("cancel"), Choose("reopen"), Write(values(self.dice))])
        key = f"{self.name}/{self.left}"
        self.give(engine, Intent(key, name, command, EVERYBODY, keyed=False, order_id=id))

    def _look(self, engine: Engine) -> None:
        self.operation = Operation("look")
        problems = engine.verify().problems
        assert problems == (), [problem.message("en") for problem in problems]

    def _deploy(self, engine: Engine) -> None:
        self.operation = Operation("deploy")
        engine.deploy(self.place.versions.second.text, file="simulated.yaml")
        self.world.hits["deployed"] += 1
