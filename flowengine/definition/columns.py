"""The columns of a scenario's rows: `{amount}` in its steps, filled in, and checked before it is played.

Where a column stands alone it becomes the value itself, which may be a number or a list; where a name is
needed it must therefore be a text, and where several names may stand a text or a list of texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from flowengine.definition.document import Node
from flowengine.definition.document.characters import shown
from flowengine.definition.findings import Finding, unknown
from flowengine.texts import Phrase

Row = Mapping[str, Any]
_COLUMN: Final = re.compile(r"\{([^\s{}]+)\}")
_ANY_VALUE: Final = frozenset({"create", "import", "start", "write", "attach", "reason", "fields", "data"})
"""The keys of a step under which every kind of value may stand; everywhere else there are names."""
_KINDS: Final = {dict: "map", list: "list", bool: "yes_or_no", type(None): "nothing"}


def filled(value: Any, row: Row) -> Any:
    """`value` with every `{column}` of the row replaced, also inside lists and maps."""
    if isinstance(value, str):
        return _text(value, row)
    if isinstance(value, Mapping):
        return {name: filled(each, row) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [filled(each, row) for each in value]
    return value


def filled_names(value: Any, row: Row) -> Any:
    """As `filled`, but a column with a list stands for its elements where several names may stand."""
    if isinstance(value, Mapping):
        return {name: filled_names(each, row) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [name for each in value for name in _several(filled(each, row))]
    return filled(value, row)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def holds_column(text: object) -> bool:
    """Whether a column is to be filled into that text."""
    return isinstance(text, str) and bool(_COLUMN.search(text))


def column_findings(scenario: Node, rows: Sequence[Row]) -> Iterator[Finding]:
    """Columns that not every row has, and rows whose value cannot stand where a name is needed."""
    if not rows:
        return
    given = scenario.entries.get("given")
    for node in _texts(given) if given else ():
        yield from _unknown_columns(node, rows)
    for node in _texts(scenario.entries["steps"]):
        yield from _unknown_columns(node, rows)
    for node, several in _names(scenario.entries["steps"], several=False):
        yield from _no_names(node, rows, several=several)


def _text(value: str, row: Row) -> Any:
    whole = _COLUMN.fullmatch(value)
    if whole and whole[1] in row:
        return row[whole[1]]
    return _COLUMN.sub(lambda match: str(row.get(match[1], match[0])), str(value))


def _unknown_columns(node: Node, rows: Sequence[Row]) -> Iterator[Finding]:
    everywhere = set(rows[0]).intersection(*rows)
    for match in _COLUMN.finditer(node.text):
        if match[1] not in everywhere:
            yield unknown("FE513", node.within(match.start()), shown(match[1]), everywhere)


def _no_names(node: Node, rows: Sequence[Row], *, several: bool) -> Iterator[Finding]:
    for row in rows:
        value = filled(node.text, row)
        for each in (value or [None]) if several and isinstance(value, list) else [value]:
            if not isinstance(each, str):
                found = Phrase(f"kind.{_KINDS.get(type(each), 'number')}")
                yield Finding("FE514", node.within(), {"word": shown(node.text), "found": found})


def _texts(node: Node) -> Iterator[Node]:
    """Every text within a node that may hold a column."""
    if node.kind == "scalar" and isinstance(node.value, str):
        yield node
    for within in (*node.items, *node.entries.values()):
        yield from _texts(within)


def _names(node: Node, *, several: bool) -> Iterator[tuple[Node, bool]]:
    """Every text within the steps that stands for a name, and whether several names may stand there."""
    if node.kind == "scalar" and isinstance(node.value, str):
        yield node, several
    for item in node.items:
        yield from _names(item, several=True)
    for key, entry in node.entries.items():
        if key not in _ANY_VALUE:
            yield from _names(entry, several=key == "by")
