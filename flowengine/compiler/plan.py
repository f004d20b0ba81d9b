"""What the kernel runs: one frozen plan for each definition, with every default filled in.

Only values and one protocol stand here. Plans are made by `compiler.compile`; the kernel reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol
from zoneinfo import ZoneInfo

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.action import Action
from flowengine.compiler.approval import Approval, ApprovalStep
from flowengine.compiler.away import Away
from flowengine.compiler.call import Call
from flowengine.compiler.clock import Clock
from flowengine.compiler.due import Due
from flowengine.compiler.exception import Exceptional, TierRow
from flowengine.compiler.hold import Hold, Rule
from flowengine.compiler.incoming import Incoming
from flowengine.compiler.lane import Lane, Quota
from flowengine.compiler.link import Link
from flowengine.compiler.need import Need, every_part
from flowengine.compiler.notices import Notices
from flowengine.compiler.opened import Opened
from flowengine.compiler.own_part import OwnPart
from flowengine.compiler.part import Part
from flowengine.compiler.rights import Amending, Rights
from flowengine.definition.expressions import Expression, Facts
from flowengine.definition.moments import Point
from flowengine.definition.values import Stored
from flowengine.definition.words import Field, Text, lanes_key
from flowengine.texts import Lang

EndKind = Literal["success", "failure", "cancelled"]
NEXT: Final = "next"

__all__ = [
    "NEXT",
    "Action",
    "Amending",
    "Approval",
    "ApprovalStep",
    "Call",
    "Check",
    "Clock",
    "Derived",
    "DerivedRow",
    "Due",
    "End",
    "EndKind",
    "Exceptional",
    "Hold",
    "Incoming",
    "Lane",
    "Link",
    "Message",
    "Need",
    "Opened",
    "Outcome",
    "OwnPart",
    "Part",
    "Plan",
    "Quota",
    "Rights",
    "Router",
    "Rule",
    "Stage",
    "Task",
    "TierRow",
    "Way",
    "every_outcome",
    "every_part",
    "targets",
    "trigger_of",
]


class Router(Protocol):
    """The authority on where an order goes: asked for a stage and a trigger, it names the target."""

    def move(self, stage: str, trigger: str, facts: Facts) -> str:
        """The stage or end that `trigger` leads to from `stage`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may happen instead. `key` is its moment (`quality.failed`), its counter and its trigger.

    `place` is its stage or task, or `order`. `to` is empty where the order stays in its stage, and `back`
    where it returns from a detour. It happens by itself when `after` happens, or as soon as `when` holds;
    without both somebody chooses it. `by` is empty where it falls to the owner of whom rows decide. One that
    `follows` what became of a linked order happens also while the order is held.
    """

    name: str
    key: str
    place: str
    title: Text
    to: str
    by: tuple[str, ...]
    needs: tuple[Need, ...]
    reason: bool
    line: int
    at_most: int | None = None
    beyond: tuple[Action, ...] = ()
    then: tuple[Action, ...] = ()
    after: str = ""
    when: Expression | None = None
    edits: tuple[str, ...] = ()
    until: Point | None = None
    not_by: tuple[str, ...] = ()
    follows: bool = False

    @property
    def is_automatic(self) -> bool:
        """Whether it happens by itself; nobody can choose it then."""
        return bool(self.after) or self.when is not None

    @property
    def beyond_trigger(self) -> str:
        """The trigger of the move it makes once it was chosen too often."""
        return f"{self.key}!"


@dataclass(frozen=True, slots=True)
class Way:
    """One row of a stage's `next`, or of its owners: the first whose `when` holds counts."""

    to: str
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Task:
    """A small stage beside others. `after` are moments, or tasks and needs `beside` it in the stage.

    `of_rows` keeps what is asked for each row of `each`, once somebody has worked it out.
    """

    name: str
    title: Text
    owners: tuple[Way, ...]
    line: int
    due: tuple[Due, ...]
    after: tuple[str, ...]
    beside: frozenset[str]
    when: Expression | None
    each: str
    needs: tuple[Need, ...]
    outcomes: Mapping[str, Outcome]
    then: tuple[Action, ...]
    of_rows: dict[int, tuple[Need, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def owner(self) -> str:
        """The role accountable for it, or the one of the last row where rows decide."""
        return self.owners[-1].to


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with everything that may be done in it. `doable` holds every act that counts here.

    Needs of a task with `each` stand in the task alone: there is one of each for every row. With
    `has_timed_needs` something that is asked in it has a due time of its own.
    """

    name: str
    title: Text
    owners: tuple[Way, ...]
    line: int
    due: tuple[Due, ...]
    entry: tuple[Need, ...]
    needs: tuple[Need, ...]
    outcomes: Mapping[str, Outcome]
    ways: tuple[Way, ...]
    doable: Mapping[str, Need]
    tasks: Mapping[str, Task] = field(default_factory=dict)
    opens: Point | None = None
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    has_timed_needs: bool = field(init=False)

    def __post_init__(self) -> None:
        timed = any(need.due and not need.defer for need in self.doable.values())
        in_tasks = any(need.due for task in self.tasks.values() for need in task.needs)
        object.__setattr__(self, "has_timed_needs", timed or in_tasks)

    @property
    def owner(self) -> str:
        """The role accountable for it, or the one of the last row where rows decide."""
        return self.owners[-1].to

    @property
    def completes_itself(self) -> bool:
        """Whether it is left by itself once everything in it is done; else only by an outcome."""
        return bool(self.needs or self.tasks)


@dataclass(frozen=True, slots=True)
class End:
    """How an order ends."""

    name: str
    title: Text
    kind: EndKind
    outcomes: Mapping[str, Outcome]
    then: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to somebody, with places for values; without a subject the standard one counts."""

    text: Text
    subject: Text | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that every write must leave true."""

    that: Expression
    otherwise: Text | None
    line: int


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """One row of a derived field: what it computes, or the default that counts while `when` holds."""

    when: Expression | None
    value: Expression | None
    stored: Stored = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that comes from others: `computed` after every write, else a default filled in at intake."""

    name: str
    computed: bool
    rows: tuple[DerivedRow, ...]
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """A process, executable. Outcomes of the whole order stand in each place that they are open in.

    `lasting` are the needs that outlive a visit, `covering` names for each field those whose acts end when
    it changes, `detours` the stages that offer `back`, each with those to which it may lead. Time is counted
    by `calendar`, where no other of the `calendars` is named. `apart` names for each need those that its doer
    may not do, `rights` say for each role what it may see and write, `members` who holds it, `away` which
    people are away and when, and `assign` to whom work of a role is dealt out. With `names_people` something
    is for a person of the order instead of a role; who did a need that is `remembered` is known beyond its
    visit; `heads` are the names of those that mean somebody's head, `heads_of` says by person who that is
    where no directory does. `private` says of which class the fields are whose values are sealed, those of
    any type included. Over which channels of the host messages go says `via` by role, `customer` or
    `everyone`; when, say `notices`. `variants` are the plans of its types of order, by name; where there are
    any, each order runs on one. `granted` are the plans under lanes that are in force, by `lanes_key`, with
    the one without any under the empty key. `exceptions` are raised on one of the `tiers`; the roles of
    `teams` act beside an owner. `inner` are the plans of the processes that it brings.
    """

    process: str
    version: str
    title: Text
    language: Lang
    owner: str
    zone: ZoneInfo
    calendar: Calendar
    file: str
    hash: str
    roles: Mapping[str, Text]
    fields: Mapping[str, Field]
    channels: Mapping[str, Mapping[str, str]]
    channel_titles: Mapping[str, Text]
    checks: tuple[Check, ...]
    unique: tuple[str, ...]
    number: str
    stages: Mapping[str, Stage]
    ends: Mapping[str, End]
    asks: Mapping[str, Need]
    marks: frozenset[str]
    router: Router
    lasting: Mapping[str, Need] = field(default_factory=dict)
    covering: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    detours: Mapping[str, frozenset[str]] = field(default_factory=dict)
    derived: tuple[Derived, ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    variants: Mapping[str, Plan] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    holds: Mapping[str, Hold] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rights: Mapping[str, Rights] = field(default_factory=dict)
    lanes: Mapping[str, Lane] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    granted: Mapping[str, Plan] = field(default_factory=dict, repr=False, compare=False)
    private: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    away: Mapping[str, tuple[Away, ...]] = field(default_factory=dict)
    assign: Mapping[str, tuple[Way, ...]] = field(default_factory=dict)
    names_people: bool = False
    remembered: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    heads_of: Mapping[str, str] = field(default_factory=dict)
    amending: Mapping[str, Amending] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    calls: Mapping[str, Call] = field(default_factory=dict)
    via: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notices: Notices = field(default_factory=Notices)
    events: Mapping[str, Incoming] = field(default_factory=dict)
    exceptions: Mapping[str, Exceptional] = field(default_factory=dict)
    tiers: tuple[int, ...] = ()
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inner: Mapping[str, Plan] = field(default_factory=dict, compare=False)
    opened: Opened | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    own_parts: Mapping[str, OwnPart] = field(default_factory=dict)

    @property
    def is_guarded(self) -> bool:
        """Whether roles see and write no more than they must: as soon as one of them says what it sees."""
        return any(each.sees for each in self.rights.values())

    has_approvals: bool = False

    def of(self, fields: Mapping[str, object], lanes: Iterable[str] = ()) -> Plan:
        """The plan on which an order with these fields runs: that of its type, or this one; under lanes."""
        plan = self.variants.get(str(fields.get("type")), self)
        return plan.granted.get(lanes_key(lanes), plan)

    @property
    def every(self) -> tuple[Plan, ...]:
        """This plan, those of its types, and those under lanes: all on which an order may run."""
        typed = self, *self.variants.values()
        return *typed, *(plan for each in typed for key, plan in each.granted.items() if key)

    @property
    def priority(self) -> str:
        """The priority that orders begin with; empty where the process speaks of none."""
        field = self.fields.get("priority")
        return str(field.default[0].value) if field and field.default else ""

    @property
    def places(self) -> Mapping[str, Stage | End]:
        """Everywhere that an order can be: stages, then ends."""
        return {**self.stages, **self.ends}

    def owners_of(self, place: str) -> tuple[Way, ...]:
        """The rows that decide who is accountable for a stage, task, clock or hold, or for the `order`."""
        if place in self.stages:
            return self.stages[place].owners
        if thing := self.running(place):
            of = thing.owner.removesuffix(".owner")
            return self.owners_of(of) if of != thing.owner else (Way(of, None),)
        for stage in self.stages.values():
            if place in stage.tasks:
                return stage.tasks[place].owners
        return (Way(self.owner, None),)

    def is_onward(self, origin: str, target: str) -> bool:
        """Whether a way leads on: to a later stage in the order of the file, or to a successful end."""
        if end := self.ends.get(target):
            return end.kind == "success"
        names = list(self.stages)
        return target in names and names.index(target) > names.index(origin)

    def every_thing(self) -> Iterator[Clock | Hold]:
        """Every clock with a name of its own, and every hold."""
        yield from self.clocks.values()
        for stage in self.stages.values():
            yield from stage.clocks.values()
        yield from self.holds.values()

    def running(self, name: str) -> Clock | Hold | None:
        """The clock or the hold of that name."""
        return next((thing for thing in self.every_thing() if thing.name == name), None)

    def find(self, name: str) -> Need | None:
        """The need of that name, wherever it stands; for `photo.2` the one that is asked for each row."""
        name = name.partition(".")[0]
        if name in self.lanes:
            return self.lanes[name].need
        for need in every_part(
            need for plan in self.every for thing in plan.every_thing() for need in thing.needs
        ):
            if need.name == name:
                return need
        for stage in (stage for plan in self.every for stage in plan.stages.values()):
            if name in stage.doable:
                return stage.doable[name]
            for task in stage.tasks.values():
                for need in every_part(task.needs):
                    if need.name == name:
                        return need
        return self.lasting.get(name) or self.asks.get(name)

    def task(self, key: str) -> Task | None:
        """The task of that name; `key` may name one of its rows, `inspect.2`."""
        name = key.partition(".")[0]
        found = (stage.tasks.get(name) for plan in self.every for stage in plan.stages.values())
        return next((task for task in found if task), None)

    @property
    def start(self) -> str:
        """The stage in which orders begin."""
        return next(iter(self.stages))


def every_outcome(place: Stage | End) -> Iterator[Outcome]:
    """Everything that may happen instead in a place, in the tasks of a stage included."""
    yield from place.outcomes.values()
    if isinstance(place, Stage):
        for task in place.tasks.values():
            yield from task.outcomes.values()


def targets(outcome: Outcome) -> Iterator[str]:
    """The stages and ends to which an outcome may lead; `back` stands as it is."""
    if outcome.to:
        yield outcome.to
    yield from (action.move for action in outcome.beyond if action.move)


def trigger_of(trigger: str, origin: str) -> str:
    """The trigger that leads `back` to `origin`: the machine has an arrow for each stage it may be."""
    return f"{trigger}<{origin}"
