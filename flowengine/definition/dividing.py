"""What `parts` come to over which an order is split: links between it and its parts, and the wait for them.

Written out before the process is checked, like what links cascade.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flowengine.definition.findings import Finding, unknown
from flowengine.definition.inner.parts import whole_of
from flowengine.definition.scope import SPLIT, fields_of
from flowengine.definition.words import Link, Name, Need, Part, Process, Text, Written
from flowengine.texts import LANGUAGES, say

MOST_PARTS: Final = 20
"""Into how many parts an order may be split where its process names no number."""


def with_parts(process: Process) -> Process:
    """The process with two links for each of its parts: to all of them, and from each back to the whole."""
    divided = divided_parts(process)
    if not divided:
        return process
    links: dict[str, Link] = {}
    for part in divided.values():
        links |= {part.name: _parts(process, part), whole_of(part.name): _whole(process, part)}
    return replace(process, links={**links, **(process.links or {})})


def divided_parts(process: Process) -> dict[str, Part]:
    """The parts into which orders are split; the others have a life of their own."""
    return {name: part for name, part in (process.parts or {}).items() if part.through}


def _parts(process: Process, part: Part) -> Link:
    own = (Name.at(process.process, part.place),)
    return Link(place=part.place, name=part.name, title=part.title, process=own, many=True)


def _whole(process: Process, part: Part) -> Link:
    """A part has the private data of the order, is held as long as that is, and cancelled with it."""
    title = part.title or Text(en=part.name)
    private = [name for name, field in fields_of(process).items() if field.private]
    return Link(
        place=part.place,
        name=whole_of(part.name),
        title=Text(**{lang: say("parts.whole", lang, {"part": title.say(lang)}) for lang in LANGUAGES}),
        process=(Name.at(process.process, part.place),),
        known_there_as=Name.at(part.name, part.place),
        copies={Name.at(name, part.place): Name.at(name, part.place) for name in private} or None,
        cascade=("hold", "cancel"),
    )


def done_end(process: Process) -> str:
    """Where parts go that are done: the first end that is a success, empty if there is none. `closed` is one
    as long as it is not declared.
    """
    declared = process.ends or {}
    by_default = "" if "closed" in declared else "closed"
    return next((name for name, end in declared.items() if end.kind == "success"), by_default)


def done_need(part: Part) -> Need:
    """What an order waits for that is split: all its parts are there, and none of them is open."""
    title = part.title or Text(en=part.name)
    written = f"count({part.name}) >= {part.name}.{SPLIT} and not any({part.name}.open)"
    return Need(
        place=part.place,
        name=f"{part.name}_done",
        that=Written(written, part.place),
        else_=Text(**{lang: say("parts.open", lang, {"part": title.say(lang)}) for lang in LANGUAGES}),
    )


def part_findings(process: Process) -> Iterator[Finding]:
    """Parts that cannot be: of nothing that has rows, through stages that do not follow each other, or
    without an end to go to.
    """
    through: set[str] = set()
    for part in divided_parts(process).values():
        yield from _of(process, part)
        yield from _through(process, part)
        if not done_end(process):
            yield Finding("FE747", part.place, {"part": part.name}, "FE747.end")
        for name in part.through:
            if name in through:
                yield Finding("FE748", name.place, {"stage": name})
        through |= set(part.through)
        for known in (part.name, whole_of(part.name)):
            link = (process.links or {}).get(known)
            if link is not None and link.place != part.place:
                yield Finding("FE749", link.place, {"name": known, "part": part.name})


def _of(process: Process, part: Part) -> Iterator[Finding]:
    fields = fields_of(process)
    lists = [name for name, field in fields.items() if field.type == "list" and field.value is None]
    if part.of is None:
        yield Finding("FE755", part.place, {"part": part.name, "known": lists})
    elif part.of not in fields:
        yield unknown("FE203", part.of.place, part.of, lists)
    elif part.of not in lists:
        yield Finding("FE746", part.of.place, {"field": part.of, "known": lists})


def _through(process: Process, part: Part) -> Iterator[Finding]:
    stages = list(process.stages)
    for name in part.through:
        if name not in stages:
            yield unknown("FE202", name.place, name, stages)
    if not set(part.through) <= set(stages):
        return
    first = stages.index(part.through[0])
    if list(part.through) != stages[first : first + len(part.through)]:
        yield Finding("FE747", part.through[0].place, {"part": part.name}, "FE747.order")
    elif not ((last := process.stages[part.through[-1]]).needs or last.tasks):
        yield Finding("FE747", part.through[-1].place, {"part": part.name}, "FE747.last")
