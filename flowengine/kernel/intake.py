"""Accepting an order: incoming names to fields, every missing one listed, defaults filled, checks held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.compiler.plan import Plan
from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS
from flowengine.definition.derived import is_plain
from flowengine.definition.four_eyes import CREATOR
from flowengine.definition.outsiders import HOST_IDS
from flowengine.definition.values import Stored, WrongValue, is_blank, store
from flowengine.kernel.commands import Create
from flowengine.kernel.computing import completed, refused
from flowengine.kernel.decision import Blocker
from flowengine.kernel.draft import Draft
from flowengine.kernel.four_eyes import kept_from
from flowengine.kernel.linking import link
from flowengine.kernel.moving import enter
from flowengine.texts import Phrase


def create(draft: Draft, command: Create) -> tuple[Blocker, ...]:
    """Fill the new order of the draft from `command`, or say everything that is wrong with it."""
    blockers = link(draft, command)
    values, wrong = taken(draft.plan, command.incoming)
    blockers += wrong
    blockers += _kept_from(draft, command)
    blockers += completed(draft.plan, draft.order, values)
    blockers += [
        Blocker(
            "missing_fields",
            name=name,
            owner=(draft.plan.owner,),
            line=field.place.line,
            params={"field": field_title(draft.plan, name)},
        )
        for name, field in draft.plan.fields.items()
        if field.required and name not in values and not any(blocker.name == name for blocker in blockers)
    ]
    if blockers:
        return tuple(blockers)
    draft.emit("set", fields={name: [None, value] for name, value in values.items()})
    if command.part:  # what it begins with was right for the order that was split
        draft.emit("parted", link=command.part)
        enter(draft, draft.plan.parts[command.part].through[0])
        return ()
    if broken := tuple(broken_checks(draft)):
        return broken
    enter(draft, draft.plan.start)
    return ()


def _kept_from(draft: Draft, command: Create) -> Iterator[Blocker]:
    """The fields that whoever opens the order may not fill in: by that what asks for them would be done. But
    those without which nobody opens it they must. What another order opens for a person it fills in itself.
    """
    if draft.order.creator in HOST_IDS or command.creator:
        return
    given = {name for name, value in renamed(draft.plan, command.values).items() if not is_blank(value)}
    for stage in draft.plan.stages.values():
        for need in stage.doable.values():
            if need.field in given and CREATOR in need.not_by and not draft.plan.fields[need.field].required:
                given.discard(need.field)
                yield kept_from(draft, need, CREATOR, need.by)


def taken(plan: Plan, incoming: Mapping[str, Any]) -> tuple[dict[str, Stored], list[Blocker]]:
    """The incoming values as they are stored, with plain defaults, and a blocker for each that cannot be."""
    blockers: list[Blocker] = []
    values: dict[str, Stored] = {}
    for name, raw in renamed(plan, incoming).items():
        if name not in plan.fields:
            blockers.append(Blocker("no_such_field", name=name, params={"known": list(plan.fields)}))
            continue
        if name in SET_BY_THE_PROCESS:
            blockers.append(Blocker("set_by_process", name=name))
            continue
        if never := refused(plan, name):
            blockers += () if is_blank(raw) else never
            continue
        stored, problem = stored_value(plan, name, raw)
        blockers += [problem] if problem else []
        if stored is not None:
            values[name] = stored
    for name, field in plan.fields.items():
        if field.default and is_plain(field) and name not in values:
            values[name] = store(field, field.default[0].value, plan.zone)
    return values, blockers


def renamed(plan: Plan, incoming: Mapping[str, Any]) -> dict[str, Any]:
    """The incoming record under our names. What a mapping channel sends besides is left out."""
    maps = maps_of(plan, incoming)
    if not maps:
        return dict(incoming)
    named = {
        name: value
        for name, value in incoming.items()
        if name in plan.fields and name not in SET_BY_THE_PROCESS
    }
    for name, path in maps.items():
        value, found = value_at(incoming, path)
        if found:
            named[name] = value
    return named


def maps_of(plan: Plan, incoming: Mapping[str, Any]) -> Mapping[str, str]:
    """Under which path the channel of an incoming record sends each field; empty where it uses our names."""
    channel = incoming.get("channel")
    return plan.channels.get(channel, {}) if isinstance(channel, str) else {}


def stored_value(plan: Plan, name: str, raw: Any) -> tuple[Stored, Blocker | None]:
    """One value as it is stored, or why it cannot be."""
    field = plan.fields[name]
    try:
        return store(field, raw, plan.zone), None
    except WrongValue as wrong:
        why = Phrase(wrong.code, wrong.params)
        return None, Blocker(
            "wrong_value",
            name=name,
            line=field.place.line,
            params={"field": field_title(plan, name), "why": why},
        )


def broken_checks(draft: Draft) -> Iterator[Blocker]:
    """Every check of the order's data that does not hold now."""
    for check in draft.plan.checks:
        if not check.that.holds(draft.facts):
            said = check.otherwise.all() if check.otherwise else check.that.source
            yield Blocker("check_failed", name=check.that.source, line=check.line, params={"said": said})


def field_title(plan: Plan, name: str) -> object:
    """What people call the field, in the reader's language."""
    title = plan.fields[name].title
    return title.all() if title else name


def value_at(record: Mapping[str, Any], path: str) -> tuple[Any, bool]:
    """The value under a dotted path of an incoming record, and whether there is one."""
    if path in record:  # a CSV heading is flat, dots and all
        return record[path], True
    value: Any = record
    for step in path.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return None, False
        value = value[step]
    return value, True
