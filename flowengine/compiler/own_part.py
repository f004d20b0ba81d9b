"""Parts with a life of their own, as the kernel opens them."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.definition.inner.parts import whole_of
from flowengine.definition.words import Text


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A kind of parts of which `by` may open any number, or `at_most` so many where that is not 0. Each is an
    order of `process`, which the one of its order brings.
    """

    name: str
    title: Text
    line: int
    process: str
    by: tuple[str, ...]
    at_most: int

    @property
    def whole(self) -> str:
        """The link under which such a part has its order."""
        return whole_of(self.name)
