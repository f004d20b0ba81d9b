"""Every sound process and scenario file of the checkout, and which of the two it is."""

from __future__ import annotations

from pathlib import Path

from flowengine.definition.editor_schema import Root

FOLDERS = ("processes", "examples", "tests/definition", "flowengine/cli/starter")


def good_files(checkout: Path) -> dict[Path, Root]:
    """Their paths with their kinds; those that show findings are not among them."""
    paths = sorted(path for folder in FOLDERS for path in (checkout / folder).rglob("*.yaml"))
    return {
        path: "scenario" if ".scenario." in path.name or "\nsteps:" in path.read_text("utf-8") else "process"
        for path in paths
        if not {"findings", "broken_orders"} & {*path.parts}
    }
