"""Processes that nobody would think of: small, and with every construct that can stand beside another."""

from __future__ import annotations

from typing import Any, Final

import yaml
from hypothesis import strategies as st

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Attach, Choose, Command, Done, PassTime, Write

ROLES: Final = ("desk", "maker", "qa", "boss")
STAGES: Final = ("s_one", "s_two", "s_three", "s_four")
CONDITIONS: Final = (
    "n > 2",
    "f",
    "not f",
    "n > 2 or f",
    "n != 0 and 6 / n > 1",
    "has(t)",
    "has(s_one.late)",
    "count(s_one.entered) > 1",
    "has(t) and not has(d)",
    "stage == 's_one'",
)
FIELDS: Final = {
    "n": {"type": "integer", "default": 0},
    "f": {"type": "boolean", "default": False},
    "t": "text",
    "d": "date",
}
SHARED: Final = {
    "photo": {"file": "a photo", "by": ["qa"]},
    "signed": {"check": "signed", "by": ["boss", "desk"]},
    "remark": {"note": "a remark", "by": ["maker"]},
    "t": {"field": "t", "by": ["desk"]},
}
"""Needs that may stand in several places; each means the same everywhere."""
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(0, 4),
        "f": st.booleans(),
        "t": st.sampled_from(["x", None]),
        "d": st.sampled_from(["2026-05-12", "2026-06-01", None]),
    },
)


def _who() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True)


@st.composite
def _need(draw: st.DrawFn, name: str) -> tuple[str, dict[str, Any]]:
    if draw(st.booleans()):
        shared = draw(st.sampled_from(sorted(SHARED)))
        return shared, SHARED[shared]
    kind = draw(st.sampled_from(["check", "file", "note", "field", "that", "that"]))
    if kind == "that":
        return name, {"that": draw(st.sampled_from(CONDITIONS))}
    by = {"by": draw(_who())} if draw(st.booleans()) else {}
    return name, {kind: draw(st.sampled_from(["t", "d"])) if kind == "field" else f"the {kind}", **by}


@st.composite
def _needs(draw: st.DrawFn, prefix: str, least: int = 0) -> dict[str, Any]:
    return dict(draw(_need(f"{prefix}_{number}")) for number in range(draw(st.integers(least, 2))))


@st.composite
def _beyond(draw: st.DrawFn, prefix: str, targets: list[str]) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = draw(st.sampled_from([[], [{"notify": ["boss", "owner"]}]]))
    last = (
        {"move": draw(st.sampled_from(targets))}
        if draw(st.booleans())
        else {"ask": draw(_needs(f"{prefix}_ask", 1))}
    )
    return [*actions, last]


@st.composite
def _outcome(draw: st.DrawFn, prefix: str, to: str, targets: list[str]) -> dict[str, Any]:
    outcome: dict[str, Any] = {"to": to}
    if draw(st.booleans()):
        outcome["by"] = draw(_who())
    if draw(st.booleans()):
        outcome["needs"] = draw(_needs(f"{prefix}_need", 1))
    if draw(st.booleans()):
        outcome["then"] = [{"notify": draw(_who())}]
    if draw(st.booleans()):
        outcome |= {"at_most": draw(st.integers(1, 2)), "beyond": draw(_beyond(prefix, targets))}
    return outcome


@st.composite
def _stage(draw: st.DrawFn, number: int, names: list[str]) -> dict[str, Any]:
    name, targets = names[number], [*names, "closed"]
    below = targets[number + 1]
    stage: dict[str, Any] = {"owner": draw(st.sampled_from(ROLES))}
    if draw(st.booleans()):
        stage["due"] = draw(st.sampled_from(["1d", "2h", {"by": "d"}]))
    if entry := draw(_needs(f"{name}_entry")):
        stage["entry"] = entry
    outcomes = {
        f"{name}_{word}": draw(_outcome(f"{name}_{word}", draw(st.sampled_from(targets)), targets))
        for word in draw(st.sampled_from([(), ("up",), ("up", "down")]))
    }
    if needs := draw(_needs(f"{name}_need")):
        stage["needs"] = needs
        rows = [{"when": "n > 2", "to": draw(st.sampled_from(targets))}] if draw(st.booleans()) else []
        stage["next"] = [*rows, {"to": below}]
    else:
        outcomes[f"{name}_on"] = {"to": below}
    return {**stage, "outcomes": outcomes} if outcomes else stage


@st.composite
def processes(draw: st.DrawFn) -> str:
    """The text of a process. From every stage the next can be reached, and an end."""
    names = list(STAGES[: draw(st.integers(1, 4))])
    process = {
        "flowengine": 1,
        "process": "random",
        "version": "1",
        "owner": "desk",
        "roles": {role: {} for role in ROLES},
        "order": {"fields": FIELDS},
        "stages": {name: draw(_stage(number, names)) for number, name in enumerate(names)},
        "outcomes": {
            "cancel": {"from": "any", "to": "cancelled"},
            "reopen": {"from": ["cancelled", "closed"], "to": draw(st.sampled_from(names))},
        },
    }
    return yaml.safe_dump(process, sort_keys=False, width=10_000)


def wanted(plan: Plan) -> st.SearchStrategy[Command]:
    """Anything that might be wanted of an order, wherever it stands."""
    needs = sorted({name for stage in plan.stages.values() for name in stage.doable})
    outcomes = sorted({name for place in plan.places.values() for name in place.outcomes})
    commands = [st.builds(Write, VALUES), st.sampled_from(outcomes).map(Choose), st.just(PassTime())]
    if needs:
        commands += [
            st.sampled_from(needs).map(Done),
            st.sampled_from(needs).map(lambda name: Attach(name, "a.pdf")),
            st.sampled_from(needs).map(lambda name: Write({name: "2026-05-13"})),
        ]
    return st.one_of(commands)
