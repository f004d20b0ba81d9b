"""Webhooks arrive signed and once; endpoints that misbehave cost neither time nor room, and delay nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from standardwebhooks import Webhook as Reference

from flowengine import Engine, Write
from flowengine.delivery.carrier import NotSent
from flowengine.delivery.channels.webhook import Webhook
from flowengine.delivery.dispatch import Dispatch
from flowengine.delivery.posting import LONGEST_ANSWER, Patience
from tests.delivery.evil import EVIL, Endpoint, endpoints, secured
from tests.delivery.post import DESK, PROCESS, Book, opened_here
from tests.delivery.test_signing import OLD
from tests.kernel.desk import HOUR
from tests.runtime.places import KEYS
from tests.runtime.shop import Clock

QUICK = Patience(connect=0.5, read=0.3, total=0.6)
AT = int(datetime(2026, 5, 12, 4, 0, tzinfo=UTC).timestamp() * 1_000)


def hook() -> Webhook:
    return Webhook(OLD, allow=["127.0.0.1"], patience=QUICK)


def dispatch(endpoint: Endpoint, now: int = AT) -> Dispatch:
    return dispatch_to(endpoint.url, now)


def dispatch_to(url: str, now: int = AT) -> Dispatch:
    words = {"process": "parcels", "number": "P001", "message": "shipped", "about": "tell"}
    return Dispatch("msg_1", "customer", url, **words, subject="S", text="订单", at=AT, now=now)


def test_what_arrives_is_signed_and_says_all_that_the_message_says() -> None:
    now = int(datetime.now(UTC).timestamp() * 1_000)
    with endpoints("good") as found:
        hook().send(dispatch(found["good"], now))
    (request,) = found["good"].requests
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /good HTTP/1.1"
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
    assert headers["host"] == f"127.0.0.1:{found['good'].port}"
    assert Reference(OLD).verify(body, headers) == json.loads(body) == {
        "type": "order.tell",
        "timestamp": "2026-05-12T04:00:00.000+00:00",
        "data": {
            "to": "customer", "process": "parcels", "order": "P001", "message": "shipped", "subject": "S",
            "text": "订单",
        },
    }  # fmt: skip


REFUSED = {
    "error": ("http: 500", False, 0),
    "gone": ("http: 410", True, 0),
    "busy": ("http: 429", False, 120_000),
    "busy_until": ("http: 503", False, 24 * HOUR),
    "redirect": ("http: 307", False, 0),
    "garbage": ("no_answer: BadStatusLine", False, 0),
    "hangs_up": ("no_answer: RemoteDisconnected", False, 0),
    "huge_header": ("no_answer: LineTooLong", False, 0),
    "silent": ("no_answer_in_time", False, 0),
    "slow_head": ("no_answer_in_time", False, 0),
}


@pytest.mark.parametrize("behaviour", REFUSED)
def test_an_endpoint_that_misbehaves_has_not_taken_it(behaviour: str) -> None:
    began = monotonic()
    with endpoints(behaviour) as found, pytest.raises(NotSent) as refused:
        hook().send(dispatch(found[behaviour]))
    assert (refused.value.why, refused.value.final, refused.value.wait) == REFUSED[behaviour]
    assert monotonic() - began < 5


@pytest.mark.parametrize("behaviour", sorted({*EVIL} - {*REFUSED}))
def test_an_endpoint_that_has_taken_it_and_then_talks_without_end_is_left(behaviour: str) -> None:
    began = monotonic()
    with endpoints(behaviour) as found:
        hook().send(dispatch(found[behaviour]))
    assert monotonic() - began < 5
    assert found[behaviour].poured["bytes"] < 200 * LONGEST_ANSWER


def test_who_speaks_no_tls_gets_nothing() -> None:
    with endpoints("good") as found:
        secure = found["good"].url.replace("http:", "https:")
        with pytest.raises(NotSent, match=r"not_secure|no_answer"):
            hook().send(replace(dispatch(found["good"]), address=secure))
        assert found["good"].requests == []


def test_a_certificate_of_another_host_gets_nothing(tmp_path: Path) -> None:
    with secured(tmp_path, "somebody.example") as url, pytest.raises(NotSent, match="bad_certificate"):
        hook().send(dispatch_to(url))


def test_evil_endpoints_do_not_delay_the_good_ones() -> None:
    """Each evil one is given five messages; the good ones have theirs long before these are through."""
    clock = Clock(AT)
    with endpoints("good", *EVIL) as found, opened_here(clock) as engine:
        people = {f"@p{number}": {"hook": found[each].url} for number, each in enumerate(EVIL)}
        names = ", ".join(name[1:] for name in people)
        engine.deploy(PROCESS.replace("members: [wu]", f"members: [{names}]"), file="parcels.yaml")
        book = Book({**people, "customer": {"hook": found["good"].url}})
        courier = Engine(
            engine.store, clock=clock, keys=KEYS, channels={"hook": hook()}, addresses=book, rng=lambda: 0.0
        )
        for _ in range(5):
            id = courier.start("parcels", {"buyer": "Z", "phone": "138"}, by=DESK).or_raise().order_id
            courier.do(id, Write({"waybill": "SF1"}), by=DESK).or_raise()
        began = monotonic()
        courier.deliver()
        took = monotonic() - began
        fates = {row.queue: row.state for row, _ in courier.parcels(limit=200).items}
    assert len(found["good"].requests) == 5
    assert took < 12
    assert found["good"].last - began < took * 0.7, "it did not wait for the others"
    assert fates["to customer"] == "sent"
    assert all(len(found[each].requests) <= 5 for each in EVIL)
