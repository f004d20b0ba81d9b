"""A network between an engine and PostgreSQL that fails at a chosen moment of a chosen statement.

It reads the messages of the protocol as they pass, and closes a connection before the statement has reached
the server, while it is carried out, or when the server has answered and the engine has not heard it yet.
"""

from __future__ import annotations

import re
import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self

import psycopg
from sqlalchemy.engine import make_url

from tests.postgres import libpq

Moment = Literal["before", "during", "torn", "after"]
"""`before`: the server never sees the statement. `during`: it is passed on, and nobody waits for an answer.
`torn`: the engine hears what came of it, and not that it is over. `after`: the engine hears nothing."""

_BLOCK: Final = 65_536


@dataclass(slots=True)
class Cut:
    """Which statement to cut at, by words that it holds, and at which of its moments; so many times."""

    words: str
    moment: Moment
    times: int = 1
    abrupt: bool = False
    """Whether the connection is reset, instead of closed."""
    skip: int = 0
    """How many such statements are let pass before."""
    stays_down: bool = False
    """Whether the server cannot be reached afterwards."""


@dataclass(slots=True, eq=False)
class _Line:
    """One connection: the engine's end, the server's end, and what is known of what was said."""

    client: socket.socket
    server: socket.socket
    asked: bytes = b""
    answered: bytes = b""
    greeted: bool = False
    statements: dict[bytes, str] = field(default_factory=dict)
    hit: Cut | None = None


class Proxy:
    """Passes on what engine and server say to each other, until a cut that was ordered is due."""

    def __init__(self, place: str) -> None:
        self._server = _address(place)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ending, self._told = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._selector.register(self._told, selectors.EVENT_READ)
        self._lines: dict[socket.socket, _Line] = {}
        self._ordered: Cut | None = None
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self.cuts = 0
        """How many connections were cut as ordered."""
        self._is_down = False
        self.url = (
            make_url(place)
            .set(host="127.0.0.1", port=self._listening.getsockname()[1], query={})
            .update_query_dict({"sslmode": "disable", "gssencmode": "disable"})
            .render_as_string(hide_password=False)
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.send(b".")
        self._thread.join()

    @contextmanager
    def cutting(self, cut: Cut) -> Iterator[None]:
        """Cut as ordered as long as the block."""
        self._ordered = cut
        try:
            yield
        finally:
            self._ordered, self._is_down = None, False

    def _run(self) -> None:
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._told:
                    return self._close()
                if key.fileobj is self._listening:
                    self._accept()
                elif (line := self._lines.get(key.fileobj)) is not None:  # type: ignore[call-overload]
                    self._pass_on(line, key.fileobj is line.client)

    def _accept(self) -> None:
        client, _ = self._listening.accept()
        if self._is_down:
            client.close()
            return
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        family, address = self._server
        server = socket.socket(family)
        server.connect(address)
        line = _Line(client, server)
        for end in (client, server):
            self._lines[end] = line
            self._selector.register(end, selectors.EVENT_READ)

    def _pass_on(self, line: _Line, asked: bool) -> None:
        try:
            data = (line.client if asked else line.server).recv(_BLOCK)
            goes_on = bool(data) and (self._from_engine if asked else self._from_server)(line, data)
        except OSError:
            goes_on = False
        if not goes_on:
            self._hang_up(line)

    def _from_engine(self, line: _Line, data: bytes) -> bool:
        """Pass on whole messages; False when the connection is to end."""
        line.asked += data
        if not line.greeted:  # the first message alone has no kind
            if len(line.asked) < 4 or len(line.asked) < (length := struct.unpack("!I", line.asked[:4])[0]):
                return True
            line.server.sendall(line.asked[:length])
            line.asked, line.greeted = line.asked[length:], True
        messages, line.asked = _messages(line.asked)
        ends = False
        for kind, message in messages:
            if line.hit is None and self._is_wanted(line, kind, message):
                line.hit = self._ordered
            ends |= line.hit is not None and kind in b"SQ"
        if line.hit is not None and line.hit.moment == "before":
            return self._cut(line)
        line.server.sendall(b"".join(message for _, message in messages))
        return self._cut(line) if ends and line.hit is not None and line.hit.moment == "during" else True

    def _from_server(self, line: _Line, data: bytes) -> bool:
        """Pass on what the server says; False when the connection is to end."""
        if line.hit is None:
            line.client.sendall(data)
            return True
        line.answered += data
        messages, _ = _messages(line.answered)
        if not any(kind == b"Z" for kind, _ in messages):
            return True
        if line.hit.moment == "torn":
            line.client.sendall(b"".join(message for kind, message in messages if kind != b"Z"))
        return self._cut(line)

    def _is_wanted(self, line: _Line, kind: bytes, message: bytes) -> bool:
        """Whether a statement that is to be cut is carried out with this message."""
        text = ""
        if kind == b"P":
            name, said, _ = message[5:].split(b"\0", 2)
            line.statements[name] = said.decode()
        elif kind == b"B":
            text = line.statements[message[5:].split(b"\0", 2)[1]]
        elif kind == b"Q":
            text = message[5:-1].decode()
        ordered = self._ordered
        if ordered is None or not ordered.times or not re.search(rf"\b{ordered.words}\b", text):
            return False
        ordered.skip -= 1
        return ordered.skip < 0

    def _cut(self, line: _Line) -> Literal[False]:
        assert line.hit is not None
        line.hit.times -= 1
        self.cuts += 1
        self._is_down = line.hit.stays_down
        if line.hit.abrupt:
            line.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    def _hang_up(self, line: _Line) -> None:
        for end in (line.client, line.server):
            del self._lines[end]
            self._selector.unregister(end)
            end.close()

    def _close(self) -> None:
        for line in set(self._lines.values()):
            self._hang_up(line)
        self._selector.close()
        for each in (self._listening, self._ending, self._told):
            each.close()


def _messages(data: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The whole messages, each with its kind, and the beginning of the next one."""
    found = []
    while len(data) >= 5 and len(data) > (length := struct.unpack("!I", data[1:5])[0]):
        found.append((data[:1], data[: length + 1]))
        data = data[length + 1 :]
    return found, data


def _address(place: str) -> tuple[socket.AddressFamily, Any]:
    """Where the server of a URL listens."""
    with psycopg.connect(libpq(place)) as connection:
        host, port = connection.info.host, connection.info.port
    if host.startswith("/"):
        return socket.AF_UNIX, f"{host}/.s.PGSQL.{port}"
    return socket.AF_INET, (host, port)
