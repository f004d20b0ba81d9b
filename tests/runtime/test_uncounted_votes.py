"""A vote that does not count, through the engine: refused, on record, and nothing else is changed by it."""

from __future__ import annotations

from pathlib import Path

import flowengine
from flowengine import Approve, Done, Principal

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
roles: {desk: {}, boss: {}}
stages:
  review: {owner: desk, needs: {sign: approval, seen: check}, next: closed}
approvals: {sign: {steps: [{any: boss}], refused: [{notify: desk}]}}
"""
DESK, BOSS = Principal.of("dora", "desk"), Principal.of("bo", "boss")


def test_a_late_vote_is_a_row_of_history_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text(PROCESS, "utf-8")
    engine = flowengine.connect(":memory:")
    engine.deploy(tmp_path / "deal.yaml")
    order = engine.start("deal", {}, by=DESK).order_id
    engine.do(order, Approve("sign"), by=BOSS).or_raise()
    before = engine.order(order, by=DESK).row
    for _ in range(2):  # the key has no answer that could be repeated
        late = engine.do(order, Approve("sign"), by=BOSS, key="k")
        assert [blocker.code for blocker in late.blockers] == ["round_over"]
    after = engine.order(order, by=DESK).row
    assert after == before._replace(revision=before.revision + 2, head=after.head)
    assert late.revision == after.revision
    entry = engine.history(order, by=DESK).items[-1]
    assert (entry.actor, entry.key, entry.record["do"]["verb"]) == ("bo", None, "approve")
    assert [event["event"] for event in entry.record["events"]] == ["uncounted"]
    assert engine.verify().problems == ()
    assert engine.do(order, Done("seen"), by=DESK, key="k").ok
    assert [each.code for each in engine.do(order, Approve("sign"), by=BOSS).blockers] == ["order_ended"]
    assert engine.history(order, by=DESK).items[-1].record["status"] == "closed"
    assert engine.verify().problems == ()
