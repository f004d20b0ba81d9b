"""What a host hands over as functions: a slip there is told at once, not when the first call is made."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import iscoroutinefunction

from flowengine.errors import WrongInput
from flowengine.runtime.inside import Inside


def admit_functions(functions: object) -> None:
    """Raise WrongInput for what are no functions by name, and for one that nobody here would await."""
    if not isinstance(functions, Mapping) or not all(isinstance(name, str) for name in functions):
        raise WrongInput("functions are a map of names: functions={'check_credit': check_credit}")
    for name, given in functions.items():
        function = given.function if isinstance(given, Inside) else given
        if not callable(function) or given is Inside:
            raise WrongInput(f"{name!r} of `functions` is no function but {type(function).__name__}")
        if iscoroutinefunction(function):
            raise WrongInput(
                f"the function {name!r} is asynchronous and would not be run; "
                f"hand over a plain one, which may call `asyncio.run`"
            )
