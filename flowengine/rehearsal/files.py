"""Scenario files with the process files that they play; nothing heavier is imported for checking them."""

from __future__ import annotations

import os.path
from pathlib import Path

from flowengine.definition.check import check_process
from flowengine.definition.document import read_document
from flowengine.definition.findings import Finding
from flowengine.definition.link_pairs import linked_beside, speaks_of
from flowengine.definition.rehearsing import CheckedScenario, check_scenario, check_scenario_document
from flowengine.definition.words import Process
from flowengine.folder import Folder


def check_file(path: Path) -> CheckedScenario:
    """Check a scenario file, its names held against the process that it plays. Raises OSError."""
    node, findings = read_document(path.read_bytes(), str(path))
    alone = check_scenario_document(node, findings)
    if alone.scenario is None:
        return alone
    name = alone.scenario.process
    file = played(path, name)
    try:
        process = process_of(file)
    except (OSError, ValueError):  # a name that no file can have is a ValueError
        return _lacking(alone, Finding("FE510", name.place, {"word": name}))
    if process is None:
        return _lacking(alone, Finding("FE511", name.place, {"word": name}))
    others = linked_beside(process, file.name, Folder(file))
    return check_scenario_document(node, findings, process, others)


def played(scenario: Path, process: str) -> Path:
    """The process file that a scenario file names, without needless detours through other folders."""
    path = scenario.parent / process
    straight = Path(os.path.normpath(path))
    # Behind a symbolic link `..` leads elsewhere than it reads.
    return straight if straight.exists() and straight.samefile(path) else path


def process_of(path: Path) -> Process | None:
    """The process of a file, None where it has errors. Raises OSError."""
    return check_process(path.read_bytes(), str(path), Folder(path)).process


def _lacking(alone: CheckedScenario, finding: Finding) -> CheckedScenario:
    return CheckedScenario(None, (*alone.findings, finding))


def file_of(process: str, folder: Path) -> Path | None:
    """The file in a folder in which that process stands, whatever it is called; None where there is none."""
    if (named := folder / f"{process}.yaml").is_file():
        return named
    files = Folder(named)
    for name in files.beside():
        data = files.read(name)
        if data is not None and speaks_of(data, process):
            found = process_of(folder / name)
            if found and found.process == process:
                return folder / name
    return None


def names_of(path: Path) -> tuple[str, ...]:
    """What a scenario file calls itself in both languages, and the rules that it shows.

    Nothing of a file with errors. Raises OSError.
    """
    scenario = check_scenario(path.read_bytes(), str(path)).scenario
    return (*scenario.scenario.all().values(), *scenario.shows) if scenario else ()
