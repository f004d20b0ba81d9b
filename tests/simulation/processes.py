"""A process made by a die: stages with time thresholds, returns that are counted, conditions, doors.

Every move asks for something that a person does, so that no process goes round by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, Final

from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan
from flowengine.definition.check import check_process
from flowengine.runtime.catalog import hash_of

PROCESS: Final = "simulated"
ROLES: Final = ("desk", "maker", "qa", "boss")
DUE: Final = ("30m", "2h", "26h", {"by": "d"})
NUMBERS: Final = ("S{serial:3}", "S{yyyy}{mm}{dd}-{serial:2}")
DAYS: Final = ("2026-05-11", "2026-05-12", "2026-05-13", "2026-05-20", None)

Map = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """A process file and its plan."""

    text: str
    plan: Plan


class Versions:
    """Two versions of one process; orders number on from one to the next. The second is made when wanted."""

    def __init__(self, dice: Random) -> None:
        self._frame: Map = {
            "zone": dice.choice(["UTC", "Asia/Shanghai"]),
            "number": dice.choice(NUMBERS),
            "unique": dice.random() < 0.5,
        }
        self._seed = dice.random()
        self.first = _version(dice, "1", self._frame)

    @cached_property
    def second(self) -> Version:
        """The version that comes later."""
        return _version(Random(self._seed), "2", self._frame)

    def plan(self, hash: str) -> Plan:
        """The plan of the version whose text has that hash."""
        version = self.first if hash == self.first.plan.hash else self.second
        assert version.plan.hash == hash, "nobody deployed that"
        return version.plan


def _version(dice: Random, version: str, frame: Map) -> Version:
    """The first process from the die that the gate lets through."""
    while True:
        text = json.dumps(_process(dice, version, frame), ensure_ascii=False, indent=1)  # JSON is YAML too
        checked = check_process(text, "simulated.yaml")
        if checked.process is not None:
            return Version(text, compile_process(checked.process, "simulated.yaml", hash_of(text)))


def _process(dice: Random, version: str, frame: Map) -> Map:
    names = [f"s{number}" for number in range(1, dice.randint(2, 6) + 1)]
    unique = {"unique": ["external_id"]} if frame["unique"] else {}
    return {
        "flowengine": 1,
        "process": PROCESS,
        "version": version,
        "owner": "desk",
        "zone": frame["zone"],
        "roles": {role: {} for role in ROLES},
        "order": {
            "number": frame["number"],
            **unique,
            "fields": {
                "external_id": {"type": "text", "required": True},
                "n": {"type": "integer", "default": 0},
                "f": {"type": "boolean", "default": False},
                "t": "text",
                "d": "date",
            },
        },
        "stages": {name: _stage(dice, number, names) for number, name in enumerate(names)},
        "outcomes": {
            "cancel": {"from": "any", "to": "cancelled", "then": [{"notify": "boss"}]},
            "reopen": {"from": ["cancelled", "closed"], "to": names[0], "reason": "required"},
        },
    }


def _stage(dice: Random, number: int, names: list[str]) -> Map:
    name, targets = names[number], [*names, "closed"]
    below = targets[number + 1]
    stage: Map = {"owner": dice.choice(ROLES)}
    if dice.random() < 0.8:
        stage["due"] = dice.choice(DUE)
    if number > 0 and dice.random() < 0.25:
        stage["entry"] = {f"{name}_door": {"check": "may come in", "by": _who(dice)}}
    outcomes = {
        f"{name}_{word}": _outcome(dice, f"{name}_{word}", names[: number + 1], targets)
        for word in dice.choice([(), ("back",), ("back", "away")])
    }
    if dice.random() < 0.75:
        stage["needs"] = _needs(dice, name, names)
        rows = [{"when": _condition(dice, names), "to": dice.choice(targets)}] if dice.random() < 0.5 else []
        stage["next"] = [*rows, {"to": below}]
    else:
        outcomes[f"{name}_on"] = {"to": below}
    return {**stage, "outcomes": outcomes} if outcomes else stage


def _needs(dice: Random, name: str, names: list[str]) -> Map:
    needs: Map = {
        f"{name}_{word}": {kind: f"the {kind}", **({"by": _who(dice)} if dice.random() < 0.5 else {})}
        for word, kind in zip(
            "ab", dice.choices(["check", "file", "note"], k=dice.randint(1, 2)), strict=False
        )
    }
    if dice.random() < 0.3:
        needs["t"] = {"field": "t", "by": list(ROLES)}
    if dice.random() < 0.3:
        needs[f"{name}_if"] = {"that": _condition(dice, names)}
    return needs


def _condition(dice: Random, names: list[str]) -> str:
    return dice.choice(
        [
            "n > 2",
            "f",
            "not f",
            "has(t)",
            "n != 0 and 6 / n > 1",
            f"has({dice.choice(names)}.late)",
            f"count({dice.choice(names)}.entered) > 1",
        ]
    )


def _outcome(dice: Random, name: str, earlier: list[str], targets: list[str]) -> Map:
    """Mostly a return for rework, with its count and what happens beyond it."""
    outcome: Map = {"to": dice.choice(earlier)}
    if dice.random() < 0.5:
        outcome |= {"reason": "required"}
    if dice.random() < 0.3:
        outcome["by"] = _who(dice)
    if dice.random() < 0.3:
        outcome["needs"] = {f"{name}_because": {"note": "why", "by": list(ROLES)}}
    if dice.random() < 0.5:
        outcome["then"] = [{"notify": _who(dice)}]
    if dice.random() < 0.5:
        asked = {"ask": {f"{name}_asked": {"note": "why again", "by": list(ROLES)}}}
        beyond = dice.choice([asked, {"move": dice.choice(targets)}])
        outcome |= {"at_most": dice.randint(1, 2), "beyond": [{"notify": "boss"}, beyond]}
    return outcome


def _who(dice: Random) -> list[str]:
    return dice.sample(ROLES, dice.randint(1, 2))


def values(dice: Random) -> Map:
    """Some values for the fields of an order."""
    given = {
        "n": dice.randint(0, 4),
        "f": dice.random() < 0.5,
        "t": dice.choice(["x", "光滑", None]),
        "d": dice.choice(DAYS),
    }
    return {name: value for name, value in given.items() if dice.random() < 0.6}
