"""Approvals that ask nobody: orders for which no step takes part, told with such an order."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.findings import Finding
from flowengine.definition.soundness.possible import Possible
from flowengine.definition.soundness.telling import order_with


def gaps(possible: Possible) -> Iterator[Finding]:
    """Every form whose steps all have a condition, and an order that meets none of them."""
    for form in (possible.process.approvals or {}).values():
        wishes = [possible.fails(step.when) for step in form.steps if step.when]
        if len(wishes) < len(form.steps):
            continue
        values = possible.questions.example(wishes)
        if values is not None:
            yield Finding("FE388", form.place, {"approval": form.name, "order": order_with(values)})
