"""Mail arrives as it was written, with no header that somebody smuggled in; refusals tell no addresses."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flowengine import WrongInput
from flowengine.delivery.carrier import NotSent
from flowengine.delivery.channels.mail import Mail
from flowengine.delivery.dispatch import Dispatch

NOTE = Dispatch(
    "msg_abc",
    "customer",
    "zhang@example.com",
    "parcels",
    "P001",
    "shipped",
    "tell",
    "订单 P001",
    "已发货\n",
    0,
    0,
)
HEADERS = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "content-type", "mime-version",
    "content-transfer-encoding",
}  # fmt: skip


class Box:
    """Takes mail, and refuses who is called so."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("nobody"):
            return "550 <nobody@example.com> is unknown here"
        if address.startswith("full"):
            return "452 <full@example.com> has no room"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture(scope="module")
def box() -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=20)
    server.start()
    try:
        yield box, port
    finally:
        server.stop()


def mail(port: int) -> Mail:
    return Mail("127.0.0.1", "orders@example.com", name="订单部", port=port, security="none")


def test_a_mail_arrives_as_it_was_written(box: tuple[Box, int]) -> None:
    mail(box[1]).send(NOTE)
    envelope = box[0].taken[-1]
    letter = message_from_bytes(envelope.content, policy=default)
    assert isinstance(letter, EmailMessage)
    assert envelope.rcpt_tos == ["zhang@example.com"]
    assert (letter["Subject"], letter["To"]) == ("订单 P001", "zhang@example.com")
    assert letter["From"] == "订单部 <orders@example.com>"
    assert letter["Message-ID"] == "<msg_abc@example.com>"
    assert letter.get_content().splitlines() == ["已发货"]


@pytest.mark.parametrize(
    ("address", "why", "final"),
    [
        ("nobody@example.com", "recipient_refused: 550", True),
        ("full@example.com", "recipient_refused: 452", False),
        ("no address", "no_mailbox", True),
        ("a@example.com, b@example.com", "no_mailbox", True),
        ("a@example.com\r\nBcc: b@example.com", "no_mailbox", True),
        ("a\u2028b@example.com", "no_mailbox", True),
        ("<a@example.com>", "no_mailbox", True),
        ("", "no_mailbox", True),
        ("@example.com", "no_mailbox", True),
    ],
)
def test_what_the_server_or_mail_itself_refuses(
    box: tuple[Box, int], address: str, why: str, final: bool
) -> None:
    with pytest.raises(NotSent) as refused:
        mail(box[1]).send(replace(NOTE, address=address))
    assert (refused.value.why, refused.value.final) == (why, final)


def test_a_server_that_is_not_there_is_asked_again() -> None:
    with pytest.raises(NotSent, match="no_mail_server") as refused:
        mail(1).send(NOTE)
    assert not refused.value.final


class Dawdler:
    """A mail server that answers as it should up to a point, and from there sends a sign now and then."""

    ANSWERS = ("220 here", "250 hello", "250 from", "250 to", "354 go on", "250 taken", "221 bye")

    def __init__(self, good: int) -> None:
        self._good, self._over = good, Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._over.set()
        self._socket.close()

    def _serve(self) -> None:
        line, _ = self._socket.accept()
        with line, suppress(OSError):
            for number, said in enumerate(self.ANSWERS):
                if number >= self._good:
                    while not self._over.wait(0.02):
                        line.sendall(b"2")
                line.sendall(said.encode() + b"\r\n")
                while data := line.recv(65_536):
                    if number != 4 or data.endswith(b"\r\n.\r\n"):
                        break


@pytest.mark.parametrize("good", range(6), ids=lambda good: Dawdler.ANSWERS[good])
def test_a_server_that_dawdles_is_cut_and_asked_again(good: int) -> None:
    server, began = Dawdler(good), monotonic()
    try:
        channel = Mail("127.0.0.1", "a@b.c", port=server.port, security="none", patience=0.1)
        with pytest.raises(NotSent, match="no_answer_in_time") as refused:
            channel.send(NOTE)
    finally:
        server.close()
    assert not refused.value.final
    assert monotonic() - began < 3


def test_what_was_taken_is_taken_whatever_the_server_says_to_the_goodbye() -> None:
    server = Dawdler(len(Dawdler.ANSWERS) - 1)
    try:
        Mail("127.0.0.1", "a@b.c", port=server.port, security="none", patience=0.1).send(NOTE)
    finally:
        server.close()


@settings(max_examples=300)
@given(subject=st.text(max_size=60), text=st.text(max_size=60), address=st.text(max_size=30))
@example("a\r\nBcc: x@y.z", "\r\n.\r\nRSET", "a@b.c\nBcc: x@y.z")
@example("=?utf-8?q?=0D=0ABcc:_x@y.z?=", "From x", "a@b.c")
def test_no_header_is_smuggled_in(subject: str, text: str, address: str) -> None:
    """Either the mail has our headers and no other, or there is none."""
    channel = Mail("mail.example.com", "orders@example.com")
    try:
        letter = channel._letter(replace(NOTE, subject=subject, text=text, address=address))
        wire = letter.as_bytes()
    except NotSent:
        return
    read = message_from_bytes(wire, policy=default)
    assert {name.lower() for name in read.keys()} <= HEADERS  # noqa: SIM118 - a message is no dict
    assert len(read.get_all("To")) == len(read.get_all("Subject")) == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"sender": "a\r\nb"}, "NAME@HOST"),
        ({"sender": "x"}, "NAME@HOST"),
        ({"security": "none"}, "unprotected"),
    ],
)
def test_what_a_channel_cannot_be_made_of(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(WrongInput, match=why):
        Mail(**{"host": "mail.example.com", "sender": "orders@example.com", **wrong})
