"""What a file may cost: how deep, how many values once its aliases are written out, how many errors.

Used by the document reader at every event, so that it stops before a hostile file has cost anything.
The C parser takes the whole process down on deep brackets if it is left to compose them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flowengine.definition.document.characters import shown
from flowengine.definition.document.nodes import Node
from flowengine.definition.findings import Finding, Place, nearest
from flowengine.texts import TEXTS

DEEPEST: Final = 40
MOST_NODES: Final = 50_000
MOST_ANCHORS: Final = 100
MOST_ERRORS: Final = 100
_COMPARED: Final = 60  # characters of a name: likeness takes the square of its length to find out


class Stopped(Exception):
    """The file is not read further; why is in the findings."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """What an alias stands for, and what it costs written out: its values and the levels it adds."""

    node: Node
    nodes: int
    height: int


class Guard:
    """The account of one file. What overdraws it is added to `findings` and stops the reading."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.nodes = 0
        self._errors = 0
        self._aliases = 0
        self._anchors: dict[str, Anchored | None] = {}
        self._given: dict[str, Place] = {}

    def say(self, code: str, place: Place, hint: str = "", **params: object) -> None:
        """One more error."""
        self.add(Finding(code, place, params, hint))

    def add(self, finding: Finding) -> None:
        """One more finding. Raises Stopped when there are so many errors that nobody reads on."""
        self.findings.append(finding)
        self._errors += finding.severity == "error"
        if self._errors >= MOST_ERRORS:
            raise Stopped

    def count(self, place: Place, nodes: int = 1) -> None:
        """So many more values."""
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            self._overdrawn("FE008", place, limit=MOST_NODES, what=TEXTS["FE008.values"])

    def descend(self, place: Place, depth: int) -> None:
        """Maps and lists stand in each other to this depth."""
        if depth > DEEPEST:
            self._overdrawn("FE007", place, limit=DEEPEST)

    def announce(self, name: str, place: Place) -> None:
        """An anchor begins; until it is settled, an alias to it would contain itself."""
        if name in self._given:
            self.say("FE016", place, word=f"&{shown(name)}", first=self._given[name].line, again=place.line)
        self._given.setdefault(name, place)
        self._anchors[name] = None
        if len(self._anchors) > MOST_ANCHORS:
            self._overdrawn("FE008", place, limit=MOST_ANCHORS, what=TEXTS["FE008.anchors"])

    def settle(self, name: str, anchored: Anchored) -> None:
        """An anchor ends; aliases may stand for it from here."""
        self._anchors[name] = anchored

    def resolve(self, name: str, place: Place, depth: int) -> Anchored | None:
        """What an alias at `depth` stands for, paid as if it were written out; none if it is in error."""
        self._aliases += 1
        if self._aliases > MOST_ANCHORS:
            self._overdrawn("FE008", place, limit=MOST_ANCHORS, what=TEXTS["FE008.anchors"])
        if name not in self._anchors:
            guess = nearest(name[:_COMPARED], (known for known in self._anchors if len(known) <= _COMPARED))
            hint = "hint.did_you_mean" if guess else ""
            self.say("FE010", place, hint, word=shown(name), guess=guess and f"*{guess}")
            return None
        anchored = self._anchors[name]
        if anchored is None:
            self.say("FE011", place, word=shown(name))
            return None
        self.count(place, anchored.nodes)
        self.descend(place, depth + anchored.height)
        return anchored

    def _overdrawn(self, code: str, place: Place, **params: object) -> None:
        self.say(code, place, "", **params)
        raise Stopped
