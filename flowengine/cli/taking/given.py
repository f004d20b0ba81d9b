"""Values that a user gives: `NAME=VALUE` words and JSON records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from flowengine.cli.trouble import Trouble, unreadable


def pairs(words: Iterable[str]) -> dict[str, str]:
    """The values of `NAME=VALUE` words. Raises Trouble for a word without a name and a name given twice."""
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise Trouble("not_a_pair", word)
        if name.strip() in values:
            raise Trouble("given_twice", name.strip())
        values[name.strip()] = value
    return values


def record(place: str) -> dict[str, Any]:
    """The one record in a JSON file, or on stdin for `-`; numbers keep every digit. Raises Trouble."""
    try:
        with click.open_file(place, encoding="utf-8-sig") as file:
            found = json.load(file, parse_float=Decimal, parse_constant=_refused)
    except OSError as error:
        raise unreadable(Path(place), error) from error
    except (ValueError, RecursionError) as error:
        raise Trouble("not_json", f"--json {place}", detail=error) from error
    if not isinstance(found, dict):
        raise Trouble("not_a_record", f"--json {place}")
    return found


def _refused(constant: str) -> Any:
    raise ValueError(constant)
