"""What changes for those who send orders in, but for the fields: checks, channels, types, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from flowengine.compiler.comparing.attributes import Kind
from flowengine.compiler.comparing.change import Change, Effect, Spot, Words, shift
from flowengine.compiler.comparing.conditions import condition, same
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.comparing.fields import is_demanded
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Check, Plan
from flowengine.definition.builtin_fields import TYPE
from flowengine.texts import LANGUAGES, Phrase


def checks(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Checks have no names: those that stayed are found by what they say, the others are told in pairs."""
    gone = [check for check in old.checks if not _among(check, new.checks)]
    come = [check for check in new.checks if not _among(check, old.checks)]
    spot = spot.at("order", "checks")
    for before, after in zip(gone, come, strict=False):
        for change in condition(spot.at(str(new.checks.index(after))), "check", before.that, after.that):
            yield replace(change, breaking=change.effect != "looser")
    for check in come[len(gone) :]:
        yield spot.at(str(new.checks.index(check))).change(
            "check.added",
            "stricter",
            breaking=True,
            new=check.that.source,
            check=spot.condition(check.that, "new"),
        )
    for check in gone[len(come) :]:
        yield spot.at(str(old.checks.index(check))).change(
            "check.removed", "looser", old=check.that.source, check=spot.condition(check.that, "old")
        )


def _among(check: Check, checks: Sequence[Check]) -> bool:
    return any(same(check.that, other.that) for other in checks)


def channels(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Where orders come from, and which of a channel's names means which field."""
    spot = spot.at("order", "channels")
    for name, maps in new.channels.items():
        if name not in old.channels:
            channel = new.channel_titles[name].all() if name in new.channel_titles else name
            demanded = not old.channels
            yield spot.at(name).change(
                "channel.added",
                "stricter" if demanded else "looser",
                breaking=demanded,
                new=essence(maps),
                channel=channel,
            )
    for name, maps in old.channels.items():
        channel = old.channel_titles[name].all() if name in old.channel_titles else name
        if name not in new.channels:
            yield spot.at(name).change(
                "channel.removed", "stricter", breaking=True, old=essence(maps), channel=channel
            )
        elif dict(maps) != dict(new.channels[name]):
            words = (
                [f"{key} = {path}" for key, path in sorted(p.channels[name].items())] for p in (old, new)
            )
            yield spot.at(name, "maps").change(
                "channel.maps",
                breaking=True,
                old=essence(maps),
                new=essence(new.channels[name]),
                channel=channel,
                shift=shift(*(each or Phrase("diff.nothing") for each in words)),
            )


def types(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Which types of order there are. As soon as there are several, each order must say its type."""
    spot = spot.at("types")
    demanded = _must_say_type(new) and not _must_say_type(old)
    for name in (name for name in new.variants if name not in old.variants):
        effect: Effect = "stricter" if demanded else "looser"
        yield spot.at(name).change(
            "type.added",
            effect,
            breaking=demanded,
            new=name,
            type=_type_named(new, name),
        )
    for name in (name for name in old.variants if name not in new.variants):
        yield spot.at(name).change(
            "type.removed",
            "stricter",
            breaking=True,
            old=name,
            type=_type_named(old, name),
        )


def _type_named(plan: Plan, name: str) -> Words:
    return {lang: Names(plan, lang).type(name) for lang in LANGUAGES}


def _must_say_type(plan: Plan) -> bool:
    return TYPE in plan.fields and is_demanded(plan.fields[TYPE])


def unique(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """By which values two orders are one."""
    if set(old.unique) != set(new.unique):
        names = [[spot.field(name) for name in plan.unique] or Phrase("diff.nothing") for plan in (old, new)]
        yield spot.at("order", "unique").change(
            "unique", breaking=True, old=list(old.unique), new=list(new.unique), shift=shift(*names)
        )


def number(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """The form of order numbers."""
    if old.number != new.number:
        yield spot.at("order", "number").change(
            "number", old=old.number, new=new.number, shift=shift(old.number, new.number)
        )


CHECK: Final = Kind(
    read={},
    passed_over={
        "that": "checks are compared as a list",
        "otherwise": "a text",
        "line": "layout of the file",
    },
)
