"""Linked orders: what each has said of itself stands in the snapshot, and whatever of this order another one
reads is told to it once it has changed. Nobody reads the other order itself.

What an order says is a map: its `process`, `number`, `stage` with the `title` of that, whether it is `open`
and `held`; once it has ended its `end`, and whether it was `called_off` by that; the `fields` that are read
there and by whom they may be `seen`; what this order is called over there (`as`), and which fields of it are
wanted (`wants`). Who speaks first adds what it `knows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from flowengine.compiler.plan import Action, Plan
from flowengine.definition.inner.exceptions import LINK, RAISED_AS
from flowengine.definition.spans import elapsed, spelled
from flowengine.kernel.commands import Create, Hear
from flowengine.kernel.decision import Blocker, Effect
from flowengine.kernel.draft import Draft
from flowengine.kernel.order import Linked, Order
from flowengine.kernel.raising import heard, joined, told_case

MOST_HOPS: Final = 20
"""How often orders may set off each other before it is taken for a circle."""
_KNOWS: Final = "knows"


def link(draft: Draft, command: Create) -> list[Blocker]:
    """Link a new order with those that it is to be linked with; what is wrong with that."""
    links = draft.plan.links
    wholes = [part.whole for part in draft.plan.parts.values() if part.name != command.part]
    known = [name for name, each in links.items() if not each.many and name not in wholes]
    blockers = [
        Blocker("no_such_link", name, params={"known": known}) for name in command.links if name not in known
    ]
    for name in known:
        if found := command.linked.get(name):
            note(draft, name, found["order"], found["says"])
        elif name in command.links:
            params: dict[str, Any] = {
                "process": list(links[name].process),
                "ref": str(command.links[name]),
            }
            blockers.append(Blocker("linked_not_found", name, line=links[name].line, params=params))
        elif links[name].required:
            params = {"title": links[name].title.all()}
            blockers.append(Blocker("link_missing", name, (draft.plan.owner,), links[name].line, params))
    return blockers


def hear(draft: Draft, command: Hear) -> tuple[Blocker, ...]:
    """Take in what another order says of itself, be this one open or closed."""
    if command.hops > MOST_HOPS:
        return (Blocker("endless", command.link, params={"most": MOST_HOPS}),)
    says = {name: value for name, value in command.says.items() if name != _KNOWS}
    if command.raised:
        joined(draft, command.raised, says)
    if draft.order.linked.get(command.link, {}).get(str(command.order)) != says:
        note(draft, command.link, command.order, says)
    return ()


def note(draft: Draft, name: str, order: int, says: Linked) -> None:
    """Take in what an order says that stands under a link from now on, or already."""
    others = draft.order.linked.get(name, {})
    before = others.get(str(order))
    moments = [] if before else [f"{name}.started"]
    if not says["open"] and (before is None or before["open"]):
        moments.append(f"{name}.{says['end']}")
        others_open = any(each["open"] for id, each in others.items() if id != str(order))
        if not (others_open or draft.order.coming.get(name, {}).keys() - {says["number"]}):
            moments.append(f"{name}.ended")
    first = {} if before else {"first": True}
    draft.emit("linked", *moments, link=name, order=order, says=says, **first)
    if name == LINK:
        heard(draft, says)


def start(draft: Draft, action: Action) -> None:
    """Have an order of another process opened, linked with this one, for whoever sets it off."""
    fields = {name: written(value.value(draft.facts)) for name, value in action.fields}
    key = f"start/{draft.order.told + 1}"
    draft.emit("starting", link=action.link, process=action.start, key=key)
    said = {"process": action.start, "link": action.link, "fields": fields, "hops": draft.hops}
    draft.effects.append(Effect("start", key, {**said, "by": draft.behind}))


def tell_linked(draft: Draft, before: Order | None, command: object) -> None:
    """Tell every linked order what it reads of this one, if that is not what it was told before."""
    for name, others in draft.order.linked.items():
        for id in others:
            was = _told_before(draft.plan, before, command, name, id)
            now = _told_to(draft.plan, draft.order, name, id)
            if now != was:
                is_new = before is None or id not in before.linked.get(name, {})
                is_known = isinstance(command, Hear) and not command.raised
                _tell(draft, name, id, now, introduces=is_new and not is_known)


def _told_before(
    plan: Plan, before: Order | None, command: object, name: str, id: str
) -> Mapping[str, Any] | None:
    """What a linked order knows of this one: what it has said that it knows, or what stood here before."""
    if before is not None and id in before.linked.get(name, {}):
        return _told_to(plan, before, name, id)
    return command.says.get(_KNOWS) if isinstance(command, Hear) else None


def _told_to(plan: Plan, order: Order, name: str, id: str) -> Linked:
    """What a linked order is told of this one; a case besides what has come of its exception."""
    known = order.linked[name][id]
    says = seen_there(plan, order, known["wants"])
    if name == LINK:
        says["fields"] |= told_case(order, known["fields"].get(RAISED_AS))
    return says


def _tell(draft: Draft, name: str, id: str, now: Linked, *, introduces: bool) -> None:
    known = draft.order.linked[name][id]
    says = {**now, "as": name, "wants": wanted(draft.plan, name)}
    if introduces:
        says[_KNOWS] = {part: value for part, value in known.items() if part not in ("as", "wants")}
    key = f"signal/{draft.order.told + 1}"
    draft.emit("signalled", link=name, order=int(id), number=known["number"], stage=now["stage"], key=key)
    said = {"to": int(id), "link": known["as"], "says": says, "hops": draft.hops}
    draft.effects.append(Effect("signal", key, said))


def wanted(plan: Plan, name: str) -> list[str]:
    """The fields that orders of a plan read of those that stand under a link."""
    return list(plan.links[name].reads) if name in plan.links else []


def seen_there(plan: Plan, order: Order, wants: Iterable[str]) -> Linked:
    """What a linked order is told of this one: where it stands, and the fields that it `wants`.

    Private values are copied, and never read. Who sees a field here is told with it; of a part also who did
    what, as four eyes hold for the order that was split as well.
    """
    plan = plan.of(order.fields, order.overlays)
    names = [name for name in wants if name in plan.fields and not plan.fields[name].private]
    says: Linked = {
        "process": plan.process,
        "number": order.number,
        "stage": order.stage,
        "open": order.status == "open",
        "held": bool(order.holds),
        "title": plan.places[order.stage].title.all(),
        "fields": {name: order.fields[name] for name in names if name in order.fields},
    }
    if order.status == "closed":
        says["end"] = order.stage
        says["called_off"] = plan.ends[order.stage].kind == "cancelled"
    if order.part and order.doers:
        says["doers"] = order.doers
    if plan.is_guarded:
        says["seen"] = {name: list(_seers(plan, name)) for name in names}
    return says


def _seers(plan: Plan, field: str) -> Iterator[str]:
    """The roles that see a field at any time."""
    return (role for role, rights in plan.rights.items() if {field, "all"} & {*rights.sees, *rights.edits})


def written(value: object) -> Any:
    """A value as it may be given to a field of another process, and be kept as JSON until then."""
    match value:
        case list() | tuple():
            return [{name: written(cell) for name, cell in row.items()} for row in value]
        case timedelta():
            return spelled(elapsed(value))
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)
