"""Endpoints on this machine that do what endpoints do: fail, dawdle, pour, redirect, lie."""

from __future__ import annotations

import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_TAKEN: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
_ANSWERS: Final = {
    "good": _TAKEN,
    "error": b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
    "gone": b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
    "busy": b"HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n",
    "busy_until": b"HTTP/1.1 503 No\r\nRetry-After: Wed, 13 May 2026 04:00:00 GMT\r\n"
    b"Content-Length: 0\r\n\r\n",
    "redirect": b"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:1/secret\r\nContent-Length: 0\r\n\r\n",
    "garbage": b"\x00\x01\x02 no HTTP at all\r\n\r\n",
    "hangs_up": b"",
    "huge_header": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    "lies": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort",
}
DRIPS: Final = {"slow_head": b"HTTP/1.1 200 OK\r\nX-A: 1\r\n", "slow_body": b"HTTP/1.1 200 OK\r\n\r\n"}
SILENT: Final = "silent"
ENDLESS: Final = "endless"
EVIL: Final = (*(name for name in _ANSWERS if name != "good"), *DRIPS, SILENT, ENDLESS)


class Endpoint:
    """One server; `behaviour` is a word of the tables above. `poured` counts what it was able to send."""

    def __init__(self, behaviour: str) -> None:
        self.behaviour = behaviour
        self.requests: list[bytes] = []
        self.poured: Counter[str] = Counter()
        self.last = 0.0
        self._over = Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.behaviour}"

    def close(self) -> None:
        self._over.set()
        self._socket.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, suppress(OSError, ssl.SSLError):
            self.requests.append(_request(line))
            self.last = monotonic()
            if self.behaviour in _ANSWERS:
                line.sendall(_ANSWERS[self.behaviour])
            elif self.behaviour in DRIPS:
                line.sendall(DRIPS[self.behaviour])
                while not self._over.wait(0.02):
                    line.sendall(b"x")
            elif self.behaviour == ENDLESS:
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
                while not self._over.is_set():
                    line.sendall(b"x" * 65_536)
                    self.poured["bytes"] += 65_536
            else:
                self._over.wait(30)


def _request(line: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(each.split(b":")[1]) for each in head.split(b"\r\n") if each.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += line.recv(65_536)
    return head + b"\r\n\r\n" + body


@contextmanager
def endpoints(*behaviours: str) -> Iterator[dict[str, Endpoint]]:
    """Endpoints by what they do."""
    found = {each: Endpoint(each) for each in behaviours}
    try:
        yield found
    finally:
        for each in found.values():
            each.close()


def certificate(folder: Path, name: x509.GeneralName) -> Path:
    """A certificate for a host, with its key in the same file; nobody else vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a host of the tests")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([name]), critical=False)
    signed = made.sign(key, hashes.SHA256())
    path = folder / "both.pem"
    no_password = serialization.NoEncryption()
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
    path.write_bytes(key.private_bytes(*form) + signed.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def secured(folder: Path, name: str) -> Iterator[str]:
    """The URL of an endpoint with TLS, with a certificate for `name` that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder, x509.DNSName(name)))
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def greet() -> None:
            with suppress(OSError):
                line, _ = plain.accept()
                with line, context.wrap_socket(line, server_side=True):
                    raise AssertionError("somebody trusted it")

        Thread(target=greet, daemon=True).start()
        yield f"https://127.0.0.1:{plain.getsockname()[1]}/"
