"""What only the world outside can say of people, asked for by a decision and handed to the next one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

STANDS_IN: Final = "stands_in"
HEAD_OF: Final = "head_of"
HOLDS: Final = "holds"
SHARED: Final = "shared"
PLAIN: Final = frozenset({STANDS_IN, HEAD_OF, HOLDS})
"""What is asked without changing anything: no turn is used up by it."""


class Question(NamedTuple):
    """Who holds a role, the one to choose first: `round_robin` by turns, `least_busy` by open work. With
    `stands_in`: those of them who are away and for whom `by` stands in. With `head_of`, whoever is above
    the person `of`. With `holds`, all who do, whether they are there or not. With `shared`, all whom the
    questions `among` find: of those next in each, whoever has the least open work comes first.
    """

    how: str
    of: str
    by: str = ""
    among: tuple[Question, ...] = ()


Answers = Mapping[Question, tuple[str, ...] | None]
"""The people for each question, the first choice first; none where nobody is there, None if nobody knows."""
NO_ANSWERS: Final[Answers] = MappingProxyType({})
