"""A process printed whole, in YAML, with the line from which each value comes beside it.

What is printed is a process file itself: without its comments it means the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any, Final

from flowengine.definition.document import Node, scalar
from flowengine.definition.patching.variants import variants

_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def types_of(process: Node) -> list[str]:
    """The types of order of a process."""
    return list(process.entries["types"].entries) if "types" in process.entries else []


def of_type(process: Node, name: str) -> Node:
    """The process for orders of one type; of the others stand the names alone."""
    node = next(variant.node for variant in variants(process) if variant.type == name)
    types = node.entries["types"]
    # All of their names, as conditions may ask for the others.
    bare = replace(types, value={each: Node("map", place, {}, {}) for each, place in types.keys.items()})
    entries = {**node.entries, "types": bare}
    if "priority" not in entries and any("priority" in each.entries for each in types.entries.values()):
        entries["priority"] = scalar("normal", types.place)  # another type speaks of it, and conditions may
    whole, here = (each.entries["stages"].entries for each in (process, node))
    return _without(replace(node, value=entries), whole.keys() - here.keys())


def _without(node: Node, gone: Set[str]) -> Node:
    """The process without what only orders in the stages that are `gone` have: times that never come, and
    what lanes would change there.
    """
    if node.kind == "list":
        return replace(node, value=[_without(part, gone) for part in node.items])
    if node.kind != "map" or not gone:
        return node
    kept = {
        name: part
        for name, part in node.entries.items()
        if not (name == "until" and part.kind == "scalar" and part.text.partition(".")[0] in gone)
    }
    if "grants" in kept and "stages" in kept["grants"].entries:
        granted = kept["grants"].entries
        stages = {name: part for name, part in granted["stages"].entries.items() if name not in gone}
        kept["grants"] = replace(
            kept["grants"], value={**granted, "stages": replace(granted["stages"], value=stages)}
        )
    return replace(node, value={name: _without(part, gone) for name, part in kept.items()})


def resolved_lines(process: Node) -> Iterator[str]:
    """The lines of the file; each value that is no map and no list has its origin behind it."""
    yield from _entries(process, "")


def with_origins(node: Node) -> Any:
    """The process as maps and lists whose values are each `{value, file, line, column}`."""
    if node.kind == "map":
        return {name: with_origins(part) for name, part in node.entries.items()}
    if node.kind == "list":
        return [with_origins(part) for part in node.items]
    file, line, column = node.place
    value = node.value if node.value is None or isinstance(node.value, bool | int) else node.text
    return {"value": value, "file": file, "line": int(line), "column": column}


def _entries(node: Node, indent: str) -> Iterator[str]:
    for name, part in node.entries.items():
        head = f"{indent}{_key(name)}:"
        if part.kind == "scalar" or not part.value:
            yield f"{head} {_leaf(part)}"
        else:
            yield head
            yield from _below(part, f"{indent}  ")


def _below(node: Node, indent: str) -> Iterator[str]:
    if node.kind == "map":
        yield from _entries(node, indent)
        return
    for item in node.items:
        if item.kind == "scalar" or not item.value:
            yield f"{indent}- {_leaf(item)}"
        else:
            first, *rest = _below(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest


def _leaf(node: Node) -> str:
    """A value on one line, and where it stands."""
    written = _scalar(node) if node.kind == "scalar" else "{}" if node.kind == "map" else "[]"
    return f"{written}  # {node.place.file}:{int(node.place.line)}".replace("\r", " ").replace("\n", " ")


def _scalar(node: Node) -> str:
    """A scalar as it was written, where that is one line without quotes; else in double quotes."""
    if node.style == "plain" and not node.raw and node.text:
        return node.text
    if node.value is None:
        return "null"
    return json.dumps(node.text, ensure_ascii=False)


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)
