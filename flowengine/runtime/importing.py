"""Many orders at once (R06): each record becomes an order or an entry of the report; none stops the rest."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Create, Principal, Request
from flowengine.kernel.decision import Blocker
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.result import Result
from flowengine.texts import Phrase

Format = Literal["csv", "jsonl"]
Record = tuple[int, Mapping[str, Any] | Blocker]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one record of a file: its first line, and the answer to the order it asked for.

    The record itself, which may tell of a person, is not shown where this is logged.
    """

    line: int
    result: Result
    record: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def outcome(self) -> Literal["created", "already_there", "refused"]:
        """Whether the record is an order now, was one before, or was refused."""
        if not self.result.ok:
            return "refused"
        return "already_there" if self.result.repeated else "created"


def import_orders(
    commanding: Commanding,
    process: str,
    records: Iterable[Record],
    *,
    by: Principal,
    channel: str | None = None,
    reason: str = "",
) -> Iterator[Imported]:
    """One answer for each record, in file order; each order is a transaction of its own."""
    for line, record in records:
        if isinstance(record, Blocker):
            yield Imported(line, Result(0, "", 0, "", "", blockers=(record,)))
            continue
        values = {**record, "channel": channel} if channel else dict(record)
        yield Imported(line, _started(commanding, process, Request(Create(values), by, reason)), record)


def _started(commanding: Commanding, process: str, request: Request) -> Result:
    """The answer to one record; what makes its conditions or its nesting too much for us is its own fault."""
    try:
        return commanding.start(process, request)
    except EvaluationFailed as failed:
        blocker = Blocker("check_failed", params={"said": str(failed)})
    except RecursionError as error:
        blocker = _unreadable(str(error))
    return Result(0, "", 0, "", "", blockers=(blocker,))


def records_of(lines: Iterable[str], format: Format) -> Iterator[Record]:
    """The records of a file with the line that each begins on; one that cannot be read is a blocker."""
    return _csv(lines) if format == "csv" else _jsonl(lines)


def _csv(lines: Iterable[str]) -> Iterator[Record]:
    reader = csv.reader(lines, strict=True)
    heading: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _unreadable(str(error))
            if heading:
                continue
            return
        if not cells:
            continue  # a blank line
        if heading:
            yield line, _record(heading, cells)
            continue
        heading = [cell.strip() for cell in cells]
        if twice := next((name for name in heading if name and heading.count(name) > 1), None):
            yield line, _unreadable(Phrase("import.column_twice", {"name": twice}))
            return


def _record(heading: Sequence[str], cells: Sequence[str]) -> Mapping[str, str] | Blocker:
    """The cells under their headings; an empty column without a heading is none."""
    if len(cells) != len(heading):
        return Blocker("columns", params={"wanted": len(heading)})
    return {name: cell for name, cell in zip(heading, cells, strict=True) if name or cell.strip()}


def _jsonl(lines: Iterable[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_float=Decimal, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            yield number, _unreadable(str(error))
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            yield number, _unreadable(Phrase("import.not_a_map"))


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _unreadable(why: object) -> Blocker:
    return Blocker("unreadable", params={"why": why})
