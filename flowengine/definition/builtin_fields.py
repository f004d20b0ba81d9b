"""The fields that every process has without declaring them, as soon as it says anything of them.

`type` is given at intake and stays; `priority` is what the process or the type says, or an action sets.
"""

from __future__ import annotations

from typing import Final

from flowengine.definition.deeds import deeds_of
from flowengine.definition.vocabulary.values import PRIORITIES
from flowengine.definition.words import DefaultRow, Field, Process, Text

TYPE: Final = "type"
PRIORITY: Final = "priority"
SET_BY_THE_PROCESS: Final = frozenset({PRIORITY})
"""Fields that nobody writes: their value follows from the process."""
STAYING: Final = frozenset({TYPE, "channel"})
"""Fields that say what kind of order it is, and stay as they were given."""


def builtin_fields(process: Process) -> dict[str, Field]:
    """The fields `type` and `priority`, where the process speaks of them."""
    fields: dict[str, Field] = {}
    types = process.types or {}
    if types:
        place = next(iter(types.values())).place
        alone = next(iter(types)) if len(types) == 1 else None
        fields[TYPE] = Field(
            name=TYPE,
            place=place,
            type="choice",
            required=alone is None,
            default=(DefaultRow(place=place, value=alone),) if alone else None,
            choices=tuple(types),
            title=Text(zh="类型", en="Type"),
        )
    patches = (*types.values(), *(lane.grants for lane in (process.lanes or {}).values()))
    if process.priority or any(PRIORITY in each.says for each in patches) or _is_set(process):
        fields[PRIORITY] = Field(
            name=PRIORITY,
            place=process.place,
            type="choice",
            default=(DefaultRow(place=process.place, value=process.priority or "normal"),),
            choices=PRIORITIES,
            title=Text(zh="优先级", en="Priority"),
        )
    return fields


def _is_set(process: Process) -> bool:
    """Whether an action sets the priority."""
    return any(PRIORITY in (action.set or ()) for found in deeds_of(process) for action in found.actions)
