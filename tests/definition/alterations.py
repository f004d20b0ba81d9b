"""How the value of a key may be written otherwise: what a proof that the key matters tries in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any as Anything

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

TEXTS = {
    "currency": ["USD"],
    "file": ["another.yaml"],
    "instant": ["2026-03-02 11:11"],
    "order number": ["{yyyy}-{serial:2}", "{serial:9}"],
    "locked path": ["stages.bench"],
    "path": ["elsewhere"],
    "process name": ["another-order"],
    "rule": ["R64"],
    "text": ["another", "999"],
    "time zone": ["UTC"],
    "period": ["week"],
    "point or time": ["18:00", "collected_on"],
    "warning": ["70%", "-2wh"],
    "buffer": ["5%"],
    "quiet hours": ["21:00-05:00"],
    "time of day": ["11:11"],
    "webhook": ["https://elsewhere.example.com/"],
    "doer": ["desk", "lead", "repairer"],
    "who": ["desk", "mechanic", "repairer", "owner", "bench.owner", "intake.owner"],
}
NAMES = ["desk", "mechanic", "lead", "intake", "bench", "pickup", "closed", "scrapped", "ticket", "customer",
         "promised_date", "collected_on", "picked_up_at", "any", "nights", "disputed", "forgotten",
         "no_price", "no_spares", "second_look", "report", "order_again", "dropped_off"]  # fmt: skip


def alterations(value: Value, written: Anything, shapes: Mapping[str, Shape]) -> Iterator[Anything]:
    """Other values of that kind, the least surprising first; not all of them make a sound file."""
    match value:
        case Sub(shape=shape) | Patch(shape=shape) if isinstance(written, dict):
            yield from _in_map(written, {key.name: key.value for key in shapes[shape].keys}, shapes)
        case Sub(shape=shape) | Patch(shape=shape):
            short = shapes[shape].short
            assert short is not None
            yield from alterations(short.value, written, shapes)
        case Named(of=of):
            yield from _in_map(written, dict.fromkeys(written, of), shapes)
        case Many(of=of) if isinstance(written, list):
            for number, item in enumerate(written):
                for other in alterations(of, item, shapes):
                    yield [*written[:number], other, *written[number + 1 :]]
                yield [*written[:number], *written[number + 1 :]]
        case Many(of=of):
            yield from alterations(of, written, shapes)
        case Data():
            yield from _data(written)
        case _:
            yield from _scalars(value, written)


def _in_map(
    written: dict[str, Anything], kinds: Mapping[str, Value], shapes: Mapping[str, Shape]
) -> Iterator[Anything]:
    for name, part in written.items():
        for other in alterations(kinds[name], part, shapes):
            yield {**written, name: other}
        yield {key: each for key, each in written.items() if key != name}


def _data(written: Anything) -> Iterator[Anything]:
    if isinstance(written, dict):
        for name, part in written.items():
            yield from ({**written, name: other} for other in _data(part))
            yield {key: each for key, each in written.items() if key != name}
    elif isinstance(written, list):
        for number, item in enumerate(written):
            yield from ([*written[:number], other, *written[number + 1 :]] for other in _data(item))
    else:
        yield "another"


def _scalars(value: Value, written: Anything) -> Iterator[Anything]:
    others: list[Anything] = []
    match value:
        case Txt():
            others = ["另一段文字", {"zh": "另一段", "en": "another"}]
        case Str(what=what):
            others = TEXTS.get(what, NAMES)
        case Pick(words=words):
            others = list(words)
        case Int():
            others = [written + 1]
        case Flag():
            others = [not written]
        case Dur(working=working):
            others = ["7m", "7wh", "7wd"] if working else ["7m"]
        case Exp():
            others = ["true", "false", "price * 2", "7", "'low'"]
        case Any():
            others = ["A", 1, True, "2026-03-09", "7h"]
    yield from (other for other in others if other != written)
