"""The master key of a host: it wraps the keys of persons, and never comes into the store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from flowengine.errors import WrongInput, WrongMasterKey
from flowengine.runtime.privacy.ciphers import KEY_BYTES, bytes_of, decrypted, encrypted, new_key, text_of

_ID: Final = 8
_BOUND: Final = "flowengine key 1"


class MasterKeys:
    """The present master key, and those before it, under which keys may still be wrapped.

    A host whose keys are kept by a service hands over an object of its own with the same three methods.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise WrongInput(f"a master key has {KEY_BYTES} bytes; make one with `flowengine key new`")
        self._keys = {_name_of(key): key for key in keys}
        self._newest = _name_of(keys[0])

    @classmethod
    def of(cls, text: str) -> MasterKeys:
        """The keys that a text names, the present one first, apart by spaces or lines; `#` begins a remark.

        Raises WrongInput, which never quotes the text.
        """
        words = [word for line in text.splitlines() for word in line.partition("#")[0].split()]
        try:
            return cls([bytes_of(word) for word in words])
        except ValueError as error:
            raise WrongInput("this is no master key; make one with `flowengine key new`") from error

    @classmethod
    def thrown_away(cls) -> MasterKeys:
        """A key that nobody keeps: for rehearsals, whose values end with them."""
        return cls([new_key()])

    def wrap(self, key: bytes) -> str:
        """A key under the present master key."""
        return f"{self._newest}.{encrypted(self._keys[self._newest], key, _BOUND)}"

    def unwrap(self, wrapped: str) -> bytes:
        """The key that `wrap` was given. Raises WrongMasterKey where it was wrapped by none of these."""
        name, _, secret = wrapped.partition(".")
        if name not in self._keys:
            raise WrongMasterKey
        return decrypted(self._keys[name], secret, _BOUND)

    def is_current(self, wrapped: str) -> bool:
        """Whether a key is wrapped by the present master key."""
        return wrapped.partition(".")[0] == self._newest


def new_master_key() -> str:
    """The text of a new master key."""
    return text_of(new_key())


def _name_of(key: bytes) -> str:
    """What tells which master key wrapped a key; it tells nothing of the key itself."""
    return hashlib.sha256(_BOUND.encode() + key).hexdigest()[:_ID]
