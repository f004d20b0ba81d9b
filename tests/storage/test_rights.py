"""A role that was not granted the newest table, as after an upgrade: time passes, and it is told."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from flowengine import connect
from flowengine.cli.main import cli
from flowengine.runtime.ports import system_clock
from flowengine.worker import Worker
from tests.postgres import _execute
from tests.runtime.places import empty
from tests.worker.office import DAY, DESK, PROCESS, late, log_of, take_in


@pytest.fixture
def clerks(shared_postgres: sa.Engine) -> Iterator[str]:
    """The URL of a role that may use every table but that of the heartbeats."""
    empty(shared_postgres)
    owner = shared_postgres.url.render_as_string(hide_password=False)
    role = f"clerk_{uuid.uuid4().hex[:8]}"
    for statement in (
        f"CREATE ROLE {role} LOGIN",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE ALL ON fe_heartbeats FROM {role}",
    ):
        _execute(owner, statement)
    yield shared_postgres.url.set(username=role).render_as_string(hide_password=False)
    _execute(owner, f"DROP OWNED BY {role} CASCADE")
    _execute(owner, f"DROP ROLE {role}")


def test_a_role_without_the_heartbeats_lets_time_pass(clerks: str, caplog: pytest.LogCaptureFixture) -> None:
    with connect(clerks, clock=lambda: system_clock() - 2 * DAY) as before:
        before.deploy(PROCESS, file="order.yaml")
        take_in(before, 3)
    with connect(clerks) as engine:
        with caplog.at_level(logging.WARNING, "flowengine.worker"):
            Worker(engine, name="w", rest=0).catch_up()
        assert late(engine) == 3
        ((level, said),) = log_of(caplog.records)
        assert level == "WARNING"
        assert said.startswith("time passes, but that somebody is at work could not be noted")
        assert "let the owner of the tables grant it their use" in said
        health = engine.health()
        assert health.level == "failure"
        assert "fe_heartbeats" in health.checks[0].message("en")


def test_the_command_line_works_on_without_a_word_of_it(clerks: str) -> None:
    with connect(clerks, clock=lambda: system_clock() - 2 * DAY) as before:
        before.deploy(PROCESS, file="order.yaml")
        take_in(before, 1)
        assert before.orders(by=DESK).items
    result = CliRunner().invoke(cli, ["list", "--db", clerks, "--lang", "en"], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    result = CliRunner().invoke(cli, ["tick", "--db", clerks, "--lang", "en"], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (1, "orders looked at: 1; became late: 1; failed: 0\n")
    assert "lacks a right" in result.stderr
