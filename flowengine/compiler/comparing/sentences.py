"""Changes as managers read them: one sentence each, one for all stages that share a change.

Also the same as plain values, for programs. The command line prints both and decides nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flowengine.compiler.comparing.change import EFFECTS, Change, Effect
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Plan
from flowengine.texts import LANGUAGES, TEXTS, Lang, say


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, and the changes that it tells of: the same one in several stages."""

    text: str
    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """What all of them have in common, but for the place."""
        return self.changes[0]


def told(old: Plan, new: Plan, changes: Iterable[Change], lang: Lang) -> tuple[Told, ...]:
    """The changes in sentences; stages with the same change share one, where the first of them stood."""
    alike: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        alike.setdefault((_sameness(change), change.place), []).append(change)
    shared: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for (sameness, _), group in alike.items():
        only = tuple(name for each in group for name in (each.of_type, each.lane))
        shared.setdefault((sameness, only), []).extend(group)
    return tuple(Told(_sentence(old, new, group, lang), tuple(group)) for group in shared.values())


def by_effect(sentences: Iterable[Told]) -> dict[Effect, tuple[Told, ...]]:
    """The sentences in groups, the strictest first; a group without any is left out."""
    listed = tuple(sentences)
    groups = {effect: tuple(each for each in listed if each.first.effect == effect) for effect in EFFECTS}
    return {effect: group for effect, group in groups.items() if group}


def as_values(old: Plan, new: Plan, changes: tuple[Change, ...], lang: Lang) -> dict[str, Any]:
    """Everything as JSON knows it. Keys and codes stay; the texts are in the language asked for."""
    return {
        "old": _head(old),
        "new": _head(new),
        "same": not changes,
        "breaking": any(change.breaking for change in changes),
        "changes": [_value(old, new, each, lang) for each in told(old, new, changes, lang)],
    }


def _head(plan: Plan) -> dict[str, str]:
    return {"process": plan.process, "version": plan.version, "file": plan.file}


def _value(old: Plan, new: Plan, sentence: Told, lang: Lang) -> dict[str, Any]:
    change = sentence.first
    within = _within(old, new, change)
    places = dict.fromkeys(each.place for each in sentence.changes if each.place)
    return {
        "code": change.code,
        "effect": change.effect,
        "breaking": change.breaking,
        "inner": change.inner,
        "lane": change.lane,
        "types": list(dict.fromkeys(each.of_type for each in sentence.changes if each.of_type)),
        "places": [{"name": name, "title": _title(*within, name, lang)} for name in places],
        "paths": [each.path for each in sentence.changes],
        "old": change.old,
        "new": change.new,
        "text": sentence.text,
    }


def _sameness(change: Change) -> str:
    """Two changes of one sameness differ in nothing but the stage."""
    if not change.place:
        path = change.path.removeprefix(f"{change.inner}.").removeprefix(f"types.{change.of_type}.")
        return json.dumps([change.inner, change.code, path, change.old, change.new])
    said = [_clause(change, lang) for lang in LANGUAGES]
    facts = [
        change.inner,
        change.code,
        change.lane,
        change.effect,
        change.breaking,
        said,
        change.old,
        change.new,
    ]
    return json.dumps(facts, sort_keys=True)


def _sentence(old: Plan, new: Plan, group: list[Change], lang: Lang) -> str:
    change, key = group[0], f"diff.{group[0].code}.many"
    old, new = _within(old, new, change)
    names = list(dict.fromkeys(each.place for each in group if each.place))
    places = [_title(old, new, name, lang) for name in names]
    stages = not any(old.task(name) or new.task(name) for name in names)
    if len(places) > 1 and stages and key in TEXTS:
        said = say(key, lang, {**change.params, "count": len(places), "places": places})
    elif places:
        said = say("diff.in_place", lang, {"place": places, "clause": _clause(change, lang)})
    else:
        said = _clause(change, lang)
    if change.lane:
        said = say("diff.in_lane", lang, {"lane": Names(new, lang).waited(change.lane), "said": said})
    types = dict.fromkeys(each.of_type for each in group if each.of_type)
    if types:
        names = [Names(new, lang).type(name) for name in types]
        said = say("diff.of_types", lang, {"types": names, "said": said})
    if change.inner:
        said = say("diff.in_inner", lang, {"inner": new.title.all(), "said": said})
    said = said[0].upper() + said[1:]
    return say("diff.breaking", lang, {"said": said}) if change.breaking else said


def _within(old: Plan, new: Plan, change: Change) -> tuple[Plan, Plan]:
    """The plans that a change is of: two processes themselves, or two that they bring."""
    return (old.inner[change.inner], new.inner[change.inner]) if change.inner else (old, new)


def _clause(change: Change, lang: Lang) -> str:
    return say(f"diff.{change.code}", lang, change.params)


def _title(old: Plan, new: Plan, name: str, lang: Lang) -> str:
    names = Names(new, lang)
    return (names if names.has_place(name) else Names(old, lang)).place(name)
