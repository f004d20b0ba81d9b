"""Where the engine meets its store: the one place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from flowengine.delivery.dispatch import Channel
from flowengine.errors import StoreUnusable, WrongInput
from flowengine.runtime.callers import Function
from flowengine.runtime.directory import AddressBook, Directory
from flowengine.runtime.engine import Engine
from flowengine.runtime.inside import Inside
from flowengine.runtime.ports import Clock, Keys
from flowengine.storage.forks import forget_when_forked
from flowengine.storage.postgres import is_postgres, open_postgres
from flowengine.storage.schema import prepare
from flowengine.storage.sqlite import open_sqlite
from flowengine.storage.store import SqlStore

if TYPE_CHECKING:
    from flowengine.delivery.channels.webhook import Webhook


def connect(  # noqa: PLR0913 - one for each thing that a host may bring
    place: str | Path | sa.Engine = "flowengine.db",
    *,
    clock: Clock | None = None,
    create: bool = True,
    directory: Directory | None = None,
    keys: Keys | None = None,
    channels: Mapping[str, Channel] | None = None,
    addresses: AddressBook | None = None,
    functions: Mapping[str, Function | Inside] | None = None,
    webhooks: Mapping[str, Webhook] | None = None,
) -> Engine:
    """The engine on a SQLite file, on a PostgreSQL database by its URL, or on a host's own SQLAlchemy engine.

    `:memory:` leaves no file. The file and the tables are made when they do not exist, unless `create` is
    False. Among whom work is dealt out says the host's `directory`; without one, `members` of the process
    files. Messages go outside over `channels` by name, the first ones first, to where `addresses` or the
    directory says. `keys` is the master key, such as `MasterKeys.of(text)`, for processes with private data.
    Calls out are done by `functions`, each given the id of the call and what is sent, or posted to
    `webhooks`: who takes them at a host, such as `{"erp.example.com": Webhook(secret)}`.
    Without a `clock` the time is that of PostgreSQL, or of this machine where the database is SQLite.
    Raises StoreUnusable when the place cannot be a database of this version, WrongInput for what is no place
    and for a directory or an address book that cannot be asked.
    """
    of_host = isinstance(place, sa.Engine)
    database = _checked(place) if isinstance(place, sa.Engine) else _opened(place)
    try:
        prepare(database, create=create)
    except BaseException:
        if not of_host:
            database.dispose()
        raise
    store = SqlStore(database, of_host=of_host)
    if not of_host:
        forget_when_forked(store)
    return Engine(
        store,
        clock=clock,
        directory=directory,
        keys=keys,
        channels=channels,
        addresses=addresses,
        functions=functions,
        webhooks=webhooks,
    )


def _opened(place: object) -> sa.Engine:
    if not isinstance(place, str | Path):
        found = type(place).__name__
        raise WrongInput(f"a path, a URL or an engine of `sqlalchemy.create_engine` is wanted, not {found}")
    if isinstance(place, str) and is_postgres(place):
        return open_postgres(place)
    if isinstance(place, str) and "://" in place:
        raise StoreUnusable(
            f"{place.partition('://')[0]}:// is no place for orders: name the path of a SQLite file, such as "
            f"orders.db, or postgresql://user@host/name. For tables beside your own hand over the engine: "
            f"connect(sqlalchemy.create_engine(…))"
        )
    return open_sqlite(place)


def _checked(database: sa.Engine) -> sa.Engine:
    if database.dialect.is_async:
        raise WrongInput(
            "this engine is asynchronous: connect with a blocking one on the same database; "
            "your asynchronous sessions use it in `run_sync`"
        )
    return database
