"""The outside world of a scenario: what it answers to calls, each in its turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from flowengine.rehearsal.rows import Row, filled

FAILS: Final = "fails"


class Said(NamedTuple):
    """An answer to a call: its result, or why it has failed."""

    result: Any
    error: str = ""


class Outside:
    """Gives the answers that a scenario has for calls; a list of them one after the other."""

    def __init__(self, answers: Mapping[str, Any] | None, row: Row) -> None:
        self._answers = filled(answers or {}, row)
        self._asked: Counter[str] = Counter()

    def answer(self, call: str) -> Said | None:
        """What the outside says to the next call of that name; None where the scenario does not know."""
        if call not in self._answers:
            return None
        said, number = self._answers[call], self._asked[call]
        self._asked[call] += 1
        if isinstance(said, list):
            if number >= len(said):
                return None
            said = said[number]
        if isinstance(said, Mapping) and set(said) == {FAILS}:
            return Said(None, str(said[FAILS]))
        return Said(said)
