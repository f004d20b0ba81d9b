"""The process of each type of order: the process under the patch that the type is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flowengine.definition.document import Node
from flowengine.definition.findings import Finding
from flowengine.definition.patching.completeness import incomplete
from flowengine.definition.patching.leaving import without_origins
from flowengine.definition.patching.locking import locks_of, touched
from flowengine.definition.patching.merging import merged
from flowengine.definition.patching.placing import placed


class Variant(NamedTuple):
    """The process for orders of one type; with an error in the findings it is not whole."""

    type: str
    node: Node
    findings: tuple[Finding, ...]


def variants(process: Node) -> Iterator[Variant]:
    """What becomes of a whole process for each of its types."""
    locks = locks_of(process)
    for name, patch in _types(process):
        findings = list(touched(locks, patch))
        node, wrong = merged(process, patch)
        findings += wrong
        node, wrong = placed(node)
        findings += wrong
        yield Variant(name, without_origins(node, process), (*findings, *incomplete(node, process)))


def _types(process: Node) -> Iterator[tuple[str, Node]]:
    if "types" in process.entries:
        yield from process.entries["types"].entries.items()
