"""The kinds of value that an order's fields hold, and what expressions may know about a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flowengine.definition.unwritten import unwritten


class Kind(StrEnum):
    """A kind of value. `moment` is the instant at which something last happened."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    LIST = "list"
    PERSON = "person"
    DURATION = "duration"
    MOMENT = "moment"


NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})
TIMES = frozenset({Kind.DATE, Kind.DATETIME, Kind.MOMENT})
WORDS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.PERSON})


@unwritten(frozen=True, slots=True)
class Known:
    """What is known of a name before any order exists: `always` means it never lacks a value.

    `columns` are what each row of a list holds; there `always` means that no row lacks it. No number is
    below `least` or above `most`. Of a `private` value an expression may only ask whether there is one.
    """

    kind: Kind
    always: bool = False
    choices: tuple[str, ...] = ()
    columns: Mapping[str, Known] = field(default_factory=dict, hash=False)
    currency: str = ""
    least: int | Decimal | None = None
    most: int | Decimal | None = None
    private: bool = False


@unwritten(frozen=True, slots=True)
class Scope:
    """The names an expression may use. Moments are dotted (`quality.entered`), fields are plain."""

    names: Mapping[str, Known] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    read: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was read with it, kept by `expressions`: types of order share it with the process they patch."""


FIELD_TYPES: tuple[str, ...] = tuple(kind.value for kind in Kind if kind is not Kind.MOMENT)
