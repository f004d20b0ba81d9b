"""The one place that encrypts: AES-256-GCM of the package `cryptography`, and HMAC-SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Final

from flowengine.errors import NoCrypto, WrongMasterKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_NONCE: Final = 12
_BLIND: Final = 16


def new_key() -> bytes:
    """A key that nobody has yet."""
    return secrets.token_bytes(KEY_BYTES)


def new_name() -> str:
    """A name that nobody has yet, of 22 characters."""
    return secrets.token_urlsafe(_BLIND)


def encrypted(key: bytes, plain: bytes, bound_to: str) -> str:
    """`plain` under `key`, with a nonce of its own; it opens only for what it is `bound_to`."""
    nonce = secrets.token_bytes(_NONCE)
    return text_of(nonce + _cipher(key).encrypt(nonce, plain, bound_to.encode()))


def decrypted(key: bytes, secret: str, bound_to: str) -> bytes:
    """What `encrypted` was given. Raises WrongMasterKey where the key or what it is bound to is another."""
    cipher = _cipher(key)
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - the package is an extra

    try:
        data = bytes_of(secret)
        return cipher.decrypt(data[:_NONCE], data[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise WrongMasterKey from error


def blind(key: bytes, text: str) -> str:
    """A fingerprint of `text` that nobody can compare with another without the key, of 22 characters."""
    return text_of(hmac.digest(key, text.encode(), hashlib.sha256)[:_BLIND])


def text_of(data: bytes) -> str:
    """Bytes as text without signs that a URL or JSON would write otherwise."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    """The bytes that `text_of` wrote. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check() -> None:
    """Raise NoCrypto where the package is not installed."""
    _cipher(bytes(KEY_BYTES))


def _cipher(key: bytes) -> AESGCM:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - the package is an extra
    except ImportError as missing:
        raise NoCrypto from missing
    return AESGCM(key)
