"""An answer of a call out, or why there is none, as the kernel takes it: only the parts that fill fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from inspect import isawaitable, iscoroutine
from typing import Any, Final

from flowengine.compiler.call import Call
from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Answered, Principal
from flowengine.texts import TEXTS, Lang, say

OUTSIDE: Final = Principal.system("call")


def reply(call: Call | None, key: str, result: Any, plan: Plan) -> Answered:
    """An answer as the kernel takes it: the parts that fill fields, or why it is none: one of them is not
    there, or the function has only promised to do something.
    """
    if isawaitable(result):
        if iscoroutine(result):
            result.close()  # or Python warns that nobody has awaited it
        return Answered(key, error=say("call.awaitable", plan.language))
    values: dict[str, Any] = {}
    for field, path in call.sets if call else ():
        try:
            values[field] = _part(result, path)
        except Exception:  # noqa: BLE001 - it is an object of the host's, which may raise whatever it likes
            what = ".".join(("result", *path))
            return Answered(key, error=say("call.not_in_answer", plan.language, {"what": what}))
    return Answered(key, values)


def _part(result: Any, path: Iterable[str]) -> Any:
    """What stands there in an answer. Raises KeyError where nothing does."""
    for step in path:
        if not isinstance(result, Mapping):
            raise KeyError(step)
        result = result[step]
    return _copied(result)


def _copied(value: Any) -> Any:
    """What the host answers, in containers of ours: theirs may raise whenever somebody looks into them."""
    if isinstance(value, Mapping):
        return {name: _copied(each) for name, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list | tuple) else value


def why(error: str, lang: Lang) -> str:
    """Why a parcel was not taken, in words; what a host has said stays as it is."""
    word, _, detail = error.partition(": ")
    key = f"not_sent.{word}"
    return say(key, lang, {"detail": detail}) if key in TEXTS else error
