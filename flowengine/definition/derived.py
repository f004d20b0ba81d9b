"""Fields that come from other fields: computed ones, and defaults that depend on the order's data.

Puts them into the order in which they can be worked out, and knows which of them always have a value. The
scope, the checks and the compiler agree on both by asking here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Final, NamedTuple

from flowengine.definition.expressions import Expression, parse
from flowengine.definition.findings import Finding
from flowengine.definition.kinds import Kind, Scope
from flowengine.definition.words import DefaultRow, Field, ValueRow, Written

COMPUTABLE: Final = (
    "text", "integer", "decimal", "money", "boolean", "date", "datetime", "choice", "person", "duration",
)  # fmt: skip
"""The types of which `value` may be written: every one but a list."""


class Row(NamedTuple):
    """One row, read: its condition, and the expression or the word that counts while it holds."""

    when: Expression | None
    value: Expression | None
    word: object
    written: DefaultRow | ValueRow


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows of one field, in the order of the file, with everything that is wrong in them."""

    name: str
    computed: bool
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def reads(self) -> frozenset[str]:
        """The names that its rows read."""
        read = (each.names for row in self.rows for each in (row.when, row.value) if each)
        return frozenset().union(*read)

    @property
    def always(self) -> bool:
        """Whether some row always counts and always comes to something."""
        sure = all(each.sure for row in self.rows for each in (row.when, row.value) if each)
        return sure and not self.findings and self.rows[-1].when is None


def is_plain(field: Field) -> bool:
    """Whether a field has one default, whatever else the order holds."""
    return field.default is not None and len(field.default) == 1 and field.default[0].when is None


def is_derived(field: Field) -> bool:
    """Whether the value of a field depends on others."""
    return field.value is not None or (field.default is not None and not is_plain(field))


def in_order(
    fields: Mapping[str, Field], scope: Scope
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The derived fields, each behind those that it reads; and every circle of them, which stays out."""
    derived = {name: field for name, field in fields.items() if is_derived(field)}
    if not derived:
        return (), ()
    reads = {name: _names_in(field, scope) for name, field in derived.items()}
    circles: list[tuple[str, ...]] = []
    while True:
        sorter = TopologicalSorter({name: [each for each in reads if each in reads[name]] for name in reads})
        try:
            return tuple(sorter.static_order()), tuple(circles)
        except CycleError as error:
            circles.append(tuple(reversed(error.args[1])))
            for name in circles[-1]:
                reads.pop(name, None)


def derive(field: Field, scope: Scope) -> Derived:
    """The rows of a derived field, read with what is known in `scope`."""
    findings: list[Finding] = []
    rows: list[Row] = []
    for written in field.value or field.default or ():
        rows.append(_row(field, written, scope, findings))
        if when := rows[-1].when:  # the rows below count only where it does not hold
            scope = _proven(scope, when.proof.false)
    return Derived(field.name, field.value is not None, tuple(rows), tuple(findings))


def known_with(fields: Mapping[str, Field], order: Iterable[str], scope: Scope) -> Scope:
    """The scope once it is known which of the derived fields always have a value; in their `order`."""
    for name in order:
        always = derive(fields[name], scope).always
        scope = replace(scope, names={**scope.names, name: replace(scope.names[name], always=always)})
    return scope


def _names_in(field: Field, scope: Scope) -> frozenset[str]:
    """The names that the rows of a field read, whatever of that may be missing."""
    rows = field.value or field.default or ()
    found = [_read(row.when, scope, guarded=False)[0] for row in rows if row.when]
    found += [_read(row.value, scope, into=field.name)[0] for row in rows if isinstance(row, ValueRow)]
    return frozenset().union(*(each.names for each in found if each))


def _row(field: Field, row: DefaultRow | ValueRow, scope: Scope, findings: list[Finding]) -> Row:
    when, wrong = _read(row.when, scope) if row.when else (None, ())
    findings += wrong
    if isinstance(row, DefaultRow):
        return Row(when, None, row.value, row)
    within = _proven(scope, when.proof.true) if when else scope
    value, wrong = _read(row.value, within, into=field.name)
    findings += wrong
    return Row(when, value, None, row)


def _read(
    written: Written, scope: Scope, *, into: str = "", guarded: bool = True
) -> tuple[Expression | None, tuple[Finding, ...]]:
    kind = scope.names[into].kind if into else Kind.BOOLEAN
    source, place, at = written
    return parse(source, scope, place, at=at, expect=kind, guarded=guarded and not into, into=into)


def _proven(scope: Scope, names: Iterable[str]) -> Scope:
    """The scope in which those names have a value, because a condition has shown it."""
    known = {name: replace(scope.names[name], always=True) for name in names if name in scope.names}
    return replace(scope, names={**scope.names, **known}) if known else scope
