"""The JSON Schema of a file, generated from the vocabulary: the first gate of every check.

Draft 2020-12, closed objects, no bare `oneOf` over shapes, and nothing in it but rules: what editors show
besides is in `editor_schema`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any as Json
from typing import Final, Literal

from flowengine.definition.lengths import LENGTH_PATTERN
from flowengine.definition.shapes import (
    NAME,
    REMOVE,
    Any,
    Data,
    Dur,
    Exp,
    Flag,
    Int,
    Key,
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
from flowengine.definition.spans import PATTERN

Schema = dict[str, Json]
Form = Literal["whole", "patch", "type"]
HOLD_FIXED: Final = frozenset({"process", "order", "defaults"})
"""The shapes with keys that are the same for every type of order."""

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

_TOLD: Schema = {
    "type": ["string", "object"],
    "minLength": 1,
    "minProperties": 1,
    "additionalProperties": {"type": "string"},
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


def whole_or_patch(shapes: Mapping[str, Shape]) -> Schema:
    """The definitions of every shape in its three forms: whole, as a patch, and as a patch by a type."""
    defs = {_id(name): _shape(shape) for name, shape in shapes.items()}
    defs |= {f"patch_{_id(name)}": _shape(shape, "patch") for name, shape in shapes.items()}
    fixed = {name: shape for name, shape in shapes.items() if any(key.fixed for key in shape.keys)}
    return defs | {f"type_{_id(name)}": _shape(shape, "type") for name, shape in fixed.items()}


def _shape(shape: Shape, form: Form = "whole") -> Schema:
    known = [key for key in shape.keys if not is_left_out(key, form)]
    closed: Schema = {
        "properties": {key.name: _key(key, form) for key in known},
        "additionalProperties": False,
    }
    if left_out := [key.name for key in shape.keys if is_left_out(key, form)]:
        closed["x-fixed" if form == "type" else "x-patch-only"] = left_out
    if form == "whole":
        closed |= _demands(shape)
    elif len(shape.one_of or shape.at_most_one_of) > 1:
        closed["oneOf"] = _at_most_one(shape, shape.one_of or shape.at_most_one_of)
    if shape.short is None:
        return {"type": "object", **closed}
    alone = value_schema(shape.short.value)
    kinds = alone.get("type", "string")
    scalar = kinds if isinstance(kinds, list) else [kinds]
    return {
        "type": [*scalar, "object"],
        "if": {"type": scalar if len(scalar) > 1 else scalar[0]},
        "then": alone,
        "else": closed,
    }


def is_left_out(key: Key, form: Form) -> bool:
    """Whether a map of that form may not have the key."""
    return key.patch_only if form == "whole" else key.fixed and form == "type"


def _demands(shape: Shape) -> Schema:
    """What a whole map must have; of a patch nothing is demanded."""
    demands: Schema = {}
    if required := [key.name for key in shape.keys if key.required]:
        demands["required"] = required
    if shape.one_of:
        demands["oneOf"] = [_alone(shape, name) for name in shape.one_of]
    if shape.at_most_one_of:
        demands["oneOf"] = _at_most_one(shape, shape.at_most_one_of)
    return demands


def _alone(shape: Shape, name: str) -> Schema:
    """One of the words that exclude each other; beside the first of a pair its second does not count."""
    beside = {"not": {"required": [shape.pair[0]]}} if name in shape.pair[1:] else {}
    return {"required": [name], **beside}


def _at_most_one(shape: Shape, names: tuple[str, ...]) -> list[Schema]:
    """None of these words, or one of them. A list of the pairs that may not be would be far longer."""
    none: Schema = {"not": {"anyOf": [{"required": [name]} for name in names]}}
    return [none, *(_alone(shape, name) for name in names)]


def _key(key: Key, form: Form) -> Schema:
    value = value_schema(key.value, form)
    return value if form == "whole" or key.required else _or_remove(value)


def _or_remove(value: Schema) -> Schema:
    """The value, or the word that takes away what the patch stands on."""
    return {"if": {"const": REMOVE}, "then": {"type": "string"}, "else": value}


@cache
def value_schema(value: Value, form: Form = "whole") -> Schema:  # noqa: C901, PLR0911, PLR0912 - one line per kind of value
    """The JSON Schema of one value. Keywords with `x-` say which hint a finding gets."""
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
        case Dur(working=working, field=field):
            patterns = [LENGTH_PATTERN if working else PATTERN, *([NAME] if field else [])]
            return {"type": "string", "pattern": "|".join(patterns), "x-kind": value.what}
        case Exp(of="condition"):
            return {"type": ["string", "boolean"], "minLength": 1, "x-kind": "condition"}
        case Exp(of=of):
            return {**_SCALAR, "minLength": 1, "x-kind": of}
        case Any():
            return _SCALAR
        case Data(like="reasons"):
            return _REASONS
        case Data(like="told"):
            return _TOLD
        case Data(like=like):
            return {"type": "object"} if like else {}
        case Sub(shape=shape):
            return _ref(shape, form)
        case Patch(shape=shape):
            return _ref(shape, "patch" if form == "patch" else "type")
        case Named(of=of, pattern=pattern, least=least):
            entry = value_schema(of, form)
            return {
                "type": "object",
                "propertyNames": {"pattern": pattern, "x-kind": "name"},
                "additionalProperties": entry if form == "whole" else _or_remove(entry),
                "minProperties": least if form == "whole" else 0,
            }
        case Many(of=of, single=single, least=least):
            return _many(value_schema(of), value_schema(of, form), single=single, least=least)


def _ref(shape: str, form: Form) -> Schema:
    prefix = {"whole": "", "patch": "patch_", "type": "type_" if shape in HOLD_FIXED else "patch_"}[form]
    return {"$ref": f"#/$defs/{prefix}{_id(shape)}"}


def _many(item: Schema, alone: Schema, *, single: bool, least: int) -> Schema:
    listed: Schema = {"type": "array", "items": item, "minItems": least}
    return {"if": {"type": "array"}, "then": listed, "else": alone} if single else listed
