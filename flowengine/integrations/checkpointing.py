"""Where checkpoints go: a file that keeps them all, and webhooks that are told each of them.

Used by `flowengine audit` and by schedulers. It keeps nothing of its own and tries nothing twice: the next
checkpoint comes anyway.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPException
from io import FileIO
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from flowengine.disk import add
from flowengine.errors import FlowEngineError, WrongInput
from flowengine.runtime.checkpoints import Checkpoint
from flowengine.runtime.engine import Engine

PATIENCE: Final = 10.0
"""Seconds after which a webhook that does not answer is given up."""
_NEAR: Final = ("localhost", "127.0.0.1", "::1")


class NotPosted(FlowEngineError):
    """A checkpoint was made, and a webhook did not take it: `where`, without its secrets, and `why`."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"the checkpoint was not taken by {where}: {why}")


def is_url(to: str) -> bool:
    """Whether a checkpoint is posted there; else it is added to a file of that name."""
    return "://" in to


def is_safe(url: str) -> bool:
    """Whether nobody on the way can read or bend what is posted there."""
    parts = _parts(url)
    return parts is not None and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _NEAR)
    )


def place_of(url: str) -> str:
    """The host of a URL; the rest of it may be a secret."""
    parts = _parts(url)
    return f"{parts.scheme}://{parts.hostname}" if parts else f"{url.partition('://')[0]}://…"


def _parts(url: str) -> SplitResult | None:
    """The parts of a URL; none where host or port are not written as they must be."""
    try:
        parts = urlsplit(url)
        written = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if written else None


def export(engine: Engine, to: Sequence[str], *, patience: float = PATIENCE) -> Checkpoint:
    """Make a checkpoint, add it to the file and post it to the webhooks of `to`; without a file it is whole.

    Raises WrongInput for a second file, CheckpointRefused where the store contradicts the file, OSError where
    the file cannot be written, and NotPosted at the end where a webhook did not take it; the others have it
    then, and so has the file.
    """
    files = [Path(each) for each in to if not is_url(each)]
    if len(files) > 1:
        named = ", ".join(map(str, files))
        raise WrongInput(f"a checkpoint is added to one file, and these are {len(files)}: {named}")
    made = added(engine, files[0]) if files else engine.checkpoint()
    failed: list[NotPosted] = []
    for url in filter(is_url, to):
        try:
            post(url, made, patience=patience)
        except NotPosted as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return made


def added(engine: Engine, path: Path) -> Checkpoint:
    """The checkpoint after those in a file, added to it whole; no file is begun without one."""
    file, is_new = _alone(path)
    with file:
        try:
            file.seek(0)
            lines = file.readlines()
            made = engine.checkpoint(lines)
            before = b"\n" if lines and not lines[-1].endswith(b"\n") else b""
            add(file, before + made.line().encode() + b"\n")
        except BaseException:
            if is_new and not os.fstat(file.fileno()).st_size:
                path.unlink()
            raise
    return made


def post(url: str, made: Checkpoint, *, patience: float = PATIENCE) -> None:
    """Post a checkpoint as it stands in a file. Only an answer of success counts: whoever sends us elsewhere
    has not taken it. Raises NotPosted.
    """
    where = place_of(url)
    if _parts(url) is None:
        raise NotPosted(where, "host or port of the address are not written as they must be")
    if not is_safe(url):
        raise NotPosted(where, "only https is safe")
    headers = {"Content-Type": "application/json"}
    try:
        request = Request(url, made.line().encode(), headers, method="POST")  # noqa: S310 - looked at above
        with build_opener(_Staying).open(request, timeout=patience):
            return
    except HTTPError as error:
        with error:
            raise NotPosted(where, f"HTTP {error.code}") from None
    except URLError as error:
        raise NotPosted(where, _why(error.reason)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise NotPosted(where, _why(error)) from None


def _why(error: object) -> str:
    """What went wrong, in the system's own words: others may quote the URL, which may be a secret."""
    if isinstance(error, OSError):
        return str(error) or type(error).__name__
    return type(error).__name__ if isinstance(error, Exception) else "it cannot be reached"


class _Staying(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Go nowhere else: what is posted would not come along."""


def _alone(path: Path) -> tuple[FileIO, bool]:
    """The file while nobody else adds to it, and whether it was made for this."""
    while True:
        try:
            file, is_new = path.open("xb+", buffering=0), True
        except FileExistsError:
            file, is_new = path.open("ab+", buffering=0), False
        _lock(file.fileno())
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file, is_new
        file.close()  # who made it has taken it away again, having nothing to add


def _lock(descriptor: int) -> None:
    """Wait for others who add to the file: two checkpoints after the same one would tear the trail."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none; there one job at a time must add to a file
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
