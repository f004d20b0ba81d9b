"""What only the world outside can say of people, asked for by a decision and handed to the next one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Question(NamedTuple):
    """Who holds a role, the one to choose first: `round_robin` by turns, `least_busy` by open work."""

    how: str
    of: str


Answers = Mapping[Question, tuple[str, ...] | None]
"""The people for each question, the first choice first; none where nobody is there, None if nobody knows."""
NO_ANSWERS: Final[Answers] = MappingProxyType({})
