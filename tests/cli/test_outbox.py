"""`flowengine outbox` and `worker --channels`: what is carried outside, and what was given up goes again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CHANNELS = """
channels:
  trial: {file: {path: sent.jsonl}}
  hook: {webhook: {secret: whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}}
addresses:
  desk: {trial: here}
  owner: {hook: "https://127.0.0.1/secret-path"}
"""


@pytest.fixture
def desk(office: Any, clock: Any, folder: Path) -> Any:
    """An order that became late: whoever owns it is told."""
    (folder / "channels.yaml").write_text(CHANNELS, encoding="utf-8")
    office("start", "order", "customer=Northwind", "amount=1")
    clock.wait(5)
    return office


def items(call: Any, *words: str) -> list[dict[str, Any]]:
    return json.loads(call("outbox", *words, "--format", "json").stdout)["items"]


def owner(call: Any) -> str:
    """Who is told."""
    return json.loads(call("list", "--messages", "--format", "json").stdout)["items"][0]["role"]


def test_messages_go_to_the_file(desk: Any, folder: Path) -> None:
    desk("worker", "--once")
    whom = owner(desk)
    (folder / "channels.yaml").write_text(CHANNELS.replace("desk:", f"{whom}:"), encoding="utf-8")
    done = desk("worker", "--once", "--channels", "channels.yaml")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "sent: 1; to be tried again: 0; given up: 0")
    (line,) = (folder / "sent.jsonl").read_text("utf-8").splitlines()
    (item,) = items(desk)
    assert json.loads(line)["key"] == item["id"]
    assert (item["state"], item["endpoint"], item["queue"]) == ("sent", "file sent.jsonl", f"to {whom}")
    assert "on its way" not in desk("outbox").stdout
    assert items(desk, "--dead") == []


def test_what_is_given_up_is_said_in_both_languages_and_goes_once_more(desk: Any, folder: Path) -> None:
    desk("worker", "--once")
    text = CHANNELS.replace("  desk:", "  nobody:").replace("  owner:", f"  {owner(desk)}:")
    (folder / "channels.yaml").write_text(text, encoding="utf-8")
    done = desk("worker", "--once", "--channels", "channels.yaml")
    assert done.stdout.splitlines()[-1] == "sent: 0; to be tried again: 0; given up: 1"
    (item,) = items(desk, "--dead")
    assert (item["error"], item["attempts"]) == ("inner_address", 1)
    assert "secret-path" not in json.dumps(item)
    assert "the address is one of the inner network, and not allowed" in desk("outbox", "--dead").stdout
    assert "地址属于内部网络，未获允许" in desk("outbox", "--dead", "--lang", "zh").stdout
    assert json.loads(desk("outbox", "retry", item["id"], "--format", "json").stdout)["state"] == "ready"
    again = desk("outbox", "retry", item["id"])
    assert (again.exit_code, "was given up" in again.stderr) == (1, True)
    assert items(desk)[0]["state"] == "ready"


CALLING = """
flowengine: 1
process: calling
version: "1"
owner: order_desk
order: {fields: {overdue: boolean}}
roles: {order_desk: {}}
stages: {review: {owner: order_desk, needs: {credit: {call: check}, seen: check}, next: closed}}
calls: {check: {function: credit.check, sets: {overdue: result.overdue}}}
"""
MODULE = """
def check(id, sent):
    return {"overdue": True}


FUNCTIONS = {"credit.check": check}
CALLS = 7
"""


def test_a_worker_does_calls_by_the_functions_of_a_module(office: Any, folder: Path) -> None:
    (folder / "calling.yaml").write_text(CALLING, encoding="utf-8")
    (folder / "house_calls.py").write_text(MODULE, encoding="utf-8")
    office("deploy", "calling.yaml")
    number = json.loads(office("start", "calling", "--format", "json").stdout)["number"]
    done = office("worker", "--once", "--functions", "house_calls:FUNCTIONS")
    assert done.stdout.splitlines()[-1] == "sent: 1; to be tried again: 0; given up: 0"
    assert json.loads(office("show", number, "--format", "json").stdout)["fields"]["overdue"] is True
    for where, said in {
        "house_calls": "a module and the name of a map",
        "house_call:FUNCTIONS": "cannot be imported (ModuleNotFoundError",
        "house_calls:FUNCTION": "cannot be imported (AttributeError",
        "house_calls:CALLS": "no map from names to functions",
    }.items():
        refused = office("worker", "--once", "--functions", where)
        assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr


def test_an_empty_outbox_says_so(desk: Any) -> None:
    assert desk("outbox").stdout == "nothing is carried outside\n"
    assert desk("outbox", "--dead").stdout == "nothing was given up\n"


def test_retry_wants_an_id(desk: Any) -> None:
    refused = desk("outbox", "retry")
    assert (refused.exit_code, "outbox --dead" in refused.stderr) == (2, True)


def test_a_file_with_slips_stops_the_worker_before_it_begins(desk: Any, folder: Path) -> None:
    (folder / "channels.yaml").write_text('channels: {mail: {mail: {host: "${NOWHERE}"}}}', encoding="utf-8")
    refused = desk("worker", "--once", "--channels", "channels.yaml")
    assert refused.exit_code == 1
    assert "channels.yaml:1:25: error: a channel of mail needs “from”; add `from: …`" in refused.stderr
    assert "channels.yaml:1:32: error: the environment has no NOWHERE; set it where" in refused.stderr
    missing = desk("worker", "--once", "--channels", "none.yaml")
    assert (missing.exit_code, "none.yaml" in missing.stderr) == (2, True)
