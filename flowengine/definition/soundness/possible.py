"""What may happen to orders at all: which stages they reach, what has happened by then, where they go on.

Errs on the side of what may: whatever is not here happens to no order. Begins with a new order and adds
what can follow, so that what could only happen after itself never does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING
from flowengine.definition.deeds import by_itself, moves
from flowengine.definition.detours import BACK, origins_of
from flowengine.definition.flow import completes_itself
from flowengine.definition.moments import point_of
from flowengine.definition.same_names import is_open_in
from flowengine.definition.scope import (
    CALL_MOMENTS,
    CLOCK_MOMENTS,
    HOLD_MOMENTS,
    LANE_MOMENTS,
    due_rows,
    every_need,
    facts_of_link,
    fields_of,
    link_moments,
    moment_named,
    need_moments,
    needs_of,
    outcomes_of,
    owner_rows,
    set_by_itself,
    tasks_of,
)
from flowengine.definition.soundness.questions import Condition, Moments, Questions, Where, Wish
from flowengine.definition.words import Need, Outcome, Process, Stage, Task, Written

BY_HAND: Final = ("check", "file", "note", "approval", "confirm", "call")
MOST_ROWS: Final = 30
"""Of how many rows above it is asked whether they leave anything for a row."""


class Exit(NamedTuple):
    """A row of `next`, written or by default."""

    to: str
    when: Written | None = None


class Edge(NamedTuple):
    """One way from a place to another: `name` is the outcome, empty where a stage is complete.

    `moments` are those that lie on the way. An order that is `moved` is so by a rule, or as it is late.
    """

    origin: str
    target: str
    name: str
    moments: Moments
    outcome: Outcome | None = None
    row: int = 0
    moved: bool = False

    @property
    def is_next(self) -> bool:
        """Whether it is taken because the stage is complete."""
        return self.outcome is None and not self.moved


class Possible:
    """What may happen. `here` are the moments that may have happened to an order while it is in a place."""

    def __init__(self, process: Process, questions: Questions) -> None:
        self.process = process
        self.questions = questions
        self.scope = questions.scope
        self.origins = origins_of(process)
        self.by_itself = by_itself(process)
        self.set = frozenset(set_by_itself(process))
        self.fixed = (
            frozenset(
                (*((process.order and process.order.unique) or ()), *STAYING, *SET_BY_THE_PROCESS, "number")
            )
            - self.set
        )
        self._beside: dict[str, frozenset[str]] = {}
        self._always: dict[str, Moments] = {}
        self._outcomes: dict[str, tuple[tuple[str, Outcome], ...]] = {}
        self.read = self._moments_read()
        self.here: dict[str, Moments] = {}
        self.edges: dict[str, tuple[Edge, ...]] = {}
        self._lasting = frozenset(
            f"{need.name}.{moment}"
            for _, need in needs_of(process)
            if need.covers or need.defer is not None
            for moment in need_moments(need)
        )
        self._explore()

    def where(self, stage: str) -> Where:
        """Where an order in that stage stands, and what may have happened to it by then."""
        return Where(stage, self.here.get(stage))

    def _explore(self) -> None:
        todo = [next(iter(self.process.stages))]
        entering: dict[str, Moments] = {todo[0]: frozenset({f"{todo[0]}.entered"}) & self.read}
        while todo:
            place = todo.pop()
            stage = self.process.stages.get(place)
            here = entering[place]
            while stage and (more := here | self._within(stage, here)) != here:
                here = more
            self.here[place] = here
            self.edges[place] = tuple(self._edges_of(stage) if stage else self._edges_from_end(place))
            for edge in self.edges[place]:
                arriving = here | edge.moments | (frozenset({f"{edge.target}.entered"}) & self.read)
                before = entering.get(edge.target)
                if before is None or not arriving <= before:
                    entering[edge.target] = arriving | (before or frozenset())
                    todo.append(edge.target)

    def within(self, stage: Stage) -> Moments:
        """Those of the moments read that may happen while an order is in the stage, whatever was before."""
        return self._within(stage, self.here.get(stage.name, frozenset()))

    def _within(self, stage: Stage, here: Moments) -> Moments:
        if not self.read:
            return self.read
        if stage.name not in self._always:
            self._always[stage.name] = frozenset(self._at_any_time(stage)) & self.read
        where = Where(stage.name, here)
        staying = [(key, outcome) for key, outcome in self.outcomes_in(stage) if outcome.to is None]
        happening = {key for key, outcome in staying if key in self.read and self._may_happen(outcome, where)}
        return self._always[stage.name] | happening

    def _at_any_time(self, stage: Stage) -> set[str]:
        """What may happen in a stage whatever was before."""
        found = {"order.amended", *self._lasting}
        if stage.due:
            found |= {f"{stage.name}.late", f"{stage.name}.warned"}
        found |= self._of_clocks_and_holds(stage)
        for task in (stage.tasks or {}).values():
            found.add(f"{task.name}.opened")
            found |= {f"{task.name}.done"} if task.needs else set()
            found |= {f"{task.name}.late", f"{task.name}.warned"} if task.due else set()
        for need in self.doable_in(stage):
            found |= {f"{need.name}.{moment}" for moment in need_moments(need)}
        for name, field in fields_of(self.process).items():
            if name not in self.fixed:
                found.add(f"{name}.changed")
                always = self.scope.names[name].always and field.value is None
                found |= {f"{name}.given"} if not always or field.type == "list" else set()
        return found

    def _of_clocks_and_holds(self, stage: Stage) -> set[str]:
        clocks = (*(stage.clocks or ()), *(self.process.clocks or ()))
        found = {f"{name}.{moment}" for name in clocks for moment in CLOCK_MOMENTS}
        found |= {f"{name}.{moment}" for name in self.process.holds or () for moment in HOLD_MOMENTS}
        found |= {f"{name}.{moment}" for name in self.process.lanes or () for moment in LANE_MOMENTS}
        for name, link in (self.process.links or {}).items():
            found |= {f"{name}.{each}" for each in (*link_moments(link), *facts_of_link(link))}
        found |= {f"{name}.{moment}" for name in self.process.calls or () for moment in CALL_MOMENTS}
        return found | ({"order.held", "order.released"} if self.process.holds else set())

    def is_left_alone(self, stage: Stage) -> bool:
        """Whether nothing that happens by itself, before any time is over, can come between in a stage."""
        verbs = ("ask", "move", "hold")
        actions = [
            action
            for found in self.by_itself[stage.name]
            if found.occasion in ("rule", "task", "call")
            for action in found.actions
        ]
        held = any(hold.while_ for hold in (self.process.holds or {}).values())
        return not held and all(action.verb not in verbs for action in actions)

    def doable_in(self, stage: Stage) -> Iterator[Need]:
        """Every need that somebody may fulfil there: those of the stage, of outcomes, and of doors."""
        yield from every_need(stage.needs)
        for task in (stage.tasks or {}).values():
            yield from every_need(task.needs)
        targets = {row.to for row in self.rows_of(stage)}
        for _, outcome in self.outcomes_in(stage):
            yield from every_need(outcome.needs)
            targets |= {outcome.to} if outcome.to else set()
            for action in (*outcome.then, *outcome.beyond):
                yield from every_need(action.ask)
                targets |= {action.move} if action.move else set()
        for clock in (*(stage.clocks or {}).values(), *(self.process.clocks or {}).values()):
            yield from every_need(clock.needs)
        for hold in (self.process.holds or {}).values():
            yield from every_need(hold.release.needs if hold.release else None)
        for found in self.by_itself[stage.name]:
            for action in found.actions:
                yield from every_need(action.ask)
                targets |= {action.move} if action.move else set()
        for target in targets:
            if door := self.process.stages.get(target):
                yield from every_need(door.entry)

    def outcomes_in(self, stage: Stage) -> tuple[tuple[str, Outcome], ...]:
        """Everything that may happen instead in a stage, with its moment."""
        if stage.name not in self._outcomes:
            self._outcomes[stage.name] = tuple(self._outcomes_in(stage))
        return self._outcomes[stage.name]

    def _outcomes_in(self, stage: Stage) -> Iterator[tuple[str, Outcome]]:
        for name, outcome in (stage.outcomes or {}).items():
            yield f"{stage.name}.{name}", outcome
        for task in (stage.tasks or {}).values():
            for name, outcome in (task.outcomes or {}).items():
                yield f"{task.name}.{name}", outcome
        for name, outcome in (self.process.outcomes or {}).items():
            if is_open_in(outcome, stage.name):
                yield f"order.{name}", outcome

    def rows_of(self, stage: Stage) -> tuple[Exit, ...]:
        """The rows of `next`, or what they are by default: the stage below."""
        if not completes_itself(stage):
            return ()
        if stage.next:
            return tuple(Exit(str(row.to), row.when) for row in stage.next)
        names = list(self.process.stages)
        return tuple(Exit(name) for name in names[names.index(stage.name) + 1 :][:1])

    def _edges_of(self, stage: Stage) -> Iterator[Edge]:
        where, left = Where(stage.name, self.here[stage.name]), frozenset({f"{stage.name}.left"}) & self.read
        earlier: list[Wish] = []
        for number, row in enumerate(self.rows_of(stage)):
            mine = [self.holds(row.when)] if row.when else []
            if self.questions.may([*earlier[:MOST_ROWS], *mine], where):
                yield Edge(stage.name, row.to, "", left, None, number)
            earlier += [wish.condition.fails for wish in mine]
        for key, outcome in self.outcomes_in(stage):
            if not self._may_happen(outcome, where):
                continue
            mark = frozenset({key}) & self.read
            for to, counted in (
                (outcome.to, mark),
                *((action.move, frozenset()) for action in outcome.beyond),
            ):
                for target in self._targets(to, stage.name):
                    yield Edge(stage.name, target, outcome.name, left | counted, outcome)
        moved = {to for found in self.by_itself[stage.name] for to in moves(found.actions)}
        for target in sorted({target for to in moved for target in self._targets(to, stage.name)}):
            yield Edge(stage.name, target, "", left, moved=True)

    def _targets(self, to: str | None, stage: str) -> Iterator[str]:
        if to == BACK:
            yield from sorted(self.origins.get(stage, ()))
        elif to:
            yield str(to)

    def _edges_from_end(self, end: str) -> Iterator[Edge]:
        for name, outcome in (self.process.outcomes or {}).items():
            if end in outcome.from_ and outcome.to:
                yield Edge(end, str(outcome.to), name, frozenset({f"order.{name}"}) & self.read, outcome)

    def _may_happen(self, outcome: Outcome, where: Where) -> bool:
        if outcome.after and where.may is not None and self.moment(outcome.after) not in where.may:
            return False
        if outcome.when and not self.questions.may([self.holds(outcome.when)], where):
            return False
        return all(self.may_not_block(need, where) for need in (outcome.needs or {}).values())

    def may_be_asked(self, need: Need | Task, where: Where) -> bool:
        """Whether its condition may hold."""
        return need.when is None or self.questions.may([self.holds(need.when)], where)

    def may_be_spared(self, need: Need | Task, where: Where) -> bool:
        """Whether its condition may not hold."""
        return need.when is not None and self.questions.may([self.fails(need.when)], where)

    def may_not_block(self, need: Need, where: Where) -> bool:
        """Whether an order may come past a need, by whatever means."""
        if need.defer is not None or need.waive or need.after or self.may_be_spared(need, where):
            return True
        return self.may_be_met(need, where)

    def may_be_met(self, need: Need, where: Where) -> bool:
        """Whether the need may ever be fulfilled."""
        if need.that:
            return self.questions.may([self.holds(need.that)], where)
        if need.any is not None:
            return any(
                self.may_be_asked(part, where) and self.may_be_met(part, where) for part in need.any.values()
            )
        return True

    def holds(self, written: Written) -> Wish:
        """That a condition holds."""
        return self.questions.condition(written).holds

    def fails(self, written: Written) -> Wish:
        """That a condition does not hold."""
        return self.questions.condition(written).fails

    def condition(self, written: Written) -> Condition:
        """The condition that was written."""
        return self.questions.condition(written)

    def beside(self, stage: Stage) -> frozenset[str]:
        """The needs and tasks of a stage that may wait for each other."""
        if stage.name not in self._beside:
            theirs = (name for task in (stage.tasks or {}).values() for name in task.needs or ())
            self._beside[stage.name] = frozenset((*(stage.needs or ()), *(stage.tasks or ()), *theirs))
        return self._beside[stage.name]

    def opening(self, stage: Stage) -> str:
        """The moment from which a stage counts its opening; empty where a field decides, or nothing."""
        point = point_of(self.scope, stage.opens) if stage.opens else None
        return "" if point is None or point.is_field else point.base

    def moment(self, name: str) -> str:
        """The full name of a moment: `review` is `review.left`."""
        return moment_named(self.scope, name) or name

    def _moments_read(self) -> Moments:
        """The moments on which anything depends."""
        process, found = self.process, set()
        written = [moment for stage in process.stages.values() if (moment := self.opening(stage))]
        for stage in process.stages.values():
            beside = self.beside(stage)
            written += [name for name in _waited_for(stage) if name.removesuffix(".done") not in beside]
        for _, need in needs_of(process):
            found |= {
                name for each in (need.when, need.that) if each for name in self.condition(each).moments
            }
        written += [need.after for _, need in needs_of(process) if need.after]
        written += [outcome.after for _, outcome in outcomes_of(process) if outcome.after]
        found |= {name for name in map(self.moment, written) if "." in name}
        for each in self._other_conditions():
            found |= self.condition(each).moments
        return frozenset(found - {"order.created"})

    def _other_conditions(self) -> Iterator[Written]:
        for stage in self.process.stages.values():
            yield from (row.when for row in stage.next if row.when)
        for _, task in tasks_of(self.process):
            yield from [task.when] if task.when else []
        yield from (row.when for row in owner_rows(self.process) if row.when)
        yield from (row.when for row in due_rows(self.process) if row.when)
        yield from (outcome.when for _, outcome in outcomes_of(self.process) if outcome.when)


def _waited_for(stage: Stage) -> Iterator[str]:
    for needs in (stage.needs, *(task.needs for task in (stage.tasks or {}).values())):
        yield from (need.after for need in every_need(needs) if need.after)
    yield from (need.after for need in every_need(stage.entry) if need.after)
    for task in (stage.tasks or {}).values():
        yield from task.after
