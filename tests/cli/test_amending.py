"""Amendments at the command line: doing one, being too late, and what `explain` says may still be amended."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
order:
  number: "D{serial:1}"
  fields: {address: {type: text, title: Address, required: true, changes: {by: desk, until: make.entered}}}
roles: {desk: {title: Desk}, maker: {title: Maker}}
stages:
  review: {owner: desk, needs: {seen: check}}
  make: {owner: maker, title: Making, needs: {made: check}, next: closed}
"""


def test_an_amendment_from_the_command_line(call: Call, clock: object, folder: Path) -> None:
    (folder / "deal.yaml").write_text(PROCESS, "utf-8")
    call("deploy", "deal.yaml")
    call("start", "deal", "address=here", "--as", "li:desk")
    assert (
        "Address (address): by Desk, until: Making entered" in call("explain", "D1", "--as", "li:desk").stdout
    )
    told = call("explain", "D1", "--as", "li:desk", "--format", "json").stdout
    listed = json.loads(told)["amendable"][0]
    assert (listed["name"], listed["owner"], listed["until"], listed["until_at"]) == (
        "address",
        ["desk"],
        "Making entered",
        None,
    )
    silent = call("do", "D1", "amend", "address=there", "--as", "li:desk")
    assert silent.exit_code == 1
    assert "demands a reason" in silent.output
    amended = call("do", "D1", "amend", "address=there", "--reason", "moved", "--as", "li:desk")
    assert amended.exit_code == 0, amended.output
    history = call("history", "D1", "--as", "li:desk").stdout
    assert "amended the order: moved" in history
    assert "Address: here → there" in history
    call("do", "D1", "done", "seen", "--as", "li:desk")
    late = call("do", "D1", "amend", "address=nowhere", "--reason", "moved", "--as", "li:desk")
    assert late.exit_code == 1
    assert "Address can no longer be amended: that was possible until 20" in late.output
    assert "May still be amended" not in call("explain", "D1", "--as", "li:desk").stdout
    assert call("verify").exit_code == 0
