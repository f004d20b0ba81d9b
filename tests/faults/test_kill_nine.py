"""A process killed at any moment loses nothing that it acknowledged, and doubles nothing given again.

Each child says which command it begins, and says it again when the command has returned. The parent kills
it without a warning, looks at the database, gives every command that was begun again under its key, and
looks once more.
"""

from __future__ import annotations

import logging
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import Final

import pytest

from flowengine import Attach, Choose, Done, Engine, Principal, Result, Write
from flowengine.kernel.commands import Command
from tests.faults.children import Say, forked, hear
from tests.faults.dumps import raw
from tests.faults.workshop import DAY, DESK, HOUR, LOOSE, MAKER, NOON, QA, WORKSHOP, Clock, opened, order
from tests.sound import assert_replayed, assert_sound

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")

ROUNDS_ON_ONE_FILE: Final = 10
MOST_COMMANDS: Final = 8

STORY: Final[tuple[tuple[str, Command, Principal], ...]] = (
    ("checked", Done("checked"), DESK),
    ("slip", Attach("slip", "slips/1.pdf", "ab" * 32, 1_024), DESK),
    ("written", Write({"remark": "光滑", "promised": "2026-05-20"}), MAKER),
    ("made", Done("made"), MAKER),
    ("failed", Choose("failed"), QA),
    ("cancelled", Choose("cancel"), DESK),
)
"""What happens to each order after it was started."""

Ack = tuple[int, int]
"""The id of the order and its revision, as the command answered."""


@dataclass
class Figures:
    """What the kills hit, so that a run that hits nothing cannot pass for a good one."""

    kills: int = 0
    acknowledged: int = 0
    cut_short: int = 0
    saved_unheard: int = 0
    by_cold_start: int = 0
    workers: Counter[int] = field(default_factory=Counter)


def commands(engine: Engine, name: str) -> Iterator[tuple[str, Ack | None]]:
    """Command after command for ever: each key before its command is given, and again with the answer."""
    for turn in count(1):
        key = f"{name}/{turn}/start"
        yield key, None
        process = ("workshop", "loose")[turn % 2]
        first = engine.start(process, order(f"{name}/{turn}"), by=DESK, key=key).or_raise()
        yield key, answered(first)
        engine.tick()
        for verb, command, who in STORY:
            key = f"{name}/{turn}/{verb}"
            yield key, None
            yield (
                key,
                answered(engine.do(first.order_id, command, by=who, key=key, reason="because").or_raise()),
            )


def answered(result: Result) -> Ack:
    return result.order_id, result.revision


def work(engine: Engine, clock: Clock, name: str, say: Say) -> None:
    """What a child does until it is killed. An hour goes by with each command, so that orders become late."""
    for key, answer in commands(engine, name):
        say(key, answer)
        clock.now += HOUR


def work_cold(path: Path, name: str, say: Say) -> None:
    """The same, beginning with the opening of the file."""
    clock = Clock()
    with opened(path, clock) as engine:
        work(engine, clock, name, say)


@pytest.mark.parametrize("kills", [60, pytest.param(1_000, marks=pytest.mark.soak)])
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(kills: int, tmp_path: Path) -> None:
    dice = random.Random(kills)
    figures = Figures()
    for nr in range(0, kills, ROUNDS_ON_ONE_FILE):
        path = tmp_path / f"{nr}.db"
        clock = Clock()
        with opened(path, clock) as engine:
            engine.deploy(WORKSHOP, file="w.yaml")
            engine.deploy(LOOSE, file="loose.yaml")
            list(islice(commands(engine, "warm"), 16))
            for turn in range(ROUNDS_ON_ONE_FILE):
                clock.now = NOON + turn * DAY
                one_round(engine, clock, path, f"r{turn}", dice, figures)
            assert_sound(engine)
    logging.getLogger(__name__).info("%s", figures)
    assert figures.kills == kills
    assert figures.cut_short > kills // 3, "too few kills hit a command in the air"
    assert figures.acknowledged > kills, "too few commands were over before the kill"
    assert set(figures.workers) == {1, 2}


def one_round(
    engine: Engine, clock: Clock, path: Path, name: str, dice: random.Random, figures: Figures
) -> None:
    """Let one or two children work, kill them, and look."""
    names = dice.choice([(name,), (f"{name}a", f"{name}b"), (name, name)])
    cold = dice.random() < 0.25
    engine.close()
    children = [
        forked(lambda say, name=name: work_cold(path, name, say) if cold else work(engine, clock, name, say))
        for name in names
    ]
    # Somewhere in its work, and a moment later: by the clock alone a busy machine would never get that far.
    hear(children, 0 if cold else dice.randrange(2 * MOST_COMMANDS))
    for child in children:
        child.listen(dice.uniform(0.001, 0.060 if cold else 0.015) / len(children))
    said = [child.kill() for child in children]
    figures.kills += 1
    figures.by_cold_start += cold
    figures.workers[len(names)] += 1
    check(engine, sorted(set(names)), said, figures)


def check(engine: Engine, names: list[str], said: list[list[list[object]]], figures: Figures) -> None:
    """What was acknowledged is there once, what was not at most once; given again, each is there once."""
    acknowledged: dict[str, Ack] = {}
    for key, answer in (entry for heard in said for entry in heard):
        if answer is not None:
            assert acknowledged.setdefault(key, tuple(answer)) == tuple(answer), "one key, two answers"
    begun = list(dict.fromkeys(entry[0] for heard in said for entry in heard))
    recorded = keys_on_record(engine)
    for key in begun:
        found = recorded.get(key, [])
        assert found == [acknowledged[key]] if key in acknowledged else len(found) <= 1
    assert_sound(engine)
    figures.acknowledged += len(acknowledged)
    figures.cut_short += len(begun) > len(acknowledged)
    figures.saved_unheard += sum(key in recorded and key not in acknowledged for key in begun)

    for name in names:
        for key, answer in commands(engine, name):
            if key not in begun:
                break
            assert answer is None or answer == acknowledged.get(key, answer)
    again = keys_on_record(engine)
    assert all(len(again[key]) == 1 for key in begun)
    assert set(again) == {*recorded, *begun}
    assert_replayed(engine)
    assert_numbers_whole(engine)


def keys_on_record(engine: Engine) -> dict[str, list[Ack]]:
    """Where in history each key stands."""
    found: dict[str, list[Ack]] = {}
    with raw(engine) as connection:
        rows = connection.execute(
            "SELECT command_key, order_id, seq FROM fe_history WHERE command_key NOT NULL"
        )
        for key, id, seq in rows.fetchall():
            found.setdefault(key, []).append((id, seq))
    return found


def assert_numbers_whole(engine: Engine) -> None:
    """Within each month the serials are 1, 2, 3 … without a hole and without a second one."""
    with raw(engine) as connection:
        numbers = [number for (number,) in connection.execute("SELECT number FROM fe_orders").fetchall()]
    serials: dict[str, list[int]] = {}
    for number in numbers:
        month, serial = re.fullmatch(r"([WL]\d{6})-(\d{3,})", number).groups()
        serials.setdefault(month, []).append(int(serial))
    for found in serials.values():
        assert sorted(found) == list(range(1, len(found) + 1))
