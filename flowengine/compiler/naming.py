"""What people call the things of a plan, in one language: for conditions, drawings and comparisons."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.plan import Clock, End, Hold, Link, Need, Plan, Stage, Task, every_outcome
from flowengine.definition.detours import BACK
from flowengine.definition.four_eyes import CREATOR
from flowengine.definition.outsiders import CUSTOMER, CUSTOMER_TITLE
from flowengine.texts import TEXTS, Lang, say

_OWN_WORDS = ("number", "stage")
_ORDER = "order"
_PEOPLE = ("creator", "person", "by")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one plan in one language; whatever has no title is called by its name."""

    plan: Plan
    lang: Lang

    def role(self, name: str) -> str:  # noqa: PLR0911 - one line for each way of naming somebody
        """A role, the owner of a place where rows decide who that is, or whoever asked for a lane."""
        if name == "requester":
            return say("words.requester", self.lang)
        if title := self.plan.roles.get(name):
            return title.say(self.lang)
        if name == CUSTOMER:
            return CUSTOMER_TITLE.say(self.lang)
        place, _, owner = name.rpartition(".")
        if owner == "head":
            return say("names.head", self.lang, {"who": self.role(place)})
        if owner in _PEOPLE:
            return say(f"names.{owner}", self.lang, {"thing": self._thing(place)})
        if place == _ORDER:
            return self.role(self.plan.owner)
        return say("names.owner", self.lang, {"place": self.place(place)}) if owner == "owner" else name

    def place(self, name: str) -> str:
        """A stage, a task or an end, and where an order was before a detour."""
        if name == BACK:
            return say("names.back", self.lang)
        place = self._place(name) or self._running(name)
        return place.title.say(self.lang) if place else name

    def has_place(self, name: str) -> bool:
        """Whether the plan, or that of one of its types, has a stage, a task or an end of that name."""
        return self._place(name) is not None

    def _running(self, name: str) -> Clock | Hold | None:
        found = (plan.running(name) for plan in self.plan.every)
        return next((thing for thing in found if thing), None)

    def _place(self, name: str) -> Stage | End | Task | None:
        found = (plan.places.get(name) for plan in self.plan.every)
        return next((place for place in found if place), None) or self.plan.task(name)

    def type(self, name: str) -> str:
        """A type of order: by the title that it gives the process, if it gives one."""
        variant = self.plan.variants.get(name)
        return variant.title.say(self.lang) if variant and variant.title != self.plan.title else name

    def field(self, name: str) -> str:
        """A field."""
        if link := self.plan.links.get(name):
            return link.title.say(self.lang)
        field = self.plan.fields.get(name)
        return field.title.say(self.lang) if field and field.title else name

    def need(self, need: Need) -> str:
        """A need; a condition is called by itself, in words."""
        if need.that is not None:
            return need.that.plainly(self)
        if need.any:
            return f" {say('plain.join.or', self.lang)} ".join(self.need(part) for part in need.any)
        title = need.title.say(self.lang)
        return title if title != need.name or not need.field else self.field(need.field)

    def name(self, name: str) -> str:
        """Whatever a condition may name: a field, a column of a list, a moment of the order."""
        first, _, rest = name.partition(".")
        if name.endswith("()"):
            return say(f"day.{name.removesuffix('()')}", self.lang)
        if not rest:
            return say(f"moment.{name}", self.lang) if name in _OWN_WORDS else self.field(name)
        return self._column(first, rest) or self.moment(name)

    def value(self, name: str, value: str) -> str:
        """A value of that field as a condition writes it: a channel or stage by its title."""
        if name == "channel" and value in self.plan.channel_titles:
            return self.plan.channel_titles[value].say(self.lang)
        if name == "stage" and value in self.plan.stages:
            return self.place(value)
        return say("plain.quoted", self.lang, {"value": value})

    def moment(self, name: str) -> str:
        """A moment: `quality.late`."""
        thing, _, what = name.partition(".")
        if name == "order.created":
            return say("moment.created", self.lang)
        for each in self.plan.places.values():
            for outcome in every_outcome(each):
                if outcome.key == name:
                    return outcome.title.say(self.lang)
        if link := self.plan.links.get(thing):
            return self._of_linked(link, what)
        key = f"moment.{what}"
        return say(key, self.lang, {"thing": self._thing(thing)}) if key in TEXTS else name

    def _of_linked(self, link: Link, what: str) -> str:
        """A moment or a fact of a linked order."""
        thing = link.title.say(self.lang)
        if what in link.reads:
            title = link.reads[what].title
            return say(
                "fact.field", self.lang, {"thing": thing, "field": title.say(self.lang) if title else what}
            )
        key = f"fact.{what}" if f"fact.{what}" in TEXTS else f"moment.{what}"
        if what in link.ends:
            key = "moment.link_end"
        return say(key, self.lang, {"thing": thing, "end": what})

    def event(self, name: str) -> str:
        """An event from outside."""
        event = self.plan.events.get(name)
        return event.title.say(self.lang) if event else name

    def outcome(self, name: str) -> str:
        """An outcome, wherever it stands."""
        for each in self.plan.places.values():
            for outcome in every_outcome(each):
                if outcome.name == name:
                    return outcome.title.say(self.lang)
        return name

    def waited(self, name: str) -> str:
        """What something waits for: a thing where its natural end is meant, else the moment."""
        thing, _, what = name.partition(".")
        return (
            self._thing(thing)
            if what in ("", "done", "given", "left", "met", "released", "received", "resolved")
            else self.moment(name)
        )

    def kept_apart(self, name: str) -> str:
        """The people whom a `not_by` means: who opened the order, or who did that need."""
        if name == CREATOR:
            return say("chart.creator", self.lang)
        return say("chart.doer", self.lang, {"need": self._thing(name)})

    def _thing(self, name: str) -> str:
        """Whatever something may happen to."""
        if name == _ORDER:
            return say("names.order", self.lang)
        if name in self.plan.events:
            return self.event(name)
        if name in self.plan.stages or self.plan.task(name) or self._running(name):
            return self.place(name)
        if link := self.plan.links.get(name):
            return link.title.say(self.lang)
        if found := self.plan.calls.get(name) or self.plan.exceptions.get(name):
            return found.title.say(self.lang)
        need = self.plan.find(name)
        return self.need(need) if need else self.field(name)

    def call(self, name: str) -> str:
        """A call out."""
        call = self.plan.calls.get(name)
        return call.title.say(self.lang) if call else name

    def exception(self, name: str) -> str:
        """An exception."""
        exception = self.plan.exceptions.get(name)
        return exception.title.say(self.lang) if exception else name

    def _column(self, field: str, column: str) -> str:
        found = self.plan.fields.get(field)
        if found is None or not found.of or column not in found.of:
            return ""
        title = found.of[column].title
        return title.say(self.lang) if title else column
