"""Checking one process: text in, words and findings out. The one way in for whoever reads a process.

A process may say part of itself in other files; they come from the `Sources` that are handed in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flowengine.definition import words
from flowengine.definition.dividing import with_parts
from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, Place, identity, ordered
from flowengine.definition.flow import flow_findings
from flowengine.definition.following import with_followers
from flowengine.definition.inner import Inner, inner_of, with_links
from flowengine.definition.inner.parts import patched_parts
from flowengine.definition.lane_requests import may_be_asked
from flowengine.definition.part_openings import with_openings
from flowengine.definition.patching import (
    Assembled,
    Sources,
    assembled,
    granted,
    is_alone,
    is_library,
    lane_patch_findings,
    loose,
    variants,
)
from flowengine.definition.patching.sources import NONE
from flowengine.definition.process_schema import form_gate
from flowengine.definition.reading import CLASSES, Reader
from flowengine.definition.references import reference_findings
from flowengine.definition.soundness import Answers, soundness_findings
from flowengine.definition.unchanged import unless_unchanged
from flowengine.definition.vocabulary import SHAPES

_NEVER_OR_ALWAYS: Final = ("FE333", "FE334")
_Spot = tuple[Place, str]
"""Where a finding stands, and which it is."""
_OF_WORDS: Final = ("FE420", "FE421", "FE422")
"""What soundness says of a condition where it stands; one that decides nothing anywhere is found before."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: the process, unless an error stands in the findings.

    `document` is the process as one document, put together of the file and the other `files`, by name.
    """

    process: words.Process | None
    findings: tuple[Finding, ...]
    document: Node | None = None
    files: Mapping[str, bytes | str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether the process may be deployed: no finding is an error."""
        return self.process is not None


@unless_unchanged
def check_process(data: bytes | str, file: str, sources: Sources = NONE, *, judged: bool = True) -> Checked:
    """Read and check a process file; `file` is the name that findings give it.

    A library has no process; whether it is written as it must be stands in the findings. Where it is not to
    be `judged`, it is only read: what it means was checked before.
    """
    node, findings = read_document(data, file)
    return check_document(node, findings, sources, judged=judged)


def check_document(
    node: Node | None, findings: tuple[Finding, ...], sources: Sources = NONE, *, judged: bool = True
) -> Checked:
    """Check a document that was read before, adding to what its reading found."""
    if node is None or _errors(findings):
        return Checked(None, ordered(findings))
    if is_library(node):
        return Checked(None, ordered((*findings, *form_gate("library").findings(node))), node)
    whole = _alone(node) if is_alone(node) else assembled(node, sources, own_name(node.place.file))
    findings += whole.findings
    if _errors(findings):
        return Checked(None, ordered(findings), files=whole.files)
    process, found = _read(whole, judged=judged)
    findings += found
    sound = None if _errors(findings) else process
    return Checked(sound, ordered(findings), whole.node, whole.files)


def _alone(node: Node) -> Assembled:
    findings = form_gate("process").findings(node)
    return Assembled(node, findings if _errors(findings) else (*findings, *loose(node)))


def own_name(file: str) -> str:
    """How other files of its folder would call a file."""
    return re.split(r"[/\\]", file)[-1]


def _read(whole: Assembled, *, judged: bool) -> tuple[words.Process, tuple[Finding, ...]]:
    """A whole process as words, with its variants and those that it brings, and what is wrong with any."""
    inner = inner_of(whole.node)
    node = with_links(whole.node, inner)
    reader = Reader(SHAPES, CLASSES, language_of(node))
    process = _word(reader, node)
    findings = tuple(reader.findings)
    if whole.base is not None:
        base = with_links(whole.base, inner_of(whole.base))
        process = replace(process, base=_word(reader, base))
    before = Answers() if judged else None
    findings += _about(process, before)
    varied, found = _varied(node, process, reader, findings, before)
    findings += found
    wrong = _errors(findings)
    brought, found = _brought((each for each in inner if each.is_written or not wrong), judged=judged)
    if wrong:  # what follows from it, or stands where nobody has written anything, is told already
        known = {*(finding.place for finding in findings), *(each.process.place for each in inner)}
        found = tuple(each for each in found if each.severity == "error" and each.place not in known)
    return replace(varied, inner=brought), findings + found


def _brought(inner: Iterable[Inner], *, judged: bool) -> tuple[dict[str, words.Process], tuple[Finding, ...]]:
    """The processes that another one brings, and what is wrong with them."""
    brought: dict[str, words.Process] = {}
    findings: tuple[Finding, ...] = ()
    for each in inner:
        process, found = _read(Assembled(each.process, ()), judged=judged)
        variants = {name: replace(variant, teams=each.teams) for name, variant in process.variants.items()}
        brought[each.name] = replace(process, teams=each.teams, variants=variants)
        findings += _told(each, process, found) if judged else found
    return brought, findings


def _told(inner: Inner, process: words.Process, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is told of a process that another one brings. A doubt is no use where nobody has written most of
    it; what somebody has written must come to an end by itself, and not only with its order.
    """
    if not inner.is_written:
        return tuple(finding for finding in found if finding.severity == "error")
    if _errors(found):
        return found
    outcomes = {name: each for name, each in (process.outcomes or {}).items() if name != inner.ended_by}
    alone = [each for each in flow_findings(replace(process, outcomes=outcomes)) if each.severity == "error"]
    places = {finding.place for finding in alone}
    return (*alone, *(finding for finding in found if finding.place not in places))


def _word(reader: Reader, node: Node) -> words.Process:
    process: words.Process = reader.word("process", node)
    return with_followers(with_openings(with_parts(process)))


def _about(process: words.Process, before: Answers | None) -> tuple[Finding, ...]:
    """What is wrong with the names of a process and, if nothing is, with the ways of its orders; without
    answers `before` it is not judged.
    """
    if before is None:
        return ()
    findings = tuple(reference_findings(process))
    if not _errors(findings):
        findings += tuple(flow_findings(process))
    if _errors(findings):
        return findings
    told = {finding.place for finding in findings if finding.code in _NEVER_OR_ALWAYS}
    found = soundness_findings(process, before)
    return (*findings, *(each for each in found if each.code not in _OF_WORDS or each.place not in told))


def _varied(
    node: Node,
    process: words.Process,
    reader: Reader,
    findings: Iterable[Finding],
    before: Answers | None,
) -> tuple[words.Process, tuple[Finding, ...]]:
    """The process with those of its types and lanes, and what is wrong with them that is not so without."""
    plain = [*lane_patch_findings(node), *patched_parts(node)]
    if _errors(plain):
        return process, tuple(plain)
    varying = _Varying(reader, before)
    known = {_spot(finding) for finding in findings}
    typed: dict[str, words.Process] = {}
    for variant in variants(node):
        if each := varying.read(variant.node, variant.findings, process, known, variant.type):
            typed[variant.type] = varying.with_lanes(variant.node, each, known, variant.type)
    if not process.types:
        process = varying.with_lanes(node, process, known, "")
    return replace(process, variants=typed), (*plain, *varying.findings())


class _Varying:
    """The reading of what becomes of a process by patches, with what is wrong there, each said once."""

    def __init__(self, reader: Reader, before: Answers | None) -> None:
        self._reader = reader
        self._before = before
        self._plain: list[Finding] = []
        self._apart: dict[tuple[object, ...], list[tuple[str, str, Finding]]] = defaultdict(list)

    def read(
        self,
        node: Node,
        wrong: tuple[Finding, ...],
        base: words.Process,
        known: Set[_Spot],
        of_type: str,
        lanes: str = "",
    ) -> words.Process | None:
        """The process that a patched document is, unless that is not whole; `wrong` is known of it."""
        if lanes:
            self._note(wrong, of_type, lanes)
        else:
            self._plain += wrong
        if _errors(wrong):
            return None
        told = len(self._reader.findings)
        process = replace(_word(self._reader, node), base=base)
        found = (*self._reader.findings[told:], *_about(process, self._before))
        self._note((each for each in found if _spot(each) not in known), of_type, lanes)
        return process

    def _note(self, findings: Iterable[Finding], of_type: str, lanes: str) -> None:
        for finding in findings:
            self._apart[(*identity(finding), bool(lanes))].append((of_type, lanes, finding))

    def with_lanes(
        self, node: Node, process: words.Process, known: Set[_Spot], of_type: str
    ) -> words.Process:
        """The process with what becomes of it under the lanes that may be asked for in its orders."""
        lanes = process.lanes or {}
        may_be = [name for name, lane in lanes.items() if may_be_asked(process, lane, of_type)]
        under: dict[str, words.Process] = {}
        for each in granted(node, may_be):
            key = words.lanes_key(each.lanes)
            if len(each.lanes) > 1 and not under.keys() >= {*each.lanes}:
                continue  # what is wrong with one of them alone has been told
            seen = known | self._found(of_type)
            if found := self.read(each.node, each.findings, process, seen, of_type, key):
                under[key] = found
        return replace(process, granted=under)

    def _found(self, of_type: str) -> frozenset[_Spot]:
        """What was found so far of that type."""
        every = (each for found in self._apart.values() for each in found)
        return frozenset(_spot(finding) for name, _, finding in every if name == of_type)

    def findings(self) -> Iterator[Finding]:
        """What is wrong, with the types and the lanes in which it is so."""
        yield from self._plain
        for found in self._apart.values():
            types = tuple(dict.fromkeys(name for name, _, _ in found if name))
            lanes = tuple(dict.fromkeys(key for _, key, _ in found if key))
            yield replace(found[0][2], types=types, lanes=lanes)


def _spot(finding: Finding) -> _Spot:
    return finding.place, finding.code


def _errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def language_of(node: Node) -> Any:
    """The language of the file's plain texts, as its head says; English if it says nothing."""
    language = node.entries.get("language")
    return language.value if language else "en"
