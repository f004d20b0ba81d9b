"""History told: each event as a sentence that an order manager reads, in English or Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from flowengine.calendars.days import milliseconds
from flowengine.compiler.charting import field_text
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Plan
from flowengine.definition.spans import spelled
from flowengine.definition.values import MINOR_UNITS, Row, Stored
from flowengine.definition.words import Column, Field
from flowengine.kernel.addressees import person_of
from flowengine.kernel.events import Event
from flowengine.kernel.state import Raised, record_of
from flowengine.runtime.clock_story import clock_variant, clock_words
from flowengine.runtime.titles import (
    actor_text,
    cause_text,
    clock_time,
    need_text,
    outcome_text,
    place_text,
    role_text,
    task_text,
    thing_text,
)
from flowengine.texts import Lang, say

__all__ = [
    "actor_text",
    "cause_text",
    "cell",
    "clock_time",
    "happened",
    "money",
    "outcome_text",
    "place_text",
    "role_text",
    "shown",
    "task_text",
    "thing_text",
]


def happened(events: Iterable[Mapping[str, Any] | Event], plan: Plan, lang: Lang) -> list[str]:
    """The events as sentences, in the order in which they happened."""
    records = [event.record() if isinstance(event, Event) else event for event in events]
    return [sentence for record in records for sentence in _sentences(record, plan, lang)]


def shown(plan: Plan, name: str, value: Stored, lang: Lang) -> str:
    """A field's value for people: money with its currency, rows of a list counted out."""
    field = plan.fields.get(name)
    if field is None or value is None:
        return "–" if value is None else str(value)
    if isinstance(value, bool):
        return say("reason.yes" if value else "reason.no", lang)
    if field.type == "money":
        return money(str(value), field.currency)
    if isinstance(value, list):
        return "; ".join(_row(plan, field, row, lang) for row in value)
    if field.type in ("datetime", "duration"):
        return cell(plan, field, value, lang)
    titles = plan.channel_titles if name == "channel" else {}
    return titles[str(value)].say(lang) if value in titles else str(value)


def _row(plan: Plan, field: Field, row: Row, lang: Lang) -> str:
    columns = (field.of or {}).values()
    return " ".join(cell(plan, each, row[each.name], lang) for each in columns if each.name in row)


def cell(plan: Plan, column: Column | Field, value: Stored, lang: Lang) -> str:
    """One value of a row, which has no currency of its own."""
    if isinstance(value, bool):
        return say("reason.yes" if value else "reason.no", lang)
    if column.type == "duration" and isinstance(value, int):
        return spelled(value)
    return clock_time(_instant(str(value)), plan) if column.type == "datetime" else str(value)


def money(amount: str, currency: str) -> str:
    """An amount with the decimals of its currency: `1200.50 CNY`."""
    if not currency:
        return amount
    return f"{Decimal(amount):,.{MINOR_UNITS.get(currency, 2)}f} {currency}"


def _instant(text: str) -> int:
    return milliseconds(datetime.fromisoformat(text))


def _sentences(record: Mapping[str, Any], plan: Plan, lang: Lang) -> Iterator[str]:
    kind = record["event"]
    if kind == "set":
        yield _changes(record["fields"], plan, lang)
        return
    yield say(f"story.{kind}{_variant(record, plan)}", lang, _params(record, plan, lang))
    if "stands_for" in record and kind != "voted":
        yield say("story.stands_for", lang, record)
    if until := record.get("uncertain"):
        yield say("story.uncertain", lang, {"until": until})


def _variant(record: Mapping[str, Any], plan: Plan) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each way of telling
    """Which of the sentences about an event of its kind is meant."""
    match record["event"]:
        case "acted":
            return f".{record['kind']}"
        case "clock" | "warned" | "late" | "rule":
            return clock_variant(record, plan)
        case "received":
            return ".after_end" if "after_end" in record else "" if record["data"] else ".bare"
        case "voted":
            return f".{record['said']}{_in_whose_place(record)}"
        case "advised":
            return f".{record['said']}"
        case "passed_on" | "dealt" if "how" in record:
            return f".{record['how']}"
        case "headed" if not record["head"]:
            return ".nobody"
        case "withdrawn" | "uncounted":
            return f".{record['why']}"
        case "requested" if "requester" in record:
            return ".lane" if "used" not in record else ".lane.counted"
        case "lane_granted" if record["until"] is None:
            return ".for_good"
        case "lane_ended" | "lane_withdrawn":
            return f".{record['how']}"
        case "raised" if "case" in record:
            return ".joined"
        case "held" | "released" if "itself" in record:
            return ".itself"
        case "given_back" if record["was"] != record["by"]:
            return ".of_another"
        case "let_go" if "was" in record:
            return ".named"
        case "called" if "undoes" in record:
            return ".undo"
        case "call_done" if "late" in record:
            return ".late"
        case "told" if "overtaken" in record:
            return ".overtaken"
        case "chosen" if record["spent"]:
            return ".spent"
        case "chosen" if "itself" in record:
            return ".itself"
        case "linked" if record.get("first"):
            return ".first"
        case "opens" if record["opens"] is None:
            return ".unknown"
        case "task_done" if "outcome" in record:
            return ".outcome"
    return ""


def _in_whose_place(record: Mapping[str, Any]) -> str:
    """How the seat is spoken of in which somebody has voted: that of a role, or of a person."""
    person = person_of(record["role"])
    if "stands_for" in record:
        return ".for_one" if person else ".instead"
    return ".own" if person else ""


def _changes(fields: Mapping[str, list[Stored]], plan: Plan, lang: Lang) -> str:
    """What a write changed, in one sentence, the fields in the order of the process file."""
    parts = []
    for name in sorted(fields, key=lambda each: _rank(plan, each)):
        old, new = fields[name]
        key = "story.set" if old is None else "story.emptied" if new is None else "story.changed"
        title = field_text(plan, name, lang) if name in plan.fields else name
        words = {"field": title, "old": shown(plan, name, old, lang), "new": shown(plan, name, new, lang)}
        parts.append(say(key, lang, words))
    return ("\uff1b" if lang == "zh" else "; ").join(parts)


def _rank(plan: Plan, field: str) -> int:
    """Where the field stands in the process file: history keeps changes in no order of its own."""
    names = list(plan.fields)
    return names.index(field) if field in names else len(names)


_TITLES: Final[Mapping[str, Callable[[Plan, str, Lang], str]]] = {
    **dict.fromkeys(("stage", "end", "to"), place_text),
    **dict.fromkeys(("owner", "role"), role_text),
    **dict.fromkeys(("need", "lane"), need_text),
    "task": task_text,
}
"""The words of events that name something, and what people call it."""


def _params(record: Mapping[str, Any], plan: Plan, lang: Lang) -> dict[str, object]:
    """The words of an event with names replaced by titles and instants by local times."""
    params: dict[str, object] = dict(record)
    for name, title in _TITLES.items():
        if name in record and not (title is place_text and "items" in record):  # there, `to` is somebody
            params[name] = title(plan, record[name], lang)
    if "outcome" in record:
        key = (
            f"{record['task'].partition('.')[0]}.{record['outcome']}"
            if record["event"] == "task_done"
            else record["outcome"]
        )
        params["outcome"] = outcome_text(plan, key, lang)
    if "need" in record:
        params["value"] = _act_text(record.get("value", ""))
    if "needs" in record:
        params["needs"] = [need_text(plan, name, lang) for name in record["needs"]]
    for name in ("opens", "until"):
        if record.get(name):
            params[name] = clock_time(record[name], plan)
    if "link" in record:
        params["link"] = Names(plan, lang).field(record["link"])
    if "says" in record:
        params |= {"number": record["says"]["number"], "standing": standing_of(record["says"], lang)}
    if record["event"] == "received":
        params |= _received_words(record, plan, lang)
    if "per" in record:
        params["per"] = say(f"per.{record['per']}", lang)
    if "about" in record:
        params["about"] = cause_text(plan, record["about"], record, lang)
    params |= _exception_words(record, plan, lang) | _call_words(record, plan, lang)
    return params | _work_words(record, plan, lang) | clock_words(record, plan, lang)


def standing_of(says: Mapping[str, Any], lang: Lang) -> str:
    """Where a linked order stands, as it says of itself."""
    state = "ended" if not says["open"] else "held" if says["held"] else "open"
    return say(f"linked.{state}", lang, {"stage": says["title"]})


def _exception_words(record: Mapping[str, Any], plan: Plan, lang: Lang) -> dict[str, object]:
    """Which exception an event is about, on what tier, and how far its case has come."""
    if "exception" not in record:
        return {}
    tier = record_of(Raised, record["state"]).tier
    words: dict[str, object] = {"exception": Names(plan, lang).exception(record["exception"]), "tier": tier}
    if record["event"] == "progressed":
        words["reached"] = say(f"exception.{record['stage']}", lang)
    return words


def _received_words(record: Mapping[str, Any], plan: Plan, lang: Lang) -> dict[str, object]:
    """What people call an event, and what came with it."""
    event = plan.events.get(record["name"])
    if event is None:
        return {"data": [f"{name} {value}" for name, value in record["data"].items()]}
    data = [_datum(plan, event.data[name], value, lang) for name, value in record["data"].items()]
    return {"name": event.title.say(lang), "data": data}


def _datum(plan: Plan, datum: Column, value: Stored, lang: Lang) -> str:
    title = datum.title.say(lang) if datum.title else datum.name
    return f"{title} {cell(plan, datum, value, lang)}"


def _work_words(record: Mapping[str, Any], plan: Plan, lang: Lang) -> dict[str, object]:
    """Which work items an event is about, and to whom they went."""
    if "items" not in record:
        return {}
    items = {"items": [_item_text(plan, name, lang) for name in record["items"]]}
    if record["event"] != "dealt":
        return dict(items)
    roles = [role_text(plan, role, lang) for role in record.get("roles") or [record["role"]]]
    return {**items, "to": record["to"] or roles, "roles": roles}


def _item_text(plan: Plan, key: str, lang: Lang) -> str:
    """What people call a work item: a need, a task, or an outcome."""
    name = key.partition(".")[0]
    if plan.find(name) or plan.task(name):
        return thing_text(plan, key, lang)
    return Names(plan, lang).outcome(name)


def _call_words(record: Mapping[str, Any], plan: Plan, lang: Lang) -> dict[str, object]:
    """Which calls an event is about."""
    words: dict[str, object] = {}
    if "call" in record:
        words["call"] = thing_text(plan, record["name"], lang)
    if "calls" in record:
        words["call"] = [_call_text(plan, key, lang) for key in record["calls"]]
    if "undoes" in record:
        words["undoes"] = _call_text(plan, record["undoes"], lang)
    return words


def _call_text(plan: Plan, key: str, lang: Lang) -> str:
    """What people call a call, given its key: `reserve_stock/3`."""
    return thing_text(plan, key.partition("/")[0], lang)


def _act_text(value: Any) -> str:
    return str(value.get("reference", "")) if isinstance(value, Mapping) else str(value)
