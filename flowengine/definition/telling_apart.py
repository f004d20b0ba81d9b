"""Which files are scenarios, and which are processes: by their first word, or by their name."""

from __future__ import annotations

from typing import Final

from flowengine.definition.document import Node

SCENARIO_ENDINGS: Final = (".scenario.yaml", ".scenario.yml")


def is_scenario(node: Node) -> bool:
    """Whether a document means to be a scenario, even where its first word is misspelt."""
    if node.kind != "map" or "stages" in node.entries:
        return False
    return "scenario" in node.entries or node.place.file.lower().endswith(SCENARIO_ENDINGS)


def is_process(node: Node) -> bool:
    """Whether a document means to be a process, or a library of processes."""
    return (
        node.kind == "map" and not is_scenario(node) and not {"flowengine", "stages"}.isdisjoint(node.entries)
    )
