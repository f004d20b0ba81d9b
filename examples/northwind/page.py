"""The page that an order manager reads after the replay: every figure on it is asked of the engine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any, Final

from replay import HOST, NAME, Day, every, late_orders, on_the_day, open_orders
from sentences import Lang, flowing, say, table

from flowengine import Engine, Principal
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import clock_time, happened, place_text, role_text

SHOWN: Final = 5
"""How many rows of a list stand on the page."""

GROUPS: Final = (1, 2, 4, 8, 15)
"""The days late with which each group of late orders begins; the last group has no end."""


@dataclass(frozen=True, slots=True)
class Played:
    """What the replay did: its days, and the seconds it took."""

    days: tuple[Day, ...]
    seconds: float

    @property
    def created(self) -> int:
        """How many records became orders."""
        return sum(each.outcome == "created" for day in self.days for each in day.imported)

    @property
    def refused(self) -> int:
        """How many records were refused."""
        return sum(each.outcome == "refused" for day in self.days for each in day.imported)


class Desk:
    """What an order manager asks the engine, set in lines."""

    def __init__(self, engine: Engine, lang: Lang) -> None:
        self.engine = engine
        self.lang = lang
        self.plan = engine.plan(NAME, by=HOST)
        self.late = late_orders(engine)
        self.open = open_orders(engine)
        self.stages = {count.stage: count for count in engine.stages(by=HOST, process=NAME)}
        self.shipped = self.stages["shipped"].orders

    def say(self, key: str, **values: object) -> str:
        """A sentence in the language of the reader."""
        return say(key, self.lang, **values)

    def at(self, instant: int | None) -> str:
        """An instant in the zone of the process."""
        return "" if instant is None else clock_time(instant, self.plan)

    def page(self, played: Played, db: str) -> list[str]:
        """The whole page."""
        waiting, worst = self.open[0].row.number, self.late[0].view.row.number
        sections = (
            (self.title(played), ()),
            (self.say("intake"), self.intake(played)),
            (self.say("late"), self.lateness()),
            (self.say("next"), self.due_next()),
            (self.say("why", number=waiting), self.why(waiting)),
            (self.say("history"), (*self.history(waiting), *self.history(worst))),
            (self.say("told"), self.messages("shipping")),
            (self.say("record"), self.record()),
            (self.say("go_on"), self.commands(db, waiting, worst)),
        )
        return [line for head, lines in sections for line in ("", head, *(f"  {each}" for each in lines))][1:]

    def title(self, played: Played) -> str:
        """Which orders, which process, which instant."""
        plan, first, last = self.plan, played.days[0].day, played.days[-1].day
        orders = sum(count.orders for count in self.stages.values())
        now = self.at(self.engine.clock())
        title = self.say("title", orders=orders, first=first, last=last)
        process = self.say("process", file=plan.file, version=plan.version, now=now, zone=plan.zone)
        return f"{title}\n{process}"

    def intake(self, played: Played) -> Iterator[str]:
        """What was imported, how fast, and where the orders stand."""
        yield self.say("imported", created=played.created, refused=played.refused, shipped=self.shipped)
        yield self.say("pace", seconds=played.seconds, pace=played.created / played.seconds)
        places = dict.fromkeys((*self.plan.stages, *self.stages))
        rows = [(place_text(self.plan, name, self.lang), *self.standing(name)) for name in places]
        yield from table(self.say("stages"), rows, numbers={1, 2})

    def standing(self, place: str) -> tuple[int, int]:
        """How many orders stand in a stage or end, and how many of them are late."""
        count = self.stages.get(place)
        return (count.orders, count.late) if count else (0, 0)

    def lateness(self) -> Iterator[str]:
        """How many were late, by how much, and the worst of them."""
        late = sum(each.view.row.status == "closed" for each in self.late)
        same = on_the_day(self.engine, self.late)
        yield self.say("late.sum", late=late, shipped=self.shipped, share=late / self.shipped, same=same)
        yield self.say("late.days", groups="   ".join(self.grouped()))
        rows = [
            (late.view.row.number, late.days, *values(late.view, "required_date", "customer", "employee"))
            for late in self.late[:SHOWN]
        ]
        yield from table(self.say("late.head"), rows, numbers={1})

    def grouped(self) -> Iterator[str]:
        """The late orders by the days that they were late."""
        for first, beyond in zip(GROUPS, (*GROUPS[1:], None), strict=True):
            orders = sum(late.days >= first and (beyond is None or late.days < beyond) for late in self.late)
            last = "+" if beyond is None else "" if beyond == first + 1 else f"-{beyond - 1}"
            yield self.say("days", days=f"{first}{last}", orders=orders)

    def due_next(self) -> Iterator[str]:
        """What must leave next."""
        yield self.say("next.sum", open=len(self.open), overdue=sum(view.late_by > 0 for view in self.open))
        rows = [
            (view.row.number, *values(view, "required_date", "customer", "ship_country", "employee"))
            for view in self.open[:SHOWN]
        ]
        yield from table(self.say("next.head"), rows)

    def why(self, number: str) -> Iterator[str]:
        """What one order waits for, who can help, until when, and which line of the process asks for it."""
        view, explanation = self.engine.explain(number, by=HOST)
        stage, since = explanation.title.say(self.lang), self.at(explanation.entered_at)
        yield self.say("why.where", customer=view.order.fields["customer"], stage=stage, since=since)
        for blocker in explanation.blockers:
            who = ", ".join(role_text(self.plan, role, self.lang) for role in blocker.owner)
            until = self.at(explanation.due_at)
            yield blocker.message(self.lang)
            yield self.say("why.who", who=who, until=until, file=self.plan.file, line=blocker.line)

    def history(self, number: str) -> Iterator[str]:
        """What happened to one order."""
        yield number
        for entry in self.engine.history(number, by=HOST).items:
            actor = self.say("time") if entry.actor == "time" else entry.actor
            told = [sentence for event in entry.record["events"] for sentence in self.sentences(event)]
            first, *more = flowing((f"{self.at(entry.at)}  {actor}  {told[0]}", *told[1:]), self.say("joint"))
            yield from (first, *(f"  {line}" for line in more))

    def sentences(self, event: Mapping[str, Any]) -> list[str]:
        """One event; the many fields of an intake are only counted."""
        if event["event"] == "set" and len(event["fields"]) > SHOWN:
            return [self.say("filled", fields=len(event["fields"]))]
        return happened([event], self.plan, self.lang)

    def messages(self, role: str) -> Iterator[str]:
        """What a department was told."""
        reader = Principal.of("demo", role)
        told = list(every(lambda after: self.engine.messages(by=reader, after=after or 0, limit=200)))
        last = told[-1]
        due = self.at(json.loads(last.payload)["due"])
        department = role_text(self.plan, role, self.lang)
        yield self.say("told.sum", role=department, count=len(told), number=last.number, due=due)

    def record(self) -> Iterator[str]:
        """Whether history is whole."""
        verified = self.engine.verify()
        if not verified.problems:
            yield self.say("record.whole", orders=verified.orders, rows=verified.rows)
            return
        yield self.say("record.broken", problems=len(verified.problems))
        yield from (problem.message(self.lang) for problem in verified.problems[:SHOWN])

    def commands(self, db: str, waiting: str, worst: str) -> Iterator[str]:
        """How to look further."""
        flowengine = command()
        yield f"{flowengine} list --db {db} --late"
        yield f"{flowengine} explain --db {db} {waiting}"
        yield f"{flowengine} history --db {db} {worst}"


def command() -> str:
    """How the command is called from here: by its name where that is found, else by where it stands."""
    if which("flowengine"):
        return "flowengine"
    beside = Path(sys.executable).parent / "flowengine"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def values(view: OrderView, *fields: str) -> Iterator[object]:
    """The values of these fields of an order."""
    return (view.order.fields.get(name, "") for name in fields)
