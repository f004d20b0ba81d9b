"""A file of orders on its way in: how it is written, how far it is read, and what became of its records."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Final, cast

import click

from flowengine.cli.desk import Desk
from flowengine.cli.orders import blocker_lines
from flowengine.cli.screen import print_json
from flowengine.cli.trouble import REFUSED, Trouble, unreadable, unwritable
from flowengine.compiler.plan import Plan
from flowengine.runtime.importing import Format, Imported

FIRST: Final = 10
"""So many refused records are shown at once; the error report has them all."""
_CHUNK: Final = 1 << 16


def known_encoding(name: str) -> str:
    """The encoding of that name. Raises UsageError when Python has none for texts."""
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name)
    except (LookupError, ValueError) as error:
        wanted = "utf-8-sig, gb18030, big5 or utf-16"
        raise click.UsageError(f"no encoding {name!r}: {wanted}, for example", click.get_current_context()) from error
    return name


def known_format(file: Path, given: str | None) -> Format:
    """What a file is: as the user says, or by its ending. Raises UsageError when neither tells."""
    endings: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
    found = given or endings.get(file.suffix.lower())
    if found is None:
        raise click.UsageError(f"{file} is neither .csv nor .jsonl: say --format-in", click.get_current_context())
    return cast(Format, found)


class Source:
    """The file of an import. It is read through once before the first order is opened, so that a
    mistake in its encoding leaves none."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        try:
            self._bytes: IO[bytes] = path.open("rb") if path.is_file() else io.BytesIO(path.read_bytes())
        except OSError as error:
            raise unreadable(path, error) from error
        self.size = self._bytes.seek(0, io.SEEK_END)
        self._bytes.seek(0)

    @property
    def position(self) -> int:
        """The bytes that have been read."""
        return self._bytes.tell()

    def lines(self) -> IO[str]:
        """The lines of the file as text. Raises Trouble at the first line that is not in the encoding."""
        decoder = codecs.getincrementaldecoder(self._encoding)()
        line = 1
        try:
            while chunk := self._bytes.read(_CHUNK):
                line += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            before = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
            line += before.decode(self._encoding, "ignore").count("\n")
            raise Trouble("undecodable", f"{self._path}:{line}", encoding=self._encoding) from error
        self._bytes.seek(0)
        return io.TextIOWrapper(self._bytes, encoding=self._encoding, newline="")


class Tally:
    """What became of the records: counted, the first refused ones kept, all refused ones reported."""

    def __init__(self, desk: Desk, plan: Plan, report: Path | None) -> None:
        self._desk = desk
        self._plan = plan
        self._report = report
        self._file: IO[str] | None = None
        self._first: list[Imported] = []
        self.counts: Counter[str] = Counter(created=0, already_there=0, refused=0)

    def __enter__(self) -> Tally:
        if self._report:
            try:
                self._file = self._report.open("w", encoding="utf-8", newline="\n")
            except OSError as error:
                raise unwritable(self._report, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Whatever stopped the import, say how far it came: those orders stay."""
        if self._file:
            self._file.close()
        self._show()

    def add(self, imported: Imported) -> None:
        """One more record."""
        self.counts[imported.outcome] += 1
        if imported.outcome != "refused":
            return
        if len(self._first) < FIRST:
            self._first.append(imported)
        if self._file:
            lang = self._desk.lang
            reasons = [{"code": b.code, "name": b.name, "message": b.message(lang)} for b in imported.result.blockers]
            self._file.write(json.dumps({"line": imported.line, "reasons": reasons}, ensure_ascii=False) + "\n")

    def _show(self) -> None:
        desk = self._desk
        for imported in self._first:
            for line in blocker_lines(imported.result.blockers, self._plan, desk.lang):
                desk.note("import.refused", line=imported.line, why=line)
        more = self.counts["refused"] - len(self._first)
        if more:
            desk.note("import.more" if self._report else "import.more_unreported", count=more, report=self._report)
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


def known_channel(plan: Plan, channel: str | None) -> str | None:
    """The channel, if the process has it. Raises Trouble with those that it has."""
    if channel is not None and channel not in plan.channels:
        raise Trouble("no_channel", channel, exit_code=REFUSED, process=plan.process, known=list(plan.channels) or ["–"])
    return channel


