"""What changes in the fields of an order, for its work and for those who send orders in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Effect, Spot, Words, shift
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Plan
from flowengine.compiler.wording import OWNERS_APART
from flowengine.definition.builtin_fields import STAYING
from flowengine.definition.spans import span
from flowengine.definition.words import Column, DefaultRow, Field, ValueRow
from flowengine.texts import LANGUAGES, Lang, Phrase, say

Entry = Field | Column
Bound = int | Decimal | str | None
Filling = Sequence[DefaultRow | ValueRow] | None


def fields(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Fields that came and went, then what changed in those that stayed."""
    spot = spot.at("order", "fields")
    # What declares channels and types makes these fields: they are told of with the channels and types.
    before, after = ({k: v for k, v in plan.fields.items() if k not in STAYING} for plan in (old, new))
    yield from _entries(spot, before, after)


def _entries(spot: Spot, old: Mapping[str, Any], new: Mapping[str, Any], of: object = "") -> Iterator[Change]:
    for name, entry in new.items():
        if name not in old:
            demanded = is_demanded(entry)
            yield spot.at(name).change(
                "field.added.required" if demanded else "field.added",
                "stricter" if demanded else "neutral",
                breaking=demanded,
                new=essence(entry),
                field=_called(entry, of),
                type=Phrase(f"value.{entry.type}"),
            )
    for name, entry in old.items():
        if name not in new:
            # What is sent for a field that nobody knows is refused.
            yield spot.at(name).change(
                "field.removed", breaking=True, old=essence(entry), field=_called(entry, of)
            )
        else:
            kind = FIELD if isinstance(entry, Field) else COLUMN
            yield from (
                _with_field(change, _called(new[name], of))
                for change in differences(spot.at(name), entry, new[name], kind)
            )


def _with_field(change: Change, field: Words) -> Change:
    return replace(change, params={"field": field, **change.params})


def _called(entry: Entry, of: object) -> Words:
    """What people call a field; a column of a list after the list."""
    words = {lang: entry.title.say(lang) if entry.title else entry.name for lang in LANGUAGES}
    return {lang: f"{of[lang]}.{words[lang]}" for lang in LANGUAGES} if isinstance(of, Mapping) else words


def is_demanded(entry: Entry) -> bool:
    """Whether an order without it is refused: it is required, and nothing else fills it in."""
    filled = isinstance(entry, Field) and (entry.default is not None or entry.value is not None)
    return entry.required and not filled


def _type(spot: Spot, old: Entry, new: Entry) -> Iterator[Change]:
    if old.type != new.type:
        types = shift(Phrase(f"value.{old.type}"), Phrase(f"value.{new.type}"))
        yield spot.at("type").change("field.type", breaking=True, old=old.type, new=new.type, shift=types)


def _required(spot: Spot, old: Entry, new: Entry) -> Iterator[Change]:
    if old.required != new.required:
        yield spot.at("required").change(
            "field.required" if new.required else "field.optional",
            "stricter" if new.required else "looser",
            breaking=is_demanded(new),
            old=old.required,
            new=new.required,
        )


def _default(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    before, after = _rows(old.default), _rows(new.default)
    if before == after:
        return
    lost = new.default is None and new.required
    yield spot.at("default").change(
        "field.default",
        "stricter" if lost else "neutral",
        breaking=lost,
        old=before,
        new=after,
        shift=spot.both(old, new, _default_words, "diff.nothing"),
    )


def _value(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """What is always computed cannot be sent."""
    before, after = _rows(old.value), _rows(new.value)
    if before != after:
        yield spot.at("value").change(
            "field.value",
            breaking=before is None,
            old=before,
            new=after,
            shift=spot.both(old, new, _value_words, "diff.nothing"),
        )


def _rows(rows: Filling) -> list[dict[str, Any]] | None:
    if rows is None:
        return None
    return [{"when": essence(row.when), "value": essence(row.value)} for row in rows]


def _default_words(names: Names, field: Field) -> str:
    return _filled(names, field, field.default)


def _value_words(names: Names, field: Field) -> str:
    return _filled(names, field, field.value)


def _filled(names: Names, field: Field, rows: Filling) -> str:
    """What a field is filled with, by rows where rows decide."""
    if not rows:
        return say("diff.nothing", names.lang)
    derived = next((each.rows for each in names.plan.derived if each.name == field.name), ())
    said = []
    for at, row in enumerate(rows):
        known = derived[at] if at < len(derived) else None
        value = known.value.plainly(names) if known and known.value else _word(row.value, names.lang)
        when = known.when.plainly(names) if known and known.when else ""
        said.append(say("words.if", names.lang, {"said": value, "when": when}) if when else value)
    return OWNERS_APART.join(said)


def _word(value: object, lang: Lang) -> str:
    """A value that is written out."""
    if isinstance(value, bool):
        return say("plain.yes" if value else "plain.no", lang)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _choices(spot: Spot, old: Entry, new: Entry) -> Iterator[Change]:
    gone = [choice for choice in old.choices if choice not in new.choices]
    come = [choice for choice in new.choices if choice not in old.choices]
    written: dict[str, Any] = {"old": list(old.choices), "new": list(new.choices)}
    if come:
        yield spot.at("choices").change("field.choices.added", "looser", **written, choices=come)
    if gone:
        yield spot.at("choices").change(
            "field.choices.removed", "stricter", breaking=True, **written, choices=gone
        )


def _min(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    yield from _bound(spot.at("min"), "field.min", old.min, new.min, rising="stricter", falling="looser")


def _max(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    yield from _bound(spot.at("max"), "field.max", old.max, new.max, rising="looser", falling="stricter")


def _bound(
    spot: Spot, code: str, old: Bound, new: Bound, *, rising: Effect, falling: Effect
) -> Iterator[Change]:
    if old == new:
        return
    if old is None or new is None:
        effect: Effect = "stricter" if old is None else "looser"
    else:
        effect = rising if _size(new) > _size(old) else falling
    values = [Phrase("diff.no_bound") if each is None else str(each) for each in (old, new)]
    yield spot.change(
        code,
        effect,
        breaking=effect == "stricter",
        old=essence(old),
        new=essence(new),
        shift=shift(*values),
    )


def _size(bound: int | Decimal | str) -> int | Decimal:
    """A bound to compare; those of lengths of time are written with their unit."""
    return span(bound) if isinstance(bound, str) else bound


def _currency(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    if old.currency != new.currency:
        names = [each or Phrase("diff.nothing") for each in (old.currency, new.currency)]
        yield spot.at("currency").change(
            "field.currency", breaking=True, old=old.currency, new=new.currency, shift=shift(*names)
        )


def _of(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    yield from _entries(spot.at("of"), old.of or {}, new.of or {}, of=_called(new, ""))


_NAMED: Final = {"name": "two are matched by it", "title": "a text", "place": "layout of the file"}


def _private(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """Orders stay on their definition, so what is kept already stays as it is."""
    if old.private != new.private:
        words = [Phrase(f"private.{each.private}") if each.private else None for each in (old, new)]
        said = shift(*(word or Phrase("diff.nothing") for word in words))
        yield spot.at("private").change("field.private", old=old.private, new=new.private, shift=said)


FIELD: Final = Kind(
    read={
        "type": _type,
        "required": _required,
        "default": _default,
        "value": _value,
        "choices": _choices,
        "min": _min,
        "max": _max,
        "currency": _currency,
        "of": _of,
        "private": _private,
    },
    passed_over={**_NAMED, "changes": "compared as the plan has it, with its point in time read"},
)
COLUMN: Final = Kind(read={"type": _type, "required": _required, "choices": _choices}, passed_over=_NAMED)
