"""What can go wrong between a host and the engine, as exceptions.

Bad process files are not exceptions but findings (`flowengine.definition.findings`), and a command
that the process does not allow is a refusal, a value with blockers. What is raised is left for the
caller's own mistakes and for a store that cannot be trusted. The docstring of each class is its
message when none is given; it names the remedy.
"""

from __future__ import annotations


class FlowEngineError(Exception):
    """Something in flowengine failed."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class DefinitionRefused(FlowEngineError):
    """The process file has errors. Run `flowengine validate FILE` to see them all."""


class VersionTaken(FlowEngineError):
    """This version of the process is deployed with another text. Write a new `version`."""


class NotFound(FlowEngineError):
    """There is nothing of that name or number. List what exists with `flowengine list`."""


class NotAllowed(FlowEngineError):
    """Reading this order needs a role of its process. Ask as somebody who holds one."""


class KeyReused(FlowEngineError):
    """This idempotency key was used for a different command. Use a new key for each command."""


class WrongInput(FlowEngineError):
    """The value given cannot be used here."""


class Refused(FlowEngineError):
    """The command was refused. Its `result.blockers` say why; `explain` says what is missing."""


class StoreUnusable(FlowEngineError):
    """The database cannot be used. Check the path, its permissions and its free space."""


class OrderBusy(FlowEngineError):
    """Somebody else kept changing this order. Nothing was written; give the command again."""


class EvaluationFailed(FlowEngineError):
    """A condition met a missing value that its checks should have excluded. Guard it with `has()`."""
