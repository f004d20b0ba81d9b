"""How often somebody has asked for a lane: counted in the transaction of the request, over all orders.

The counter's row stays locked until that transaction ends, so of two requests at once only one is the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from flowengine.calendars.days import local
from flowengine.compiler.plan import Plan
from flowengine.kernel.answers import NO_ANSWERS, Answers
from flowengine.kernel.commands import Command, Request, RequestLane
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from flowengine.runtime.ports import Reader, Writer

_LANE: Final = "lane "
"""How the periods of these counters begin; those of order numbers have digits."""
_STAMPS: Final[Mapping[str, str]] = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}


def decided(
    unit: Writer, plan: Plan, order: Order, request: Request, now: int, answers: Answers | None
) -> Decision:
    """What a command comes to, with the request of a lane counted; one that is refused does not count, nor
    one that is decided once more with the `answers` that it asks for.
    """
    command, by, reason, known = request.command, request.by, request.reason, answers or NO_ANSWERS
    span = _span(plan_for(plan, order), request, now)
    if not span or not isinstance(command, RequestLane):
        return decide(plan, order, command, by, now, reason=reason, answers=known)
    used = unit.next_serial(plan.process, span)
    try:
        counted = replace(command, used=used)
        decision = decide(plan, order, counted, by, now, reason=reason, answers=known)
    except Exception:  # raised by our pure code alone, so the transaction still stands
        unit.return_serial(plan.process, span, used)
        raise
    if decision.blockers or (decision.asks and answers is None):
        unit.return_serial(plan.process, span, used)
    return decision


def counted(unit: Reader, plan: Plan, order: Order, request: Request, now: int) -> Command:
    """The command with the number that it would have now; nothing is counted by it."""
    command, span = request.command, _span(plan_for(plan, order), request, now)
    if not span or not isinstance(command, RequestLane):
        return command
    known = (row.value for row in unit.counters() if (row.process, row.period) == (plan.process, span))
    return replace(command, used=next(known, 0) + 1)


def requests_in(plan: Plan, events: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, int]]:
    """The counted requests among the events of an order: the counter, and where it stood after each."""
    for event in events:
        if event["event"] == "requested" and "used" in event:
            said = event["need"], event["at"], event["per"], plan, event["requester"]
            yield _named(*said), event["used"]


def is_quota(period: str) -> bool:
    """Whether a counter of that period counts requests of a lane, and not order numbers."""
    return period.startswith(_LANE)


def _span(plan: Plan, request: Request, now: int) -> str:
    """The name of the counter: the lane, the calendar period in the zone of the process, and who asks."""
    lane = plan.lanes.get(request.command.lane) if isinstance(request.command, RequestLane) else None
    if lane is None or lane.quota is None:
        return ""
    return _named(lane.name, now, lane.quota.per, plan, request.by.id)


def _named(lane: str, at: int, per: str, plan: Plan, person: str) -> str:
    return f"{_LANE}{lane} {local(at, plan.zone).strftime(_STAMPS[per])} {person}"
