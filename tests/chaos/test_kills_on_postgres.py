"""A process killed at any moment on PostgreSQL loses nothing it acknowledged and doubles nothing given again.

The story and the children are those of the kills on SQLite. What differs: the server outlives the process,
so the statement that was on its way is still carried out, and only then it is known what was saved.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from itertools import islice

import pytest

from flowengine import Engine
from tests.chaos.record import Ack, assert_numbers_whole, keys_on_record
from tests.faults.children import forked, hear
from tests.faults.test_kill_nine import MOST_COMMANDS, Figures, commands, work, work_cold
from tests.faults.workshop import DAY, LOOSE, NOON, WORKSHOP, Clock, opened
from tests.postgres import Server, server
from tests.sound import assert_replayed, assert_sound
from tests.storage.racing import wait_until_gone

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")

ROUNDS_ON_ONE_DATABASE = 10


@pytest.mark.parametrize("kills", [40, pytest.param(1_000, marks=pytest.mark.soak)])
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    kills: int, tell: Callable[[object], None]
) -> None:
    dice = random.Random(kills)
    figures = Figures()
    while figures.kills < kills:
        one_database(server(), dice, figures)
    tell(figures)
    assert figures.kills == kills
    assert figures.cut_short > kills // 3, "too few kills hit a command in the air"
    assert figures.acknowledged > kills, "too few commands were over before the kill"
    assert set(figures.workers) == {1, 2}


def one_database(server: Server, dice: random.Random, figures: Figures) -> None:
    """So many rounds on one database: with each it takes longer to look through."""
    clock = Clock()
    with server.new_database() as place, opened(place, clock) as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        engine.deploy(LOOSE, file="loose.yaml")
        list(islice(commands(engine, "warm"), 16))
        for turn in range(ROUNDS_ON_ONE_DATABASE):
            clock.now = NOON + turn * DAY
            one_round(engine, clock, place, f"r{turn}", dice, figures)
        assert_sound(engine)


def one_round(
    engine: Engine, clock: Clock, place: str, name: str, dice: random.Random, figures: Figures
) -> None:
    """Let one or two children work, kill them, and look when the server has noticed."""
    names = dice.choice([(name,), (f"{name}a", f"{name}b"), (name, name)])
    cold = dice.random() < 0.25
    engine.close()
    children = [
        forked(lambda say, name=name: work_cold(place, name, say) if cold else work(engine, clock, name, say))
        for name in names
    ]
    # Somewhere in its work, and a moment later: by the clock alone a busy machine would never get that far.
    hear(children, 0 if cold else dice.randrange(2 * MOST_COMMANDS))
    for child in children:
        child.listen(dice.uniform(0.001, 0.080 if cold else 0.015) / len(children))
    said = [child.kill() for child in children]
    wait_until_gone(engine.store.engine)
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
