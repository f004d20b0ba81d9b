"""`explain` says why somebody has the work that an order waits for."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call

PROCESS = """
flowengine: 1
process: dealt
version: "1"
owner: desk
order: {number: "D{serial:1}"}
roles:
  desk: {members: [ann, ben], assign: round_robin}
  team: {members: tom, assign: least_busy}
stages:
  look:
    owner: desk
    needs: {seen: {check: seen, by: [desk, team]}, read: check, counted: {check: counted, by: team}}
    next: closed
"""


def test_explain_says_how_somebody_got_what_the_order_waits_for(
    call: Call, clock: object, folder: Path
) -> None:
    (folder / "dealt.yaml").write_text(PROCESS, "utf-8")
    call("deploy", "dealt.yaml")
    call("start", "dealt", "--as", "ann:desk")
    call("do", "D1", "give_back", "read", "--as", "ben:desk")
    call("do", "D1", "claim", "read", "--as", "ann:desk")
    call("do", "D1", "done", "counted", "--as", "tom:team")
    told = call("explain", "D1", "--as", "ann:desk", "--lang", "en").stdout.splitlines()
    assert told[told.index("How they got it:") + 1 :] == [
        "  seen goes to ann, who has the least to do of those next in desk, team",
        "  ann takes read",
    ]
    given = json.loads(call("explain", "D1", "--as", "ann:desk", "--format", "json").stdout)["given"]
    assert [(each["items"], each["to"], each["how"], each["roles"]) for each in given] == [
        (["seen"], "ann", "shared", ["desk", "team"]),
        (["read"], "ann", "claimed", []),
    ]
    assert given[0]["why"] == "seen goes to ann, who has the least to do of those next in desk, team"


def test_where_nobody_has_anything_nothing_is_said_of_it(call: Call, clock: object, folder: Path) -> None:
    (folder / "dealt.yaml").write_text(PROCESS.replace("assign: ", "title: "), "utf-8")
    call("deploy", "dealt.yaml")
    call("start", "dealt", "--as", "ann:desk")
    assert "How they got it" not in call("explain", "D1", "--as", "ann:desk", "--lang", "en").stdout
