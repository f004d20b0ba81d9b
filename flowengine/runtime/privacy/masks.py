"""What is shown in place of a private value: enough to tell two apart on the telephone, too little to use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_HEAD: Final = 3
_TAIL: Final = 4
_PLACE: Final = 6
"""So many characters of an address name a province and a city."""


def mask(kind: str, text: str) -> str:
    """The mask of a private value of that class: `张*`, `138****1234`."""
    return _MASKS.get(kind, _ends)(text)


def _name(text: str) -> str:
    """The first letter of each word: `张*`, `J*** S****`."""
    return " ".join(word[0] + "*" * max(len(word) - 1, 1) for word in text.split())


def _phone(text: str) -> str:
    """The first three and the last four figures of a long number, the last two of a short one."""
    if len(text) >= _HEAD + 2 * _TAIL:
        return f"{text[:_HEAD]}****{text[-_TAIL:]}"
    return f"****{text[-2:]}" if len(text) > _TAIL else "****"


def _address(text: str) -> str:
    """Where it is, and not at whose door: at most a third of it."""
    return text[: min(_PLACE, len(text) // 3)] + "****"


def _ends(text: str) -> str:
    """The first and the last character."""
    return f"{text[0]}****{text[-1]}" if len(text) > _TAIL else "****"


_MASKS: Final[Mapping[str, Callable[[str], str]]] = {"name": _name, "phone": _phone, "address": _address}
