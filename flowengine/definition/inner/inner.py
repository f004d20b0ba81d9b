"""What an inner process is, and how the document of one is made of nodes that stand in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from flowengine.definition.document import Node, scalar
from flowengine.definition.findings import Place

MARK: Final = "#"
"""What stands between the name of a process and that of one that it brings; nobody can write it so."""


class Inner(NamedTuple):
    """A process that another brings. `name` is also the link under which its orders stand over there, and
    `link` is what that says; `process` is the whole document, named `name_of` both. `teams` are the roles
    that act in it beside an owner, by that owner. Of one that somebody has written doubts are told, too;
    `ended_by` is the outcome that ends it with its order, without which it must come to an end as well.
    """

    name: str
    link: Node
    process: Node
    teams: Mapping[str, tuple[str, ...]] = {}
    is_written: bool = False
    ended_by: str = ""


def name_of(process: str, name: str) -> str:
    """What the inner process `name` of a process is called."""
    return f"{process}{MARK}{name}"


def is_inner(process: str) -> bool:
    """Whether a process is brought by another: its orders are opened by orders of that one alone."""
    return MARK in process


def node_of(value: Any, place: Place) -> Node:
    """Maps, lists and scalars as they would stand at `place`; nodes among them stay where they stand."""
    if isinstance(value, Node):
        return value
    if isinstance(value, dict):
        entries = {str(name): node_of(each, place) for name, each in value.items() if each is not None}
        return Node("map", place, entries, {name: each.place for name, each in entries.items()})
    if isinstance(value, list | tuple):
        return Node("list", place, [node_of(each, place) for each in value])
    return scalar(value, place)


def items_of(node: Node | None) -> list[Node]:
    """The values of a list; one value alone may stand for it."""
    return [] if node is None else node.items if node.kind == "list" else [node]


def kept(node: Node, *names: str) -> dict[str, Node]:
    """Those entries of a map that have one of these names."""
    return {name: node.entries[name] for name in names if name in node.entries}
