"""Why a condition holds or not, as a tree of lines: each part with what it came to and the values it read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flowengine.cli.screen import visible
from flowengine.compiler.plan import Plan
from flowengine.definition.expressions import Reason
from flowengine.definition.spans import elapsed, spelled
from flowengine.texts import Lang, say


def reason_lines(reason: Reason, plan: Plan, lang: Lang) -> Iterator[str]:
    """The condition and, below it, its parts; values stand beside the parts that read them."""
    key = {True: "reason.holds", False: "reason.fails", None: "reason.open"}[reason.holds]
    line = say(key, lang, {"text": visible(reason.text)})
    if reason.names and not reason.parts:
        read = [f"{name} = {_shown(value, plan, lang)}" for name, value in reason.names.items()]
        line = say("reason.read", lang, {"said": line, "read": read})
    yield say("reason.row", lang, {"row": reason.row, "said": line}) if reason.row else line
    for part in reason.parts:
        yield from (f"  {below}" for below in reason_lines(part, plan, lang))


def reason_json(reason: Reason) -> dict[str, Any]:
    """The tree for programs; values of other kinds than JSON's as their texts, durations in milliseconds."""
    return {
        "text": reason.text,
        "holds": reason.holds,
        "value": _plain(reason.value),
        "read": {name: _plain(value) for name, value in reason.names.items()},
        "parts": [reason_json(part) for part in reason.parts],
        **({"row": reason.row} if reason.row else {}),
    }


def _shown(value: object, plan: Plan, lang: Lang) -> str:  # noqa: PLR0911 - one line per kind of value
    match value:
        case None:
            return say("reason.nothing", lang)
        case bool():
            return say("reason.yes" if value else "reason.no", lang)
        case datetime():
            return value.astimezone(plan.zone).strftime("%Y-%m-%d %H:%M")
        case timedelta():
            return spelled(elapsed(value))
        case Decimal():
            return format(value, "f")
        case list() | tuple():
            return say("reason.rows", lang, {"count": len(value)})
    return visible(str(value))


def _plain(value: object) -> Any:  # noqa: PLR0911 - as above
    match value:
        case None | bool() | int() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return elapsed(value)
        case Decimal():
            return format(value, "f")
        case list() | tuple():
            return [_plain(each) for each in value]
        case dict():
            return {str(name): _plain(each) for name, each in value.items()}
    return str(value)
