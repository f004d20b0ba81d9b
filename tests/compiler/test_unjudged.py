"""A process that was checked before is only read: by its words alone, it makes the same plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flowengine.compiler.compile import compile_process
from flowengine.definition import check
from flowengine.folder import Folder

ADDRESS = re.compile("0x[0-9a-f]+")
ROOT = Path(__file__).parents[2]
FILES = sorted(
    [
        *(file for file in (ROOT / "processes").glob("*.yaml") if not file.name.endswith(".scenario.yaml")),
        *(ROOT / "tests/definition").glob("kitchen_sink.yaml"),
    ]
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_sound_process_reads_the_same_judged_or_not(file: Path) -> None:
    anew = check.check_process.__wrapped__  # type: ignore[attr-defined]
    judged, read = (
        anew(file.read_bytes(), file.name, Folder(file), judged=judged) for judged in (True, False)
    )
    assert repr(judged.process) == repr(read.process)
    if judged.process is not None:
        plans = [repr(compile_process(each.process, file.name)) for each in (judged, read)]
        assert ADDRESS.sub("", plans[0]) == ADDRESS.sub("", plans[1])
