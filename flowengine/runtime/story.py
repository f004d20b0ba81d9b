"""History told: each event as a sentence that an order manager reads, in English or Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from flowengine.calendars.days import local, milliseconds
from flowengine.compiler.charting import field_text
from flowengine.compiler.plan import Plan, every_outcome
from flowengine.definition.spans import spelled
from flowengine.definition.values import MINOR_UNITS, Row, Stored
from flowengine.definition.words import Column, Field
from flowengine.kernel.events import Event
from flowengine.texts import TEXTS, Lang, say


def happened(events: Iterable[Mapping[str, Any] | Event], plan: Plan, lang: Lang) -> list[str]:
    """The events as sentences, in the order in which they happened."""
    records = [event.record() if isinstance(event, Event) else event for event in events]
    return [sentence for record in records for sentence in _sentences(record, plan, lang)]


def clock_time(at: int, plan: Plan) -> str:
    """An instant as people in the zone of the process read it: `2026-02-12 16:30`."""
    return local(at, plan.zone).strftime("%Y-%m-%d %H:%M")


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
        return _cell(plan, field, value, lang)
    titles = plan.channel_titles if name == "channel" else {}
    return titles[str(value)].say(lang) if value in titles else str(value)


def _row(plan: Plan, field: Field, row: Row, lang: Lang) -> str:
    columns = (field.of or {}).values()
    return " ".join(_cell(plan, each, row[each.name], lang) for each in columns if each.name in row)


def _cell(plan: Plan, column: Column | Field, value: Stored, lang: Lang) -> str:
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
    params = _params(record, plan, lang)
    key = f"story.{kind}{_variant(record)}"
    yield say(key, lang, params) if key in TEXTS else kind
    if until := record.get("uncertain"):
        yield say("story.uncertain", lang, {"until": until})


def _variant(record: Mapping[str, Any]) -> str:  # noqa: PLR0911 - one line for each way of telling
    """Which of the sentences about an event of its kind is meant."""
    match record["event"]:
        case "acted":
            return f".{record['kind']}"
        case "due" if not record["due"]:
            return ".task.none" if "task" in record else ".none"
        case "due" | "late" if "task" in record:
            return ".task"
        case "late" if "need" in record:
            return ".need"
        case "chosen" if record["spent"]:
            return ".spent"
        case "chosen" if "itself" in record:
            return ".itself"
        case "opens" if record["opens"] is None:
            return ".unknown"
        case "task_done" if "outcome" in record:
            return ".outcome"
    return ""


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


def _params(record: Mapping[str, Any], plan: Plan, lang: Lang) -> dict[str, object]:
    """The words of an event with names replaced by titles and instants by local times."""
    params: dict[str, object] = dict(record)
    for name in ("stage", "end", "to"):
        if name in record:
            params[name] = place_text(plan, record[name], lang)
    if record.get("due"):
        params["due"] = clock_time(record["due"], plan)
    if "outcome" in record:
        key = (
            f"{record['task'].partition('.')[0]}.{record['outcome']}"
            if record["event"] == "task_done"
            else record["outcome"]
        )
        params["outcome"] = outcome_text(plan, key, lang)
    if "need" in record:
        params["need"] = _need_text(plan, record["need"], lang)
        params["value"] = _act_text(record.get("value", ""))
    if "needs" in record:
        params["needs"] = [_need_text(plan, name, lang) for name in record["needs"]]
    if "task" in record:
        params["task"] = task_text(plan, record["task"], lang)
    if record.get("opens"):
        params["opens"] = clock_time(record["opens"], plan)
    if "role" in record:
        params["role"] = role_text(plan, record["role"], lang)
        params["about"] = outcome_text(plan, record["about"], lang)
    return params


def place_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a stage or an end."""
    place = next((each.places[name] for each in plan.every if name in each.places), None)
    return place.title.say(lang) if place else name


def role_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a role."""
    return plan.roles[name].say(lang) if name in plan.roles else name


def outcome_text(plan: Plan, key: str, lang: Lang) -> str:
    """What people call an outcome, given its key (`quality.failed`), or the cause of a message."""
    if key == "late":
        return say("story.cause.late", lang)
    place, _, name = key.rpartition(".")
    for each in (place for one in plan.every for place in one.places.values()):
        for outcome in every_outcome(each):
            if outcome.key == key:
                return outcome.title.say(lang)
    if place == "order" and (end := next((one.ends[name] for one in plan.every if name in one.ends), None)):
        return end.title.say(lang)
    task = plan.task(place)
    return say("story.cause.done", lang, {"task": task.title.say(lang)}) if task else key


def _need_text(plan: Plan, name: str, lang: Lang) -> str:
    need = plan.find(name)
    return _with_row(need.title.say(lang), name) if need else name


def task_text(plan: Plan, key: str, lang: Lang) -> str:
    """What people call a task, with the number of the row where it is done for each."""
    task = plan.task(key)
    return _with_row(task.title.say(lang), key) if task else key


def _with_row(text: str, key: str) -> str:
    row = key.partition(".")[2]
    return f"{text} ({row})" if row else text


def _act_text(value: Any) -> str:
    return str(value.get("reference", "")) if isinstance(value, Mapping) else str(value)
