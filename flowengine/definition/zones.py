"""Time zones by name: which names mean the same on every machine, and which one was probably meant.

Used by the check of a process. A name that only this machine knows, such as `localtime`, would move the
deadlines of every order when the store is moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from flowengine.definition.document.characters import shown
from flowengine.definition.findings import Finding, is_sure, nearest
from flowengine.definition.words import Name

_PART: Final = r"[A-Z][A-Za-z0-9_+-]*"
# Every name of the IANA database begins each of its parts with a capital; `localtime`, `posixrules` and the
# copies under `posix/` and `right/` that some systems keep do not.
_IANA: Final = re.compile(rf"{_PART}(?:/{_PART})*")
_NOT_SET: Final = "Factory"  # what a machine is delivered with, before anybody has said where it stands
_COPIES: Final = re.compile(r"^(?:posix|right)/")


def zone_findings(zone: Name) -> Iterator[Finding]:
    """What is wrong with the name of a zone, where it was written."""
    if not is_zone(zone):
        word = shown(zone)
        guess = likely_zone(word)
        params = {"word": word, "guess": guess, "sure": is_sure_zone(word)}
        yield Finding("FE210", zone.place, params, "hint.did_you_mean" if guess else "")


def is_zone(name: str) -> bool:
    """Whether every machine knows a time zone of that name, and means the same by it."""
    if name == _NOT_SET or not _IANA.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def likely_zone(word: str) -> str | None:
    """The zone that was probably meant: by a slip of the pen, a copy of a zone, a city alone."""
    names = sorted(name for name in available_timezones() if is_zone(name))
    meant = _COPIES.sub("", word).replace(" ", "_")
    return meant if meant in names else nearest(meant, names) or _city(meant, names)


def is_sure_zone(word: str) -> bool:
    """Whether one zone alone can be meant by a misspelt name."""
    return is_sure(word, filter(is_zone, available_timezones()))


def _city(word: str, names: Iterable[str]) -> str | None:
    ending = f"/{word.lower()}"
    return next((name for name in names if name.lower().endswith(ending)), None)
