"""What goes into the texts of messages, and what is found wrong with them, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Fault = Literal["syntax", "deep", "refused", "name", "column", "filter", "no_list"]
FILTERS: Final = ("default", "upper", "lower", "length")
"""What may be done with a value: another text where there is none, capitals or none, how many rows."""
LONGEST_TEMPLATE: Final = 4_000
LONGEST_TEXT: Final = 16_000
DEEPEST: Final = 40
"""How much may stand one inside the other: deeper, it may be read here and fail when it is sent."""


class Said(str):
    """A value as people read it. It counts as there unless it is nothing, or a plain no."""

    __slots__ = ("is_there", "rows")
    is_there: bool
    rows: tuple[Mapping[str, Said], ...]

    @classmethod
    def of(cls, text: str, *, is_there: bool = True, rows: tuple[Mapping[str, Said], ...] = ()) -> Said:
        """The text of a value; of a list, with its `rows` by column."""
        said = cls(text)
        said.is_there, said.rows = is_there, rows
        return said

    def __bool__(self) -> bool:
        return self.is_there

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)


NOTHING: Final = Said.of("–", is_there=False)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a template: `word` at `offset`, and the words that could stand there."""

    fault: Fault
    word: str
    offset: int
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What a template may name: values, and lists with their columns."""

    values: frozenset[str]
    lists: Mapping[str, Collection[str]]
