"""What is said of a store's health: the signs as a table, and a real store that is harmed in each way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from flowengine import connect
from flowengine.errors import ConnectionLost
from flowengine.kernel.commands import Done
from flowengine.runtime.health import SAMPLE, Check, Health, judge, out_of_reach
from flowengine.runtime.rows import Carried, HeartbeatRow
from flowengine.runtime.unmade import Unmade
from flowengine.runtime.verifying import Verified
from flowengine.texts import LANGUAGES
from flowengine.worker.ticked import Ticked
from tests.kernel.desk import DAY, NOON
from tests.runtime.healthy import FILE, WELL, vital
from tests.runtime.shop import DESK, HOST, SHOP, Shop, opened
from tests.worker.office import times_late

SECOND, MINUTE, YEAR = 1_000, 60_000, 365 * DAY


def beat(ago: int, who: str = "worker@a:1") -> dict[str, Any]:
    return {"heartbeats": (HeartbeatRow(who, NOON - ago, 0),)}


DUE_LONG: Final = vital(due=3, due_since=NOON - 6 * MINUTE)
LEFT_LONG: Final = vital(untaken=2, untaken_since=NOON - 6 * MINUTE)
POSTMAN: Final = "postman@a:1"
CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "nothing waits for time": ({}, {}),
    "a worker, and a moment to come": ({**vital(next_at=NOON + DAY), **beat(9 * SECOND)}, {}),
    "a moment to come, and no worker": (vital(next_at=NOON + DAY), {"worker": "warning never"}),
    "the last worker went long ago": (
        {**vital(next_at=NOON + DAY), **beat(6 * MINUTE)},
        {"worker": "warning nobody"},
    ),
    "a heartbeat of a clock that was wrong": (
        {**vital(next_at=NOON + DAY), **beat(-YEAR)},
        {"worker": "warning nobody"},
    ),
    "due for a moment": (vital(due=1, due_since=NOON - 9 * SECOND), {"worker": "warning never"}),
    "due for two minutes, a worker is at it": (
        {**vital(due=9, due_since=NOON - 2 * MINUTE), **beat(0)},
        {"timers": "warning behind"},
    ),
    "due for long, a worker does not keep up": ({**DUE_LONG, **beat(0)}, {"timers": "failure behind"}),
    "time stands still": (DUE_LONG, {"worker": "failure standstill", "timers": "failure behind"}),
    "a postman lets no time pass": (
        {**DUE_LONG, **beat(0, POSTMAN)},
        {"worker": "failure standstill", "timers": "failure behind"},
    ),
    "a postman at work": ({**LEFT_LONG, **beat(0, POSTMAN)}, {}),
    "a postman that died": ({**LEFT_LONG, **beat(6 * MINUTE, POSTMAN)}, {"postman": "failure gone"}),
    "a postman that went, and nothing to carry": (beat(6 * MINUTE, POSTMAN), {}),
    "parcels that nobody ever carried": (LEFT_LONG, {"postman": "warning nobody"}),
    "parcels of a moment ago": (vital(untaken=2, untaken_since=NOON - MINUTE), {}),
    "calls that no worker can make": (
        {"unmade": Unmade(2, NOON - DAY, ("credit.check",))},
        {"calls": "warning unmade"},
    ),
    "orders ahead of time": (vital(ahead=2), {"ahead": "warning some"}),
    "messages given up": (vital(parcels=(Carried("message", 9, 0, 2),)), {"outbox": "warning given_up"}),
    "a call that nobody can make": (vital(parcels=(Carried("call", 1, 1, 0),)), {"outbox": "warning stuck"}),
    "messages on their way": (vital(parcels=(Carried("message", 9, 0, 0),)), {}),
    "tables altered": ({"missing": ("fe_orders_wake",)}, {"tables": "failure missing"}),
    "little room": ({"place": FILE._replace(free=900_000_000)}, {"disk": "warning scarce"}),
    "no room": ({"place": FILE._replace(free=9_000_000)}, {"disk": "failure scarce"}),
    "room that only the server knows": ({"place": FILE._replace(free=None)}, {}),
    "clocks agree": ({"skew": 900}, {}),
    "this machine is ahead": ({"skew": MINUTE}, {"clock": "warning fast"}),
    "this machine is behind": ({"skew": -MINUTE}, {"clock": "warning slow"}),
    "histories are sound": ({"audited": Verified(3, 9, ())}, {}),
}


def troubles(health: Health) -> dict[str, str]:
    """What is not well."""
    return {check.name: f"{check.level} {check.state}" for check in health.checks if check.level != "ok"}


@pytest.mark.parametrize(("signs", "said"), CASES.values(), ids=CASES)
def test_what_the_signs_mean(signs: dict[str, Any], said: dict[str, str]) -> None:
    health = judge(replace(WELL, **signs))
    assert troubles(health) == said
    worst = [level for level in ("failure", "warning") if any(level in each for each in said.values())]
    assert health.level == (worst or ["ok"])[0]
    for check in health.checks:
        for lang in LANGUAGES:
            assert check.message(lang)
            assert bool(check.remedy(lang)) == (check.name in said)


def test_how_long_time_may_stand_still_is_for_the_host_to_say() -> None:
    assert troubles(judge(replace(WELL, **DUE_LONG), grace=900)) == {
        "worker": "warning never",
        "timers": "warning behind",
    }


def test_a_store_that_cannot_be_read_is_a_finding() -> None:
    health = out_of_reach(ConnectionLost("the connection\nwas lost"))
    assert health.level == "failure"
    assert health.checks[0].message("en") == "it cannot be read: the connection was lost"


def test_a_file_that_was_deleted_under_an_engine_is_a_finding(tmp_path: Path) -> None:
    with connect(tmp_path / "orders.db") as engine:
        assert engine.health().level == "ok"
        (tmp_path / "orders.db").unlink()
        assert troubles(engine.health()) == {"database": "failure lost"}
        assert 'flowengine_check_level{check="database"} 2' in engine.metrics()


@pytest.mark.parametrize("kind", ["a host's file", "a host's memory"])
def test_the_database_of_a_host_is_looked_at_too(tmp_path: Path, kind: str) -> None:
    place = f"sqlite:///{tmp_path / 'host.db'}" if kind == "a host's file" else "sqlite://"
    database = sa.create_engine(place)
    with connect(database) as engine:
        engine.beat("w", engine.tick())
        health = engine.health()
        assert troubles(health) == {}
        assert health.signs
        assert (health.signs.place.free is None) == (kind == "a host's memory")
    database.dispose()


def found(shop: Shop, name: str, **more: Any) -> Check:
    return next(check for check in shop.engine.health(**more).checks if check.name == name)


def test_a_shop_from_its_opening_to_a_standstill_and_back(place: str) -> None:
    with opened(SHOP) as shop:
        assert troubles(shop.engine.health()) == {}
        shop.start("A")
        assert troubles(shop.engine.health()) == {"worker": "warning never"}
        shop.wait(DAY + MINUTE, tick=False)
        assert shop.engine.standstill() is None
        shop.wait(DAY, tick=False)
        assert shop.engine.standstill() == DAY + MINUTE - 1
        standstill = {"worker": "failure standstill", "timers": "failure behind"}
        assert troubles(shop.engine.health()) == standstill
        shop.engine.beat("worker@a:1", shop.engine.tick())
        assert troubles(shop.engine.health()) == {}
        assert found(shop, "worker").params["name"] == "worker@a:1"
        assert shop.engine.standstill() is None
        version = found(shop, "database").message("en")
        assert version.startswith("PostgreSQL 1" if place == "postgres" else "SQLite 3.")


def test_who_was_not_seen_for_a_day_is_forgotten(place: str) -> None:
    with opened(SHOP) as shop:
        for name, at in (("a", NOON), ("b", NOON + YEAR), ("c", NOON + DAY - 1), ("a", NOON + DAY)):
            shop.engine.beat(name, Ticked(now=at, next_at=at - 7))
        with shop.engine.store.reading() as unit:
            assert unit.heartbeats() == [
                HeartbeatRow("a", NOON + DAY, 7),
                HeartbeatRow("c", NOON + DAY - 1, 7),
            ]


def test_a_clock_that_was_a_year_ahead_leaves_orders_that_are_found(place: str) -> None:
    """What fell due in that year happened once; nothing is stuck, and commands go on."""
    with opened(SHOP) as shop:
        untouched = shop.start("A").order_id
        shop.wait(YEAR)
        written = shop.start("B").order_id
        shop.engine.beat("worker@a:1", shop.engine.tick())
        shop.clock.now -= YEAR
        shop.engine.tick()
        assert found(shop, "ahead").params == {"count": 1}
        assert found(shop, "worker").state == "nobody", "its last heartbeat lies in the future"
        for order, last in ((untouched, NOON + DAY), (written, NOON + YEAR)):
            shop.do(order, Done("checked"))
            done = shop.engine.history(order, by=HOST).items[-1]
            assert done.at == last, "never before what happened to the order"
        assert times_late(shop.engine, untouched) == 1
        shop.engine.beat("worker@a:1", shop.engine.tick())
        assert found(shop, "worker").state == "ok"
        shop.wait(YEAR)
        assert found(shop, "ahead").state == "ok"


HARM: dict[str, tuple[str, str, str]] = {
    "a state rewritten": ("UPDATE fe_orders SET head = 'x' WHERE id = 2", "failure broken", "chain"),
    "an index dropped": ("DROP INDEX fe_orders_wake", "failure missing", "tables"),
    "an order that cannot be decided": (
        "UPDATE fe_orders SET failures = 3, failure = 'no plan', wake_at = wake_at + 1 WHERE id = 1",
        "warning some",
        "parked",
    ),
}


@pytest.mark.parametrize(("statement", "said", "name"), HARM.values(), ids=HARM)
def test_what_was_harmed_is_named(statement: str, said: str, name: str) -> None:
    with connect(":memory:", clock=lambda: NOON) as engine:
        engine.deploy(SHOP, file="shop.yaml")
        for ref in "AB":
            engine.start("shop", {"ref": ref}, by=DESK).or_raise()
        engine.beat("w", engine.tick())
        assert troubles(engine.health()) == {}
        with engine.store.engine.begin() as connection:  # type: ignore[attr-defined]
            connection.exec_driver_sql(statement)
        assert troubles(engine.health()) == {name: said}


def test_the_newest_histories_are_looked_at_unless_all_are_wanted() -> None:
    with opened(SHOP) as shop:
        with shop.engine.batch() as batch:
            for n in range(SAMPLE + 5):
                batch.start("shop", {"ref": str(n)}, by=DESK).or_raise()
        assert found(shop, "chain").params["orders"] == SAMPLE
        assert found(shop, "chain", everything=True).params["orders"] == SAMPLE + 5
