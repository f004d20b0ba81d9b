"""What people call the things of a process: stages, roles, needs, clocks, and the causes of messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flowengine.calendars.days import local
from flowengine.compiler.plan import Plan, every_outcome
from flowengine.definition.detours import BACK
from flowengine.definition.outsiders import CUSTOMER, CUSTOMER_TITLE
from flowengine.kernel.addressees import person_of
from flowengine.texts import TEXTS, Lang, say

_OF_THINGS: Final = frozenset(
    {
        "warned",
        "late",
        "assigned",
        "requested",
        "granted",
        "refused",
        "returned",
        "taken_back",
        "urged",
        "copied",
        "gap",
        "reassigned",
        "taken_away",
        "named",
        "expired",
        "revoked",
        "stale",
        "nobody_to_act",
        "call_done",
        "call_failed",
    }
)
"""Causes that leave open what they are about."""


def clock_time(at: int, plan: Plan) -> str:
    """An instant as people in the zone of the process read it: `2026-02-12 16:30`."""
    return local(at, plan.zone).strftime("%Y-%m-%d %H:%M")


def actor_text(actor: str, lang: Lang, more: Iterable[str] = ()) -> str:
    """Who did something: a person by the id, and what acts for the host in words; `more` is what is known."""
    known = f"actor.{actor}"
    who = say(known, lang) if known in TEXTS else actor
    names = [_acting(each, lang) if actor == "system" else each for each in more]
    return say("actor.more", lang, {"who": who, "more": names}) if names else who


def _acting(name: str, lang: Lang) -> str:
    """In what name the host acted: what the engine does by itself in words, else as the host says."""
    known = f"actor.system.{name}"
    return say(known, lang) if known in TEXTS else name


def place_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a stage or an end; `back` is where the order was before."""
    if name == BACK:
        return say("names.back", lang)
    place = next((each.places[name] for each in plan.every if name in each.places), None)
    return place.title.say(lang) if place else name


def role_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a role, or the customer; a person by the name that the host gives."""
    if name == CUSTOMER:
        return CUSTOMER_TITLE.say(lang)
    return plan.roles[name].say(lang) if name in plan.roles else person_of(name) or name


def outcome_text(plan: Plan, key: str, lang: Lang) -> str:
    """What people call an outcome, given its key (`quality.failed`), or what else a message is about."""
    if f"story.cause.{key}" in TEXTS:
        return say(f"story.cause.{key}", lang)
    place, _, name = key.rpartition(".")
    for each in (place for one in plan.every for place in one.places.values()):
        for outcome in every_outcome(each):
            if outcome.key == key:
                return outcome.title.say(lang)
    if place == "order" and (end := next((one.ends[name] for one in plan.every if name in one.ends), None)):
        return end.title.say(lang)
    task = plan.task(place)
    return (
        say("story.cause.done", lang, {"task": task.title.say(lang)}) if task else thing_text(plan, key, lang)
    )


def cause_text(plan: Plan, about: str, said: Mapping[str, Any], lang: Lang) -> str:
    """Why a message was sent; with the clock or place that it is about, where that is not the stage."""
    cause = outcome_text(plan, about, lang)
    if about == "late" and "missed" in said:
        cause = say("story.cause.missed", lang, {"missed": said["missed"]})
    thing = said.get("place") or said.get("clock")
    if about not in _OF_THINGS or not thing or thing == said.get("stage"):
        return cause
    return say("story.cause.of", lang, {"thing": thing_text(plan, thing, lang), "cause": cause})


def thing_text(plan: Plan, key: str, lang: Lang) -> str:
    """What people call a stage, task, need, clock, hold, rule, call or exception; a row by its number."""
    name = key.partition(".")[0]
    for one in plan.every:
        if name in one.calls:
            return one.calls[name].title.say(lang)
        if name in one.exceptions:
            return one.exceptions[name].title.say(lang)
        rules = (one.rules, *(stage.rules for stage in one.stages.values()))
        named = one.running(name) or next((each[name] for each in rules if name in each), None)
        if found := named or one.places.get(name):
            return found.title.say(lang)
    task = plan.task(key)
    return task_text(plan, key, lang) if task else need_text(plan, key, lang)


def need_text(plan: Plan, name: str, lang: Lang) -> str:
    """What people call a need, with the number of the row where it is asked for each."""
    need = plan.find(name)
    return _with_row(need.title.say(lang), name) if need else name


def task_text(plan: Plan, key: str, lang: Lang) -> str:
    """What people call a task, with the number of the row where it is done for each."""
    task = plan.task(key)
    return _with_row(task.title.say(lang), key) if task else key


def _with_row(text: str, key: str) -> str:
    row = key.partition(".")[2]
    return f"{text} ({row})" if row else text
