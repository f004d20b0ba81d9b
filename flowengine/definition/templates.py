"""The words of messages: a small part of Jinja2 that shows values, asks whether there is one, and goes
through the rows of a list. What a text may name is decided here, before any order is there.

Nothing is called, no attribute is looked up on anything but a row, and what comes out has an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flowengine.definition.template_values import NOTHING, Names, Said, Slip

_SIGNS: Final = ("{{", "{%", "{#")


def slips(source: str, names: Names) -> tuple[Slip, ...]:
    """Everything that is wrong with a template, in the order of its text."""
    if not is_template(source):
        return ()
    from flowengine.definition.template_language import faults  # noqa: PLC0415 - loads Jinja2, 70 ms

    return tuple(sorted(faults(source, names), key=lambda slip: slip.offset))


def named(source: str) -> frozenset[str]:
    """The values that a template shows or asks for. Raises ValueError for one that cannot be read."""
    if not is_template(source):
        return frozenset()
    from flowengine.definition.template_language import names_in  # noqa: PLC0415 - as above

    return names_in(source)


def rendered(source: str, values: Mapping[str, Said]) -> str:
    """A sound template with the values in it, cut off where it would be longer than a message may be.

    A name without a value shows as a dash.
    """
    if not is_template(source):
        return source
    from flowengine.definition.template_language import fill  # noqa: PLC0415 - as above

    known = {name: values.get(name, NOTHING) for name in named(source)}
    return fill(source, known)


def is_template(source: str) -> bool:
    """Whether a text is more than plain words."""
    return any(sign in source for sign in _SIGNS)


def on_one_line(text: str) -> str:
    """The text as it may stand in a heading: no line breaks and no other control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
