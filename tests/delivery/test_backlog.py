"""What waits for one address costs those at others nothing: counted by parcels taken, not by time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from flowengine import Engine
from flowengine.delivery.carrier import Load, NotSent
from flowengine.delivery.circuits import LINE, PATIENCE, TOGETHER
from flowengine.delivery.courier import GIVEN_UP, Courier
from flowengine.delivery.parcel import ParcelRow
from flowengine.runtime.depot import StoreDepot
from tests.delivery.post import DESK, PROCESS, opened_here
from tests.kernel.desk import HOUR, MINUTE, NOON
from tests.runtime.shop import Clock

pytestmark = pytest.mark.usefixtures("place")
BACKLOG = 500


class Counting(StoreDepot):
    """The parcels of a store; which were taken, by their endpoint."""

    def take(self, kind: str, shares: Mapping[str, int], now: int, until: int, limit: int) -> list[ParcelRow]:
        rows = super().take(kind, shares, now, until, limit)
        self.taken.update(row.endpoint for row in rows)
        return rows

    taken: Counter[str]


@dataclass
class Roads:
    """A carrier; what goes to a dead endpoint does not arrive."""

    dead: set[str] = field(default_factory=set)
    tried: Counter[str] = field(default_factory=Counter)

    def load(self, row: ParcelRow, _now: int) -> Load:
        endpoint = row.content

        def send(_now: int) -> None:
            self.tried[endpoint] += 1
            if endpoint in self.dead:
                raise NotSent("no_answer")

        return Load(endpoint, send)

    def instead(self, _row: ParcelRow, _failed: NotSent) -> str | None:
        return None


@dataclass
class Post:
    engine: Engine
    clock: Clock
    roads: Roads
    depot: Counting

    def courier(self) -> Courier:
        return Courier(self.depot, {"message": self.roads}, rng=lambda: 0.0)

    def add(self, endpoint: str, many: int, *, known: bool = True) -> None:
        """Parcels for an endpoint, each in a queue of its own."""
        names = [f"{endpoint} {number}" for number in range(many)]
        new = [ParcelRow.new(name, "message", 1, name, endpoint, self.clock.now) for name in names]
        with self.engine.store.writing() as unit:
            unit.add_parcels(row._replace(endpoint=endpoint if known else "") for row in new)

    def states(self, endpoint: str) -> Counter[str]:
        with self.engine.store.reading() as unit:
            rows = unit.parcels(None, after=0, limit=2 * BACKLOG)
        return Counter(row.state for row, _ in rows if row.content == endpoint)


@pytest.fixture
def post() -> Iterator[Post]:
    clock = Clock(NOON)
    with opened_here(clock) as engine:
        engine.deploy(PROCESS, file="parcels.yaml")
        engine.start("parcels", {"buyer": "Zhang"}, by=DESK).or_raise()
        depot = Counting(engine.store, clock)
        depot.taken = Counter()
        yield Post(engine, clock, Roads(dead={"dead"}), depot)


def test_a_backlog_behind_a_dead_address_is_looked_at_a_few_parcels_at_a_time(post: Post) -> None:
    post.add("dead", BACKLOG)
    post.clock.now += MINUTE
    post.add("good", 40)
    courier = post.courier()
    done = courier.deliver(BACKLOG)
    assert (done.sent, post.states("good")) == (40, {"sent": 40})
    assert post.roads.tried["dead"] == PATIENCE
    assert post.depot.taken["dead"] <= PATIENCE + TOGETHER
    assert done.next_at == post.clock.now + 30_000, "the end of the rest"
    assert {row.error for row, _ in post.engine.parcels(limit=200).items} == {"no_answer", "resting"}
    before = post.depot.taken["dead"]
    for _ in range(10):
        assert courier.deliver(BACKLOG).sent == 0
    assert post.depot.taken["dead"] == before, "nobody looks at what waits for an endpoint that rests"


def test_other_couriers_of_the_store_leave_it_alone_too(post: Post) -> None:
    post.add("dead", 50)
    post.courier().deliver(BACKLOG)
    taken = post.depot.taken["dead"]
    post.courier().deliver(BACKLOG)
    assert post.depot.taken["dead"] == taken
    post.clock.now += HOUR
    post.courier().deliver(BACKLOG)
    assert post.roads.tried["dead"] == PATIENCE + 1, "who comes after the rest tries one, and it rests again"


def test_an_endpoint_that_is_back_gets_all_that_has_waited(post: Post) -> None:
    post.add("dead", 200)
    courier = post.courier()
    courier.deliver(BACKLOG)
    post.roads.dead.clear()
    post.clock.now += HOUR
    assert courier.deliver(BACKLOG).sent == 200
    assert post.states("dead") == {"sent": 200}


def test_parcels_of_which_nobody_knows_where_they_go_are_made_ready_once(post: Post) -> None:
    post.add("dead", BACKLOG, known=False)
    post.add("good", 40, known=False)
    courier = post.courier()
    while courier.deliver(200).more_is_due:
        pass
    assert post.states("good") == {"sent": 40}
    assert post.depot.taken[""] == BACKLOG + 40


def test_many_backlogs_share_one_courier(post: Post) -> None:
    """Whoever has the longest line gets no more of the hand than others."""
    post.add("first", BACKLOG)
    post.clock.now += MINUTE
    for number in range(20):
        post.add(f"later {number}", 5)
    most = 20 * 5 + 2 * (LINE + TOGETHER)
    post.courier().deliver(most)
    assert sum(post.states(f"later {number}")["sent"] for number in range(20)) == 100


def test_what_waits_for_days_where_nobody_is_any_more_is_given_up(post: Post) -> None:
    """One attempt in each rest would take years for a backlog."""
    post.add("dead", BACKLOG)
    courier = post.courier()
    began, done = post.clock.now, courier.deliver(BACKLOG)
    while done.next_at is not None:
        post.clock.now = max(post.clock.now + 2 * HOUR, done.next_at)
        done = courier.deliver(BACKLOG)
    assert post.states("dead") == {"dead": BACKLOG}
    assert GIVEN_UP < post.clock.now - began < 3 * GIVEN_UP
    assert "nobody_there" in {row.error for row, _ in post.engine.parcels(limit=200).items}
    assert post.roads.tried["dead"] < BACKLOG
