"""What contradicts itself inside one field: words its type does not have, a default that does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from flowengine.definition.currencies import IN_EVERYDAY_USE, MINOR_UNITS
from flowengine.definition.findings import Finding, nearest
from flowengine.definition.scope import zone_of
from flowengine.definition.values import WrongValue, store
from flowengine.definition.words import Field, Name, Process
from flowengine.texts import Phrase


def field_findings(process: Process, name: str, field: Field) -> Iterator[Finding]:
    """What contradicts itself inside one field."""
    place = field.place
    for word, allowed in (
        ("choices", ("choice",)),
        ("currency", ("money",)),
        ("of", ("list",)),
        ("min", ("integer", "decimal", "money", "list")),
        ("max", ("integer", "decimal", "money", "list")),
    ):
        given = getattr(field, word)
        if given not in (None, (), "") and field.type not in allowed:
            yield Finding(
                "FE209", place, {"field": name, "word": word, "type": field.type, "allowed": allowed}
            )
    if isinstance(field.currency, Name) and field.currency not in MINOR_UNITS:
        yield _no_currency(field.currency)
    if field.type == "choice" and not field.choices:
        yield Finding("FE216", place, {"field": name, "word": "choices", "type": field.type})
    if field.type == "list" and not field.of:
        yield Finding("FE216", place, {"field": name, "word": "of", "type": field.type})
    for column in (field.of or {}).values():
        params = {"field": column.name, "word": "choices", "type": column.type, "allowed": ("choice",)}
        if (column.type == "choice") != bool(column.choices):
            yield Finding("FE209" if column.choices else "FE216", column.place, params)
    if field.min is not None and field.max is not None and field.min > field.max:
        yield Finding("FE217", place, {"least": field.min, "most": field.max})
    if field.default is not None and (why := _unfit(field, zone_of(process))):
        yield Finding("FE218", place, {"field": name, "value": field.default, "why": why})


def _no_currency(code: Name) -> Finding:
    """The hint of a code that resembles none says how codes look: the whole list would help nobody."""
    guess = IN_EVERYDAY_USE.get(code) or nearest(code, MINOR_UNITS)
    hint = "hint.did_you_mean" if guess else "FE105.currency"
    return Finding("FE224", code.place, {"word": code, "guess": guess}, hint)


def _unfit(field: Field, zone: ZoneInfo) -> Phrase | None:
    """Why the default of a field cannot be its value."""
    try:
        return Phrase("wrong.blank") if store(field, field.default, zone) is None else None
    except WrongValue as wrong:
        return Phrase(wrong.code, wrong.params)
