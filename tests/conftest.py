"""What every test stands on: the checkout, a fixed roll of the dice, and a machine in an odd time zone."""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

# Nothing may depend on the zone of the machine it runs on. Here it is 12:45 or 13:45 ahead of UTC, so
# that code which asks for local time gives a wrong day on any developer's desk, not only on a server.
os.environ["TZ"] = "Pacific/Chatham"
if hasattr(time, "tzset"):
    time.tzset()

# A red run must be red again for the next person, and a shared machine makes a deadline a coin toss.
settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("soak", deadline=None, max_examples=5_000, print_blob=True)
settings.load_profile("check")

MEASURED: Final = "measured"
"""The name of the property of a test that holds a figure to print."""


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds `flowengine`, `schemas` and `processes`."""
    return Path(__file__).resolve().parent.parent


def pytest_collection_finish() -> None:
    """Look through the twenty thousand tests for garbage no more: they stay, and each look takes a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


# Here and not beside the tests that measure: where the tests run in other processes, this one loads no more.
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    calls = [report for report in reports if report.when == "call"]
    if lines := [line for report in calls for name, line in report.user_properties if name == MEASURED]:
        terminalreporter.section(MEASURED)
        for line in lines:
            terminalreporter.line(line)
