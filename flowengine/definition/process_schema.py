"""The JSON Schemas of process files: a process, one that includes or extends, and a library.

Each is a gate of its own, so that what is said about a file fits what it means to be. Editors get one schema
that tells them apart by the same words: `editor_schema` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

from flowengine.definition.gate import Gate
from flowengine.definition.schema import Schema, whole_or_patch
from flowengine.definition.vocabulary import LIBRARY, SHAPES

Form = Literal["process", "including", "variant", "library"]
TELLING: Final = ("process", "stages", "version", "owner")
"""The words by any of which a file is a process; without all of them it is a library."""
_OF_A_LIBRARY: Final = {key.name for key in LIBRARY.keys} - {"flowengine"}
LEAST: Final[Mapping[str, tuple[str, ...]]] = {
    "including": tuple(
        key.name for key in SHAPES["process"].keys if key.required and key.name not in _OF_A_LIBRARY
    ),
    "variant": ("flowengine", "process", "version", "extends"),
}
"""What a process must say itself that gets other parts from elsewhere."""


@cache
def form_schema(form: Form) -> Mapping[str, Any]:
    """The schema that a file of that form must keep."""
    definitions = _definitions()
    return {**definitions[form], "$defs": definitions}


@cache
def form_gate(form: Form) -> Gate:
    """The gate for files of that form."""
    return Gate(form_schema(form))


@cache
def process_schema() -> Mapping[str, Any]:
    """The schema of all process files in one, whatever their form."""
    is_process = {"anyOf": [{"required": [word]} for word in TELLING]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://flowengine.example/schemas/process.schema.json",
        "title": "flowengine process",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/variant"},
        "else": {
            "if": is_process,
            "then": {
                "if": {"required": ["include"]},
                "then": {"$ref": "#/$defs/including"},
                "else": {"$ref": "#/$defs/process"},
            },
            "else": {"$ref": "#/$defs/library"},
        },
        "$defs": _definitions(),
    }


@cache
def _definitions() -> Schema:
    definitions = whole_or_patch({**SHAPES, LIBRARY.name: LIBRARY})
    including = {**definitions["process"], "required": list(LEAST["including"])}
    variant = {**definitions["patch_process"], "required": list(LEAST["variant"])}
    return {**definitions, "including": including, "variant": variant}
