"""Conditions that decide nothing: rows no order takes, needs nobody is asked for, gates that stand open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flowengine.definition.document.characters import shown
from flowengine.definition.findings import Finding, Severity
from flowengine.definition.scope import every_need
from flowengine.definition.soundness.possible import MOST_ROWS, Possible
from flowengine.definition.soundness.questions import Condition, Where, Wish
from flowengine.definition.soundness.telling import said
from flowengine.definition.words import Due, Need, Outcome, Row, Stage, Task, Written

MOST_TOLD: Final = 5


def gate_findings(possible: Possible) -> Iterator[Finding]:
    """Every condition of the process that could as well not stand there, or that nothing ever meets."""
    yield from _checks(possible)
    process = possible.process
    for name, stage in process.stages.items():
        if name in possible.here:
            yield from _stage(possible, stage)
    for outcome in (process.outcomes or {}).values():
        yield from _outcome(possible, outcome, _somewhere(possible))


def _somewhere(possible: Possible) -> Where:
    """In no stage in particular, with everything behind the order that may happen to any."""
    return Where("", frozenset().union(*possible.here.values()))


def _checks(possible: Possible) -> Iterator[Finding]:
    """Checks that refuse every order, together or alone, and those that refuse none."""
    process, checks = possible.process, possible.questions.checks
    if not checks:
        return
    opening = Where(next(iter(process.stages)), frozenset())
    for number, check in enumerate(checks, 1):
        # The first with which those before it cannot all hold: it is the one to look at.
        if not possible.questions.may([each.holds for each in checks[:number]], opening, lawful=False):
            others = _culprits(possible, number, opening)
            params = {"check": check.source, "others": [f"`{each.source}`" for each in others]}
            variant, hint = ("several", "") if others else ("alone", "alone")
            yield said("FE424", variant, check.written.place, params, severity="error", hint=hint)
            return
    for check in checks:
        if not possible.questions.may([check.fails], lawful=False):
            yield _open(check.written, "check")


def _culprits(possible: Possible, number: int, where: Where) -> list[Condition]:
    """The checks before the last of so many that contradict it: none, one of them, or all together."""
    earlier, last = possible.questions.checks[: number - 1], possible.questions.checks[number - 1]
    if not possible.questions.may([last.holds], where, lawful=False):
        return []
    for each in earlier:
        if not possible.questions.may([each.holds, last.holds], where, lawful=False):
            return [each]
    return list(earlier)


def _stage(possible: Possible, stage: Stage) -> Iterator[Finding]:
    here = possible.where(stage.name)
    anywhere = _somewhere(possible)
    for need in every_need(stage.entry):
        yield from _need(possible, need, anywhere)
    for need in (stage.needs or {}).values():
        yield from _need(possible, need, here)
    for task in (stage.tasks or {}).values():
        yield from _when(possible, task, "task", here)
        for need in (task.needs or {}).values():
            yield from _need(possible, need, here)
        for outcome in (task.outcomes or {}).values():
            yield from _outcome(possible, outcome, here)
        yield from _rows(possible, task.owner, anywhere, "owner", task.name)
        yield from _rows(possible, task.due, here, "due", task.name)
    for outcome in (stage.outcomes or {}).values():
        yield from _outcome(possible, outcome, here)
    yield from _rows(possible, stage.next, here, "next", stage.name)
    yield from _rows(possible, stage.owner, anywhere, "owner", stage.name)
    yield from _rows(possible, stage.due, here, "due", stage.name)


def _outcome(possible: Possible, outcome: Outcome, where: Where) -> Iterator[Finding]:
    if outcome.when:
        yield from _when(possible, outcome, "outcome", where)
    for need in (outcome.needs or {}).values():
        yield from _need(possible, need, where, severity="warning")
    for action in outcome.beyond:
        for need in (action.ask or {}).values():
            yield from _need(possible, need, where)


def _need(possible: Possible, need: Need, where: Where, *, severity: Severity = "error") -> Iterator[Finding]:
    if need.covers or need.defer is not None:
        where = _somewhere(possible)  # it may be asked for in any stage
    yield from _when(possible, need, "need", where)
    if need.that:
        yield from _that(possible, need, where, severity)
    for part in (need.any or {}).values():
        yield from _need(possible, part, where, severity="warning")


def _that(possible: Possible, need: Need, where: Where, severity: Severity) -> Iterator[Finding]:
    assert need.that is not None
    wish = possible.holds(need.that)
    if not possible.questions.may([wish], where):
        if not possible.may_be_asked(need, where):
            return
        lost = severity if not (need.waive or need.after) else "warning"
        params = {"need": need.name, "condition": wish.condition.source}
        if waits := _not_yet(possible, wish, where):
            moments = {**params, "moments": waits}
            yield said("FE423", "moment", need.that.place, moments, severity=lost, hint="moment")
        else:
            yield said("FE423", "value", need.that.place, params, severity=lost)
    elif not possible.questions.may([wish.condition.fails], where):
        yield _open(need.that, "that")


def _when(possible: Possible, thing: Need | Task | Outcome, what: str, where: Where) -> Iterator[Finding]:
    if thing.when is None:
        return
    wish = possible.holds(thing.when)
    if not possible.questions.may([wish], where):
        params: dict[str, object] = {"name": thing.name, "condition": wish.condition.source}
        if waits := _not_yet(possible, wish, where):
            params |= {"moments": waits}
        variant = "moment" if waits else what
        yield said("FE421", variant, thing.when.place, params, hint=variant)
    elif not possible.questions.may([wish.condition.fails], where):
        yield _open(thing.when, what)


def _not_yet(possible: Possible, wish: Wish, where: Where) -> list[str]:
    """The moments for want of which a wish cannot come true."""
    if where.may is None or not possible.questions.may([wish], where._replace(may=None)):
        return []
    return sorted(wish.condition.moments - where.may)


def _open(written: Written, what: str) -> Finding:
    return said(
        "FE422",
        what,
        written.place,
        {"condition": shown(written.source)},
        hint="need" if what == "that" else what,
    )


def _rows(
    possible: Possible, rows: Sequence[Row] | Sequence[Due], where: Where, word: str, place: str
) -> Iterator[Finding]:
    """Rows that no order takes, as one above counts first, or as the condition never holds."""
    earlier: list[Wish] = []
    for row in rows:
        mine = [possible.holds(row.when)] if row.when else []
        if row.when and not possible.questions.may(mine, where):
            params: dict[str, object] = {"place": place, "word": word}
            params["condition"] = mine[0].condition.source
            yield said("FE420", "never", row.when.place, params)
        elif earlier and not possible.questions.may([*earlier, *mine], where):
            above = _covering(possible, earlier, mine, where)
            params = {"place": place, "word": word, "above": [f"`{each}`" for each in above]}
            yield said("FE420", "above", row.place, params)
        if not mine:
            return
        if len(earlier) < MOST_ROWS:
            earlier.append(mine[0].condition.fails)


def _covering(possible: Possible, earlier: list[Wish], mine: list[Wish], where: Where) -> list[str]:
    """The conditions above a row that leave nothing for it: one of them, or some of all."""
    for each in earlier:
        if not possible.questions.may([each, *mine], where):
            return [each.condition.source]
    sources = [each.condition.source for each in earlier]
    return sources if len(sources) <= MOST_TOLD else [*sources[: MOST_TOLD - 1], "…"]
