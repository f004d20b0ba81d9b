"""The quick reading of a schema and the JSON Schema validator say the same, keyword by keyword."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from flowengine.definition.fitting import _KEYWORDS, _WITH_ANOTHER, fitting
from flowengine.definition.gate import _validator_class
from flowengine.definition.process_schema import form_schema, process_schema
from flowengine.definition.rehearsing import scenario_schema

VALUES: list[Any] = [
    None, True, False, 0, 1, 2, -1, 10**40, Decimal("1.0"), Decimal("1.5"), "", "a", "ab", "abc", "a\n", "1",
    [], [1], ["a", 1], {}, {"a": 1}, {"b": "x"}, {"a": "x", "b": "x"}, {"c": None}, {"a\n": 1},
]  # fmt: skip
SCHEMAS: dict[str, dict[str, Any]] = {
    "type": {"type": "integer"},
    "types": {"type": ["string", "number", "boolean"]},
    "object": {"type": "object"},
    "const": {"const": 1},
    "enum": {"enum": ["a", "1"]},
    "pattern": {"pattern": "^[a-z]$"},
    "minimum": {"minimum": 1},
    "minLength": {"minLength": 2},
    "maxLength": {"maxLength": 2},
    "minItems": {"minItems": 1},
    "minProperties": {"minProperties": 2},
    "properties": {"properties": {"a": {"type": "string"}}},
    "closed": {"properties": {"a": {}}, "additionalProperties": False},
    "open": {"properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": "string"}},
    "required": {"required": ["a", "b"]},
    "propertyNames": {"propertyNames": {"pattern": "^[a-z]$"}},
    "items": {"items": {"type": "integer"}},
    "if": {"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"type": "object"}},
    "if alone": {"if": {"type": "string"}, "then": {"enum": ["a"]}},
    "not": {"not": {"anyOf": [{"required": ["a"]}, {"type": "string"}]}},
    "anyOf": {"anyOf": [{"type": "string"}, {"minimum": 1}]},
    "oneOf": {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    "$ref": {"$ref": "#/$defs/word", "$defs": {"word": {"type": "string"}}},
    "x-": {"x-kind": "name", "title": "anything"},
}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_both_accept_the_same_values(schema: dict[str, Any]) -> None:
    fits, validator = fitting(schema), _validator_class()(schema)
    assert [fits(value) for value in VALUES] == [validator.is_valid(value) for value in VALUES]


def test_every_keyword_is_compared() -> None:
    assert {word for schema in SCHEMAS.values() for word in schema} >= {*_KEYWORDS}


def test_our_schemas_use_no_other_keyword() -> None:
    """Shapes are read when they are needed: a keyword nobody knows must not wait for that."""
    schemas = (process_schema(), scenario_schema(), form_schema("process"))
    used = {word for schema in schemas for word in keywords(schema)}
    assert {word for word in used if not word.startswith("x-")} <= {*_KEYWORDS, *_WITH_ANOTHER, "$ref"}


def test_another_keyword_is_refused() -> None:
    with pytest.raises(KeyError, match="uniqueItems"):
        fitting({"uniqueItems": True})


def keywords(schema: Any) -> Iterator[str]:
    """The keywords of a schema and of all within it; names of properties are none."""
    yield from schema
    for word in ("properties", "$defs"):
        for part in schema.get(word, {}).values():
            yield from keywords(part)
    for word in ("items", "if", "then", "else", "not", "propertyNames", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from keywords(schema[word])
    for word in ("anyOf", "oneOf"):
        for part in schema.get(word, ()):
            yield from keywords(part)
