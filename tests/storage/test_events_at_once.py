"""The same event comes in many times at once, on both databases: it counts once."""

from __future__ import annotations

from functools import partial

from flowengine import Received
from tests.runtime.shop import DESK
from tests.runtime.test_events import PARCELS
from tests.storage.hosts import Host
from tests.storage.racing import at_once


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


def test_an_event_and_the_order_it_waits_for_meet_whoever_is_quicker(host: Host) -> None:
    shop = host.shop
    shop.deploy(PARCELS)

    def send() -> int | None:
        data = {"parcel": "P1", "scan": "s1", "place": "Wuhan"}
        return shop.engine.receive("parcel", "scan", data).order_id

    def start() -> int:
        return shop.engine.start("parcel", {"waybill": "P1"}, by=DESK).order_id

    _, id = at_once(send, start)
    assert id is not None
    for row in shop.engine.waiting_events(by=DESK):  # each was too quick to see the other
        shop.engine.retry_event(row.id, by=DESK)
    assert shop.engine.order(id, by=DESK).order.fields["place"] == "Wuhan"
