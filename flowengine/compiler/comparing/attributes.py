"""The walk over two parts of one kind: every attribute has a reader here or is passed over for a reason.

An attribute that is neither is compared all the same and told of in plain words, so that nothing a plan
learns later can change unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from flowengine.compiler.comparing.change import Change, Spot
from flowengine.compiler.comparing.essence import essence

Reader = Callable[[Spot, Any, Any], Iterator[Change]]
"""Reads one attribute of two parts; it is given the parts as a whole."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of the plan: who reads which attribute, and why the others are none of an order's concern."""

    read: Mapping[str, Reader]
    passed_over: Mapping[str, str]


def differences(spot: Spot, old: Any, new: Any, kind: Kind) -> Iterator[Change]:
    """Every change from one part to the other, in the order in which the plan has its attributes."""
    for name in _attributes(old.__class__):
        if name in kind.passed_over:
            continue
        if reader := kind.read.get(name):
            yield from reader(spot, old, new)
            continue
        before, after = essence(getattr(old, name)), essence(getattr(new, name))
        if before != after:
            yield spot.at(name).change("other", old=before, new=after, name=name)


@cache
def _attributes(part: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(part) if each.init)
