"""One order against its history: the chain row by row, the replay byte by byte, and all that is derived."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flowengine.compiler.plan import Plan
from flowengine.kernel.events import replay
from flowengine.kernel.order import Order
from flowengine.runtime.chain import GENESIS, link_of
from flowengine.runtime.identity import identity_kept
from flowengine.runtime.ports import Reader
from flowengine.runtime.rows import HistoryRow, Mark, MessageRow, OrderRow, WorkRow
from flowengine.runtime.saving import message_row, projected, roles_waited_for
from flowengine.texts import Lang, say

_PAGE = 500
_BEFORE_ALL = -(2**62)  # rows are counted from 1; one that somebody put before them is read too
_NOT_SAID = ("event", "key", "marks")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as history says: in which order, at which row of its history, and what."""

    code: str
    number: str = ""
    seq: int | None = None
    detail: str = ""
    process: str = ""

    def message(self, lang: Lang) -> str:
        """The problem in one sentence."""
        order = f"{self.process} {self.number}".strip()
        words = {"number": order, "seq": self.seq, "detail": self.detail}
        return say(f"verify.{self.code}", lang, words)


def order_problems(
    unit: Reader, row: OrderRow, plan: Plan | None, marks: Sequence[Mark] = ()
) -> Iterator[Problem]:
    """Everything that is wrong with one order, beginning with its history; a broken chain says it all.

    `marks` say how its history stood at checkpoints.
    """
    for problem in _problems(unit, row, plan, marks):
        yield replace(problem, process=row.process)  # two processes may give the same number


def marked_problem(mark: Mark, length: int, found: str | None) -> Problem | None:
    """What is wrong with a history of that length whose row at the place of the mark has the hash `found`."""
    if length < mark.length:
        return Problem("cut", mark.number, length + 1, str(mark.length), mark.process)
    if found != mark.head:
        return Problem("rewritten", mark.number, 1, str(mark.length), mark.process)
    return None


def _problems(unit: Reader, row: OrderRow, plan: Plan | None, marks: Sequence[Mark]) -> Iterator[Problem]:
    history = list(_history(unit, row.id))
    chain, marked = next(_chain_problems(row, history), None), next(_mark_problems(marks, history), None)
    if broken := _first(chain, marked):
        yield broken
        return
    events = [event for each in history for event in json.loads(each.record)["events"]]
    if plan is None or not events or events[0].get("definition") != plan.hash:
        yield Problem("no_definition", row.number, detail=str(row.definition_id))
        return
    try:
        order = replay(events)
    except (LookupError, TypeError, ValueError, AttributeError) as reason:
        yield Problem("replay", row.number, detail=str(reason))
        return
    assert order is not None
    yield from _state_problems(unit, row, plan, order, history)
    yield from _derived_problems(unit, row, plan, order, events)


def _first(chain: Problem | None, marked: Problem | None) -> Problem | None:
    """The first of the two: the chain names a row, a checkpoint the rows among which something is wrong."""
    if chain is None or marked is None:
        return chain or marked
    return chain if (chain.seq or 0) <= int(marked.detail) else marked


def _history(unit: Reader, order_id: int) -> Iterator[HistoryRow]:
    after = _BEFORE_ALL
    while True:
        rows = unit.history(order_id, after=after, limit=_PAGE)
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1].seq


def _chain_problems(row: OrderRow, history: list[HistoryRow]) -> Iterator[Problem]:
    head = GENESIS
    for expected, each in enumerate(history, 1):
        if each.seq != expected:
            yield Problem("gap", row.number, expected)
        if not _is_linked(each, head):
            yield Problem("altered", row.number, each.seq)
        head = each.hash
    if row.revision > len(history):
        yield Problem("gap", row.number, len(history) + 1)
    if row.revision != len(history):
        yield Problem("length", row.number, len(history), str(row.revision))
    if row.head != head:
        yield Problem("head", row.number, len(history))


def _mark_problems(marks: Iterable[Mark], history: list[HistoryRow]) -> Iterator[Problem]:
    """Where the history is not as it was at checkpoints; up to the mark before, which holds, it is."""
    hashes = {each.seq: each.hash for each in history}
    sound = 0
    for mark in marks:
        if problem := marked_problem(mark, len(history), hashes.get(mark.length)):
            yield replace(problem, seq=max(problem.seq or 0, sound + 1))
        else:
            sound = mark.length


def _is_linked(row: HistoryRow, head: str) -> bool:
    """Whether the row has the hash that it must have; bytes in the place of text never have."""
    try:
        return link_of(row, head) == row.hash
    except (AttributeError, TypeError):
        return False


def _state_problems(
    unit: Reader, row: OrderRow, plan: Plan, order: Order, history: list[HistoryRow]
) -> Iterator[Problem]:
    """The snapshot and the columns that follow from it."""
    if order.dump() != row.state:
        yield Problem("state", row.number)
        return
    derived = projected(row, plan, order, revision=row.revision, head=row.head)._replace(
        process=plan.process,
        identity=None if order.part else identity_kept(unit, row, plan, order.fields),
        start_key=history[0].command_key,
    )
    if row.failures > 0 and derived.wake_at is not None and (row.wake_at or 0) > derived.wake_at:
        # A parked order is asked again later than its moment, and says why.
        derived = derived._replace(wake_at=row.wake_at, failures=row.failures, failure=row.failure)
    elif row.failures:
        yield Problem("column", row.number, detail="failures")
    for name in _differing(row, derived):
        yield Problem("column", row.number, detail=name)


def _derived_problems(
    unit: Reader, row: OrderRow, plan: Plan, order: Order, events: list[dict[str, Any]]
) -> Iterator[Problem]:
    """Work items and messages."""
    work, messages = unit.work_of(row.id), unit.messages_of(row.id)
    if work != {WorkRow(role, *row.turn[:2]) for role in roles_waited_for(plan, order)}:
        yield Problem("work", row.number)
    if {message._replace(id=0) for message in messages} != set(_told(row, events)):
        yield Problem("messages", row.number)


def _told(row: OrderRow, events: list[dict[str, Any]]) -> Iterator[MessageRow]:
    for event in events:
        if event["event"] == "told" and "overtaken" not in event:
            said = {name: value for name, value in event.items() if name not in _NOT_SAID}
            yield message_row(row, event["key"], said)


def _differing(row: OrderRow, derived: OrderRow) -> list[str]:
    columns = zip(OrderRow._fields, row, derived, strict=True)
    return [name for name, found, expected in columns if found != expected]
