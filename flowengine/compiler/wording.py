"""Parts of a plan in words, in one language: who decides by rows, time limits, moments, actions.

Drawings and comparisons say the same things with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from typing import Final

from flowengine.calendars.cron import Cron
from flowengine.calendars.periods import Period
from flowengine.compiler.approval import EXTRAS
from flowengine.compiler.due import Mark
from flowengine.compiler.durations import lasting, spelled
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import (
    Action,
    Approval,
    ApprovalStep,
    Call,
    Clock,
    Due,
    Exceptional,
    Hold,
    Incoming,
    Lane,
    Link,
    Opened,
    OwnPart,
    Part,
    Rule,
    Way,
)
from flowengine.definition.assign_references import POOLED
from flowengine.definition.call_references import ALL
from flowengine.definition.expressions import Expression
from flowengine.definition.lengths import Length
from flowengine.definition.moments import Point
from flowengine.texts import say

OWNERS_APART = " / "
_WHOLE: Final = 100


def owners(names: Names, rows: Sequence[Way]) -> str:
    """Who is accountable, by rows where rows decide."""
    return OWNERS_APART.join(_row(names, names.role(row.to), row.when) for row in rows)


def assigned(names: Names, rows: Sequence[Way]) -> str:
    """To whom work is dealt out, by rows where rows decide."""
    return OWNERS_APART.join(
        _row(names, say(f"words.{row.to}", names.lang) if row.to in POOLED else names.role(row.to), row.when)
        for row in rows
    )


def goals(names: Names, rows: Sequence[Way]) -> str:
    """Where an order goes on to."""
    last = rows[-1] if len(rows) > 1 else None
    words = [
        say("words.otherwise", names.lang, {"said": names.place(row.to)})
        if row is last and row.when is None
        else _row(names, names.place(row.to), row.when)
        for row in rows
    ]
    return ("、" if names.lang == "zh" else ", ").join(words)


def limits(names: Names, rows: Sequence[Due], unit: str = "") -> str:
    """Until when, by rows where rows decide; lengths of time in that unit if one is given."""
    return OWNERS_APART.join(_row(names, _limit(names, row, unit), row.when) for row in rows)


def _limit(names: Names, due: Due, unit: str) -> str:
    said = _time(names, due, unit)
    if due.stretch != _WHOLE:
        said = say("words.stretch", names.lang, {"said": said, "share": f"{due.stretch - _WHOLE:+d}%"})
    if due.extra:
        key = "words.longer" if due.extra.amount > 0 else "words.shorter"
        extra = Length(abs(due.extra.amount), due.extra.unit)
        said = say(key, names.lang, {"said": said, "time": lasting(extra, names.lang)})
    if due.calendar.name != names.plan.calendar.name:
        said = say("words.calendar", names.lang, {"said": said, "calendar": due.calendar.name})
    if due.pause:
        said = say("words.pause", names.lang, {"said": said, "when": due.pause.plainly(names)})
    return said


def _time(names: Names, due: Due, unit: str) -> str:
    if due.within:
        return lasting(due.within, names.lang, unit)
    if due.by:
        return say("words.by_field", names.lang, {"field": point(names, due.by)})
    if due.silent_for:
        return say("words.silent", names.lang, {"time": lasting(due.silent_for, names.lang)})
    if due.every:
        return period(names, due.every)
    return names.field(due.lasts)


def period(names: Names, period: Period) -> str:
    """How often something must be done."""
    every = period.every
    if isinstance(every, Length):
        said = say("words.every", names.lang, {"time": lasting(every, names.lang)})
    elif isinstance(every, Cron):
        said = say("words.cron", names.lang, {"line": every.text})
    else:
        said = say(f"words.every.{every}", names.lang)
    if period.by is None:
        return said
    time = f"{period.by // 60:02d}:{period.by % 60:02d}"
    return say("words.by_time", names.lang, {"said": said, "time": time})


def part(names: Names, part: Part) -> str:
    """Over what an order is split, through which stages the parts go, and who may split it."""
    stages = [names.place(name) for name in part.through]
    params = {"of": names.field(part.of), "most": part.at_most, "stages": stages}
    said = say("words.part", names.lang, params)
    who = [names.role(role) for role in part.by]
    return say("words.part.by", names.lang, {"said": said, "who": who}) if who else said


def own_part(names: Names, part: OwnPart) -> str:
    """How many of such parts an order may have, and who opens them."""
    params = {"who": [names.role(role) for role in part.by], "most": part.at_most}
    return say("words.own_part.most" if part.at_most else "words.own_part", names.lang, params)


def opened(names: Names, opened: Opened) -> str:
    """How often the calendar opens an order, and with what."""
    said = period(names, replace(opened.period, by=None))
    if opened.period.by is not None:
        time = f"{opened.period.by // 60:02d}:{opened.period.by % 60:02d}"
        said = say("words.opened.at", names.lang, {"said": said, "time": time})
    fields = [
        say("words.becomes", names.lang, {"field": names.field(name), "value": value.plainly(names)})
        for name, value in opened.sets
    ]
    return say("words.opened.with", names.lang, {"said": said, "fields": fields}) if fields else said


def steps(names: Names, rows: Iterable[Due]) -> list[str]:
    """What is done on the way to being late, and after; that the owner is told then goes without saying."""
    return list(dict.fromkeys(said for row in rows for mark in row.marks for said in _step(names, mark)))


def _step(names: Names, mark: Mark) -> Iterator[str]:
    done = together(names, actions(names, mark.then)) if mark.then else ""
    if done:
        yield say("words.step", names.lang, {"at": at_mark(names, mark), "done": done})
    elif mark.kind == "warn":
        yield at_mark(names, mark)


def at_mark(names: Names, mark: Mark) -> str:
    """When something is done on the way to being late, or after."""
    away = lasting(mark.away, names.lang) if mark.away else ""
    if mark.kind == "late":
        return say("words.over", names.lang, {"time": away}) if away else say("words.late", names.lang)
    at = f"{mark.share}%" if mark.share is not None else say("words.ahead", names.lang, {"time": away})
    return say("words.warn", names.lang, {"at": at})


def clock(names: Names, clock: Clock) -> str:
    """A clock with a name of its own: who, from when, how long, until when, and what is done."""
    lang = names.lang
    terms = [names.role(clock.owner), limits(names, clock.due)]
    terms += [say("chart.after", lang, {"what": names.waited(clock.after)})] if clock.after else []
    terms += [say("chart.when", lang, {"when": clock.when.plainly(names)})] if clock.when else []
    terms += [say("words.met", lang, {"moment": names.moment(clock.until)})] if clock.until else []
    terms += [say("words.broken", lang, {"moments": [names.moment(each) for each in clock.of]})] * bool(
        clock.of
    )
    terms += [say("words.times", lang, {"number": clock.at_most})] if clock.at_most else []
    needs = [names.need(need) for need in clock.needs]
    terms += [say("words.ask", lang, {"needs": needs})] if needs else []
    return together(names, [*terms, *steps(names, clock.due)])


def hold(names: Names, hold: Hold) -> str:
    """A hold: who places and releases it, what it stops, what it lets happen, and until when."""
    lang = names.lang
    terms = [say("words.placed_by", lang, {"who": [names.role(role) for role in hold.by]})] if hold.by else []
    terms += [say("words.while", lang, {"when": hold.while_.plainly(names)})] if hold.while_ else []
    if hold.release_by:
        terms.append(say("words.released_by", lang, {"who": [names.role(role) for role in hold.release_by]}))
    needs = [names.need(need) for need in hold.needs]
    terms += [say("words.first", lang, {"needs": needs})] if needs else []
    if hold.pauses_all:
        terms.append(say("words.pauses_all", lang))
    elif hold.pauses:
        terms.append(say("words.pauses", lang, {"what": [names.place(each) for each in sorted(hold.pauses)]}))
    if hold.allows:
        terms.append(
            say("words.allows", lang, {"what": [names.outcome(each) for each in sorted(hold.allows)]})
        )
    if hold.due:
        due = say("chart.due", lang, {"due": limits(names, hold.due)})
        terms += [due, say("words.told", lang, {"who": names.role(hold.owner)}), *steps(names, hold.due)]
    return together(names, terms)


def rule(names: Names, rule: Rule) -> str:
    """A rule: what sets it off, and what is done."""
    lang = names.lang
    terms = []
    if rule.after:
        key = "words.each_time" if rule.each else "words.on"
        terms.append(say(key, lang, {"moment": names.moment(rule.after)}))
    if rule.at:
        terms.append(say("words.at", lang, {"point": point(names, rule.at)}))
    if rule.when:
        key = "chart.when" if terms else "chart.itself_when"
        terms.append(say(key, lang, {"when": rule.when.plainly(names)}))
    return together(names, [*terms, *actions(names, rule.then)])


def event(names: Names, event: Incoming) -> str:
    """An event: what comes with it, how it finds its order, and what it does there."""
    lang = names.lang
    data = [datum.title.say(lang) if datum.title else name for name, datum in event.data.items()]
    terms = [say("words.event_data", lang, {"data": data})]
    terms.append(say("words.found_by", lang, {"fields": [names.field(name) for name, _ in event.match]}))
    if event.unique:
        terms.append(say("words.event_unique", lang, {"datum": event.unique}))
    if event.creates:
        terms.append(say("words.event_creates", lang))
    if event.sets:
        terms.append(say("words.event_sets", lang, {"fields": [names.field(name) for name, _ in event.sets]}))
    if event.refuses_early:
        terms.append(say("words.event_early", lang))
    return together(names, terms)


def approval(names: Names, form: Approval) -> str:
    """A form of approval: its steps, what is done when it is refused, who is told, and what is allowed."""
    lang = names.lang
    steps = [_approval_step(names, step) for step in form.steps]
    said = reduce(
        lambda one, other: say("words.then_step", lang, {"one": one, "other": other}), steps or [""]
    )
    terms = [said]
    terms += [say("words.copy", lang, {"who": [names.role(role) for role in form.copy]})] if form.copy else []
    done = together(names, actions(names, form.refused))
    terms.append(say("words.refused", lang, {"done": done}))
    if form.returns:
        terms.append(say("words.returns", lang, {"to": [names.place(each.move) for each in form.returns]}))
    if form.allow != frozenset(EXTRAS):
        allowed = [say(f"words.allow.{each}", lang) for each in EXTRAS if each in form.allow]
        terms.append(
            say("words.allow", lang, {"what": allowed}) if allowed else say("words.allow.none", lang)
        )
    return together(names, terms)


def lane(names: Names, lane: Lane) -> str:
    """Who may ask for a lane, how it is approved, how often and how long, and who may end it."""
    lang, form = names.lang, lane.need.approval
    assert form is not None
    who = [names.role(role) for role in lane.by]
    said = say("words.lane", lang, {"who": who, "form": form.title.say(lang)})
    if lane.when:
        said = say("words.lane.when", lang, {"said": said, "when": lane.when.plainly(names)})
    if lane.quota:
        per = say(f"per.{lane.quota.per}", lang)
        said = say("words.lane.quota", lang, {"said": said, "most": lane.quota.most, "per": per})
    if lane.expires:
        said = say("words.lane.expires", lang, {"said": said, "length": lane.expires.said()})
    ends = [names.role(role) for role in lane.revoke_by]
    said = say("words.lane.revoke", lang, {"said": said, "who": ends})
    return together(names, [said, approval(names, form)])


def call(names: Names, call: Call) -> str:
    """A call out: who does it, what goes with it, what its answer fills, and what follows."""
    lang = names.lang
    terms = [say("words.done_by", lang, {"what": call.function or call.webhook})]
    terms += [say("words.sends", lang, {"fields": [names.name(each) for each in call.send]})] * bool(
        call.send
    )
    sets = [
        say("words.becomes", lang, {"field": names.field(field), "value": ".".join(("result", *path))})
        for field, path in call.sets
    ]
    terms += [say("words.fills", lang, {"fields": sets})] if sets else []
    terms.append(say("words.tries", lang, {"times": call.tries}))
    for key, done in (("words.if_done", call.done), ("words.if_failed", call.failed)):
        terms += [say(key, lang, {"done": together(names, actions(names, done))})] if done else []
    terms += [say("words.undone_by", lang, {"call": names.call(call.undo)})] if call.undo else []
    return together(names, terms)


def exception(names: Names, exception: Exceptional) -> str:
    """An exception: on which tier it begins, who may raise it, and what it does to the order."""
    lang = names.lang
    terms = []
    for row in exception.tiers:
        said = say("words.exception.tier", lang, {"tier": row.tier})
        if row.over:
            said = say("words.exception.over", lang, {"said": said, "over": row.over.said()})
        terms.append(_row(names, said, row.when))
    if exception.by:
        terms.append(say("words.exception.by", lang, {"who": [names.role(role) for role in exception.by]}))
    if exception.hold:
        terms.append(say("words.exception.hold", lang, {"hold": names.place(exception.hold)}))
    if exception.then:
        done = together(names, actions(names, exception.then))
        terms.append(say("words.exception.then", lang, {"done": done}))
    return together(names, terms)


def _raise(names: Names, action: Action) -> str:
    """What is raised; an action on the way of a clock that is late says how late that is."""
    params: dict[str, object] = {"exception": names.exception(action.raises), "tier": action.tier}
    if action.over:
        params["over"] = action.over.said()
    key = "words.raise.late" if action.over else "words.raise.tier" if action.tier else "words.raise"
    return say(key, names.lang, params)


def _approval_step(names: Names, step: ApprovalStep) -> str:
    lang = names.lang
    roles = [names.role(role) for role in step.roles]
    key = "in_order" if step.in_order else "all" if not step.least else "any" if step.least == 1 else "quorum"
    said = say(f"words.step.{key}", lang, {"who": roles, "least": step.least})
    if step.veto:
        vetoes = [names.role(role) for role in step.roles if role in step.veto]
        said = say("words.veto", lang, {"said": said, "who": vetoes})
    if step.not_creator:
        said = say("words.not_creator", lang, {"said": said})
    if step.not_requester:
        said = say("words.not_requester", lang, {"said": said})
    return _row(names, said, step.when)


def _row(names: Names, said: str, when: Expression | None) -> str:
    return say("words.if", names.lang, {"said": said, "when": when.plainly(names)}) if when else said


def together(names: Names, terms: Sequence[str]) -> str:
    """Several things on one line, set apart more clearly than the names within one."""
    return reduce(
        lambda one, other: say("words.apart", names.lang, {"one": one, "other": other}), terms or [""]
    )


def point(names: Names, at: Point) -> str:
    """A point in time: a date or a moment, and so long before or after it."""
    base = names.field(at.base) if at.is_field else names.moment(at.base)
    if not at.shift:
        return base
    key = "words.later" if at.shift > 0 else "words.earlier"
    return say(key, names.lang, {"base": base, "time": spelled(abs(at.shift), names.lang)})


def actions(names: Names, done: Iterable[Action]) -> list[str]:
    """What is done, one after the other."""
    return [_action(names, action) for action in done]


def _start(names: Names, action: Action) -> str:
    """What is opened; the fields are those of another process, and go by their names."""
    becomes = [
        say("words.becomes", names.lang, {"field": name, "value": value.plainly(names)})
        for name, value in action.fields
    ]
    params = {"process": action.start, "fields": becomes}
    if part := names.plan.own_parts.get(action.link):
        params |= {"part": part.title.say(names.lang)}
        said = say("words.open_with" if becomes else "words.open", names.lang, params)
        each = {"said": said, "rows": names.field(action.each)} if action.each else {}
        return say("words.open.each", names.lang, each) if each else said
    return say("words.start_with" if becomes else "words.start", names.lang, params)


def link(names: Names, link: Link) -> str:
    """With what an order is linked, what is copied and read over there, and of which ends one hears."""
    lang = names.lang
    said = say("words.link.many" if link.many else "words.link", lang, {"process": list(link.process)})
    if link.required:
        said = say("words.link.required", lang, {"said": said})
    if link.known_there_as:
        said = say("words.link.known", lang, {"said": said, "name": link.known_there_as})
    copies = [f"{names.field(here)} \u2190 {there}" for here, there in link.copies.items()]
    terms = [said]
    terms += [say("words.link.copies", lang, {"fields": copies})] if copies else []
    terms += [say("words.link.reads", lang, {"fields": list(link.reads)})] if link.reads else []
    terms.append(say("words.link.ends", lang, {"ends": list(link.ends)}))
    return together(names, terms)


def _action(names: Names, action: Action) -> str:  # noqa: PLR0911 - one line for each verb
    lang = names.lang
    if action.move:
        return say("words.move", lang, {"to": names.place(action.move)})
    if action.ask:
        asks = names.plan.asks
        asked = [names.need(asks[name]) if name in asks else name for name in action.ask]
        return say("words.ask", lang, {"needs": asked})
    if action.hold:
        return say("words.hold", lang, {"hold": names.place(action.hold)})
    if action.release:
        return say("words.release", lang, {"hold": names.place(action.release)})
    if action.set:
        said = [
            say("words.becomes", lang, {"field": names.field(name), "value": value.plainly(names)})
            for name, value in action.set
        ]
        return say("words.set", lang, {"fields": said})
    if action.call:
        return say("words.call", lang, {"call": names.call(action.call)})
    if action.undo:
        undone = [say("words.every_call", lang) if each == ALL else names.call(each) for each in action.undo]
        return say("words.undo", lang, {"calls": undone})
    if action.assign:
        return say("words.assign", lang, {"who": names.role(action.assign)})
    if action.start:
        return _start(names, action)
    if action.raises:
        return _raise(names, action)
    if action.resolves:
        return say("words.resolve", lang, {"exception": names.exception(action.resolves)})
    told = {"who": [names.role(role) for role in action.notify], "message": action.message}
    return say("words.notify_with" if action.message else "words.notify", lang, told)
