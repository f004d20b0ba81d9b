"""Everything that soundness looks for, over one exploration of a process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flowengine.definition.findings import Finding
from flowengine.definition.scope import scope_of
from flowengine.definition.soundness.bouncing import bounces
from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.circling import circles
from flowengine.definition.soundness.gaps import gaps
from flowengine.definition.soundness.gates import gate_findings
from flowengine.definition.soundness.possible import Possible
from flowengine.definition.soundness.questions import Answers, Questions
from flowengine.definition.soundness.returning import stranded
from flowengine.definition.soundness.slipping import slips
from flowengine.definition.soundness.waiting import waits
from flowengine.definition.words import Process

_OF_WORDS: Final = ("FE420", "FE421", "FE422", "FE431", "FE433")


def soundness_findings(process: Process, before: Answers | None = None) -> Iterator[Finding]:
    """What becomes of orders that nobody wants. References must be sound.

    `before` keeps what was read and answered, for the other variants of the same process.
    """
    possible = Possible(process, Questions(process, before))
    found = (*gate_findings(possible), *gaps(possible), *(case.finding for case in _cases(possible)))
    gone = _gone(process) if found else frozenset()
    yield from (each for each in found if each.code not in _OF_WORDS or not gone & _words(each))


def _gone(process: Process) -> frozenset[str]:
    """What a patch took out of the process: nothing is wrong with a condition that still asks for it."""
    if process.base is None:
        return frozenset()
    own = scope_of(replace(process, base=None)).names
    stages = (name for name in process.base.stages if name not in process.stages)
    return frozenset((*(name for name in scope_of(process).names if name not in own), *stages))


def _words(finding: Finding) -> frozenset[str]:
    """The names in what a finding quotes of the file."""
    quoted = [finding.params[word] for word in ("condition", "above", "moment") if word in finding.params]
    return frozenset(re.findall(r"[a-z][a-z0-9_.]*", str(quoted)))


def cases(process: Process) -> tuple[Case, ...]:
    """The findings that a story can be told of, each with the order to which it happens."""
    return tuple(_cases(Possible(process, Questions(process))))


def _cases(possible: Possible) -> Iterator[Case]:
    found = (*waits(possible), *slips(possible), *bounces(possible), *circles(possible))
    yield from found
    lost = {case.place for case in found if case.finding.severity == "error"}
    yield from (case for case in stranded(possible) if case.place not in lost or case.finding.code != "FE439")
