"""Calendars that are not certain for ever, at the command line: deployed, explained, looked after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.runtime import ports
from tests.announced import announced_through
from tests.cli.conftest import Call, Clock
from tests.kernel.desk import at

PROCESS = """flowengine: 1
process: order
version: "1"
owner: desk
calendars: {office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-17:00"]}}}
calendar: office
order: {number: "A{serial:1}"}
roles: {desk: {}}
stages:
  review:
    title: {en: Review, zh: 审核}
    owner: desk
    due: 5wd
    needs: {seen: check}
    clocks: {report: {title: {en: Weekly report, zh: 周报}, every: week, by: "17:00", needs: {written: note}}}
    next: closed
"""


@pytest.fixture(autouse=True)
def office(folder: Path, clock: Clock, call: Call) -> Iterator[Call]:
    """A process in the week before what is known of its calendar ends."""
    with announced_through(2026):
        clock.now = at("2026-12-21 09:00")
        (folder / "order.yaml").write_text(PROCESS, "utf-8")
        yield call


@pytest.mark.parametrize("verb", ["deploy", "validate"])
def test_whoever_deploys_or_checks_hears_that_time_may_outlast_the_calendar(
    call: Call, clock: Clock, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "system_clock", clock)
    clock.now = at("2026-12-01 09:00")
    assert call(verb, "order.yaml").stderr == ""
    clock.now = at("2026-12-21 09:00")
    assert call(verb, "order.yaml").stderr == (
        "order.yaml:13: warning: what begins today is due after 2026-12-24, until which calendar office is "
        "certain; `flowengine doctor` watches it\n"
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "certain only until 2026-12-24: Weekly report, Review; the due times may move",
        ),
        ("zh", "2026-12-24：周报、审核；"),
    ],
    ids=["en", "zh"],
)
def test_explain_says_until_when_the_calendar_is_certain(call: Call, lang: str, said: str) -> None:
    call("deploy", "order.yaml")
    assert call("start", "order", "--as", "dora:desk").exit_code == 0
    assert said in call("explain", "A1", "--lang", lang).stdout
    told = json.loads(call("explain", "A1", "--format", "json").stdout)
    assert told["uncertain"] == {"review": "2026-12-24", "report": "2026-12-24"}
    assert "certain only until 2026-12-24" in call("history", "A1", "--lang", "en").stdout


def test_once_the_holidays_are_announced_reckoning_again_settles_it(call: Call) -> None:
    call("deploy", "order.yaml")
    assert call("start", "order", "--as", "dora:desk").exit_code == 0
    assert "only until 2026-12-24" in call("doctor").stdout
    with announced_through(2027):
        assert "only until" not in call("doctor").stdout
        assert "review" in json.loads(call("explain", "A1", "--format", "json").stdout)["uncertain"]
        assert "1 open orders reckoned again: 0 moved" in call("reckon").stdout
        assert "review" not in json.loads(call("explain", "A1", "--format", "json").stdout)["uncertain"]
        assert "1 open orders reckoned again: 0 moved" in call("reckon").stdout
    assert call("verify").exit_code == 0
