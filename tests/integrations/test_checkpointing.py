"""Checkpoints go to a file and to webhooks; what a webhook does not take is told, and the file has it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import flowengine
from flowengine import Engine, Principal
from flowengine.errors import CheckpointRefused, WrongInput
from flowengine.integrations.checkpointing import NotPosted, export, place_of

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
roles: {desk: {}}
stages: {review: {owner: desk, needs: {seen: check}, next: closed}}
"""


@dataclass
class Outside:
    """An auditor's server: what it was told, and how it answers."""

    url: str = ""
    answers: int = 204
    waits: float = 0
    told: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Outside]:
    outside = Outside()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            outside.told.append((self.headers["Content-Type"], said))
            time.sleep(outside.waits)
            self.send_response(outside.answers)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    outside.url = f"http://127.0.0.1:{server.server_address[1]}/roots?token=secret"
    yield outside
    server.shutdown()
    server.server_close()


@pytest.fixture
def outside() -> Iterator[Outside]:
    with listening() as found:
        yield found


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "deal.yaml").write_text(PROCESS, "utf-8")
    with flowengine.connect(tmp_path / "orders.db") as engine:
        engine.deploy(tmp_path / "deal.yaml")
        engine.start("deal", {}, by=Principal.of("dora", "desk"))
        yield engine


def test_the_line_of_the_file_is_what_is_posted(engine: Engine, outside: Outside, tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    for sequence in (1, 2):
        assert export(engine, [str(file), outside.url]).sequence == sequence
    lines = file.read_text().splitlines()
    assert outside.told == [("application/json", line) for line in lines]
    assert engine.verify(lines).problems == ()


def test_without_a_file_a_whole_checkpoint_is_posted(engine: Engine, outside: Outside) -> None:
    root = export(engine, [outside.url]).root
    assert json.loads(outside.told[0][1])["root"] == root
    assert engine.verify([outside.told[0][1]]).problems == ()


@pytest.mark.parametrize(
    ("answers", "waits", "why"),
    [(500, 0, "HTTP 500"), (302, 0, "HTTP 302"), (401, 0, "HTTP 401"), (204, 2, "timed out")],
    ids=["fails", "sends us elsewhere", "knows us not", "does not answer"],
)
def test_what_is_not_taken_is_told_and_the_file_and_the_others_have_it(
    answers: int, waits: float, why: str, engine: Engine, outside: Outside, tmp_path: Path
) -> None:
    outside.answers, outside.waits = answers, waits
    file = tmp_path / "checkpoints.jsonl"
    with listening() as other, pytest.raises(NotPosted) as failed:
        export(engine, [outside.url, str(file), other.url], patience=0.5)
    assert why in failed.value.why
    assert "secret" not in str(failed.value)
    assert [said for _, said in other.told] == file.read_text().splitlines()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://audit.example.com/roots", "only https"),
        ("ftp://audit.example.com/roots", "only https"),
        ("https://127.0.0.1:1/roots", "refused"),
        ("https://user:secret@127.0.0.1:x/roots", "port"),
        ("https://[secret", "host"),
        ("https:///secret", "host"),
        ("https://127.0.0.1:1/roots secret", "InvalidURL"),
    ],
)
def test_where_nothing_can_be_posted(url: str, why: str, engine: Engine) -> None:
    with pytest.raises(NotPosted, match=why) as failed:
        export(engine, [url], patience=0.5)
    assert failed.value.where == place_of(url)
    assert "secret" not in str(failed.value)


def test_a_checkpoint_goes_into_one_file(engine: Engine, tmp_path: Path) -> None:
    two = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")]
    with pytest.raises(WrongInput, match="one file"):
        export(engine, two)
    assert list(tmp_path.glob("*.jsonl")) == []


def test_nothing_is_posted_where_the_store_contradicts_the_file(
    engine: Engine, outside: Outside, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoints.jsonl"
    file.write_text("what is this\n")
    with pytest.raises(CheckpointRefused):
        export(engine, [str(file), outside.url])
    assert outside.told == []
