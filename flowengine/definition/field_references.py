"""What contradicts itself inside one field: words its type does not have, a default that does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from flowengine.definition.currencies import IN_EVERYDAY_USE, MINOR_UNITS
from flowengine.definition.derived import COMPUTABLE
from flowengine.definition.document.wide import wide_finding, wide_letter
from flowengine.definition.findings import Finding, Place, nearest
from flowengine.definition.same import Same
from flowengine.definition.values import BOUNDED, WrongValue, limit_of, store
from flowengine.definition.words import Column, Field, Name
from flowengine.texts import Phrase

_ONLY: Final[Mapping[str, tuple[str, ...]]] = {
    "choices": ("choice",),
    "currency": ("money",),
    "of": ("list",),
    "min": BOUNDED,
    "max": BOUNDED,
    "value": COMPUTABLE,
}


def field_findings(field: Field, zone: ZoneInfo) -> tuple[Finding, ...]:
    """What contradicts itself inside one field of a process in that zone."""
    return _field(Same(field), zone)


@lru_cache(maxsize=1024)  # the types of an order share the fields that they leave as they are
def _field(same: Same[Field], zone: ZoneInfo) -> tuple[Finding, ...]:
    return tuple(_each(same.it, zone))


def _each(field: Field, zone: ZoneInfo) -> Iterator[Finding]:
    name, place = field.name, field.place
    for word, allowed in _ONLY.items():
        given = getattr(field, word)
        if given not in (None, (), "") and field.type not in allowed:
            yield Finding(
                "FE209", place, {"field": name, "word": word, "type": field.type, "allowed": allowed}
            )
    if isinstance(field.currency, Name) and field.currency not in MINOR_UNITS:
        yield _no_currency(field.currency)
    if field.type == "choice" and not field.choices:
        yield Finding("FE216", place, {"field": name, "word": "choices", "type": field.type})
    if field.private and field.type != "text":
        yield Finding("FE570", place, {"field": name, "type": field.type})
    if field.private and field.default is not None:
        yield Finding("FE573", field.default[0].place, {"field": name, "word": "default"})
    if field.type == "list" and not field.of:
        yield Finding("FE216", place, {"field": name, "word": "of", "type": field.type})
    yield from _twice(name, field.choices, place)
    for column in (field.of or {}).values():
        yield from column_findings(column)
    yield from _bounds(field, zone)
    yield from _defaults(field, zone)


def column_findings(column: Column) -> Iterator[Finding]:
    """What contradicts itself inside one column of a list, or one datum of an event."""
    params = {"field": column.name, "word": "choices", "type": column.type, "allowed": ("choice",)}
    if (column.type == "choice") != bool(column.choices):
        yield Finding("FE209" if column.choices else "FE216", column.place, params)
    yield from _twice(column.name, column.choices, column.place)


def _twice(name: str, choices: tuple[str, ...], place: Place) -> Iterator[Finding]:
    if words := [word for word, times in Counter(choices).items() if times > 1]:
        yield Finding("FE266", place, {"field": name, "words": words})


def _defaults(field: Field, zone: ZoneInfo) -> Iterator[Finding]:
    for word in ("required", "default"):
        if field.value is not None and getattr(field, word):
            yield Finding("FE260", field.place, {"field": field.name, "word": word})
    for row in () if field.private else field.default or ():
        if why := _unfit(field, row.value, zone):
            place = row.value.place if isinstance(row.value, Name) else row.place
            params = {"field": field.name, "value": row.value, "why": why}
            yield _wide(row.value) or Finding("FE218", place, params)


def _bounds(field: Field, zone: ZoneInfo) -> Iterator[Finding]:
    """`min` and `max` that are no values of the field, or leave nothing between them."""
    limits = []
    for word, bound in (("min", field.min), ("max", field.max)):
        if bound is None or field.type not in BOUNDED:
            continue
        try:
            limits.append(limit_of(field, bound, zone))
        except WrongValue as wrong:
            params = {"field": field.name, "word": word, "value": bound}
            place = bound.place if isinstance(bound, Name) else field.place
            why = Phrase(wrong.code, wrong.params)
            yield _wide(bound) or Finding("FE265", place, {**params, "why": why})
    if len(limits) == len(("min", "max")) and limits[0] > limits[1]:
        yield Finding("FE217", field.place, {"least": field.min, "most": field.max})


def _wide(value: object) -> Finding | None:
    """What to type instead, where nothing is wrong but the width of a character."""
    index = wide_letter(value) if isinstance(value, Name) else None
    if index is None or not isinstance(value, Name):
        return None
    return wide_finding(value.place.right(index), value[index])


def _no_currency(code: Name) -> Finding:
    """The hint of a code that resembles none says how codes look: the whole list would help nobody."""
    guess = IN_EVERYDAY_USE.get(code) or nearest(code, MINOR_UNITS)
    hint = "hint.did_you_mean" if guess else "FE105.currency"
    return Finding("FE224", code.place, {"word": code, "guess": guess, "sure": code in IN_EVERYDAY_USE}, hint)


def _unfit(field: Field, default: object, zone: ZoneInfo) -> Phrase | None:
    """Why a default of a field cannot be its value."""
    try:
        return Phrase("wrong.blank") if store(field, default, zone) is None else None
    except WrongValue as wrong:
        return Phrase(wrong.code, wrong.params)
