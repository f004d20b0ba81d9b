"""What calls are made with in tests: a process that asks another system, and a system that remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flowengine import Engine
from flowengine.kernel.commands import Principal
from flowengine.runtime.ports import Clock
from tests.runtime.places import KEYS

PROCESS = """
flowengine: 1
process: asking
version: "1"
owner: desk
zone: Asia/Shanghai
order:
  number: "A{serial:3}"
  fields:
    buyer: {type: text, private: name, required: true}
    amount: {type: money, currency: CNY, default: 5}
    overdue: boolean
    waybill: text
roles:
  desk: {sees: all, edits: [waybill], members: [li]}
stages:
  review:
    owner: desk
    needs: {credit: {call: check_credit, waive: desk}, seen: check}
    next: packing
  packing: {owner: desk, needs: {packed: check, stock: {call: reserve}}, next: closed}
outcomes: {cancel: {from: any, by: desk, to: cancelled, then: [{undo: all}]}}
calls:
  check_credit:
    function: credit.check
    send: [number, buyer, amount]
    sets: {overdue: result.overdue}
    tries: 2
  reserve: {function: stock.reserve, send: number, undo: free}
  free: {function: stock.free, send: number}
rules: {late_parcel: {at: order.created + 1d, when: not happened(packing.entered), then: [{call: reserve}]}}
"""
DESK = Principal.of("li", "desk")


@dataclass
class System:
    """Another system: it keeps what it is asked, and answers or fails as it is told."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)

    def function(self, name: str) -> Callable[[str, Mapping[str, Any]], Any]:
        def called(id: str, sent: Mapping[str, Any]) -> Any:
            self.asked.append((name, id, sent))
            answer = self.answers.get(name, {})
            if isinstance(answer, Exception):
                raise answer
            return answer

        return called

    @property
    def functions(self) -> dict[str, Callable[[str, Mapping[str, Any]], Any]]:
        return {name: self.function(name) for name in ("credit.check", "stock.reserve", "stock.free")}


def asking(engine: Engine, clock: Clock, system: System) -> Engine:
    """Another engine on the same store, which has calls made; waits are without chance."""
    return Engine(engine.store, clock=clock, keys=KEYS, functions=system.functions, rng=lambda: 0.0)
