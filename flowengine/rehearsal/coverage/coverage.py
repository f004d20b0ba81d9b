"""Coverage of all scenarios together: for each process what was met, by which scenarios, and what never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan
from flowengine.definition.words import Process
from flowengine.rehearsal.coverage.ground import Item, Key, ground_of
from flowengine.rehearsal.coverage.tracks import tracks_of
from flowengine.rehearsal.files import process_of
from flowengine.rehearsal.playing import Rehearsal


@dataclass(frozen=True, slots=True)
class Covered:
    """One process: everything in it, with the scenario files that met it."""

    file: str
    process: Process
    plan: Plan
    met: Mapping[Item, tuple[str, ...]]
    scenarios: int

    @property
    def percent(self) -> int:
        """The share that was met, rounded down: 100 means everything."""
        return 100 * sum(map(bool, self.met.values())) // len(self.met)

    @property
    def never(self) -> tuple[Item, ...]:
        """What no scenario met, in the order of the file."""
        return tuple(sorted((i for i, by in self.met.items() if not by), key=lambda item: item.place))


class Coverage:
    """Collects the tracks of runs; its method `saw` is the witness of `run_file`."""

    def __init__(self) -> None:
        self._grounds: dict[Path, _Ground] = {}

    def saw(self, scenario: Path, process: Path, rehearsal: Rehearsal) -> None:
        """Add what a run met."""
        if process.resolve() not in self._grounds:
            self.expect(process)
        ground = self._grounds[process.resolve()]
        ground.scenarios.add(str(scenario))
        for key in tracks_of(rehearsal.plan, rehearsal.histories(), rehearsal.refused):
            ground.met.setdefault(key, set()).add(str(scenario))

    def expect(self, file: Path) -> None:
        """Take a process in, whether a scenario plays it or not; a file that is none is passed over.

        Raises OSError.
        """
        process = process_of(file)
        if process is not None and file.resolve() not in self._grounds:
            plan = compile_process(process, str(file))
            self._grounds[file.resolve()] = _Ground(str(file), process, plan, {}, set())

    @property
    def processes(self) -> tuple[Covered, ...]:
        """Every process, in the order of their files."""
        return tuple(
            ground.covered() for ground in sorted(self._grounds.values(), key=lambda ground: ground.file)
        )


@dataclass(frozen=True, slots=True)
class _Ground:
    file: str
    process: Process
    plan: Plan
    met: dict[Key, set[str]]
    scenarios: set[str]

    def covered(self) -> Covered:
        by = {item: tuple(sorted(self.met.get(key, ()))) for key, item in ground_of(self.process).items()}
        return Covered(self.file, self.process, self.plan, by, len(self.scenarios))
