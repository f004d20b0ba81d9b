"""Whatever becomes of a file, checking it gives findings or a process that compiles: never an exception."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from flowengine.compiler.compile import compile_process
from flowengine.definition.check import check_process
from flowengine.definition.document import read_document
from flowengine.definition.findings import Finding
from flowengine.definition.rehearsing import check_scenario
from flowengine.texts import LANGUAGES
from tests.definition.mutations import misled, mutated, yaml

HERE = Path(__file__).parent
FEW = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
MANY = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def sink(name: str) -> Any:
    node, _ = read_document((HERE / name).read_bytes(), name)
    assert node is not None
    return node.plain()


PROCESS = sink("kitchen_sink.yaml")
SCENARIO = sink("kitchen_sink.scenario.yaml")
PLAYED = check_process(yaml(PROCESS), "kitchen_sink.yaml").process


@FEW
@given(mutated(PROCESS))
def test_a_process_file_after_accidents_is_refused_or_compiles(value: Any) -> None:
    refused_or_compiled(value)


@FEW
@given(mutated(SCENARIO))
def test_a_scenario_file_after_accidents_is_refused_or_read(value: Any) -> None:
    refused_or_read(value)


@FEW
@given(misled(PROCESS))
def test_a_process_file_of_mixed_up_names_is_refused_or_compiles(value: Any) -> None:
    refused_or_compiled(value)


@FEW
@given(misled(SCENARIO))
def test_a_scenario_file_of_mixed_up_names_is_refused_or_read(value: Any) -> None:
    refused_or_read(value)


@pytest.mark.soak
@MANY
@given(mutated(PROCESS) | misled(PROCESS))
def test_a_process_file_after_very_many_accidents(value: Any) -> None:
    refused_or_compiled(value)


@pytest.mark.soak
@MANY
@given(mutated(SCENARIO) | misled(SCENARIO))
def test_a_scenario_file_after_very_many_accidents(value: Any) -> None:
    refused_or_read(value)


def refused_or_compiled(value: Any) -> None:
    text = yaml(value)
    checked = check_process(text, "any.yaml")
    assert (checked.process is None) == any(finding.severity == "error" for finding in checked.findings)
    for finding in checked.findings:
        can_be_said(finding, text)
    if checked.process is not None:
        plan = compile_process(checked.process, "any.yaml")
        assert plan.start in plan.stages


def refused_or_read(value: Any) -> None:
    text = yaml(value)
    assert PLAYED is not None
    for process in (None, PLAYED):
        checked = check_scenario(text, "any.yaml", process)
        assert (checked.scenario is None) == any(finding.severity == "error" for finding in checked.findings)
        for finding in checked.findings:
            can_be_said(finding, text)


def can_be_said(finding: Finding, text: str) -> None:
    """In both languages, printably, and about a line that the file has."""
    assert 1 <= finding.place.line <= text.count("\n") + 1
    for lang in LANGUAGES:
        assert finding.message(lang).strip()
        finding.message(lang).encode()
        finding.remedy(lang).encode()
