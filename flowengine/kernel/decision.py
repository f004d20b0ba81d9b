"""What a decision says: the order afterwards, what happened, what is to be done, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from flowengine.compiler.plan import Plan
from flowengine.definition.outsiders import CUSTOMER, CUSTOMER_TITLE
from flowengine.kernel.addressees import person_of
from flowengine.kernel.answers import Question
from flowengine.kernel.events import Event
from flowengine.kernel.order import Order
from flowengine.kernel.work_item import WorkItem
from flowengine.texts import Lang, say


class Verdict(StrEnum):
    """Whether it can be done: yes, not before something is there, or not at all."""

    READY = "ready"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"


_INCOMPLETE: Final = frozenset(
    {
        "need_open",
        "approval_open",
        "approval_refused",
        "approval_returned",
        "approval_gap",
        "condition_open",
        "confirm_open",
        "call_open",
        "call_failed",
        "event_open",
        "too_early",
        "shown_before",
        "entry_open",
        "choice_open",
        "missing_fields",
        "link_missing",
        "reason_missing",
        "stale",
        "deferred",
        "not_open_yet",
        "task_not_open",
        "task_open",
        "task_waits",
        "not_asked_yet",
        "cannot_go_on",
        "nobody_decided",
        "on_hold",
        "still_held",
    }
)


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why not. `name` is the need, field or outcome at stake, `owner` the roles who can help.

    `line` is the line of the process file that asks for it.
    """

    code: str
    name: str = ""
    owner: tuple[str, ...] = ()
    line: int | None = None
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def verdict(self) -> Verdict:
        """Incomplete where doing or giving something would help, refused where nothing would."""
        return Verdict.INCOMPLETE if self.code in _INCOMPLETE else Verdict.REFUSED

    def message(self, lang: Lang) -> str:
        """The reason, in one sentence."""
        words = {"name": self.name, "owner": self.params.get("who", self.owner), **self.params}
        return say(f"blocker.{self.code}", lang, words)


@dataclass(frozen=True, slots=True)
class Effect:
    """What should be done outside. `key` names the cause, so that one cause is one message."""

    kind: str
    key: str
    data: Mapping[str, Any]


class Permit(NamedTuple):
    """What allows somebody to do something: a role, and the line of the process file that asks it for that.

    No line says who may open an order: any role of the process may.
    """

    role: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of `decide`. With blockers there are no events and `order` is the order as it was; `noted`
    stands in history nevertheless, and changes nothing.

    `under` is what allowed the command; nothing had to where the host or time wanted something. What it
    `asks` was not known: with the answers it would find people for work that waits for a whole role now.
    `work` is what waits then, where that was worked out already.
    """

    order: Order | None
    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    under: tuple[Permit, ...] = ()
    asks: tuple[Question, ...] = ()
    work: tuple[WorkItem, ...] | None = field(default=None, compare=False, repr=False)
    noted: tuple[Event, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Refused if any blocker is final, else incomplete, else ready."""
        return verdict_of(self.blockers)


def called(plan: Plan, addressee: str) -> str | dict[Lang, str]:
    """What people call a role, or the customer; a person by the name that the host gives."""
    if addressee == CUSTOMER:
        return CUSTOMER_TITLE.all()
    return plan.roles[addressee].all() if addressee in plan.roles else person_of(addressee) or addressee


def titled(plan: Plan, blockers: tuple[Blocker, ...]) -> tuple[Blocker, ...]:
    """The blockers with what people call their owners, so that a message names no identifiers."""
    return tuple(
        replace(each, params={**each.params, "who": [called(plan, who) for who in each.owner]})
        if each.owner
        else each
        for each in blockers
    )


def verdict_of(blockers: tuple[Blocker, ...]) -> Verdict:
    """The verdict that these blockers amount to."""
    verdicts = {blocker.verdict for blocker in blockers}
    return next((v for v in (Verdict.REFUSED, Verdict.INCOMPLETE) if v in verdicts), Verdict.READY)
