"""Every key of the process language, once: the reader, the JSON Schema, the reference and did-you-mean
are derived from this table, so a key that nobody reads or documents cannot exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flowengine.definition.shapes import Shape
from flowengine.definition.vocabulary import (
    actions,
    approvals,
    calendars,
    calls,
    clocks,
    events,
    exceptions,
    holds,
    lanes,
    links,
    messages,
    needs,
    notices,
    order,
    outcomes,
    parts,
    people,
    process,
    stages,
)
from flowengine.definition.vocabulary.libraries import LIBRARY

__all__ = ["LIBRARY", "SHAPES"]

SHAPES: Final[Mapping[str, Shape]] = {
    shape.name: shape
    for section in (
        process,
        order,
        people,
        stages,
        outcomes,
        needs,
        clocks,
        holds,
        actions,
        approvals,
        lanes,
        messages,
        calendars,
        links,
        parts,
        events,
        calls,
        exceptions,
        notices,
    )
    for shape in section.SHAPES
}
