"""What changes in what is done by itself: clocks with names, holds, rules, links and calls, each as a whole;
how lanes are had, and what comes from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from functools import partial
from typing import Any, Final, TypeVar

from flowengine.compiler import wording
from flowengine.compiler.comparing.attributes import Kind
from flowengine.compiler.comparing.change import Change, Spot
from flowengine.compiler.comparing.essence import timed
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import (
    Call,
    Clock,
    Exceptional,
    Hold,
    Incoming,
    Lane,
    Link,
    OwnPart,
    Part,
    Plan,
    Rule,
    Stage,
)
from flowengine.definition.inner import is_inner
from flowengine.texts import LANGUAGES

T = TypeVar("T", Call, Clock, Exceptional, Hold, Incoming, Lane, Link, OwnPart, Part, Rule)
S = TypeVar("S")


def clocks(spot: Spot, old: Plan | Stage, new: Plan | Stage) -> Iterator[Change]:
    """Clocks that came, went and changed."""
    yield from _things(spot.at("clocks"), "clock", old.clocks, new.clocks, wording.clock)


def holds(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Holds that came, went and changed."""
    yield from _things(spot.at("holds"), "hold", _held(old), _held(new), wording.hold)


def _held(plan: Plan) -> dict[str, Hold]:
    """The holds; nobody is told of one without a time of its own: it just follows the owner of the order."""
    return {
        name: replace(hold, owner="order.owner") if hold.owner == plan.owner and not hold.due else hold
        for name, hold in plan.holds.items()
    }


def lanes(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Lanes that came, went, and are had in another way; what they change is compared for itself."""
    yield from _things(spot.at("lanes"), "lane", old.lanes, new.lanes, wording.lane)


def links(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Links that came, went and changed; one that comes or goes with what brings it is told of that."""
    brought = {
        name
        for one, other in ((old, new), (new, old))
        for name in _brought(one) - _brought(other)
        if name not in other.links
    }
    before, after = (
        {name: link for name, link in plan.links.items() if name not in brought} for plan in (old, new)
    )
    yield from _things(spot.at("links"), "link", before, after, wording.link)


def _brought(plan: Plan) -> set[str]:
    """The links with parts, and with orders of the processes that one brings."""
    parts = (name for part in plan.parts.values() for name in (part.name, part.whole))
    return {*parts, *(link.name for link in plan.links.values() if any(map(is_inner, link.process)))}


def calls(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Calls out that came, went and changed."""
    yield from _things(spot.at("calls"), "call", old.calls, new.calls, wording.call)


def exceptions(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Exceptions that came, went and are raised in another way; what is asked of their cases is compared for
    itself.
    """
    yield from _things(spot.at("exceptions"), "exception", old.exceptions, new.exceptions, wording.exception)


def rules(spot: Spot, old: Plan | Stage, new: Plan | Stage) -> Iterator[Change]:
    """Rules that came, went and changed."""
    yield from _things(spot.at("rules"), "rule", old.rules, new.rules, wording.rule)


def events(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Events from outside that came, went and changed."""
    yield from _things(spot.at("events"), "event", old.events, new.events, wording.event)


def parts(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Parts that came, went and changed."""
    yield from _things(spot.at("parts"), "order_part", old.parts, new.parts, wording.part)


def own_parts(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Parts with a life of their own that came, went and are opened in another way; that life is compared for
    itself.
    """
    yield from _things(spot.at("parts"), "own_part", old.own_parts, new.own_parts, wording.own_part)


def opened(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """How the calendar opens orders."""
    here, before, after = spot.at("order", "opened"), timed(old.opened, old), timed(new.opened, new)
    if before == after:
        return
    if new.opened is None:
        yield here.change("opened.removed", old=before)
    elif old.opened is None:
        said = spot.said("new", partial(_said, wording.opened, new.opened))
        yield here.change("opened.added", new=after, said=said)
    else:
        words = spot.both(old.opened, new.opened, wording.opened, "diff.nothing")
        yield here.change("opened.changed", old=before, new=after, shift=words)


def _things(
    spot: Spot, code: str, old: Mapping[str, T], new: Mapping[str, T], say: Callable[[Names, T], str]
) -> Iterator[Change]:
    for name, thing in new.items():
        if name not in old:
            said = spot.said("new", partial(_said, say, thing))
            yield spot.at(name).change(
                f"{code}.added", new=timed(thing, spot.new), said=said, **_title(thing)
            )
    for name, thing in old.items():
        if name not in new:
            yield spot.at(name).change(f"{code}.removed", old=timed(thing, spot.old), **_title(thing))
            continue
        before, after = timed(thing, spot.old), timed(new[name], spot.new)
        if before != after:
            words = spot.both(thing, new[name], say, "diff.nothing")
            yield spot.at(name).change(f"{code}.changed", old=before, new=after, shift=words, **_title(thing))


def _said(say: Callable[[Names, S], str], thing: S, names: Names) -> str:
    return say(names, thing)


def _title(thing: T) -> dict[str, Any]:
    return {"thing": {lang: thing.title.say(lang) for lang in LANGUAGES}}


_WHOLE: Final = "compared together with what holds it"


def whole(part: type) -> Kind:
    """A class whose parts are compared as a whole, but for the layout of the file and texts."""
    layout = {"line": "layout of the file", "title": "a text", "name": "two are matched by it"}
    return Kind(
        {}, {name: layout.get(name, _WHOLE) for name in (field.name for field in fields(part) if field.init)}
    )
