"""Dealing out work that has come up: to a team by rows, or to one person in turn or by how much they have.

Who is there is known outside: what the directory has to say comes in as answers, and is asked for where it
is missing. Until then the work waits for the whole role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from flowengine.compiler.plan import Task
from flowengine.definition.assign_references import POOLED
from flowengine.errors import EvaluationFailed
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.answers import SHARED, Question
from flowengine.kernel.draft import Draft
from flowengine.kernel.nobody import fall_to_owner
from flowengine.kernel.order import Order
from flowengine.kernel.standing import first
from flowengine.kernel.work import Listing, work
from flowengine.kernel.work_item import WorkItem

_NAMING: Final = frozenset({"set", "headed"})
"""What makes somebody else the person whom the process means."""


class Deal(NamedTuple):
    """Whom an item goes to: roles, how one of their people is chosen, and who that is."""

    roles: tuple[str, ...]
    how: str = ""
    to: str = ""


def tend_heads(draft: Draft) -> None:
    """Find out who is above the people whose heads are named, before work comes up for them or they are to be
    told of something while time passes; anew with each stage.
    """
    if not draft.plan.heads or draft.order.status == "closed":
        return
    if any(event.kind == "entered" for event in draft.events):
        for person in draft.order.heads:
            draft.look_up(person)
    for name in draft.plan.heads:
        draft.meant(name)


def tend_work(draft: Draft, before: Order | None) -> tuple[WorkItem, ...] | None:
    """Let go of what is asked no more, deal out what has come up; what waits then, where that is known.
    `before` is the order as it was.
    """
    order, plan = draft.order, draft.plan
    if order.status == "closed" or not (order.taken or order.dealt or plan.assign or plan.names_people):
        return None
    events = len(draft.events)
    items = {item.key: item for item in work(draft.plan, order)}
    gone = [key for key in dict.fromkeys((*order.taken, *order.dealt)) if key not in items]
    if gone:
        draft.emit("let_go", items=gone)
    if draft.plan.names_people:
        _tell_of_nobody(draft, items.values())
        if before is not None and any(event.kind in _NAMING for event in draft.events):
            _follow(draft, work(draft.plan, before), items)
    if draft.plan.assign:
        for deal, keys in _deals(draft, items.values()).items():
            _give(draft, deal, keys)
    return tuple(items.values()) if len(draft.events) == events else None


def _tell_of_nobody(draft: Draft, items: Iterable[WorkItem]) -> None:
    """Tell the owner of the order of work for which nobody is named yet: it is his until somebody is."""
    listing = Listing(draft.plan, draft.order)
    for item in items:
        place = item.thing.name if isinstance(item.thing, Task) else item.thing.place
        named = () if isinstance(item.thing, Task) else item.thing.by
        named = named or (listing.named_owner(place),)
        if item.kind == "approval" or item.key in draft.order.dealt or any(map(draft.meant, named)):
            continue
        fall_to_owner(draft, [item.key], unnamed=True)


def _follow(draft: Draft, before: Iterable[WorkItem], items: Mapping[str, WorkItem]) -> None:
    """Tell whom a field names now of the work that was for somebody else, once, however much it is; who was
    named before does not keep it.
    """
    told: dict[str, str] = {}
    for was in before:
        item = items.get(was.key)
        new = [who for who in item.roles if person_of(who) and who not in was.roles] if item else []
        if item is None or item.kind == "approval" or not new:
            continue
        if item.taken_by and at(item.taken_by) in was.roles:
            draft.emit("let_go", items=[item.key], was=item.taken_by)
        elif item.taken_by:
            continue
        told |= {who: item.key for who in new if who not in told}
    for who, key in told.items():
        draft.tell([who], "named", place=key, stage=draft.order.stage)


def _deals(draft: Draft, items: Iterable[WorkItem]) -> dict[Deal, list[str]]:
    """What is to be dealt out, what goes the same way together."""
    found: dict[Deal, list[str]] = {}
    for item in items:
        if item.taken_by or item.key in draft.order.dealt or item.kind == "approval":
            continue
        if deal := _deal(draft, item):
            found.setdefault(deal, []).append(item.key)
    return found


def _deal(draft: Draft, item: WorkItem) -> Deal | None:
    """Whom an item goes to; None where it stays with its roles, or nobody was asked yet who is there. Where
    nobody knows that, it goes to the roles as a whole.

    What several roles may do is dealt out among the people of all that deal, by the rule of each; what a
    person of the order may do as well is left to them.
    """
    dealing = [role for role in item.roles if role in draft.plan.assign]
    if not dealing or any(map(person_of, item.roles)):
        return None
    try:
        ways = dict.fromkeys(_way(draft, role) for role in dealing)
    except EvaluationFailed:
        return None
    pools = tuple(way for way in ways if way.how)
    if not pools:
        return Deal(tuple(way.of for way in ways))
    return _among(draft, pools, item.barred)


def _way(draft: Draft, role: str) -> Question:
    """How a role chooses one of its people, itself or by the teams to which it passes its work; without `how`
    where the work is for that team as a whole.
    """
    while rows := draft.plan.assign.get(role):
        to = first(rows, draft.facts).to
        if to in POOLED:
            return Question(to, role)
        role = to
    return Question("", role)


def _among(draft: Draft, pools: tuple[Question, ...], barred: tuple[str, ...]) -> Deal | None:
    """To whom of the people of some roles an item goes."""
    question = pools[0] if len(pools) == 1 else Question(SHARED, "", among=pools)
    if not draft.is_answered(question):
        return None
    people, roles = draft.answers[question], tuple(pool.of for pool in pools)
    if people is None:
        return Deal(roles)
    return Deal(roles, question.how, next((person for person in people if person not in barred), ""))


def _give(draft: Draft, deal: Deal, keys: list[str]) -> None:
    """Give items to whom they go. Where nobody is found, to the owner of the order, who is told."""
    said: dict[str, Any] = {"how": deal.how} if deal.how else {}
    if len(deal.roles) == 1:
        said["role"] = deal.roles[0]
    else:
        said["roles"] = list(deal.roles)
    if deal.how and not deal.to:
        fall_to_owner(draft, keys, **said)
    else:
        draft.emit("dealt", items=keys, to=deal.to, **said)
