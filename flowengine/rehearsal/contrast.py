"""Two values of an expectation held against each other: what is lacking, and what is there instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

Sign = Literal["-", "+"]


class Contrast(NamedTuple):
    """One difference: under which names, whether it was expected (`-`) or found (`+`), and the value."""

    path: tuple[str, ...]
    sign: Sign
    value: Any


def contrasts(expected: Any, found: Any, path: tuple[str, ...] = ()) -> Iterator[Contrast]:
    """Every difference, as small as it can be said; what is the same on both sides is left out."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for name in dict.fromkeys((*expected, *found)):
            yield from contrasts(expected.get(name), found.get(name), (*path, str(name)))
    elif isinstance(expected, list | tuple) and isinstance(found, list | tuple):
        mine, theirs = Counter(map(str, expected)), Counter(map(str, found))
        yield from (Contrast(path, "-", each) for each in (mine - theirs).elements())
        yield from (Contrast(path, "+", each) for each in (theirs - mine).elements())
    elif expected != found:
        yield Contrast(path, "-", expected)
        yield Contrast(path, "+", found)
