"""A client of yaml-language-server: the real one, as a process, spoken to over stdin and stdout.

It knows just enough of the Language Server Protocol to open texts and to ask about places in them. Columns
are in UTF-16 units, as the protocol has them.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Final, NamedTuple

PATIENCE: Final = 30.0
"""Seconds after which an answer does not come any more."""
_CAPABILITIES: Final = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}
_SETTINGS: Final = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}


class Place(NamedTuple):
    """A line and a column of a text, both from 0."""

    line: int
    character: int


class Problem(NamedTuple):
    """What an editor underlines, and what it says there."""

    start: Place
    end: Place
    message: str


class LanguageServer:
    """One server for many texts; each text is opened under a name of its own."""

    def __init__(self, command: Sequence[str], folder: Path, schemas: Mapping[str, list[str]]) -> None:
        """Start it in `folder`. `schemas` is what a user sets: files of which names follow which schema."""
        self._folder = folder
        self._settings = {"yaml": {**_SETTINGS, "schemas": dict(schemas)}, "[yaml]": {"editor.tabSize": 2}}
        self._answers: dict[int, Queue[Any]] = {}
        self._told: dict[str, Queue[Any]] = {}
        self._process = subprocess.Popen(
            [*command, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        self._writing = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        workspace = [{"uri": folder.as_uri(), "name": "desk"}]
        whole = {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": workspace}
        self._ask("initialize", {**whole, "capabilities": _CAPABILITIES})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})

    def close(self) -> None:
        """Ask it to end, and make sure that it does."""
        with suppress(OSError, TimeoutError):
            self._ask("shutdown", None)
            self._tell("exit", None)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in filter(None, (self._process.stdin, self._process.stdout)):
            stream.close()

    def show(self, name: str, text: str) -> str:
        """Open a text as the file `name`; returns its address."""
        uri = (self._folder / name).as_uri()
        self._told[uri] = Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def problems(self, uri: str) -> list[Problem]:
        """What the server finds in a text, in the order of the text. May be asked once for each text."""
        found = self._next(self._told[uri], f"diagnostics of {uri}")["diagnostics"]
        return sorted(
            Problem(*(Place(**each["range"][end]) for end in ("start", "end")), each["message"])
            for each in found
        )

    def completions(self, uri: str, place: Place) -> list[dict[str, Any]]:
        """What the server proposes at a place."""
        answer = self._ask("textDocument/completion", _at(uri, place))
        return list(answer["items"] if isinstance(answer, dict) else answer or [])

    def hover(self, uri: str, place: Place) -> str:
        """What the server says of the word at a place, in Markdown; empty if nothing."""
        answer = self._ask("textDocument/hover", _at(uri, place))
        return str(answer["contents"]["value"]) if answer else ""

    def _ask(self, method: str, params: Any) -> Any:
        number = len(self._answers)
        self._answers[number] = Queue()
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        answer = self._next(self._answers[number], method)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def _next(self, queue: Queue[Any], wanted: str) -> Any:
        try:
            return queue.get(timeout=PATIENCE)
        except Empty:
            raise TimeoutError(f"the language server says nothing: {wanted}") from None

    def _write(self, message: Any) -> None:
        body = json.dumps(message).encode()
        stream = self._process.stdin
        assert stream is not None
        with self._writing:  # the reader answers questions of the server
            stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            stream.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            while stream.readline().strip():
                pass  # other headers
            self._take(json.loads(stream.read(int(header.split(b":")[1]))))

    def _take(self, message: Any) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]].put(message)
        elif "id" in message:
            asked = message["params"]["items"] if method == "workspace/configuration" else ()
            settings = [self._settings.get(item.get("section")) for item in asked]
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": settings or None})
        elif method == "textDocument/publishDiagnostics" and message["params"]["uri"] in self._told:
            self._told[message["params"]["uri"]].put(message["params"])


def _at(uri: str, place: Place) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": place._asdict()}
