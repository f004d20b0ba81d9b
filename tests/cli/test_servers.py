"""The command line on a real PostgreSQL: an order from the deployment to the end, and the tables' upgrade."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from tests.postgres import libpq, postgres_database

__all__ = ["postgres_database"]


@pytest.fixture
def desk(call: Any, office: Any, postgres_database: str) -> Any:
    """The office on a server, with nothing deployed there."""
    return partial(call, env={"FLOWENGINE_AS": "ann:order_desk", "FLOWENGINE_DB": libpq(postgres_database)})


def test_an_order_is_opened_worked_on_late_and_told_of(desk: Any, clock: Any) -> None:
    assert desk("list").exit_code == 1
    assert "holds no orders" in desk("list").stderr
    assert desk("deploy", "processes/order.yaml").exit_code == 0
    assert desk("start", "order", "customer=Northwind", "amount=1").exit_code == 0
    assert desk("do", "202602-001", "done", "customer_known").exit_code == 0
    clock.wait(5)
    assert "became late: 1" in desk("worker", "--once").stdout
    assert desk("list", "--late").stdout.splitlines()[1].startswith("202602-001  Review")
    assert desk("explain", "202602-001").exit_code == 0
    assert desk("release", "202602-001").exit_code == 0
    assert len(json.loads(desk("history", "202602-001", "--format", "json").stdout)) == 3
    assert desk("verify").exit_code == 0


def test_tables_are_made_by_migrating_once(desk: Any) -> None:
    first, again = (json.loads(desk("migrate", "--format", "json").stdout) for _ in range(2))
    assert (first["before"], again) == (None, {"before": first["after"], "after": first["after"]})
    assert desk("list").stdout == "no orders\n"
