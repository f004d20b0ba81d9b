"""The last two votes at once on PostgreSQL: one lets the order go on, and both stand in its history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import flowengine
from flowengine import Approve, Engine, Principal, Result
from tests.storage.racing import at_once

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
roles: {desk: {}, boss: {}, qa: {}}
stages:
  review: {owner: desk, needs: {sign: approval}}
  ship: {owner: desk, needs: {sent: check}, next: closed}
approvals: {sign: {steps: [{WHO: [boss, qa]}], refused: [{notify: desk}]}}
"""
DESK, BOSS, QA = (Principal.of(role, role) for role in ("desk", "boss", "qa"))


@pytest.fixture(params=["all", "any"])
def engines(request: pytest.FixtureRequest, postgres_database: str, tmp_path: Path) -> Iterator[list[Engine]]:
    """Two engines on one database; both votes are needed, or one is enough."""
    path = tmp_path / "deal.yaml"
    path.write_text(PROCESS.replace("WHO", request.param), "utf-8")
    with (
        closing(flowengine.connect(postgres_database)) as one,
        closing(flowengine.connect(postgres_database)) as other,
    ):
        one.deploy(path)
        yield [one, other]


@pytest.mark.parametrize("races", [30, pytest.param(1000, marks=pytest.mark.soak)])
def test_the_last_two_votes_at_once(
    races: int, engines: list[Engine], request: pytest.FixtureRequest
) -> None:
    """Where both are needed both count; where one is enough, the other is refused and on record."""
    one, other = engines
    counted = 2 if "all" in request.node.callspec.id else 1
    for _ in range(races):
        order = one.start("deal", {}, by=DESK).or_raise().order_id

        def vote(engine: Engine, by: Principal, order: int = order) -> Result:
            return engine.do(order, Approve("sign"), by=by)

        results = at_once(lambda: vote(one, BOSS), lambda: vote(other, QA))
        assert sum(result.ok for result in results) == counted
        records = [entry.record for entry in one.history(order, by=DESK, limit=200).items]
        assert sorted(entry["do"]["verb"] for entry in records) == ["approve", "approve", "create"]
        events = [event for record in records for event in record["events"]]
        assert sum(event["event"] == "granted" for event in events) == 1
        assert [e["stage"] for e in events if e["event"] == "entered"] == ["review", "ship"]
        voted = {event["by"] for event in events if event["event"] in ("voted", "uncounted")}
        assert voted == {"boss", "qa"}
        assert one.order(order, by=DESK).row.revision == len(records)
    assert one.verify().problems == ()
