"""Real databases to be cruel to, and a place for what was measured: the end of the run's own report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from tests.postgres import postgres_database, postgres_server, postgres_url

__all__ = ["postgres_database", "postgres_server", "postgres_url"]

MEASURED: Final = pytest.StashKey[list[str]]()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[object], None]:
    """Have a figure printed when the run is over, whether the test fails or not."""
    lines = request.config.stash.setdefault(MEASURED, [])
    return lambda figure: lines.append(f"{request.node.name}: {figure}")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print what was measured."""
    if lines := config.stash.get(MEASURED, []):
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.line(line)
