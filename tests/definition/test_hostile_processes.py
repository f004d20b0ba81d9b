"""Files that are well-formed and strange give findings or a process that compiles, in no time."""

from __future__ import annotations

from typing import Any

import pytest

from flowengine.compiler.compile import compile_process
from flowengine.definition.check import Checked, check_process
from flowengine.definition.rehearsing import check_scenario
from flowengine.texts import LANGUAGES
from tests.definition.hostile_processes import ENORMOUS, NAMES, fields
from tests.definition.mutations import yaml
from tests.definition.small_process import small
from tests.work import working

SECONDS = 1.0


@pytest.mark.parametrize(("value", "codes"), ENORMOUS.values(), ids=ENORMOUS.keys())
def test_much_of_everything_is_checked_and_compiled_in_no_time(
    value: dict[str, Any], codes: set[str]
) -> None:
    text = yaml(value)
    with working() as took:
        checked = check_process(text, "any.yaml")
        assert took() < SECONDS
    assert {finding.code for finding in checked.findings} == codes
    if checked.process is not None:
        with working() as took:
            compile_process(checked.process, "any.yaml")
            assert took() < SECONDS


def test_many_names_beside_many_like_them_are_checked_in_no_time() -> None:
    needs = {f"need_{each}": {"field": f"feild_{each}"} for each in range(150)}
    text = yaml(
        small(order=fields(500), stages={"review": {"owner": "desk", "next": "closed", "needs": needs}})
    )
    with working() as took:
        assert {finding.code for finding in check_process(text, "any.yaml").findings} == {"FE203"}
        assert took() < SECONDS


@pytest.mark.parametrize(("value", "codes"), NAMES.values(), ids=NAMES.keys())
def test_a_strange_name_is_refused_or_just_a_name(value: dict[str, Any], codes: list[str]) -> None:
    checked = refused_or_compiled(yaml(value))
    assert [finding.code for finding in checked.findings] == codes


@pytest.mark.parametrize(
    "zone",
    [
        *(
            "../../etc/passwd",
            "/etc/passwd",
            "Asia/../x",
            "Asia/Shanghai/../../x",
            "..",
            ".",
            "/",
            "Asia",
            "Asia/",
        ),
        *(
            "Asia/Beijing",
            "北京",
            "UTC\n",
            "\0",
            "\ud800",
            "UTC+8",
            "+08:00",
            "a" * 1000,
            "tzdata.zoneinfo",
            " UTC",
        ),
    ],
)
def test_what_is_no_zone_is_a_finding(zone: str) -> None:
    (finding,) = refused_or_compiled(yaml(small(zone=zone))).findings
    assert finding.code in ("FE210", "FE003")


def test_no_zone_at_all_is_empty() -> None:
    assert [finding.code for finding in refused_or_compiled(yaml(small(zone=""))).findings] == ["FE108"]


@pytest.mark.parametrize(("depth", "codes"), [(30, []), (60, ["FE007"]), (2000, ["FE007"])])
def test_a_scenario_may_give_deep_values_but_not_endlessly(depth: int, codes: list[str]) -> None:
    deep = "{a: " * depth + "1" + "}" * depth
    text = f"scenario: x\nprocess: x.yaml\nstarts: 2026-03-02 09:00\ngiven: {deep}\nsteps: [{{wait: 1h}}]\n"
    assert [finding.code for finding in check_scenario(text, "any.yaml").findings] == codes


def refused_or_compiled(text: str) -> Checked:
    checked = check_process(text, "any.yaml")
    for finding in checked.findings:
        for lang in LANGUAGES:
            finding.message(lang).encode()
            finding.remedy(lang).encode()
    if checked.process is not None:
        compile_process(checked.process, "any.yaml")
    return checked
