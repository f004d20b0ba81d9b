"""Two plans compared, from the head to the ends: the way into this package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from flowengine.compiler.away import Away
from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.by_itself import (
    calls,
    clocks,
    events,
    exceptions,
    holds,
    lanes,
    links,
    opened,
    own_parts,
    parts,
    rules,
    whole,
)
from flowengine.compiler.comparing.calendars import calendar, calendars
from flowengine.compiler.comparing.change import Change, Spot, shift
from flowengine.compiler.comparing.ends import END, ends
from flowengine.compiler.comparing.ends import whole as whole_outcomes
from flowengine.compiler.comparing.fields import COLUMN, FIELD, fields
from flowengine.compiler.comparing.intake import CHECK, channels, checks, number, types, unique
from flowengine.compiler.comparing.needs import NEED
from flowengine.compiler.comparing.notices import DIGEST, QUIET, notices, via
from flowengine.compiler.comparing.outcomes import ACTION, OUTCOME
from flowengine.compiler.comparing.rights import RIGHTS, amending, assigning, away, heads, members, rights
from flowengine.compiler.comparing.stages import STAGE, path
from flowengine.compiler.comparing.tasks import TASK
from flowengine.compiler.notices import Digest, Notices, Quiet
from flowengine.compiler.plan import (
    Action,
    Amending,
    Approval,
    ApprovalStep,
    Call,
    Check,
    Clock,
    Derived,
    DerivedRow,
    Due,
    End,
    Exceptional,
    Hold,
    Incoming,
    Lane,
    Link,
    Message,
    Need,
    Opened,
    Outcome,
    OwnPart,
    Part,
    Plan,
    Quota,
    Rights,
    Rule,
    Stage,
    Task,
    TierRow,
    Way,
)
from flowengine.definition.words import Column, Field


def compare(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Everything that changes for an order, in the order in which a process is written."""
    return tuple(differences(Spot(old, new), old, new, PLAN))


def _process(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    if old.process != new.process:
        yield spot.at("process").change(
            "process", old=old.process, new=new.process, shift=shift(old.process, new.process)
        )


def _owner(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    if old.owner != new.owner:
        roles = shift(spot.role(old.owner), spot.role(new.owner))
        yield spot.at("owner").change("order_owner", old=old.owner, new=new.owner, shift=roles)


def _zone(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    if old.zone.key != new.zone.key:
        yield spot.at("zone").change(
            "zone", old=old.zone.key, new=new.zone.key, shift=shift(old.zone.key, new.zone.key)
        )


def _roles(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    for code, one, other in (("role.added", new, old), ("role.removed", old, new)):
        for name in (name for name in one.roles if name not in other.roles):
            yield spot.at("roles", name).change(code, role=spot.role(name))


def _stages(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    yield from path(spot, old, new)
    yield from whole_outcomes(spot, old, new)


def _asks(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """What is asked where something else happened; that it is asked at all stands in the action."""
    for name in (name for name in old.asks if name in new.asks):
        yield from differences(spot.at("asks", name), old.asks[name], new.asks[name], NEED)


def _variants(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Types of order that came and went, then what changes for those that stayed and for no other order."""
    yield from types(spot, old, new)
    pairs = {name: (plan, new.variants[name]) for name, plan in old.variants.items() if name in new.variants}
    for name, change in _besides(spot, old, new, ONE, _changes(pairs, ONE)):
        yield replace(change, path=f"types.{name}.{change.path}", of_type=name)


def _granted(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """What changes for orders on a lane, and for no others."""
    pairs = {
        name: (plan, new.granted[name])
        for name, plan in old.granted.items()
        if name in old.lanes and name in new.granted
    }
    for name, change in _besides(spot, old, new, PLAIN, _changes(pairs, PLAIN)):
        yield replace(change, path=f"lanes.{name}.grants.{change.path}", lane=name)


def _tiers(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    if old.tiers != new.tiers:
        told = [", ".join(map(str, each.tiers)) for each in (old, new)]
        yield spot.at("tiers").change("tiers", old=list(old.tiers), new=list(new.tiers), shift=shift(*told))


def _teams(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Who acts beside an owner; which owner on which tier stands in the stages of the cases."""
    if old.teams != new.teams:
        before, after = (
            {owner: [owner, *others] for owner, others in each.teams.items()} for each in (old, new)
        )
        told = [", ".join(" + ".join(team) for team in each.values()) for each in (before, after)]
        yield spot.at("teams").change("teams", old=before, new=after, shift=shift(*told))


_TOLD_ABOVE: Final = ("process", "type.added", "type.removed")
"""What changes in a process that another brings, and is told of that one in words of its own."""


def _inner(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """What changes in the processes that one brings, and is not told of the one itself: the calendars and
    people of both are the same. That they come and go is told with what brings them. Nobody sends orders in
    to them.
    """
    pairs = {name: (plan, new.inner[name]) for name, plan in old.inner.items() if name in new.inner}
    changes = [each for each in _changes(pairs, PLAN) if each[1].code not in _TOLD_ABOVE]
    for name, change in _besides(spot, old, new, PLAIN, changes):
        yield replace(change, path=f"{name}.{change.path}", inner=name, breaking=False)


def _changes(pairs: Mapping[str, tuple[Plan, Plan]], kind: Kind) -> list[tuple[str, Change]]:
    """What changes in each of these pairs of plans."""
    return [
        (name, change)
        for name, (before, after) in pairs.items()
        for change in differences(Spot(before, after), before, after, kind)
    ]


def _besides(
    spot: Spot, old: Plan, new: Plan, kind: Kind, changes: list[tuple[str, Change]]
) -> Iterator[tuple[str, Change]]:
    """Those of the changes that are not told of all orders as well; seldom are there any to ask about."""
    told = {_told(change) for change in differences(spot, old, new, kind)} if changes else set()
    yield from (each for each in changes if _told(each[1]) not in told)


def _told(change: Change) -> str:
    """What a change says, for all orders, for those of one type or in a process that is brought."""
    return json.dumps([change.code, change.path, change.old, change.new], sort_keys=True)


_READ: Final = {
    "process": _process,
    "owner": _owner,
    "zone": _zone,
    "calendar": calendar,
    "calendars": calendars,
    "roles": _roles,
    "rights": rights,
    "members": members,
    "away": away,
    "heads_of": heads,
    "assign": assigning,
    "fields": fields,
    "amending": amending,
    "channels": channels,
    "checks": checks,
    "unique": unique,
    "number": number,
    "stages": _stages,
    "ends": ends,
    "asks": _asks,
    "clocks": clocks,
    "holds": holds,
    "rules": rules,
    "lanes": lanes,
    "links": links,
    "calls": calls,
    "events": events,
    "exceptions": exceptions,
    "tiers": _tiers,
    "teams": _teams,
    "opened": opened,
    "parts": parts,
    "own_parts": own_parts,
    "via": via,
    "notices": notices,
}
_PASSED_OVER: Final = {
    "version": "the name of the file's state; a comparison is headed by it",
    "title": "a text",
    "language": "the language of the texts",
    "file": "where the process is written",
    "hash": "of the text of the file",
    "channel_titles": "texts",
    "marks": "made of the outcomes and the conditions",
    "router": "made of the ways and the outcomes",
    "lasting": "made of the needs",
    "apart": "made of the needs and outcomes",
    "heads": "made of whom needs, outcomes, owners and actions name",
    "names_people": "made of whom needs, outcomes and owners name",
    "remembered": "made of whom needs, outcomes and owners name",
    "covering": "made of the needs",
    "detours": "made of the outcomes",
    "derived": "made of the fields",
    "messages": "texts",
    "private": "made of the fields",
    "has_approvals": "made of the needs",
}
_APART: Final = "each is compared for itself"
PLAIN: Final = Kind(_READ, {**_PASSED_OVER, "variants": _APART, "granted": _APART, "inner": _APART})
"""Of a plan for itself, whether under lanes or not."""
ONE: Final = Kind({**_READ, "granted": _granted}, {**_PASSED_OVER, "variants": _APART, "inner": _APART})
"""Of a plan for one type of order."""
PLAN: Final = Kind({**_READ, "granted": _granted, "variants": _variants, "inner": _inner}, _PASSED_OVER)
"""Of a plan as a whole."""

_WHOLE: Final = "compared together with the stage that holds it"
_OF_FIELDS: Final = "made of the fields"
KINDS: Final = {
    Plan: PLAN,
    Stage: STAGE,
    Task: TASK,
    End: END,
    Outcome: OUTCOME,
    Action: ACTION,
    Rights: RIGHTS,
    Amending: whole(Amending),
    Need: NEED,
    Check: CHECK,
    Notices: Kind({}, dict.fromkeys(("quiet", "digest"), "compared together, where the plan holds them")),
    Quiet: QUIET,
    Digest: DIGEST,
    Message: Kind({}, dict.fromkeys(("text", "subject"), "texts")),
    Field: FIELD,
    Column: COLUMN,
    Away: Kind({}, dict.fromkeys(("first", "last", "substitute"), "compared together for each person")),
    Way: Kind({}, {"to": _WHOLE, "when": _WHOLE}),
    Derived: Kind({}, dict.fromkeys(("name", "computed", "rows", "reads"), _OF_FIELDS)),
    DerivedRow: Kind({}, dict.fromkeys(("when", "value", "stored"), _OF_FIELDS)),
    Due: whole(Due),
    Clock: whole(Clock),
    Hold: whole(Hold),
    Incoming: whole(Incoming),
    Rule: whole(Rule),
    Call: whole(Call),
    Lane: whole(Lane),
    Link: whole(Link),
    Exceptional: whole(Exceptional),
    TierRow: Kind({}, dict.fromkeys(("tier", "over", "when"), "compared together with its exception")),
    Opened: whole(Opened),
    OwnPart: whole(OwnPart),
    Part: Kind({}, {**whole(Part).passed_over, **dict.fromkeys(("trigger", "done"), "made of its name")}),
    Quota: whole(Quota),
    Approval: whole(Approval),
    ApprovalStep: whole(ApprovalStep),
}
"""Every class of a plan with what is done about its attributes; a test holds it against the classes."""
