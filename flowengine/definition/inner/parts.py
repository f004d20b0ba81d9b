"""Parts with a life of their own, such as claims: each kind is a process, and each part an order of it.

Whatever a part says of itself stands in the file under its name; what it shares with the order is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding
from flowengine.definition.inner.inner import Inner, items_of, kept, name_of, node_of
from flowengine.definition.patching.merging import written_out
from flowengine.definition.vocabulary import SHAPES
from flowengine.texts import LANGUAGES, say

KEEP: Final = "keep"
"""Under `order_ends`: open parts stay open when the order ends."""
CANCELLED: Final = "cancelled"
_TAKEN_OVER: Final = ("version", "language", "owner", "zone", "calendar", "calendars", "people", "notices")
_OF_ROLES: Final = ("title", "members", "reassign")
_OWN: Final = ("stages", "clocks", "outcomes", "ends")
_OF_FIELDS: Final = ("type", "title", "choices")
ENDS_BY_DEFAULT: Final = ("closed", CANCELLED)
_ALWAYS_SEEN: Final = "type"


def own_parts(process: Node) -> Iterator[Inner]:
    """The process of each kind of parts that have stages of their own."""
    for name, part in _entries(process, "parts").items():
        if "stages" in part.entries:
            at = process.entries["parts"].keys[name]
            document = node_of(_process(process, name, part), at)
            link = node_of(_link(process, name, part), at)
            yield Inner(name, link, document, is_written=True, ended_by=ended_by(name))


def patched_parts(process: Node) -> Iterator[Finding]:
    """Types that change parts of their own, which are the same whatever the type of their order."""
    own = {name for name, part in _entries(process, "parts").items() if "stages" in part.entries}
    for type_, patch in _entries(process, "types").items():
        parts = patch.entries.get("parts")
        for name, part in parts.entries.items() if parts else ():
            if name in own or (part.kind == "map" and "stages" in part.entries):
                assert parts is not None
                yield Finding("FE750", parts.keys[name], {"part": name, "type": type_})


def whole_of(part: str) -> str:
    """The link under which a part has the order of which it is one."""
    return f"{part}_of"


def ended_by(part: str) -> str:
    """The outcome by which a part ends with its order."""
    return f"{whole_of(part)}_ended"


def ends_of_part(part: Node) -> list[str]:
    """The ends of a part: those that it names, and the two that always exist."""
    declared = _entries(part, "ends")
    return [*declared, *(name for name in ENDS_BY_DEFAULT if name not in declared)]


def _link(process: Node, name: str, part: Node) -> dict[str, Any]:
    """What the order reads of its parts: where each stands, and all of its data but lists."""
    columns = {each: _column(each, field) for each, field in _entries(part, "fields").items()}
    return {
        "title": part.entries.get("title", name),
        "process": name_of(_name(process), name),
        "many": True,
        "reads": {each: column for each, column in columns.items() if column} or None,
        "ends": ends_of_part(part),
    }


def _column(name: str, field: Node) -> dict[str, Any] | None:
    said = written_out(SHAPES["field"], name, field)
    if said.entries["type"].value == "list" or "private" in said.entries:
        return None
    return kept(said, *_OF_FIELDS, *(() if "value" in said.entries else ("required",)))


def _process(process: Node, name: str, part: Node) -> dict[str, Any]:
    whole, title = whole_of(name), _title(part, name)
    outcomes: dict[str, Any] = {**_entries(part, "outcomes")}
    if (end := order_ends(part)) != KEEP:
        outcomes |= {ended_by(name): _ended(whole, title, end)}
    return {
        "flowengine": 1,
        "process": name_of(_name(process), name),
        "title": part.entries.get("title", name),
        **kept(process, *_TAKEN_OVER),
        "roles": _roles(process, name),
        "order": {"fields": part.entries["fields"]} if "fields" in part.entries else None,
        "links": {whole: _whole(process, name, part, title)},
        **kept(part, *_OWN),
        "outcomes": outcomes or None,
    }


def order_ends(part: Node) -> str:
    """To which of its ends an open part goes when the order ends, or `keep`."""
    said = part.entries.get("order_ends")
    return str(said.value) if said else CANCELLED


def _ended(whole: str, title: dict[str, str], end: str) -> dict[str, Any]:
    said = {lang: say("parts.order_ended", lang, {"part": title[lang]}) for lang in LANGUAGES}
    return {"title": said, "from": "any", "when": f"not {whole}.open", "to": end}


def _whole(process: Node, name: str, part: Node, title: dict[str, str]) -> dict[str, Any]:
    """The order, as a part knows it: held as long as that is, and read as far as the part speaks of it."""
    reads = {}
    order = process.entries.get("order")
    fields = _entries(order, "fields") if order else {}
    for each in _spoken_of(whole_of(name), part):
        if each in fields and (column := _column(each, fields[each])):
            reads[each] = column
    return {
        "title": {lang: say("parts.whole", lang, {"part": title[lang]}) for lang in LANGUAGES},
        "process": _name(process),
        "required": True,
        "known_there_as": name,
        "reads": reads or None,
        "cascade": "hold",
    }


def _spoken_of(whole: str, part: Node) -> dict[str, None]:
    """The fields of the order of which the part speaks anywhere, `claims_of.amount`."""
    pattern = re.compile(rf"\b{re.escape(whole)}\.([a-z][a-z0-9_]*)")
    return {each: None for text in _texts(part) for each in pattern.findall(text)}


def _texts(node: Node) -> Iterator[str]:
    if node.kind == "map":
        for each in node.entries.values():
            yield from _texts(each)
    elif node.kind == "list":
        for each in node.items:
            yield from _texts(each)
    elif isinstance(node.value, str):
        yield node.value


def _roles(process: Node, part: str) -> dict[str, Any]:
    """The roles of the process. Where roles see no more than they say, those see a part that list it; the
    others what they do in it.
    """
    roles = process.entries["roles"].entries
    guarded = any("sees" in role.entries for role in roles.values())
    return {
        name: {**kept(role, *_OF_ROLES), **({"sees": _sees(role, part)} if guarded else {})}
        for name, role in roles.items()
    }


def _sees(role: Node, part: str) -> str:
    listed = {each.value for each in items_of(role.entries.get("sees"))}
    return "all" if listed & {"all", part} else _ALWAYS_SEEN


def _entries(node: Node, word: str) -> Mapping[str, Node]:
    return node.entries[word].entries if word in node.entries else {}


def _name(process: Node) -> str:
    return str(process.entries["process"].value)


def _title(part: Node, name: str) -> dict[str, str]:
    said = part.entries.get("title")
    if said is None:
        return dict.fromkeys(LANGUAGES, name)
    if said.kind != "map":
        return dict.fromkeys(LANGUAGES, str(said.value))
    one = str(next(iter(said.entries.values())).value)
    return {lang: str(said.entries[lang].value) if lang in said.entries else one for lang in LANGUAGES}
