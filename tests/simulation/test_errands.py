"""Calls, messages and signals between orders, through crashes of couriers and tickers and lost answers.

Each errand comes to its end, under one id; a seed that fails names the command that runs it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.simulation.__main__ import fast_folder
from tests.simulation.errand_mutants import DEFECTS, planted
from tests.simulation.errands import NAMES, run_errands
from tests.simulation.simulation import Databases, Failed, Outcome

SEEDS = range(8)
SOAKED = range(500)
ENOUGH = 200
"""In how many seeds a planted defect must be found."""
SOMETIMES = (
    "answer lost COMMIT",
    "answer lost outside",
    "broken",
    "crash after",
    "crash after COMMIT",
    "crash before",
    "crash before COMMIT",
    "died after it was sent",
    "lock waited for",
    "rolled back COMMIT",
)
SAMPLE = ("a_call_is_made_again_under_another_id", "a_signal_is_gone_before_it_is_heard")


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    with TemporaryDirectory(dir=fast_folder()) as folder:
        yield Databases(Path(folder), NAMES)


@pytest.fixture(scope="module")
def outcomes(databases: Databases) -> dict[int, Outcome | Failed]:
    return {seed: outcome(seed, databases) for seed in SEEDS}


def outcome(seed: int, databases: Databases) -> Outcome | Failed:
    try:
        return run_errands(seed, databases)
    except Failed as failed:
        return failed


def found(outcomes: dict[int, Outcome | Failed]) -> list[str]:
    return [str(each) for each in outcomes.values() if isinstance(each, Failed)]


def test_no_seed_finds_anything(outcomes: dict[int, Outcome | Failed]) -> None:
    assert found(outcomes) == []


def test_a_seed_is_one_run(outcomes: dict[int, Outcome | Failed], databases: Databases) -> None:
    assert outcome(SEEDS[0], databases) == outcomes[SEEDS[0]]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SAMPLE else pytest.mark.soak) for name in DEFECTS]
)
def test_a_planted_defect_is_found(name: str, databases: Databases) -> None:
    with planted(name):
        assert any(isinstance(outcome(seed, databases), Failed) for seed in range(ENOUGH))


def test_the_sample_is_of_the_defects_that_there_are() -> None:
    assert set(SAMPLE) <= set(DEFECTS)


@pytest.mark.soak
def test_no_seed_of_many_finds_anything_and_everything_that_may_go_wrong_does(databases: Databases) -> None:
    outcomes = {seed: outcome(seed, databases) for seed in SOAKED}
    assert found(outcomes) == []
    hits: Counter[str] = Counter()
    for each in outcomes.values():
        hits += each.hits if isinstance(each, Outcome) else Counter()
    assert [what for what in SOMETIMES if hits[what] == 0] == []
