"""Votes that do not count, as they are told: each once, with how often somebody has tried it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from flowengine.cli.desk import Desk
from flowengine.cli.screen import iso
from flowengine.cli.telling.points import every_point
from flowengine.compiler.plan import Plan
from flowengine.kernel.explain import Explanation
from flowengine.runtime.engine import Engine
from flowengine.runtime.looking import Entry
from flowengine.runtime.story import clock_time, happened
from flowengine.texts import Lang

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


def rounds_of(explanation: Explanation) -> dict[str, int]:
    """The rounds that are not granted, and since when each runs."""
    return {point.need.name: point.ballot.opened for point in every_point(explanation) if point.ballot}


def uncounted(entries: Iterable[Entry], rounds: Mapping[str, int]) -> list[list[Entry]]:
    """The votes that do not count in these rounds; what is alike together."""
    votes: dict[Vote, list[Entry]] = {}
    for entry in entries if rounds else ():
        vote = vote_of(entry)
        if vote and entry.at >= rounds.get(entry.record["events"][0]["need"], entry.at + 1):
            votes.setdefault(vote, []).append(entry)
    return [*votes.values()]


def uncounted_lines(desk: Desk, plan: Plan, votes: Iterable[list[Entry]]) -> Iterator[str]:
    """The votes for people, a line for each."""
    for alike in votes:
        for said in happened(alike[0].record["events"], plan, desk.lang):
            yield f"      {repeated(desk, said, alike, plan)}"


def uncounted_json(plan: Plan, votes: Iterable[list[Entry]], lang: Lang) -> list[dict[str, Any]]:
    """The votes for programs."""
    return [
        {
            **{key: alike[0].record["events"][0][key] for key in ("need", "said", "by", "why")},
            "reason": alike[0].record.get("reason"),
            "times": len(alike),
            "first": iso(alike[0].at),
            "last": iso(alike[-1].at),
            "told": " ".join(happened(alike[0].record["events"], plan, lang)),
        }
        for alike in votes
    ]
