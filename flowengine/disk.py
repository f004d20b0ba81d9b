"""Files of a user, written whole or not at all: on a full disk what stood there stays, and nothing half."""

from __future__ import annotations

import os
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Final

_ANYBODY: Final = 0o666


def put(path: Path, content: bytes) -> None:
    """Write `content` in the place of what stood there, in the same file. Raises OSError."""
    there = Path(os.path.realpath(path))
    if not there.exists():
        make(there, content)
    elif there.is_file():
        with there.open("r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            add(file, bytes(max(len(content) - size, 0)))  # room for all of it, before anything is lost
            file.seek(0)
            _write(file, content)
            file.truncate()
    else:
        there.write_bytes(content)  # a pipe or a device


def make(path: Path, content: bytes, *, mode: int = _ANYBODY) -> None:
    """Write a new file. Raises OSError; FileExistsError where there is one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with FileIO(descriptor, "w") as file:
            _write(file, content)
            os.fsync(descriptor)
    except OSError:
        path.unlink()
        raise


def add(file: FileIO, content: bytes, *, at_once: bool = True) -> None:
    """Add to the end of a file; where it does not fit, the file stays as long as it was, unless somebody else
    has added to it meanwhile. `at_once` waits until the disk has it. Raises OSError.
    """
    size, written = file.seek(0, os.SEEK_END) if file.seekable() else None, 0
    try:
        while written < len(content):
            written += _some(file, content[written:])
        if at_once:
            os.fsync(file.fileno())
    except OSError:
        if size is not None and file.seek(0, os.SEEK_END) == size + written:
            with suppress(OSError):  # of a device, which is always full
                file.truncate(size)
        raise


def _write(file: FileIO, content: bytes) -> None:
    written = 0
    while written < len(content):
        written += _some(file, content[written:])


def _some(file: FileIO, content: bytes) -> int:
    """Write as much of it as finds room; how much that was."""
    return file.write(content)
