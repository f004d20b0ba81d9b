"""What a host may hand over as its connection."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from flowengine.errors import WrongInput


def admit_connection(connection: object) -> None:
    """Raise WrongInput for what is no connection that could hold a transaction."""
    if not isinstance(connection, Connection):
        found = type(connection).__name__  # not what it is: a URL may hold a password
        raise WrongInput(
            f"a connection of SQLAlchemy is wanted, such as `session.connection()` or that of "
            f"`with database.begin() as connection`, not {found}"
        )
