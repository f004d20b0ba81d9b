"""Taking work upon oneself: claim, give back, and pass it to somebody else with a reason.

Work of a queue is for everybody who holds the role; whoever has claimed it does it alone. A seat in an
approval is not claimed: one person would keep a round from being decided. It is passed on by its own verbs.
Nor is what the customer may do: nobody inside does it in their place.
"""

from __future__ import annotations

from typing import Final

from flowengine.compiler.plan import Outcome, Plan
from flowengine.definition.outsiders import CUSTOMER
from flowengine.kernel.acquaintance import unknown_person
from flowengine.kernel.addressees import at
from flowengine.kernel.commands import Claim, GiveBack, Reassign
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.work import work
from flowengine.kernel.work_item import WorkItem

REASSIGN: Final = "reassign"


def claim(draft: Draft, command: Claim) -> tuple[Blocker, ...]:
    """Take work upon oneself; with one choice in a place, the others there that one may choose."""
    items, refused = _items(draft, command.item)
    if refused:
        return refused
    item, me = items[command.item], draft.by.id
    if draft.by.is_system:
        return (Blocker("nobody_claims", item.key),)
    if item.taken_by:
        code = "taken_already" if item.taken_by == me else "taken"
        return (_blocker(code, item, (at(item.taken_by),)),)
    if not draft.permits(item.roles, item.thing.line):
        return (Blocker("not_yours", item.key, item.roles, item.thing.line),)
    if me in item.barred:
        return (_blocker("barred_from_work", item, item.roles),)
    mine = [each.key for each in _beside(items, item) if _is_open_to(draft, each)]
    draft.emit("claimed", items=mine, to=me, by=me)
    return ()


def give_back(draft: Draft, command: GiveBack) -> tuple[Blocker, ...]:
    """Put work back into the queue: one's own, or with a reason that of somebody else."""
    items, refused = _items(draft, command.item)
    if refused:
        return refused
    item = items[command.item]
    was = item.taken_by
    if not was:
        return (_blocker("not_taken", item, item.roles),)
    if was != draft.by.id and (refused := _may_not_pass(draft, item)):
        return refused
    _let_go(draft, items, item, "given_back")
    if was != draft.by.id:
        draft.tell([at(was)], "taken_away", place=item.key, stage=draft.order.stage)
    return ()


def reassign(draft: Draft, command: Reassign) -> tuple[Blocker, ...]:
    """Pass work to somebody by hand, whoever has it; the reason comes with the request."""
    items, refused = _items(draft, command.item)
    if refused:
        return refused
    item, to = items[command.item], command.to.strip()
    if refused := _may_not_pass(draft, item):
        return refused
    if refused := _cannot_have(draft, item, to):
        return refused
    was = item.taken_by
    keys = [each.key for each in _beside(items, item) if each.taken_by == was]
    said = {"was": was} if was else {}
    draft.emit("reassigned", items=keys, to=to, by=draft.by.id, reason=draft.reason, **said)
    draft.tell([at(to)], "reassigned", place=item.key, stage=draft.order.stage, reason=draft.reason)
    if was and was != draft.by.id:
        draft.tell([at(was)], "taken_away", place=item.key, stage=draft.order.stage)
    return ()


def _cannot_have(draft: Draft, item: WorkItem, to: str) -> tuple[Blocker, ...]:
    """Why work cannot be passed to somebody of that name."""
    if not to:
        return (_blocker("nobody_named", item, item.roles),)
    if to in item.barred:
        return (_blocker("barred_from_work", item, item.roles),)
    if to == item.taken_by:
        return (_blocker("taken_already", item, (at(to),)),)
    return unknown_person(draft, item, to)


def leads(plan: Plan, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Who may pass on the work of these roles: those that may reassign everything, and those that the roles
    name; the owner of the order where no role says anything of it.
    """
    every = [role for role, rights in plan.rights.items() if REASSIGN in rights.may]
    named = [plan.rights[role].reassign for role in roles if role in plan.rights]
    return tuple(dict.fromkeys((*every, *filter(None, named)))) or (plan.owner,)


def _items(draft: Draft, key: str) -> tuple[dict[str, WorkItem], tuple[Blocker, ...]]:
    """The work items of the order, and why the one of that key cannot belong to somebody."""
    items = {item.key: item for item in work(draft.plan, draft.order)}
    if key not in items:
        known = [name for name, item in items.items() if _is_claimable(item)]
        return items, (Blocker("no_such_work", key, params={"known": known}),)
    if not _is_claimable(items[key]):
        code = "not_claimable" if items[key].kind == "approval" else "customers_own"
        return items, (_blocker(code, items[key], items[key].roles),)
    return items, ()


def _is_claimable(item: WorkItem) -> bool:
    return item.kind != "approval" and CUSTOMER not in item.roles


def _beside(items: dict[str, WorkItem], item: WorkItem) -> list[WorkItem]:
    """The item, and where it is a choice the other choices of its place."""
    if not isinstance(item.thing, Outcome):
        return [item]
    return [each for each in items.values() if _place(each) == item.thing.place]


def _place(item: WorkItem) -> str:
    return item.thing.place if isinstance(item.thing, Outcome) else ""


def _is_open_to(draft: Draft, item: WorkItem) -> bool:
    by = draft.by
    return not item.taken_by and by.id not in item.barred and by.role_among(item.roles) is not None


def _may_not_pass(draft: Draft, item: WorkItem) -> tuple[Blocker, ...]:
    """Why the one who asks may not decide about the work of others."""
    roles = leads(draft.plan, item.roles)
    if not draft.permits(roles, None):
        return (_blocker("not_to_pass", item, roles),)
    if not draft.reason.strip():
        return (Blocker("reason_missing", item.key, roles, item.thing.line),)
    return ()


def _let_go(draft: Draft, items: dict[str, WorkItem], item: WorkItem, event: str) -> None:
    keys = [each.key for each in _beside(items, item) if each.taken_by == item.taken_by]
    said = {"reason": draft.reason} if draft.reason.strip() else {}
    draft.emit(event, items=keys, was=item.taken_by, by=draft.by.id, **said)


def _blocker(code: str, item: WorkItem, owner: tuple[str, ...]) -> Blocker:
    return Blocker(code, item.key, owner, item.thing.line, {"title": item.thing.title.all()})
