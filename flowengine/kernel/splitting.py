"""Splitting an order: each part is an order of the same process that begins with its share of the rows. Four
eyes go with it: it was opened by whoever opened the order, and what was done there counts for it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from flowengine.compiler.plan import Part
from flowengine.definition.builtin_fields import SET_BY_THE_PROCESS
from flowengine.definition.values import load
from flowengine.kernel.commands import Split
from flowengine.kernel.decision import Blocker, Effect
from flowengine.kernel.draft import Draft
from flowengine.kernel.hindrances import every_hold
from flowengine.kernel.linking import written

_ROWS: Final = re.compile(r"[1-9][0-9]{0,3}(,[1-9][0-9]{0,3})*")


def split(draft: Draft, command: Split) -> tuple[Blocker, ...]:
    """Split the order: it waits where it is, and its parts are opened."""
    part = draft.plan.parts.get(command.part)
    if part is None:
        return (Blocker("no_such_part", command.part, params={"known": list(draft.plan.parts)}),)
    roles = draft.found(part.by) or (draft.owner_of(part.through[0]),)
    if not draft.permits(roles, part.line):
        return (Blocker("not_yours", part.name, roles, part.line),)
    if blockers := tuple(_hindered(draft, part)):
        return blockers
    shares = shares_of(command.rows)
    rows = draft.order.fields.get(part.of)
    count = len(rows) if isinstance(rows, list) else 0
    if not 2 <= len(shares) <= part.at_most or sorted(sum(shares, ())) != list(range(1, count + 1)):  # noqa: PLR2004
        params = {"rows": count, "most": part.at_most}
        return (Blocker("split_rows", part.name, line=part.line, params=params),)
    _divide(draft, part, shares)
    return ()


def shares_of(text: str) -> list[tuple[int, ...]]:
    """The rows of each part: `1,2 3` are 1 and 2 in the first, 3 in the second. Empty for what says none."""
    words = text.split()
    if not all(_ROWS.fullmatch(word) for word in words):
        return []
    return [tuple(map(int, word.split(","))) for word in words]


def _hindered(draft: Draft, part: Part) -> Iterator[Blocker]:
    """Why an order cannot be split now: it is one part itself, has been, stands elsewhere, or is held."""
    order, plan = draft.order, draft.plan
    if order.part or order.linked.get(part.name) or order.split:
        yield Blocker("split_already", part.name, line=part.line, params={"title": part.title.all()})
    elif order.stage != part.through[0]:
        title = plan.stages[part.through[0]].title.all()
        yield Blocker("split_elsewhere", part.name, line=part.line, params={"stage": title})
    yield from every_hold(draft)


def _divide(draft: Draft, part: Part, shares: list[tuple[int, ...]]) -> None:
    unruled = [name for name in draft.order.rules if name in draft.stage.rules]
    said: dict[str, Any] = {"unruled": unruled} if unruled else {}
    rows = [list(share) for share in shares]
    draft.emit("split", link=part.name, by=draft.by.id, count=len(rows), rows=rows, **said)
    draft.realign()
    for key in list(draft.order.tasks):
        draft.emit("task_withdrawn", stage=draft.order.stage, task=key)
    for number, share in enumerate(shares, 1):
        key = f"start/{draft.order.told + 1}"
        process = draft.plan.process
        draft.emit("starting", link=part.name, process=process, key=key)
        data = {
            "process": process,
            "link": part.name,
            "fields": _fields(draft, part, share),
            "hops": draft.hops,
            "by": draft.order.creator,
            "doers": draft.order.doers,
        }
        draft.effects.append(Effect("start", key, {**data, "part": part.name, "of": number}))


def _fields(draft: Draft, part: Part, share: tuple[int, ...]) -> dict[str, Any]:
    """What a part begins with: the fields of the order, and of the list its share of the rows."""
    order, plan = draft.order, draft.plan
    left_out = {*SET_BY_THE_PROCESS, *plan.private, *(each.name for each in plan.derived if each.computed)}
    given = {
        name: written(load(plan.fields[name], value))
        for name, value in order.fields.items()
        if name not in left_out
    }
    return {**given, part.of: [given[part.of][row - 1] for row in share]}
