"""Many orders at once (R06): each record becomes an order or an entry of the report; none stops the rest."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from flowengine.kernel.commands import Create, Principal, Request
from flowengine.kernel.decision import Blocker
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.result import Result
from flowengine.texts import Phrase

Format = Literal["csv", "jsonl"]
Record = tuple[int, Mapping[str, Any] | Blocker]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one record of a file: its first line, and the answer to the order it asked for."""

    line: int
    result: Result

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
        yield Imported(line, commanding.start(process, Request(Create(values), by, reason)))


def records_of(lines: Iterable[str], format: Format) -> Iterator[Record]:
    """The records of a file with the line that each begins on; one that cannot be read is a blocker."""
    return _csv(lines) if format == "csv" else _jsonl(lines)


def _csv(lines: Iterable[str]) -> Iterator[Record]:
    reader = csv.DictReader(lines, restkey="", strict=True)
    line = 1
    try:
        heading = reader.fieldnames or ()  # read now, so that the first record has its own line
        while True:
            line = reader.line_num + 1
            row = next(reader)
            if "" in row or None in row.values():
                yield line, Blocker("columns", params={"wanted": len(heading)})
            else:
                yield line, {name.strip(): value for name, value in row.items()}
    except StopIteration:
        return
    except csv.Error as error:
        yield line, _unreadable(str(error))


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
