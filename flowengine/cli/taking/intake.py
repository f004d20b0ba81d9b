"""A file of orders on its way in: how it is written, what it is, and how far it is read."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from flowengine.cli.trouble import REFUSED, Trouble, unreadable
from flowengine.compiler.plan import Plan
from flowengine.runtime.importing import Format

_CHUNK: Final = 1 << 16


def known_encoding(name: str) -> str:
    """The encoding of that name. Raises Trouble when Python has none for texts."""
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name)
    except (LookupError, ValueError) as error:
        raise Trouble("no_encoding", name) from error
    return name


def known_format(file: Path, given: str | None) -> Format:
    """What a file is: as the user says, or by its ending. Raises Trouble when neither tells."""
    endings: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
    found = given or endings.get(file.suffix.lower())
    if found is None:
        raise Trouble("no_format", file)
    return cast(Format, found)


class Source:
    """The file of an import and how far it is read, in bytes."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self._bytes: IO[bytes] = io.BytesIO()
        self.size = 0

    @property
    def position(self) -> int:
        """The bytes that have been read."""
        return self._bytes.tell()

    @contextmanager
    def lines(self) -> Iterator[IO[str]]:
        """The lines of the file as text. Raises Trouble for one that cannot be read.

        The file is read through once before its first line is given out: where it turns out to be in
        another encoding half way, half of its orders would have been opened.
        """
        with self._opened() as self._bytes:
            self.size = self._bytes.seek(0, io.SEEK_END)
            self._bytes.seek(0)
            self._check()
            self._bytes.seek(0)
            with io.TextIOWrapper(self._bytes, encoding=self._encoding, newline="") as text:
                yield text

    def _opened(self) -> IO[bytes]:
        try:
            return self._path.open("rb") if self._path.is_file() else io.BytesIO(self._path.read_bytes())
        except OSError as error:
            raise unreadable(self._path, error) from error

    def _check(self) -> None:
        """Raise Trouble at the first line that is not in the encoding."""
        decoder = codecs.getincrementaldecoder(self._encoding)()
        line = 1
        try:
            while chunk := self._bytes.read(_CHUNK):
                line += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            before = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
            line += before.decode(self._encoding, "ignore").count("\n")
            raise Trouble("undecodable", f"{self._path}:{line}", encoding=self._encoding) from error


def known_channel(plan: Plan, channel: str | None) -> str | None:
    """The channel, if the process has it. Raises Trouble with those that it has."""
    if channel is not None and channel not in plan.channels:
        known = list(plan.channels) or ["–"]
        raise Trouble("no_channel", channel, exit_code=REFUSED, process=plan.process, known=known)
    return channel
