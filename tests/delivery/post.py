"""What messages are delivered with in tests: channels that remember, an address book, a house with people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from flowengine import Engine
from flowengine.delivery.carrier import NotSent
from flowengine.delivery.dispatch import Dispatch
from flowengine.kernel.commands import Principal
from flowengine.runtime.ports import Clock
from tests.runtime.places import KEYS, opened_here

PROCESS = """
flowengine: 1
process: parcels
version: "1"
owner: desk
zone: Asia/Shanghai
order:
  number: "P{serial:3}"
  fields:
    buyer: {type: text, required: true}
    phone: {type: text, private: phone}
    waybill: text
    amount: {type: money, currency: CNY}
roles:
  desk: {sees: all, unmasked: all, edits: [waybill, phone], members: [li, wu]}
  packer: {sees: [buyer, waybill, phone], members: [wu]}
stages:
  packing:
    owner: packer
    due: 1d
    needs: {packed: check}
    outcomes: {broken: {to: cancelled, reason: required, then: [{notify: [customer, desk, packer]}]}}
    next: closed
rules:
  tell: {after: waybill, each: true, then: [{notify: [customer, packer], message: shipped}]}
messages:
  shipped: {subject: "{{ number }} is on its way", text: "{{ buyer }} {{ phone }} {{ amount }} {{ waybill }}"}
"""
DESK, PACKER = Principal.of("li", "desk"), Principal.of("wu", "packer")


@dataclass
class Kept:
    """A channel that keeps what it is given, and refuses as long as it is told to."""

    name: str = "kept"
    refuses: list[NotSent] = field(default_factory=list)
    taken: list[Dispatch] = field(default_factory=list)
    _turn: Lock = field(default_factory=Lock)

    def endpoint(self, address: str) -> str:
        return f"{self.name} {address.rpartition('@')[2]}"

    def send(self, dispatch: Dispatch) -> None:
        with self._turn:
            if self.refuses:
                raise self.refuses.pop(0)
            self.taken.append(dispatch)

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """To whom, where, which message or moment."""
        return [(each.to, each.address, each.message or each.about) for each in self.taken]


@dataclass
class Book:
    """Addresses, as a host would know them."""

    known: dict[str, dict[str, str]]

    def addresses(self, whom: str, *, process: str, number: str) -> Mapping[str, str]:
        return self.known.get(whom, {})


def desk_with(
    engine: Engine, clock: Clock, channels: Mapping[str, Kept], known: dict[str, dict[str, str]]
) -> Engine:
    """Another engine on the same store, with channels; waits are without chance."""
    return Engine(
        engine.store, clock=clock, keys=KEYS, channels=channels, addresses=Book(known), rng=lambda: 0.0
    )


__all__ = ["DESK", "PACKER", "PROCESS", "Book", "Kept", "desk_with", "opened_here"]
