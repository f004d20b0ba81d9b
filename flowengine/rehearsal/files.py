"""Scenario files with the process files that they play; nothing heavier is imported for checking them."""

from __future__ import annotations

from pathlib import Path

from flowengine.definition.check import check_process
from flowengine.definition.document import read_document
from flowengine.definition.findings import Finding
from flowengine.definition.rehearsing import CheckedScenario, check_scenario_document


def check_file(path: Path) -> CheckedScenario:
    """Check a scenario file, its names held against the process that it plays. Raises OSError."""
    node, findings = read_document(path.read_bytes(), str(path))
    alone = check_scenario_document(node, findings)
    if alone.scenario is None:
        return alone
    name = alone.scenario.process
    played = path.parent / name
    try:
        process = check_process(played.read_bytes(), str(played)).process
    except OSError:
        return _lacking(alone, Finding("FE510", name.place, {"word": name}))
    if process is None:
        return _lacking(alone, Finding("FE511", name.place, {"word": name}))
    return check_scenario_document(node, findings, process)


def _lacking(alone: CheckedScenario, finding: Finding) -> CheckedScenario:
    return CheckedScenario(None, (*alone.findings, finding))
