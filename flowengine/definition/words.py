"""What a process says, as frozen values: one class per shape of the vocabulary, one attribute per key.

Built by `reading` after the schema has passed, so every value has its declared kind. References are
still plain names; `references` says whether they lead anywhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Final, Literal, NamedTuple, get_args

from flowengine.definition.findings import Place
from flowengine.definition.lengths import Length
from flowengine.definition.unwritten import unwritten
from flowengine.texts import LANGUAGES, Lang

ASSEMBLED: Final[Mapping[str, Any]] = {"assembled": True}
"""Marks what no key of a file says: it comes of several files, or of several patches."""


@unwritten(frozen=True, slots=True)
class Text:
    """A text for people, in one or both languages; each falls back to the other."""

    zh: str = ""
    en: str = ""

    def say(self, lang: Lang) -> str:
        """The text in `lang`, or in the other language where it was not given."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def all(self) -> dict[Lang, str]:
        """Both languages, for messages whose reader is not known yet."""
        return {lang: self.say(lang) for lang in LANGUAGES}


class Written(NamedTuple):
    """An expression as it was written, the place of its first character, and that of any other."""

    source: str
    place: Place
    at: Callable[[int], Place] | None = None


@unwritten(frozen=True, slots=True)
class Wording:
    """A text with places for values, in one or both languages."""

    zh: Written | None = None
    en: Written | None = None

    @property
    def texts(self) -> tuple[Written, ...]:
        """The texts, as they were written."""
        return tuple(text for text in (self.zh, self.en) if text)

    @property
    def text(self) -> Text:
        """The same without places."""
        return Text(*(written.source if written else "" for written in (self.zh, self.en)))


class Name(str):
    """A name that refers to something, and where it was written."""

    __slots__ = ("place",)
    place: Place

    @classmethod
    def at(cls, text: str, place: Place) -> Name:
        """The name `text`, written at `place`."""
        name = cls(text)
        name.place = place
        return name


HEAD: Final = ".head"
"""How the name of somebody's head ends; nobody can write it so."""


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Word:
    """What all named things have: the name and the place of its key.

    How two are compared and shown is written here once: made for each of sixty classes, it would be a
    twelfth of what a command takes to begin.
    """

    place: Place
    name: str = ""

    def __eq__(self, other: object) -> bool:
        return self.__class__ is other.__class__ and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        said = zip(self.__dataclass_fields__, _values(self), strict=True)
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={value!r}' for name, value in said)})"


def _values(word: Any) -> tuple[Any, ...]:
    return _attributes(word.__class__)(word)


@cache
def _attributes(kind: type[Word]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(each.name for each in fields(kind)))


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Whom(Word):
    """Somebody who is named: by a word alone, or as the head of somebody."""

    who: Name | None = None
    head_of: Name | None = None

    @property
    def named(self) -> Name:
        """The name; that of a head ends with `HEAD`, and stands where the one below is named."""
        if self.head_of is not None:
            return Name.at(f"{self.head_of}{HEAD}", self.head_of.place)
        assert self.who is not None, "the schema demands one of the two"
        return self.who


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Role(Word):
    title: Text | None = None
    sees: tuple[Name, ...] = ()
    edits: tuple[Name, ...] = ()
    unmasked: tuple[Name, ...] = ()
    may: tuple[str, ...] = ()
    reassign: Name | None = None
    members: tuple[Name, ...] = ()
    assign: tuple[Row, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Person(Word):
    """Somebody who acts: who stands in, or `nobody`, by the days on which that person is away; the head."""

    away: Mapping[Name, Name] | None = None
    head: Name | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Column(Word):
    type: str
    title: Text | None = None
    required: bool = False
    choices: tuple[str, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Datum(Column):
    """Something that comes with an event: unlike a column of a list it must, where nothing else is said."""

    required: bool = True


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class DefaultRow(Word):
    value: object
    when: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ValueRow(Word):
    value: Written
    when: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Amending(Word):
    by: tuple[Name, ...] = ()
    until: Name | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Field(Word):
    type: str
    title: Text | None = None
    required: bool = False
    default: tuple[DefaultRow, ...] | None = None
    value: tuple[ValueRow, ...] | None = None
    choices: tuple[str, ...] = ()
    min: int | Decimal | str | None = None
    max: int | Decimal | str | None = None
    currency: str = ""
    of: Mapping[str, Column] | None = None
    private: str = ""
    changes: Amending | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Channel(Word):
    title: Text | None = None
    maps: Mapping[str, Name] | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Check(Word):
    that: Written
    else_: Text | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Opened(Word):
    """How often the calendar opens an order, and with what."""

    every: Name
    at: Name | None = None
    calendar: Name | None = None
    sets: Mapping[Name, Written] | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Order(Word):
    number: Name | None = None
    unique: tuple[Name, ...] = ()
    channels: Mapping[str, Channel] | None = None
    opened: Opened | None = None
    checks: tuple[Check, ...] = ()
    fields: Mapping[str, Field] | None = None


NeedKind = Literal["check", "file", "note", "field", "that", "approval", "confirm", "call", "event", "any"]
Verb = Literal[
    "notify", "ask", "move", "hold", "release", "set", "assign", "start", "call", "undo", "raise", "resolve"
]  # fmt: skip
VERBS: tuple[Verb, ...] = get_args(Verb)
NEED_KINDS: tuple[NeedKind, ...] = get_args(NeedKind)


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Need(Word):
    check: Text | None = None
    file: Text | None = None
    note: Text | None = None
    field: Name | None = None
    that: Written | None = None
    approval: Name | None = None
    confirm: tuple[Name, ...] | None = None
    event: Name | None = None
    asks: tuple[Name, ...] = ()
    call: Name | None = None
    title: Text | None = None
    any: Mapping[str, Need] | None = None
    by: tuple[Name, ...] = ()
    not_by: tuple[Name, ...] = ()
    else_: Text | None = None
    when: Written | None = None
    after: Name | None = None
    covers: tuple[Name, ...] = ()
    waive: tuple[Name, ...] = ()
    defer: Length | None = None
    due: tuple[Due, ...] = ()
    kind: NeedKind = dataclasses.field(init=False, metadata=ASSEMBLED)
    """Which of the kinds this need is; the schema allows exactly one."""

    def __post_init__(self) -> None:
        kind = next(kind for kind in NEED_KINDS if getattr(self, kind) is not None)
        object.__setattr__(self, "kind", kind)

    @property
    def called(self) -> Text | None:
        """What a check, file, note or confirmation is about; the others have no text of their own."""
        return self.check or self.file or self.note or self.title


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Action(Word):
    notify: tuple[Name, ...] = ()
    message: Name | None = None
    ask: Mapping[str, Need] | None = None
    by: tuple[Name, ...] = ()
    due: tuple[Due, ...] = ()
    move: Name | None = None
    hold: Name | None = None
    release: Name | None = None
    set: Mapping[str, Written] | None = None
    assign: Name | None = None
    start: Name | None = None
    fields: Mapping[str, Written] | None = None
    each: Name | None = None
    call: Name | None = None
    undo: tuple[Name, ...] = ()
    raise_: Name | None = None
    tier: int = 0
    resolve: Name | None = None

    @property
    def verb(self) -> Verb:
        """Which of the verbs it is; the schema allows exactly one."""
        return next(verb for verb in VERBS if (self.raise_ if verb == "raise" else getattr(self, verb)))


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Warn(Word):
    at: Name
    then: tuple[Action, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LateRow(Action):
    over: Length | None = None
    then: tuple[Action, ...] = ()

    @property
    def actions(self) -> tuple[Action, ...]:
        """What is done: `then`, or the one thing that stands in the row itself."""
        return self.then or (self,)


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Due(Word):
    within: Length | Name | None = None
    by: Name | None = None
    when: Written | None = None
    warn: tuple[Warn, ...] = ()
    late: tuple[LateRow, ...] = ()
    calendar: Name | None = None
    buffer: Name | None = None
    pause: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class DefaultDue(Word):
    warn: tuple[Warn, ...] = ()
    late: tuple[LateRow, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Report(Word):
    """What is asked of an exception at once, or, without `within`, once it is resolved."""

    needs: Mapping[str, Need]
    within: Length | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class DefaultException(Word):
    report: Report | None = None
    review: Report | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TierRow(Word):
    tier: int
    over: Length | None = None
    when: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Exceptional(DefaultException):
    """Something that may go wrong with an order."""

    tier: tuple[TierRow, ...]
    title: Text | None = None
    by: tuple[Name, ...] = ()
    hold: Name | None = None
    same: tuple[Name, ...] = ()
    playbook: Mapping[str, Need] | None = None
    then: tuple[Action, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Tier(Word):
    """Who deals with exceptions, and in what time."""

    team: tuple[Name, ...]
    answer: Length | None = None
    tell: Length | None = None
    plan: Length | None = None
    resolve: Length | None = None
    unanswered: str = "next"


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Defaults(Word):
    due: DefaultDue | None = None
    exception: DefaultException | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LengthRow(Word):
    within: Length | Name
    when: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PointRow(Word):
    by: Name
    when: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Clock(Word):
    title: Text | None = None
    owner: Name | None = None
    after: Name | None = None
    when: Written | None = None
    needs: Mapping[str, Need] | None = None
    until: Name | None = None
    within: tuple[LengthRow, ...] = ()
    by: tuple[PointRow, ...] = ()
    every: Name | None = None
    silent_for: Length | None = None
    of: tuple[Name, ...] = ()
    at_most: int | None = None
    warn: tuple[Warn, ...] = ()
    late: tuple[LateRow, ...] = ()
    calendar: Name | None = None
    buffer: Name | None = None
    pause: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Release(Word):
    by: tuple[Name, ...] = ()
    needs: Mapping[str, Need] | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Hold(Word):
    title: Text | None = None
    owner: Name | None = None
    by: tuple[Name, ...] = ()
    while_: Written | None = None
    pauses: tuple[Name, ...] = ()
    allows: tuple[Name, ...] = ()
    release: Release | None = None
    due: tuple[Due, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Link(Word):
    """A link to an order of another process, or to `many` of them that name this one."""

    process: tuple[Name, ...]
    title: Text | None = None
    many: bool = False
    required: bool = False
    known_there_as: Name | None = None
    copies: Mapping[Name, Name] | None = None
    reads: Mapping[str, Column] | None = None
    ends: tuple[Name, ...] | None = None
    cascade: tuple[str, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Part(Word):
    """Parts of an order: split over the rows of the list `of`, or with `stages` of their own."""

    of: Name | None = None
    through: tuple[Name, ...] = ()
    title: Text | None = None
    by: tuple[Name, ...] = ()
    at_most: int | None = None
    fields: Mapping[str, Field] | None = None
    stages: Mapping[str, Stage] | None = None
    clocks: Mapping[str, Clock] | None = None
    outcomes: Mapping[str, Outcome] | None = None
    ends: Mapping[str, End] | None = None
    opens: Name | None = None
    each: Name | None = None
    order_ends: Name | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Rule(Word):
    title: Text | None = None
    after: Name | None = None
    at: Name | None = None
    when: Written | None = None
    then: tuple[Action, ...] = ()
    each: bool = False


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Outcome(Word):
    to: Name | None = None
    title: Text | None = None
    by: tuple[Name, ...] = ()
    not_by: tuple[Name, ...] = ()
    needs: Mapping[str, Need] | None = None
    reason: str = ""
    at_most: int | None = None
    beyond: tuple[Action, ...] = ()
    then: tuple[Action, ...] = ()
    after: Name | None = None
    when: Written | None = None
    from_: tuple[Name, ...] = ()
    edits: tuple[Name, ...] = ()
    until: Name | None = None
    follows: bool = field(default=False, metadata=ASSEMBLED)

    @property
    def is_automatic(self) -> bool:
        """Whether it happens by itself instead of being chosen."""
        return self.after is not None or self.when is not None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ApprovalStep(Word):
    any: tuple[Name, ...] = ()
    all: tuple[Name, ...] = ()
    in_order: tuple[Name, ...] = ()
    quorum: int | None = None
    of: tuple[Name, ...] = ()
    when: Written | None = None
    veto: tuple[Name, ...] = ()
    not_by: str = ""

    @property
    def roles(self) -> tuple[Name, ...]:
        """Those who are asked, however many of them must approve."""
        return self.any or self.all or self.in_order or self.of


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Approval(Word):
    title: Text | None = None
    steps: tuple[ApprovalStep, ...]
    covers: tuple[Name, ...] = ()
    due: tuple[Due, ...] = ()
    copy: tuple[Name, ...] = ()
    refused: tuple[Action, ...]
    returns: tuple[Name, ...] = ()
    allow: tuple[str, ...] | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Row(Word):
    to: Name
    when: Written | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OwnerRow(Word):
    """Somebody accountable on a condition: a role or a person, or the head of one."""

    to: Name | None = None
    head_of: Name | None = None
    when: Written | None = None

    @property
    def row(self) -> Row:
        """The same with one name."""
        return Row(
            place=self.place,
            to=Whom(place=self.place, who=self.to, head_of=self.head_of).named,
            when=self.when,
        )


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Task(Word):
    title: Text | None = None
    owner: tuple[Row, ...] = ()
    due: tuple[Due, ...] = ()
    after: tuple[Name, ...] = ()
    when: Written | None = None
    each: Name | None = None
    needs: Mapping[str, Need] | None = None
    outcomes: Mapping[str, Outcome] | None = None
    then: tuple[Action, ...] = ()
    calendar: Name | None = None
    defaults: str = ""


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Stage(Word):
    owner: tuple[Row, ...]
    title: Text | None = None
    opens: Name | None = None
    due: tuple[Due, ...] = ()
    entry: Mapping[str, Need] | None = None
    follows: Name | None = None
    needs: Mapping[str, Need] | None = None
    tasks: Mapping[str, Task] | None = None
    outcomes: Mapping[str, Outcome] | None = None
    clocks: Mapping[str, Clock] | None = None
    rules: Mapping[str, Rule] | None = None
    calendar: Name | None = None
    defaults: str = ""
    next: tuple[Row, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class End(Word):
    kind: str
    title: Text | None = None
    then: tuple[Action, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Calendar(Word):
    """Hours of work: the hours of a day as texts, by the days of the week and by date."""

    zone: Name
    week: Mapping[Name, tuple[Name, ...]]
    holidays: str = "none"
    days: Mapping[Name, tuple[Name, ...]] | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Event(Word):
    """What another system reports about an order."""

    data: Mapping[str, Datum]
    match: Mapping[str, Written]
    title: Text | None = None
    unique: Name | None = None
    creates: bool = False
    sets: Mapping[str, Written] | None = None
    early: str = ""


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Message(Word):
    text: Wording
    subject: Wording | None = None

    @property
    def texts(self) -> tuple[Written, ...]:
        """Everything that is said, in every language in which it is."""
        return (*(self.subject.texts if self.subject else ()), *self.text.texts)


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Call(Word):
    title: Text | None = None
    function: Name | None = None
    webhook: Name | None = None
    send: tuple[Name, ...] = ()
    sets: Mapping[Name, Name] | None = None
    tries: int = 5
    done: tuple[Action, ...] = ()
    failed: tuple[Action, ...] = ()
    undo: Name | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Quiet(Word):
    hours: Name | None = None
    outside: Mapping[Name, Name] = field(default_factory=dict)
    except_: tuple[str, ...] = ()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Digest(Word):
    what: tuple[str, ...]
    at: tuple[Name, ...]


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Notices(Word):
    via: Mapping[Name, tuple[Name, ...]] = field(default_factory=dict)
    quiet: Quiet | None = None
    digest: Digest | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Type(Word):
    """A type of order: the keys of the process that it says otherwise. What comes of them is a variant."""

    says: frozenset[str] = frozenset()


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LaneRequest(Word):
    by: tuple[Name, ...]
    when: Written | None = None
    reason: str = ""


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LaneLimits(Word):
    per_requester: str = ""
    expires: Length | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LaneRevoke(Word):
    by: tuple[Name, ...]


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Lane(Word):
    """A lane. What comes of a process under it is one of the processes that are `granted`."""

    title: Text | None = None
    request: LaneRequest
    approval: Name
    limits: LaneLimits | None = None
    grants: Type
    revoke: LaneRevoke | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Process(Word):
    """A process. `base` is what it was a patch of, `variants` what becomes of it for each type of order.

    `granted` is what becomes of it under lanes, each alone and several together, by `lanes_key`, and `inner`
    are the processes that it brings with it. `teams` are the roles that act beside an owner, by that.
    """

    flowengine: int
    process: Name
    version: str
    owner: Name
    stages: Mapping[str, Stage]
    roles: Mapping[str, Role]
    extends: Name | None = None
    include: tuple[Name, ...] = ()
    title: Text | None = None
    language: Lang = "en"
    zone: Name | None = None
    calendar: Name | None = None
    calendars: Mapping[str, Calendar] | None = None
    priority: str = ""
    locked: tuple[Name, ...] = ()
    types: Mapping[str, Type] | None = None
    order: Order | None = None
    people: Mapping[str, Person] | None = None
    outcomes: Mapping[str, Outcome] | None = None
    clocks: Mapping[str, Clock] | None = None
    holds: Mapping[str, Hold] | None = None
    rules: Mapping[str, Rule] | None = None
    lanes: Mapping[str, Lane] | None = None
    links: Mapping[str, Link] | None = None
    parts: Mapping[str, Part] | None = None
    approvals: Mapping[str, Approval] | None = None
    events: Mapping[str, Event] | None = None
    messages: Mapping[str, Message] | None = None
    calls: Mapping[str, Call] | None = None
    exceptions: Mapping[str, Exceptional] | None = None
    tiers: Mapping[str, Tier] | None = None
    notices: Notices | None = None
    defaults: Defaults | None = None
    ends: Mapping[str, End] | None = None
    base: Process | None = field(default=None, metadata=ASSEMBLED)
    variants: Mapping[str, Process] = field(default_factory=dict, metadata=ASSEMBLED)
    granted: Mapping[str, Process] = field(default_factory=dict, metadata=ASSEMBLED)
    inner: Mapping[str, Process] = field(default_factory=dict, metadata=ASSEMBLED)
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=ASSEMBLED)


def lanes_key(lanes: Iterable[str]) -> str:
    """What a set of lanes is called, in whatever order they were granted; empty for none."""
    return "+".join(sorted(lanes))
