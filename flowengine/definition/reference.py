"""The language reference in Markdown, from the vocabulary: what `docs/language.md` holds, in both languages.

Pure text; who writes it to a file is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from flowengine.definition.expressions import DEPTH, LENGTH
from flowengine.definition.expressions.functions import FUNCTIONS
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.shapes import (
    Any,
    Data,
    Dur,
    Exp,
    Flag,
    Int,
    Many,
    Named,
    Patch,
    Pick,
    Shape,
    Str,
    Sub,
    Txt,
    Value,
)
from flowengine.definition.vocabulary import LIBRARY, SHAPES
from flowengine.texts import REASONS, Lang, say

SMALLEST: Final = """\
flowengine: 1
process: order
version: "1"
owner: order_desk
order: {fields: {customer: {type: text, required: true}}}
roles: {order_desk: {title: Order desk}}
stages:
  review: {owner: order_desk, due: 24h, needs: {customer_known: check}}
  delivery: {owner: order_desk, needs: {signed_receipt: file}, next: closed}
"""
SHORT_FORMS: Final[Mapping[str, str]] = {
    "field": "customer: text",
    "column": "sku: text",
    "datum": "parcel: text",
    "due": "due: 24h",
    "need": "waybill: field",
    "row": "next: closed",
    "owner row": "owner: inspector",
    "whom": "by: creator",
    "assign row": "assign: least_busy",
    "default row": "default: C",
    "value row": "value: sum(items.quantity)",
    "length row": "within: 48h",
    "point row": "by: promised_date",
    "tier row": "tier: 2",
    "warning": 'at: "80%"',
}
OPERATORS: Final[Mapping[str, tuple[Sequence[str], str]]] = {
    "and": (("and", "or", "not"), "not customer_overdue and amount <= credit_limit"),
    "compare": (("==", "!=", "<", "<=", ">", ">="), "0 < amount <= 50000"),
    "in": (("in", "not in"), "delivery_method in 'express' | 'freight'"),
    "count": (("+", "-", "*", "/"), "amount * 1.1 > credit_limit"),
    "time": (("+", "-"), "has(shipped_at) and shipped_at < order.created + '2d'"),
}
FUNCTION_EXAMPLES: Final[Mapping[str, str]] = {
    "has": "has(supplier_date) and supplier_date > promised_date",
    "happened": "not happened(quality.failed)",
    "count": "count(quality.failed) < 3 and count(items) > 0",
    "late": "not late(review)",
    "duration": "duration(review) > '2d'",
    "days": "days(promised_date - order.created) >= 3",
    "sum": "stock >= sum(items.quantity)",
    "average": "average(items.price) > 100",
    "any": "any(items.quantity > 10 and items.price > 100)",
    "all": "all(items.price > 0)",
}
MOMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "created": ("order.created", "promised_date >= order.created"),
    "entered": ("STAGE.entered", "happened(production.entered)"),
    "left": ("STAGE.left", "happened(review.left) and review.left > order.created"),
    "warned": ("STAGE.warned", "happened(review.warned)"),
    "late": ("STAGE.late", "count(review.late) > 1"),
    "outcome": ("STAGE.OUTCOME", "happened(quality.failed) or happened(order.cancel)"),
    "done": ("NEED.done", "happened(produced.done)"),
    "stale": ("NEED.stale", "count(entry_verified.stale) > 1"),
    "waived": ("NEED.waived", "happened(payment_voucher.waived)"),
    "put_off": ("NEED.late", "happened(waybill_copy.late)"),
    "task_opened": ("TASK.opened", "happened(stock_up.opened)"),
    "task_done": ("TASK.done", "happened(stock_up.done)"),
    "task_warned": ("TASK.warned", "happened(stock_up.warned)"),
    "task_late": ("TASK.late", "happened(stock_up.late)"),
    "given": ("FIELD.given", "happened(waybill.given)"),
    "amended": ("order.amended", "count(order.amended) > 2"),
    "changed": ("FIELD.changed", "count(promised_date.changed) > 2"),
}
_WHEN: Final = (
    "checks",
    "computed",
    "numbers",
    "visit",
    "asked",
    "covers",
    "waive",
    "not_by",
    "rights",
    "private",
    "changes",
    "defer",
    "tasks",
    "next",
    "entry",
    "outcomes",
    "by_itself",
    "back",
    "beyond",
    "due",
    "opens",
    "time",
    "ends",
    "calendar",
)


def reference(lang: Lang) -> str:
    """The whole reference in `lang`."""
    return "\n\n".join(_blocks(lang)) + "\n"


def _blocks(lang: Lang) -> Iterator[str]:
    yield f"# {_say('title', lang)}"
    yield _say("intro", lang)
    yield f"{_say('smallest', lang)}\n\n```yaml\n{SMALLEST}```"
    yield _say("names", lang)
    yield f'<a id="texts"></a>\n{_say("texts", lang)}'
    processes = {**SHAPES, LIBRARY.name: LIBRARY}
    for files, shapes in (("processes", processes), ("scenarios", SCENARIO_SHAPES)):
        yield f"## {_say(files, lang)}"
        for shape in shapes.values():
            yield from _shape(shape, lang)
    yield from _heading("patches", lang)
    for paragraph in ("body", "left", "types", "files"):
        yield _say(f"patches.{paragraph}", lang)
    yield from _heading("durations", lang)
    yield _say("durations.body", lang)
    yield from _heading("conditions", lang)
    yield _say("conditions.body", lang, length=LENGTH, depth=DEPTH)
    yield _table(("operator", "meaning", "example"), _operators(lang), lang)
    yield _table(("function", "meaning", "example"), _functions(lang), lang)
    yield from _heading("moments", lang)
    yield _say("moments.body", lang)
    yield _table(("moment", "meaning", "example"), _moments(lang), lang)
    yield from _heading("refusals", lang)
    yield _say("refusals.body", lang)
    yield _table(("reason", "sentence"), _refusals(lang), lang)
    yield from _heading("when", lang)
    yield "\n".join(f"- {_say(f'when.{name}', lang)}" for name in _WHEN)


def _say(key: str, lang: Lang, **params: object) -> str:
    return say(f"reference.{key}", lang, params)


def _heading(name: str, lang: Lang) -> Iterator[str]:
    yield f'<a id="{name}"></a>\n\n## {_say(name, lang)}'


def _shape(shape: Shape, lang: Lang) -> Iterator[str]:
    title = _say(f"shape.{shape.name}", lang)
    yield f'<a id="{_id(shape.name)}"></a>\n\n### {title[0].upper()}{title[1:]}'
    about = [shape.zh if lang == "zh" else shape.en]
    if shape.short:
        short = shape.short.zh if lang == "zh" else shape.short.en
        about.append(_say("short", lang, short=short, example=SHORT_FORMS[shape.name]))
    if len(shape.one_of) > 1:
        about.append(_one_of(shape, lang))
    if shape.at_most_one_of:
        about.append(_say("at_most_one_of", lang, words=_codes(shape.at_most_one_of)))
    yield ("" if lang == "zh" else " ").join(about)
    yield _table(("key", "value", "meaning", "example", "required"), _keys(shape, lang), lang)


def _one_of(shape: Shape, lang: Lang) -> str:
    """That one of its keys must stand there, or two that may stand together."""
    said = _say("one_of", lang, words=_codes(shape.one_of))
    if not shape.pair:
        return said
    if {*shape.pair} == {*shape.one_of}:
        return _say("either_or_both", lang, words=_codes(shape.pair))
    return ("" if lang == "zh" else " ").join((said, _say("pair", lang, words=_codes(shape.pair))))


def _keys(shape: Shape, lang: Lang) -> Iterator[Sequence[str]]:
    for key in shape.keys:
        meaning = key.zh if lang == "zh" else key.en
        example = _code(key.example) if key.example else ""
        required = _say("yes", lang) if key.required else ""
        yield _code(key.name), _value(key.value, lang), meaning, example, required


def _value(value: Value, lang: Lang) -> str:  # noqa: C901, PLR0911, PLR0912 - one line per kind of value
    match value:
        case Txt():
            return _say("value.words", lang)
        case Str(what=what):
            return _say(f"value.{what.replace(' ', '_')}", lang)
        case Pick(words=words):
            return _say("value.pick", lang, words=_codes(words))
        case Int(exactly=None, least=least):
            return _say("value.whole_number", lang, least=least or 0)
        case Int(exactly=exactly):
            return _code(str(exactly))
        case Flag():
            return _say("value.flag", lang)
        case Dur():
            return _say(f"value.{value.what.replace(' ', '_')}", lang)
        case Exp(of=of):
            return _say(f"value.{of}", lang)
        case Any():
            return _say("value.fitting", lang)
        case Data(like=like):
            return _say(f"value.{like or 'anything'}", lang)
        case Sub(shape=shape):
            return f"[{_say(f'shape.{shape}', lang)}](#{_id(shape)})"
        case Patch(shape=shape):
            return _say("value.patch", lang, of=_say(f"shape.{shape}", lang))
        case Named(of=of):
            return _say("value.named", lang, of=_value(of, lang))
        case Many(of=of, single=single):
            return _say("value.single" if single else "value.many", lang, of=_value(of, lang))


def _operators(lang: Lang) -> Iterator[Sequence[str]]:
    for name, (signs, example) in OPERATORS.items():
        yield " ".join(map(_code, signs)), _say(f"operator.{name}", lang), _code(example)


def _functions(lang: Lang) -> Iterator[Sequence[str]]:
    for name in FUNCTIONS:
        yield _code(f"{name}(…)"), _say(f"function.{name}", lang), _code(FUNCTION_EXAMPLES[name])


def _moments(lang: Lang) -> Iterator[Sequence[str]]:
    for name, (moment, example) in MOMENTS.items():
        yield _code(moment), _say(f"moment.{name}", lang), _code(example)


def _refusals(lang: Lang) -> Iterator[Sequence[str]]:
    for code, sentence in sorted(REASONS.items()):
        yield _code(code), sentence[lang]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], lang: Lang) -> str:
    lines = [[_say(head, lang) for head in heads], ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    """In a table even a bar between backticks ends the cell."""
    return text.replace("|", "\\|")


def _codes(words: Iterable[str]) -> list[str]:
    return [_code(word) for word in words]


def _code(text: str) -> str:
    return f"`{text}`"


def _id(name: str) -> str:
    return name.replace(" ", "-")
