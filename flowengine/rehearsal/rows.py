"""Filling the columns of a scenario's row into its steps: `{amount}` alone becomes the value itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_COLUMN: Final = re.compile(r"\{([^\s{}]+)\}")


def filled(value: Any, row: Mapping[str, Any]) -> Any:
    """`value` with every `{column}` of the row replaced, also inside lists and maps."""
    if isinstance(value, str):
        return _text(value, row)
    if isinstance(value, Mapping):
        return {name: filled(each, row) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [filled(each, row) for each in value]
    return value


def _text(value: str, row: Mapping[str, Any]) -> Any:
    whole = _COLUMN.fullmatch(value)
    if whole and whole[1] in row:
        return row[whole[1]]
    return _COLUMN.sub(lambda match: str(row.get(match[1], match[0])), str(value))
