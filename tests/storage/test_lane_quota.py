"""The quota of a lane is exact: counted with the request, also under two at once, and given back with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import flowengine
from flowengine import Engine, Principal, RequestLane, Result
from flowengine.errors import KeyReused
from flowengine.runtime.quotas import is_quota
from tests.storage.racing import at_once

PROCESS = """
flowengine: 1
process: rush
version: "1"
owner: desk
roles: {desk: {}, boss: {}}
stages: {review: {owner: desk, due: 2d, needs: {seen: check}, next: closed}}
approvals: {sign: {steps: [{any: boss, not_by: requester}], refused: [{notify: requester}]}}
lanes:
  green:
    request: {by: desk, reason: required}
    approval: sign
    limits: {per_requester: 3 per year}
    grants: {stages: {review: {due: 4h}}}
"""
DORA, OTTO = Principal.of("dora", "desk"), Principal.of("otto", "desk")
GREEN = RequestLane("green")


@pytest.fixture(params=["sqlite", "postgres"])
def engines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Engine]]:
    """Two engines on one database, of each kind."""
    path = tmp_path / "rush.yaml"
    path.write_text(PROCESS, "utf-8")
    postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_database") if postgres else str(tmp_path / "rush.db")
    with closing(flowengine.connect(url)) as one, closing(flowengine.connect(url)) as other:
        one.deploy(path)
        yield [one, other]


def opened(engine: Engine) -> int:
    return engine.start("rush", {}, by=DORA).or_raise().order_id


def asked(engine: Engine, order: int, by: Principal = DORA, reason: str = "rush") -> Result:
    return engine.do(order, GREEN, by=by, reason=reason)


def codes(result: Result) -> list[str]:
    return [blocker.code for blocker in result.blockers]


def test_of_many_requests_at_once_as_many_are_taken_as_the_quota_allows(engines: list[Engine]) -> None:
    one, other = engines
    orders = [opened(one) for _ in range(6)]
    acts = [
        lambda e=e, order=order: asked(e, order) for e, order in zip([one, other] * 3, orders, strict=True)
    ]
    results = at_once(*acts)
    assert sorted(codes(result) for result in results) == [[], [], [], *[["lane_quota"]] * 3]
    entries = [entry for order in orders for entry in one.history(order, by=DORA).items]
    events = [event for entry in entries for event in entry.record["events"]]
    assert sorted(event["used"] for event in events if event["event"] == "requested") == [1, 2, 3]
    assert one.verify().problems == ()


def test_only_what_was_taken_counts_and_each_person_for_themselves(engines: list[Engine]) -> None:
    engine, _ = engines
    first = opened(engine)
    assert codes(asked(engine, first, reason="")) == ["reason_missing"]
    assert not codes(engine.preview(first, GREEN, by=DORA, reason="rush"))
    for _ in range(2):
        assert engine.do(first, GREEN, by=DORA, reason="rush", key="once").ok
    assert codes(asked(engine, first)) == ["lane_asked_for"]
    with pytest.raises(KeyReused):
        engine.do(first, RequestLane("blue"), by=DORA, reason="rush", key="once")
    for _ in range(2):
        assert asked(engine, opened(engine)).ok
    last = opened(engine)
    assert codes(asked(engine, last)) == ["lane_quota"]
    assert [each.code for each in engine.preview(last, GREEN, by=DORA, reason="x").blockers] == ["lane_quota"]
    assert asked(engine, last, OTTO).ok
    assert engine.verify().problems == ()


def test_what_a_batch_undoes_was_not_asked(engines: list[Engine]) -> None:
    engine, _ = engines
    orders = [opened(engine) for _ in range(3)]

    def undone() -> None:
        with engine.batch() as batch:
            for order in orders:
                batch.do(order, GREEN, by=DORA, reason="rush").or_raise()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undone()
    assert all(asked(engine, order).ok for order in orders)


@pytest.mark.parametrize(
    ("bent", "stands_at"),
    [
        pytest.param(
            "UPDATE fe_counters SET value = 1 WHERE process = 'rush' AND value = 2", 1, id="put back"
        ),
        pytest.param(
            "UPDATE fe_counters SET value = 9 WHERE process = 'rush' AND value = 2", 9, id="used up"
        ),
        pytest.param("DELETE FROM fe_counters WHERE process = 'rush' AND value = 2", 0, id="taken away"),
    ],
)
def test_a_counter_that_was_bent_is_named_and_put_right(
    engines: list[Engine], bent: str, stands_at: int
) -> None:
    engine, other = engines
    for by in (DORA, DORA, OTTO):
        assert asked(engine, opened(engine), by).ok
    with engine.store.engine.begin() as connection:  # type: ignore[attr-defined]  # a store of SQL
        connection.exec_driver_sql(bent)
    (problem,) = engine.verify().problems
    assert (problem.code, problem.seq, problem.detail) == ("quota", stands_at, "2")
    assert "green" in problem.message("en")
    assert [(each.counted, each.on_record) for each in engine.recount()] == [(stands_at, 2)]
    assert engine.verify().problems == ()
    assert other.recount() == ()
    assert asked(other, opened(other)).ok
    assert codes(asked(other, opened(other))) == ["lane_quota"]


def test_a_counter_that_somebody_moves_meanwhile_is_left_alone(engines: list[Engine]) -> None:
    engine, _ = engines
    assert asked(engine, opened(engine)).ok
    with engine.store.reading() as unit:
        (row,) = (each for each in unit.counters() if is_quota(each.period))
    for was, done in ((0, False), (2, False), (1, True)):
        with engine.store.writing() as writer:
            assert writer.put_serial(row.process, row.period, was=was, now=3) is done
    assert codes(asked(engine, opened(engine))) == ["lane_quota"]
