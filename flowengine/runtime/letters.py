"""What a message says, worked out when it is read or sent: the store keeps only what it is about.

Nobody reads in it what they do not see in the order. To the customer it shows what its author has written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.template_values import NOTHING, Said
from flowengine.definition.templates import on_one_line, rendered
from flowengine.definition.values import Stored
from flowengine.errors import NotAllowed, OrderDamaged
from flowengine.kernel.addressees import person_of
from flowengine.kernel.commands import Principal
from flowengine.kernel.order import Order
from flowengine.runtime.looking import Looking, OrderView
from flowengine.runtime.rows import MessageRow
from flowengine.runtime.story import cause_text, cell, clock_time, place_text, shown
from flowengine.texts import Lang, say


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as its recipient reads it; `message` is its name, empty for a standard text."""

    row: MessageRow
    process: str
    message: str
    subject: str
    text: str


def as_one(letters: Sequence[Letter], lang: Lang) -> Letter:
    """Several messages as one, each under its own heading, oldest first; a single one as it is."""
    first, *more = letters
    if not more:
        return first
    subject = say("message.digest", lang, {"process": first.process, "count": len(letters)})
    text = "\n\n".join(f"{each.subject}\n{each.text}" for each in letters)
    return Letter(first.row, first.process, "", on_one_line(subject), text)


class Letters:
    """Puts messages into words, each for its own recipient."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking

    def read(self, row: MessageRow, reader: Principal, lang: Lang | None = None) -> Letter:
        """The message in words, in the language of the process where none is named.

        `reader` counts only where the message is for that person: a role reads what the role sees.
        """
        view, order = self._order(row, reader)
        plan = view.plan
        writing = _Writing(view, row, lang or plan.language)
        name = writing.said.get("message", "")
        message = plan.messages.get(name)
        if message is None:
            return Letter(row, plan.process, "", writing.subject, writing.text)
        values = writing.values(order)
        subject = rendered(message.subject.say(writing.lang), values) if message.subject else writing.subject
        text = rendered(message.text.say(writing.lang), values)
        return Letter(row, plan.process, name, on_one_line(subject), text)

    def _order(self, row: MessageRow, reader: Principal) -> tuple[OrderView, Order | None]:
        """The order as the recipient sees it; none for whom it does not concern, or where it is damaged."""
        try:
            view, sight = self._looking.whole(row.order_id, _recipient(row.role, reader))
        except NotAllowed:
            return self._looking.whole(row.order_id, _HOST)[0], None
        try:
            return view, sight.order(view.order)
        except OrderDamaged:
            return view, None


_HOST = Principal.system("message")


def _recipient(addressee: str, reader: Principal) -> Principal:
    """As whom a message is read. The customer holds no role: to them its author decides what it shows."""
    if addressee == CUSTOMER:
        return _HOST
    person = person_of(addressee)
    if not person:
        return Principal.of(addressee, addressee)
    return reader if reader.id == person and not reader.is_system else Principal.of(person)


class _Writing:
    """One message: what it is about, and the values that it may show."""

    def __init__(self, view: OrderView, row: MessageRow, lang: Lang) -> None:
        plan = view.plan
        self.lang = lang
        self.said: Mapping[str, Any] = json.loads(row.payload)
        self._plan = plan
        self._view = view
        self._row = row
        self._about = cause_text(plan, row.about, self.said, lang)
        self._stage = place_text(plan, self.said.get("stage") or self.said.get("end", ""), lang)

    @property
    def subject(self) -> str:
        """The standard heading."""
        return on_one_line(
            say("message.subject", self.lang, {"number": self._row.number, "about": self._about})
        )

    @property
    def text(self) -> str:
        """The standard text of what has happened."""
        words = {
            "number": self._row.number,
            "process": self._view.called(self.lang),
            "stage": self._stage,
            "about": self._about,
        }
        lines = [say("message.text", self.lang, words)]
        if reason := self.said.get("reason"):
            lines.append(say("message.reason", self.lang, {"reason": reason}))
        if self.said.get("due") is not None:
            key = "message.due_soon" if self._row.about == "warned" else "message.due"
            lines.append(say(key, self.lang, {"due": self._due}))
        return "\n".join(lines)

    @property
    def _due(self) -> str:
        return clock_time(self.said["due"], self._plan)

    def values(self, order: Order | None) -> dict[str, Said]:
        """What the text of a message may name, as people read it."""
        fields = order.fields if order else {}
        reason, due = self.said.get("reason"), self.said.get("due")
        values = {
            "number": Said.of(self._row.number),
            "process": Said.of(self._view.process_title.say(self.lang)),
            "stage": Said.of(self._stage),
            "reason": Said.of(reason) if reason else NOTHING,
            "due": Said.of(self._due) if due is not None else NOTHING,
        }
        return values | {name: self._value(name, stored) for name, stored in fields.items()}

    def _value(self, name: str, stored: Stored) -> Said:
        if stored is None:
            return NOTHING
        text = shown(self._plan, name, stored, self.lang)
        if not isinstance(stored, list):
            return Said.of(text, is_there=stored is not False)
        columns = self._plan.fields[name].of or {}
        rows = tuple(
            {
                each: Said.of(cell(self._plan, column, row[each], self.lang)) if each in row else NOTHING
                for each, column in columns.items()
            }
            for row in stored
        )
        return Said.of(text, is_there=bool(rows), rows=rows)
