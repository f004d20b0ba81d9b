"""What changes in the tasks that stand side by side in a stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Spot
from flowengine.compiler.comparing.conditions import only_if
from flowengine.compiler.comparing.duties import but_owner, due_differs, owners_differ
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.comparing.needs import needs
from flowengine.compiler.comparing.outcomes import actions, outcomes
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Stage, Task
from flowengine.compiler.wording import OWNERS_APART, limits, owners
from flowengine.texts import Phrase


def tasks(spot: Spot, old: Stage, new: Stage) -> Iterator[Change]:
    """Tasks that came and went, then what changed in those that stayed."""
    spot = spot.at("tasks")
    for name, task in new.tasks.items():
        if name not in old.tasks:
            words = _task_words(spot, task)
            yield spot.at(name).change("task.added", "stricter", new=essence(task), **words)
    for name, task in old.tasks.items():
        if name not in new.tasks:
            yield spot.at(name).change("task.removed", "looser", old=essence(task), task=spot.goal(name))
        else:
            yield from differences(spot.at(name).within(name), task, new.tasks[name], TASK)


def _task_words(spot: Spot, task: Task) -> dict[str, Any]:
    due = spot.said("new", lambda names: limits(names, task.due))
    asked = [spot.need(need, "new") for need in task.needs]
    return {
        "task": spot.goal(task.name),
        "owner": spot.said("new", lambda names: owners(names, task.owners)),
        "due": Phrase("diff.with_due", {"due": due}) if task.due else "",
        "needs": Phrase("diff.with_needs", {"needs": asked}) if asked else "",
    }


def _task_after(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    if set(old.after) != set(new.after):
        words = spot.both(old.after, new.after, _all_waited, "diff.at_once")
        yield spot.at("after").change("task.after", old=list(old.after), new=list(new.after), shift=words)


def _all_waited(names: Names, after: tuple[str, ...]) -> str:
    return OWNERS_APART.join(names.waited(each) for each in after)


def _task_when(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from only_if(spot.at("when"), "task.when", old.when, new.when)


def _task_each(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    if old.each != new.each:
        words = spot.both(old.each, new.each, Names.field, "diff.once")
        yield spot.at("each").change("task.each", old=old.each, new=new.each, shift=words)


def _task_needs(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from but_owner(needs(spot.at("needs"), old.needs, new.needs), old, new)


def _task_outcomes(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from but_owner(outcomes(spot.at("outcomes"), old.outcomes, new.outcomes), old, new)


def _task_then(spot: Spot, old: Task, new: Task) -> Iterator[Change]:
    yield from actions(spot.at("then"), "task.then", old.then, new.then)


TASK: Final = Kind(
    read={
        "owners": owners_differ,
        "due": due_differs,
        "after": _task_after,
        "when": _task_when,
        "each": _task_each,
        "needs": _task_needs,
        "outcomes": _task_outcomes,
        "then": _task_then,
    },
    passed_over={
        "name": "two tasks are matched by it",
        "title": "a text",
        "line": "layout of the file",
        "beside": "made of what stands beside it",
    },
)
