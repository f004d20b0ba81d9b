"""Another system on this machine that takes calls by webhook, over TLS, and answers as it is told."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from cryptography import x509

from tests.delivery.evil import certificate

Reply = tuple[int, bytes]


@dataclass
class Erp:
    """What it was asked, as headers and body, and what it answers in turn; the last answer stays."""

    replies: list[Reply] = field(default_factory=lambda: [(200, b"{}")])
    wait: str = ""
    meanwhile: Callable[[], object] = lambda: None
    asked: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    host: str = ""

    def answer(self, headers: dict[str, str], body: bytes) -> Reply:
        self.asked.append((headers, body))
        self.meanwhile()
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


def _handler(erp: Erp) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, body = erp.answer(headers, self.rfile.read(int(headers["content-length"])))
            self.send_response(status)
            if erp.wait:
                self.send_header("Retry-After", erp.wait)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def listening(folder: Path) -> Iterator[tuple[Erp, ssl.SSLContext]]:
    """The system, and a context that trusts it."""
    path = certificate(folder, x509.IPAddress(ip_address("127.0.0.1")))
    context, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=path)
    context.load_cert_chain(path)
    erp = Erp()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(erp)) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        erp.host = f"127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield erp, trusting
        server.shutdown()
