"""What can go wrong between a host and the engine, as exceptions.

Bad process files are not exceptions but findings (`flowengine.definition.findings`), and a command
that the process does not allow is a refusal, a value with blockers. What is raised is left for the
caller's own mistakes and for a store that cannot be trusted. The docstring of each class is its
message when none is given; it names the remedy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class FlowEngineError(Exception):
    """Something in flowengine failed."""

    def __init__(
        self, message: str = "", *, key: str = "", params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message or " ".join((type(self).__doc__ or "").split()))
        self.key = key
        self.params = params or {}
        """The sentence in `flowengine.texts`, for whoever says it in another language; none where empty."""


class DefinitionRefused(FlowEngineError):
    """The process file has errors. Run `flowengine validate FILE` to see them all."""


class VersionTaken(FlowEngineError):
    """This version of the process is deployed with another text. Write a new `version`."""


class NotFound(FlowEngineError):
    """There is nothing of that name or number. List what exists with `flowengine list`."""


class NoClock(NotFound):
    """The order has no such clock. Ask for one of those that it has had."""

    def __init__(self, clock: str, known: tuple[str, ...], *, visits: tuple[int, ...] = ()) -> None:
        super().__init__(f"no clock {clock!r} here; there are: {', '.join(known) or 'none'}")
        self.clock = clock
        self.known = known
        self.visits = visits


class NotAllowed(FlowEngineError):
    """Reading this order needs a role of its process. Ask as somebody who holds one."""


class KeyReused(FlowEngineError):
    """This idempotency key was used for a different command. Use a new key for each command."""


class WrongInput(FlowEngineError):
    """The value given cannot be used here."""


class WrongDirectory(FlowEngineError):
    """The host's directory gave an answer that cannot be used. Nothing was dealt out; mend the directory."""


class Refused(FlowEngineError):
    """The command was refused; `explain` says what is missing."""


class NeedsTransaction(FlowEngineError):
    """What a command writes does not fit into one statement. It is carried out again, in a transaction."""


class NeedsConnection(NeedsTransaction):
    """A function of the host writes in the same transaction, for which it must be given the connection."""


class CallFailed(FlowEngineError):
    """A call out has failed for good: to try it again would not help. The message is kept as the reason."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.args = (message,)  # whoever gives no reason has not given this one


class NoMasterKey(FlowEngineError):
    """This process keeps private data, and there is no master key to encrypt it with. Nothing was kept. Make
    one with `flowengine key new`, or hand over `keys` where you connect."""


class NoCrypto(FlowEngineError):
    """Private data is encrypted with a package that is not installed. Nothing was kept.
    Install it: pip install 'flowengine-orders[crypto]'"""


class WrongMasterKey(FlowEngineError):
    """This is not the master key under which the private data of this database is kept. Nothing was changed.
    Give the right one; after a change of the key, both, the new one first."""


class StoreUnusable(FlowEngineError):
    """The database cannot be used. Check the path, its permissions and its free space."""


class OrderBusy(FlowEngineError):
    """Somebody else kept changing this order. Nothing was written; give the command again."""


class EvaluationFailed(FlowEngineError):
    """A condition met a missing value that its checks should have excluded. Guard it with `has()`."""


class ChangedMeanwhile(OrderBusy):
    """Somebody else changed this order at the same moment. Nothing was written; give the command again."""


class TransactionTooLate(OrderBusy):
    """Your transaction read before it called flowengine, and somebody else wrote since or is writing.
    Nothing was written. Roll back, then call flowengine first, or begin with `BEGIN IMMEDIATE`."""


class ConnectionLost(StoreUnusable):
    """The connection to the database was lost. Nothing was written; give the command again."""


class OutcomeUnknown(ConnectionLost):
    """The connection was lost while the command was written. Look at the order before you repeat it;
    a command that was given a `key` may be repeated without looking."""


class OrderDamaged(FlowEngineError):
    """What is stored of this order contradicts itself. Run `flowengine verify`; other orders go on."""


class CheckpointRefused(FlowEngineError):
    """The store is not as its checkpoints say, or they were altered: a new one would cover that up.
    Nothing was written. Run `flowengine audit verify --against FILE`."""

    def __init__(self, message: str = "", problems: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems
        """Each a `Problem` of the verification: which order, which row, what."""
