"""Where an order stands: what is asked of it, what is there, what it owes, and whose business that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from flowengine.compiler.plan import Clock, Due, Need, Outcome, Plan, Stage, Task, Way, every_part
from flowengine.definition.expressions import Facts
from flowengine.definition.outsiders import HOST_IDS
from flowengine.definition.values import Stored
from flowengine.definition.words import Text
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.facts import OrderFacts
from flowengine.kernel.order import OPENING, Order
from flowengine.kernel.rounds.counting import open_seats

R = TypeVar("R", Way, Due)


class Piece(NamedTuple):
    """A task, or that part of a task with `each` which belongs to one row; `row` counts from 1, or is 0."""

    key: str
    task: Task
    row: int

    def needs(self) -> tuple[Need, ...]:
        """What completes it."""
        if not self.row:
            return self.task.needs
        known = self.task.of_rows.get(self.row)
        if known is None:
            known = self.task.of_rows[self.row] = tuple(_for_row(need, self) for need in self.task.needs)
        return known

    def parts(self) -> Iterator[Need]:
        """Its needs and, after a choice of several, each of them."""
        return every_part(self.needs())


def _for_row(need: Need, piece: Piece) -> Need:
    """A need of a task with `each` for one row: `photo.2`."""
    beside = {each.name for each in piece.task.needs}
    return replace(
        need,
        name=f"{need.name}.{piece.row}",
        title=Text(**{lang: f"{said} ({piece.row})" for lang, said in need.title.all().items()}),
        any=tuple(_for_row(part, piece) for part in need.any),
        after=f"{need.after}.{piece.row}" if need.after in beside else need.after,
        row=piece.row,
    )


class Standing:
    """An order read in the light of its plan. Changes nothing.

    Which needs are open is asked by clocks, tasks, rounds and stages alike: it is worked out once.
    """

    __slots__ = ("_missing", "_open", "facts", "order", "plan")

    def __init__(self, plan: Plan, order: Order) -> None:
        self.plan = plan
        self.order = order
        self.facts = OrderFacts(plan, order)
        self._open: dict[int, bool] = {}
        self._missing: list[Need] | None = None

    def forget(self) -> None:
        """Whoever changes the order says so: what was worked out before holds no more."""
        if self._open:
            self._open = {}
        self._missing = None

    @property
    def stage(self) -> Stage:
        """The stage that the order is in. Only for open orders."""
        return self.plan.stages[self.order.stage]

    def is_met(self, need: Need) -> bool:
        """Whether a need is fulfilled: acts count while they last, fields and conditions as they are now."""
        if need.name in self.order.acts:  # for a field or a condition: somebody did without it
            return True
        if need.that is not None:
            return need.that.holds(self.facts)
        if need.kind == "field":
            return is_given(self.order.fields.get(need.field))
        return bool(need.any) and any(self.is_asked(part) and self.is_met(part) for part in need.any)

    def is_wanted(self, it: Need | Task) -> bool:
        """Whether the condition of a need or task holds; what has none is always wanted."""
        return it.when is None or it.when.holds(self.facts)

    def is_asked(self, need: Need) -> bool:
        """Whether a need counts at present: it is wanted, and what it waits for is there."""
        if need.when is not None and not self.is_wanted(need):
            return False
        if not need.after:
            return True
        if need.beside:
            return self.is_there(need.after)
        return self.facts.count(need.after) > 0

    def is_there(self, name: str) -> bool:
        """Whether a need or task beside another is done at present; one that is not needed counts as done."""
        if task := self.stage.tasks.get(name):
            return self.is_settled(task)
        need = self.doable(name)
        return need is None or self.is_met(need) or not self.is_wanted(need)

    def is_settled(self, task: Task) -> bool:
        """Whether a task is done, every row of it, or not needed."""
        return not self.is_wanted(task) or all(self.is_done(piece.key) for piece in self.pieces_of(task))

    def owners_at(self, key: str) -> tuple[str, ...]:
        """Who answers for the time of a stage, task, hold or clock; for that of a need, whoever may do it."""
        need = self.plan.lasting.get(key) if key in self.order.deferred else self.doable(key)
        if need is not None:
            return self.doers(need) or (self.plan.owner,)
        return self.team_of(key.partition(".")[0])

    def clock(self, name: str) -> Clock | None:
        """The clock of that name, where it may run now."""
        stage = self.plan.stages.get(self.order.stage)
        return (stage.clocks.get(name) if stage else None) or self.plan.clocks.get(name)

    def happened_since(self, moment: str, place: str) -> int:
        """How often a moment has happened since the visit began or, for what belongs to the order, ever."""
        before = 0 if place == "order" else self.order.since.get(moment, 0)
        return self.facts.count(moment) - before

    def has_open_tasks(self) -> bool:
        """Whether a task of the stage is neither done nor without need."""
        tasks = self.stage.tasks
        return bool(tasks) and not all(self.is_settled(task) for task in tasks.values())

    def is_done(self, key: str) -> bool:
        """Whether a task, or its part for one row, has been done in this visit."""
        state = self.order.tasks.get(key)
        return state is not None and state.done_at is not None

    def pieces(self) -> Sequence[Piece]:
        """The tasks of the stage, one for each row where they say `each`."""
        tasks = self.stage.tasks.values()
        return [piece for task in tasks for piece in self.pieces_of(task)] if tasks else ()

    def pieces_of(self, task: Task) -> Sequence[Piece]:
        """A task, or one piece of it for each row of its list."""
        if not task.each:
            return (Piece(task.name, task, 0),)
        return [Piece(f"{task.name}.{row}", task, row) for row in range(1, self._rows(task) + 1)]

    def _rows(self, task: Task) -> int:
        rows = self.order.fields.get(task.each)
        return len(rows) if isinstance(rows, list) else 0

    def doable(self, name: str) -> Need | None:
        """The need of that name that may be done now: of the stage, or one that is owed from before."""
        if need := self.stage.doable.get(name):
            return need
        if name in self.order.stale or name in self.order.deferred:
            return self.plan.lasting[name]
        if name in self.order.asked:
            return self.plan.asks[name]
        for need in self.running():
            if need.name == name:
                return need
        return self._of_row(name) if "." in name else None

    def _of_row(self, name: str) -> Need | None:
        """The need `photo.2` of a task that is done once for each row."""
        asked, _, row = name.rpartition(".")
        for task in self.stage.tasks.values() if row.isdecimal() else ():
            number = int(row)
            if task.each and 1 <= number <= self._rows(task):
                for need in Piece(f"{task.name}.{row}", task, number).parts():
                    if need.thing == asked:
                        return need
        return None

    def doables(self) -> Iterator[Need]:
        """Everything that counts here: of the stage, for rows of its tasks, and what is owed from before."""
        yield from self.stage.doable.values()
        for piece in self.pieces():
            if piece.row:
                yield from piece.parts()
        for name in dict.fromkeys((*self.order.stale, *self.order.deferred)):
            if name not in self.stage.doable:
                yield self.plan.lasting[name]
        for name in self.order.asked:
            if name not in self.stage.doable:
                yield self.plan.asks[name]
        yield from self.running()

    def running(self) -> Iterator[Need]:
        """What the clocks that run and the holds that lie on the order ask, without blocking the stage."""
        order = self.order
        for clock in (*self.stage.clocks.values(), *self.plan.clocks.values()):
            cycle = order.clocks.get(clock.name)
            if clock.needs and cycle and cycle.met is None and cycle.basis and cycle.mark != OPENING:
                yield from every_part(clock.needs)
        for name in order.holds:
            yield from every_part(self.plan.holds[name].needs)
        yield from self.lanes_asked()

    def lanes_asked(self) -> list[Need]:
        """What the lanes ask for that have been requested: their approval."""
        lanes, rounds = self.plan.lanes, self.order.rounds
        return [lanes[name].need for name in rounds if name in lanes] if lanes else []

    def piece_of(self, need: Need) -> Piece | None:
        """The task to which a need of this stage belongs, if it belongs to one."""
        task = self.stage.tasks.get(need.place)
        if task is None:
            return None
        return Piece(f"{task.name}.{need.row}" if need.row else task.name, task, need.row)

    def is_open(self, need: Need) -> bool:
        """Whether a need is asked and not met."""
        known = self._open.get(id(need))  # the plan holds it, so no other can come to its place
        if known is None:
            known = self._open[id(need)] = self.is_asked(need) and not self.is_met(need)
        return known

    def open(self, needs: Iterable[Need]) -> list[Need]:
        """The needs that are asked, not met, and cannot wait."""
        return [need for need in needs if not need.defer and self.is_open(need)]

    def missing(self) -> Sequence[Need]:
        """What keeps the stage from being complete, that of its open tasks included."""
        if self._missing is None:
            found = self.open(self.stage.needs)
            if self.order.asked:
                found += self.open(self.asked())
            for piece in self.pieces() if self.order.tasks else ():
                state = self.order.tasks.get(piece.key)
                if state and not state.outcome:
                    found += self.open(piece.needs())
            self._missing = found
        return self._missing

    def asked(self) -> list[Need]:
        """The needs that actions have added to this visit, without those that the stage asks anyway."""
        own = {need.name for need in self.stage.needs}
        needs = self.stage.doable
        return [needs.get(name) or self.plan.asks[name] for name in self.order.asked if name not in own]

    def owed(self, target: str = "") -> list[Need]:
        """What the order went on without, and cannot go on to `target` before: acts that have become stale,
        needs deferred for too long; before a successful end all that were deferred.
        """
        if not (self.order.stale or self.order.deferred):  # so it is for most orders
            return []
        last = target in self.plan.ends
        names = [
            *self.order.stale,
            *(name for name in self.order.deferred if last or self._waited_enough(name)),
        ]
        needs = [self.plan.lasting[name] for name in dict.fromkeys(names)]
        return [need for need in needs if self.is_open(need)]

    def _waited_enough(self, name: str) -> bool:
        """Whether a deferred need is late, or the lane that deferred it is over."""
        return self.order.is_late(name) or not self.plan.lasting[name].defer

    def doers(self, need: Need | Outcome, *keys: str) -> tuple[str, ...]:
        """The roles that may do it: those to which it was dealt, those named, else the owner of its place.
        `keys` are its work items, where they are not called as it is.
        """
        if isinstance(need, Need) and need.approval is not None:
            return self.signers(need.name)
        for key in keys or (need.name,):
            if roles := self.order.dealt_to(key):
                return roles
        if need.by or (isinstance(need, Need) and need.kind in ("that", "call", "any", "event")):
            return self.found(need.by)
        return self.team_of(need.place) if need.place else ()

    def found(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The roles and people that are named; where that is nobody, the owner of the order."""
        if not self.plan.names_people:
            return names
        found = tuple(dict.fromkeys(who for who in map(self.meant, names) if who))
        return found or ((self.plan.owner,) if names else ())

    def meant(self, name: str) -> str:
        """The role or the person that a name means; empty where it means nobody yet."""
        if "." not in name or person_of(name):
            return name
        thing, _, what = name.rpartition(".")
        if what == "head":
            return self.head(person_of(self.meant(thing)))
        if what == "owner":
            return self.owner_of(thing)
        if what == "person":
            person = self.order.fields.get(thing)
        elif what == "by":
            act = self.order.acts.get(thing)
            person = act[1] if act else self.order.doers.get(thing)
        else:
            person = self.order.creator
        return at(str(person)) if person and person not in HOST_IDS else ""

    def head(self, person: str) -> str:
        """Who is above a person, as far as that is known; empty where it is nobody."""
        head = self.order.heads.get(person)
        return at(head) if head else ""

    def entitled(self, thing: Need | Outcome, *keys: str) -> tuple[str, ...]:
        """The roles that may do it, and whoever has been given one of its work items."""
        doers, taken = self.doers(thing, *keys), self.order.taken
        if not taken:
            return doers
        people = (taken.get(key) for key in keys or (thing.name,))
        return (*doers, *(at(person) for person in people if person))

    def awaited(self, thing: Need | Outcome) -> tuple[str, ...]:
        """For whom it waits: whoever has taken it upon himself, else the roles that may do it."""
        person = self.order.taken.get(thing.name)
        return (at(person),) if person else self.doers(thing)

    def signers(self, name: str) -> tuple[str, ...]:
        """The roles that are awaited in the round of that need; none while there is no round."""
        ballot = self.order.rounds.get(name)
        seats = open_seats(ballot) if ballot else ()
        return tuple(dict.fromkeys(seat.helper or seat.role for _, seat in seats))

    def is_decided(self, name: str) -> bool:
        """Whether the round of that need is over without having been granted; nobody is awaited then."""
        ballot = self.order.rounds.get(name)
        return ballot is not None and bool(ballot.outcome)

    def owner_of(self, place: str) -> str:
        """The role or person accountable for a stage or task; where that is nobody, for the order."""
        return self.meant(self.named_owner(place)) or self.plan.owner

    def team_of(self, place: str) -> tuple[str, ...]:
        """Whoever is accountable for a place, and those who act beside them."""
        owner = self.owner_of(place)
        return (owner, *self.plan.teams.get(owner, ()))

    def named_owner(self, place: str) -> str:
        """Who is named as accountable for a place: by rows as it was entered, or as they decide now."""
        order = self.order
        if place in order.assigned:
            return order.assigned[place]
        if place == order.stage and order.owner:
            return order.owner
        state = next((task for key, task in order.tasks.items() if key.split(".")[0] == place), None)
        if state and state.owner:
            return state.owner
        if hold := self.plan.holds.get(place):
            return hold.owner
        if clock := self.clock(place):
            return clock.owner
        return first(self.plan.owners_of(place), self.facts).to


def first(rows: Sequence[R], facts: Facts) -> R:
    """The first row whose `when` holds; the last one has none."""
    for row in rows[:-1]:
        if row.when is None or row.when.holds(facts):
            return row
    return rows[-1]


def is_given(stored: Stored) -> bool:
    """Whether a field with that value meets a need: no and nought are values, a list without rows is none."""
    return stored is not None and stored != []
