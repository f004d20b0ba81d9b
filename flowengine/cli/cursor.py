"""Where the next page of a list begins, as one word that a user can copy."""

from __future__ import annotations

from typing import Any

import click

from flowengine.cli.options import LARGEST


def cursor_text(after: Any) -> str | None:
    """A cursor of the engine as a word; None after the last page."""
    if after is None:
        return None
    return ",".join(map(str, after)) if isinstance(after, tuple) else str(after)


def cursor_value(word: str | None, kinds: tuple[type, ...]) -> Any:
    """The cursor that `cursor_text` wrote, with parts of these kinds. Raises UsageError for any other word."""
    if word is None:
        return None
    parts = word.split(",")
    numbers = [part.isascii() and part.isdigit() and int(part[:20]) <= LARGEST for part in parts]
    if len(parts) != len(kinds) or not all(good for good, kind in zip(numbers, kinds, strict=True) if kind is int):
        raise click.UsageError(
            f"{word!r} is not a cursor of this list; copy the one under its last page", click.get_current_context()
        )
    values = tuple(int(part) if kind is int else part for part, kind in zip(parts, kinds, strict=True))
    return values[0] if len(values) == 1 else values
