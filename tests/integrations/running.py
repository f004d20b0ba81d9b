"""Programs that run beside a test: each in a session of its own, waited for on conditions, always ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import PATIENCE

_GUARD = """
import os, signal, subprocess, sys
program = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
sys.stdin.read()
program.terminate()
try:
    program.wait(10)
except subprocess.TimeoutExpired:
    pass
os.killpg(0, signal.SIGKILL)
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that runs; what it says goes to `log`."""

    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")


@contextmanager
def running(
    words: Sequence[str | Path], *, folder: Path, name: str, env: Mapping[str, str] = {}
) -> Iterator[Program]:
    """Run a program as long as the block. Its guard waits on our pipe, so it does not outlive this process.

    At the end the program gets SIGTERM, and what is left of its group after ten seconds SIGKILL.
    """
    log = folder / f"{name}.log"
    with log.open("wb") as file:
        guard = subprocess.Popen(
            [sys.executable, "-c", _GUARD, *map(str, words)],
            cwd=folder,
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Program(log)
    finally:
        guard.communicate()


def until(holds: Callable[[], object], *programs: Program, seconds: float = PATIENCE) -> None:
    """Wait for a condition; when it does not come, fail with what the programs said."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            told = "\n".join(f"--- {program.log.name}\n{program.said[-3000:]}" for program in programs)
            raise AssertionError(f"it did not happen within {seconds:.0f} s\n{told}")
        time.sleep(0.05)
