"""What a call out has come to: its answer typed into fields and frozen in history, or that it has failed.

The first answer counts, whenever it comes; one for which nobody waits any more changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from flowengine.compiler.call import Call
from flowengine.compiler.plan import Action
from flowengine.errors import EvaluationFailed
from flowengine.kernel.acts import acted
from flowengine.kernel.calling import call as make
from flowengine.kernel.calling import is_of
from flowengine.kernel.commands import Answered, Request
from flowengine.kernel.decision import Blocker
from flowengine.kernel.doing import perform
from flowengine.kernel.draft import Draft
from flowengine.kernel.events import Event
from flowengine.kernel.raising import is_open
from flowengine.kernel.state import Called
from flowengine.kernel.writing import field_change, put
from flowengine.texts import Phrase, say

_HIDDEN: Final = "…"


def answer(draft: Draft, command: Answered) -> tuple[Blocker, ...]:
    """Take in the answer of a call, or that it has failed for good."""
    key, known = command.call, draft.order.calls.get(command.call)
    if known is None:
        number = key.rpartition("/")[2]
        was = number.isdecimal() and int(number) <= draft.order.called
        return (Blocker("call_answered" if was else "no_such_call", name=key),)
    if known.how == "done" or (known.how and command.error):
        return (Blocker("call_answered", name=key),)
    call = draft.plan.calls.get(known.name)
    why = command.error or draft.attempt(partial(_done, command=command, known=known, call=call))
    if why:
        _failed(draft, key, known, call, why)
    return ()


def as_kept(request: Request, events: Iterable[Event]) -> Request:
    """The request as history keeps it: of an answer only what was taken in."""
    command = request.command
    if not isinstance(command, Answered) or not command.values:
        return request
    taken = any(each.kind == "call_done" and "late" not in each.data for each in events)
    return request if taken else replace(request, command=replace(command, values={}))


def _done(draft: Draft, *, command: Answered, known: Called, call: Call | None) -> None:
    """Raises EvaluationFailed where a field cannot take what the answer says."""
    key, open_ = command.call, draft.order.status == "open"
    need = draft.doable(known.need) if known.need and open_ else None
    counts = not (known.overtaken or known.unwanted)
    meets = counts and need is not None and need.name not in draft.order.acts and is_of(draft, need, known)
    data: dict[str, Any] = {} if counts and open_ else {"late": True}
    if call is not None and call.undo:
        data["undoable"] = True
    own = need is not None and meets and need.thing == known.name  # then it is the need that is done
    draft.emit(
        "call_done",
        *(() if own or not counts else (f"{known.name}.done",)),
        call=key,
        name=known.name,
        **data,
    )
    if counts and open_:
        _fill(draft, command)
    if need is not None and meets:
        acted(draft, need, value=key)
    if counts and call is not None:
        _perform(draft, call.done, "call_done", known.name)
    if known.unwanted and call is not None and call.undo:
        make(draft, call.undo, undoes=key)


def _fill(draft: Draft, command: Answered) -> None:
    changes: dict[str, list[Any]] = {}
    wrong = [
        blocker for name, raw in command.values.items() for blocker in field_change(draft, name, raw, changes)
    ]
    for blocker in wrong or put(draft, changes, itself=True):
        raise EvaluationFailed(_without_values(blocker).message(draft.plan.language))


def _without_values(blocker: Blocker) -> Blocker:
    """What does not fit, without the value itself: more people read why than may see the field."""
    why = blocker.params.get("why", "")
    hidden = _hidden(why) if isinstance(why, Phrase) else _HIDDEN
    return replace(blocker, params={**blocker.params, "why": hidden})


def _hidden(phrase: Phrase) -> Phrase:
    secret = {"value"} | ({"column"} if phrase.key == "wrong.unknown_column" else set())
    said: dict[str, object] = {}
    for name, value in phrase.params.items():
        said[name] = _hidden(value) if isinstance(value, Phrase) else _HIDDEN if name in secret else value
    return Phrase(phrase.key, said)


def _failed(draft: Draft, key: str, known: Called, call: Call | None, why: str) -> None:
    if known.overtaken or known.unwanted:
        draft.emit("call_failed", call=key, name=known.name, reason=why, over=True)
        return
    draft.emit("call_failed", f"{known.name}.failed", call=key, name=known.name, reason=why)
    actions = call.failed if call else ()
    if all(_is_unheard(draft, each) for each in actions):
        draft.tell([draft.plan.owner], "call_failed", stage=draft.order.stage, place=known.name, reason=why)
    title = call.title.say(draft.plan.language) if call else known.name
    motive = say("exception.call_failed", draft.plan.language, {"call": title, "why": why})
    _perform(draft, actions, "call_failed", known.name, reason=why, motive=motive)


def _is_unheard(draft: Draft, action: Action) -> bool:
    """Whether an action leaves it at what people know: it raises what is open already, or after the end."""
    is_over = draft.order.status == "closed"
    return bool(action.raises) and (is_over or is_open(draft.order, action.raises) is not None)


def _perform(draft: Draft, actions: tuple[Action, ...], about: str, name: str, **data: Any) -> None:
    """Do what follows. After the end of the order nothing changes in it; messages and calls still go out."""
    if draft.order.status == "closed":
        actions = tuple(each for each in actions if each.notify or each.call or each.undo)
    step = partial(
        perform, actions=actions, about=about, where="order", stage=draft.order.stage, place=name, **data
    )
    if why := draft.attempt(step):
        draft.emit("stuck", stage=draft.order.stage, why=why)
