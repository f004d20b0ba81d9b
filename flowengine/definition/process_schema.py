"""The JSON Schemas of process files: a process, one that includes or extends, and a library.

Each is a gate of its own, so that what is said about a file fits what it means to be; editors get one
schema that tells them apart by the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

from flowengine.definition.schema import Schema, whole_or_patch
from flowengine.definition.vocabulary import LIBRARY, SHAPES

Form = Literal["process", "including", "variant", "library"]
_HEAD: Final = ("flowengine", "process", "version", "extends")


@cache
def form_schema(form: Form) -> Mapping[str, Any]:
    """The schema that a file of that form must keep."""
    definitions = _definitions()
    return {**definitions[form], "$defs": definitions}


@cache
def process_schema() -> Mapping[str, Any]:
    """The schema of all process files, for editors."""
    is_process = {"anyOf": [{"required": [word]} for word in ("process", "stages", "version", "owner")]}
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
    whole = definitions["process"]
    library = {key.name for key in LIBRARY.keys}
    required = [word for word in whole["required"] if word not in library - {"flowengine"}]
    including = {**whole, "required": required}
    variant = {**definitions["patch_process"], "required": list(_HEAD)}
    return {**definitions, "including": including, "variant": variant}
