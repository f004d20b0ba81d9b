"""What the tests of ledgers are told with: an order before the Spring Festival of 2026, and its history."""

from __future__ import annotations

from typing import Any, Final

from flowengine.kernel.commands import Command, Create, PassTime, Principal
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.ledger import Ledger, ledger_of
from flowengine.kernel.ledger_lines import Noted
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from tests.kernel.desk import DESK, HOST, at, plan_of

OFFICE: Final = """
flowengine: 1
process: sales
version: "1"
title: {en: Sales, zh: 销售}
language: en
owner: desk
calendar: office
calendars:
  office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}
order:
  number: "{yyyy}{mm}-{serial:3}"
  fields:
    rush: {type: boolean, title: {en: Rush, zh: 加急}, default: false}
    stopped: {type: boolean, default: false}
    promised: {type: date, title: {en: Promised, zh: 承诺日期}}
    patience: duration
roles: {desk: {}, boss: {}}
holds:
  cold_chain: {title: {en: Cold chain, zh: 冷链}, by: desk, release: {by: desk}, pauses: all}
  stock_out: {by: desk, release: {by: desk}, pauses: [review], due: 4h}
stages:
  review:
    title: {en: Review, zh: 审核}
    owner: desk
    due:
      - {when: rush, within: 2wh, pause: stopped}
      - {within: 8wh, pause: stopped, warn: [50%], late: [{over: 1h, then: [{notify: boss}]}]}
    needs: {checked: check}
    outcomes: {again: {to: review}}
  deliver:
    {title: {en: Deliver, zh: 送货}, owner: desk, due: {by: promised}, needs: {sent: check}, next: closed}
clocks:
  pressed: {within: 6wh, when: rush, owner: desk, needs: {pressed_on: check}}
  answer: {within: patience, owner: desk, needs: {answered: note}}
  daily: {every: workday, by: "17:00", needs: {progress: note}}
  quiet: {silent_for: 3wd, of: [checked, rush.changed]}
"""

WORKSHOP: Final = """
flowengine: 1
process: workshop
version: "1"
owner: desk
calendar: office
calendars:
  office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}
  shop: {zone: Asia/Tokyo, holidays: none, week: {mon-sat: ["08:00-20:00"]}}
order:
  fields:
    rows: {type: list, of: {sku: text}}
    rush: {type: boolean, default: false}
    starts: datetime
roles: {desk: {}, maker: {}}
types: {routine: {}, custom: {stages: {make: {due: {buffer: 50%}}}}}
holds: {broken: {by: desk, release: {by: desk}, pauses: [make, cut, oiled], due: 2h}}
stages:
  make:
    owner: maker
    opens: starts
    due: {within: 6wh}
    needs:
      seen: {check: Seen, due: [{when: rush, within: 1wd, calendar: shop}, {within: 3wh}]}
      voucher: {file: Voucher, defer: 1wd}
      asked: {check: Asked, after: rush.changed, due: 2h}
    tasks: {cut: {owner: maker, each: rows, due: 2wd, needs: {cut_done: check}}}
    outcomes: {again: {to: make}}
    clocks:
      oiled: {after: rush.changed, within: 5wh, calendar: shop, needs: {oil: check}, late: [{hold: broken}]}
  hand:
    owner: desk
    due: {by: make.left + 2d}
    needs: {handed: check}
    outcomes: {rework: {to: make}}
    next: closed
outcomes: {reopen: {from: closed, by: desk, to: make}}
clocks: {watch: {after: hand.entered, every: 2d, at_most: 3, needs: {looked: check}}}
"""

FITFUL: Final = """
flowengine: 1
process: fitful
version: "1"
owner: desk
calendar: office
calendars:
  office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}
  shop: {zone: Asia/Tokyo, holidays: none, week: {mon-sat: ["08:00-20:00"]}}
order:
  fields:
    rush: {type: boolean, default: false}
    stopped: {type: boolean, default: false}
    promised: date
    patience: duration
roles: {desk: {}}
holds:
  halt: {by: desk, release: {by: desk}, pauses: all}
  pinch: {by: desk, release: {by: desk}, pauses: [pressed, one]}
stages:
  one:
    owner: desk
    due:
      - {when: rush, within: patience, pause: stopped, calendar: shop}
      - {when: stopped, by: promised}
      - {within: 8wh}
    needs: {asked: {check: Asked, due: [{when: rush, by: promised}, {within: 5h}]}}
    next: closed
clocks:
  pressed: {within: 6wh, when: rush, pause: stopped, warn: [50%], late: [{over: 1h, then: [{notify: desk}]}]}
  answer: {within: patience, when: not stopped}
  spare: {within: 2wd, when: rush}
  quiet: {silent_for: 1d, of: [promised.changed], when: rush}
"""
"""Clocks that are due only now and then."""

FRIDAY: Final = at("2026-02-13 16:00")


class Books:
    """One order with its history as rows, and the ledgers of its clocks."""

    def __init__(self, process: str = OFFICE, *, now: int = FRIDAY, **values: Any) -> None:
        self.plan, self.now = plan_of(process), now
        self.rows: list[Noted] = []
        self.order: Order | None = None
        opened = decide(self.plan, None, Create(values, number="1"), DESK, now)
        assert not opened.blockers, [blocker.message("en") for blocker in opened.blockers]
        self._note(opened, "create", "")

    def do(self, command: Command, when: str = "", *, by: Principal = DESK, reason: str = "") -> Decision:
        """Decide a command at a time in Shanghai."""
        self.now = at(when) if when else self.now
        decision = decide(self.plan, self.order, command, by, self.now, reason=reason)
        return self._note(decision, command.verb, reason)

    def pass_time(self, when: str) -> Decision:
        """Let time pass."""
        return self.do(PassTime(), when, by=HOST)

    def pass_on(self, wait: int) -> None:
        """Let so many milliseconds go by before the next command."""
        self.now += wait

    def ledger(self, clock: str = "", *, visit: int | None = None) -> Ledger:
        """The ledger of a clock now."""
        return ledger_of(plan_for(self.plan, self.order), self.rows, self.now, clock=clock, visit=visit)

    def clocks(self) -> tuple[str, ...]:
        """Every clock that the order has had."""
        events = (event for row in self.rows for event in row.events if event["event"] == "clock")
        return tuple(dict.fromkeys(event["clock"] for event in events))

    def _note(self, decision: Decision, verb: str, reason: str) -> Decision:
        if not decision.blockers:
            self.order = decision.order
            events = [event.record() for event in decision.events]
            self.rows.append(Noted(self.now, "dora", verb, reason, events))
        return decision
