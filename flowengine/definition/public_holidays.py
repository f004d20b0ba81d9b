"""The public holidays of a country, and the days on which work makes up for one.

Both come from the `holidays` library; this says until when they have been announced. Nobody else asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from flowengine.definition.words import Text
from flowengine.texts import LANGUAGES, say

_FIRST_YEAR, _LAST_YEAR = 1950, 2100
KNOWN_ANYWHERE: Final = date(2026, 12, 24)
"""Until when holidays are announced in the oldest release of the library that may be installed."""
_NEXT_NOTICE: Final = (12, 24)
"""What follows may still become a make-up day, by the notice for the New Year after it."""


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day off by the name of its holiday, or one on which work makes up for the day `instead_of`."""

    name: Text
    instead_of: date | None = None

    @property
    def is_work(self) -> bool:
        """Whether it is a day of work that makes up for a day off."""
        return self.instead_of is not None


def certain_until(country: str) -> date | None:
    """The last day of which it is known whether it is a day off; None where nobody announces anything."""
    if not country:
        return None
    return date(max(_announced()), *_NEXT_NOTICE)


def is_unannounced(country: str, day: date) -> bool:
    """Whether `day` lies beyond the announced holidays; asked of most days it loads nothing."""
    until = certain_until(country) if day > KNOWN_ANYWHERE else None
    return until is not None and day > until


@cache
def public_days(country: str, year: int) -> Mapping[date, PublicDay]:
    """The days of a year that are not what their weekday says. Past the announced years: no make-up days."""
    if not country or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return {}
    chinese, english = _named(year, "zh_CN"), _named(year, "en_US")
    days = {day: PublicDay(Text(zh=name, en=english[day])) for day, name in chinese.items()}
    for off, made_up in (*_made_up(year), *_made_up(year + 1)):
        if off.year == year:
            days[off] = PublicDay(_text("holiday.bridge", made_up))
        if made_up.year == year:
            days[made_up] = PublicDay(_text("holiday.make_up", off), off)
    return days


def _text(key: str, day: date) -> Text:
    return Text(**{lang: say(key, lang, {"day": day}) for lang in LANGUAGES})


def _named(year: int, language: str) -> dict[date, str]:
    from holidays.countries.china import China  # noqa: PLC0415 - 150 ms that few need

    named: Any = China(years=year, language=language)  # type: ignore[no-untyped-call]
    return {day: name for day, name in named.items() if day.year == year}


def _made_up(year: int) -> list[tuple[date, date]]:
    """Pairs of a day off and the day of work that makes up for it."""
    pairs = []
    for month, day, *made_up in _announced().get(year, ()):
        if len(made_up) > 1:  # else a holiday by name, which stands among the others
            in_month, on_day, *in_year = made_up
            other = in_year[0] if in_year else year
            pairs.append((date(year, month, day), date(other, in_month, on_day)))
    return pairs


def _announced() -> Mapping[int, Any]:
    from holidays.countries.china import ChinaStaticHolidays  # noqa: PLC0415 - as above

    announced: Mapping[int, Any] = ChinaStaticHolidays.special_public_holidays
    return announced
