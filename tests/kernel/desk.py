"""What the tests of the kernel are told with: small processes, people, instants, and one order's story."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan
from flowengine.definition.check import check_process
from flowengine.kernel.commands import Command, Create, PassTime, Principal
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Decision
from flowengine.kernel.events import Event, replay
from flowengine.kernel.explain import Explanation, explain
from flowengine.kernel.order import Order
from flowengine.kernel.work import work
from flowengine.kernel.work_item import WorkItem

HEAD: Final = """
flowengine: 1
process: test
version: "1"
owner: desk
zone: {zone}
roles: {{desk: {{}}, maker: {{}}, qa: {{}}, boss: {{}}}}
"""
SHANGHAI: Final = "Asia/Shanghai"
SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

DESK: Final = Principal.of("dora", "desk")
MAKER: Final = Principal.of("mo", "maker")
QA: Final = Principal.of("qi", "qa")
BOSS: Final = Principal.of("bo", "boss")
STRANGER: Final = Principal.of("sam", "visitor")
HOST: Final = Principal.system("a test")
PEOPLE: Final = (DESK, MAKER, QA, BOSS, STRANGER, HOST)


def at(text: str, zone: str = SHANGHAI) -> int:
    """The instant that clocks in `zone` show as `text`, in milliseconds UTC: `at("2026-05-12 12:00")`."""
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1_000)


NOON: Final = at("2026-05-12 12:00")


def text_of(process: str, zone: str = SHANGHAI) -> str:
    """The whole file of a process that is given without its head."""
    return process if "flowengine:" in process else HEAD.format(zone=zone) + process


@cache
def plan_of(process: str, zone: str = SHANGHAI) -> Plan:
    """The plan of a process, given as YAML with or without a head; it must be sound."""
    checked = check_process(text_of(process, zone), "test.yaml")
    assert checked.process is not None, [f"{f.place} {f.message('en')}" for f in checked.findings]
    return compile_process(checked.process, "test.yaml")


def line_of(process: str, words: str) -> int:
    """The line of the file that holds `words`; there must be one."""
    lines = [n for n, line in enumerate(text_of(process).splitlines(), 1) if words in line]
    assert len(lines) == 1, f"{words!r} stands in lines {lines}"
    return lines[0]


class Story:
    """One order on its way through a process. What is decided becomes the order, and three laws hold at
    every step: the order that went in is untouched, a refusal leaves nothing behind, and the history
    replayed is the order.
    """

    def __init__(
        self,
        process: str,
        values: Mapping[str, Any] | None = None,
        *,
        by: Principal = DESK,
        now: int = NOON,
        zone: str = SHANGHAI,
    ) -> None:
        self.plan = plan_of(process, zone)
        self.now = now
        self.history: list[dict[str, Any]] = []
        self.last = decide(self.plan, None, Create(values or {}, number="1"), by, now)
        assert not self.last.blockers, [blocker.message("en") for blocker in self.last.blockers]
        self._take(self.last)

    def do(
        self,
        command: Command,
        by: Principal = HOST,
        *,
        wait: int = 0,
        now: int | None = None,
        reason: str = "",
    ) -> Decision:
        """Let time pass, then decide `command`; the host may do everything."""
        self.now = self.now + wait if now is None else now
        before = copy.deepcopy(self.order)
        self.last = decide(self.plan, self.order, command, by, self.now, reason=reason)
        assert self.order == before, "the order handed in was changed"
        if self.last.blockers:
            assert (self.last.order, self.last.events, self.last.effects) == (before, (), ())
        else:
            self._take(self.last)
        return self.last

    def pass_time(self, wait: int = 0, *, now: int | None = None) -> Decision:
        """Let time pass and nothing else."""
        return self.do(PassTime(), HOST, wait=wait, now=now)

    def _take(self, decision: Decision) -> None:
        assert decision.order is not None
        self.order = decision.order
        self.history += [event.record() for event in decision.events]
        assert replay(self.history) == self.order
        assert Order.load(self.order.dump()) == self.order

    @property
    def stage(self) -> str:
        """Where the order is."""
        return self.order.stage

    @property
    def explained(self) -> Explanation:
        """What the order waits for."""
        return explain(self.plan, self.order)

    @property
    def work(self) -> tuple[WorkItem, ...]:
        """Who has what to do."""
        return work(self.plan, self.order)

    @property
    def todo(self) -> list[str]:
        """The names of what waits for somebody."""
        return [item.key for item in self.work]


def why(decision: Decision | Explanation) -> list[tuple[str, str]]:
    """The reasons of a refusal: code and name."""
    return [(blocker.code, blocker.name) for blocker in decision.blockers]


_SUBJECT: Final = {
    "acted": "need",
    "asked": "needs",
    "chosen": "outcome",
    "ended": "end",
    "entered": "stage",
    "held": "hold",
    "kept": "clock",
    "late": "clock",
    "later": "mark",
    "left": "stage",
    "reopened": "end",
    "set": "fields",
    "deferred": "need",
    "made_good": "need",
    "opened": "stage",
    "owned": "owner",
    "stale": "needs",
    "stuck": "stage",
    "task_done": "task",
    "task_opened": "task",
    "task_withdrawn": "task",
    "released": "hold",
    "rule": "rule",
    "waived": "need",
    "warned": "mark",
    "called": "call",
    "call_done": "call",
    "call_failed": "call",
    "undo_wanted": "calls",
    "told": "role",
}


def happened(decision: Decision) -> list[str]:
    """The events of a decision, each as its kind and what it is about: `left make`, `told desk`."""
    return [_brief(event) for event in decision.events]


def _brief(event: Event) -> str:
    if event.kind == "clock":
        return f"{event.data['did']} {event.data['clock']}"
    about = event.data.get(_SUBJECT.get(event.kind, ""), "")
    words = about if isinstance(about, str) else " ".join(about)
    return f"{event.kind} {words}".strip()


def told(decision: Decision) -> list[tuple[str, str]]:
    """The messages that a decision leaves: for whom, and about what."""
    return [
        (effect.data["role"], effect.data["about"]) for effect in decision.effects if effect.kind == "message"
    ]
