"""What is wrong with fields that come from others: circles, rows without an end, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.derived import COMPUTABLE, Derived, derive, is_derived
from flowengine.definition.document.characters import shown
from flowengine.definition.expressions import Expression
from flowengine.definition.findings import Finding
from flowengine.definition.scope import derived_order, fields_of, scope_of
from flowengine.definition.words import Field, Process

_CREATED = "order.created"


def derived_findings(process: Process) -> Iterator[Finding]:
    """Everything that keeps the derived fields of `process` from being worked out."""
    fields, scope = fields_of(process), scope_of(process)
    circles = derived_order(process)[1]
    for circle in circles:
        yield Finding("FE262", fields[circle[0]].place, {"path": " \u2192 ".join(circle)})
    circling = {name for circle in circles for name in circle}
    for name, field in fields.items():
        if is_derived(field) and name not in circling and (field.value is None or field.type in COMPUTABLE):
            derived = derive(field, scope)
            yield from derived.findings
            yield from _rows(field, derived)


def certain_findings(expression: Expression) -> Iterator[Finding]:
    """A condition that says the same of every order."""
    holds = expression.certain()
    if holds is not None:
        code = "FE333" if holds else "FE334"
        yield Finding(code, expression.place, {"found": shown(expression.source)}, severity="warning")


def _rows(field: Field, derived: Derived) -> Iterator[Finding]:
    for row in derived.rows[:-1]:
        if row.when is None and row.written.when is None:
            yield Finding("FE402", row.written.place)
    if all(row.written.when for row in derived.rows):
        yield Finding("FE267", derived.rows[-1].written.place, {"field": field.name})
    for row in derived.rows:
        read = {name for each in (row.when, row.value) if each for name in each.names}
        for name in sorted(read - {_CREATED}):
            if "." in name or name == "stage":
                yield Finding("FE261", row.written.place, {"field": field.name, "name": name})
        if row.when:
            yield from certain_findings(row.when)
