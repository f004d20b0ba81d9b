"""Whatever becomes of a process file, checking it takes little time and memory and ends in findings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
BATCH = 100


def batches(first: int, behind: int) -> list[tuple[int, int]]:
    return [(start, min(start + BATCH, behind)) for start in range(first, behind, BATCH)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process from within")
@pytest.mark.parametrize(
    ("first", "behind"),
    [
        *batches(0, 300),
        *(pytest.param(*each, marks=pytest.mark.soak) for each in batches(300, 10_000)),
    ],
)
def test_a_damaged_file_is_refused_or_compiles_in_a_second(first: int, behind: int) -> None:
    command = [sys.executable, "-m", "tests.definition.damaged", str(first), str(behind)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
