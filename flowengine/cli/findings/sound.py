"""Process files that a verb is to work with: all of them without an error, or none is touched."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flowengine.cli.findings.checking import Sheet, checked
from flowengine.cli.findings.report import text_of
from flowengine.cli.trouble import Faulty, Trouble
from flowengine.definition.telling_apart import is_scenario
from flowengine.texts import Lang

if TYPE_CHECKING:
    from flowengine.compiler.plan import Plan


def sound_processes(paths: Iterable[Path], lang: Lang) -> list[Sheet]:
    """The sheets of process files that a verb is to work with, all of them without an error.

    Raises Faulty with the findings, and Trouble for a file that is no process.
    """
    sheets = [checked(path) for path in paths]
    for sheet in sheets:
        if sheet.node and is_scenario(sheet.node):
            raise Trouble("not_a_process", sheet.file)
    if not all(sheet.is_sound for sheet in sheets):
        raise Faulty(text_of(sheets, lang))
    for sheet in sheets:
        if sheet.process is None:
            raise Trouble("a_library", sheet.file)
    return sheets


def sound_plan(path: Path, lang: Lang) -> Plan:
    """The plan of one process file. Raises as `sound_processes` does."""
    from flowengine.compiler.compile import compile_process

    process = sound_processes([path], lang)[0].process
    assert process is not None
    return compile_process(process, str(path))
