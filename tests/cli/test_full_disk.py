"""A full disk: what stood there stays as it was, what was not there is not begun, and the call says so."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from flowengine import disk

NEW = [
    "graph processes/order.yaml -o x.svg",
    "schema process -o x.json",
    "validate processes --write-baseline x.json",
    "init x",
    "audit checkpoint --to x.jsonl",
    "key new x.key",
    "import order o.csv --errors x.jsonl",
]
"""Every call that writes a file for somebody."""
THERE = [
    ("graph processes/order.yaml -o x.svg", "x.svg"),
    ("schema process -o x.json", "x.json"),
    ("validate processes --fix", "processes/slip.yaml"),
]
SLIP = """\
flowengine: 1
process: slip
version: "1"
owner: desk
roles: {desk: {}}
stages: {look: {owner: desk, needs: {seen: chek}, next: closed}}
"""


@pytest.fixture
def fill(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Fills the disk: of what is written next, half finds room."""

    filled: set[str] = set()

    def some(file: FileIO, content: bytes) -> int:
        if file.name in filled:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        filled.add(file.name)
        return file.write(content[: len(content) // 2])

    return lambda: monkeypatch.setattr(disk, "_some", some)


def there(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if not path.name.startswith("flowengine.db")
    }


@pytest.mark.parametrize("words", NEW)
def test_what_was_not_there_is_not_begun(
    words: str, office: Any, folder: Path, fill: Callable[[], None]
) -> None:
    Path("o.csv").write_text("customer,amount\nAcme,x\n")
    before = there(folder)
    fill()
    done = office(*words.split())
    assert (done.exit_code, "this cannot be written (No space left on device)" in done.stderr) == (2, True)
    assert there(folder) == before


@pytest.mark.parametrize(("words", "name"), THERE)
def test_what_stood_there_stays(
    words: str, name: str, office: Any, folder: Path, fill: Callable[[], None]
) -> None:
    Path("processes/slip.yaml").write_text(SLIP)
    if name.startswith("x."):
        Path(name).write_text("mine")
    before = there(folder)
    fill()
    done = office(*words.split())
    assert (done.exit_code, f"{name}: this cannot be written" in done.stderr) == (2, True), done.stderr
    assert there(folder) == before


def test_the_report_of_an_import_ends_with_a_whole_line(
    office: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("o.csv").write_text("customer,amount\nAcme,x\nBolt,y\n")
    parts: list[bytes] = []

    def second_finds_half_the_room(file: FileIO, content: bytes) -> int:
        parts.append(content)
        if len(parts) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return file.write(content[: len(content) // len(parts)])

    monkeypatch.setattr(disk, "_some", second_finds_half_the_room)
    done = office("import", "order", "o.csv", "--errors", "r.jsonl")
    assert (done.exit_code, "r.jsonl: this cannot be written" in done.stderr) == (2, True)
    assert [json.loads(line)["line"] for line in Path("r.jsonl").read_text().splitlines()] == [2]


def test_a_checkpoint_that_is_refused_begins_no_file(office: Any, folder: Path) -> None:
    Path("x.jsonl").write_text("")
    Path("flowengine.db").write_bytes(b"no database")
    for name, is_there in (("x.jsonl", True), ("y.jsonl", False)):
        assert office("audit", "checkpoint", "--to", name).exit_code
        assert Path(name).exists() == is_there, "an empty file of somebody else is not ours to delete"


PUT = """
import resource, sys
from pathlib import Path
from flowengine.disk import put
resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))
put(Path(sys.argv[1]), b"x" * int(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        (None, 8, b"x" * 8),
        (None, 9, None),
        (b"mine", 8, b"x" * 8),
        (b"mine", 9, b"mine"),
        (b"mine", 2, b"xx"),
        (b"longer than a limit", 2, b"xx"),
        (b"mine", 0, b""),
    ],
)
def test_a_system_that_gives_no_room(old: bytes | None, new: int, left: bytes | None, folder: Path) -> None:
    path = folder / "file"
    if old is not None:
        path.write_bytes(old)
        path.chmod(0o640)
    done = subprocess.run([sys.executable, "-c", PUT, path, str(new)], capture_output=True, check=False)
    assert (done.returncode, b"OSError" in done.stderr) == ((0, False) if left != old else (1, True))
    assert (path.read_bytes() if path.exists() else None) == left
    assert old is None or path.stat().st_mode & 0o777 == 0o640


def test_a_link_leads_to_the_file_that_is_written(folder: Path) -> None:
    (folder / "link").symlink_to("file")
    for content in (b"one", b"two two", b""):
        disk.put(folder / "link", content)
        assert (folder / "file").read_bytes() == content
    assert (folder / "link").is_symlink()


class Filling(FileIO):
    """A disk that takes half of what is added, and then lets somebody else add, or nobody, and no more."""

    others = b""

    def write(self, content: Any) -> int:
        if not self.others and self.tell() > len(OLD):
            raise OSError(errno.ENOSPC, "full")
        written = super().write(content[: len(content) // 2])
        if self.others:
            with Path(self.name).open("ab") as other:
                other.write(self.others)
            self.others = b""
        return written


OLD = b"one line\n"


@pytest.mark.parametrize(
    ("others", "left"),
    [(b"", OLD), (b" of another\n", OLD + b"half of another\n")],
    ids=["half a line is taken back", "what another process has added stays"],
)
def test_what_does_not_fit_is_taken_back_unless_others_stand_behind_it(
    others: bytes, left: bytes, folder: Path
) -> None:
    file = folder / "sent.jsonl"
    file.write_bytes(OLD)
    with Filling(file, "a") as filling:
        filling.others = others
        with pytest.raises(OSError, match="full"):
            disk.add(filling, b"half ours")
    assert file.read_bytes() == left
