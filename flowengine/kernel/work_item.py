"""One thing that waits for somebody in an order."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.plan import Need, Outcome, Task
from flowengine.kernel.addressees import at


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Something that waits for somebody: an open need or, where only a person decides, the choice.

    `due_at` is until when (milliseconds UTC): that of its task, or the time for which it was deferred,
    else that of the stage. `barred` are people who may not do it in any role. Whoever it is `taken_by` does
    it alone.
    """

    key: str
    kind: str
    thing: Need | Outcome | Task
    roles: tuple[str, ...]
    due_at: int | None = None
    barred: tuple[str, ...] = ()
    taken_by: str = ""

    @property
    def addressees(self) -> tuple[str, ...]:
        """For whom it waits: the one who has it, else everybody who holds one of its roles."""
        return (at(self.taken_by),) if self.taken_by else self.roles
