"""What people call the things of a plan, in one language: for conditions, drawings and comparisons."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.plan import Need, Plan
from flowengine.texts import Lang, say


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one plan in one language; whatever has no title is called by its name."""

    plan: Plan
    lang: Lang

    def role(self, name: str) -> str:
        """A role."""
        title = self.plan.roles.get(name)
        return title.say(self.lang) if title else name

    def place(self, name: str) -> str:
        """A stage or an end."""
        place = self.plan.stages.get(name) or self.plan.ends.get(name)
        return place.title.say(self.lang) if place else name

    def field(self, name: str) -> str:
        """A field."""
        field = self.plan.fields.get(name)
        return field.title.say(self.lang) if field and field.title else name

    def need(self, need: Need) -> str:
        """A need; a condition is called by itself, in words."""
        if need.that is not None:
            return need.that.plainly(self)
        title = need.title.say(self.lang)
        return title if title != need.name or not need.field else self.field(need.field)

    def name(self, name: str) -> str:
        """Whatever a condition may name: a field, a column of a list, a moment of the order."""
        first, _, rest = name.partition(".")
        if not rest:
            return say(f"moment.{name}", self.lang) if name in ("number", "stage") else self.field(name)
        if column := self._column(first, rest):
            return column
        return self._moment(first, rest)

    def value(self, name: str, value: str) -> str:
        """A value of that field as a condition writes it: a channel or stage by its title."""
        if name == "channel" and value in self.plan.channel_titles:
            return self.plan.channel_titles[value].say(self.lang)
        if name == "stage" and value in self.plan.stages:
            return self.place(value)
        return say("plain.quoted", self.lang, {"value": value})

    def _column(self, field: str, column: str) -> str:
        found = self.plan.fields.get(field)
        if found is None or not found.of or column not in found.of:
            return ""
        title = found.of[column].title
        return title.say(self.lang) if title else column

    def _moment(self, place: str, what: str) -> str:
        key = f"{place}.{what}"
        for each in self.plan.places.values():
            for outcome in each.outcomes.values():
                if outcome.key == key:
                    return outcome.title.say(self.lang)
        if key == "order.created":
            return say("moment.created", self.lang)
        if place in self.plan.stages and what in ("entered", "left", "late"):
            return say(f"moment.{what}", self.lang, {"place": self.place(place)})
        need = next((s.doable[place] for s in self.plan.stages.values() if place in s.doable), None)
        if need is not None and what == "done":
            return say("moment.done", self.lang, {"place": self.need(need)})
        return key
