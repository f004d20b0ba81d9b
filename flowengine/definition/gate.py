"""The first gate: a document against its JSON Schema, each error turned into a finding in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any as Json

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place, unknown
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
    "integer": "number",
    "number": "number",
}


def shape_findings(node: Node, schema: Mapping[str, Json]) -> tuple[Finding, ...]:
    """Every way in which the document breaks the schema, each at the key or value that breaks it."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 100 ms that a broken document need not wait for

    validator = Draft202012Validator(schema)
    return tuple(
        finding for error in validator.iter_errors(node.plain()) for finding in _findings(node, error)
    )


def _findings(root: Node, error: Json) -> Iterator[Finding]:
    path = list(error.absolute_path)
    node = root.at(path)
    place = node.place
    rule, value = error.validator, error.instance
    match rule:
        case "additionalProperties":
            known = error.schema.get("properties", {})
            for word in value:
                if word not in known:
                    yield unknown("FE101", node.keys[word], word, known)
        case "required":
            missing = [name for name in error.validator_value if name not in value]
            yield Finding("FE102", _opening(root, path, place), {"word": missing[0], "words": missing})
        case "type":
            yield _wrong_kind(place, value, error.validator_value)
        case "enum":
            yield unknown("FE104", place, str(value), error.validator_value)
        case "const":
            yield Finding("FE109", place, {"word": value, "wanted": error.validator_value})
        case "pattern" if "propertyNames" in error.absolute_schema_path:
            yield Finding("FE105", node.keys.get(value, place), {"word": value}, hint="FE105.name")
        case "pattern":
            kind = error.schema.get("x-kind", "name")
            yield Finding("FE105", place, {"word": value}, hint=f"FE105.{kind.replace(' ', '_')}")
        case "oneOf":
            yield _choice(
                _opening(root, path, place),
                value,
                [option["required"][0] for option in error.validator_value],
            )
        case "not":
            options = {name: None for pair in error.validator_value["anyOf"] for name in pair["required"]}
            yield _choice(_opening(root, path, place), value, list(options))
        case "minimum":
            yield Finding("FE107", place, {"word": value, "least": error.validator_value})
        case _:  # minItems, minProperties, minLength: the value is there but empty
            yield Finding("FE108", place)


def _opening(root: Node, path: list[str | int], place: Place) -> Place:
    """The key that opens a map, which reads better than the first key inside it."""
    if path and isinstance(path[-1], str):
        return root.at(path[:-1]).keys.get(path[-1], place)
    return place


def _wrong_kind(place: Place, value: object, wanted: str | list[str]) -> Finding:
    found = _KINDS.get(type(value), "text")
    options = [_WANTED[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    quote = found in ("number", "yes_or_no") and "text" in options
    hint = "FE103.quote" if quote else "FE103.nothing" if value is None else ""
    return Finding(
        "FE103",
        place,
        {"wanted": Phrase(f"kind.{options[0]}"), "found": Phrase(f"kind.{found}"), "value": value},
        hint,
    )


def _choice(place: Place, value: Mapping[str, Json], options: list[str]) -> Finding:
    given = [name for name in options if name in value]
    return Finding(
        "FE106", place, {"given": given, "options": options}, hint="FE106.several" if given else "FE106.none"
    )
