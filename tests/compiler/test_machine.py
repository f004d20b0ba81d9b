"""The machine and the plan say the same: every way, from everywhere, whatever the conditions come to."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from transitions import Machine

from flowengine.compiler.compile import compile_process
from flowengine.compiler.machine import Arrow, MachineRouter
from flowengine.compiler.plan import NEXT, Plan, Stage
from flowengine.definition.check import check_process
from flowengine.definition.expressions import Expression
from flowengine.folder import Folder
from tests.kernel.desk import plan_of

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = sorted(
    path
    for path in (ROOT / "processes").rglob("*.yaml")
    if not path.name.endswith(".scenario.yaml") and "\nprocess: " in path.read_text("utf-8")
)


class Answers:
    """Facts of an order that does not exist: each condition is answered by itself."""

    def __init__(self, answers: Mapping[str, bool]) -> None:
        self.answers = answers

    def value(self, name: str) -> object:
        raise AssertionError(name)

    def count(self, moment: str) -> int:
        raise AssertionError(moment)


@pytest.fixture(autouse=True)
def _conditions_answer_as_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Conditions hold as `Answers` says, so that every combination can be played."""
    real = Expression.holds

    def holds(self: Expression, facts: object) -> bool:
        return facts.answers[self.source] if isinstance(facts, Answers) else real(self, facts)  # type: ignore[arg-type]

    monkeypatch.setattr(Expression, "holds", holds)


def shipped(path: Path) -> Plan:
    checked = check_process(path.read_bytes(), path.name, Folder(path))
    assert checked.process is not None, checked.findings
    return compile_process(checked.process, path.name)


def by_the_plan(plan: Plan, place: str, trigger: str, answers: Mapping[str, bool]) -> str | None:
    """Where the words of the plan lead, worked out without a machine."""
    here = plan.places[place]
    if trigger == NEXT:
        ways = here.ways if isinstance(here, Stage) else ()
        return next((way.to for way in ways if way.when is None or answers[way.when.source]), None)
    for outcome in here.outcomes.values():
        if trigger == outcome.key:
            return outcome.to or None
        if trigger == outcome.beyond_trigger:
            return next((action.move for action in outcome.beyond if action.move), None)
    if part := next((each for each in plan.parts.values() if trigger == each.trigger), None):
        done = (end.name for end in plan.ends.values() if end.kind == "success")
        return next(done) if place == part.through[-1] else None
    return decided_to(plan, here, trigger)


def decided_to(plan: Plan, here: Any, trigger: str) -> str | None:
    """Where an approval that is refused or sent back moves an order: from any stage, where what it covers
    may change later.
    """
    for stage in plan.stages.values():
        for need in stage.needs:
            for action in (*need.approval.refused, *need.approval.returns) if need.approval else ():
                if action.trigger == trigger and isinstance(here, Stage) and (need.covers or here is stage):
                    return action.move
    return None


def by_the_machine(plan: Plan, place: str, trigger: str, answers: Mapping[str, bool]) -> str | None:
    try:
        return plan.router.move(place, trigger, Answers(answers))
    except LookupError:
        return None


def triggers(plan: Plan) -> list[str]:
    outcomes = [outcome for place in plan.places.values() for outcome in place.outcomes.values()]
    keys = {trigger for outcome in outcomes for trigger in (outcome.key, outcome.beyond_trigger)}
    forms = (need.approval for stage in plan.stages.values() for need in stage.needs if need.approval)
    keys |= {action.trigger for form in forms for action in (*form.refused, *form.returns) if action.move}
    keys |= {part.trigger for part in plan.parts.values()}
    return [NEXT, "nonsense", *sorted(keys)]


def answers_of(plan: Plan) -> Iterator[dict[str, bool]]:
    stages = plan.stages.values()
    conditions = sorted({way.when.source for stage in stages for way in stage.ways if way.when})
    for values in product((False, True), repeat=len(conditions)):
        yield dict(zip(conditions, values, strict=True))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_machine_and_plan_agree_on_every_way_there_is_and_on_all_that_there_is_not(path: Path) -> None:
    plan = shipped(path)
    for answers in answers_of(plan):
        for place, trigger in product(plan.places, triggers(plan)):
            wanted = by_the_plan(plan, place, trigger, answers)
            assert by_the_machine(plan, place, trigger, answers) == wanted, (place, trigger, answers)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_machine_has_no_state_and_no_trigger_that_the_plan_does_not_know(path: Path) -> None:
    plan = shipped(path)
    assert isinstance(plan.router, MachineRouter)
    machine = plan.router.machine
    assert set(machine.states) == set(plan.places)
    assert set(machine.events) <= set(triggers(plan))


def test_somewhere_shipped_there_are_conditions_to_disagree_about() -> None:
    assert any(len(list(answers_of(shipped(path)))) > 1 for path in SHIPPED)


ROUTES = """
order: {fields: {n: {type: integer, default: 0}}}
stages:
  one:
    owner: desk
    needs: {a: check}
    next: [{when: n > 5, to: three}, {when: n > 2, to: two}, {to: closed}]
  two: {owner: desk, outcomes: {back_again: {to: one, at_most: 1, beyond: [{move: three}]}}}
  three: {owner: desk, needs: {b: check}, next: closed}
"""


class Number:
    """The facts of an order whose `n` is known."""

    def __init__(self, n: int) -> None:
        self.n = n

    def value(self, name: str) -> object:
        assert name == "n"
        return self.n

    def count(self, moment: str) -> int:
        raise AssertionError(moment)


def test_no_order_stays_registered_after_a_thousand_moves() -> None:
    router = plan_of(ROUTES).router
    assert isinstance(router, MachineRouter)
    machine = router.machine
    for number in range(1_000):
        router.move("one", NEXT, Number(number % 10))
        with pytest.raises(LookupError):
            router.move("one", "nonsense", Number(0))
    assert machine.models == []
    assert sum(len(getattr(machine, queue, ())) for queue in ("_transition_queue", "_queued_models")) == 0


def test_one_router_moves_orders_in_eight_threads_without_mixing_them_up() -> None:
    router = plan_of(ROUTES).router
    wanted = {0: "closed", 3: "two", 6: "three"}

    def moved(seed: int) -> list[tuple[int, str]]:
        return [
            (n, router.move("one", NEXT, Number(n))) for n in [(seed + step) % 3 * 3 for step in range(500)]
        ]

    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = [each for moves in pool.map(moved, range(8)) for each in moves]
    finally:
        sys.setswitchinterval(switch)
    assert len(found) == 4_000
    assert all(target == wanted[n] for n, target in found)


def test_a_condition_that_fails_is_not_a_way_that_does_not_exist() -> None:
    class Broken(Number):
        def value(self, name: str) -> object:
            raise ZeroDivisionError(name)

    with pytest.raises(Exception, match="n"):
        plan_of(ROUTES).router.move("one", NEXT, Broken(0))


def test_a_machine_is_told_of_no_model_and_of_no_condition_by_name() -> None:
    # A dotted string would be imported and called: https://github.com/pytransitions/transitions#conditions
    machine = MachineRouter(["a", "b"], [Arrow("go", "a", "b")]).machine
    assert isinstance(machine, Machine)
    source = (ROOT / "flowengine/compiler/machine.py").read_text("utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    models = [key.value for call in calls for key in call.keywords if key.arg == "model"]
    conditions = [key.value for call in calls for key in call.keywords if key.arg in ("conditions", "unless")]
    assert [getattr(model, "value", ...) for model in models] == [None]
    assert conditions
    assert not any(isinstance(condition, ast.Constant | ast.List) for condition in conditions)
