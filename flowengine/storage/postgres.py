"""PostgreSQL: how we connect, so that a lost network or a forgotten lock is noticed in bounded time."""

from __future__ import annotations

import select
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from flowengine.errors import StoreUnusable

LOCK_SECONDS: Final = 10
_NEW: Final = "flowengine_new"
SCHEMES: Final = ("postgresql", "postgres")

# A peer that fell silent is given up after about 30 s, instead of the two hours of TCP's own keepalive.
_CONNECT: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
    "application_name": "flowengine",
    "client_encoding": "utf8",
}


def is_postgres(place: str) -> bool:
    """Whether a place is the URL of a PostgreSQL database."""
    scheme = place.partition("://")[0].partition("+")[0]
    return "://" in place and scheme in SCHEMES


def open_postgres(url: str) -> Engine:
    """A pool of connections to the database of a URL. Raises StoreUnusable when the driver is missing."""
    try:
        wanted = sa.make_url(url)
        if "+" not in wanted.drivername:
            wanted = wanted.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(wanted, connect_args=_CONNECT)
        if engine.dialect.is_async:
            raise StoreUnusable(f"{wanted.drivername} is an asynchronous driver; write postgresql:// alone")
    except ModuleNotFoundError as missing:
        raise StoreUnusable(
            f"PostgreSQL needs the driver {missing.name}: pip install 'flowengine-orders[postgres]'"
        ) from missing
    except (sa.exc.ArgumentError, ValueError) as wrong:
        raise StoreUnusable(f"this is no URL of a database: {wrong}") from wrong
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "checkout", _on_checkout)
    return engine


def _on_connect(connection: Any, record: Any) -> None:
    record.info[_NEW] = True
    # Not by the `options` of the connection, which poolers between us and the server refuse.
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    connection.commit()


def _on_checkout(connection: Any, record: Any, _proxy: object) -> None:
    """Leave a connection that the server closed while it lay idle, as after a restart, without asking it.

    What a server says unasked is its farewell; where it was something else, a new connection does no harm.
    """
    if record.info.pop(_NEW, False):
        return  # whoever refuses a new one as well makes SQLAlchemy give up, and say so in its own words
    if connection.closed or _has_word(connection.fileno()):
        raise sa.exc.DisconnectionError


def _has_word(socket: int) -> bool:
    if not hasattr(select, "poll"):  # Windows, where `select` takes sockets of any number
        return bool(select.select([socket], [], [], 0)[0])
    listening = select.poll()
    listening.register(socket, select.POLLIN)
    return bool(listening.poll(0))
