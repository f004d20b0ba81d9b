"""Events from outside: each finds its order, counts once, and waits where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowengine import Done, NotAllowed, NotFound, Principal, Received, Write, WrongInput
from flowengine.runtime import receiving
from tests.kernel.desk import HOUR
from tests.runtime.shop import DESK, MAKER, NOBODY, Shop, opened

PARCELS: Final = """
flowengine: 1
process: parcel
version: "1"
owner: desk
roles: {desk: {sees: all}, maker: {sees: [waybill], edits: [waybill]}}
order:
  checks: [{that: weight >= 0, else: a weight below nothing}]
  fields:
    waybill: text
    place: text
    weight: {type: integer, default: 0}
    double: {type: integer, value: weight * 2}
stages:
  pack: {owner: desk, needs: {packed: check}}
  customs: {owner: desk, needs: {cleared: {event: released}}}
  road: {owner: maker, needs: {arrived: check, weighed: {check: weighed, covers: weight}}, next: closed}
holds: {too_warm: {by: desk}}
events:
  released: {data: {parcel: text}, match: {waybill: event.parcel}}
  scan:
    data: {parcel: text, scan: text, place: text}
    match: {waybill: event.parcel}
    unique: scan
    sets: {place: event.place}
  scale: {data: {parcel: text, grams: integer}, match: {waybill: event.parcel}, sets: {weight: event.grams}}
  reading: {data: {parcel: text, celsius: decimal}, match: {waybill: event.parcel}}
  found:
    data: {parcel: text, place: text}
    match: {waybill: event.parcel}
    creates: true
    sets: {place: event.place}
rules: {warm: {after: reading, when: event.celsius > 8, then: [{hold: too_warm}]}}
"""
PARCEL: Final = {"parcel": "P1"}


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(PARCELS) as found:
        yield found


def send(shop: Shop, event: str, **data: Any) -> Received:
    return shop.engine.receive("parcel", event, {**PARCEL, **data})


def start(shop: Shop, **values: Any) -> int:
    return shop.engine.start("parcel", values, by=DESK).order_id


def state(shop: Shop, id: int) -> Any:
    return shop.engine.order(id, by=DESK).order


def kinds(shop: Shop, id: int) -> list[str]:
    entries = shop.engine.history(id, by=DESK).items
    return [event["event"] for entry in entries for event in entry.record["events"]]


def test_an_event_sets_fields_and_what_follows_from_them(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    found = send(shop, "scale", grams=7)
    assert (found.order_id, found.created, found.parked, found.repeated) == (id, False, False, False)
    assert (state(shop, id).fields["weight"], state(shop, id).fields["double"]) == (7, 14)


def test_an_act_that_covers_what_an_event_sets_is_asked_again(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    shop.do(id, Done("packed"))
    send(shop, "released")
    shop.do(id, Done("weighed"))
    send(shop, "scale", grams=7)
    assert state(shop, id).stale == ["weighed"]


def test_the_same_event_counts_once_whatever_else_it_says(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    send(shop, "scan", scan="s1", place="Wuhan")
    again = send(shop, "scan", scan="s1", place="Xian")
    assert (again.order_id, again.repeated) == (id, True)
    assert state(shop, id).fields["place"] == "Wuhan"
    assert kinds(shop, id).count("received") == 1


def test_it_counts_once_also_when_its_order_has_another_value_by_then(shop: Shop) -> None:
    first = start(shop, waybill="P1")
    send(shop, "scan", scan="s1", place="Wuhan")
    shop.engine.do(first, Write({"waybill": "P9"}), by=MAKER)
    second = start(shop, waybill="P1")
    assert send(shop, "scan", scan="s1", place="Wuhan").order_id == first
    assert "received" not in kinds(shop, second)


def test_without_a_value_of_its_own_the_key_of_the_sender_decides(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    for _ in range(2):
        shop.engine.receive("parcel", "scale", {**PARCEL, "grams": 3}, key="delivery-1")
    shop.engine.receive("parcel", "scale", {**PARCEL, "grams": 3}, key="delivery-2")
    assert kinds(shop, id).count("received") == 2


def test_an_event_waits_and_goes_to_the_order_that_gets_its_value(shop: Shop) -> None:
    id = start(shop)
    assert send(shop, "scan", scan="s1", place="Wuhan").why == "unmatched"
    assert send(shop, "scan", scan="s1", place="Wuhan").repeated
    assert [row.event for row in shop.engine.waiting_events(by=DESK)] == ["scan"]
    shop.engine.do(id, Write({"waybill": "P1"}), by=MAKER)
    assert state(shop, id).fields["place"] == "Wuhan"
    assert shop.engine.waiting_events(by=DESK) == ()


def test_an_event_goes_to_the_order_that_is_opened_with_its_value(shop: Shop) -> None:
    send(shop, "scan", scan="s1", place="Wuhan")
    assert state(shop, start(shop, waybill="P1")).fields["place"] == "Wuhan"


def test_of_several_open_orders_none_is_taken(shop: Shop) -> None:
    first, _ = start(shop, waybill="P1"), start(shop, waybill="P1")
    assert send(shop, "scan", scan="s1", place="Wuhan").why == "several"
    shop.engine.do(first, Write({"waybill": "P2"}), by=MAKER)
    (row,) = shop.engine.waiting_events(by=DESK)
    assert shop.engine.retry_event(row.id, by=DESK).order_id


def test_what_an_order_refuses_waits_for_somebody_to_look(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    assert send(shop, "scale", grams=-1).why == "refused"
    assert "received" not in kinds(shop, id)
    (row,) = shop.engine.waiting_events(by=DESK)
    assert shop.engine.retry_event(row.id, by=DESK).why == "refused"
    shop.engine.drop_event(row.id, by=DESK, reason="a scale that was wrong")
    assert shop.engine.waiting_events(by=DESK) == ()
    with pytest.raises(NotFound):
        shop.engine.retry_event(row.id, by=DESK)


def test_where_there_is_no_order_one_is_opened(shop: Shop) -> None:
    found = send(shop, "found", place="Wuhan")
    assert found.created
    assert found.order_id is not None
    assert state(shop, found.order_id).fields["place"] == "Wuhan"
    assert kinds(shop, found.order_id).count("received") == 1
    assert not send(shop, "found", place="Xian").created
    assert state(shop, found.order_id).fields["place"] == "Xian"


def test_an_event_before_its_need_counts_once_the_need_is_asked(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    send(shop, "released")
    assert state(shop, id).kept == {"released": "system"}
    shop.do(id, Done("packed"))
    assert (state(shop, id).stage, state(shop, id).kept) == ("road", {})


def test_an_event_on_hold_is_recorded_and_the_order_goes_on_later(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    shop.do(id, Done("packed"))
    send(shop, "reading", celsius="8.0")
    assert not state(shop, id).holds
    send(shop, "reading", celsius="8.1")
    send(shop, "released")
    assert ([*state(shop, id).holds], state(shop, id).stage) == (["too_warm"], "customs")


def test_after_the_end_an_event_is_recorded_and_changes_nothing(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    for need in ("packed", "arrived", "weighed"):
        if need == "arrived":
            send(shop, "released")
        shop.do(id, Done(need))
    assert send(shop, "scan", scan="s1", place="Wuhan").order_id == id
    assert (state(shop, id).stage, state(shop, id).fields.get("place")) == ("closed", None)
    assert kinds(shop, id)[-1] == "received"


@pytest.mark.parametrize(
    ("event", "data", "codes"),
    [
        ("scn", {}, ["no_such_event"]),
        ("scan", {"scan": "s1", "plce": "x"}, ["no_such_datum", "missing_datum"]),
        ("scale", {"grams": "heavy"}, ["wrong_value"]),
        ("reading", {"celsius": None}, ["missing_datum"]),
    ],
)
def test_what_is_wrong_with_an_event_is_said_and_nothing_is_kept(
    shop: Shop, event: str, data: dict[str, Any], codes: list[str]
) -> None:
    found = send(shop, event, **data)
    assert [blocker.code for blocker in found.blockers] == codes
    assert shop.engine.waiting_events(by=DESK) == ()


def nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    "data",
    [["x"], {1: "x"}, {"scan": "x" * 2_000_000}, {"\ud800": "x"}, {"scan": [nested(3_000)]}],
    ids=["list", "number", "long", "half a character", "deep"],
)
def test_what_is_no_map_of_names_does_not_come_in(shop: Shop, data: Any) -> None:
    with pytest.raises(WrongInput):
        shop.engine.receive("parcel", "scan", data)


@pytest.mark.parametrize("by", [MAKER, NOBODY], ids=["another role", "nobody"])
def test_only_who_is_accountable_for_the_process_sends_events_and_sees_those_that_wait(
    shop: Shop, by: Principal
) -> None:
    send(shop, "scan", scan="s1", place="Wuhan")
    (row,) = shop.engine.waiting_events(by=DESK)
    refused = shop.engine.receive("parcel", "scan", {**PARCEL, "scan": "s2", "place": "x"}, by=by)
    assert [blocker.code for blocker in refused.blockers] == ["not_yours"]
    assert shop.engine.waiting_events(by=by) == ()
    with pytest.raises(NotAllowed):
        shop.engine.retry_event(row.id, by=by)


def test_who_does_not_see_every_field_does_not_see_what_came_with_an_event(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    send(shop, "scan", scan="s1", place="Wuhan")
    seen = [entry.record for entry in shop.engine.history(id, by=MAKER).items]
    assert "Wuhan" not in str(seen)
    assert "Wuhan" in str([entry.record for entry in shop.engine.history(id, by=DESK).items])


@pytest.mark.parametrize(
    ("changed", "sent"),
    [
        pytest.param(
            ("data: {parcel: text, grams: integer}", "data: {parcel: text, grams: integer, by: text}"),
            {"grams": 7, "by": "crane"},
            id="another datum",
        ),
        pytest.param(
            ("grams: integer}, match: {waybill:", "grams: integer}, match: {number:"),
            {"grams": 7},
            id="match",
        ),
        pytest.param(("  scale: {data", "  weighing: {data"), {"grams": 7}, id="another name"),
        pytest.param(("grams: integer}", "grams: integer, by: text}"), {"grams": 7}, id="a datum that lacks"),
    ],
)
def test_an_order_gets_its_events_as_its_own_version_reads_them(
    shop: Shop, changed: tuple[str, str], sent: dict[str, Any]
) -> None:
    id = start(shop, waybill="P1")
    shop.deploy(PARCELS.replace('version: "1"', 'version: "2"').replace(*changed))
    assert send(shop, "scale", **sent).order_id == id
    assert state(shop, id).fields["weight"] == 7


def test_an_order_is_found_only_by_what_its_own_version_looks_for(shop: Shop) -> None:
    start(shop, waybill="000002")
    newer = PARCELS.replace('version: "1"', 'version: "2"')
    shop.deploy(newer.replace("grams: integer}, match: {waybill:", "grams: integer}, match: {number:"))
    second = start(shop, waybill="P1")
    assert shop.engine.receive("parcel", "scale", {"parcel": "000002", "grams": 7}).order_id == second
    assert send(shop, "scale", grams=7).why == "unmatched"


def test_an_open_order_is_found_behind_any_number_that_have_ended(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_AT_ONCE", 1)
    ended = start(shop, waybill="P1")
    shop.do(ended, Done("packed"))
    send(shop, "released")
    for need in ("arrived", "weighed"):
        shop.do(ended, Done(need))
    id = start(shop, waybill="P1")
    assert send(shop, "scale", grams=7).order_id == id


def test_every_event_that_waits_goes_to_its_order_at_once(shop: Shop) -> None:
    with shop.engine.batch() as batch:
        for number in range(120):
            data = {**PARCEL, "scan": f"s{number}", "place": "Wuhan"}
            assert batch.receive("parcel", "scan", data).why == "unmatched"
    start(shop, waybill="P1")
    assert shop.engine.waiting_events(by=DESK) == ()


def test_each_sender_has_keys_of_its_own(shop: Shop) -> None:
    id = start(shop, waybill="P1")
    for sender in ("scales", "crane"):
        by = Principal.system(sender)
        assert not shop.engine.receive("parcel", "scale", {**PARCEL, "grams": 3}, key="1", by=by).repeated
    assert kinds(shop, id).count("received") == 2


def test_where_the_value_of_its_own_is_missing_the_key_decides(shop: Shop) -> None:
    shop.deploy(
        PARCELS.replace('version: "1"', 'version: "2"').replace(
            "scan: text, place: text}", "scan: {type: text, required: false}, place: text}"
        )
    )
    start(shop, waybill="P1")
    data = {**PARCEL, "place": "Wuhan"}
    received = [shop.engine.receive("parcel", "scan", data, key=key).repeated for key in ("1", "1", "2")]
    assert received == [False, True, False]


def test_whoever_tries_again_is_told_why_the_order_refuses_the_event(shop: Shop) -> None:
    start(shop, waybill="P1")
    assert send(shop, "scale", grams=-1).blockers == ()
    (row,) = shop.engine.waiting_events(by=DESK)
    assert "a weight below nothing" in shop.engine.retry_event(row.id, by=DESK).blockers[0].message("en")


def test_so_is_whoever_tries_again_where_a_condition_cannot_be_evaluated(shop: Shop) -> None:
    shop.deploy(PARCELS.replace('"1"', '"2"').replace("that: weight >= 0", "that: 6 / weight >= 0"))
    shop.engine.start("parcel", {"waybill": "P1", "weight": 1}, by=DESK)
    assert send(shop, "scale", grams=0).why == "refused"
    (row,) = shop.engine.waiting_events(by=DESK)
    assert "weight" in shop.engine.retry_event(row.id, by=DESK).blockers[0].message("en")


@pytest.mark.parametrize("id", ["1", None, 1.0, True, [1]])
def test_what_is_no_id_of_an_event_is_refused(shop: Shop, id: Any) -> None:
    with pytest.raises(WrongInput):
        shop.engine.retry_event(id, by=DESK)


def test_what_time_gives_an_order_is_looked_for_too() -> None:
    timed = PARCELS.replace("road: {owner: maker,", "road: {owner: maker, clocks: {slow: CLOCK},")
    timed = timed.replace("CLOCK", "{within: 1h, late: [{set: {waybill: \"'P1'\"}}]}")
    with opened(timed) as shop:
        id = start(shop, waybill="P0")
        shop.do(id, Done("packed"))
        shop.engine.receive("parcel", "released", {"parcel": "P0"})
        send(shop, "scan", scan="s1", place="Wuhan")
        shop.clock.now += 2 * HOUR
        shop.engine.tick()
        assert state(shop, id).fields["place"] == "Wuhan"


EVENTS: Final = st.lists(
    st.tuples(st.sampled_from(("P1", "P2", "P3")), st.integers(0, 5)), min_size=1, max_size=14
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(came=EVENTS, late=st.integers(0, 14))
def test_in_any_order_and_however_often_each_event_counts_once(
    came: list[tuple[str, int]], late: int
) -> None:
    """The orders come in between, so some events wait; every scan stands in one history in the end."""
    with opened(PARCELS, path=":memory:") as shop:
        ids = [start(shop, waybill="P1")]
        for number, (parcel, scan) in enumerate(came):
            if number == late:
                ids.append(start(shop, waybill="P2"))
            shop.engine.receive("parcel", "scan", {"parcel": parcel, "scan": f"s{scan}", "place": "x"})
        ids += [start(shop, waybill=name) for name in ("P2", "P3")][int(late < len(came)) :]
        entries = [entry for id in ids for entry in shop.engine.history(id, by=DESK).items]
        events = [event for entry in entries for event in entry.record["events"]]
        counted = [event["data"]["scan"] for event in events if event["event"] == "received"]
        assert sorted(counted) == sorted({f"s{scan}" for _, scan in came})
        assert shop.engine.waiting_events(by=DESK) == ()
