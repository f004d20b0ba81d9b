"""What the checker says of a process is what the kernel does: nothing that it rules out ever happens, and the
orders of which it tells end as it tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan, Stage, every_part
from flowengine.definition import check
from flowengine.definition.check import check_process
from flowengine.definition.expressions import Expression
from flowengine.definition.soundness import Case, cases
from flowengine.definition.soundness.certain import values_for
from flowengine.definition.soundness.possible import Edge, Possible
from flowengine.definition.soundness.questions import Questions
from flowengine.definition.soundness.truth import GIVEN, MISSING
from flowengine.definition.soundness.waiting import inside
from flowengine.definition.words import Process, Written
from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Attach, Choose, Command, Create, Done, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.events import Event
from flowengine.kernel.order import Order
from flowengine.kernel.standing import Standing
from tests.kernel.desk import DAY, HOST, HOUR, NOON, text_of
from tests.kernel.random_processes import SHARED, VALUES, processes, wanted

FEW = settings(
    max_examples=settings().max_examples // 2, deadline=None, suppress_health_check=list(HealthCheck)
)
STEPS = 8


def words_of(text: str) -> Process | None:
    """The words of a process, also of one of which soundness finds that orders are lost in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "soundness_findings", lambda *_: ())
        return check_process(text, "test.yaml").process


class Desk:
    """One order, whoever wants something of it."""

    def __init__(self, plan: Plan, values: Mapping[str, Any]) -> None:
        self.plan = plan
        self.now = NOON
        self.last = decide(plan, None, Create(dict(values), number="1"), HOST, self.now)

    @property
    def order(self) -> Order:
        assert self.last.order is not None
        return self.last.order

    def do(self, command: Command, wait: int = 0) -> Decision:
        self.now += wait
        decision = decide(self.plan, self.order, command, HOST, self.now, reason="why not")
        if decision.blockers:
            return decision
        self.last = decision
        return decision


CONDITIONS = ("n > 2", "n <= 2", "f", "not f", "n == 3", "has(t)", "n > 1 and not f", "n < 1 or n > 3")


@st.composite
def sharper(draw: st.DrawFn) -> str:
    """A random process in which more depends on values and moments, and which fewer ways lead out of."""
    process = yaml.safe_load(draw(processes()))
    stages = process["stages"]
    if draw(st.booleans()):
        del process["outcomes"]["cancel"], process["outcomes"]["reopen"]
    for place, stage in stages.items():
        for name, need in list((stage.get("needs") or {}).items()):
            if name in SHARED or not isinstance(need, dict) or {"that", "any", "field"} & set(need):
                continue
            stage["needs"][name] = need | draw(
                st.sampled_from([{}, {}, {"covers": ["n"]}, *({"when": each} for each in CONDITIONS)])
            )
        for task in (stage.get("tasks") or {}).values():
            if draw(st.booleans()):
                task["after"] = (
                    f"{draw(st.sampled_from(sorted(stages)))}.{draw(st.sampled_from(['left', 'entered']))}"
                )
        if stage.get("needs") and draw(st.booleans()):
            moment = f"{draw(st.sampled_from(sorted(stages)))}.left"
            stage["needs"][f"{place}_so"] = {
                "that": draw(
                    st.sampled_from([f"happened({moment})", f"not happened({moment}) or n > 2", *CONDITIONS])
                )
            }
    return yaml.safe_dump(process, sort_keys=False, width=10_000)


# What is ruled out never happens.


@FEW
@given(sharper(), VALUES, st.data())
def test_what_is_ruled_out_never_happens(text: str, values: dict[str, Any], data: st.DataObject) -> None:
    process = words_of(text)
    assume(process is not None)
    assert process is not None
    possible, plan = Possible(process, Questions(process)), compile_process(process, "test.yaml")
    desk = Desk(plan, values)
    assume(not desk.last.blockers)
    for _ in range(data.draw(st.integers(1, STEPS))):
        was = desk.order
        try:
            decision = desk.do(data.draw(wanted(plan)), data.draw(st.sampled_from([0, HOUR, DAY, 40 * DAY])))
        except EvaluationFailed:
            continue
        _is_possible(possible, Standing(plan, desk.order))
        _took_ways_that_there_are(possible, was, decision)


def _is_possible(possible: Possible, standing: Standing) -> None:
    order = standing.order
    assert order.stage in possible.here
    assert {moment for moment in order.seen if moment in possible.read} <= possible.here[order.stage]
    if order.status != "open":
        return
    words = possible.process.stages[order.stage]
    found = inside(possible, words, possible.where(order.stage))
    assert {key.split(".")[0] for key in order.tasks} <= found.open
    for written in _conditions(standing.stage):
        try:
            held = written.holds(standing.facts)
        except EvaluationFailed:
            continue
        condition = possible.condition(Written(written.source, written.place))
        wish = condition.holds if held else condition.fails
        assert possible.questions.may([wish], possible.where(order.stage)), (written.source, held)


def _conditions(stage: Stage) -> Iterator[Expression]:
    needs = [*stage.needs, *(need for task in stage.tasks.values() for need in task.needs)]
    yield from (need.that for need in every_part(needs) if need.that)
    yield from (need.when for need in every_part(needs) if need.when)
    yield from (task.when for task in stage.tasks.values() if task.when)
    yield from (outcome.when for outcome in stage.outcomes.values() if outcome.when)
    yield from (way.when for way in stage.ways if way.when)


def _took_ways_that_there_are(possible: Possible, was: Order, decision: Decision) -> None:
    for event in decision.events:
        if event.kind == "left":
            ways = {(edge.target, edge.name) for edge in possible.edges[event.data["stage"]]}
            name = "" if event.data["by"] == "next" else event.data["by"].split(".")[1].split("/")[0]
            assert event.data["to"] in {target for target, _ in ways}, (was.stage, event.data, ways, name)


# What is told of an order comes true.


def told(text: str) -> tuple[Process, Plan, tuple[Case, ...]]:
    """A process, its plan and the stories that are told of it."""
    process = words_of(text)
    assert process is not None
    return process, compile_process(process, "test.yaml"), cases(process)


def plain(plan: Plan, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as somebody would write them."""
    return {
        name: _plain(plan.fields[name].type, value) for name, value in values.items() if name in plan.fields
    }


def _plain(kind: str, value: Any) -> Any:
    if value is MISSING:
        return None
    if value is GIVEN:
        return {"integer": 1, "date": "2026-05-12", "list": [{"c": "x"}], "boolean": True}.get(kind, "x")
    return value.isoformat() if isinstance(value, date) else value


def act(plan: Plan, standing: Standing, name: str) -> Command:
    """What meets a need."""
    need = standing.doable(name)
    assert need is not None, name
    if need.kind == "any":
        return act(plan, standing, next(part.name for part in need.any if not part.that))
    if need.kind == "field":
        return Write({need.field: _plain(plan.fields[need.field].type, GIVEN)})
    commands: dict[str, Command] = {
        "check": Done(name),
        "file": Attach(name, "a.pdf"),
        "note": Write({name: "well"}),
    }
    return commands[need.kind]


class CannotGo(Exception):
    """The way cannot be gone as it is told."""


def go(possible: Possible, desk: Desk, edge: Edge) -> None:
    """Take one way, with the values that are told for it."""
    if desk.order.stage == edge.target and desk.order.stage != edge.origin:
        return
    if desk.order.stage != edge.origin:
        raise CannotGo(f"{desk.order.stage} instead of {edge.origin}")
    values = plain(desk.plan, values_for(possible, edge) or {})
    visit = (desk.order.stage, desk.order.visits.get(edge.origin))
    if values:
        desk.do(Write(values))
    for _ in range(30):
        if (desk.order.stage, desk.order.visits.get(edge.origin)) != visit:
            break
        standing = Standing(desk.plan, desk.order)
        missing = _asked_for(possible, standing, edge)
        if not missing and edge.outcome is None:
            raise CannotGo("nothing left to do")
        command: Command = Choose(edge.name) if not missing else act(desk.plan, standing, missing[0])
        if blockers := desk.do(command).blockers:
            raise CannotGo(str([(each.code, each.name) for each in blockers]))
    if desk.order.stage != edge.target:
        raise CannotGo(f"{desk.order.stage} instead of {edge.target}")


def _asked_for(possible: Possible, standing: Standing, edge: Edge) -> list[str]:
    door = standing.plan.stages[edge.target].entry if edge.target in standing.plan.stages else ()
    if edge.outcome is not None:
        of_tasks = {
            name: each for task in standing.stage.tasks.values() for name, each in task.outcomes.items()
        }
        outcome = {**of_tasks, **standing.stage.outcomes}.get(edge.name)
        if outcome is None or outcome.to != edge.target:
            raise CannotGo("by a row, by back, or beyond its count")
        needs = [*standing.open(outcome.needs), *standing.asked()]
    else:
        needs = standing.missing()
    if edge.target != edge.origin:
        needs += standing.open(door)
    return [need.name for need in needs if need.that is None]


def comes_true(possible: Possible, plan: Plan, case: Case) -> None:
    """Play the story of a case and see that it ends as told. Raises CannotGo where it cannot be played."""
    desk = Desk(plan, {})
    if desk.last.blockers:
        raise CannotGo(str(desk.last.blockers))
    *way, last = case.way or (None,)
    for edge in way:
        assert edge is not None
        go(possible, desk, edge)
    match case.kind:
        case "slips":
            _slips(possible, desk, case, last)
        case "bounces":
            _bounces(possible, desk, case, last)
        case "waits":
            if last:
                go(possible, desk, last)
            _waits(possible, desk, case)
        case "circles":
            _circles(possible, desk, case, last)
        case "stranded":
            if last:
                go(possible, desk, last)
            _stranded(desk, case)


def _slips(possible: Possible, desk: Desk, case: Case, last: Edge | None) -> None:
    if last is None:
        desk.__init__(desk.plan, plain(desk.plan, case.values))  # type: ignore[misc]
        assert not desk.last.blockers, case
        assert desk.order.stage != case.place
        return
    values = case.values
    own = values_for(possible, last) or {}
    if any(own[name] != values[name] for name in own if name in values):
        raise CannotGo("values of the way are others")
    desk.do(Write(plain(desk.plan, {**own, **values}) or {"f": False}))
    events: list[Event] = []
    for _ in range(30):
        if desk.order.stage != last.origin:
            break
        standing = Standing(desk.plan, desk.order)
        missing = _asked_for(possible, standing, last)
        if not missing and last.outcome is None:
            raise CannotGo("nothing left to do")
        decision = desk.do(act(desk.plan, standing, missing[0]) if missing else Choose(last.name))
        if decision.blockers:
            raise CannotGo(str(decision.blockers))
        events += decision.events
    kinds = [(event.kind, event.data.get("stage")) for event in events]
    if ("entered", case.place) not in kinds:
        raise CannotGo("another way")
    assert ("left", case.place) in kinds, (case, kinds)


def _bounces(possible: Possible, desk: Desk, case: Case, last: Edge | None) -> None:
    assert last is not None
    standing = Standing(desk.plan, desk.order)
    for name in _asked_for(possible, standing, last):
        desk.do(act(desk.plan, Standing(desk.plan, desk.order), name))
    decision = desk.do(Choose(last.name))
    if decision.blockers and decision.blockers[0].code != "spinning":
        raise CannotGo(str(decision.blockers))
    kinds = [(event.kind, event.data.get("stage")) for event in decision.events]
    assert decision.blockers or ("left", case.place) in kinds, (case, kinds)


def _circles(possible: Possible, desk: Desk, case: Case, last: Edge | None) -> None:
    if last is None:
        decision = decide(desk.plan, None, Create(plain(desk.plan, case.values), number="1"), HOST, NOON)
        assert [each.code for each in decision.blockers] == ["spinning"], case
        return
    own = values_for(possible, last) or {}
    if any(own[name] != case.values[name] for name in own if name in case.values):
        raise CannotGo("values of the way are others")
    desk.do(Write(plain(desk.plan, {**own, **case.values}) or {"f": False}))
    for _ in range(30):
        standing = Standing(desk.plan, desk.order)
        if desk.order.stage != last.origin:
            break
        missing = _asked_for(possible, standing, last)
        if not missing and last.outcome is None:
            raise CannotGo("nothing left to do")
        decision = desk.do(act(desk.plan, standing, missing[0]) if missing else Choose(last.name))
        if decision.blockers:
            codes = [each.code for each in decision.blockers]
            if codes == ["spinning"]:
                return
            raise CannotGo(str(codes))
    raise AssertionError((case, desk.order.stage))


TRIES: tuple[dict[str, Any], ...] = tuple(
    {"n": n, "f": f, "t": "x", "d": "2026-05-12"} for n in (0, 2, 4) for f in (True, False)
)


def _waits(possible: Possible, desk: Desk, case: Case) -> None:
    """Whatever anybody does in this visit, what waits goes on waiting."""
    visit = desk.order.visits.get(case.place)
    if desk.order.stage != case.place:
        raise CannotGo("not there")
    for values in TRIES:
        desk.do(Write({name: value for name, value in values.items() if name in desk.plan.fields}), HOUR)
        for _ in range(12):
            if desk.order.stage != case.place or desk.order.visits.get(case.place) != visit:
                return
            _goes_on_waiting(desk, case)
            standing = Standing(desk.plan, desk.order)
            done = 0
            for name in list(standing.stage.doable):
                need = standing.doable(name)
                if need and not need.that and not standing.is_met(need) and need.kind != "any":
                    done += not desk.do(act(desk.plan, standing, name)).blockers
                    break
            if not done:
                break


def _goes_on_waiting(desk: Desk, case: Case) -> None:
    order, standing = desk.order, Standing(desk.plan, desk.order)
    code = case.finding.code
    if code == "FE430":
        assert case.thing not in {key.split(".")[0] for key in order.tasks}, case
    elif code == "FE434":
        assert order.shut, case
    elif code == "FE431":
        need = standing.doable(case.thing)
        assert need is None or not standing.is_asked(need), case
    elif code == "FE433":
        assert not order.since or order.seen.get(case.thing, [0])[0] <= order.since[case.thing], case
    elif code == "FE432":
        need = standing.doable(case.thing)
        assert need is not None, case
        assert not standing.is_met(need), case


def _stranded(desk: Desk, case: Case) -> None:
    if case.finding.code == "FE437":
        if desk.order.stage != case.place:
            raise CannotGo("not there")
        for name in desk.plan.stages[case.place].outcomes:
            if name not in ("cancel", "amend") and name in case.finding.params["outcomes"]:  # type: ignore[operator]
                assert [each.code for each in desk.do(Choose(name)).blockers][-1:] == ["nowhere_back"], case


@FEW
@given(sharper())
def test_what_is_told_of_an_order_comes_true(text: str) -> None:
    process = words_of(text)
    assume(process is not None)
    assert process is not None
    found = cases(process)
    assume(found)
    possible, plan = Possible(process, Questions(process)), compile_process(process, "test.yaml")
    for case in found:
        try:
            comes_true(possible, plan, case)
        except (CannotGo, EvaluationFailed):
            continue


_ = text_of
