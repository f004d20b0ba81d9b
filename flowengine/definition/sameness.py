"""A process as a key of what is known of it, for whoever is asked the same of it many times."""

from __future__ import annotations

from flowengine.definition.words import Process


class Same:
    """One process: another one that says the same is another key."""

    __slots__ = ("process",)

    def __init__(self, process: Process) -> None:
        self.process = process

    def __hash__(self) -> int:
        return id(self.process)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.process is self.process
