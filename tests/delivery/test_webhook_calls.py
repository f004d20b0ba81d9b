"""Calls by webhook: signed, answered in JSON, refused for good or tried again; to hosts that were named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Reference

from flowengine import Engine
from flowengine.delivery import posting
from flowengine.delivery.channels.webhook import Webhook
from flowengine.delivery.posting import LONGEST_ANSWER
from tests.delivery.erp import Erp, listening
from tests.delivery.ledger import DESK, PROCESS
from tests.delivery.test_signing import OLD
from tests.kernel.desk import MINUTE
from tests.runtime.places import KEYS, opened_here
from tests.runtime.shop import Clock
from tests.sound import assert_sound

YES, NO = (200, b'{"overdue": true}'), (200, b'{"overdue": false}')


@pytest.fixture
def clock() -> Clock:
    """The reference library asks for a signature of the last minutes, by its own clock."""
    return Clock(int(datetime.now(UTC).timestamp() * 1_000))


@pytest.fixture
def erp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Erp]:
    with listening(tmp_path) as (found, trusting):
        monkeypatch.setattr(posting, "_trust", lambda: trusting)
        found.replies = [NO]
        yield found


@pytest.fixture
def engine(clock: Clock, erp: Erp) -> Iterator[Engine]:
    with opened_here(clock) as plain:
        text = PROCESS.replace("function: credit.check", f"webhook: https://{erp.host}/credit?by=flow")
        plain.deploy(text, file="asking.yaml")
        yield calling(plain, clock, {erp.host: Webhook(OLD, allow=["127.0.0.1"])})
        assert_sound(plain)


def calling(engine: Engine, clock: Clock, webhooks: dict[str, Webhook]) -> Engine:
    """Another engine on the same store, which posts calls; waits are without chance."""
    return Engine(engine.store, clock=clock, keys=KEYS, webhooks=webhooks, rng=lambda: 0.0)


def start(engine: Engine) -> int:
    return engine.start("asking", {"buyer": "Zhang San", "amount": "12.50"}, by=DESK).or_raise().order_id


def waits_for(engine: Engine, order: int) -> list[str]:
    return [blocker.code for blocker in engine.explain(order, by=DESK)[1].blockers]


def why(engine: Engine, order: int) -> str:
    return engine.explain(order, by=DESK)[1].blockers[0].message("en")


def test_a_call_is_posted_signed_with_what_it_sends_and_its_answer_fills_the_field(
    engine: Engine, erp: Erp, clock: Clock
) -> None:
    order = start(engine)
    assert engine.deliver().sent == 1
    ((headers, body),) = erp.asked
    ((parcel, _),) = engine.parcels().items
    assert headers["webhook-id"] == parcel.key
    at = datetime.fromtimestamp(clock.now / 1_000, UTC).isoformat(timespec="milliseconds")
    assert Reference(OLD).verify(body, headers) == {
        "type": "call.check_credit",
        "timestamp": at,
        "data": {"number": "A001", "buyer": "Zhang San", "amount": "12.5"},
    }
    assert parcel.endpoint == f"webhook https://{erp.host}"
    assert engine.order(order, by=DESK).order.fields["overdue"] is False


def test_what_is_down_is_asked_again_under_the_same_id(engine: Engine, erp: Erp, clock: Clock) -> None:
    erp.replies = [(503, b""), YES]
    order = start(engine)
    assert engine.deliver().retried == 1
    clock.now += MINUTE
    assert engine.deliver().sent == 1
    first, second = erp.asked
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])
    assert engine.order(order, by=DESK).order.fields["overdue"] is True


def test_who_asks_for_time_is_given_it(engine: Engine, erp: Erp, clock: Clock) -> None:
    erp.replies, erp.wait = [(429, b"")], "3600"
    start(engine)
    assert engine.deliver().next_at == clock.now + 60 * MINUTE


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_who_refuses_is_not_asked_again(engine: Engine, erp: Erp, status: int) -> None:
    erp.replies = [(status, b"Zhang San is not welcome")]
    order = start(engine)
    assert engine.deliver().dead == 1
    assert waits_for(engine, order)[0] == "call_failed"
    assert f"HTTP {status}" in why(engine, order)
    assert "welcome" not in why(engine, order)


@pytest.mark.parametrize("status", [301, 307, 408, 425, 500, 502, 504])
def test_who_may_take_it_later_is_asked_again(engine: Engine, erp: Erp, status: int) -> None:
    erp.replies = [(status, b"")]
    start(engine)
    assert engine.deliver().retried == 1


UNUSABLE = {
    "no JSON": (b"<html>ok</html>", "no JSON"),
    "nothing": (b"", "no JSON"),
    "no number": (b'{"overdue": NaN}', "no JSON"),
    "deep": (b"[" * 50_000, "no JSON"),
    "endless": (b'"' + b"x" * (LONGEST_ANSWER - 1) + b'"', "longer than 64 KB"),
    "something else": (b'{"due": 1}', "no result.overdue"),
    "another type": (b'{"overdue": "\\ud800"}', "overdue"),
}


@pytest.mark.parametrize("unusable", UNUSABLE)
def test_an_answer_that_cannot_be_used_is_a_failure_that_says_why(
    engine: Engine, erp: Erp, unusable: str
) -> None:
    body, said = UNUSABLE[unusable]
    erp.replies = [(200, body)]
    order = start(engine)
    engine.deliver()
    assert waits_for(engine, order)[0] == "call_failed"
    assert said in why(engine, order)
    assert len(erp.asked) == 1


def test_an_answer_that_comes_late_has_no_second_effect(engine: Engine, erp: Erp) -> None:
    """Somebody else answers while the other system is being asked."""
    order = start(engine)
    erp.meanwhile = lambda: engine.reply(order, "check_credit/1", {"overdue": True}).or_raise()
    assert engine.deliver().sent == 0
    assert [row.state for row, _ in engine.parcels().items] == ["sent"], "by whoever has answered"
    assert len(erp.asked) == 1
    assert engine.order(order, by=DESK).order.fields["overdue"] is True
    assert (
        sum(entry.record["do"]["verb"] == "answered" for entry in engine.history(order, by=DESK).items) == 1
    )


def test_a_host_that_was_not_named_is_never_called_and_costs_no_attempt(
    engine: Engine, erp: Erp, clock: Clock
) -> None:
    order = start(engine)
    other = calling(engine, clock, {"erp.example.com": Webhook(OLD, allow=["127.0.0.1"])})
    for _ in range(9):
        assert other.deliver().retried == 1
        clock.now += MINUTE
    ((parcel, _),) = engine.parcels().items
    assert (parcel.attempts, parcel.error) == (0, f"no_host: {erp.host}")
    assert erp.asked == []
    assert engine.deliver().sent == 1
    assert engine.order(order, by=DESK).order.fields["overdue"] is False


def test_an_inner_address_that_was_not_allowed_is_never_called(
    engine: Engine, erp: Erp, clock: Clock
) -> None:
    order = start(engine)
    assert calling(engine, clock, {erp.host: Webhook(OLD)}).deliver().dead == 1
    assert "inner network" in why(engine, order)
    assert erp.asked == []


def test_nothing_of_a_private_value_stands_in_the_parcel(engine: Engine, erp: Erp) -> None:
    start(engine)
    engine.deliver()
    assert "Zhang San" in json.loads(erp.asked[0][1])["data"]["buyer"]
    assert all("Zhang San" not in str(row) for row, _ in engine.parcels().items)
