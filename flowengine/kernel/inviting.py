"""Inviting the customer to confirm: who may hand out a link, for what, and what whoever follows it is asked.

The links themselves, and their tokens, are none of the kernel's business: it knows the id of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flowengine.compiler.plan import Need, Plan
from flowengine.definition.outsiders import CUSTOMER
from flowengine.kernel.acts import already_done, need_here, not_now
from flowengine.kernel.commands import Invite, Principal, Revoke
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.flow import play_time
from flowengine.kernel.order import Order
from flowengine.kernel.putting import asking, digest
from flowengine.kernel.variant import plan_for

QuestionState = Literal["open", "met", "ended", "gone"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a need asks at present: `order` and `plan` as they are then, `shown` the digest of what it covers.

    It is `gone` where it is not asked, or not as it was when somebody was invited.
    """

    state: QuestionState
    plan: Plan
    order: Order
    need: Need | None = None
    shown: str = ""


def question(plan: Plan, order: Order, now: int, name: str, asked: str) -> Question:
    """What somebody is asked at `now` (milliseconds UTC) who was invited to answer that asking of a need."""
    plan = plan_for(plan, order)
    draft = Draft(plan, order, Principal.system("question"), now, "")
    play_time(draft, max(now, order.last_at))
    if draft.order.status == "closed":
        return Question("ended", plan, draft.order)
    need = draft.doable(name)
    if need is None or need.kind != "confirm" or asking(draft, need) != asked:
        return Question("gone", plan, draft.order)
    if already_done(draft, need):
        return Question("met", plan, draft.order, need)
    state: QuestionState = "gone" if not_now(draft, need) else "open"
    return Question(state, plan, draft.order, need, digest(draft, need))


def invite(draft: Draft, command: Invite) -> tuple[Blocker, ...]:
    """Put on record that the customer was handed a link, by one of those who are accountable."""
    need, refused = need_here(draft, command.need, "confirm")
    if need is None:
        return refused
    if refused := _may(draft, need):
        return refused
    if CUSTOMER not in need.by:
        return (Blocker("no_outsider", need.name, draft.doers(need), need.line, {"title": need.title.all()}),)
    if refused := not_now(draft, need) or already_done(draft, need):
        return refused
    said = {"need": need.name, "link": command.link, "until": command.until}
    draft.emit("invited", **said, asking=asking(draft, need), by=draft.by.id)
    return ()


def revoke(draft: Draft, command: Revoke) -> tuple[Blocker, ...]:
    """Put on record that a link was taken back."""
    need = draft.doable(command.need) or draft.plan.find(command.need)
    if need is not None and (refused := _may(draft, need)):
        return refused
    draft.emit("revoked", need=command.need, link=command.link, by=draft.by.id)
    return ()


def _may(draft: Draft, need: Need) -> tuple[Blocker, ...]:
    """Whoever is accountable for the place of the need or for the order speaks to the customer."""
    roles = tuple(dict.fromkeys((draft.owner_of(need.place), draft.plan.owner)))
    if draft.permits(roles, need.line):
        return ()
    return (Blocker("not_yours", need.name, roles, need.line),)
