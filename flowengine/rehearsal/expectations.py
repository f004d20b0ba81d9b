"""What a scenario expects against what is true in the engine: each word of `expect` has its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from flowengine.compiler.charting import chart_of
from flowengine.definition.scenario_words import Expect, Sent, Step
from flowengine.definition.values import WrongValue, store
from flowengine.kernel.decision import Blocker, verdict_of
from flowengine.rehearsal.playing import Rehearsal
from flowengine.rehearsal.report import told
from flowengine.rehearsal.sending import outgoing, unlike
from flowengine.runtime.story import clock_time

Answer = Callable[[Rehearsal, Any], tuple[Any, Any]]
"""Given what is expected: both sides in the same form, to be compared and shown."""


_OF_AN_ORDER: Final = frozenset(
    {
        "stage",
        "number",
        "blocked_by",
        "todo",
        "mine",
        "due",
        "held",
        "lanes",
        "linked",
        "deferred",
        "priority",
        "fields",
        "sees",
        "shown",
    }
)
"""Words that are never so while no order has been opened."""


def differences(rehearsal: Rehearsal, step: Step) -> Iterator[tuple[str, Any, Any]]:
    """Every word of the step's `expect` that is not so: the word, what was expected, what was found."""
    expect = step.expect or Expect(place=step.place)
    refused = rehearsal.blockers
    if step.until is not None and rehearsal.is_past(step.until):
        yield "until", step.until, rehearsal.shown_now
    for name in rehearsal.unanswered:
        yield "calls", None, name
    for stuck in rehearsal.fresh("stuck"):
        yield "refused", None, stuck["why"]
    if rehearsal.failure:
        yield "refused", expect.refused, rehearsal.failure
    elif refused and expect.refused is None and expect.verdict is None:
        yield "refused", None, _reasons(refused)
    for word, answer in ANSWERS.items():
        wanted = getattr(expect, word)
        if wanted is None or (rehearsal.failure and word == "refused"):
            continue
        if word in _OF_AN_ORDER and not rehearsal.has_order:
            yield word, wanted, None
            continue
        expected, found = answer(rehearsal, wanted)
        if expected != found:
            yield word, expected, found


def _verdict(rehearsal: Rehearsal, wanted: str) -> tuple[Any, Any]:
    return wanted, str(verdict_of(rehearsal.blockers))


def _stage(rehearsal: Rehearsal, wanted: str) -> tuple[Any, Any]:
    return str(wanted), rehearsal.view.row.stage


def _number(rehearsal: Rehearsal, wanted: str) -> tuple[Any, Any]:
    return wanted, rehearsal.view.row.number


def _blocked_by(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return sorted(wanted), sorted(blocker.name for blocker in rehearsal.explanation.blockers)


def _todo(rehearsal: Rehearsal, wanted: Mapping[str, Iterable[str]]) -> tuple[Any, Any]:
    return {p: sorted(keys) for p, keys in wanted.items()}, {p: sorted(rehearsal.todo(p)) for p in wanted}


def _mine(rehearsal: Rehearsal, wanted: Mapping[str, Iterable[str]]) -> tuple[Any, Any]:
    return {p: sorted(keys) for p, keys in wanted.items()}, {p: sorted(rehearsal.mine(p)) for p in wanted}


def _queue(rehearsal: Rehearsal, wanted: Mapping[str, Iterable[str]]) -> tuple[Any, Any]:
    return {who: list(numbers) for who, numbers in wanted.items()}, {
        who: rehearsal.queue(who) for who in wanted
    }


def _due(rehearsal: Rehearsal, wanted: Mapping[str, str]) -> tuple[Any, Any]:
    order, plan = rehearsal.view.order, rehearsal.plan
    dues = {name: cycle.due for name, cycle in order.clocks.items()}
    found = {name: clock_time(due, plan) for name, due in dues.items() if due is not None}
    return dict(wanted), {name: found.get(name) for name in wanted}


def _late(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return sorted(wanted), sorted({event["clock"] for event in rehearsal.fresh("late")})


def _warned(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return sorted(wanted), sorted({event["clock"] for event in rehearsal.fresh("warned")})


def _held(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return sorted(wanted), sorted(rehearsal.view.order.holds)


def _called(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return sorted(wanted), sorted(event["name"] for event in rehearsal.fresh("called"))


def _lanes(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return sorted(wanted), sorted(rehearsal.view.order.lanes)


def _linked(rehearsal: Rehearsal, wanted: Mapping[str, Iterable[str]]) -> tuple[Any, Any]:
    found = rehearsal.view.order.linked
    stages = {name: [says["stage"] for says in found.get(name, {}).values()] for name in wanted}
    return {name: list(map(str, expected)) for name, expected in wanted.items()}, stages


def _parked(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return sorted(wanted), sorted(rehearsal.parked())


def _deferred(rehearsal: Rehearsal, wanted: Mapping[str, str]) -> tuple[Any, Any]:
    order, plan = rehearsal.view.order, rehearsal.plan
    dues = {name: order.due_of(name) for name in order.deferred if plan.lasting[name].defer}
    return dict(wanted), {name: None if due is None else clock_time(due, plan) for name, due in dues.items()}


def _priority(rehearsal: Rehearsal, wanted: str) -> tuple[Any, Any]:
    return str(wanted), rehearsal.view.order.fields.get("priority")


def _fields(rehearsal: Rehearsal, wanted: Mapping[str, Any]) -> tuple[Any, Any]:
    found = rehearsal.view.order.fields
    return {name: _stored(rehearsal, name, value) for name, value in wanted.items()}, {
        n: found.get(n) for n in wanted
    }


def _sees(rehearsal: Rehearsal, wanted: Mapping[str, Iterable[str]]) -> tuple[Any, Any]:
    return {who: sorted(names) for who, names in wanted.items()}, {
        who: sorted(rehearsal.fields_seen(who)) for who in wanted
    }


def _shown(rehearsal: Rehearsal, wanted: Mapping[str, Mapping[str, Any]]) -> tuple[Any, Any]:
    found = {who: rehearsal.fields_shown(who) for who in wanted}
    return {
        who: {name: _stored(rehearsal, name, value) for name, value in fields.items()}
        for who, fields in wanted.items()
    }, {who: {name: found[who].get(name) for name in fields} for who, fields in wanted.items()}


def _stored(rehearsal: Rehearsal, name: str, value: Any) -> Any:
    """The expected value in the stored form, so that 8000 and "8000.00" are the same amount."""
    try:
        return store(rehearsal.plan.fields[name], value, rehearsal.plan.zone)
    except WrongValue:
        return value


def _refused(rehearsal: Rehearsal, wanted: Any) -> tuple[Any, Any]:
    found = _reasons(rehearsal.blockers)
    if isinstance(wanted, Mapping):
        return {code: sorted(names) for code, names in wanted.items()}, found
    return str(wanted), str(wanted) if wanted in found else (found or None)


def _reasons(blockers: Iterable[Blocker]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for blocker in blockers:
        reasons.setdefault(blocker.code, []).append(blocker.name)
    return {code: sorted(names) for code, names in reasons.items()}


def _notified(rehearsal: Rehearsal, wanted: Iterable[str | Mapping[str, str]]) -> tuple[Any, Any]:
    """Who was told; of those who are wanted with a message, also which."""
    named = [pair for each in wanted if isinstance(each, Mapping) for pair in each.items()]
    asked = {name for who, _ in named for name in rehearsal.meant(who)}
    expected = _meant(rehearsal, (each for each in wanted if isinstance(each, str)))
    expected |= {f"{name}: {message}" for who, message in named for name in rehearsal.meant(who)}
    found = {name if name not in asked else f"{name}: {message}" for name, message in rehearsal.told()}
    return sorted(expected), sorted(found)


def _not_notified(rehearsal: Rehearsal, wanted: Iterable[str]) -> tuple[Any, Any]:
    return [], sorted(_meant(rehearsal, wanted) & {name for name, _ in rehearsal.told()})


def _says(rehearsal: Rehearsal, wanted: Mapping[str, str]) -> tuple[Any, Any]:
    """A piece of what somebody was told; where it is in none of their messages, all of them are shown."""
    news = [each for each in outgoing(rehearsal) if rehearsal.news_of(each.order, each.cause)]
    found: dict[str, Any] = {}
    for who, piece in wanted.items():
        texts = [each.said(rehearsal.language) for each in news if each.to in rehearsal.meant(who)]
        found[who] = piece if any(piece in text for text in texts) else texts
    return dict(wanted), found


def _sent(rehearsal: Rehearsal, wanted: tuple[Sent, ...]) -> tuple[Any, Any]:
    """Messages as lines, so that each difference is one."""
    expected, found = unlike(rehearsal, wanted)
    return [told(each) for each in expected], [told(each) for each in found]


def _meant(rehearsal: Rehearsal, names: Iterable[str]) -> set[str]:
    return {name for each in names for name in rehearsal.meant(each)}


def _rejected(rehearsal: Rehearsal, wanted: Mapping[str, Iterable[str]]) -> tuple[Any, Any]:
    found = {
        f"row_{i.line}": sorted(b.name for b in i.result.blockers)
        for i in rehearsal.imported
        if not i.result.ok
    }
    return {row: sorted(names) for row, names in wanted.items()}, found


def _counted(outcome: str) -> Answer:
    return lambda rehearsal, wanted: (wanted, sum(each.outcome == outcome for each in rehearsal.imported))


def _chart(rehearsal: Rehearsal, wanted: Mapping[str, Iterable[str]]) -> tuple[Any, Any]:
    ways = chart_of(rehearsal.plan, "en").ways
    found = {place: sorted({way.target for way in ways if way.source == place}) for place in wanted}
    return {place: sorted(targets) for place, targets in wanted.items()}, found


ANSWERS: Final[Mapping[str, Answer]] = {
    "refused": _refused,
    "verdict": _verdict,
    "stage": _stage,
    "number": _number,
    "blocked_by": _blocked_by,
    "todo": _todo,
    "mine": _mine,
    "queue": _queue,
    "due": _due,
    "late": _late,
    "warned": _warned,
    "held": _held,
    "lanes": _lanes,
    "linked": _linked,
    "deferred": _deferred,
    "parked": _parked,
    "called": _called,
    "priority": _priority,
    "fields": _fields,
    "sees": _sees,
    "shown": _shown,
    "notified": _notified,
    "not_notified": _not_notified,
    "says": _says,
    "sent": _sent,
    "imported": _counted("created"),
    "already_there": _counted("already_there"),
    "rejected": _rejected,
    "chart": _chart,
}
