"""The process under lanes: what an order runs on while one lane or several are in force."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from math import comb
from typing import Final, NamedTuple

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding, Place, elsewhere
from flowengine.definition.patching.completeness import incomplete
from flowengine.definition.patching.leaving import without_origins
from flowengine.definition.patching.locking import locks_of, touched
from flowengine.definition.patching.merging import merged
from flowengine.definition.patching.placing import placed

MOST_PLANS: Final = 32
"""How many plans the lanes of one type may come to, where an order may be on three of them at once."""
_MAY_CHANGE: Final = (
    "priority", "owner", "calendar", "stages", "outcomes", "clocks", "rules", "holds", "approvals",
    "defaults",
)  # fmt: skip
"""What may come and go with a permission; data, people and ends stay."""


class Granted(NamedTuple):
    """The process for orders on these lanes; with an error in the findings it is not whole."""

    lanes: tuple[str, ...]
    node: Node
    findings: tuple[Finding, ...]


class _Meeting(NamedTuple):
    """What two patches both change, and where each of them does."""

    path: str
    one: Place
    other: Place


def granted(process: Node, may_be: Collection[str]) -> Iterator[Granted]:
    """What becomes of a whole process under each of the lanes that `may_be`, and under several that agree."""
    patches = {name: patch for name, patch in _patches(process) if name in may_be}
    for size in range(1, together(len(patches)) + 1):
        for names in combinations(patches, size):
            if not any(
                _meeting(process, patches[one], patches[other]) for one, other in combinations(names, 2)
            ):
                yield _under(process, {name: patches[name] for name in names})


def together(lanes: int) -> int:
    """How many of so many lanes an order may be on at once: three, where not too many plans come of it."""
    return 3 if sum(comb(lanes, size) for size in (1, 2, 3)) <= MOST_PLANS else 2


def lane_patch_findings(process: Node) -> Iterator[Finding]:
    """What lanes may not change at all, and what two of them change at once."""
    patches = dict(_patches(process))
    for name, patch in patches.items():
        for word in patch.entries:
            if word not in _MAY_CHANGE:
                yield Finding("FE545", patch.keys[word], {"lane": name, "word": word})
        yield from _coming_and_going(process, name, patch)
        yield from _covering_otherwise(process, name, patch)
    for one, other in combinations(patches, 2):
        if meeting := _meeting(process, patches[one], patches[other]):
            where = elsewhere(meeting.one, meeting.other)
            params = {"lane": other, "other": one, "path": meeting.path, "where": where}
            yield Finding("FE549", meeting.other, params)


def _patches(process: Node) -> Iterator[tuple[str, Node]]:
    if "lanes" in process.entries:
        for name, lane in process.entries["lanes"].entries.items():
            yield name, lane.entries["grants"]


def _under(process: Node, patches: dict[str, Node]) -> Granted:
    node, findings = process, list[Finding]()
    for patch in patches.values():
        findings += touched(locks_of(process), patch)
        node, wrong = merged(node, patch)
        findings += wrong
    node, wrong = placed(node)
    findings += (*wrong, *incomplete(node, process))
    return Granted(tuple(patches), without_origins(node, process), tuple(findings))


def _coming_and_going(process: Node, lane: str, patch: Node) -> Iterator[Finding]:
    """Stages that a lane adds, and holds that it adds or removes: an order may be there when it ends."""
    for section in ("stages", "holds"):
        known = process.entries[section].entries if section in process.entries else {}
        part = patch.entries.get(section)
        if part is None:
            continue
        if part.kind != "map":  # the whole section is removed
            yield Finding("FE546", patch.keys[section], {"lane": lane, "word": section})
            continue
        for name, node in part.entries.items():
            removed = section == "holds" and node.kind == "scalar"
            if name not in known or removed:
                yield Finding("FE546", part.keys[name], {"lane": lane, "word": name})


def _covering_otherwise(process: Node, lane: str, patch: Node) -> Iterator[Finding]:
    """What it changes of what an approval covers by which lanes are granted: that was not signed."""
    asked = {str(each.entries["approval"].value) for each in process.entries["lanes"].entries.values()}
    forms = patch.entries.get("approvals")
    if forms is None or forms.kind != "map":
        return
    for form, said in forms.entries.items():
        if form in asked and said.kind == "map" and "covers" in said.entries:
            yield Finding("FE780", said.keys["covers"], {"lane": lane, "form": form})


def _meeting(process: Node, one: Node, other: Node) -> _Meeting | None:
    """Where two patches change the same, so that it would matter which came first."""
    if meeting := _both_change(one, other, ()):
        return meeting
    first, second = (merged(merged(process, a)[0], b)[0] for a, b in ((one, other), (other, one)))
    word = next((word for word in other.entries if _plain(first, word) != _plain(second, word)), "")
    return _Meeting(word, one.keys.get(word, one.place), other.keys[word]) if word else None


def _plain(process: Node, word: str) -> object:
    return process.entries[word].plain() if word in process.entries else None


def _both_change(one: Node, other: Node, path: tuple[str, ...]) -> _Meeting | None:
    for word, theirs in other.entries.items():
        if word not in one.entries:
            continue
        mine, here = one.entries[word], (*path, word)
        if mine.kind != "map" or theirs.kind != "map":
            return _Meeting(".".join(here), one.keys[word], other.keys[word])
        if meeting := _both_change(mine, theirs, here):
            return meeting
    return None
