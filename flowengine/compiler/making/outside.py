"""What goes to other systems and comes from them: calls, events, messages and links."""

from __future__ import annotations

from flowengine.compiler import plan as plans
from flowengine.compiler.incoming import Incoming
from flowengine.compiler.making.maker import Maker
from flowengine.definition import words
from flowengine.definition.event_references import OF_EVENT
from flowengine.definition.raised_by_itself import failing
from flowengine.definition.scope import EVENT_MOMENT, LINK_MOMENTS, link_moments, needs_of, rules_of
from flowengine.definition.words import Text


def call(make: Maker, said: words.Call) -> plans.Call:
    """A call out."""
    return plans.Call(
        name=said.name,
        title=said.title or Text(en=said.name),
        line=said.place.line,
        function=said.function or "",
        webhook=said.webhook or "",
        send=tuple(said.send),
        sets=tuple((name, tuple(path.split(".")[1:])) for name, path in (said.sets or {}).items()),
        tries=said.tries,
        done=make.order.actions(said.done),
        failed=make.order.actions(failing(make.process, said)),
        undo=said.undo or "",
    )


def event(make: Maker, said: words.Event) -> Incoming:
    """An event in, with what of its data conditions read."""
    process, name = make.process, said.name
    behind = (rule.when for _, rule in rules_of(process) if rule.when and make.behind(rule) == name)
    asked = {each for when in behind if (found := make.expression(when, name)) for each in found.names}
    if said.early:
        make.reads(f"{name}.{EVENT_MOMENT}")
    return Incoming(
        name=name,
        title=said.title or Text(en=name),
        line=said.place.line,
        data={datum: _column(each) for datum, each in said.data.items()},
        match=tuple((field, make.value(field, each, name)) for field, each in said.match.items()),
        unique=said.unique or "",
        creates=said.creates,
        sets=tuple((field, make.value(field, each, name)) for field, each in (said.sets or {}).items()),
        refuses_early=said.early == "refuse",
        awaited=any(need.event == name for _, need in needs_of(process)),
        read=frozenset(each.removeprefix(OF_EVENT) for each in asked if each.startswith(OF_EVENT)),
    )


def _column(datum: words.Datum) -> words.Column:
    """Something that comes with an event, as any other column."""
    said = {each: getattr(datum, each) for each in ("name", "type", "title", "required", "choices")}
    return words.Column(place=datum.place, **said)


def channels_by_name(notices: words.Notices | None) -> dict[str, tuple[str, ...]]:
    """By which channels each is told, the first first."""
    return {str(who): tuple(ways) for who, ways in notices.via.items()} if notices else {}


def message(said: words.Message) -> plans.Message:
    """A text that the process brings for its messages."""
    return plans.Message(said.text.text, said.subject.text if said.subject else None)


def link(said: words.Link) -> plans.Link:
    """A link with orders of other processes."""
    return plans.Link(
        name=said.name,
        title=said.title or Text(en=said.name),
        line=said.place.line,
        process=tuple(map(str, said.process)),
        many=said.many,
        required=said.required,
        known_there_as=said.known_there_as or "",
        copies={str(here): str(there) for here, there in (said.copies or {}).items()},
        reads={str(name): column for name, column in (said.reads or {}).items()},
        ends=tuple(map(str, link_moments(said)[len(LINK_MOMENTS) :])),
    )
