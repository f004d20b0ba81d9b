"""Where the next page of a list begins, as one word that a user can copy."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote, unquote

from flowengine.cli.trouble import Trouble

_NUMBER: Final = re.compile("[0-9]{1,18}")


def cursor_text(after: Any) -> str | None:
    """A cursor of the engine as a word; None after the last page."""
    if after is None:
        return None
    return ",".join(quote(str(part), safe="@.") for part in after) if isinstance(after, tuple) else str(after)


def cursor_value(word: str | None, kinds: tuple[type, ...]) -> Any:
    """The cursor that `cursor_text` wrote, with parts of these kinds. Raises Trouble for any other word."""
    if word is None:
        return None
    parts = word.split(",")
    if len(parts) != len(kinds) or any(
        kind is int and not _NUMBER.fullmatch(part) for part, kind in zip(parts, kinds, strict=True)
    ):
        raise Trouble("not_a_cursor", word)
    values = tuple(
        int(part) if kind is int else unquote(part) for part, kind in zip(parts, kinds, strict=True)
    )
    return values[0] if len(values) == 1 else values
