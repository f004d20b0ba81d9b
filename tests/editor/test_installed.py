"""Where the tests find the language server, and what they say where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editor.installed import SETTING, NoServerError, command


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without programs; those of a test go into the folder."""
    monkeypatch.delenv(SETTING, raising=False)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, script: str = "exit 0") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_one_that_is_named(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "yaml-language-server")
    monkeypatch.setenv(SETTING, "node '/opt/my server/yaml-language-server'")
    assert command(tmp_path) == ["node", "/opt/my server/yaml-language-server"]


def test_the_one_on_the_path(bare: Path, tmp_path: Path) -> None:
    server = program(bare, "yaml-language-server")
    assert command(tmp_path) == [str(server)]


def test_the_pinned_one_is_installed_once(bare: Path, tmp_path: Path) -> None:
    place = "node_modules/yaml-language-server/bin"
    program(bare, "node")
    (bare / "mkdir").symlink_to(shutil.which("mkdir", path="/usr/bin:/bin") or "")
    npm = program(bare, "npm", f'mkdir -p {place} && echo "$@" > {place}/yaml-language-server')
    node, server = command(tmp_path)
    assert node == str(bare / "node")
    assert "ci " in Path(server).read_text()
    npm.unlink()
    program(bare, "npm", "exit 1")
    assert command(tmp_path) == [node, server]
    assert [path.name for path in (tmp_path / ".pytest_cache").iterdir()] == [Path(server).parents[3].name]


@pytest.mark.parametrize(
    ("programs", "reason"),
    [({}, "neither it nor npm"), ({"node": "", "npm": "echo no network >&2; exit 1"}, "no network")],
    ids=["no npm", "no network"],
)
def test_none_says_how_to_get_one(bare: Path, tmp_path: Path, programs: dict[str, str], reason: str) -> None:
    for name, script in programs.items():
        program(bare, name, script)
    with pytest.raises(NoServerError, match=reason) as raised:
        command(tmp_path)
    assert all(word in str(raised.value) for word in ("Node.js", "PATH", SETTING))
    assert not list((tmp_path / ".pytest_cache").glob("*"))
