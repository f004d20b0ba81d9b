"""Real databases to be cruel to, and a place for what was measured: the end of the run's own report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from tests.postgres import postgres_database, postgres_server, postgres_url

__all__ = ["postgres_database", "postgres_server", "postgres_url"]

MEASURED: Final = "measured"


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[object], None]:
    """Have a figure printed when the run is over, whether the test fails or not."""
    # It travels with the report of the test: from processes side by side only reports come back.
    return lambda figure: request.node.user_properties.append((MEASURED, f"{request.node.name}: {figure}"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call"
    ]
    lines = [line for report in reports for name, line in report.user_properties if name == MEASURED]
    if lines:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.line(line)
