"""A small shop: its process, its people, and a clock that stands until it is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from flowengine import Engine, Principal, Result, connect
from flowengine.kernel.commands import Command
from tests.kernel.desk import NOON
from tests.runtime.places import KEYS, opened_here
from tests.sound import assert_sound

SHOP: Final = """
flowengine: 1
process: shop
version: "1"
owner: desk
zone: Asia/Shanghai
order:
  number: "S{yyyy}{mm}-{serial:3}"
  unique: [ref]
  fields:
    ref: {type: text, required: true, title: {en: Reference, zh: 单号}}
    amount: {type: money, currency: CNY, default: 0}
    day: date
roles: {desk: {}, maker: {}, qa: {}}
stages:
  take: {owner: desk, due: 1d, needs: {checked: check, priced: {check: priced, by: [desk, qa]}}}
  make:
    owner: maker
    due: {by: day}
    needs: {made: check, remark: note}
    outcomes: {spoiled: {to: take, reason: required, then: [{notify: [desk, qa]}]}}
  hand: {owner: desk, entry: {label: file}, needs: {handed: check}, next: closed}
outcomes:
  cancel: {from: any, to: cancelled, reason: required, then: [{notify: maker}]}
"""

DESK: Final = Principal.of("dora", "desk", name="Dora 朵拉")
MAKER: Final = Principal.of("mo", "maker")
QA: Final = Principal.of("qi", "qa")
STRANGER: Final = Principal.of("sam", "visitor")
NOBODY: Final = Principal.of("nemo")
HOST: Final = Principal.system("a test")


@dataclass(slots=True)
class Clock:
    """A clock that stands until somebody sets it."""

    now: int = NOON

    def __call__(self) -> int:
        return self.now


@dataclass(frozen=True, slots=True)
class Shop:
    """An engine with its clock, and short words for what every test does."""

    engine: Engine
    clock: Clock

    def deploy(self, text: str, file: str = "shop.yaml") -> bool:
        """Deploy a process; whether it is new."""
        return self.engine.deploy(text, file=file)[1]

    def start(self, ref: str = "A", *, by: Principal = DESK, process: str = "shop", **values: Any) -> Result:
        """A new order with that reference outside."""
        return self.engine.start(process, {"ref": ref, **values}, by=by).or_raise()

    def do(self, id: int, *commands: Command, by: Principal = HOST, reason: str = "a test") -> Result:
        """Carry commands out, one after the other; none may be refused."""
        for command in commands:
            result = self.engine.do(id, command, by=by, reason=reason).or_raise()
        return result

    def wait(self, milliseconds: int, *, tick: bool = True) -> None:
        """Let time pass, and by default let the engine notice."""
        self.clock.now += milliseconds
        if tick:
            self.engine.tick()


@contextmanager
def opened(*processes: str, path: str = "") -> Iterator[Shop]:
    """An engine with these processes deployed: on an empty store, or on a SQLite file; sound at the end."""
    clock = Clock()
    with connect(path, clock=clock, keys=KEYS) if path else opened_here(clock) as engine:
        shop = Shop(engine, clock)
        for text in processes:
            shop.deploy(text)
        yield shop
        assert_sound(engine)


def settle(shop: Shop) -> None:
    """Let everybody hear everything."""
    while shop.engine.tick().heard:
        pass
