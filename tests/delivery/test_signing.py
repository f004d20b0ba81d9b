"""Signatures are those of the reference library of Standard Webhooks, byte for byte, and verify with it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook as Reference

from flowengine import WrongInput
from flowengine.delivery.signing import key_of, signed
from flowengine.runtime.ports import new_parcel_key

OLD, NEW = (f"whsec_{base64.b64encode(bytes([n]) * 32).decode()}" for n in (1, 2))


@settings(max_examples=40)
@given(body=st.text(), at=st.integers(0, 4_000_000_000_000))
def test_the_reference_signs_alike(body: str, at: int) -> None:
    key = new_parcel_key()
    ours = signed([key_of(OLD)], key, at, body.encode("utf-8", "replace"))
    sent = datetime.fromtimestamp(at // 1_000, UTC)
    assert ours["webhook-signature"] == Reference(OLD).sign(
        msg_id=key, timestamp=sent, data=body.encode("utf-8", "replace").decode()
    )
    assert (ours["webhook-id"], ours["webhook-timestamp"]) == (key, str(at // 1_000))
    assert "." not in key


def test_while_a_secret_is_changed_both_verify_and_a_bent_body_does_not() -> None:
    body = '{"text":"订单"}'.encode()
    now = int(datetime.now(UTC).timestamp() * 1_000)
    headers = dict(signed([key_of(NEW), key_of(OLD)], "msg_1", now, body))
    for secret in (OLD, NEW):
        assert Reference(secret).verify(body, headers) == {"text": "订单"}
    with pytest.raises(Exception, match="No matching signature"):
        Reference(OLD).verify(body + b" ", headers)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_" + "A" * 400, "hunter2 hunter2"])
def test_a_secret_that_is_none_is_refused_without_being_told(secret: str) -> None:
    with pytest.raises(WrongInput) as refused:
        key_of(secret)
    assert "hunter2" not in str(refused.value)
