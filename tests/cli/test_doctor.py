"""`flowengine doctor` as people, cron and Prometheus meet it; and what other verbs say of a standstill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.cli.conftest import Call, Clock


@pytest.fixture
def desk(office: Call) -> Call:
    """One order, due in four hours."""
    assert office("start", "order", "customer=Acme", "amount=9").exit_code == 0
    return office


def lines(text: str) -> dict[str, str]:
    """What is said, by the first word: a level where it is no remedy."""
    return {line.split()[1]: line.split()[0] for line in text.splitlines() if not line.startswith(" ")}


def test_all_is_well(office: Call) -> None:
    result = office("doctor")
    assert result.exit_code == 0
    assert set(lines(result.stdout).values()) == {"ok"}
    assert result.stdout.startswith("ok       database              SQLite 3.")
    assert "to do" not in result.stdout


def test_a_standstill_is_a_failure_until_somebody_ticks(desk: Call, clock: Clock) -> None:
    assert desk("doctor").exit_code == 1, "nobody ticks, but nothing is due yet"
    clock.wait(5)
    result = desk("doctor")
    assert result.exit_code == 2
    assert lines(result.stdout)["worker"] == lines(result.stdout)["timers"] == "FAILURE"
    assert "         to do: start `flowengine worker`" in result.stdout
    desk("tick")
    assert desk("doctor").exit_code == 0
    assert " tick@" in desk("doctor").stdout
    clock.now += 1
    desk("worker", "--once")
    assert " worker@" in desk("doctor").stdout


@pytest.mark.parametrize(("minutes", "code"), [("5", 2), ("59", 2), ("61", 1)])
def test_how_long_time_may_stand_still_is_given(desk: Call, clock: Clock, minutes: str, code: int) -> None:
    clock.wait(5)
    assert desk("doctor", "--grace", minutes).exit_code == code


def test_chinese(desk: Call, clock: Clock) -> None:
    clock.wait(5)
    told = desk("doctor", "--lang", "zh").stdout
    assert "故障     工作进程              时间停滞" in told
    assert "处理办法：请启动 `flowengine worker`" in told


def test_json(desk: Call, clock: Clock) -> None:
    clock.wait(5)
    result = desk("doctor", "--json", "--all")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["level"], told["at"]) == (2, "failure", "2026-02-12T17:00:00.000Z")
    (worker,) = (check for check in told["checks"] if check["name"] == "worker")
    assert (worker["level"], worker["state"]) == ("failure", "standstill")
    assert worker["remedy"].startswith("start `flowengine worker`")


def test_metrics(desk: Call) -> None:
    result = desk("doctor", "--metrics")
    families = {family.name: family for family in text_string_to_metric_families(result.stdout)}
    assert [sample.value for sample in families["flowengine_orders_open"].samples] == [1]
    assert result.exit_code == 1
    assert {sample.labels["check"] for sample in families["flowengine_check_level"].samples} >= {"chain"}


def test_what_cannot_be_opened_has_failed(call: Call, folder: Path) -> None:
    (folder / "broken.db").write_bytes(b"no database at all" * 300)
    result = call("doctor", "--db", "broken.db")
    assert result.exit_code == 2
    assert result.stdout.startswith("FAILURE  database              it cannot be read: ")
    assert json.loads(call("doctor", "--db", "broken.db", "--json").stdout)["at"] is None
    assert 'check_level{check="database"} 2' in call("doctor", "--db", "broken.db", "--metrics").stdout


def test_a_server_out_of_reach_is_told_without_the_password(call: Call) -> None:
    result = call("doctor", "--db", "postgresql://li:geheim@127.0.0.1:1/orders")
    assert (result.exit_code, lines(result.stdout)) == (2, {"database": "FAILURE"})
    assert "geheim" not in result.output


def test_a_slip_in_the_path_is_a_mistake_of_the_user(call: Call) -> None:
    result = call("doctor", "--db", "nowhere.db")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: nowhere.db" in result.stderr


def test_only_one_form(office: Call) -> None:
    result = office("doctor", "--json", "--metrics")
    assert result.exit_code == 2
    assert "--json" in result.stderr
    assert "--metrics" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--format", "json"),
        ("show", "202602-001"),
        ("explain", "202602-001"),
        ("history", "202602-001"),
        ("do", "202602-001", "done", "customer_known"),
        ("start", "order", "customer=Acme", "amount=1"),
    ],
    ids=" ".join,
)
def test_other_verbs_say_once_that_time_stands_still(
    desk: Call, clock: Clock, words: tuple[str, ...]
) -> None:
    clock.wait(5)
    result = desk(*words)
    assert result.exit_code == 0
    assert result.stderr.count("warning: time stands still") == result.stderr.count("\n") == 1
    assert "time stands still" not in result.stdout


def test_nothing_is_said_where_time_passes(desk: Call, clock: Clock) -> None:
    assert desk("list").stderr == ""
    desk("tick")
    clock.wait(4.05)
    assert desk("list").stderr == "", "it is due for three minutes only"
    clock.wait(1)
    assert "警告：时间停滞" in desk("list", "--lang", "zh").stderr
    desk("tick")
    assert desk("list").stderr == ""
