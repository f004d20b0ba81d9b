"""Confirmations that ask for what nobody can give, and words that have a meaning only beside `confirm`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS, STAYING
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.scope import fields_of, needs_of
from flowengine.definition.words import Name, Need, Process

_BESIDE: Final = ("asks", "title")


def insiders(names: Iterable[Name]) -> list[Name]:
    """Those among whom the customer may be too, without the customer: the others are roles."""
    return [name for name in names if name != CUSTOMER]


def confirmation_findings(process: Process) -> Iterator[Finding]:
    """What is wrong with the words of confirmations."""
    for _, need in needs_of(process):
        if need.confirm is None:
            for word in _BESIDE:
                if getattr(need, word):
                    yield _useless(need, word)
            continue
        if need.by:
            yield _useless(need, "by")
        yield from _asks(process, need)


def _asks(process: Process, need: Need) -> Iterator[Finding]:
    """Whoever confirms fills in fields that there are, and that change once an order is open."""
    fields, unique = fields_of(process), process.order.unique if process.order else ()
    for name in need.asks:
        if name in STAYING or name in SET_BY_THE_PROCESS or name in unique:
            yield Finding("FE560", name.place, {"field": name})
        elif name not in fields:
            yield unknown("FE203", name.place, name, fields)
        elif fields[name].value is not None or fields[name].type == "list":
            yield Finding("FE560", name.place, {"field": name})


def _useless(need: Need, word: str) -> Finding:
    return Finding("FE256", need.place, {"need": need.name, "kind": need.kind, "word": word})
