"""A channel for trying: each message becomes a line of JSON in a file, or goes to the log."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from os import W_OK, access
from pathlib import Path
from threading import Lock
from typing import Final

from flowengine.delivery.carrier import NotSent
from flowengine.delivery.dispatch import Dispatch
from flowengine.disk import add
from flowengine.errors import WrongInput

_LOG: Final = logging.getLogger("flowengine.courier")


class File:
    """Adds messages to a file, one on each line. Raises WrongInput where it cannot be written."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        there = self._path if self._path.exists() else self._path.parent
        if self._path.is_dir() or not there.exists() or not access(there, W_OK):
            raise WrongInput(
                f"no line can be added to {self._path}: name a file in a folder that may be written"
            )
        self._turn = Lock()

    def endpoint(self, address: str) -> str:  # noqa: ARG002 - all of them go to the file
        """The file."""
        return f"file {self._path.name}"

    def send(self, dispatch: Dispatch) -> None:
        """Add a line. Raises NotSent where the file cannot be written."""
        line = json.dumps(asdict(dispatch), ensure_ascii=False)
        try:
            with self._turn, self._path.open("ab", buffering=0) as file:
                add(file, f"{line}\n".encode(), at_once=False)
        except OSError as error:
            raise NotSent("no_file", error.strerror or type(error).__name__) from None


class Log:
    """Says in the log that something would have been sent; never to which address, nor what."""

    def endpoint(self, address: str) -> str:  # noqa: ARG002 - all of them go to the log
        """The log."""
        return "log"

    def send(self, dispatch: Dispatch) -> None:
        """Log it."""
        _LOG.info(
            "%s to %s about %s: %s",
            dispatch.key,
            dispatch.to,
            dispatch.number,
            dispatch.message or dispatch.about,
        )
