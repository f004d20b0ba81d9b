"""Whoever is above somebody is found in the host's directory or in the process, between two transactions."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import flowengine
from flowengine import Done, Engine, Principal
from flowengine.runtime.directory import KnownPeople

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
roles: {desk: {}, boss: {}}
people: {dora: {head: bea}, bea: {head: max}, max: {}}
stages:
  review:
    owner: desk
    due: {within: 1h, late: [{notify: {head_of: {head_of: creator}}}]}
    needs: {seen: {check: seen, by: {head_of: creator}}}
    next: closed
"""
DORA, BEA, MAX = (Principal.of(name, "desk") for name in ("dora", "bea", "max"))
HOUR = 3_600_000


def told(engine: Engine, who: Principal) -> list[str]:
    return [letter.row.about for letter in engine.inbox(by=who).items]


def test_the_process_says_who_is_above_whom_where_there_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text(PROCESS, "utf-8")
    now = [0]
    with closing(flowengine.connect(":memory:", clock=lambda: now[0])) as engine:
        engine.deploy(tmp_path / "deal.yaml")
        order = engine.start("deal", {}, by=DORA).order_id
        assert [task.key for task in engine.work(by=BEA, mine=True).items] == ["seen"]
        now[0] += 2 * HOUR
        engine.tick()
        assert told(engine, MAX) == ["late"]
        assert not engine.do(order, Done("seen"), by=DORA).ok
        engine.do(order, Done("seen"), by=BEA).or_raise()
        assert engine.verify().problems == ()


def test_a_directory_counts_instead(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text(PROCESS, "utf-8")
    with closing(flowengine.connect(":memory:", directory=KnownPeople(heads={"dora": "max"}))) as engine:
        engine.deploy(tmp_path / "deal.yaml")
        engine.start("deal", {}, by=DORA)
        assert [task.key for task in engine.work(by=MAX, mine=True).items] == ["seen"]
        assert engine.work(by=BEA, mine=True).items == ()
