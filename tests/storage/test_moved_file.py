"""A database file that is deleted or replaced while it is open: noticed before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flowengine import connect
from flowengine.errors import StoreUnusable
from tests.runtime.shop import SHOP


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    copy = path.with_suffix(".copy")
    shutil.copy(path, copy)
    copy.replace(path)


def moved_away(path: Path) -> None:
    path.rename(path.with_suffix(".old"))


@pytest.mark.parametrize("change", [deleted, replaced, moved_away])
def test_the_file_is_not_the_one_that_was_opened(tmp_path: Path, change: Callable[[Path], None]) -> None:
    path = tmp_path / "orders.db"
    with connect(path) as engine:
        change(path)
        for _ in range(3):
            with pytest.raises(StoreUnusable, match="deleted or replaced while it was open"):
                engine.deploy(SHOP)


def test_a_relative_path_is_that_of_the_moment_it_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with connect("orders.db") as engine:
        monkeypatch.chdir(tmp_path / "elsewhere")
        engine.deploy(SHOP)
    assert not list((tmp_path / "elsewhere").iterdir())
