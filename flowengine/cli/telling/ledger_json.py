"""A ledger for programs: instants in UTC, lengths in milliseconds of their unit."""

from __future__ import annotations

from typing import Any

from flowengine.cli.screen import iso
from flowengine.compiler.plan import Due
from flowengine.definition.findings import file_of
from flowengine.definition.lengths import Length
from flowengine.kernel.ledger import Ledger
from flowengine.kernel.ledger_days import Day
from flowengine.kernel.ledger_lines import Cause, Line
from flowengine.runtime.looking import OrderView
from flowengine.texts import Lang


def ledger_json(view: OrderView, ledger: Ledger, lang: Lang) -> dict[str, Any]:
    """The ledger for programs."""
    return {
        "number": view.row.number,
        "process": view.row.process,
        "clock": ledger.key,
        "kind": ledger.kind,
        "title": ledger.title.say(lang),
        "stage": ledger.stage,
        "visit": ledger.visit,
        "visits": list(ledger.visits),
        "state": ledger.state,
        "late": ledger.late,
        "began": iso(ledger.began),
        "due": iso(ledger.due),
        "calendar": ledger.calendar.name,
        "zone": ledger.calendar.zone.key,
        **_row_json(ledger.row, view.plan.file),
        "whole": _length_json(ledger.whole),
        "used": _length_json(ledger.used),
        "left": _length_json(ledger.left),
        "beyond": _length_json(ledger.beyond),
        "lines": [_line_json(line, view.plan.file, lang) for line in ledger.lines],
        "others": list(ledger.others),
    }


def _row_json(row: Due, file: str) -> dict[str, Any]:
    return {
        "file": file_of(row.line, file),
        "line": int(row.line),
        "when": row.when.source if row.when else None,
    }


def _line_json(line: Line, file: str, lang: Lang) -> dict[str, Any]:
    said: dict[str, Any] = {"did": line.did, "at": iso(line.at)}
    for name in ("until", "was", "due", "noticed_at"):
        if (at := getattr(line, name)) is not None:
            said[name] = iso(at)
    for name in ("counted", "sum"):
        if (length := getattr(line, name)) is not None:
            said[name] = _length_json(length)
    if line.mark:
        said["mark"] = line.mark
    if line.did in ("kept", "missed", "excused"):
        said["periods"] = line.times
    if line.row is not None:
        said["row"] = _row_json(line.row, file)
    if line.recounted:
        said["recounted"] = True
    if line.days:
        said["days"] = [_day_json(day, lang) for day in line.days]
    if line.causes:
        said["causes"] = [_cause_json(cause) for cause in line.causes]
    return said


def _day_json(day: Day, lang: Lang) -> dict[str, Any]:
    reason = day.reason
    return {
        "day": day.day.isoformat(),
        "counted": _length_json(day.counted),
        "why": reason.why,
        "holiday": reason.holiday.name.say(lang) if reason.holiday else None,
        "stands_for": reason.stands_for.isoformat() if reason.stands_for else None,
    }


def _cause_json(cause: Cause) -> dict[str, Any]:
    said: dict[str, Any] = {"why": cause.why, "name": cause.name}
    if cause.why == "field":
        said |= {"old": cause.old, "new": cause.new}
    return said | {"by": cause.by, "reason": cause.reason}


def _length_json(length: Length | None) -> dict[str, Any] | None:
    return None if length is None else {"ms": length.amount, "unit": length.unit}
