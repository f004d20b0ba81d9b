"""Writes every file that is generated from the vocabulary: the JSON Schemas and the language reference.

Run it with `make generated`; a test holds the files to what it writes.
"""  # noqa: INP001 - a script, nobody installs it

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flowengine.definition.process_schema import process_schema
from flowengine.definition.reference import reference
from flowengine.definition.rehearsing import scenario_schema

ROOT = Path(__file__).resolve().parent.parent


def generated() -> dict[str, str]:
    """The text of each generated file by its path in the checkout."""
    return {
        "schemas/process.schema.json": _json(process_schema()),
        "schemas/scenario.schema.json": _json(scenario_schema()),
        "docs/language.md": reference("en"),
        "docs/language.zh-CN.md": reference("zh"),
    }


def _json(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write them all."""
    for path, text in generated().items():
        (ROOT / path).parent.mkdir(exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
