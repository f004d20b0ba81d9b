"""ORDER-7: one order through seven stages, each with an owner, a deadline and two checks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import flowengine

STAGES = ("receive", "review", "purchase", "production", "quality", "delivery", "after_sales")
CHECKS = tuple(f"{stage}_{check}" for stage in STAGES for check in ("first", "second"))
COMMANDS = 1 + len(CHECKS)
"""What one order takes; the second check of a stage completes it."""
CLERK = flowengine.Principal.of("clerk", "desk")
FIRST_MOMENT = 1_700_000_000_000


OFFICE = (
    "calendar: office\ncalendars: {office: {zone: Asia/Shanghai, holidays: CN, "
    'week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}}\n'
)
WORKING = "{within: 8wh, late: [{over: 8wh, then: [{notify: desk}]}]}"


def process(*, working: bool = False) -> str:
    """The process file of the workload; its deadlines count hours, or working hours of a Chinese office."""
    due = WORKING if working else "24h"
    stages = "".join(
        f"  {stage}: {{owner: desk, due: {due}, needs: {{{stage}_first: check, {stage}_second: check}}"
        f"{', next: closed' if stage == STAGES[-1] else ''}}}\n"
        for stage in STAGES
    )
    return (
        'flowengine: 1\nprocess: order-7\nversion: "1"\nowner: desk\nroles: {desk: {}}\n'
        f"{OFFICE if working else ''}"
        "order: {fields: {customer: {type: text, required: true}, amount: {type: money, required: true}}}\n"
        f"stages:\n{stages}"
    )


def values(number: int) -> dict[str, Any]:
    """The data of an order."""
    return {"customer": f"customer {number}", "amount": number}


def open_engine(place: Any, *, real_time: bool = False, working: bool = False) -> flowengine.Engine:
    """The engine on a database with the process deployed; its time goes on by a second at each look."""
    moments = itertools.count(FIRST_MOMENT, 1_000)
    engine = flowengine.connect(place, clock=None if real_time else moments.__next__)
    engine.deploy(process(working=working), file="order-7.yaml")
    return engine


def warm_up(engine: Any) -> None:
    """Connect and compile the process, so that the first command costs what every other does."""
    engine.plan("order-7", by=CLERK)


def open_order(flow: Any, number: int) -> int:
    """The id of a new order."""
    return int(flow.start("order-7", values(number), by=CLERK).or_raise().order_id)


def tick_off(flow: Any, order_id: int, checks: Iterable[str]) -> Any:
    """Do checks of an order, each by a command with a key; the last answer."""
    answer = None
    for check in checks:
        answer = flow.do(order_id, flowengine.Done(check), by=CLERK, key=check).or_raise()
    return answer


def whole_order(flow: Any, number: int) -> None:
    """One order from its opening to its end."""
    assert tick_off(flow, open_order(flow, number), CHECKS).status == "closed"
