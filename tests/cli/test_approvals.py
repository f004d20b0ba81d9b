"""Approvals at the command line: voting, handing over, and what `explain` shows of a round."""

from __future__ import annotations

import json
from pathlib import Path

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
