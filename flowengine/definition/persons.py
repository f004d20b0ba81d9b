"""The ids by which people are told apart: sign by sign, so that no two of them may look alike."""

from __future__ import annotations

import unicodedata


def is_plain(id: str) -> bool:
    """Whether nobody could type the same id in another form: no invisible signs, no blanks around it, accents
    composed (Unicode NFC). What is written small or large stays apart, as the host says.
    """
    return id.isprintable() and id == id.strip() and (id.isascii() or unicodedata.is_normalized("NFC", id))


def composed(id: str) -> str:
    """The form of an id in which accents stand with their letters, however somebody has typed it."""
    return id if id.isascii() else unicodedata.normalize("NFC", id)
