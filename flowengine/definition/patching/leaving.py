"""What a removed stage leaves behind in the process: an outcome is no longer open where nobody can be."""

from __future__ import annotations

from dataclasses import replace

from flowengine.definition.document import Node


def without_origins(process: Node, base: Node) -> Node:
    """The process with stages of the base that are gone taken out of every `from`.

    One that would then name no place at all stays as it is, and is found to name what does not exist.
    """
    gone = set(_names(base, "stages")) - set(_names(process, "stages"))
    outcomes = process.entries.get("outcomes")
    if not gone or outcomes is None:
        return process
    entries = {name: _left(outcome, gone) for name, outcome in outcomes.entries.items()}
    return replace(process, value={**process.entries, "outcomes": replace(outcomes, value=entries)})


def _names(process: Node, section: str) -> tuple[str, ...]:
    return tuple(process.entries[section].entries) if section in process.entries else ()


def _left(outcome: Node, gone: set[str]) -> Node:
    origins = outcome.entries.get("from")
    if origins is None or origins.kind != "list":
        return outcome
    left = [origin for origin in origins.items if origin.value not in gone]
    if not left or len(left) == len(origins.items):
        return outcome
    return replace(outcome, value={**outcome.entries, "from": replace(origins, value=left)})
