"""Tasks side by side: opening those whose turn has come, closing what is complete; and deferred needs."""

from __future__ import annotations

from flowengine.compiler.plan import Task
from flowengine.kernel.doing import perform
from flowengine.kernel.draft import Draft, Spinning
from flowengine.kernel.standing import Piece, Standing, first


def tend(draft: Draft) -> None:
    """Bring the tasks and deferred needs of the stage up to what the order's data say now.

    Raises Spinning where tasks open and close each other without end.
    """
    if draft.stage.tasks:
        _withdraw_rows(draft)
        rounds = 2 * len(draft.pieces()) + 1
        while sum([_tended(draft, piece) for piece in draft.pieces()]):
            rounds -= 1
            if not rounds:
                raise Spinning((draft.order.stage, *draft.order.tasks))
    if draft.plan.lasting:
        _defer(draft)


def is_due(standing: Standing, task: Task) -> bool:
    """Whether everything that a task waits for is there."""
    return all(
        standing.is_there(name) if name in task.beside else standing.facts.count(name) > 0
        for name in task.after
    )


def _tended(draft: Draft, piece: Piece) -> bool:
    """Open, close, open again or withdraw one task; whether anything changed."""
    state, task = draft.order.tasks.get(piece.key), piece.task
    wanted = draft.is_wanted(task)
    if state is None:
        if not wanted or not is_due(draft, task):
            return False
        _open(draft, piece)
    elif state.done_at is None:
        if not wanted:
            draft.emit("task_withdrawn", stage=draft.order.stage, task=piece.key)
        elif task.needs and not draft.open(piece.needs()):
            draft.emit("task_done", f"{task.name}.done", stage=draft.order.stage, task=piece.key)
            perform(draft, task.then, f"{task.name}.done", task.name, stage=draft.order.stage, task=piece.key)
        else:
            return False
    elif state.outcome or not wanted or not draft.open(piece.needs()):
        return False
    else:
        _open(draft, piece)  # what it needed is there no more
    return True


def _open(draft: Draft, piece: Piece) -> None:
    task = piece.task
    data = {"owner": draft.addressee(first(task.owners, draft.facts).to)} if len(task.owners) > 1 else {}
    draft.emit("task_opened", f"{task.name}.opened", stage=draft.order.stage, task=piece.key, **data)


def _withdraw_rows(draft: Draft) -> None:
    """Withdraw what was opened for rows that the list has no more."""
    present = {piece.key for piece in draft.pieces()}
    for key in [key for key in draft.order.tasks if key not in present]:
        draft.emit("task_withdrawn", stage=draft.order.stage, task=key)


def _defer(draft: Draft) -> None:
    """Begin the time of needs that may wait, and end it for those that are there."""
    order = draft.order
    for name in list(order.deferred):
        if draft.is_met(draft.plan.lasting[name]):
            draft.emit("made_good", need=name)
    asked = list(draft.stage.needs)
    for piece in draft.pieces():
        if piece.key in order.tasks:
            asked += piece.needs()
    for need in asked:
        if not need.defer or need.name in order.deferred:
            continue
        if draft.is_open(need):
            draft.emit("deferred", need=need.name)
