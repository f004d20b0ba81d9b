"""Posting to a URL over a connection that goes to the address which was looked at, and nowhere else.

Nothing is followed, nothing is read from the environment, and neither a slow nor an endless answer takes
longer than its time. Why with the standard library alone: docs/decisions/0050.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Timer
from typing import Final
from urllib.parse import urlunsplit

from flowengine.delivery.carrier import NotSent
from flowengine.delivery.guard import Target

LONGEST_ANSWER: Final = 64 * 1024
_GOOD: Final = range(200, 300)
_GONE: Final = 410
_TOO_MANY: Final = 429
_UNAVAILABLE: Final = 503
_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for the connection, for each piece of the answer, and for everything together."""

    connect: float = 5.0
    read: float = 10.0
    total: float = 20.0


PATIENCE: Final = Patience()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status and at most 64 KB of the body; `wait` are milliseconds that it asks for."""

    status: int
    body: bytes
    wait: int = 0


def post(
    target: Target, headers: Mapping[str, str], body: bytes, *, now: int, patience: Patience = PATIENCE
) -> Answer:
    """Post a body; whatever comes back is an answer. Raises NotSent where none comes."""
    try:
        with _connected(target, patience) as (line, is_over):
            line.request(
                "POST", _path(target), body, {"Host": _host(target), "Accept-Encoding": "identity", **headers}
            )
            with line.getresponse() as response:
                return _answer(response, now, is_over)
    except ssl.SSLCertVerificationError:
        raise NotSent("bad_certificate") from None
    except ssl.SSLError:
        raise NotSent("not_secure") from None
    except TimeoutError:
        raise NotSent("no_answer_in_time") from None
    except (OSError, HTTPException) as error:
        raise NotSent("no_answer", type(error).__name__) from None


def taken(answer: Answer) -> None:
    """Raise NotSent unless an answer says that what was posted was taken.

    Who sends us elsewhere has not taken it. 410 says that nobody will ever; other errors of ours may be
    mended on the other side.
    """
    if answer.status not in _GOOD:
        raise NotSent("http", answer.status, final=answer.status == _GONE, wait=answer.wait)


@contextmanager
def _connected(target: Target, patience: Patience) -> Iterator[tuple[HTTPConnection, Callable[[], bool]]]:
    """A connection to the address of the target, under the name of its host, and whether its time is over:
    then it is cut.
    """
    plain = socket.create_connection((target.address, target.port), timeout=patience.connect)
    plain.settimeout(patience.read)
    handle = plain.dup()  # stays good when the socket is wrapped
    over = Event()
    watch = Timer(patience.total, _cut, (handle, over))
    watch.daemon = True
    watch.start()
    line = HTTPConnection(target.host, target.port)
    line.sock = plain
    try:
        if target.url.scheme == "https":
            line.sock = _trust().wrap_socket(plain, server_hostname=target.host)
        yield line, over.is_set
    except (OSError, HTTPException):
        if over.is_set():
            raise TimeoutError from None  # whatever it looked like: we cut it
        raise
    finally:
        watch.cancel()
        line.close()
        handle.close()


def _cut(handle: socket.socket, over: Event) -> None:
    over.set()  # first: whoever reads wakes up by the other
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _host(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = {"http": 80, "https": 443}[target.url.scheme]
    return host if target.port == usual else f"{host}:{target.port}"


def _path(target: Target) -> str:
    return urlunsplit(("", "", target.url.path or "/", target.url.query, ""))


def _answer(response: HTTPResponse, now: int, is_over: Callable[[], bool]) -> Answer:
    """Its status, and as much of the body as anybody may need; the rest is never read."""
    if is_over():
        raise TimeoutError  # what looks like the end of the headers is where we cut them
    status = response.status
    wait = _asked(response.getheader("Retry-After", ""), now) if status in (_TOO_MANY, _UNAVAILABLE) else 0
    try:
        body = response.read(LONGEST_ANSWER)
    except (OSError, HTTPException):
        if status in _GOOD:
            raise
        body = b""  # it was refused, whatever else it would have said
    return Answer(status, body, wait)


def _asked(value: str, now: int) -> int:
    """The milliseconds of a Retry-After, in seconds or as a date; 0 for anything else."""
    value = value.strip()
    if value.isascii() and value.isdecimal() and len(value) <= _LONGEST_NUMBER:
        return int(value) * 1_000
    try:
        then = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0
    return max(int(then.replace(tzinfo=then.tzinfo or UTC).timestamp() * 1_000) - now, 0)
