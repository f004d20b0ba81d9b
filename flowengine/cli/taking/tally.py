"""What became of the records of an import: counted, reported, and shown on the way."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from io import FileIO
from pathlib import Path
from typing import Final

import click

from flowengine.cli.desk import Desk
from flowengine.cli.screen import print_json
from flowengine.cli.taking.intake import Source
from flowengine.cli.telling.orders import blocker_lines
from flowengine.cli.trouble import writing
from flowengine.compiler.plan import Plan
from flowengine.disk import add
from flowengine.runtime.importing import Imported

FIRST: Final = 10
"""So many refused records are shown at once; the error report has them all."""
_HALF_SIGNS: Final = "backslashreplace"
"""Half a character is written as JSON escapes it: a report that falls over a faulty record is none."""


class Tally:
    """What became of the records: counted, the first refused ones kept, all refused ones reported."""

    def __init__(self, desk: Desk, plan: Plan, report: Path | None) -> None:
        self._desk = desk
        self._plan = plan
        self._report = report
        self._file: FileIO | None = None
        self._is_new = False
        self._lost: OSError | None = None
        self._first: list[Imported] = []
        self.counts: Counter[str] = Counter(created=0, already_there=0, refused=0)

    def __enter__(self) -> Tally:
        if self._report:
            with writing(self._report):
                self._is_new = not self._report.exists()
                self._file = self._report.open("wb", buffering=0)
        return self

    def __exit__(self, *stopped: object) -> None:
        """Whatever stopped the import, say how far it came: those orders stay."""
        try:
            if self._file and self._report:
                self._end(self._file, self._report, whole=not (self._lost or any(stopped)))
        finally:
            self._show()

    def add(self, imported: Imported) -> None:
        """One more record."""
        self.counts[imported.outcome] += 1
        if imported.outcome != "refused":
            return
        if len(self._first) < FIRST:
            self._first.append(imported)
        if self._file and not self._lost:
            reasons = [
                {"code": blocker.code, "name": blocker.name, "message": blocker.message(self._desk.lang)}
                for blocker in imported.result.blockers
            ]
            row = {"line": imported.line, "reasons": reasons, "record": imported.record}
            line = json.dumps(row, ensure_ascii=False, default=str) + "\n"
            try:
                add(self._file, line.encode(errors=_HALF_SIGNS), at_once=False)
            except OSError as error:  # it stops no order, and is told at the end
                self._lost = error

    def _end(self, file: FileIO, report: Path, *, whole: bool) -> None:
        with writing(report):
            file.close()
            if not whole and self._is_new and not report.stat().st_size:
                report.unlink()  # it would say that nothing was refused
            if self._lost:
                raise self._lost

    def _show(self) -> None:
        desk = self._desk
        for imported in self._first:
            for line in blocker_lines(imported.result.blockers, self._plan, desk.lang):
                desk.note("import.refused", line=imported.line, why=line)
        more = self.counts["refused"] - len(self._first)
        if more:
            key = "import.more" if self._report else "import.more_unreported"
            desk.note(key, count=more, report=self._report)
        if desk.format == "json":
            print_json(dict(self.counts))
        else:
            desk.print("import.done", **self.counts)


def take_in(answers: Iterable[Imported], tally: Tally, source: Source, *, label: str) -> None:
    """Count every answer as it comes; on a terminal, show how far the file is read."""
    step = max(source.size // 200, 1)
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=source.size or 1, label=label, file=sys.stderr, hidden=hidden, update_min_steps=step
    ) as bar:
        for imported in answers:
            tally.add(imported)
            bar.update(source.position - bar.pos)
