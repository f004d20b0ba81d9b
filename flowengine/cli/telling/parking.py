"""Parked orders in words: why an order could not be decided, how often that was tried, and when again."""

from __future__ import annotations

from typing import Any

from flowengine.cli.desk import Desk
from flowengine.cli.screen import iso, visible
from flowengine.cli.telling.numbers import numbered
from flowengine.compiler.plan import Plan
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import clock_time, place_text, role_text


def parked_json(view: OrderView) -> dict[str, Any] | None:
    """Why and until when an order is parked, for programs; None when it is not."""
    row = view.row
    if not row.failures:
        return None
    return {"why": row.failure or "", "times": row.failures, "next": iso(row.wake_at)}


def parked_text(desk: Desk, view: OrderView) -> str:
    """The same in one sentence, empty when the order is not parked; the reason is as the engine kept it."""
    row = view.row
    if not row.failures:
        return ""
    params = {"why": visible(row.failure or ""), "times": row.failures, "number": row.number}
    return desk.say("parked.why", **params, again=_again(view.plan, row.wake_at))


def parked_row(desk: Desk, view: OrderView) -> tuple[str, ...]:
    """A line of the list of parked orders: number, stage, owner, how often tried, when again, why."""
    row, plan = view.row, view.plan
    return (
        numbered(desk, row.number, view.concerns),
        place_text(plan, row.stage, desk.lang),
        role_text(plan, row.owner, desk.lang) if row.owner else "–",
        str(row.failures),
        _again(plan, row.wake_at),
        row.failure or "",
    )


def _again(plan: Plan, wake_at: int | None) -> str:
    return clock_time(wake_at, plan) if wake_at is not None else "–"
