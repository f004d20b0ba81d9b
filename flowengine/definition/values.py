"""Values of fields: what people and machines send, turned into what is stored, and back into Python.

Stored values are JSON: money and decimals as text (no binary fractions), dates as `2026-02-13`,
instants as `2026-02-13T08:00:00.000Z`, durations as milliseconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from flowengine.definition.currencies import MINOR_UNITS
from flowengine.definition.document.characters import shown
from flowengine.definition.persons import composed, is_plain
from flowengine.definition.private import Sealed, Unfit
from flowengine.definition.spans import LONGEST as LONGEST_SPAN
from flowengine.definition.spans import elapsed, span, spelled
from flowengine.definition.words import Column, Field
from flowengine.texts import Phrase

__all__ = ["BOUNDED", "MINOR_UNITS", "Row", "Stored", "WrongValue", "is_blank", "limit_of", "load", "store"]

Stored = None | str | int | bool | list["Row"]
Row = dict[str, "Stored"]

LONGEST_TEXT: Final = 10_000
LONGEST_PERSON: Final = 200
MOST_ROWS: Final = 1_000
MOST_DIGITS: Final = 30
LONGEST_INTEGER: Final = 16
FIRST_YEAR: Final = 1000
"""Earlier years are slips of the pen: 0026 or 206 for 2026."""
LAST_YEAR: Final = 9998
"""The last instant of a day must still be an instant in every zone of the world."""

BOUNDED: Final = ("integer", "decimal", "money", "list", "date", "datetime", "duration")
"""The types of which `min` and `max` may be written."""

_USUAL_DECIMALS: Final = 2
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?")
_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NO_TIME: Final = re.compile(r"0{1,6}[mhd]")
_YES: Final = {
    "true": True,
    "yes": True,
    "1": True,
    "是": True,
    "false": False,
    "no": False,
    "0": False,
    "否": False,
}


class WrongValue(ValueError):
    """A value that does not fit its field. `code` names the sentence, `params` fill it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def store(field: Field | Column, raw: object, zone: ZoneInfo) -> Stored:
    """`raw` as it is stored in `field`; None and blank text mean no value. Raises WrongValue."""
    if is_blank(raw):
        return None
    if isinstance(field, Field) and field.private:
        return sealed_text(raw)
    stored = _STORE[field.type](field, raw, zone)
    if isinstance(field, Field):
        _within(field, stored, zone)
    return stored


def sealed_text(raw: object) -> str:
    """What is stored of a private value: never the value itself. Raises WrongValue for one that is plain."""
    if not isinstance(raw, Sealed):
        raise WrongValue(raw.code if isinstance(raw, Unfit) else "wrong.private", most=LONGEST_TEXT)
    return raw.text


def is_blank(raw: object) -> bool:
    """Whether what was sent is no value at all."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def load(field: Field | Column, stored: Stored) -> object:
    """The Python value of a stored one.

    That is Decimal, date, aware datetime, timedelta, int, bool, str, or a list of rows.
    """
    if stored is None:
        return None
    if isinstance(stored, list) and isinstance(field, Field):
        columns = field.of or {}
        return [{name: load(columns[name], cell) for name, cell in row.items()} for row in stored]
    reader = _LOAD.get(field.type)
    return reader(stored) if reader else stored


def _text(_field: Field | Column, raw: object, _zone: ZoneInfo) -> str:
    text = _written(raw, "wrong.text").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_TEXT:
        raise WrongValue("wrong.too_long", most=LONGEST_TEXT)
    if _UNSTORABLE.search(text):
        raise WrongValue("wrong.control_characters")
    return text


def _written(raw: object, code: str) -> str:
    """A text or a number as somebody would write it; anything else is wrong for the reason `code`."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise WrongValue(code, value=_quoted(raw))
    try:
        return str(raw).strip()
    except ValueError:  # Python writes out no integer of more than 4300 digits
        raise WrongValue("wrong.digits", most=MOST_DIGITS) from None


def _quoted(raw: object) -> str:
    """What was sent, as a sentence can quote it: short, on one line, and printable."""
    try:
        text = shown(str(raw).lower() if isinstance(raw, bool) else str(raw))
    except (ValueError, RecursionError):
        return "…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _choice(field: Field | Column, raw: object, zone: ZoneInfo) -> str:
    text = _text(field, raw, zone)
    if text not in field.choices:
        raise WrongValue("wrong.choice", value=_quoted(text), choices=field.choices)
    return text


def _number(raw: object) -> Decimal:
    text = _written(raw, "wrong.number")
    if isinstance(raw, str):
        # Only where commas part thousands: 1,5 is one and a half in half of Europe, and not 15.
        if not _NUMBER.fullmatch(text):
            raise WrongValue("wrong.number", value=_quoted(raw))
        text = text.replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise WrongValue("wrong.number", value=_quoted(raw)) from None
    if not number.is_finite():
        raise WrongValue("wrong.number", value=_quoted(raw))
    # 1e999999999 is eleven characters and, written out, a gigabyte: look at the size before the digits.
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "a finite number"
    if max(number.adjusted() + 1, 1) + max(-exponent, 0) > MOST_DIGITS:
        raise WrongValue("wrong.digits", most=MOST_DIGITS)
    return number


def _decimal(_field: Field | Column, raw: object, _zone: ZoneInfo) -> str:
    text = format(_number(raw), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _integer(field: Field | Column, raw: object, zone: ZoneInfo) -> int:
    text = _decimal(field, raw, zone)
    if "." in text:
        raise WrongValue("wrong.integer", value=_quoted(raw))
    if len(text) > LONGEST_INTEGER:
        raise WrongValue("wrong.digits", most=LONGEST_INTEGER)
    return int(text)


def _money(field: Field | Column, raw: object, zone: ZoneInfo) -> str:
    text = _decimal(field, raw, zone)
    currency = field.currency if isinstance(field, Field) else ""
    digits = MINOR_UNITS.get(currency, _USUAL_DECIMALS)
    if currency and len(text.partition(".")[2]) > digits:
        raise WrongValue("wrong.minor_units", value=_quoted(raw), currency=currency, digits=digits)
    return text


def _boolean(_field: Field | Column, raw: object, _zone: ZoneInfo) -> bool:
    if isinstance(raw, bool):
        return raw
    answer = _YES.get(_written(raw, "wrong.boolean").lower())
    if answer is None:
        raise WrongValue("wrong.boolean", value=_quoted(raw))
    return answer


def _date(_field: Field | Column, raw: object, _zone: ZoneInfo) -> str:
    day = raw if isinstance(raw, date) and not isinstance(raw, datetime) else None
    if isinstance(raw, str) and (match := _DAY.fullmatch(raw.strip().replace("/", "-"))):
        with suppress(ValueError):
            day = date(*map(int, match.groups()))
    if day is None:
        raise WrongValue("wrong.date", value=_quoted(raw))
    _in_our_time(day.year, raw)
    return day.isoformat()


def _datetime(_field: Field | Column, raw: object, zone: ZoneInfo) -> str:
    if isinstance(raw, datetime) and raw.tzinfo is None:
        raise WrongValue("wrong.naive", value=_quoted(raw))
    text = "" if isinstance(raw, datetime) else _written(raw, "wrong.datetime")
    try:
        instant = raw if isinstance(raw, datetime) else datetime.fromisoformat(text)
        local = instant if instant.tzinfo else instant.replace(tzinfo=zone)
        known = local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongValue("wrong.datetime", value=_quoted(raw)) from None
    _in_our_time(known.year, raw)
    return known.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _in_our_time(year: int, raw: object) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongValue("wrong.year", value=_quoted(raw), first=FIRST_YEAR, last=LAST_YEAR)


def _list(field: Field | Column, raw: object, zone: ZoneInfo) -> list[Row]:
    columns = (isinstance(field, Field) and field.of) or {}
    if isinstance(raw, str):  # a cell of a CSV file
        try:
            raw = json.loads(raw, parse_float=Decimal)
        except (ValueError, RecursionError):
            raise WrongValue("wrong.list", columns=list(columns)) from None
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        raise WrongValue("wrong.list", columns=list(columns))
    if len(raw) > MOST_ROWS:
        raise WrongValue("wrong.too_many_rows", most=MOST_ROWS)
    return [_row(columns, row, number, zone) for number, row in enumerate(raw, 1)]


def _row(columns: Mapping[str, Column], row: Mapping[str, object], number: int, zone: ZoneInfo) -> Row:
    if surplus := [name for name in row if name not in columns]:
        raise WrongValue(
            "wrong.unknown_column", row=number, column=_quoted(surplus[0]), columns=list(columns)
        )
    stored: Row = {}
    for name, column in columns.items():
        try:
            value = store(column, row.get(name), zone)
        except WrongValue as wrong:
            raise WrongValue(
                "wrong.in_row", row=number, column=name, why=Phrase(wrong.code, wrong.params)
            ) from None
        if value is None and column.required:
            raise WrongValue("wrong.row_lacks", row=number, column=name)
        if value is not None:
            stored[name] = value
    return stored


def _within(field: Field, stored: Stored, zone: ZoneInfo) -> None:
    if field.type not in BOUNDED or (field.min is None and field.max is None):
        return
    rows = "rows_" if isinstance(stored, list) else ""
    size = _measure(field, stored)
    for word, bound in (("least", field.min), ("most", field.max)):
        limit = limit_of(field, bound, zone)
        if limit is not None and (size < limit if word == "least" else size > limit):
            raise WrongValue(f"wrong.{rows}{word}", value=_said(field, stored, size), **{word: bound})


def limit_of(field: Field, bound: int | Decimal | str | None, zone: ZoneInfo) -> Any:
    """What `min` or `max` of a field comes to, to be compared with another of them. Raises WrongValue."""
    if bound is None:
        return None
    if field.type == "list":
        return _integer(field, bound, zone)
    return _measure(field, _STORE[field.type](field, bound, zone))


def _measure(field: Field, stored: Stored) -> Any:
    """By how much a stored value is great or small; dates and instants as texts follow one another."""
    if isinstance(stored, list):
        return len(stored)
    return Decimal(str(stored)) if field.type in ("integer", "decimal", "money") else stored


def _said(field: Field, stored: Stored, size: Any) -> object:
    return spelled(stored) if field.type == "duration" and isinstance(stored, int) else size


def _person(field: Field | Column, raw: object, zone: ZoneInfo) -> str:
    """Who somebody is, as the host names people: on one line, as short as an address, accents composed."""
    text = composed(_text(field, raw, zone))
    if len(text) > LONGEST_PERSON or not is_plain(text):
        raise WrongValue("wrong.person", value=_quoted(text), most=LONGEST_PERSON)
    return text


def _duration(_field: Field | Column, raw: object, _zone: ZoneInfo) -> int:
    """Milliseconds. A bare number is refused: of what, nobody can tell."""
    if isinstance(raw, timedelta):  # from a program, or computed: then it may lie in the past
        length = elapsed(raw)
    elif isinstance(raw, str):
        length = _span(raw)
    else:
        raise WrongValue("wrong.duration", value=_quoted(raw))
    if abs(length) > LONGEST_SPAN:
        raise WrongValue("wrong.duration", value=_quoted(raw))
    return length


def _span(raw: str) -> int:
    text = " ".join(raw.split())
    if _NO_TIME.fullmatch(text):
        return 0
    try:
        return span(text)
    except ValueError:
        raise WrongValue("wrong.duration", value=_quoted(raw)) from None


_STORE: Final[Mapping[str, Callable[[Field | Column, object, ZoneInfo], Stored]]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "choice": _choice,
    "list": _list,
    "person": _person,
    "duration": _duration,
}
_LOAD: Final[Mapping[str, Callable[[Stored], object]]] = {
    "decimal": lambda stored: Decimal(str(stored)),
    "money": lambda stored: Decimal(str(stored)),
    "date": lambda stored: date.fromisoformat(str(stored)),
    "datetime": lambda stored: datetime.fromisoformat(str(stored)),
    "duration": lambda stored: timedelta(milliseconds=cast("int", stored)),
}
