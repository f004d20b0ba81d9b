"""Files that are to be played: a process among them is pointed out, not read as a scenario."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flowengine.cli.files import read
from flowengine.cli.trouble import Trouble
from flowengine.definition.document import read_document
from flowengine.definition.telling_apart import SCENARIO_ENDINGS, is_process


def refuse_processes(paths: Iterable[Path]) -> None:
    """Raise Trouble for a process file, which only somebody who named it himself can have meant."""
    for path in paths:
        if not path.name.lower().endswith(SCENARIO_ENDINGS):
            node, _ = read_document(read(path), str(path))
            if node is not None and is_process(node):
                raise Trouble("not_a_scenario", path)
