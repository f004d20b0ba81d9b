"""The generated files in the checkout are those that the vocabulary gives today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.generate import generated


@pytest.mark.parametrize("path", generated())
def test_the_file_is_what_would_be_generated(path: str, checkout: Path) -> None:
    committed = (checkout / path).read_bytes() if (checkout / path).exists() else b""
    assert committed == generated()[path].encode(), f"{path} is out of date: run `make generated`, and commit"
