"""Follows one clock of an order through history, and notes what it did; `ledger` sums it up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from flowengine.compiler.clock import TOUCHED
from flowengine.compiler.plan import Clock, Due, Plan
from flowengine.errors import NoClock
from flowengine.kernel.chapters import Chapter, Trace, clock_named, lives_in_a_stage, rows_named
from flowengine.kernel.events import Event, apply
from flowengine.kernel.ledger_lines import Cause, Did, Line, Noted, Run
from flowengine.kernel.order import Order
from flowengine.kernel.reckoning import course_as
from flowengine.kernel.standing import Standing, first
from flowengine.kernel.state import Cycle, Spent

_RUNG: Final[Mapping[str, Did]] = {"warned": "warned", "late": "late", "later": "later"}
_OWN: Final = frozenset({"clock", "kept", *_RUNG})
"""The events in which a clock speaks of itself."""


def traced(plan: Plan, history: tuple[Noted, ...], clock: str) -> Trace:
    """What a clock did; without a name that of the stage. Raises NoClock if the stage has none."""
    known = tuple(dict.fromkeys(_names(history)))
    key = clock or _of_stage(history, known)
    if key not in known:
        raise NoClock(clock, known)
    tracer = _Tracer(plan, key)
    for noted in history:
        tracer.note(noted)
    return Trace(key, known, tuple(tracer.chapters))


def _names(history: Iterable[Noted]) -> Iterator[str]:
    for noted in history:
        yield from (event["clock"] for event in noted.events if event["event"] == "clock")


def _of_stage(history: tuple[Noted, ...], known: tuple[str, ...]) -> str:
    """The stage in which the order is, or was before it ended."""
    entered = [each["stage"] for noted in history for each in noted.events if each["event"] == "entered"]
    return entered[-1] if entered[-1] in known else ""


class _Tracer:
    """Replays history, and looks at one clock before and after each event."""

    def __init__(self, plan: Plan, key: str) -> None:
        self.chapters: list[Chapter] = []
        self._key = key
        self._turn_to(plan.of({}))
        self._before = self._rows
        self._order: Order | None = None
        self._noted = Noted(0, "", "", "", ())
        self._changes: list[Cause] = []
        self._reasons: dict[str, str] = {}

    def _turn_to(self, plan: Plan) -> None:
        """Read on by the plan on which the order was from then on."""
        self._plan, self._rows = plan, _rows_in(plan, self._key)
        self._is_duty = self._rows[-1].every is not None
        self._read = frozenset(_names_read(self._rows, clock_named(plan, self._key)))

    def note(self, noted: Noted) -> None:
        """Go on with one row of history."""
        self._noted = noted
        if not self._waits:
            self._changes.clear()
        for record in noted.events:
            before, row = self._cycle, self._row_now(record)
            self._look_for_causes(record)
            self._order = apply(self._order, Event.of(record))
            if record["event"] in ("lane_granted", "lane_ended"):
                by = "" if record.get("how") == "expired" else self._noted.by
                self._changes.append(Cause("lane", record["lane"], record["event"], by=by))
                self._turn_to(self._plan.of(self._order.fields, self._order.overlays))
            self._follow(record, before, self._cycle, row)

    @property
    def _chapter(self) -> Chapter:
        return self.chapters[-1]

    @property
    def _cycle(self) -> Cycle | None:
        return self._order.clocks.get(self._key) if self._order else None

    @property
    def _waits(self) -> bool:
        """Whether what changes now shows only later: when it is due again."""
        cycle = self._cycle
        return cycle is not None and not self._is_duty and (cycle.since is None or not cycle.basis)

    def _row_now(self, record: Mapping[str, Any]) -> Due:
        """The row that counts as the clock does something: by it the clock stops, though it is a new one."""
        if self._order is None or self._is_duty or record.get("clock") != self._key:
            return self._rows[-1]
        return first(self._rows, Standing(self._plan, self._order).facts)

    def _look_for_causes(self, record: Mapping[str, Any]) -> None:
        if record["event"] == "held":
            self._reasons[record["hold"]] = record.get("reason", "")
        by = "" if record["at"] < self._noted.at else self._noted.by
        for name, (old, new) in record["fields"].items() if record["event"] == "set" else ():
            if name in self._read:
                self._changes.append(Cause("field", name, old, new, by, self._noted.reason))
        for moment in record.get("marks", ()):
            if moment in self._read:
                self._changes.append(Cause("moment", moment, by=by))

    def _follow(self, record: Mapping[str, Any], before: Cycle | None, after: Cycle | None, row: Due) -> None:
        """Note what an event made of the clock."""
        if after is None:
            if before is not None:
                self._chapter.close(record["at"])
                self._chapter.add(Line("ended", record["at"], due=before.due, causes=self._end(record)))
                self._chapter.is_over = True
            return
        if before is None:
            self._begin(after, row)
        chapter = self._chapter
        was, chapter.cycle = chapter.basis, after
        if record.get("clock") == self._key and after.basis:
            self._before, chapter.rows, chapter.basis = chapter.rows, self._rows, after.basis
        if record["event"] == "held":
            self._stand_longer()
        elif record["event"] not in _OWN or record["clock"] != self._key:
            return
        elif record["event"] in _RUNG and not (self._is_duty and record["event"] == "late"):
            self._chapter.add(_rang(record, self._noted))
        elif record.get("did") == "stuck":
            self._chapter.add(Line("stuck", record["at"], due=after.due))
        elif self._is_duty:
            self._duty(record, before, after)
        elif before is None or record["did"] == "restarted":
            self._start(record, before, after, row)
        else:
            self._step(record, before, after, row, was)

    def _start(self, record: Mapping[str, Any], before: Cycle | None, after: Cycle, row: Due) -> None:
        """Note that a course begins, or begins anew. Where it stands still, it may have run up to now."""
        chapter, causes = self._chapter, () if before is None else self._causes()
        chapter.close(after.began)
        chapter.add(Line("restarted" if before else "started", after.began, due=after.due, causes=causes))
        if after.since is not None:
            chapter.add(Run(after.since))
        else:
            chapter.add(Run(after.began, record["at"], after.used, row.calendar))
            self._stand(record, row, was=None)

    def _step(self, record: Mapping[str, Any], before: Cycle, after: Cycle, row: Due, basis: str) -> None:
        """Note what a clock did that had begun: it runs by `since`, whether it is due or goes on unseen."""
        at, chapter, ran, runs = (
            record["at"],
            self._chapter,
            before.since is not None,
            after.since is not None,
        )
        if record["did"] == "met":
            chapter.close(at)
            chapter.add(Line("met", at, causes=self._somebody()))
            return
        line = self._told(record, after, basis)
        if ran and not runs:
            chapter.close(at, spent=_less(after.used, before.used), calendar=row.calendar)
        elif ran and line is not None:
            chapter.close(at, cut=True)
        elif runs and not ran:
            chapter.close(at, due=after.due)
        if line is not None:
            chapter.add(line)
        if runs and not chapter.runs:
            chapter.add(Run(at))
        elif ran and not runs:
            self._stand(record, row, was=before.due)

    def _told(self, record: Mapping[str, Any], after: Cycle, basis: str) -> Line | None:
        """The line of what a clock did, unless that it runs or stands still tells it."""
        at = record["at"]
        match record["did"]:
            case "started":
                return self._moved("on", at, None, after, basis)
            case "resumed" if after.basis not in ("", basis):
                return self._moved("moved", at, None, after, basis)
            case "moved" if record.get("was") or after.basis != basis:
                return self._moved("moved", at, record.get("was", after.due), after, basis)
            case "off":
                causes = self._causes() or self._somebody()
                self._changes.clear()
                return Line("off", at, was=record.get("was"), causes=causes)
        return None

    def _duty(self, record: Mapping[str, Any], before: Cycle | None, after: Cycle) -> None:
        at, did = record["at"], record.get("did", record["event"])
        if did == "started":
            self._chapter.add(Line("started", at, due=after.due))
        elif did == "over":
            self._chapter.add(Line("over", at))
        elif before is None or before.due is None:
            return
        elif did == "kept":
            self._chapter.add(
                Line("kept", before.began, until=before.due, noticed_at=at, causes=self._somebody())
            )
        elif did == "late":
            times, first = record.get("missed", 1), record.get("first", record["due"])
            noticed = self._noted.at
            self._chapter.add(
                Line("missed", before.began, until=record["due"], was=first, noticed_at=noticed, times=times)
            )
        elif did == "moved":
            if "was" in record:
                self._chapter.add(self._moved("moved", at, record["was"], after, after.basis))
        elif did == "stopped":
            self._stand(record, self._rows[-1], was=before.due)
        elif did == "resumed":
            self._chapter.close(at, due=after.due)
            if before.due < at:
                self._excuse(before.began, before.due, at)

    def _excuse(self, opened: int, due: int, now: int) -> None:
        """Note the periods that passed while the duty stood still."""
        period = self._rows[-1].every
        assert period is not None
        passed = period.skip_to(due, now)
        self._chapter.add(Line("excused", opened, until=passed.last_due, was=due, times=passed.number))

    def _begin(self, cycle: Cycle, row: Due) -> None:
        """Turn to a new chapter, unless the clock has run before in the same visit."""
        order = self._order
        assert order is not None
        last = self.chapters[-1] if self.chapters else None
        in_stage = lives_in_a_stage(self._plan, self._key)
        if last and in_stage and (last.stage, last.visit) == (order.stage, order.visit):
            last.is_over = False
            return
        number = order.visit if in_stage else len(self.chapters) + 1
        self.chapters.append(
            Chapter(number, order.stage, order.visit, cycle.began, self._rows, row, cycle, cycle.basis)
        )

    def _stand(self, record: Mapping[str, Any], row: Due, *, was: int | None) -> None:
        assert self._order is not None
        by = record["by"]
        if by == "pause" and row.pause is not None:
            causes: tuple[Cause, ...] = (Cause("pause", row.pause.source), *self._causes())
        elif by == "when":
            causes = (Cause("when"), *self._causes())
        else:
            causes = tuple(self._hold(name) for name in self._order.holds if self._pauses(name))
        self._chapter.add(Line("stood", record["at"], was=was, causes=causes))

    def _stand_longer(self) -> None:
        """A further hold lies on the order while the clock stands still."""
        assert self._order is not None
        self._chapter.stand_longer([self._hold(name) for name in self._order.holds if self._pauses(name)])

    def _pauses(self, name: str) -> bool:
        hold = self._plan.holds[name]
        return name != self._key and (hold.pauses_all or self._key.partition(".")[0] in hold.pauses)

    def _hold(self, name: str) -> Cause:
        assert self._order is not None
        held = self._order.holds[name]
        return Cause("hold", name, by="" if held.itself else held.by, reason=self._reasons.get(name, ""))

    def _moved(self, did: Did, at: int, was: int | None, after: Cycle, basis: str) -> Line:
        """The line of a due instant that became another, and what made it so."""
        row = course_as(self._rows, after.basis).row
        other = bool(basis) and row is not course_as(self._before, basis).row
        causes = self._causes()
        if not causes and self._noted.verb == "reckon":
            causes = (Cause("calendar", row.calendar.name, by=self._noted.by, reason=self._noted.reason),)
        return Line(did, at, was=was, due=after.due, row=row if other else None, causes=causes)

    def _causes(self) -> tuple[Cause, ...]:
        """What has changed of that which the clock reads, each once, as it became last."""
        return tuple({(cause.why, cause.name): cause for cause in self._changes}.values())

    def _somebody(self) -> tuple[Cause, ...]:
        return (Cause("somebody", by=self._noted.by, reason=self._noted.reason),)

    def _end(self, record: Mapping[str, Any]) -> tuple[Cause, ...]:
        return (Cause("event", record["event"], by=self._noted.by),)


def _rang(record: Mapping[str, Any], noted: Noted) -> Line:
    mark = record.get("mark", "late")
    did = _RUNG[record["event"]]
    return Line(did, record["at"], due=record["due"], mark=mark, noticed_at=noted.at)


def _less(after: Spent, before: Spent) -> Spent:
    return tuple(one - other for one, other in zip(after, before or (0, 0, 0), strict=True))


def _names_read(rows: Iterable[Due], clock: Clock | None) -> Iterator[str]:
    """The fields and moments by which a clock is moved, set going and broken."""
    for row in rows:
        yield from (name for name in (row.lasts, row.by.base if row.by else "") if name)
        for condition in (row.when, row.pause):
            yield from condition.names if condition else ()
        if row.silent_for:
            yield from (clock.of if clock else ()) or (TOUCHED,)
    if clock and clock.when:
        yield from clock.when.names


def _rows_in(plan: Plan, key: str) -> tuple[Due, ...]:
    """The rows of time of a name in a plan or, where only a lane gives it time, in that of the lane."""
    every = (rows_named(each, key) for each in (plan, *plan.granted.values()))
    return next(rows for rows in every if rows)
