"""What a screen would offer where the order stands: every act that counts there, whoever may do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from flowengine.compiler.charting import field_text, need_text
from flowengine.compiler.plan import Plan
from flowengine.kernel.choices import chances
from flowengine.kernel.explain import amendable
from flowengine.kernel.lanes import openness
from flowengine.kernel.order import Order
from flowengine.kernel.raising import is_open
from flowengine.kernel.standing import Standing
from flowengine.kernel.work import work
from flowengine.rehearsal.verbs import Atom
from flowengine.texts import Lang

_VERBS: Final = {
    "check": "done",
    "file": "attach",
    "note": "write",
    "field": "write",
    "approval": "approve",
    "confirm": "confirm",
}
"""The verb with which a need of each kind is met; a condition is met by nobody."""


class Option(NamedTuple):
    """One act: its verb, the need or outcome, what people call it, the roles that may, and where it leads;
    `asks` are the fields that are given with it.
    """

    verb: str
    name: str
    title: str
    by: tuple[str, ...]
    to: str = ""
    wants_reason: bool = False
    asks: tuple[str, ...] = ()

    @property
    def atom(self) -> Atom:
        """The act as it is compared with those of a step."""
        return self.verb, self.name


def options(plan: Plan, order: Order, lang: Lang) -> tuple[Option, ...]:
    """What is not done yet, what may be chosen or amended, then holds, lanes and exceptions."""
    return (
        *_needs(plan, order, lang),
        *_outcomes(plan, order, lang),
        *_amendments(plan, order, lang),
        *_holds(plan, order, lang),
        *_lanes(plan, order, lang),
        *_exceptions(plan, order, lang),
    )


def _needs(plan: Plan, order: Order, lang: Lang) -> Iterator[Option]:
    if order.stage not in plan.stages:
        return
    standing = Standing(plan, order)
    asked = {item.key for item in work(plan, order)}
    # What is on somebody's list first; then what an outcome or the next stage asks, which may be done early.
    for need in sorted(standing.doables(), key=lambda need: (need.name not in asked, need.line)):
        piece = standing.piece_of(need)
        begun = piece is None or piece.key in order.tasks
        if need.kind in _VERBS and begun and standing.is_asked(need) and not standing.is_met(need):
            name = need.field or need.name
            title = need_text(plan, need, lang)
            yield Option(_VERBS[need.kind], name, title, standing.doers(need), asks=need.asks)


def _outcomes(plan: Plan, order: Order, lang: Lang) -> Iterator[Option]:
    standing = Standing(plan, order)
    for name, outcome, _ in chances(standing):
        title = outcome.title.say(lang)
        yield Option("outcome", name, title, standing.doers(outcome), outcome.to, outcome.reason)


def _amendments(plan: Plan, order: Order, lang: Lang) -> Iterator[Option]:
    if order.status == "closed":
        return
    for each in amendable(Standing(plan, order)):
        yield Option("amend", each.field, field_text(plan, each.field, lang), each.roles, wants_reason=True)


def _holds(plan: Plan, order: Order, lang: Lang) -> Iterator[Option]:
    """Holds that lie on the order may be lifted, those that somebody may place be placed."""
    if order.status == "closed":
        return
    standing = Standing(plan, order)
    for hold in plan.holds.values():
        title = hold.title.say(lang)
        if hold.name in order.holds and hold.release_by:
            yield Option("release", hold.name, title, standing.found(hold.release_by))
        elif hold.name not in order.holds and hold.by:
            yield Option("hold", hold.name, title, standing.found(hold.by))


def _lanes(plan: Plan, order: Order, lang: Lang) -> Iterator[Option]:
    """Lanes that are in force may be ended, those that are to be had be asked for."""
    if order.status == "closed":
        return
    standing = Standing(plan, order)
    for lane in plan.lanes.values():
        title = lane.title.say(lang)
        if lane.name in order.lanes:
            yield Option("revoke", lane.name, title, lane.revoke_by, wants_reason=True)
        elif not openness(standing, lane):
            yield Option("request", lane.name, title, lane.by, wants_reason=lane.reason)


def _exceptions(plan: Plan, order: Order, lang: Lang) -> Iterator[Option]:
    """Exceptions that are not open may be raised."""
    if order.status == "closed":
        return
    for exception in plan.exceptions.values():
        if exception.by and is_open(order, exception.name) is None:
            title = exception.title.say(lang)
            yield Option("raise", exception.name, title, exception.by, wants_reason=True)
