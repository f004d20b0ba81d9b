"""The process and the people of these tests: small, with every construct that writes something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from flowengine import Attach, Choose, Done, Engine, Principal, Result, Write, connect
from flowengine.runtime.flow import Flow

WORKSHOP: Final = """
flowengine: 1
process: workshop
version: "1"
owner: desk
zone: Asia/Shanghai
order:
  number: "W{yyyy}{mm}-{serial:3}"
  unique: [channel, external_id]
  channels: {phone: {}, web: {maps: {customer: buyer.name}}}
  checks: [{that: amount >= 0, else: an amount is not negative}]
  fields:
    external_id: {type: text, required: true}
    customer: {type: text, required: true}
    amount: {type: money, currency: CNY, default: 0}
    promised: date
    items: {type: list, of: {sku: {type: text, required: true}, quantity: integer}}
roles: {desk: {}, maker: {}, qa: {}}
stages:
  receive:
    owner: desk
    due: 24h
    needs: {checked: check, slip: file}
    outcomes: {wrong: {to: receive, reason: required}}
    next: [{when: amount > 500, to: make}, {to: pack}]
  make:
    owner: maker
    due: {by: promised}
    needs: {made: check, remark: note}
  inspect:
    owner: qa
    due: 8h
    outcomes:
      passed: {to: pack, needs: {report: file}}
      redo: {to: make, reason: required}
      failed:
        to: make
        reason: required
        at_most: 1
        beyond: [{ask: {cause: {note: why it fails again, by: desk}}}, {notify: [desk, maker]}]
        then: [{notify: make.owner}]
      scrapped: {to: make, at_most: 1, beyond: [{notify: desk}, {move: cancelled}]}
  pack:
    owner: desk
    entry: {weighed: {check: weighed, by: qa}}
    needs: {shipped: check, paid: {that: amount < 100000}}
    next: closed
outcomes:
  cancel: {from: [receive, make, inspect, pack], to: cancelled, reason: required}
  reopen: {from: [closed, cancelled], to: receive, reason: required, then: [{notify: [desk, qa]}]}
"""

LOOSE: Final = (
    WORKSHOP.replace("process: workshop", "process: loose")
    .replace("  unique: [channel, external_id]\n", "")
    .replace('"W{yyyy}', '"L{yyyy}')
)
"""The same without `unique`: nothing but its key tells that an order was started before."""

SECOND: Final = 1_000
HOUR: Final = 3_600 * SECOND
DAY: Final = 24 * HOUR
NOON: Final = 1_778_558_400_000
"""Noon of 12 May 2026 in the zone of the process: no date part of a number turns while a test runs."""

DESK: Final = Principal.of("lin", "desk", name="Lin 林")
MAKER: Final = Principal.of("mo", "maker")
QA: Final = Principal.of("qi", "qa")
ALL: Final = Principal.of("an", "desk", "maker", "qa")
STRANGER: Final = Principal.of("wu", "visitor")


class Clock:
    """A clock that stands until somebody sets it."""

    def __init__(self, now: int = NOON) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


@contextmanager
def opened(path: Path | str = ":memory:", clock: Clock | None = None) -> Iterator[Engine]:
    """An engine on `path` that lets go of the file afterwards."""
    engine = connect(path, clock=clock or Clock())
    try:
        yield engine
    finally:
        engine.close()


def order(name: str, **values: Any) -> dict[str, Any]:
    """The values of a new order that is known outside as `name`."""
    return {"channel": "phone", "external_id": name, "customer": f"张 {name}", "amount": "900", **values}


def received(engine: Flow, name: str, **values: Any) -> Result:
    """A new order in its first stage."""
    return engine.start("workshop", order(name, **values), by=DESK, key=f"{name}/start").or_raise()


def in_making(engine: Engine, name: str, **values: Any) -> Result:
    """An order that has been received and is being made."""
    id = received(engine, name, **values).order_id
    engine.do(id, Done("checked"), by=DESK, key=f"{name}/checked").or_raise()
    return engine.do(
        id, Attach("slip", f"slips/{name}.pdf", "ab" * 32, 1_024), by=DESK, key=f"{name}/slip"
    ).or_raise()


def in_inspection(engine: Engine, name: str, **values: Any) -> Result:
    """An order that has been made once and is being inspected."""
    return made(engine, in_making(engine, name, **values).order_id)


def made(engine: Engine, id: int) -> Result:
    """The order, made (again) and in inspection."""
    engine.do(id, Done("made"), by=MAKER).or_raise()
    return engine.do(id, Write({"remark": "smooth 光滑"}), by=MAKER).or_raise()


def cancelled(engine: Engine, name: str) -> Result:
    """An order that has ended."""
    id = received(engine, name).order_id
    return engine.do(id, Choose("cancel"), by=DESK, reason="not wanted any more").or_raise()
