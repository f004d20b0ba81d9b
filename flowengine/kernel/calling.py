"""Calls out: made where a need or an action asks for one, and taken back in reverse order, each once.

Each is put on record and handed on as something to be done outside; `replies` takes in what came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowengine.compiler.plan import Need
from flowengine.definition.call_references import ALL
from flowengine.kernel.decision import Effect
from flowengine.kernel.draft import Draft
from flowengine.kernel.putting import digest
from flowengine.kernel.standing import Standing
from flowengine.kernel.state import Called


def tend_calls(draft: Draft) -> None:
    """Make the calls that are asked for now, one for each asking."""
    for need in list(_wanted(draft)):
        before = latest(draft, need)
        if before is None or not is_of(draft, need, before):
            call(draft, need.call, need=need.name, asked=_visit(draft), digest=digest(draft, need))


def call(draft: Draft, name: str, **said: str) -> None:
    """Make a call. `said` is for which need it is and for which asking of it; or which call it `undoes`, and
    the need that `lapses` by that.
    """
    number = draft.order.called + 1
    key = f"{name}/{number}"
    known = {word: value for word, value in said.items() if value}
    draft.emit("called", call=key, name=name, number=number, **known)
    draft.effects.append(Effect("call", key, {"call": name, "number": number, "at": draft.now}))


def undo(draft: Draft, names: tuple[str, ...]) -> None:
    """Take back what those calls have done, or `all`: the latest first. One that is still on its way is taken
    back as soon as it is done, and so is one that has failed, should it be done after all. A stage that needs
    what was taken back asks for it again.
    """
    underway: list[str] = []
    for key, known in sorted(draft.order.calls.items(), key=lambda each: each[1].number, reverse=True):
        made = draft.plan.calls.get(known.name)
        if made is None or not made.undo or not (ALL in names or known.name in names):
            continue
        if known.how == "done":
            call(draft, made.undo, undoes=key, lapses=_lapsing(draft, key, known))
        elif not known.unwanted:
            underway.append(key)
    if underway:
        draft.emit("undo_wanted", calls=underway)


def _lapsing(draft: Draft, key: str, known: Called) -> str:
    """The need that a call has met, and that is not met any more once it is taken back."""
    act = draft.order.acts.get(known.need)
    return known.need if act is not None and act[0] == key else ""


def latest(standing: Standing, need: Need) -> Called | None:
    """The last call for a need of which it may wait for the answer, or that has failed."""
    made = (each for each in standing.order.calls.values() if each.need == need.name and each.how != "done")
    return max(made, key=lambda each: each.number, default=None)


def is_of(standing: Standing, need: Need, known: Called) -> bool:
    """Whether a call is for the present asking of its need: of this visit, unless the need outlives it, and
    with what it covers as it is now.
    """
    order = standing.order
    lasts = need.name in order.deferred or need.name in order.stale
    return known.digest == digest(standing, need) and (lasts or known.asked == _visit(standing))


def _visit(standing: Standing) -> str:
    return f"{standing.order.stage} {standing.order.visit}"


def _wanted(draft: Draft) -> Iterator[Need]:
    """The needs that wait for a call: of the stage and its open tasks, and what is owed from before."""
    asked: Iterable[Need] = ()
    if not draft.order.shut:
        begun = (piece for piece in draft.pieces() if piece.key in draft.order.tasks)
        asked = (*draft.stage.needs, *(need for piece in begun for need in piece.needs()))
    owed = (draft.plan.lasting[name] for name in (*draft.order.stale, *draft.order.deferred))
    for need in {each.name: each for each in (*asked, *owed)}.values():
        if need.call and draft.is_open(need):
            yield need
