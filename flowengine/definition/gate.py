"""The first gate: a document against its JSON Schema, each error turned into a finding in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any as Json

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place, unknown
from flowengine.definition.shapes import NAME
from flowengine.texts import Phrase

_KINDS = {
    dict: "map",
    list: "list",
    str: "text",
    bool: "yes_or_no",
    int: "number",
    Decimal: "number",
    type(None): "nothing",
}
_WANTED = {
    "object": "map",
    "array": "list",
    "string": "text",
    "boolean": "yes_or_no",
    "integer": "whole_number",
    "number": "number",
}


def shape_findings(node: Node, schema: Mapping[str, Json]) -> tuple[Finding, ...]:
    """Every way in which the document breaks the schema, each at the key or value that breaks it."""
    validator = _validator_class()(schema)
    return tuple(
        finding for error in validator.iter_errors(node.plain()) for finding in _findings(node, error)
    )


@cache
def _validator_class() -> Json:
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415 - 100 ms that few need

    extend: Json = validators.extend
    return extend(Draft202012Validator, {"pattern": _whole_text})


def _whole_text(_validator: Json, pattern: str, instance: Json, _schema: Json) -> Iterator[Json]:
    """`pattern` as JSON Schema means it: Python's `$` would let a line break pass behind a name."""
    from jsonschema import ValidationError  # noqa: PLC0415 - as above

    if isinstance(instance, str) and not re.search(pattern.removesuffix("$") + r"\Z", instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _findings(root: Node, error: Json) -> Iterator[Finding]:
    path = list(error.absolute_path)
    node = root.at(path)
    place = node.place
    rule, value, wanted = error.validator, error.instance, error.validator_value
    match rule:
        case "additionalProperties":
            known = error.schema.get("properties", {})
            for word in value:
                if word not in known:
                    yield unknown("FE101", node.keys[word], word, known)
        case "required":
            missing = [name for name in wanted if name not in value]
            yield Finding("FE102", _opening(root, path, place), {"word": missing[0], "words": missing})
        case "type" if "enum" not in error.schema or node.kind != "scalar":
            yield _wrong_kind(node, error.schema)
        case "enum" if node.kind == "scalar":
            yield unknown("FE104", place, node.text, wanted)
        case "const":
            quoted = isinstance(value, str)
            word = f'"{value}"' if quoted else node.text or Phrase(f"kind.{_KINDS[type(value)]}")
            yield Finding("FE109", place, {"word": word, "wanted": wanted}, "FE109.quoted" if quoted else "")
        case "pattern" if "propertyNames" in error.absolute_schema_path:
            hint = "FE105.name" if wanted == NAME else "FE105.plain_name"
            yield Finding("FE105", node.keys.get(value, place), {"word": value}, hint)
        case "pattern":
            yield Finding("FE105", place, {"word": value}, _written_as(error.schema))
        case "oneOf" | "not" if not isinstance(value, dict):
            return  # it is no map at all, which is an error of its own
        case "oneOf":
            yield _choice(_opening(root, path, place), value, [each["required"][0] for each in wanted])
        case "not":
            options = {name: None for pair in wanted["anyOf"] for name in pair["required"]}
            yield _choice(_opening(root, path, place), value, list(options))
        case "minimum":
            yield Finding("FE107", place, {"word": node.text, "least": wanted})
        case "minItems" | "minProperties" | "minLength":
            yield Finding("FE108", place)


def _opening(root: Node, path: list[str | int], place: Place) -> Place:
    """The key that opens a map, which reads better than the first key inside it."""
    if path and isinstance(path[-1], str):
        return root.at(path[:-1]).keys.get(path[-1], place)
    return place


def _wrong_kind(node: Node, schema: Mapping[str, Json]) -> Finding:
    found = _KINDS[type(node.value)]
    options = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    either = "text_or_map" if {"string", "object"} <= {*options} else _WANTED[options[0]]
    params = {"wanted": Phrase(f"kind.{either}"), "found": Phrase(f"kind.{found}"), "value": node.text}
    hint = "FE103.nothing" if node.value is None else ""
    if found in ("number", "yes_or_no") and options[0] == "string" and "then" not in schema:
        hint = _written_as(schema) if "x-kind" in schema else "FE103.quote"
    return Finding("FE103", node.place, params, hint)


def _written_as(schema: Mapping[str, Json]) -> str:
    """The hint that says how a text of this kind is written."""
    return f"FE105.{schema.get('x-kind', 'name').replace(' ', '_')}"


def _choice(place: Place, value: Mapping[str, Json], options: list[str]) -> Finding:
    given = [name for name in options if name in value]
    return Finding(
        "FE106", place, {"given": given, "options": options}, hint="FE106.several" if given else "FE106.none"
    )
