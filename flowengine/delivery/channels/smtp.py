"""A connection to a mail server that is cut when its time is over, however slowly the server speaks."""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
from contextlib import suppress
from threading import Event, Timer
from typing import Final

_READY: Final = 220


class Server(smtplib.SMTP):
    """A mail server that has greeted us; with `tls`, over TLS from the beginning.

    Each wait takes `patience` seconds at most, and everything `total`. Raises what smtplib raises.
    """

    def __init__(
        self, host: str, port: int, *, patience: float, total: float, tls: ssl.SSLContext | None = None
    ) -> None:
        self._tls = tls
        self._handle: socket.socket | None = None
        self._over = Event()
        self._watch = Timer(total, self._cut)
        self._watch.daemon = True
        super().__init__(timeout=patience)
        self._host = host  # by this name its certificate is checked
        try:
            code, said = self.connect(host, port)
        except BaseException:
            self.close()
            raise
        if code != _READY:
            self.close()
            raise TimeoutError if self.is_over else smtplib.SMTPConnectError(code, said)

    @property
    def is_over(self) -> bool:
        """Whether it was cut."""
        return self._over.is_set()

    def leave(self) -> None:
        """Say goodbye; what has been taken is taken, whatever the server answers to that."""
        with suppress(OSError, smtplib.SMTPException):
            self.quit()

    def close(self) -> None:
        """Give the connection back, at whatever point it is."""
        self._watch.cancel()
        super().close()
        if self._handle:
            self._handle.close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Where smtplib makes its connection, and where its subclass for TLS wraps it."""
        plain = socket.create_connection((host, port), timeout)
        self._handle = socket.socket(fileno=os.dup(plain.fileno()))  # stays good when the other is wrapped
        self._watch.start()
        return self._tls.wrap_socket(plain, server_hostname=host) if self._tls else plain

    def _cut(self) -> None:
        self._over.set()  # first: whoever reads wakes up by the other
        if self._handle:
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)
