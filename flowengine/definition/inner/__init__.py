"""Inner processes: what one file says in few words, and orders of their own then keep.

Each is a document like that of a process that somebody wrote, made of nodes of the process that brings it: so
it is read, checked, compiled, shown and deployed like any other, and what is wrong with it stands where it
was written. A new kind of them is one function in `DERIVATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from flowengine.definition.document import Node
from flowengine.definition.inner.exceptions import exceptions
from flowengine.definition.inner.inner import MARK, Inner, is_inner, name_of
from flowengine.definition.inner.parts import own_parts

__all__ = ["DERIVATIONS", "MARK", "Inner", "inner_of", "is_inner", "name_of", "with_links"]

DERIVATIONS: tuple[Callable[[Node], Iterable[Inner]], ...] = (exceptions, own_parts)
"""What makes inner processes out of a whole document; each yields none where nothing asks for any."""


def inner_of(process: Node) -> tuple[Inner, ...]:
    """The processes that a whole document brings."""
    return tuple(each for derivation in DERIVATIONS for each in derivation(process))


def with_links(process: Node, inner: Iterable[Inner]) -> Node:
    """A process that is linked with those that it brings; a link that it says itself stays as it is."""
    brought = {each.name: each.link for each in inner}
    if not brought:
        return process
    entries = dict(process.entries)
    links = entries.get("links", Node("map", process.place, {}))
    places = {name: link.place for name, link in brought.items()}
    entries["links"] = replace(links, value={**brought, **links.entries}, keys={**places, **links.keys})
    return replace(process, value=entries, keys={"links": process.place, **process.keys})
