"""Processes with time that nobody would think of: every word of clocks, holds and rules, in small."""

from __future__ import annotations

import json
from typing import Any, Final

from hypothesis import strategies as st

from flowengine.kernel.commands import Choose, Command, Done, Hold, PassTime, Reckon, Release, Write
from tests.kernel.desk import DAY, HOUR

OFFICE: Final = {
    "zone": "Asia/Shanghai",
    "holidays": "CN",
    "week": {"mon-fri": ["09:00-12:00", "13:30-18:00"]},
}
FIELDS: Final = {
    "n": {"type": "integer", "default": 0},
    "f": {"type": "boolean", "default": False},
    "g": {"type": "boolean", "default": False},
    "l": "duration",
    "d": "date",
}
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(0, 4),
        "f": st.booleans(),
        "g": st.booleans(),
        "l": st.sampled_from(["30m", "5h", "2d", None]),
        "d": st.sampled_from(["2026-05-12", "2026-05-14", "2026-06-01", None]),
    },
)
WAITS: Final = (0, 1, HOUR, 7 * HOUR, DAY, 3 * DAY, 20 * DAY)
LATE: Final = [{"then": [{"notify": "boss"}]}, {"over": "2h", "then": [{"set": {"n": "n + 1"}}]}]
LATE_AT_WORK: Final = [
    {"over": "1wh", "then": [{"notify": "boss"}]},
    {"over": "12wh", "then": [{"hold": "h_all"}]},
]
DUE: Final[tuple[Any, ...]] = (
    "4h",
    "10wh",
    "2wd",
    {"within": "6h", "warn": ["50%", "-1h"], "late": LATE},
    {"within": "10wh", "warn": ["80%", "-3wh"], "late": LATE_AT_WORK},
    {"within": "1wd", "buffer": "-50%", "pause": "g"},
    {"within": "8wh", "buffer": "2wh", "warn": [{"at": "50%", "then": [{"set": {"n": "n + 1"}}]}]},
    {"within": "l", "warn": ["50%"], "late": LATE},
    {"by": "d", "warn": ["-4wh", "50%"]},
    [{"when": "f", "within": "2h"}, {"within": "1wd"}],
)
TIMES: Final[tuple[dict[str, Any], ...]] = (
    {"within": "5h", "warn": ["50%"], "late": LATE},
    {"within": "9wh", "late": LATE_AT_WORK},
    {"within": "l"},
    {"by": "d", "warn": ["-2h"]},
    {"within": "2wd", "pause": "g"},
    {"within": "1d", "buffer": "50%", "when": "f"},
    {"within": "3h", "when": "not g", "warn": ["-1h"], "late": LATE},
)
DUTIES: Final[tuple[dict[str, Any], ...]] = (
    {"every": "workday", "by": "17:00"},
    {"every": "day", "by": "09:30", "when": "not g"},
    {"every": "2d", "at_most": 3},
    {"every": "week", "late": [{"notify": "boss"}]},
    {"every": "0 8 * * 1-5", "at_most": 5},
)
SILENCES: Final[tuple[dict[str, Any], ...]] = (
    {"silent_for": "6h", "late": [{"notify": "boss"}]},
    {"silent_for": "10wh", "of": ["n.changed", "d.changed"]},
)
STARTS: Final[tuple[dict[str, Any], ...]] = ({}, {"after": "d.changed"}, {"after": "s_one.late"})
ENDS: Final[tuple[dict[str, Any], ...]] = ({}, {"until": "n.changed"})
HOLDS: Final[dict[str, dict[str, Any]]] = {
    "h_all": {"by": "desk", "pauses": "all", "due": {"within": "4h", "late": LATE[:1]}},
    "h_one": {"by": "desk", "pauses": ["c_top"], "release": {"by": "desk", "needs": {"h_ok": "check"}}},
    "h_while": {"while": "g and n > 1", "by": "boss", "pauses": "all"},
}
RULES: Final[dict[str, dict[str, Any]]] = {
    "r_late": {"after": "s_one.late", "then": [{"set": {"n": "n + 1"}}]},
    "r_when": {"when": "n > 3", "then": [{"notify": "qa"}, {"hold": "h_all"}]},
    "r_at": {"at": "d - 1d", "then": [{"set": {"f": "not f"}}]},
    "r_each": {"after": "f.changed", "when": "n > 0", "each": True, "then": [{"notify": "maker"}]},
    "r_move": {"when": "n == 3", "then": [{"move": "s_two"}]},
    "r_release": {"at": "h_all.placed + 3h", "then": [{"release": "h_all"}]},
}


@st.composite
def _some(draw: st.DrawFn, things: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: thing for name, thing in things.items() if draw(st.booleans())}


@st.composite
def _clocks(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A clock of some kind, a duty or a silence, each with its own need or with none."""
    clocks: dict[str, Any] = {}
    if draw(st.booleans()):
        end = draw(st.sampled_from((*ENDS, {"needs": {f"{name}_ok": "check"}})))
        clocks[name] = {**draw(st.sampled_from(TIMES)), **draw(st.sampled_from(STARTS)), **end}
    if draw(st.booleans()):
        clocks[f"{name}_duty"] = {**draw(st.sampled_from(DUTIES)), "needs": {f"{name}_told": "check"}}
    if draw(st.booleans()):
        clocks[f"{name}_quiet"] = draw(st.sampled_from(SILENCES))
    return clocks


@st.composite
def processes(draw: st.DrawFn) -> str:
    """The text of a process of two stages, between which orders go back and forth."""
    one: dict[str, Any] = {"owner": "desk", "needs": {"a": "check"}, "next": "s_two"}
    two: dict[str, Any] = {"owner": "maker", "needs": {"b": {"check": "B", "due": "3h"}}, "next": "closed"}
    two["outcomes"] = {"again": {"to": "s_one"}}
    for stage in (one, two):
        if draw(st.booleans()):
            stage["due"] = draw(st.sampled_from(DUE))
    if draw(st.booleans()):
        one["tasks"] = {
            "t": {"owner": "qa", "due": draw(st.sampled_from(DUE[:5])), "needs": {"t_ok": "check"}}
        }
    if draw(st.booleans()):
        one["outcomes"] = {"slow": {"after": "s_one.late", "when": "n > 1", "to": "s_two"}}
    if mine := draw(_clocks("c_one")):
        one["clocks"] = mine
    clocks = draw(_clocks("c_top"))
    holds, rules = draw(_some(HOLDS)), draw(_some(RULES))
    text = json.dumps([one, two, clocks, rules])
    named = {name for name in HOLDS if f'"{name}"' in text} | ({"h_all"} if "r_release" in rules else set())
    holds = {name: hold for name, hold in HOLDS.items() if name in holds or name in named}
    if "c_top" not in clocks:
        holds.pop("h_one", None)
    process = {
        "flowengine": 1,
        "process": "random",
        "version": "1",
        "owner": "desk",
        "calendars": {"office": OFFICE},
        "calendar": "office",
        "roles": {role: {} for role in ("desk", "maker", "qa", "boss")},
        "order": {"fields": FIELDS},
        "stages": {"s_one": one, "s_two": two},
        "clocks": clocks,
        "holds": holds,
        "rules": rules,
        "outcomes": {
            "cancel": {"from": "any", "to": "cancelled"},
            "reopen": {"from": ["cancelled", "closed"], "to": "s_one"},
        },
    }
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in process.items() if value)


NEEDS: Final = ("a", "b", "t_ok", "c_one_ok", "c_one_told", "c_top_ok", "c_top_told", "h_ok")
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from([PassTime(), Reckon()]),
    VALUES.map(Write),
    VALUES.map(Write),
    st.sampled_from(NEEDS).map(Done),
    st.sampled_from(sorted(HOLDS)).map(Hold),
    st.sampled_from(sorted(HOLDS)).map(Release),
    st.sampled_from(["again", "cancel", "reopen"]).map(Choose),
)
HISTORIES = st.lists(st.tuples(st.sampled_from(WAITS), COMMANDS), max_size=8)
