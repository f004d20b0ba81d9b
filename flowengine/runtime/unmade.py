"""Calls out that nobody makes, because no worker has what does them. For `signs.py`."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import urlsplit

from flowengine.compiler.plan import Plan
from flowengine.runtime.ports import Reader
from flowengine.runtime.verifying import trusted

_PATIENCE: Final = 5 * 60_000
"""Milliseconds for which a call may wait without anybody having to look."""


class Unmade(NamedTuple):
    """How many there are, since when the oldest waits, and what would do them: functions, and hosts."""

    calls: int
    since: int
    functions: tuple[str, ...]


def unmade(unit: Reader, now: int) -> Unmade | None:
    """What can be told of all of them; None where there are none.

    A definition that cannot be read any more names its calls alone; `verify` names it.
    """
    rows = unit.unmade_calls(now - _PATIENCE)
    plans: dict[int, Plan | None] = {}
    for row in rows:
        if row.definition_id not in plans:
            found = unit.definition(row.definition_id)
            plans[row.definition_id] = trusted(found) if found else None
    named = {_doer(plans[row.definition_id], row.queue.removeprefix("call ")) for row in rows}
    if not rows:
        return None
    return Unmade(sum(row.calls for row in rows), min(row.since for row in rows), tuple(sorted(named)))


def _doer(plan: Plan | None, name: str) -> str:
    """What does a call; its own name where a variant of the process brings it."""
    call = plan.calls.get(name) if plan else None
    return (call.function or urlsplit(call.webhook).netloc) if call else name
