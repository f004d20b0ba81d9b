"""Exceptions and their cases through crashes of clerks and tickers, and commands that are given twice.

Each raising has one case, and both sides know of each other; a seed that fails names the command that runs
it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.simulation.__main__ import fast_folder
from tests.simulation.case_mutants import DEFECTS, planted
from tests.simulation.cases import NAMES, SOMETIMES, run_cases
from tests.simulation.simulation import Databases, Failed, Outcome

SEEDS = range(4)
SOAKED = range(500)
ENOUGH = 200
"""In how many seeds a planted defect must be found."""
FAULTS = ("answer lost COMMIT", "broken", "crash after COMMIT", "crash before COMMIT", "rolled back COMMIT")
SAMPLE = ("a_case_is_opened_twice", "a_resolved_case_does_not_tell_its_order")


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    with TemporaryDirectory(dir=fast_folder()) as folder:
        yield Databases(Path(folder), NAMES)


def outcome(seed: int, databases: Databases) -> Outcome | Failed:
    try:
        return run_cases(seed, databases)
    except Failed as failed:
        return failed


def found(outcomes: list[Outcome | Failed]) -> list[str]:
    return [str(each) for each in outcomes if isinstance(each, Failed)]


def test_no_seed_finds_anything_and_a_seed_is_one_run(databases: Databases) -> None:
    outcomes = [outcome(seed, databases) for seed in SEEDS]
    assert found(outcomes) == []
    assert outcome(SEEDS[0], databases) == outcomes[0]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SAMPLE else pytest.mark.soak) for name in DEFECTS]
)
def test_a_planted_defect_is_found(name: str, databases: Databases) -> None:
    with planted(name):
        assert any(isinstance(outcome(seed, databases), Failed) for seed in range(ENOUGH))


def test_the_sample_is_of_the_defects_that_there_are() -> None:
    assert set(SAMPLE) <= set(DEFECTS)


@pytest.mark.soak
def test_no_seed_of_many_finds_anything_and_everything_that_may_happen_does(databases: Databases) -> None:
    outcomes = [outcome(seed, databases) for seed in SOAKED]
    assert found(outcomes) == []
    hits: Counter[str] = Counter()
    for each in outcomes:
        hits += each.hits if isinstance(each, Outcome) else Counter()
    assert [what for what in (*FAULTS, *SOMETIMES) if hits[what] == 0] == []
