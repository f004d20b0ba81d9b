"""What the tests of ledgers are told with: an order before the Spring Festival of 2026, and its history."""

from __future__ import annotations

from typing import Any, Final

from flowengine.kernel.commands import Command, Create, PassTime, Principal
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.ledger import Ledger, ledger_of
from flowengine.kernel.ledger_lines import Noted
from flowengine.kernel.order import Order
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

FRIDAY: Final = at("2026-02-13 16:00")


class Books:
    """One order with its history as rows, and the ledgers of its clocks."""

    def __init__(self, process: str = OFFICE, *, now: int = FRIDAY, **values: Any) -> None:
        self.plan, self.now = plan_of(process), now
        self.rows: list[Noted] = []
        self.order: Order | None = None
        self._note(decide(self.plan, None, Create(values, number="1"), DESK, now), "create", "")

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
        return ledger_of(self.plan, self.rows, self.now, clock=clock, visit=visit)

    def _note(self, decision: Decision, verb: str, reason: str) -> Decision:
        if not decision.blockers:
            self.order = decision.order
            events = [event.record() for event in decision.events]
            self.rows.append(Noted(self.now, "dora", verb, reason, events))
        return decision
