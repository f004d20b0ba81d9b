"""Apprise sends to the services that were named, and to no others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from flowengine import WrongInput
from flowengine.delivery.carrier import NotSent
from flowengine.delivery.channels.apprise import Apprise
from tests.delivery.evil import endpoints
from tests.delivery.test_webhooks import dispatch_to

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")


def test_a_message_goes_to_the_service() -> None:
    with endpoints("good") as found:
        Apprise(["json"]).send(dispatch_to(found["good"].url.replace("http:", "json:")))
    (request,) = found["good"].requests
    body = json.loads(request.partition(b"\r\n\r\n")[2])
    assert (body["title"], body["message"]) == ("S", "订单")


def test_a_service_that_refuses_is_asked_again() -> None:
    with endpoints("error") as found, pytest.raises(NotSent, match="service_refused") as refused:
        Apprise(["json"]).send(dispatch_to(found["error"].url.replace("http:", "json:")))
    assert not refused.value.final


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1/", "syslog://", "wecombot", "nothing://x", "wecombot://"]
)
def test_no_other_service_is_spoken_to(address: str) -> None:
    with pytest.raises(NotSent, match="no_service") as refused:
        Apprise(["wecombot"]).send(replace(dispatch_to(""), address=address))
    assert refused.value.final


def test_the_name_of_an_endpoint_tells_no_secret() -> None:
    channel = Apprise(["wecombot://"])
    names = {channel.endpoint(f"wecombot://{key}") for key in ("a1b2c3d4", "e5f6")}
    assert len(names) == 2
    assert not any("a1b2c3d4" in name or "e5f6" in name for name in names)


def test_without_schemes_there_is_no_channel() -> None:
    with pytest.raises(WrongInput, match="name the schemes"):
        Apprise([])
