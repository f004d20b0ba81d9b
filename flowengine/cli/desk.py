"""What one call of the command line knows: its language, its database, who gives it, and how it answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from flowengine.cli.places import is_postgres, is_url, shown
from flowengine.cli.trouble import Trouble
from flowengine.errors import OrderBusy, StoreUnusable
from flowengine.texts import Lang, say

if TYPE_CHECKING:
    from flowengine.delivery.settings import Settings
    from flowengine.kernel.commands import Principal
    from flowengine.runtime.callers import Function
    from flowengine.runtime.engine import Engine
    from flowengine.runtime.inside import Inside

DATABASE = "flowengine.db"


@dataclass(slots=True)
class Desk:
    """Filled by the options of a verb while they are read, then handed to the verb."""

    lang: Lang = "en"
    db: str = DATABASE
    format: Literal["text", "json"] = "text"
    person: tuple[str, tuple[str, ...]] | None = None

    @property
    def by(self) -> Principal:
        """Who asks: the person of `--as`, or else the host itself."""
        from flowengine.kernel.commands import Principal

        if self.is_customer and self.person:
            return Principal.customer(self.person[0], proof="command line")
        return Principal.of(self.person[0], *self.person[1]) if self.person else self.host

    @property
    def is_customer(self) -> bool:
        """Whether the one of `--as` is the customer, who sees no orders: the command line finds them."""
        return self.person is not None and self.person[1] == ("customer",)

    @property
    def host(self) -> Principal:
        """The command line itself, for what titles and times need and nobody has to be allowed to see."""
        from flowengine.kernel.commands import Principal

        return Principal.system("command line")

    def engine(
        self,
        *,
        create: bool = False,
        watched: bool = False,
        settings: Settings | None = None,
        functions: Mapping[str, Function | Inside] | None = None,
    ) -> Engine:
        """The engine on the database of this call; only with `create` may that be a new one. It carries
        messages and calls outside as `settings` say, and has calls done by `functions`.

        A `watched` call says so where time stands still: whoever asks then might take it for the truth.
        Raises Trouble when it does not exist: a slip in the path must not leave an empty database behind.
        """
        self.check_place(create=create)
        from flowengine.assembly import connect
        from flowengine.cli.master_key import master_keys

        engine = connect(
            self.db,
            keys=master_keys(),
            create=create or self.db == ":memory:",
            channels=settings.channels if settings else None,
            addresses=settings,
            webhooks=settings.webhooks if settings else None,
            functions=functions,
        )
        if ctx := click.get_current_context(silent=True):
            ctx.call_on_close(engine.close)
        if watched:
            self._warn_of_standstill(engine)
        return engine

    def _warn_of_standstill(self, engine: Engine) -> None:
        from flowengine.runtime.health import length

        with suppress(StoreUnusable, OrderBusy):  # if that stops the call itself, it says so
            if lag := engine.standstill():
                self.note("standstill", lag=length(lag))

    def check_place(self, *, create: bool = False) -> None:
        """Raise Trouble when the place can be no database; of a URL only the server can tell."""
        if self.is_server:
            if not is_postgres(self.db):
                raise Trouble("other_database", self.place)
        elif not create and self.db != ":memory:" and not Path(self.db).exists():
            raise Trouble("no_database", self.place)

    @property
    def is_server(self) -> bool:
        """Whether the database is named by a URL."""
        return is_url(self.db)

    @property
    def place(self) -> str:
        """The database as it may be printed."""
        return shown(self.db)

    def say(self, key: str, **params: object) -> str:
        """A sentence of the tables in the language of this call."""
        return say(key, self.lang, params)

    def print(self, key: str, **params: object) -> None:
        """Print a sentence of the tables."""
        click.echo(self.say(key, **params))

    def note(self, key: str, **params: object) -> None:
        """Print a sentence where it does not mix with the answer: on stderr."""
        click.echo(self.say(key, **params), err=True)


pass_desk = click.make_pass_decorator(Desk, ensure=True)
