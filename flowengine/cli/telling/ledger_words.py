"""The words of a ledger: instants in the zone of the calendar, lengths in hours, causes by their titles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from flowengine.calendars.cron import Cron
from flowengine.calendars.days import local
from flowengine.compiler.clock import TOUCHED
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Due, Plan
from flowengine.compiler.wording import point
from flowengine.definition.findings import cited
from flowengine.definition.lengths import Length
from flowengine.definition.spans import UNITS
from flowengine.kernel.ledger import Ledger
from flowengine.kernel.ledger_days import Day
from flowengine.kernel.ledger_lines import Cause, Line
from flowengine.runtime.story import shown
from flowengine.texts import Lang, Phrase, say

_MINUTE: Final = UNITS["m"]
_SECOND: Final = 1_000
_WHOLE: Final = 100
_ENDS: Final = ("left", "released", "task_done", "task_withdrawn", "ended")


class Words:
    """Says what stands in one ledger, in one language."""

    def __init__(self, plan: Plan, ledger: Ledger, lang: Lang) -> None:
        self._plan, self._ledger, self._lang = plan, ledger, lang
        self._names = Names(plan, lang)

    def heading(self, number: str) -> str:
        """What is due, and when."""
        ledger = self._ledger
        state = "late" if ledger.state == "running" and ledger.late else ledger.state
        return self._say(f"head.{state}", number=number, title=self.title(), due=self.time(ledger.due))

    def title(self) -> str:
        """What the clock belongs to, with the number of its row."""
        row = self._ledger.key.partition(".")[2]
        title = self._ledger.title.say(self._lang)
        return f"{title} ({row})" if row else title

    def rule(self) -> str:
        """How long, and which line of the process says so, and why that one."""
        row, ledger = self._ledger.row, self._ledger
        said = self._say("rule", time=self._time(row, ledger.whole), where=self._where(row))
        if row.stretch != _WHOLE or row.extra:
            buffer = self.length(row.extra) if row.extra else f"{row.stretch - _WHOLE:+d}%"
            said = self._say("buffer", said=said, buffer=buffer)
        return self._say("because", said=said, when=row.when.plainly(self._names)) if row.when else said

    def place(self) -> str:
        """Which calendar and zone, and which visit."""
        calendar = self._ledger.calendar
        key = "calendar" if calendar.name else "zone"
        return self._say(key, calendar=calendar.name, zone=calendar.zone.key, visit=self._ledger.visit)

    def total(self) -> str:
        """What was used and what is left, which together are the whole."""
        ledger = self._ledger
        key = "total.beyond" if ledger.beyond else "total"
        names = ("whole", "used", "left", "beyond")
        return self._say(key, **{name: self.length(getattr(ledger, name)) for name in names})

    def line(self, line: Line) -> str:
        """What a line says happened."""
        said = self._did(line)
        if line.times > 1:
            said = self._say("times", said=said, times=line.times)
        if line.noticed_at is not None:
            said = self._noticed(line, said)
        for cause in line.causes:
            if cause.why == "somebody":
                said = self._by(cause, said)
        return said

    def details(self, line: Line) -> Iterator[str]:
        """Why it happened, and what that made of the due time."""
        yield from (
            self._by(cause, self._of_cause(cause)) for cause in line.causes if cause.why != "somebody"
        )
        if line.row is not None:
            yield self._say("now_by", where=self._where(line.row))
        if line.did in ("started", "restarted", "stood", "moved", "on") and line.due is not None:
            key = "to_due" if line.was is None else "from_due"
            yield self._say(key, was=self.time(line.was), due=self.time(line.due))

    def days(self, days: tuple[Day, ...]) -> str:
        """Why days in a row have the hours that they have."""
        if len({bool(day.counted.amount) for day in days}) > 1:
            work = sum(bool(day.counted.amount) for day in days)
            return self._say("day.many", work=work, off=len(days) - work)
        reason, counts = days[0].reason, days[0].counted.amount > 0
        match reason.why:
            case "holiday" if reason.holiday:
                return self._say("day.holiday", holiday=reason.holiday.name.say(self._lang))
            case "make_up":
                return self._say("day.make_up", day=reason.stands_for)
            case "override":
                return self._say("day.override" if counts else "day.closed")
        return self._say("day.workday" if counts else "day.weekend")

    def time(self, at: int | None) -> str:
        """An instant to the minute, or to the second where it is none that begins or ends a minute."""
        if at is None:
            return ""
        exact = at % _MINUTE < _SECOND or (at + 1) % _MINUTE == 0
        form = "%Y-%m-%d %H:%M" if exact else "%Y-%m-%d %H:%M:%S"
        return local(at, self._ledger.calendar.zone).strftime(form)

    def date(self, day: date) -> str:
        """A day with its name."""
        return f"{day} {self._say(f'weekday.{day.weekday()}')}"

    def length(self, length: Length | None) -> str:
        """A length in hours and minutes, or in days where the clock counts those: `2h 30m`, `1wd 6h`."""
        return "" if length is None else _spelled(length)

    def amount(self, amount: int) -> str:
        """So much of the unit in which the clock counts."""
        assert self._ledger.whole is not None
        return _spelled(Length(amount, self._ledger.whole.unit))

    def _did(self, line: Line) -> str:
        if line.did == "due" and line.at is None:
            return self._say("due.none")
        if line.stands:
            return self._say("stands")
        if line.did == "ran" and line.recounted:
            return self._say("recounted")
        return self._say(line.did, mark=line.mark.removeprefix("+"))

    def _noticed(self, line: Line, said: str) -> str:
        """When somebody looked, where that was a minute or more after it came; when a period was kept."""
        at = line.at or 0
        if line.did == "kept":
            return self._say("done_at", said=said, at=self.time(line.noticed_at))
        came = line.until if line.until is not None else at
        late = line.noticed_at is not None and line.noticed_at - came >= _MINUTE
        return self._say("noticed", said=said, at=self.time(line.noticed_at)) if late else said

    def _by(self, cause: Cause, said: str) -> str:
        """The same with who did it, and why."""
        if not cause.by or cause.why == "event":
            return said
        key = "by.reason" if cause.reason else "by"
        return self._say(key, said=said, who=cause.by, reason=cause.reason)

    def _of_cause(self, cause: Cause) -> str:  # noqa: PLR0911 - one line for each kind of cause
        match cause.why:
            case "field":
                old, new = (
                    shown(self._plan, cause.name, each, self._lang) for each in (cause.old, cause.new)
                )
                return self._say("cause.field", field=self._names.field(cause.name), old=old, new=new)
            case "moment":
                if cause.name == TOUCHED:
                    return self._say("cause.touched")
                return self._say("cause.moment", moment=self._names.moment(cause.name))
            case "hold":
                return self._say("cause.hold", hold=self._plan.holds[cause.name].title.say(self._lang))
            case "lane":
                return self._say(f"cause.{cause.old}", lane=self._names.waited(cause.name))
            case "pause":
                pause = self._ledger.row.pause
                plain = pause.plainly(self._names) if pause and pause.source == cause.name else cause.name
                return self._say("cause.pause", when=plain)
            case "event":
                return self._say(f"cause.{cause.name if cause.name in _ENDS else 'asked'}")
        return self._say(f"cause.{cause.why}", name=cause.name)

    def _time(self, row: Due, whole: Length | None) -> Any:
        """How long, until when, or how often."""
        if row.every is not None:
            return self._every(row)
        if row.by is not None:
            return Phrase("ledger.until", {"point": point(self._names, row.by)})
        if whole is None:  # its length has never been known
            return Phrase("ledger.lasts.unknown", {"field": self._names.field(row.lasts)})
        if row.silent_for:
            return Phrase("ledger.silence", {"length": whole.said()})
        if row.lasts:
            return Phrase("ledger.lasts", {"length": whole.said(), "field": self._names.field(row.lasts)})
        return whole.said()

    def _every(self, row: Due) -> Phrase:
        assert row.every is not None
        every, by = row.every.every, row.every.by
        if isinstance(every, Cron):
            said = Phrase("ledger.every.cron", {"cron": every.text})
        elif isinstance(every, Length):
            said = Phrase("ledger.every.length", {"length": every.said()})
        else:
            said = Phrase(f"ledger.every.{every}")
        if by is None:
            return said
        return Phrase("ledger.every.by", {"every": said, "time": f"{by // 60:02}:{by % 60:02}"})

    def _where(self, row: Due) -> str:
        return cited(row.line, self._plan.file)

    def _say(self, key: str, **params: object) -> str:
        return say(f"ledger.{key}", self._lang, params)


def _spelled(length: Length) -> str:
    """Working hours are not made into days, which would be days of 24 hours; seconds only where there are."""
    names = {"elapsed": ("d", "h", "m"), "working": ("h", "m"), "days": ("wd", "h", "m")}[length.unit]
    left, parts = (length.amount + _SECOND // 2) // _SECOND * _SECOND, []
    for name in names:
        number, left = divmod(left, UNITS[name.removeprefix("w")])
        if number:
            parts.append(f"{number}{name}")
    if left:
        parts.append(f"{left // _SECOND}s")
    return " ".join(parts) or "0m"
