"""How somebody at work is called where heartbeats are kept."""

from __future__ import annotations

import os
import socket


def signature(kind: str) -> str:
    """The kind of worker, its machine and its process: `worker@orders-1:4711`."""
    return f"{kind}@{socket.gethostname()}:{os.getpid()}"
