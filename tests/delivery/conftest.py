"""A store for every test that needs one, on SQLite and on PostgreSQL."""

from __future__ import annotations

from tests.runtime.places import place, shared_postgres

__all__ = ["place", "shared_postgres"]
