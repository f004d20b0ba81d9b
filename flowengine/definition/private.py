"""Values that tell of a person: their classes, and how a value is written once it is sealed.

Nothing here can seal or open one: that takes a key, and the runtime.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

PRIVATE_CLASSES: Final = ("name", "phone", "address", "id")
"""What a private text may be: each has a mask of its own."""
KNOWN_BY: Final = ("id", "phone")
"""The classes by which a person is known again. Two people may share a name or an address."""

_SEALED: Final = re.compile(r"fe1:([\w-]{22}):([a-z]\w*):([\w-]{22}):([\w-]+)", re.ASCII)


class Token(NamedTuple):
    """A sealed value taken apart: whose it is, the field it was sealed for, its blind value, and the rest.

    The blind value is the same for the same text of the same person, and tells nothing without the key.
    """

    subject: str
    field: str
    blind: str
    secret: str

    @property
    def text(self) -> str:
        """The token as it is stored."""
        return f"fe1:{self.subject}:{self.field}:{self.blind}:{self.secret}"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A private value on its way into an order. It is no text, so that nothing takes it for a plain one."""

    token: Token

    @property
    def text(self) -> str:
        """What is stored."""
        return self.token.text

    def __str__(self) -> str:
        return self.token.text


@dataclass(frozen=True, slots=True)
class Unfit:
    """What stands for a private value that cannot be one, for the reason `code`: it is quoted nowhere."""

    code: str = "wrong.private"

    def __str__(self) -> str:
        return "…"


def token_of(text: object) -> Token | None:
    """The sealed value that a stored text is; None for any other."""
    found = _SEALED.fullmatch(text) if isinstance(text, str) else None
    return Token(*found.groups()) if found else None


def tokens_in(text: str) -> Iterator[Token]:
    """Every sealed value within a text, such as a snapshot or a row of history."""
    return (Token(*found) for found in _SEALED.findall(text))


def replaced(text: str, shown: Callable[[Token], str]) -> str:
    """A text with something else in place of each sealed value."""
    return _SEALED.sub(lambda found: shown(Token(*found.groups())), text)
