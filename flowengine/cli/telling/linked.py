"""The orders that are linked with one, its parts among them, each with where it stands as it says itself."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.cli.desk import Desk
from flowengine.compiler.naming import Names
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import standing_of


def linked_lines(desk: Desk, view: OrderView) -> Iterator[tuple[str, str]]:
    """For each linked order what it is called here, and where it stands; those that are being opened last."""
    names = Names(view.plan, desk.lang)
    for known in (view.order.linked, view.order.coming):
        for name, others in known.items():
            for id in sorted(others, key=_as_number):
                says = others[id]
                said = desk.say("show.linked.one", **says, standing=standing_of(says, desk.lang))
                yield names.field(name), said


def _as_number(id: str) -> tuple[int, str]:
    """The tenth after the ninth, although ids are texts in a snapshot."""
    return len(id), id
