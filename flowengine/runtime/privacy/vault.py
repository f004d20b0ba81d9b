"""The keys of persons: found, made, and used, each under the master key of the host.

Every person has a key of their own. With it go all values of that person, in every order, in history too.
"""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

from flowengine.definition.private import Token, tokens_in
from flowengine.errors import NoMasterKey
from flowengine.runtime.ports import Definitions, Keys
from flowengine.runtime.privacy import ciphers
from flowengine.runtime.rows import SubjectRow

INDEX: Final = "index"
"""The name under which the key of blind look-ups is kept among those of persons."""
_BOUND: Final = "flowengine private 1"
_DIGITS: Final = frozenset("0123456789")
_CHINA: Final = "86"
_MOBILE: Final = 11


class Person(NamedTuple):
    """A person with their key."""

    row: SubjectRow
    key: bytes

    def blind(self, field: str, text: str) -> str:
        """The blind value of a text in a field: the same for the same text, as long as there is the key."""
        return ciphers.blind(self.key, f"{field}\0{text}")

    def sealed(self, process: str, field: str, text: str) -> Token:
        """The text, encrypted for this person, process and field."""
        secret = ciphers.encrypted(self.key, text.encode(), _bound(process, self.row.name, field))
        return Token(self.row.name, field, self.blind(field, text), secret)

    def opened(self, process: str, token: Token) -> str:
        """The text of a token of this person. Raises WrongMasterKey where that was sealed otherwise."""
        bound = _bound(process, token.subject, token.field)
        return ciphers.decrypted(self.key, token.secret, bound).decode()


class Vault:
    """The keys of one store, under the master key of its host; without one nothing is sealed or opened."""

    def __init__(self, keys: Keys | None) -> None:
        self.keys = keys
        self._index: bytes | None = None

    @property
    def master(self) -> Keys:
        """The master key. Raises NoMasterKey, and NoCrypto where the package is missing."""
        if self.keys is None:
            raise NoMasterKey
        ciphers.check()
        return self.keys

    def person(self, row: SubjectRow) -> Person | None:
        """A person by the row of their key; None for one who was erased."""
        return Person(row, self.master.unwrap(row.wrapped)) if row.wrapped else None

    def new_person(self, blind: str | None) -> Person:
        """Somebody of whom there is nothing yet, known by that blind value."""
        key = ciphers.new_key()
        return Person(SubjectRow(ciphers.new_name(), blind, self.master.wrap(key), None), key)

    def new_index(self) -> SubjectRow:
        """A key for blind look-ups, for a store that has none."""
        return SubjectRow(INDEX, None, self.master.wrap(ciphers.new_key()), None)

    @staticmethod
    def is_empty(unit: Definitions) -> bool:
        """Whether nothing private was ever kept in the store."""
        return not unit.subjects([INDEX])

    def blind(self, unit: Definitions, kind: str, text: str) -> str:
        """The blind value by which a text of that class is looked up. Raises NoMasterKey."""
        if self._index is None:
            found = unit.subjects([INDEX])
            if not found or found[0].wrapped is None:
                raise NoMasterKey
            self._index = self.master.unwrap(found[0].wrapped)
        return ciphers.blind(self._index, f"{kind}\0{alike(kind, text)}")

    def is_erased(self, unit: Definitions, text: str) -> bool:
        """Whether a text speaks of somebody who was erased."""
        names = {token.subject for token in tokens_in(text)}
        return any(row.wrapped is None for row in unit.subjects(names)) if names else False


def alike(kind: str, text: str) -> str:
    """A value as it is looked up, without what people write in many ways: spaces, dashes, wide letters."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if kind == "phone":
        digits = "".join(sign for sign in plain if sign in _DIGITS)
        is_mobile = len(digits) == _MOBILE + len(_CHINA) and digits.startswith(_CHINA)
        return digits.removeprefix(_CHINA) if is_mobile else digits or plain
    return plain.replace(" ", "") if kind == "id" else plain


def _bound(process: str, subject: str, field: str) -> str:
    return f"{_BOUND}|{process}|{subject}|{field}"
