"""What stands outside the engine here is the real thing: a PostgreSQL server, a broker, their workers."""

from __future__ import annotations

from tests.integrations.broker import broker_url
from tests.postgres import postgres_database, postgres_server, postgres_url

__all__ = ["broker_url", "postgres_database", "postgres_server", "postgres_url"]
