"""Events over HTTP: only what is signed comes in, once, and its sender learns nothing of the orders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import httpx
import pytest
from standardwebhooks import Webhook

from flowengine import WrongInput
from flowengine.delivery.signing import key_of, signed
from flowengine.web import intake
from flowengine.web.intake import LARGEST
from tests.kernel.desk import NOON
from tests.runtime.shop import DESK, Shop, opened
from tests.runtime.test_events import PARCELS
from tests.web.browser import Browser

OLD: Final = "whsec_" + "b2xk" * 8
NEW: Final = "whsec_" + "bmV3" * 8
SCAN: Final = {"parcel": "P1", "scan": "s1", "place": "Wuhan"}
PATH: Final = "/events/parcel/scan"


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(PARCELS, path=":memory:") as shop:
        shop.engine.start("parcel", {"waybill": "P1"}, by=DESK)
        yield shop


def send(
    shop: Shop,
    said: Any = SCAN,
    *,
    path: str = PATH,
    secret: str = NEW,
    id: str = "msg_1",
    late: int = 0,
    **headers: str,
) -> httpx.Response:
    """What comes back for a body that the reference library has signed."""
    body = said if isinstance(said, str) else json.dumps(said)
    at = datetime.fromtimestamp(NOON / 1000 - late, UTC)
    sign = Webhook(secret).sign(id, at, body)
    standard = {
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    app = intake(shop.engine, [OLD, NEW], processes=["parcel", "gone"], clock=lambda: NOON)
    raw = {name: value.encode("latin-1") for name, value in standard.items()}
    return Browser(app).ask("POST", path, content=body.encode(), headers=raw)


def codes(answer: httpx.Response) -> list[str]:
    return [each["code"] for each in answer.json()["errors"]]


def test_our_signatures_are_byte_for_byte_those_of_the_reference() -> None:
    body = '{"place": "武汉"}'
    sign = Webhook(NEW).sign("msg_1", datetime.fromtimestamp(NOON / 1000, UTC), body)
    assert signed([key_of(NEW)], "msg_1", NOON, body.encode())["webhook-signature"] == sign


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_each_of_the_secrets_opens(shop: Shop, secret: str) -> None:
    answer = send(shop, secret=secret)
    assert (answer.status_code, answer.json()) == (200, {"state": "taken", "repeated": False})
    assert send(shop, secret=secret).json() == {"state": "taken", "repeated": True}


def test_the_id_of_a_webhook_is_the_key_where_the_process_names_none(shop: Shop) -> None:
    said = {"parcel": "P1", "grams": 7}
    first, again, other = (
        send(shop, said, path="/events/parcel/scale", id=id) for id in ("msg_1", "msg_1", "msg_2")
    )
    assert [each.json()["repeated"] for each in (first, again, other)] == [False, True, False]


def test_what_finds_no_order_is_accepted_and_waits(shop: Shop) -> None:
    answer = send(shop, {**SCAN, "parcel": "P9"})
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert (
        send(shop, {"parcel": "P8", "place": "x"}, path="/events/parcel/found").json()["state"] == "created"
    )


@pytest.mark.parametrize(
    "how",
    [
        {"secret": "whsec_" + "aGV4" * 8},
        {"webhook_signature": "v1,AAAA"},
        {"webhook_signature": "v1,\u00e9"},
        {"webhook_signature": ""},
        {"webhook_id": "msg_2"},
        {"webhook_id": ""},
        {"webhook_timestamp": "1"},
        {"webhook_timestamp": "soon"},
        {"late": 301},
        {"late": -301},
    ],
    ids=lambda how: "-".join(map(str, how)),
)
def test_what_is_not_signed_now_and_for_this_is_refused(shop: Shop, how: dict[str, Any]) -> None:
    answer = send(shop, **how)
    assert (answer.status_code, codes(answer)) == (401, ["not_signed"])
    assert shop.engine.order(1, by=DESK).order.fields.get("place") is None


@pytest.mark.parametrize(
    ("said", "path", "status", "wrong"),
    [
        ("[]", PATH, 400, ["no_record"]),
        ("{", PATH, 400, ["no_record"]),
        ("[" * 100_000, PATH, 400, ["no_record"]),
        ('{"parcel": NaN}', PATH, 400, ["no_record"]),
        ('{"parcel": 1e99999999999999999999}', PATH, 400, ["no_record"]),
        ('{"\\ud800": 1}', PATH, 400, ["no_record"]),
        ("x" * (LARGEST + 1), PATH, 413, ["too_large"]),
        (SCAN, "/events/gone/scan", 404, ["no_process"]),
        (SCAN, "/events/other/scan", 404, ["no_process"]),
        (SCAN, "/events/parcel/scn", 404, ["no_such_event"]),
        ({"parcle": "P1"}, PATH, 422, ["no_such_datum", "missing_datum", "missing_datum", "missing_datum"]),
    ],
    ids=[
        "list",
        "torn",
        "deep",
        "NaN",
        "vast",
        "half a character",
        "large",
        "not deployed",
        "not for it",
        "event",
        "data",
    ],
)
def test_what_is_wrong_is_said(shop: Shop, said: Any, path: str, status: int, wrong: list[str]) -> None:
    answer = send(shop, said, path=path)
    assert (answer.status_code, codes(answer)) == (status, wrong)


def test_it_is_said_in_the_language_of_the_sender(shop: Shop) -> None:
    answer = send(shop, {**SCAN, "scan": None}, accept_language="zh-CN")
    assert "缺少数据" in answer.json()["errors"][0]["message"]
    assert answer.headers["content-language"] == "zh"


@pytest.mark.parametrize("secrets", [[], ["whsec_x"]], ids=["none", "short"])
def test_without_a_secret_there_is_no_intake(shop: Shop, secrets: list[str]) -> None:
    with pytest.raises(WrongInput):
        intake(shop.engine, secrets)
