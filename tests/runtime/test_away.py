"""Who is away says `people` of the process where the host has no directory: by the days of its zone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from flowengine import Engine, Principal
from flowengine.compiler.away import Away
from flowengine.kernel.addressees import person_of
from flowengine.runtime.directory import Absence, KnownPeople
from tests.kernel.desk import DAY
from tests.runtime.places import opened_here
from tests.runtime.shop import HOST, Clock
from tests.sound import assert_sound

PROCESS: Final = """
flowengine: 1
process: call
version: "1"
owner: lead
zone: Asia/Shanghai
include: [staff.yaml]
roles: {lead: {}, desk: {members: wang, assign: round_robin}}
stages: {call: {owner: desk, needs: {called: check}, next: closed}}
"""
STAFF: Final = """
flowengine: 1
people:
  wang: {away: {2026-02-10..2026-02-12: zhao, 2026-02-13..2026-02-14: nobody}}
  zhao: {away: {2026-02-12..2026-02-14: li}}
  li: {}
"""
LEAD: Final = Principal.of("lea", "lead")
MINUTE: Final = 60_000
MIDNIGHT: Final = 1_770_652_800_000
"""The first instant of 2026-02-10 in Shanghai, where that is eight hours before midnight UTC."""


@contextmanager
def running(folder: Path, clock: Clock) -> Iterator[Engine]:
    (folder / "call.yaml").write_text(PROCESS, "utf-8")
    (folder / "staff.yaml").write_text(STAFF, "utf-8")
    with opened_here(clock) as engine:
        engine.deploy(folder / "call.yaml")
        yield engine
        assert_sound(engine)


@pytest.mark.parametrize(
    ("at", "person"),
    [
        pytest.param(MIDNIGHT - 1, "wang", id="there until the first of those days"),
        pytest.param(MIDNIGHT, "zhao", id="from its first instant the substitute has it"),
        pytest.param(MIDNIGHT + 2 * DAY - 1, "zhao", id="until the substitute is away too"),
        pytest.param(MIDNIGHT + 2 * DAY, "li", id="then whoever stands in for the substitute"),
        pytest.param(MIDNIGHT + 3 * DAY, "", id="nobody stands in: the owner of the order is told"),
        pytest.param(MIDNIGHT + 5 * DAY, "wang", id="back on the day after the last"),
    ],
)
def test_work_goes_to_whoever_is_there_on_that_day(tmp_path: Path, at: int, person: str) -> None:
    clock = Clock(at)
    with running(tmp_path, clock) as engine:
        engine.start("call", {}, by=LEAD).or_raise()
        (task,) = engine.work(by=HOST, limit=10).items
        assert person_of(task.role) == person
        told = [letter.row.role for letter in engine.inbox(by=HOST, limit=10).items]
        assert ("lead" in told) == (not person)


def test_somebody_is_away_from_the_first_to_the_last_instant() -> None:
    people = KnownPeople(away={"ann": (Away(1, 9, "ben"),), "ben": (Away(5, 9, ""),)})
    assert [people.absence("ann", at) for at in (0, 1, 9, 10)] == [None, Absence("ben"), Absence("ben"), None]
    assert people.absence("ben", 5) == Absence()
