"""Processes that nobody would think of: small, and with every construct that can stand beside another."""

from __future__ import annotations

import json
from typing import Any, Final

from hypothesis import strategies as st

from flowengine.compiler.plan import Plan, every_outcome
from flowengine.kernel.commands import Attach, Choose, Command, Done, PassTime, Waive, Write

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
ROWS_OF_OWNERS: Final = [{"when": "n > 2", "to": "maker"}, {"to": "boss"}]
TERMS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"when": "n > 1"},
    {"covers": ["n", "t"]},
    {"waive": "boss"},
    {"defer": "1d"},
    {"covers": ["n"], "waive": ["boss"], "defer": "2h"},
    {"after": "s_one.left"},
)
FIELDS: Final = {
    "n": {"type": "integer", "default": 0},
    "f": {"type": "boolean", "default": False},
    "t": "text",
    "d": "date",
    "rows": {"type": "list", "of": {"c": "text"}},
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
        "rows": st.sampled_from([[], [{"c": "x"}], [{"c": "x"}, {"c": "y"}]]),
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
def _of_a_stage(draw: st.DrawFn, prefix: str) -> dict[str, Any]:
    """Needs with every word that they may have in a stage or a task."""
    needs: dict[str, Any] = draw(_needs(prefix))
    for name, need in list(needs.items()):
        if name in SHARED:
            continue
        extra: dict[str, Any] = draw(st.sampled_from(TERMS))
        by_hand = not {"field", "that"} & set(need)
        needs[name] = need | {word: value for word, value in extra.items() if by_hand or word != "covers"}
    if draw(st.booleans()):
        parts = {f"{prefix}_slip": {"file": "a slip", "by": ["qa"]}, f"{prefix}_call": {"check": "called"}}
        needs[f"{prefix}_any"] = {"any": parts, **draw(st.sampled_from([{}, {"when": "n > 1"}]))}
    if draw(st.booleans()) and needs:
        needs[f"{prefix}_last"] = {"check": "last", "after": draw(st.sampled_from(sorted(needs)))}
    return needs


@st.composite
def _tasks(draw: st.DrawFn, name: str, targets: list[str]) -> dict[str, Any]:
    """Tasks beside each other, the second perhaps after the first, one perhaps for each row."""
    tasks: dict[str, Any] = {}
    for number in range(draw(st.integers(0, 2))):
        task: dict[str, Any] = {"needs": draw(_of_a_stage(f"{name}_task_{number}"))}
        task |= draw(st.sampled_from([{}, {"owner": "qa"}, {"due": "2h", "owner": ROWS_OF_OWNERS}]))
        task |= draw(st.sampled_from([{}, {"when": "n > 1"}, {"after": "s_one.late"}]))
        if tasks:
            task |= draw(st.sampled_from([{}, {"after": next(iter(tasks))}]))
        if draw(st.booleans()):
            task["outcomes"] = {f"{name}_task_{number}_off": draw(st.sampled_from([{}, {"to": targets[0]}]))}
        if not task["needs"]:
            task["needs"] = {f"{name}_task_{number}_seen": "check"}
        if draw(st.booleans()) and not _lasts(task["needs"]):
            task["each"] = "rows"
        tasks[f"{name}_task_{number}"] = task
    return tasks


def _lasts(needs: dict[str, Any]) -> bool:
    return any({"covers", "defer"} & set(need) for need in needs.values() if isinstance(need, dict))


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
    stage: dict[str, Any] = {"owner": draw(st.sampled_from([*ROLES, ROWS_OF_OWNERS]))}
    if draw(st.booleans()):
        rows = [{"when": "f", "within": "2h"}, {"by": "d"}]
        stage["due"] = draw(st.sampled_from(["1d", "2h", {"by": "d"}, rows]))
    stage |= draw(st.sampled_from([{}, {}, {}, {"opens": "d - 1d"}, {"opens": f"{name}.entered + 2h"}]))
    entry = draw(_needs(f"{name}_entry"))
    if entry and number:  # at the door of the first stage nobody could do anything
        stage["entry"] = entry
    outcomes = {
        f"{name}_{word}": draw(_outcome(f"{name}_{word}", draw(st.sampled_from(targets)), targets))
        for word in draw(st.sampled_from([(), ("up",), ("up", "down")]))
    }
    outcomes |= draw(st.sampled_from([{}, {}, {f"{name}_auto": {"when": "n > 3 and f", "to": below}}]))
    outcomes |= draw(st.sampled_from([{}, {}, {f"{name}_slow": {"after": f"{name}.late", "to": below}}]))
    needs, tasks = draw(_of_a_stage(f"{name}_need")), draw(_tasks(name, targets))
    if needs:
        stage["needs"] = needs
    if tasks:
        stage["tasks"] = tasks
    if needs or tasks:
        rows = [{"when": "n > 2", "to": draw(st.sampled_from(targets))}] if draw(st.booleans()) else []
        stage["next"] = [*rows, {"to": below}]
    else:
        outcomes[f"{name}_on"] = {"to": below}
    return {**stage, "outcomes": outcomes} if outcomes else stage


@st.composite
def processes(draw: st.DrawFn) -> str:
    """The text of a process. From every stage the next can be reached, and an end."""
    names = list(STAGES[: draw(st.integers(1, 4))])
    stages = {name: draw(_stage(number, names)) for number, name in enumerate(names)}
    for name in names:
        leads = [to for other in names if other != name for to in _targets(stages[other])]
        if name in leads and draw(st.booleans()):
            stages[name].setdefault("outcomes", {})[f"{name}_back"] = {"to": "back"}
    doorless = [name for name in names if "entry" not in stages[name]]
    process = {
        "flowengine": 1,
        "process": "random",
        "version": "1",
        "owner": "desk",
        "roles": {role: {} for role in ROLES},
        "order": {"fields": FIELDS},
        "stages": stages,
        "outcomes": {
            "cancel": {"from": "any", "to": "cancelled"},
            "amend": {"from": "any", "edits": list(FIELDS)},
            "reopen": {"from": ["cancelled", "closed"], "to": draw(st.sampled_from(doorless))},
        },
    }
    # JSON is YAML, and PyYAML takes longer to write a process than the checker to check it.
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in process.items())


def _targets(stage: dict[str, Any]) -> list[str]:
    return [outcome["to"] for outcome in stage.get("outcomes", {}).values()]


def wanted(plan: Plan) -> st.SearchStrategy[Command]:
    """Anything that might be wanted of an order, wherever it stands."""
    needs = sorted({name for stage in plan.stages.values() for name in stage.doable})
    for stage in plan.stages.values():
        for task in stage.tasks.values():
            needs += [f"{need.name}.{row}" for need in task.needs for row in (1, 2) if task.each]
    outcomes = sorted({each.name for place in plan.places.values() for each in every_outcome(place)})
    commands = [
        st.builds(Write, VALUES),
        st.builds(Choose, st.just("amend"), VALUES),
        st.sampled_from(outcomes).map(Choose),
        st.just(PassTime()),
    ]
    if needs:
        commands += [
            st.sampled_from(needs).map(Waive),
            st.sampled_from(needs).map(Done),
            st.sampled_from(needs).map(lambda name: Attach(name, "a.pdf")),
            st.sampled_from(needs).map(lambda name: Write({name: "2026-05-13"})),
        ]
    return st.one_of(commands)
