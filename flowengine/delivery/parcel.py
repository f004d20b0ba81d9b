"""A parcel: something to be carried outside, under one id over all attempts."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Kind = Literal["message", "call"]
State = Literal["ready", "sent", "dead"]
STATES: Final[tuple[State, ...]] = ("ready", "sent", "dead")


class ParcelRow(NamedTuple):
    """One parcel as the store keeps it. Instants are milliseconds UTC.

    `key` is what the outside knows it by, the same at each attempt. Parcels of one order with the same
    `queue` are carried one after the other. `content` is JSON, references and never the values of an order.
    Until `next_at` nobody else takes it: it is in somebody's hands, or its next attempt is still to come.
    `fence` counts who took it: only the last of them may say what became of it. `endpoint` is where it went,
    as the host may read it, and `error` why not; neither holds an address or a secret. Where it is listed,
    the `error` of one that waits for another of its queue is `behind`, and of one that was not tried yet
    because its endpoint is left alone, `resting`.
    """

    id: int
    key: str
    kind: str
    order_id: int
    queue: str
    content: str
    state: State
    attempts: int
    next_at: int
    fence: int
    endpoint: str
    error: str
    made_at: int
    done_at: int | None

    @classmethod
    def new(cls, key: str, kind: Kind, order_id: int, queue: str, content: str, at: int) -> ParcelRow:
        """A parcel that is ready to be carried at once."""
        return cls(0, key, kind, order_id, queue, content, "ready", 0, at, 0, "", "", at, None)
