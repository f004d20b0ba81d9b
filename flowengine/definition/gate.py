"""The first gate: a document against its JSON Schema, each error turned into a finding in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any as Json
from typing import Final, NamedTuple

from flowengine.definition.document import Node
from flowengine.definition.document.characters import shown
from flowengine.definition.document.wide import wide_finding, wide_letter, wide_sign
from flowengine.definition.findings import Finding, Place, nearest, one_slip_away, unknown
from flowengine.definition.fitting import fitting, whole_text
from flowengine.definition.shapes import NAME
from flowengine.texts import Phrase

_KINDS = {
    dict: "map",
    list: "list",
    str: "text",
    bool: "yes_or_no",
    int: "number",
    Decimal: "decimal",
    type(None): "nothing",
}
_WANTED = {
    "object": "map",
    "array": "list",
    "string": "text",
    "boolean": "yes_or_no",
    "integer": "whole_number",
}


class _Breach(NamedTuple):
    """One error of the validator: where in the document, what stands there, and what the schema wants."""

    root: Node
    path: list[str | int]
    node: Node
    value: Json
    wanted: Json
    schema: Mapping[str, Json]

    @property
    def opening(self) -> Place:
        """The key that opens a map, which reads better than the first key inside it."""
        *before, last = self.path or [0]
        keys = self.root.at(before).keys
        return keys.get(last, self.node.place) if isinstance(last, str) else self.node.place


class Gate:
    """A schema, for the documents that have to keep it."""

    def __init__(self, schema: Mapping[str, Json]) -> None:
        self._schema = schema
        self.fits = fitting(schema)

    def findings(self, node: Node) -> tuple[Finding, ...]:
        """Every way in which the document breaks the schema, each at the key or value that breaks it."""
        value = node.plain()
        if self.fits(value):
            return ()
        errors = _validator_class()(self._schema).iter_errors(value)
        return tuple(finding for error in errors for finding in _findings(node, error))


@cache
def _validator_class() -> Json:
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415 - 100 ms that few need

    extend: Json = validators.extend
    return extend(Draft202012Validator, {"pattern": _whole_text})


def _whole_text(_validator: Json, pattern: str, instance: Json, _schema: Json) -> Iterator[Json]:
    from jsonschema import ValidationError  # noqa: PLC0415 - as above

    if isinstance(instance, str) and not whole_text(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _findings(root: Node, error: Json) -> Iterator[Finding]:
    path = list(error.absolute_path)
    breach = _Breach(root, path, root.at(path), error.instance, error.validator_value, error.schema)
    rule = "propertyNames" if "propertyNames" in error.absolute_schema_path else error.validator
    yield from (_wide(breach, finding) for finding in _RULES[rule](breach))


def _wide(breach: _Breach, finding: Finding) -> Finding:
    """The finding, or one that says more where nothing is wrong but the width of a character."""
    word = finding.params.get("word", finding.params.get("value"))
    if not isinstance(word, str) or word.isascii():
        return finding
    index = wide_letter(word) if finding.code != "FE103" else wide_sign(word)
    if index is None:
        index = wide_letter(word)
    if index is None:
        return finding
    place = breach.node.within(index) if breach.node.text == word else finding.place.right(index)
    return wide_finding(place, word[index])


def _surplus(breach: _Breach) -> Iterator[Finding]:
    known = breach.schema.get("properties", {})
    for word in breach.value:
        if word in breach.schema.get("x-fixed", ()):
            yield Finding("FE701", breach.node.keys[word], {"word": word})
        elif word in breach.schema.get("x-patch-only", ()):
            yield Finding("FE702", breach.node.keys[word], {"word": word})
        elif word not in known:
            yield unknown("FE101", breach.node.keys[word], word, known)


def _lacking(breach: _Breach) -> Iterator[Finding]:
    """A word that stands there misspelt is not missing; that it is misspelt is found besides."""
    known = breach.schema.get("properties", {})
    meant = {nearest(word, known) for word in breach.value if word not in known}
    if missing := [name for name in breach.wanted if name not in breach.value and name not in meant]:
        yield Finding("FE102", breach.opening, {"word": missing[0], "words": missing})


def _kind(breach: _Breach) -> Iterator[Finding]:
    node, schema = breach.node, breach.schema
    if "enum" in schema and node.kind == "scalar":
        return  # no word of the list either, which says more
    found = _KINDS[type(node.value)]
    options = [breach.wanted] if isinstance(breach.wanted, str) else breach.wanted
    either = "text_or_map" if {"string", "object"} <= {*options} else _WANTED[options[0]]
    params = {"wanted": Phrase(f"kind.{either}"), "found": Phrase(f"kind.{found}"), "value": node.text}
    yield Finding("FE103", node.place, params, _instead(found, options, schema) or f"FE103.{either}")


def _instead(found: str, options: list[str], schema: Mapping[str, Json]) -> str:
    """The hint for what was mostly meant as a text, a number or a yes; empty where only the kind is known."""
    if found == "nothing":
        return "FE103.nothing"
    if found not in ("number", "decimal", "yes_or_no") or "string" not in options:
        return ""
    short = schema.get("then", schema)
    return _written_as(short) if "x-kind" in short else "" if "then" in schema else "FE103.quote"


def _word(breach: _Breach) -> Iterator[Finding]:
    if breach.node.kind == "scalar":
        yield unknown("FE104", breach.node.place, breach.node.text, breach.wanted)


def _version(breach: _Breach) -> Iterator[Finding]:
    node, quoted = breach.node, isinstance(breach.value, str)
    word = f'"{node.text}"' if quoted else node.text or Phrase(f"kind.{_KINDS[type(node.value)]}")
    params = {"word": word, "wanted": breach.wanted}
    yield Finding("FE109", node.place, params, "FE109.quoted" if quoted else "")


def _name(breach: _Breach) -> Iterator[Finding]:
    place = breach.node.keys.get(breach.value, breach.node.place)
    hint = "FE105.name" if breach.wanted == NAME else "FE105.plain_name"
    yield Finding("FE105", place, {"word": breach.value}, hint)


def _text(breach: _Breach) -> Iterator[Finding]:
    yield Finding("FE105", breach.node.place, {"word": breach.value}, _written_as(breach.schema))


def _written_as(schema: Mapping[str, Json]) -> str:
    """The hint that says how a text of this kind is written."""
    return f"FE105.{schema.get('x-kind', 'name').replace(' ', '_')}"


def _one_of(breach: _Breach) -> Iterator[Finding]:
    if not isinstance(breach.value, dict):
        return  # it is no map at all, which is an error of its own
    options = [option["required"][0] for option in breach.wanted if "required" in option]
    given = [name for name in options if name in breach.value]
    known = breach.schema.get("properties", {})
    if not given and any(one_slip_away(word, options) for word in breach.value if word not in known):
        return  # it stands there misspelt, which is found besides
    params = {"given": given, "options": options}
    yield Finding("FE106", breach.opening, params, "FE106.several" if given else "FE106.none")


def _too_small(breach: _Breach) -> Iterator[Finding]:
    yield Finding("FE107", breach.node.place, {"word": breach.node.text, "least": breach.wanted})


def _too_long(breach: _Breach) -> Iterator[Finding]:
    params = {"word": shown(breach.value), "length": len(breach.value), "limit": breach.wanted}
    yield Finding("FE110", breach.node.place, params)


def _empty(breach: _Breach) -> Iterator[Finding]:
    yield Finding("FE108", breach.node.place)


_RULES: Final[Mapping[str, Callable[[_Breach], Iterator[Finding]]]] = {
    "additionalProperties": _surplus,
    "required": _lacking,
    "type": _kind,
    "enum": _word,
    "const": _version,
    "pattern": _text,
    "propertyNames": _name,
    "oneOf": _one_of,
    "minimum": _too_small,
    "maxLength": _too_long,
    "minItems": _empty,
    "minProperties": _empty,
    "minLength": _empty,
}
