"""The same event comes in many times at once, on both databases: it counts once."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from flowengine import Received
from tests.runtime.shop import DESK
from tests.runtime.test_events import PARCELS
from tests.storage.hosts import Host
from tests.storage.racing import COMMIT, PATIENCE, Pair, at_once, others, wait_until_blocked


def test_of_many_at_once_one_counts(host: Host) -> None:
    shop = host.shop
    shop.deploy(PARCELS)
    id = shop.engine.start("parcel", {"waybill": "P1"}, by=DESK).order_id

    def send(place: str) -> Received:
        return shop.engine.receive("parcel", "scan", {"parcel": "P1", "scan": "s1", "place": place})

    answers = at_once(*(partial(send, f"place {number}") for number in range(6)))
    assert [each.order_id for each in answers] == [id] * 6
    assert [each.repeated for each in answers].count(False) == 1
    events = [
        event["event"] for entry in shop.engine.history(id, by=DESK).items for event in entry.record["events"]
    ]
    assert events.count("received") == 1


def test_of_many_that_open_an_order_with_the_same_value_one_opens_it(host: Host) -> None:
    shop = host.shop
    shop.deploy(PARCELS)

    def send(parcel: str, place: str) -> Received:
        return shop.engine.receive("parcel", "found", {"parcel": parcel, "place": place})

    for parcel in ("P1", "P2", "P3"):
        answers = at_once(*(partial(send, parcel, f"place {number}") for number in range(4)))
        assert [each.created for each in answers].count(True) == 1
        assert len({each.order_id for each in answers}) == 1


def test_an_event_and_the_order_it_waits_for_meet_whoever_is_quicker(host: Host) -> None:
    shop = host.shop
    shop.deploy(PARCELS)

    def send(parcel: str) -> int | None:
        data = {"parcel": parcel, "scan": f"s{parcel}", "place": "Wuhan"}
        return shop.engine.receive("parcel", "scan", data).order_id

    def start(parcel: str) -> int:
        return shop.engine.start("parcel", {"waybill": parcel}, by=DESK).order_id

    for number in range(8):
        _, id = at_once(partial(send, f"P{number}"), partial(start, f"P{number}"))
        assert id is not None
        assert shop.engine.order(id, by=DESK).order.fields["place"] == "Wuhan"
    assert shop.engine.waiting_events(by=DESK) == ()


def test_an_event_waits_for_whoever_gives_an_order_its_value(pair: Pair) -> None:
    """Whoever opens the order is stopped before the end of the transaction; the event is on its way then."""
    pair.first.deploy(PARCELS)

    def start() -> int:
        return pair.first.engine.start("parcel", {"waybill": "P1"}, by=DESK).order_id

    def send() -> int | None:
        data = {"parcel": "P1", "scan": "s1", "place": "Wuhan"}
        return pair.second.engine.receive("parcel", "scan", data).order_id

    with others() as begin:
        sent: list[Future[int | None]] = []

        def meanwhile() -> None:
            sent.append(begin(send))
            wait_until_blocked(pair.second.engine.store.engine)

        pair.recorder.at(COMMIT, meanwhile)
        assert [start()] == [each.result(PATIENCE) for each in sent]
