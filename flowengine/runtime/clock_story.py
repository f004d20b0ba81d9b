"""The part of a history that clocks, holds and rules tell: which sentence is meant, and the words in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.lengths import length
from flowengine.kernel.state import Ruled, record_of
from flowengine.runtime.titles import clock_time, role_text, thing_text
from flowengine.texts import TEXTS, Lang, say

_NAMES: Final = ("clock", "hold", "rule", "place")
_INSTANTS: Final = ("due", "first")


def clock_variant(record: Mapping[str, Any], plan: Plan) -> str:
    """Which of the sentences about what a clock did, a lateness or a rule is meant."""
    match record["event"]:
        case "clock":
            return _did(record, plan)
        case "warned":
            return ".share" if record["mark"].endswith("%") else ".away"
        case "rule":
            waits = record_of(Ruled, record["state"]).wake is not None
            return "" if record["fires"] else ".set" if waits else ".idle"
    if "missed" in record:
        return ".missed"
    if any(record["clock"] in each.holds for each in plan.every):
        return ".hold"
    return ".need" if "need" in record else ""


def _did(record: Mapping[str, Any], plan: Plan) -> str:
    did, due = record["did"], record.get("due")
    if did == "moved":
        how = ".same" if due is None else ".anew" if record.get("was") is None else ""
    elif did in ("started", "restarted") and due is None:
        how = ".still"
    else:
        how = ".stage" if any(record["clock"] in each.stages for each in plan.every) else ""
    key = f".{did}{how}"
    return key if f"story.clock{key}" in TEXTS else f".{did}"


def clock_words(record: Mapping[str, Any], plan: Plan, lang: Lang) -> dict[str, object]:
    """The words of an event with the names of clocks, holds and rules replaced by titles."""
    words: dict[str, object] = {n: thing_text(plan, record[n], lang) for n in _NAMES if n in record}
    words |= {name: clock_time(record[name], plan) for name in _INSTANTS if record.get(name) is not None}
    if isinstance(was := record.get("was"), int):
        words["was"] = clock_time(was, plan)
    elif isinstance(was, list):
        words["was"] = [role_text(plan, each, lang) for each in was]
    elif was is not None:
        words["was"] = role_text(plan, was, lang)
    if record["event"] == "clock" and "by" in record:
        words["by"] = _stopped_by(record["by"], plan, lang)
    if "mark" in record:
        words |= _mark(record["mark"])
    if record["event"] == "rule":
        wake = record_of(Ruled, record["state"]).wake
        words["wake"] = clock_time(wake, plan) if wake is not None else ""
    return words


def _stopped_by(by: str, plan: Plan, lang: Lang) -> str:
    """The hold that stops a clock, or its own condition."""
    key = f"story.still.{by}"
    return say(key, lang) if key in TEXTS else thing_text(plan, by, lang)


def _mark(mark: str) -> dict[str, object]:
    """A mark as part of the time (`80%`), or as a length before it is due or after."""
    return {"share": mark} if mark.endswith("%") else {"length": length(mark[1:]).said()}
