"""Parts of orders, as the kernel divides by them, and the plan of an order that waits for its parts."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.compiler.need import Need
from flowengine.definition.inner.parts import whole_of
from flowengine.definition.words import Text


@dataclass(frozen=True, slots=True)
class Part:
    """An order is split over the rows of the list `of`, into `at_most` so many parts.

    Each goes through the stages `through` and then, by `trigger`, to a successful end, while the order
    waits in them: all that is asked of it there is `done`.
    """

    name: str
    title: Text
    line: int
    of: str
    through: tuple[str, ...]
    by: tuple[str, ...]
    at_most: int
    trigger: str
    done: Need

    @property
    def whole(self) -> str:
        """The link under which a part has the order of which it is one."""
        return whole_of(self.name)
