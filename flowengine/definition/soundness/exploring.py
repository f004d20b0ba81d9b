"""Everything that soundness looks for, over one exploration of a process."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.definition.findings import Finding
from flowengine.definition.soundness.bouncing import bounces
from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.circling import circles
from flowengine.definition.soundness.gates import gate_findings
from flowengine.definition.soundness.possible import Possible
from flowengine.definition.soundness.questions import Questions
from flowengine.definition.soundness.returning import stranded
from flowengine.definition.soundness.slipping import slips
from flowengine.definition.soundness.waiting import waits
from flowengine.definition.words import Process


def soundness_findings(process: Process) -> Iterator[Finding]:
    """What becomes of orders that nobody wants. References must be sound."""
    possible = Possible(process, Questions(process))
    yield from gate_findings(possible)
    yield from (case.finding for case in _cases(possible))


def cases(process: Process) -> tuple[Case, ...]:
    """The findings that a story can be told of, each with the order to which it happens."""
    return tuple(_cases(Possible(process, Questions(process))))


def _cases(possible: Possible) -> Iterator[Case]:
    found = (*waits(possible), *slips(possible), *bounces(possible), *circles(possible))
    yield from found
    lost = {case.place for case in found if case.finding.severity == "error"}
    yield from (case for case in stranded(possible) if case.place not in lost or case.finding.code != "FE439")
