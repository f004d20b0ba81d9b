"""Where a database is: a path or a URL, and how it is shown to people, which is never with a password."""

from __future__ import annotations

import re
from typing import Final

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_POSTGRES: Final = re.compile(r"(postgresql|postgres)(\+\w+)?://")
# Up to the last @: a password may hold what should have been escaped in it.
_BEFORE_THE_HOST: Final = re.compile(r"(?<=://)([^/:?@]*):(.*)@")
_AS_OPTION: Final = re.compile(r"\b((?:ssl)?password=)([^&\s]*)")
_COVER: Final = "***"


def is_url(place: str) -> bool:
    """Whether a place is written as a URL, of whatever kind."""
    return bool(_SCHEME.match(place))


def is_postgres(place: str) -> bool:
    """Whether a place is the URL of a PostgreSQL database."""
    return bool(_POSTGRES.match(place))


def shown(place: str) -> str:
    """A place as it may be printed."""
    return _AS_OPTION.sub(rf"\1{_COVER}", _BEFORE_THE_HOST.sub(rf"\1:{_COVER}@", place))


def hidden(text: str, place: str) -> str:
    """A text in which somebody may have quoted the place, or a part of it, without its password."""
    text = text.replace(place, shown(place)) if place else text
    # Who splits the URL at the first @ or / of such a password takes the rest for the name of the host.
    parts = (part for _, secret in _BEFORE_THE_HOST.findall(place) for part in re.split("[@:/?#]", secret))
    for part in filter(None, parts):
        text = re.sub(rf"(?<=['\"]){re.escape(part)}(?=['\"@])", _COVER, text)
    return text
