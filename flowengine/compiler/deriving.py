"""Computed fields and defaults by rows, as the kernel runs them: each behind those that it reads."""

from __future__ import annotations

from collections.abc import Mapping

from flowengine.compiler.plan import Derived, DerivedRow
from flowengine.definition.derived import Row, derive, in_order
from flowengine.definition.kinds import Scope
from flowengine.definition.values import store
from flowengine.definition.words import Field


def derived_fields(fields: Mapping[str, Field], scope: Scope) -> tuple[Derived, ...]:
    """What is worked out from other fields; `scope` knows which of them always have a value."""
    order, _ = in_order(fields, scope)
    return tuple(_derived(fields[name], scope) for name in order)


def _derived(field: Field, scope: Scope) -> Derived:
    found = derive(field, scope)
    assert not found.findings, found.findings
    rows = tuple(_row(field, row, scope) for row in found.rows)
    return Derived(field.name, found.computed, rows, found.reads)


def _row(field: Field, row: Row, scope: Scope) -> DerivedRow:
    stored = None if row.value else store(field, row.word, scope.zone)
    return DerivedRow(row.when, row.value, stored)
