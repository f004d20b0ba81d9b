"""Child processes, forked from this one so that a start costs nothing, and killed without a warning."""

from __future__ import annotations

import json
import os
import select
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

Say = Callable[..., None]
"""Tell the parent something. What has been said before a kill is heard after it."""


@dataclass
class Child:
    """A child process, and what it has said so far."""

    pid: int
    pipe: int
    heard: list[Any] = field(default_factory=list)
    _rest: bytes = b""

    def listen(self, seconds: float) -> bool:
        """Take in what the child says, for so long; False when it has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.pipe], [], [], left)[0] and not self.take():
                return False
        return True

    def kill(self) -> list[Any]:
        """End it at once, as a power cut would; everything it said."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def wait(self) -> list[Any]:
        """Let it end by itself; everything it said. Fails when it failed."""
        while self.take():
            pass
        os.close(self.pipe)
        os.waitpid(self.pid, 0)
        for said in self.heard:
            assert said[0] != "failed", said[1]
        return self.heard

    def take(self) -> bool:
        """Wait for what it says next; False when it has ended."""
        data = os.read(self.pipe, 65_536)
        *lines, self._rest = (self._rest + data).split(b"\n")
        self.heard += map(json.loads, lines)
        return bool(data)


def hear(children: Sequence[Child], words: int) -> None:
    """Wait until they have said so much between them."""
    talking = list(children)
    while talking and sum(len(child.heard) for child in children) < words:
        ready = select.select([child.pipe for child in talking], [], [])[0]
        talking = [child for child in talking if child.pipe not in ready or child.take()]


def forked(work: Callable[[Say], None]) -> Child:
    """A child that does `work` and ends. Hand it no open connection: SQLite forbids to carry one across."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # Python 3.12 and later warn where threads are about
        pid = os.fork()
    if pid == 0:
        _be_a_child(writing, work)
    os.close(writing)
    return Child(pid, reading)


def _be_a_child(writing: int, work: Callable[[Say], None]) -> NoReturn:
    def say(*what: Any) -> None:
        os.write(writing, json.dumps(what).encode() + b"\n")

    try:
        work(say)
    except BaseException:  # noqa: BLE001  the parent's test must not go on in the child
        say("failed", traceback.format_exc())
    os._exit(0)
