"""`check-jsonschema` with the published schemas, and our checker: both refuse the same, and we find more."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator, validators

from flowengine.cli.findings.checking import checked
from flowengine.definition.document import read_document
from flowengine.definition.editor_schema import ROOTS, Root, editor_schema
from flowengine.definition.findings import Finding
from flowengine.definition.fitting import fitting
from flowengine.definition.gate import _validator_class
from flowengine.definition.process_schema import process_schema
from flowengine.definition.rehearsing import check_scenario, scenario_schema
from flowengine.definition.telling_apart import is_scenario
from tests.definition.mutations import mutated, yaml
from tests.editor.good_files import good_files
from tests.editor.small_files import edited

HERE = Path(__file__).parent
SHOWN = HERE.parent / "definition/findings"
ONLY_OURS: Final = ("FE2", "FE3", "FE4", "FE5", "FE61", "FE62", "FE63", "FE64", "FE66", "FE7")
"""What no schema can see: names that lead nowhere, conditions, templates, ways, other files."""
BUT: Final = ("FE701", "FE702")
"""A key that may not stand in a patch, or only there."""
MEAN_NOTHING: Final = {
    "FE105-duration-of-nothing.yaml",
    "FE105-no-length.yaml",
    "FE105-no-period.yaml",
    "FE105-point-length.yaml",
    "FE105-day-that-does-not-exist.yaml",
    "FE108-notices.yaml",
}
"""Of the right form: `0m`, more than ten years, the 31st of February, `notices` that say nothing."""
TOGETHER: Final = {"FE101-in-a-library.yaml", "FE101-slip-in-a-patch.yaml", "FE102-added-stage.yaml"}
"""What is wrong only with another file, or with what several make together."""


def only_ours(path: Path, finding: Finding) -> bool:
    return (
        finding.severity != "error"
        or (finding.code.startswith(ONLY_OURS) and finding.code not in BUT)
        or path.name in MEAN_NOTHING | TOGETHER
    )


@cache
def refused(root: Root, *paths: Path) -> frozenset[Path]:
    """Which of the files `check-jsonschema` refuses."""
    program = Path(sys.executable).with_name("check-jsonschema")
    words = [
        program,
        "--schemafile",
        HERE.parents[1] / f"schemas/{root}.schema.json",
        "--output-format",
        "json",
    ]
    done = subprocess.run([*words, *paths], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout, done.stderr
    answer = json.loads(done.stdout)
    return frozenset(
        Path(each["filename"]) for each in (*answer.get("errors", ()), *answer.get("parse_errors", ()))
    )


def shown() -> Mapping[Path, Root]:
    """The files that show a finding each."""
    paths = sorted(SHOWN.glob("*.yaml"))
    return {
        path: "scenario" if is_scenario(read_document(path.read_bytes(), path.name)[0]) else "process"
        for path in paths
    }


def ours(path: Path) -> tuple[Finding, ...]:
    """What we find in a process, with the files beside it, or in a scenario without its process."""
    if ".scenario." in path.name or b"\nsteps:" in path.read_bytes():
        return check_scenario(path.read_bytes(), path.name).findings
    return tuple(checked(path).findings)


@pytest.mark.parametrize("root", ROOTS)
def test_both_accept_every_sound_file(root: Root, checkout: Path) -> None:
    files = [path for path, kind in good_files(checkout).items() if kind == root]
    assert len(files) > 5
    errors = {path.name: [each for each in ours(path) if each.severity == "error"] for path in files}
    assert not any(errors.values()), errors
    assert refused(root, *files) == frozenset()


@pytest.mark.parametrize("root", ROOTS)
def test_both_refuse_what_a_schema_can_see(root: Root) -> None:
    """The files of all our findings: the tool refuses one exactly if we find more than a schema could."""
    files = [path for path, kind in shown().items() if kind == root]
    assert len(files) > 20
    seen = {path for path in files if not all(only_ours(path, each) for each in ours(path))}
    assert {path.name for path in refused(root, *files)} == {path.name for path in seen}
    assert {path.name for path in seen} != {path.name for path in files}


WRITTEN = {
    "a key twice": ("next: closed", "next: closed\n    next: closed", "both"),
    "a second document": ("flowengine: 1", "a: b\n---\nflowengine: 1", "both"),
    "a tab": ("    next", "\tnext", "both"),
    "a full-width colon": ("next: closed", "next\uff1aclosed", "both"),
    "yes for true": ("amount: integer", "amount: {type: text, required: yes}", "both"),
    "a merged map": ("next: closed", "next: closed\n    <<: {due: 24h}", "ours"),
    "a tag": ("{seen: check}", "!!map {seen: check}", "ours"),
    "a very long number": ("amount: integer", f"amount: {{type: integer, max: {'1' * 40}}}", "ours"),
    "a role that is not declared": ("seen: check", "seen: {check: x, by: boss}", "ours"),
    "a stage that no order reaches": ("stages:\n", "stages:\n  a: {owner: desk, next: closed}\n", "ours"),
    "a condition that is none": ("seen: check", "seen: {that: amount >}", "ours"),
    "a number to editors, a text to us": ("{title: 前台}", "{title: 007}", "theirs"),
}
"""Edits of a small process, and who refuses it: `docs/editor.md` says the same in words."""


def test_who_refuses_what_else(tmp_path: Path) -> None:
    files = {}
    for number, (name, (old, new, _)) in enumerate(WRITTEN.items()):
        files[name] = tmp_path / f"{number}.yaml"
        files[name].write_text(edited(old, new)[1].text, "utf-8")
    found = {name for name, path in files.items() if errors(ours(path))}
    assert found == {name for name, (*_, who) in WRITTEN.items() if who != "theirs"}
    seen = refused("process", *files.values())
    assert {name for name, path in files.items() if path in seen} == {
        name for name, (*_, who) in WRITTEN.items() if who != "ours"
    }
    assert [each.code for each in ours(files["a number to editors, a text to us"])] == ["FE021"]


def errors(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


SINKS = {"process": "kitchen_sink.yaml", "scenario": "kitchen_sink.scenario.yaml"}
GATES = {"process": process_schema, "scenario": scenario_schema}
SOME = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
MANY = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def sink(root: Root) -> Any:
    node, _ = read_document((HERE.parent / "definition" / SINKS[root]).read_bytes(), SINKS[root])
    assert node is not None
    return node.plain()


@cache
def validator(root: Root, *, published: bool) -> Any:
    """A schema, with patterns as JSON Schema means them: they end where the text ends."""
    gate = _validator_class()
    if not published:
        return gate(GATES[root]())
    return validators.extend(Draft7Validator, {"pattern": gate.VALIDATORS["pattern"]})(editor_schema(root))


@cache
def quick(root: Root) -> Any:
    """What says of a good file that it is one, before the validator is asked."""
    return fitting(GATES[root]())


def judged_alike(root: Root, value: Any) -> None:
    accepted = validator(root, published=False).is_valid(value)
    assert validator(root, published=True).is_valid(value) == accepted
    node, _ = read_document(yaml(value), "any.yaml")
    if node is not None:  # only what a file can hold comes to the gate: no floats, no keys but texts
        plain = node.plain()
        assert quick(root)(plain) == validator(root, published=False).is_valid(plain)


@SOME
@given(mutated(sink("process")))
def test_the_published_schema_and_the_gate_agree_on_processes(value: Any) -> None:
    judged_alike("process", value)


@SOME
@given(mutated(sink("scenario")))
def test_the_published_schema_and_the_gate_agree_on_scenarios(value: Any) -> None:
    judged_alike("scenario", value)


@pytest.mark.soak
@MANY
@given(mutated(sink("process")))
def test_they_agree_on_very_many_processes(value: Any) -> None:
    judged_alike("process", value)


@pytest.mark.soak
@MANY
@given(mutated(sink("scenario")))
def test_they_agree_on_very_many_scenarios(value: Any) -> None:
    judged_alike("scenario", value)
