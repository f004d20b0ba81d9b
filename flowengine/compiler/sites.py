"""What is done by itself, from words to plan: actions, clocks, holds and rules, each at the site where it
stands. A site knows whose `owner` is meant there, where an order is then, and which calendar counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from flowengine.calendars.calendar import Calendar
from flowengine.compiler.action import Action
from flowengine.compiler.clock import TOUCHED, Clock
from flowengine.compiler.hold import Hold, Rule
from flowengine.compiler.need import Need
from flowengine.compiler.times import of_clock, rows_of
from flowengine.definition import words
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length
from flowengine.definition.moments import Point
from flowengine.definition.words import Name, Text

ORDER = "order"


class Making(Protocol):
    """What a site asks of the making of the plan that it is a part of."""

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """The calendars of the process."""

    def expression(self, written: words.Written | None, event: str = "") -> Expression | None:
        """A condition, read; behind an event also of what came with it."""

    def behind(self, rule: words.Rule) -> str:
        """The event that sets a rule off."""

    def value(self, name: str, written: words.Written) -> Expression:
        """What a field is set to, read."""

    def point(self, written: Name | None) -> Point | None:
        """A point in time, read."""

    def moment(self, name: str) -> str:
        """The full name of a moment."""

    def reads(self, moment: str) -> None:
        """Note that a later decision asks about a moment."""

    def who(self, who: str, place: str) -> str:
        """Who is meant at a place."""

    def doers(self, names: Iterable[str], place: str) -> tuple[str, ...]:
        """Who is meant by those who may do something at a place."""

    def accountable(self, name: str) -> str:
        """Who is accountable for a clock or a hold."""

    def asked(self, needs: Mapping[str, words.Need], site: Site) -> tuple[str, ...]:
        """The names of needs that an action asks."""

    def started(self, process: str) -> str:
        """The link under which orders of that process stand here."""

    def given(self, written: words.Written) -> Expression:
        """What a field of another process is given, read."""

    def rises(self, action: words.Action) -> Iterable[Length]:
        """How late a clock is when the exception that it has raised rises."""

    def moved(self, site: Site, target: str) -> str:
        """The trigger of a move."""

    def needs(
        self, needs: Mapping[str, words.Need] | None, site: Site, by: tuple[str, ...] = ()
    ) -> tuple[Need, ...]:
        """The needs that stand at a site."""


@dataclass(frozen=True, slots=True)
class Site:
    """`place` is whose `owner` is meant; `stage` where an order is, or empty where it may be anywhere."""

    make: Making
    place: str
    stage: str
    calendar: Calendar
    default: words.DefaultDue | None = None

    def rises(self, action: words.Action) -> Iterable[Length]:
        """How late a clock is when the exception that it has raised rises."""
        return self.make.rises(action)

    def calendar_of(self, name: Name | None) -> Calendar:
        """The calendar of that name, or the one of rows that name none."""
        return self.make.calendars[name] if name else self.calendar

    def expression(self, written: words.Written | None) -> Expression | None:
        """A condition, read."""
        return self.make.expression(written)

    def point(self, written: Name | None) -> Point | None:
        """A point in time, read."""
        return self.make.point(written)

    def actions(self, actions: Iterable[words.Action], trigger: str = "") -> tuple[Action, ...]:
        """What is done here; `trigger` is that of a `move`, which else gets one of its own."""
        return tuple(self._action(action, trigger) for action in actions)

    def _action(self, action: words.Action, trigger: str) -> Action:
        make = self.make
        asked = {name: _asked(action, need) for name, need in (action.ask or {}).items()}
        move = action.move or ""
        return Action(
            notify=tuple(make.who(who, self.place) for who in action.notify),
            ask=make.asked(asked, self),
            move=move,
            hold=action.hold or "",
            release=action.release or "",
            set=tuple((name, make.value(name, each)) for name, each in (action.set or {}).items()),
            assign=make.who(action.assign, self.place) if action.assign else "",
            trigger=(trigger or make.moved(self, move)) if move else "",
            message=action.message or "",
            start=action.start or "",
            link=make.started(action.start) if action.start else "",
            fields=tuple((name, make.given(each)) for name, each in (action.fields or {}).items()),
            each=action.each or "",
            call=action.call or "",
            undo=tuple(action.undo),
            raises=action.raise_ or "",
            tier=action.tier,
            resolves=action.resolve or "",
        )

    def clocks(self, clocks: Mapping[str, words.Clock] | None) -> dict[str, Clock]:
        """The clocks that stand here."""
        return {name: self._clock(clock) for name, clock in (clocks or {}).items()}

    def _clock(self, clock: words.Clock) -> Clock:
        make, here = self.make, replace(self, place=clock.name)
        if clock.silent_for and not clock.of:
            make.reads(TOUCHED)
        return Clock(
            name=clock.name,
            title=clock.title or Text(en=clock.name),
            line=clock.place.line,
            place=self.place,
            owner=make.accountable(clock.name),
            due=of_clock(here, clock),
            after=make.moment(clock.after) if clock.after else "",
            when=make.expression(clock.when),
            until=make.moment(clock.until) if clock.until else "",
            needs=make.needs(clock.needs, here),
            of=tuple(make.moment(name) for name in clock.of),
            at_most=clock.at_most,
        )

    def holds(self, holds: Mapping[str, words.Hold] | None) -> dict[str, Hold]:
        """The holds of the order."""
        return {name: self._hold(hold) for name, hold in (holds or {}).items()}

    def _hold(self, hold: words.Hold) -> Hold:
        make, here = self.make, replace(self, place=hold.name)
        released = hold.release or words.Release(place=hold.place)
        by = make.doers(released.by or hold.by, hold.name)
        return Hold(
            name=hold.name,
            title=hold.title or Text(en=hold.name),
            line=hold.place.line,
            by=make.doers(hold.by, hold.name),
            release_by=by,
            owner=make.accountable(hold.name),
            while_=make.expression(hold.while_),
            pauses_all="all" in hold.pauses,
            pauses=frozenset(hold.pauses) - {"all"},
            allows=frozenset(hold.allows),
            needs=make.needs(released.needs, here, by),
            due=rows_of(here, hold.due),
        )

    def rules(self, rules: Mapping[str, words.Rule] | None) -> dict[str, Rule]:
        """The rules that stand here."""
        return {name: self._rule(rule) for name, rule in (rules or {}).items()}

    def _rule(self, rule: words.Rule) -> Rule:
        event = self.make.behind(rule)
        return Rule(
            name=rule.name,
            title=rule.title or Text(en=rule.name),
            line=rule.place.line,
            place=self.place,
            then=self.actions(rule.then),
            after=self.make.moment(rule.after) if rule.after else "",
            at=self.point(rule.at),
            when=self.make.expression(rule.when, event),
            each=rule.each,
            event=event,
        )


def _asked(action: words.Action, need: words.Need) -> words.Need:
    """What is asked, with the words beside `ask` where the need itself does not say otherwise."""
    by = need.by or (action.by if need.kind not in ("that", "any", "confirm", "event") else ())
    return replace(need, by=by, due=need.due or action.due)
