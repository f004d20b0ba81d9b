"""Exceptions that are raised without an action that says so, where a process declares them: a call has failed
and says nothing else, and nobody is there for work that has come up.

They are entries like any other. `defaults.exception` says what is asked of those that are declared: it has no
tier, and nobody deals with what has none.
"""

from __future__ import annotations

from typing import Final

from flowengine.definition.words import Action, Call, Name, Process

CALL_FAILED: Final = "call_failed"
NOBODY_TO_ACT: Final = "nobody_to_act"


def failing(process: Process, call: Call) -> tuple[Action, ...]:
    """What is done when a call has failed for good; without words of its own it becomes an exception."""
    if call.failed or CALL_FAILED not in (process.exceptions or {}):
        return call.failed
    return (Action(place=call.place, raise_=Name.at(CALL_FAILED, call.place)),)
