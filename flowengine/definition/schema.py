"""The JSON Schema of a file, generated from the vocabulary: the first gate of every check, and what
editors and CI use. Draft 2020-12, closed objects, no bare `oneOf` over shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from typing import Any as Json

from flowengine.definition.shapes import (
    Any,
    Data,
    Dur,
    Exp,
    Flag,
    Int,
    Key,
    Many,
    Named,
    Pick,
    Shape,
    Str,
    Sub,
    Txt,
    Value,
)
from flowengine.definition.spans import PATTERN

Schema = dict[str, Json]

_TEXT: Schema = {
    "type": ["string", "object"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "additionalProperties": False,
    "minProperties": 1,
}
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}

_REASONS: Schema = {
    "type": ["string", "object"],
    "minLength": 1,
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}


def schema_of(shapes: Mapping[str, Shape], root: str, *, title: str) -> Schema:
    """The JSON Schema for files whose top level is the shape `root`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://flowengine.example/schemas/{root}.schema.json",
        "title": title,
        **_shape(shapes[root]),
        "$defs": {_id(name): _shape(shape) for name, shape in shapes.items() if name != root},
    }


def _id(name: str) -> str:
    return name.replace(" ", "_")


def _shape(shape: Shape) -> Schema:
    closed: Schema = {
        "properties": {key.name: _key(key) for key in shape.keys},
        "additionalProperties": False,
    }
    if required := [key.name for key in shape.keys if key.required]:
        closed["required"] = required
    if shape.one_of:
        closed["oneOf"] = [{"required": [name]} for name in shape.one_of]
    if shape.at_most_one_of:
        closed["not"] = {
            "anyOf": [{"required": list(pair)} for pair in combinations(shape.at_most_one_of, 2)]
        }
    about: Schema = {"description": shape.en, "x-zh": shape.zh}
    if shape.short is None:
        return {**about, "type": "object", **closed}
    alone = _value(shape.short.value)
    scalar = alone["type"] if isinstance(alone.get("type"), list) else ["string"]
    return {
        **about,
        "type": [*scalar, "object"],
        "if": {"type": scalar if len(scalar) > 1 else scalar[0]},
        "then": alone,
        "else": closed,
    }


def _key(key: Key) -> Schema:
    described = {**_value(key.value), "description": f"{key.en}\n\n{key.zh}"}
    if key.example:
        described["examples"] = [key.example]
    return described


@cache
def _value(value: Value) -> Schema:  # noqa: C901, PLR0911, PLR0912 - one line per kind of value
    match value:
        case Txt():
            return _TEXT
        case Str(pattern=pattern, what=what, longest=longest):
            written = {"pattern": pattern, "x-kind": what} if pattern else {"minLength": 1}
            return {"type": "string", **written, **({"maxLength": longest} if longest else {})}
        case Pick(words=words):
            return {"type": "string", "enum": list(words)}
        case Int(least=least, exactly=exactly):
            return {"const": exactly} if exactly is not None else {"type": "integer", "minimum": least or 0}
        case Flag():
            return {"type": "boolean"}
        case Dur():
            return {"type": "string", "pattern": PATTERN, "x-kind": "duration"}
        case Exp(of="condition"):
            return {"type": ["string", "boolean"], "minLength": 1, "x-kind": "condition"}
        case Exp(of=of):
            return {**_SCALAR, "minLength": 1, "x-kind": of}
        case Any():
            return _SCALAR
        case Data(like="reasons"):
            return _REASONS
        case Data(like=like):
            return {"type": "object"} if like else {}
        case Sub(shape=shape):
            return {"$ref": f"#/$defs/{_id(shape)}"}
        case Named(of=of, pattern=pattern, least=least):
            return {
                "type": "object",
                "propertyNames": {"pattern": pattern, "x-kind": "name"},
                "additionalProperties": _value(of),
                "minProperties": least,
            }
        case Many(of=of, single=single, least=least):
            return _many(_value(of), single=single, least=least)


def _many(item: Schema, *, single: bool, least: int) -> Schema:
    listed: Schema = {"type": "array", "items": item, "minItems": least}
    return {"if": {"type": "array"}, "then": listed, "else": item} if single else listed
