"""Clients, tickers and an operator on one store, through crashes, errors, locks and clocks that jump.

The engine, SQLAlchemy and SQLite are the real ones; who goes on, when time passes and what goes wrong is
said by a die, so that each seed is one run for ever. A seed that fails names the command that runs it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.simulation.__main__ import fast_folder
from tests.simulation.mutants import MUTANTS, planted
from tests.simulation.simulation import Databases, Failed, Outcome, simulate

SEEDS = range(40)
SOAKED = range(2_000)
ENOUGH = 200
"""In how many seeds a planted defect must be found."""
SOMETIMES = (
    "answer lost COMMIT",
    "broken",
    "broken COMMIT",
    "busy",
    "busy COMMIT",
    "clock set back",
    "crash after",
    "crash after COMMIT",
    "crash before",
    "crash before COMMIT",
    "deployed",
    "host committed",
    "host rolled back",
    "incomplete",
    "key of another command",
    "late",
    "lock waited for",
    "lock waited for in vain",
    "one key given twice at once",
    "opening refused",
    "pause",
    "ready",
    "refused",
    "repeated",
    "rolled back",
    "rolled back COMMIT",
    "time jumps to a due moment",
    "two tickers after one order",
)
SAMPLE = (
    "receipt_not_looked_up",
    "history_and_order_saved_in_two_transactions",
    "a_commit_that_failed_is_taken_for_done",
    "a_tick_acts_on_what_it_saw_before_the_lock",
    "a_refusal_is_remembered",
    "a_serial_is_not_given_back",
    "the_due_moment_of_a_stage_outlives_it",
    "a_worker_looks_a_minute_ahead",
    "work_is_not_taken_out_of_the_queue",
)


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    with TemporaryDirectory(dir=fast_folder()) as folder:
        yield Databases(Path(folder))


@pytest.fixture(scope="module")
def outcomes(databases: Databases) -> dict[int, Outcome | Failed]:
    return {seed: outcome(seed, databases) for seed in SEEDS}


def outcome(seed: int, databases: Databases) -> Outcome | Failed:
    try:
        return simulate(seed, databases)
    except Failed as failed:
        return failed


def found(outcomes: dict[int, Outcome | Failed]) -> list[str]:
    return [str(each) for each in outcomes.values() if isinstance(each, Failed)]


def test_no_seed_finds_anything(outcomes: dict[int, Outcome | Failed]) -> None:
    assert found(outcomes) == []


def test_everything_that_may_go_wrong_went_wrong(outcomes: dict[int, Outcome | Failed]) -> None:
    """A run that hits nothing finds nothing."""
    hits: Counter[str] = Counter()
    for each in outcomes.values():
        hits += each.hits if isinstance(each, Outcome) else Counter()
    assert [what for what in SOMETIMES if hits[what] == 0] == []


def test_a_seed_is_one_run(outcomes: dict[int, Outcome | Failed], databases: Databases) -> None:
    for seed in list(SEEDS)[:3]:
        assert outcome(seed, databases) == outcomes[seed]


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_a_seed_is_one_run_in_every_process(
    hash_seed: str, outcomes: dict[int, Outcome | Failed], checkout: Path
) -> None:
    first = outcomes[SEEDS[0]]
    assert isinstance(first, Outcome)
    said = subprocess.run(
        [sys.executable, "-m", "tests.simulation", str(first.seed)],
        cwd=checkout,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines()[0] == first.trace


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in SAMPLE else pytest.mark.soak) for name in MUTANTS],
)
def test_a_planted_defect_is_found(name: str, databases: Databases) -> None:
    with planted(name):
        assert any(isinstance(outcome(seed, databases), Failed) for seed in range(ENOUGH))


def test_the_sample_is_of_the_defects_that_there_are() -> None:
    assert set(SAMPLE) <= set(MUTANTS)


@pytest.mark.soak
def test_no_seed_of_many_finds_anything(databases: Databases) -> None:
    assert found({seed: outcome(seed, databases) for seed in SOAKED}) == []
