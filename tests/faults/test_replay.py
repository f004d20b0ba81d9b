"""History is the order: replayed it gives the state, and decided again it gives the same history.

The sequences are drawn at random, over clocks that jump both ways. After each step the stored states are
replayed past the engine, and what was refused has changed nothing, in no table.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from flowengine import (
    Attach,
    Choose,
    Create,
    Decision,
    Done,
    Engine,
    FlowEngineError,
    Principal,
    Result,
    Write,
)
from flowengine.compiler.plan import Plan
from flowengine.errors import KeyReused, NotAllowed, WrongInput
from flowengine.kernel.commands import Command, PassTime
from flowengine.kernel.decide import decide
from flowengine.kernel.events import replay
from flowengine.kernel.order import Order
from flowengine.runtime.ticking import TIME
from tests.faults.dumps import changed, dump, raw
from tests.faults.workshop import (
    ALL,
    DAY,
    DESK,
    HOUR,
    MAKER,
    QA,
    SECOND,
    STRANGER,
    WORKSHOP,
    Clock,
    in_making,
    made,
    opened,
    order,
    received,
)
from tests.sound import assert_replayed, assert_sound

COMMANDS: Final[dict[str, type]] = {
    each.verb: each for each in (Create, Done, Attach, Write, Choose, PassTime)
}

WRITE: Final = Write({"amount": 7})

people = st.sampled_from([DESK, MAKER, QA, ALL, ALL, ALL, STRANGER, Principal.system("repair")])
reasons = st.sampled_from(["", "because", "因为 \x00 \t"]) | st.text(max_size=8)
keys = st.none() | st.sampled_from(["k1", "k2", "k3", ""])
amounts = st.sampled_from(
    ["0", "501", 900, 1e3, Decimal("7.25"), "1,200.50", "-1", "abc", True, None, "99999", "100000"]
)
days = st.sampled_from(["2026-05-13", date(2026, 5, 20), "2026/6/1", "2026-13-01", None])
texts = st.text(max_size=12) | st.none() | st.integers()
values = st.fixed_dictionaries(
    {},
    optional={
        "amount": amounts,
        "promised": days,
        "remark": texts,
        "cause": texts,
        "customer": texts,
        "nothing": texts,
    },
)
needs = st.sampled_from(
    ["checked", "slip", "made", "remark", "report", "cause", "weighed", "shipped", "paid", "nothing"]
)
outcomes = st.sampled_from(["wrong", "passed", "redo", "failed", "scrapped", "cancel", "reopen", "nothing"])
commands = st.one_of(
    st.builds(Done, needs),
    st.builds(
        Attach, needs, texts.map(str), st.sampled_from(["", "ab" * 32]), st.none() | st.integers(0, 2**70)
    ),
    st.builds(Write, values),
    st.builds(Choose, outcomes),
)


class Orders(RuleBasedStateMachine):
    """Everything that may be done to the orders of a store, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.clock = Clock()
        self.engine = self.stack.enter_context(opened(clock=self.clock))
        self.engine.deploy(WORKSHOP, file="w.yaml")
        self.ids: list[int] = []

    @initialize()
    def an_order_to_begin_with(self) -> None:
        self.ids.append(in_making(self.engine, "first").order_id)

    @rule(name=st.sampled_from("abc"), given=values, who=people, key=keys, reason=reasons)
    def start(self, name: str, given: dict[str, Any], who: Principal, key: str | None, reason: str) -> None:
        result = self.unless_refused(
            lambda: self.engine.start("workshop", order(name, **given), by=who, key=key, reason=reason)
        )
        if result and result.ok and result.order_id not in self.ids:
            self.ids.append(result.order_id)

    @rule(which=st.integers(0, 99), choice=st.integers(0, 99), reason=reasons)
    def do_what_can_be_done(self, which: int, choice: int, reason: str) -> None:
        """Wild commands hardly ever get an order on its way; this one means something where it stands."""
        id = self.ids[which % len(self.ids)]
        possible = sensible(self.engine, id)
        self.carry_out(id, possible[choice % len(possible)], ALL, reason)

    @rule(
        which=st.integers(0, 99),
        command=commands,
        who=people,
        reason=reasons,
        key=keys,
        expect=st.none() | st.integers(1, 9),
    )
    def do_anything(
        self, which: int, command: Command, who: Principal, reason: str, key: str | None, expect: int | None
    ) -> None:
        self.carry_out(self.ids[which % len(self.ids)], command, who, reason, key, expect)

    @rule(span=st.integers(-3 * DAY, 4 * DAY) | st.sampled_from([-1, 1, HOUR, DAY, DAY + 1]))
    def let_the_clock_jump(self, span: int) -> None:
        self.clock.now += span

    @rule(limit=st.sampled_from([1, 2, 1_000]))
    def tick(self, limit: int) -> None:
        while self.engine.tick(limit=limit).orders:
            pass
        before = dump(self.engine)
        assert self.engine.tick().orders == 0, "there is nothing left to do"
        assert changed(before, dump(self.engine)) == {}

    @precondition(lambda self: self.ids)
    @rule(which=st.integers(0, 99))
    def look(self, which: int) -> None:
        before = dump(self.engine)
        self.engine.explain(self.ids[which % len(self.ids)], by=ALL)
        self.engine.work(by=ALL)
        self.engine.stages(by=ALL)
        assert changed(before, dump(self.engine)) == {}

    @invariant()
    def history_gives_the_states(self) -> None:
        assert_replayed(self.engine)

    def teardown(self) -> None:
        assert_sound(self.engine)
        for id in self.ids:
            assert decided_again(self.engine, id) == 0
        self.stack.close()

    def carry_out(
        self,
        id: int,
        command: Command,
        who: Principal,
        reason: str,
        key: str | None = None,
        expect: int | None = None,
    ) -> None:
        before = dump(self.engine)
        expected = decided(self.engine, self.clock, id, command, who, reason)
        assert foreseen(self.engine, id, command, who, reason) in (expected, None)
        assert changed(before, dump(self.engine)) == {}, "a preview writes nothing"
        result = self.unless_refused(
            lambda: self.engine.do(id, command, by=who, key=key, reason=reason, expect=expect)
        )
        if result is None or not result.ok or result.repeated:
            assert changed(before, dump(self.engine)) == {}, "a refusal and a repetition write nothing"
        if result and not result.repeated and result.blockers[:1] != changed_meanwhile(result):
            assert (result.blockers, result.events) == (expected.blockers, expected.events)

    def unless_refused(self, command: Callable[[], Result]) -> Result | None:
        before = dump(self.engine)
        try:
            return command()
        except (KeyReused, WrongInput):
            assert changed(before, dump(self.engine)) == {}
            return None


def changed_meanwhile(result: Result) -> tuple[Any, ...]:
    return tuple(blocker for blocker in result.blockers if blocker.code == "changed_meanwhile")


def sensible(engine: Engine, id: int) -> list[Command]:
    """Commands that mean something where the order stands."""
    view = engine.order(id, by=ALL)
    place = view.plan.stages.get(view.row.stage) or view.plan.ends[view.row.stage]
    found: list[Command] = [Choose(name) for name in place.outcomes]
    for need in getattr(place, "doable", {}).values():
        match need.kind:
            case "check":
                found.append(Done(need.name))
            case "file":
                found.append(Attach(need.name, f"{need.name}.pdf"))
            case "note":
                found.append(Write({need.name: "written", "amount": 900}))
    return found * 2 or [Write({"amount": 1})]


def foreseen(engine: Engine, id: int, command: Command, who: Principal, reason: str) -> Decision | None:
    """What a preview says; None where it says nothing, because he may not ask or not so."""
    try:
        return engine.preview(id, command, by=who, reason=reason)
    except (NotAllowed, WrongInput):
        return None


def decided(engine: Engine, clock: Clock, id: int, command: Command, who: Principal, reason: str) -> Decision:
    """The kernel's decision on an order as it stands; nothing that it was given is altered."""
    view = engine.order(id, by=ALL)
    given = (view.order, command, who, reason)
    before = deepcopy(given)
    now = max(clock(), view.order.last_at)
    decision = decide(view.plan, view.order, command, who, now, reason=reason)
    assert given == before
    if decision.order is not None and not decision.blockers:
        later = decide(view.plan, decision.order, PassTime(), TIME, now + 9 * DAY)
        assert later.blockers == ()
        assert given == before, "nothing of the order before lives on in the order after"
    return decision


def decided_again(engine: Engine, id: int) -> int:
    """How many rows of an order's history would be others if their commands were decided now."""
    plan = engine.order(id, by=ALL).plan
    with raw(engine) as connection:
        rows = connection.execute(
            "SELECT at, actor, record FROM fe_history WHERE order_id = ? ORDER BY seq", (id,)
        ).fetchall()
    differences = 0
    past: list[dict[str, Any]] = []
    for at, actor, text in rows:
        record = json.loads(text)
        decision = decide(
            plan, replay(past), *asked(plan, record, actor), at, reason=record.get("reason", "")
        )
        events = json.loads(json.dumps([event.record() for event in decision.events]))
        differences += events != record["events"]
        past += record["events"]
    return differences


def asked(plan: Plan, record: dict[str, Any], actor: str) -> tuple[Command, Principal]:
    """The command that stands in a row of history, and who gave it."""
    given = dict(record["do"])
    command = COMMANDS[given.pop("verb")](**given)
    if isinstance(command, Create):
        command = Create(command.values, number=record["events"][0]["number"])
    by = Principal(
        actor, frozenset(record["roles"]), record.get("name", ""), is_system=actor in ("time", "system")
    )
    return command, by


TestOrders = Orders.TestCase
TestOrders.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)


@settings(max_examples=12)
@given(
    moves=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 30 * HOUR)), max_size=12),
    looks=st.lists(st.integers(0, 9 * DAY), max_size=8),
)
def test_one_late_tick_is_as_good_as_many(moves: list[tuple[int, int, int]], looks: list[int]) -> None:
    """Late is late as of the due instant, however long nobody looked."""
    clock = Clock()
    with opened(clock=clock) as engine, opened(clock=clock) as often:
        engine.deploy(WORKSHOP, file="w.yaml")
        ids = [in_making(engine, name, promised="2026-05-13").order_id for name in "abcd"]
        for which, choice, span in moves:
            possible = sensible(engine, ids[which])
            engine.do(ids[which], possible[choice % len(possible)], by=ALL, reason="because")
            clock.now += span
        with raw(engine) as connection, raw(often) as other:
            other.driver_connection.deserialize(connection.driver_connection.serialize())
        start, end = clock.now, clock.now + 9 * DAY
        for look in sorted(looks):
            clock.now = start + look
            often.tick(limit=1 + look % 3)
        clock.now = end
        while often.tick(limit=1).orders:
            pass
        engine.tick()
        assert happened(engine) == happened(often)


@settings(max_examples=12)
@given(
    choice=st.integers(0, 9),
    wait=st.integers(0, 3 * DAY),
    ticks=st.lists(st.integers(0, 3 * DAY), max_size=3),
)
def test_a_command_decides_the_same_whether_or_not_a_tick_came_first(
    choice: int, wait: int, ticks: list[int]
) -> None:
    clock = Clock()
    with opened(clock=clock) as engine, opened(clock=clock) as ticked:
        states = []
        for each in (engine, ticked):
            clock.now = Clock().now
            start = clock.now
            each.deploy(WORKSHOP, file="w.yaml")
            id = in_making(each, "x", promised="2026-05-13").order_id
            for tick in sorted(ticks) if each is ticked else ():
                clock.now = start + min(tick, wait)
                each.tick()
            clock.now = start + wait
            possible = sensible(each, id)
            each.do(id, possible[choice % len(possible)], by=ALL, reason="because")
            each.tick()
            states.append(happened(each))
        assert states[0] == states[1]


def happened(engine: Engine) -> tuple[Any, ...]:
    """What became of every order: its events in order, its state, its work and its messages."""
    found = dump(engine)
    history = sorted(found["fe_history"])
    events = {
        id: [e for row in history if row[0] == id for e in json.loads(row[6])["events"]] for id, *_ in history
    }
    return (
        events,
        [row[-1] for row in sorted(found["fe_orders"])],
        found["fe_work"],
        sorted(row[1:] for row in found["fe_outbox"]),
    )


def test_the_state_does_not_grow_with_what_has_been_done() -> None:
    """A thousand times round leaves the state of ten times round, but for the digits of its counters."""
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        id = made(engine, in_making(engine, "x").order_id).order_id
        view = engine.order(id, by=ALL)
    state, now, sizes = view.order, view.order.last_at, {}
    for turn in range(1, 1_001):
        for command, who in (
            (Choose("redo"), QA),
            (Done("made"), MAKER),
            (Write({"remark": f"turn {turn:04}", "amount": 900 + turn % 2}), ALL),
        ):
            now += SECOND
            decision = decide(view.plan, state, command, who, now, reason="because")
            assert not decision.blockers
            assert decision.order is not None
            state = decision.order
        sizes[turn] = len(state.dump())
    counters = len(state.seen) + len(state.visits) + 3
    assert sizes[1_000] - sizes[10] <= counters * len("00")
    assert Order.load(state.dump()) == state


def test_an_order_is_created_once() -> None:
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        id = in_making(engine, "x").order_id
        assert_nothing_written(engine, lambda: engine.do(id, Create(order("y")), by=ALL))


@pytest.mark.parametrize("name", ["time", "system"])
def test_nobody_is_called_like_the_host_itself(name: str) -> None:
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        id = received(engine, "x").order_id
        assert_nothing_written(engine, lambda: engine.do(id, WRITE, by=Principal.of(name, "desk")))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(lambda e, id: e.do(id, WRITE, by=ALL, reason="\ud800"), id="reason"),
        pytest.param(lambda e, id: e.do(id, WRITE, by=ALL, key="\ud800"), id="key"),
        pytest.param(lambda e, id: e.do(id, WRITE, by=Principal.of("\ud800", "desk")), id="person"),
        pytest.param(
            lambda e, id: e.do(id, WRITE, by=Principal.of("x", "desk", name="\ud800")),
            id="name of a person",
        ),
        pytest.param(lambda e, id: e.do(id, Write({"remark": "\ud800"}), by=ALL), id="note"),
        pytest.param(lambda e, id: e.start("workshop", order("\ud800"), by=ALL), id="field"),
        pytest.param(
            lambda e, id: e.start("workshop", order("y"), by=ALL, key="\ud800"),
            id="key of a start",
        ),
        pytest.param(lambda e, id: e.do(2**63, WRITE, by=ALL), id="id beyond what a database holds"),
        pytest.param(
            lambda e, id: e.do(id, Attach("slip", "s", size=float("nan")), by=ALL),
            id="size that is no number",
        ),
    ],
)
def test_what_no_database_can_hold_is_refused(command: Callable[[Engine, int], Result]) -> None:
    """A lone half of a surrogate pair comes out of careless JSON; it cannot be written as UTF-8."""
    with opened() as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        id = received(engine, "x").order_id
        assert_nothing_written(engine, lambda: command(engine, id))


def assert_nothing_written(engine: Engine, command: Callable[[], Result]) -> None:
    """The command is refused, or raises an error that says what to do; it leaves no trace."""
    before = dump(engine)
    try:
        assert not command().ok
    except FlowEngineError:
        pass
    finally:
        assert changed(before, dump(engine)) == {}
