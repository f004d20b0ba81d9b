"""The playbooks of a process: what each exception asks for as it is written now, and what the reviews of its
cases have found. Only cases of which the reader sees everything count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from flowengine.compiler.plan import Need, Plan
from flowengine.definition.inner import name_of
from flowengine.definition.inner.exceptions import END, LINK, STAGES
from flowengine.definition.words import Text
from flowengine.kernel.commands import Principal
from flowengine.runtime.looking import Looking, OrderView
from flowengine.runtime.missing import missing

_RESOLVING, _REVIEW = STAGES[-2:]
_TOLD: Final = frozenset({"about", "type"})
"""The fields without which a case tells nothing."""

Notes = Mapping[str, tuple[str, int]]
"""What was written down in a case, by need, and when."""
Reviewed = tuple[OrderView, Notes]


@dataclass(frozen=True, slots=True)
class Learned:
    """What reviews have said, in how many of them, and the last case in which they did: about which order,
    and when (milliseconds UTC).
    """

    text: str
    count: int
    case: str
    about: str
    at: int


@dataclass(frozen=True, slots=True)
class Playbook:
    """An exception: what `needs` must be done to resolve it, how many of its `cases` have been reviewed, and
    what was `learned` by each note of the review: what was said most often first, and of that the newest.
    """

    exception: str
    title: Text
    plan: Plan
    needs: tuple[Need, ...]
    review: tuple[Need, ...]
    cases: int
    learned: Mapping[str, tuple[Learned, ...]]


def playbooks(looking: Looking, process: str, by: Principal, exception: str) -> tuple[Playbook, ...]:
    """The playbooks of a process, or of one exception of it. Raises NotFound and NotAllowed."""
    plan = looking.plan(process, by)
    if exception and exception not in plan.exceptions:
        raise missing("exception", exception=exception, process=process, known=list(plan.exceptions))
    if not plan.exceptions:
        return ()
    brought = name_of(plan.process, LINK)
    cases = looking.plan(brought, by)
    said: dict[str, list[Reviewed]] = {}
    for view in _reviewed(looking, brought, by):
        name = str(view.order.fields["type"])
        if name == exception or not exception:
            said.setdefault(name, []).append((view, _notes(looking, view, by)))
    return tuple(
        _playbook(name, each.title, cases.variants[name], said.get(name, []))
        for name, each in plan.exceptions.items()
        if name == exception or not exception
    )


def _playbook(name: str, title: Text, plan: Plan, said: list[Reviewed]) -> Playbook:
    review = tuple(need for need in plan.stages[_REVIEW].needs if need.kind == "note")
    learned = {need.name: _learned(need.name, said) for need in review}
    return Playbook(name, title, plan, plan.stages[_RESOLVING].needs, review, len(said), learned)


def _learned(need: str, said: list[Reviewed]) -> tuple[Learned, ...]:
    """What was said under one need, the same words once."""
    found: dict[str, Learned] = {}
    for view, notes in said:
        if need not in notes:
            continue
        text, at = notes[need]
        known = found.get(text)
        count = known.count + 1 if known else 1
        if known and known.at > at:
            found[text] = replace(known, count=count)
        else:
            found[text] = Learned(text, count, view.row.number, str(view.order.fields["about"]), at)
    return tuple(sorted(found.values(), key=lambda each: (-each.count, -each.at)))


def _reviewed(looking: Looking, process: str, by: Principal) -> Iterator[OrderView]:
    """The cases that have been reviewed, found by where they stand."""
    after = None
    while True:
        page = looking.orders(
            by,
            process=process,
            stage=END,
            status="closed",
            late=False,
            parked=False,
            held=False,
            awaiting=None,
            find=None,
            after=after,
            limit=200,
        )
        yield from (view for view in page.items if not _TOLD & view.hidden)
        if (after := page.after) is None:
            return


def _notes(looking: Looking, view: OrderView, by: Principal) -> Notes:
    """What was written down in a case at last, and when; the history of an order is read by its id."""
    found: dict[str, tuple[str, int]] = {}
    after: int | None = 0
    while after is not None:
        page = looking.history(view.row.id, by, process=None, after=after, limit=200)
        for entry in page.items:
            for event in entry.record["events"]:
                if event["event"] == "acted" and event["kind"] == "note":
                    found[event["need"]] = (str(event["value"]), event["at"])
        after = page.after
    return found
