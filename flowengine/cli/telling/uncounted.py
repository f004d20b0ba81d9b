"""Votes that do not count, as they are told: each once, with how often somebody has tried it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from flowengine.cli.desk import Desk
from flowengine.compiler.plan import Plan
from flowengine.kernel.explain import Explanation
from flowengine.runtime.engine import Engine
from flowengine.runtime.looking import Entry, OrderView
from flowengine.runtime.story import clock_time, happened

Vote = tuple[str, ...]
"""What is alike of votes that are told as one: who gave it and why, on what, how, and why it is refused."""


def entries_of(desk: Desk, engine: Engine, id: int) -> Iterator[Entry]:
    """The whole history of an order, oldest first."""
    after: int | None = 0
    while after is not None:
        page = engine.history(id, by=desk.by, after=after)
        yield from page.items
        after = page.after


def folded(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries one by one, votes that do not count put together where somebody repeats one."""
    for vote, alike in groupby(entries, key=vote_of):
        if vote is None:
            yield from ([entry] for entry in alike)
        else:
            yield [*alike]


def vote_of(entry: Entry) -> Vote | None:
    """What an entry tells of a vote that does not count; None for all else that happens."""
    events = entry.record["events"]
    if [event["event"] for event in events] != ["uncounted"]:
        return None
    told = (str(events[0][each]) for each in ("need", "said", "why"))
    return (entry.actor, entry.record.get("reason", ""), *told)


def repeated(desk: Desk, said: str, alike: list[Entry], plan: Plan) -> str:
    """A sentence, with how often and until when."""
    if len(alike) == 1:
        return said
    last = clock_time(alike[-1].at, plan)
    return desk.say("history.repeated", said=said, times=len(alike), last=last)


def uncounted_lines(desk: Desk, engine: Engine, view: OrderView, explanation: Explanation) -> Iterator[str]:
    """The votes that do not count in the rounds that are open now."""
    points = (*explanation.points, *(point for task in explanation.tasks for point in task.points))
    opened = {point.need.name: point.ballot.opened for point in points if point.ballot}
    votes: dict[Vote, list[Entry]] = {}
    for entry in entries_of(desk, engine, view.row.id) if opened else ():
        vote = vote_of(entry)
        if vote and entry.at >= opened.get(entry.record["events"][0]["need"], entry.at + 1):
            votes.setdefault(vote, []).append(entry)
    for alike in votes.values():
        for said in happened(alike[0].record["events"], view.plan, desk.lang):
            yield f"      {repeated(desk, said, alike, view.plan)}"
