"""The head of a library, and all that may stand in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flowengine.definition.shapes import Shape
from flowengine.definition.vocabulary import process
from flowengine.definition.vocabulary.process import FLOWENGINE, INCLUDE, LANGUAGE

_ADDED: Final = (
    "title", "zone", "calendars", "order", "roles", "people", "outcomes", "clocks", "holds", "rules",
    "approvals", "events", "messages", "calls", "exceptions", "tiers", "notices", "defaults", "ends",
)  # fmt: skip
"""The keys of a process that a library may hold for it; only the `title` stays the library's own."""

LIBRARY: Final = Shape(
    "library",
    "A library: parts that process files include. It has no `process` of its own.",
    "共用文件：供流程文件 `include` 的内容，自身没有 `process`。",
    (
        FLOWENGINE,
        INCLUDE,
        LANGUAGE,
        *(replace(key, required=False) for key in process.SHAPES[0].keys if key.name in _ADDED),
    ),
)
