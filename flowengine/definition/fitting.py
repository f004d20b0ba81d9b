"""Whether a value keeps a schema: yes or no, and nothing else.

Reads our generated schemas, as far as a file needs them, so that a good file costs next to nothing. What is
wrong with a value that does not fit, `gate` asks the JSON Schema validator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Sized
from decimal import Decimal
from functools import cache
from typing import Any as Json
from typing import Final

Schema = Mapping[str, Json]
Fits = Callable[[Json], bool]
Read = Callable[[Schema], Fits]

_TYPES: Final[Mapping[str, frozenset[type]]] = {
    "object": frozenset({dict}),
    "array": frozenset({list}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "integer": frozenset({int}),
    "number": frozenset({int, Decimal}),
}
"""The types of a document's values. Asked for exactly: Python takes `true` for a number."""
_WITH_ANOTHER: Final = frozenset({"$schema", "$id", "$defs", "title", "then", "else"})
"""Keywords that demand nothing, or that another one reads."""


@cache
def whole_text(pattern: str) -> re.Pattern[str]:
    """`pattern` as JSON Schema means it: Python's `$` would let a line break pass behind a name."""
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


def fitting(schema: Schema) -> Fits:
    """The schema as a test of bare values. Raises KeyError for a keyword that our schemas do not use."""
    definitions: Mapping[str, Schema] = schema.get("$defs", {})
    known: dict[str, Fits] = {}

    def read(part: Schema) -> Fits:
        return reference(part["$ref"].removeprefix("#/$defs/")) if "$ref" in part else _all_of(part, read)

    def reference(name: str) -> Fits:
        """Read when the first value comes: shapes hold each other, and a file has few of them."""

        def fits(value: Json) -> bool:
            if name not in known:
                known[name] = read(definitions[name])
            return known[name](value)

        return fits

    return read(schema)


def _all_of(schema: Schema, read: Read) -> Fits:
    words = {word for word in schema if word not in _WITH_ANOTHER and not word.startswith("x-")}
    if "additionalProperties" in words:
        words.discard("properties")  # one look at each entry answers for both
    tests = [_KEYWORDS[word](schema, read) for word in schema if word in words]
    match tests:
        case []:
            return _anything
        case [test]:
            return test
        case [first, second]:
            return lambda value: first(value) and second(value)
        case _:
            return _every(tests)


def _every(tests: Sequence[Fits]) -> Fits:
    def fits(value: Json) -> bool:
        for test in tests:  # noqa: SIM110 - asked of every value of a file: a generator takes twice as long
            if not test(value):
                return False
        return True

    return fits


def _anything(_: Json) -> bool:
    return True


def _nothing(_: Json) -> bool:
    return False


def _type(schema: Schema, _: Read) -> Fits:
    wanted = schema["type"]
    names = [wanted] if isinstance(wanted, str) else wanted
    types = frozenset[type]().union(*(_TYPES[name] for name in names))
    return lambda value: type(value) in types


def _const(schema: Schema, _: Read) -> Fits:
    wanted = schema["const"]
    return lambda value: type(value) is not bool and bool(value == wanted)


def _enum(schema: Schema, _: Read) -> Fits:
    words = frozenset(schema["enum"])
    return lambda value: type(value) is str and value in words


def _pattern(schema: Schema, _: Read) -> Fits:
    search = whole_text(schema["pattern"]).search
    return lambda value: type(value) is not str or search(value) is not None


def _minimum(schema: Schema, _: Read) -> Fits:
    least, numbers = schema["minimum"], _TYPES["number"]
    return lambda value: type(value) not in numbers or value >= least


def _length(word: str, kind: type[Sized]) -> Callable[[Schema, Read], Fits]:
    """So many characters, items or entries, at least or at most."""

    def test(schema: Schema, _: Read) -> Fits:
        limit = schema[word]
        if word.startswith("min"):
            return lambda value: type(value) is not kind or len(value) >= limit
        return lambda value: type(value) is not kind or len(value) <= limit

    return test


def _entries(schema: Schema, read: Read) -> Fits:
    """The entries of a map: those that are named, and all others."""
    named = {name: read(each) for name, each in schema.get("properties", {}).items()}
    others = schema.get("additionalProperties", {})
    rest = _nothing if others is False else read(others)

    def fits(value: Json) -> bool:
        if type(value) is dict:
            for key, part in value.items():
                if not named.get(key, rest)(part):
                    return False
        return True

    return fits


def _required(schema: Schema, _: Read) -> Fits:
    names = frozenset(schema["required"])
    return lambda value: type(value) is not dict or value.keys() >= names


def _names(schema: Schema, read: Read) -> Fits:
    fits = read(schema["propertyNames"])
    return lambda value: type(value) is not dict or all(map(fits, value))


def _items(schema: Schema, read: Read) -> Fits:
    fits = read(schema["items"])
    return lambda value: type(value) is not list or all(map(fits, value))


def _if(schema: Schema, read: Read) -> Fits:
    asked, then, otherwise = (read(schema.get(word, {})) for word in ("if", "then", "else"))
    return lambda value: then(value) if asked(value) else otherwise(value)


def _not(schema: Schema, read: Read) -> Fits:
    fits = read(schema["not"])
    return lambda value: not fits(value)


def _any_of(schema: Schema, read: Read) -> Fits:
    options = [read(each) for each in schema["anyOf"]]
    return lambda value: any(fits(value) for fits in options)


def _one_of(schema: Schema, read: Read) -> Fits:
    options = [read(each) for each in schema["oneOf"]]
    return lambda value: sum(fits(value) for fits in options) == 1


_KEYWORDS: Final[Mapping[str, Callable[[Schema, Read], Fits]]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "pattern": _pattern,
    "minimum": _minimum,
    "minLength": _length("minLength", str),
    "maxLength": _length("maxLength", str),
    "minItems": _length("minItems", list),
    "minProperties": _length("minProperties", dict),
    "properties": _entries,
    "additionalProperties": _entries,
    "required": _required,
    "propertyNames": _names,
    "items": _items,
    "if": _if,
    "not": _not,
    "anyOf": _any_of,
    "oneOf": _one_of,
}
