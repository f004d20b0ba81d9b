"""Orders, answers and blockers for programs: keys that stay, instants as ISO texts."""

from __future__ import annotations

from typing import Any, Final

from flowengine.cli.screen import iso
from flowengine.cli.telling.parking import parked_json
from flowengine.compiler.plan import Plan
from flowengine.definition.findings import file_of
from flowengine.kernel.decision import Blocker
from flowengine.kernel.events import Event
from flowengine.runtime.looking import OrderView
from flowengine.runtime.result import Result
from flowengine.runtime.story import place_text
from flowengine.texts import Lang

_INSTANTS: Final = frozenset({"at", "due", "was", "first", "opens", "until"})


def blocker_json(blocker: Blocker, lang: Lang, file: str = "") -> dict[str, Any]:
    """A blocker for programs; `code` is stable, `message` is for people."""
    return {
        "code": blocker.code,
        "verdict": str(blocker.verdict),
        "name": blocker.name,
        "owner": list(blocker.owner),
        "file": file_of(blocker.line, file) if blocker.line else "",
        "line": blocker.line,
        "message": blocker.message(lang),
    }


def event_json(event: Event) -> dict[str, Any]:
    """An event for programs, its instants as ISO texts."""
    return record_json(event.record())


def record_json(record: dict[str, Any]) -> dict[str, Any]:
    """An event as it stands in history, its instants as ISO texts."""
    return {name: _said(name, value) for name, value in record.items()}


def _said(name: str, value: Any) -> Any:
    is_instant = name in _INSTANTS and isinstance(value, int) and not isinstance(value, bool)
    return iso(value) if is_instant else value


def result_json(result: Result, plan: Plan, lang: Lang) -> dict[str, Any]:
    """The answer to a command for programs."""
    return {
        "ok": result.ok,
        "verdict": str(result.verdict),
        "repeated": result.repeated,
        "id": result.order_id or None,
        "number": result.number,
        "revision": result.revision,
        "stage": result.stage,
        "status": result.status,
        "events": [event_json(event) for event in result.events],
        "blockers": [blocker_json(blocker, lang, plan.file) for blocker in result.blockers],
    }


def order_json(view: OrderView, lang: Lang) -> dict[str, Any]:
    """An order for programs: where it stands, since when and until when."""
    row = view.row
    return {
        "id": row.id,
        "number": row.number,
        "concerns": list(view.concerns),
        "process": row.process,
        "version": view.plan.version,
        "revision": row.revision,
        "status": row.status,
        "stage": row.stage,
        "stage_title": place_text(view.plan, row.stage, lang),
        "owner": row.owner,
        "created": iso(row.created_at),
        "since": iso(row.entered_at),
        "due": iso(row.due_at),
        "late_by_seconds": view.late_by // 1000,
        "closed": iso(row.closed_at),
        "on_hold": list(view.holds),
        "lanes": list(view.lanes),
        "stands_still": view.standing_still is not None,
        "parked": parked_json(view),
    }
