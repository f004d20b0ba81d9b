"""Real databases to be cruel to, and a way to have printed what was measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import MEASURED
from tests.postgres import postgres_database, postgres_server, postgres_url

__all__ = ["postgres_database", "postgres_server", "postgres_url"]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[object], None]:
    """Have a figure printed when the run is over, whether the test fails or not."""
    # It travels with the report of the test: from processes side by side only reports come back.
    return lambda figure: request.node.user_properties.append((MEASURED, f"{request.node.name}: {figure}"))
