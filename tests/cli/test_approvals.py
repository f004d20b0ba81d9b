"""Approvals at the command line: voting, handing over, and what `explain` shows of a round."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.cli.conftest import Call

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
order: {number: "D{serial:1}"}
roles: {desk: {}, boss: {}, qa: {}, law: {}}
stages: {review: {owner: desk, needs: {sign: approval}, next: closed}}
approvals: {sign: {steps: [{all: [boss, qa]}], refused: [{notify: desk}]}}
"""


def test_a_round_from_the_command_line(call: Call, clock: object, folder: Path) -> None:
    (folder / "deal.yaml").write_text(PROCESS, "utf-8")

    def by(who: str, *words: str) -> str:
        done = call(*words, "--as", who)
        assert done.exit_code == 0, done.output
        return done.stdout

    call("deploy", "deal.yaml")
    by("li:desk", "start", "deal")
    by("bo:boss", "do", "D1", "delegate", "sign", "law")
    by("la:law", "do", "D1", "approve", "sign")
    by("bo:boss", "do", "D1", "add_signer", "sign", "law", "before")
    by("li:desk", "do", "D1", "urge", "sign")
    by("la:law", "do", "D1", "approve", "sign")
    by("qi:qa", "do", "D1", "transfer", "sign", "desk")
    by("li:desk", "do", "D1", "abstain", "sign")
    told = by("li:desk", "explain", "D1")
    assert "la (law): approves" in told
    assert "li (desk): abstains" in told
    assert "awaited: boss" in told
    ballot = json.loads(by("li:desk", "explain", "D1", "--format", "json"))["needs"][0]["round"]
    assert (ballot["number"], ballot["awaited"], ballot["later"]) == (1, ["boss"], [])
    assert [(vote["by"], vote["said"]) for vote in ballot["votes"]] == [("li", "abstain"), ("la", "approve")]
    by("bo:boss", "do", "D1", "refuse", "sign", "--reason", "too dear")
    assert "was refused" in by("li:desk", "explain", "D1")
    assert "bo refuses as boss: sign" in by("li:desk", "history", "D1")
    assert call("verify").exit_code == 0


def test_the_words_that_a_verb_wants_are_said(call: Call, clock: object, folder: Path) -> None:
    (folder / "deal.yaml").write_text(PROCESS, "utf-8")
    call("deploy", "deal.yaml")
    call("start", "deal", "--as", "li:desk")
    done = call("do", "D1", "transfer", "sign", "--as", "bo:boss")
    assert done.exit_code == 2
    assert "transfer NEED ROLE" in done.output


def test_votes_that_do_not_count_are_told_once_however_often_they_are_tried(
    call: Call, clock: Any, folder: Path
) -> None:
    (folder / "deal.yaml").write_text(PROCESS, "utf-8")
    call("deploy", "deal.yaml")
    call("start", "deal", "--as", "li:desk")
    assert call("do", "D1", "approve", "sign", "--as", "bo:boss").exit_code == 0
    for who in ("bo:boss", "bo:boss", "bo:boss", "bo:qa", "bo:boss"):
        clock.wait(1)
        assert call("do", "D1", "approve", "sign", "--as", who).exit_code == 1
    told = call("explain", "D1", "--lang", "en").stdout
    assert "Votes that do not count:" in told
    assert "(5 times, last at 2026-02-12 17:00)" in told
    (vote,) = json.loads(call("explain", "D1", "--format", "json").stdout)["uncounted"]
    assert (vote["by"], vote["need"], vote["said"], vote["why"]) == ("bo", "sign", "approve", "voted_already")
    assert (vote["times"], vote["last"][:16]) == (5, "2026-02-12T17:00")
    call("do", "D1", "urge", "sign", "--as", "li:desk")
    assert call("do", "D1", "refuse", "sign", "--as", "bo:boss", "--reason", "no").exit_code == 1
    told = [line for line in call("history", "D1").stdout.splitlines() if "not count" in line]
    assert len(told) == 2
    assert told[0].startswith("2026-02-12 13:00")
    assert told[0].endswith("(5 times, last at 2026-02-12 17:00)")
    assert "times" not in told[1]
    rows = json.loads(call("history", "D1", "--format", "json").stdout)
    assert [[event["event"] for event in row["events"]] for row in rows].count(["uncounted"]) == 6


LANE = """
flowengine: 1
process: rush
version: "1"
owner: desk
order: {number: "R{serial:1}"}
roles: {desk: {}, boss: {}}
stages: {review: {owner: desk, due: 2d, needs: {seen: check}, next: closed}}
approvals: {sign: {steps: [{any: boss}], refused: [{notify: requester}]}}
lanes:
  green:
    request: {by: desk}
    approval: sign
    limits: {per_requester: 1 per year}
    grants: {stages: {review: {due: 4h}}}
"""


def test_a_bent_quota_is_named_and_put_right(call: Call, clock: Any, folder: Path) -> None:
    (folder / "rush.yaml").write_text(LANE, "utf-8")
    call("deploy", "rush.yaml")
    call("start", "rush", "--as", "li:desk")
    assert call("do", "R1", "request", "green", "--as", "li:desk").exit_code == 0
    with closing(sqlite3.connect("flowengine.db")) as store, store:
        store.execute("DELETE FROM fe_counters WHERE period LIKE 'lane %'")
    bent = call("verify")
    assert bent.exit_code == 1
    assert "rush lane green 2026 li stands at 0, but 1 is the last" in bent.stdout
    mended = call("verify", "--repair")
    assert mended.exit_code == 0
    assert "is put right: 1" in mended.stderr
    assert call("verify", "--repair").stderr == ""
