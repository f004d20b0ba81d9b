"""Words to plan: resolves every default of a checked process and builds its router.

Call it only with words that `definition.check` found sound; what is wrong with a process is found there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from flowengine.compiler import plan as plans
from flowengine.compiler.approval import EXTRAS
from flowengine.compiler.away import away_of
from flowengine.compiler.calendars import calendar_of, calendars_of
from flowengine.compiler.deriving import derived_fields
from flowengine.compiler.granting import as_one
from flowengine.compiler.incoming import Incoming
from flowengine.compiler.lane import Per
from flowengine.compiler.machine import MachineRouter
from flowengine.compiler.notices import notices_of
from flowengine.compiler.owners import Owners
from flowengine.compiler.rights import Amending, rights_of
from flowengine.compiler.sites import ORDER, Site
from flowengine.compiler.times import deferred, period_of, rows_of
from flowengine.compiler.waiting import with_waiting
from flowengine.compiler.ways import Move, arrows
from flowengine.definition import words
from flowengine.definition.builtin_fields import builtin_fields
from flowengine.definition.call_references import calls_made
from flowengine.definition.deeds import default_due
from flowengine.definition.detours import origins_of
from flowengine.definition.dividing import MOST_PARTS, divided_parts, done_end, done_need
from flowengine.definition.event_references import OF_EVENT, event_behind, events_of, scopes_of
from flowengine.definition.expressions import Expression, parse
from flowengine.definition.four_eyes import CREATOR
from flowengine.definition.inner import name_of
from flowengine.definition.kinds import Scope
from flowengine.definition.lengths import Length
from flowengine.definition.link_references import links_to
from flowengine.definition.moments import Point, point_of
from flowengine.definition.opening_references import opened_of, opening_scope
from flowengine.definition.part_references import own_parts_of
from flowengine.definition.people_references import doer_of, is_person
from flowengine.definition.raised_by_itself import failing
from flowengine.definition.references import ends_of
from flowengine.definition.scope import (
    EVENT_MOMENT,
    LINK_MOMENTS,
    fields_of,
    link_moments,
    moment_named,
    needs_of,
    rules_of,
    scope_of,
)
from flowengine.definition.words import HEAD, Text

DEFAULT_NUMBER = "{serial:6}"
_DEFAULT_ENDS: Mapping[str, tuple[plans.EndKind, Text]] = {
    "closed": ("success", Text(zh="完成", en="Closed")),
    "cancelled": ("cancelled", Text(zh="已取消", en="Cancelled")),
}


def compile_process(process: words.Process, file: str, hash: str = "") -> plans.Plan:
    """The plan of a sound process. Blockers cite `file`; `hash` pins the text that it came from."""
    inner = {name: compile_process(each, file) for name, each in process.inner.items()}
    plan = _with_lanes(process, file, hash, inner)
    if not process.variants:
        return plan
    variants = {name: _with_lanes(each, file, hash, inner) for name, each in process.variants.items()}
    roles = {role: title for each in (plan, *variants.values()) for role, title in each.roles.items()}
    private = {name: kind for each in (*variants.values(), plan) for name, kind in each.private.items()}
    return replace(plan, roles=roles, variants=variants, private=private)


def _with_lanes(process: words.Process, file: str, hash: str, inner: Mapping[str, plans.Plan]) -> plans.Plan:
    """The plan of a process, or of one type of it, with those of its orders on lanes; all bring `inner`."""
    plan = Compiler(process, file, hash, inner).plan()
    if not (process.granted or (plan.parts and not process.variants)):  # each type has its own
        return plan
    granted = {key: Compiler(each, file, hash, inner).plan() for key, each in process.granted.items()}
    return as_one(with_waiting({"": plan, **granted}))


class Compiler:
    """The making of one plan. Sites ask it to read what stands in them."""

    def __init__(self, process: words.Process, file: str, hash: str, inner: Mapping[str, plans.Plan]) -> None:
        self.calendars = calendars_of(process)
        self._process = process
        self._file = file
        self._hash = hash
        self._inner = inner
        self._scope: Scope = scope_of(process)
        self._asks: dict[str, plans.Need] = {}
        self._asked: dict[str, list[plans.Need]] = defaultdict(list)
        self._moves: list[Move] = []
        self._read: set[str] = set()
        self._lasting: dict[str, plans.Need] = {}
        self._apart: dict[str, tuple[str, ...]] = {}
        self._order = Site(self, ORDER, "", calendar_of(process, self.calendars))
        self._names_people = False
        self._remembered: set[str] = set()
        self._heads: list[str] = []
        self._owners = Owners(process, self.expression, self.person)

    def plan(self) -> plans.Plan:
        """The plan of the process."""
        process, order = self._process, self._process.order
        channels = (order and order.channels) or {}
        detours = origins_of(process)
        clocks, holds = self._order.clocks(process.clocks), self._order.holds(process.holds)
        rules = self._order.rules(process.rules)
        made = calls_made(process)
        calls = {name: self._call(call) for name, call in (process.calls or {}).items() if name in made}
        lanes = {name: self._lane(lane) for name, lane in (process.lanes or {}).items()}
        parts = {name: self._part(part) for name, part in divided_parts(process).items()}
        own_parts = {name: self._own_part(part) for name, part in own_parts_of(process).items()}
        stages = {name: self._stage(stage) for name, stage in process.stages.items()}
        ends = {name: self._end(name) for name in ends_of(process)}
        checks = tuple(self._check(check) for check in (order.checks if order else ()))
        fields, amending = self._fields(), self._amending()
        events = {name: self._event(event) for name, event in events_of(process).items()}
        exceptions = {name: self._exception(each) for name, each in (process.exceptions or {}).items()}
        return plans.Plan(
            process=process.process,
            version=process.version,
            title=process.title or Text(en=process.process),
            language=process.language,
            owner=process.owner,
            zone=self._scope.zone,
            calendar=self._order.calendar,
            file=self._file,
            hash=self._hash,
            roles={name: role.title or Text(en=name) for name, role in process.roles.items()},
            fields=fields,
            channels={name: channel.maps or {} for name, channel in channels.items()},
            channel_titles={name: channel.title or Text(en=name) for name, channel in channels.items()},
            checks=checks,
            unique=tuple(order.unique) if order else (),
            number=(order and order.number) or DEFAULT_NUMBER,
            stages=stages,
            ends=ends,
            asks=self._asks,
            marks=self._marks(stages, ends),
            router=MachineRouter((*stages, *ends), arrows(stages, ends, detours, self._moves)),
            lasting=self._lasting,
            covering=self._covering(),
            detours=detours,
            derived=derived_fields(fields_of(process), self._scope),
            clocks=clocks,
            holds=holds,
            rules=rules,
            lanes=lanes,
            links={name: _link(link) for name, link in (process.links or {}).items()},
            calendars=self.calendars,
            apart=self._apart,
            names_people=self._names_people,
            remembered=frozenset(self._remembered),
            heads=tuple(sorted(set(self._heads))),
            heads_of={name: str(each.head) for name, each in (process.people or {}).items() if each.head},
            rights=rights_of(process),
            private={name: field.private for name, field in fields.items() if field.private},
            members={name: tuple(role.members) for name, role in process.roles.items() if role.members},
            away=away_of(process, self._scope.zone),
            assign=self._assign(),
            amending=amending,
            events=events,
            exceptions=exceptions,
            tiers=tuple(sorted(int(number) for number in process.tiers or ())),
            teams=process.teams,
            opened=self._opened(),
            parts=parts,
            own_parts=own_parts,
            inner=self._inner,
            messages={name: _message(message) for name, message in (process.messages or {}).items()},
            calls=calls,
            via=_via(process.notices),
            notices=notices_of(process.notices, self._scope.zone, self.calendars),
            has_approvals=any(need.approval for stage in stages.values() for need in stage.doable.values()),
        )

    def _assign(self) -> dict[str, tuple[plans.Way, ...]]:
        """To whom the work of each role is dealt out, by rows."""
        return {
            name: tuple(plans.Way(row.to, self.expression(row.when)) for row in role.assign)
            for name, role in self._process.roles.items()
            if role.assign
        }

    def reads(self, moment: str) -> None:
        """Note that a later decision asks about a moment, so that it is counted."""
        self._read.add(moment)

    def _covering(self) -> dict[str, tuple[str, ...]]:
        covered = {name for need in self._lasting.values() for name in need.covers}
        return {
            name: tuple(need.name for need in self._lasting.values() if name in need.covers)
            for name in sorted(covered)
        }

    def _marks(self, stages: Mapping[str, plans.Stage], ends: Mapping[str, plans.End]) -> frozenset[str]:
        """The moments that a later decision can ask about; the others are history and nothing else."""
        counted = {
            outcome.key
            for places in (stages, ends)
            for place in places.values()
            for outcome in plans.every_outcome(place)
            if outcome.at_most is not None
        }
        known = {name for name in self._read if "." in name and not name.startswith(OF_EVENT)}
        return frozenset(counted | known - {"order.created"})

    def _fields(self) -> dict[str, words.Field]:
        fields, order = {**fields_of(self._process), **builtin_fields(self._process)}, self._process.order
        if order and order.channels:
            fields["channel"] = words.Field(
                name="channel",
                place=next(iter(order.channels.values())).place,
                type="choice",
                required=True,
                choices=tuple(order.channels),
                title=Text(zh="渠道", en="Channel"),
            )
        return fields

    def _amending(self) -> dict[str, Amending]:
        """For each field that is only amended, by whom and until when."""
        return {
            name: Amending(self.doers(said.by, ORDER), self.point(said.until), said.place.line)
            for name, field in fields_of(self._process).items()
            if (said := field.changes)
        }

    def _site(self, stage: words.Stage, task: words.Task | None = None) -> Site:
        calendar = self._order.calendar_of((task and task.calendar) or stage.calendar)
        default = default_due(self._process, stage, task)
        return Site(self, task.name if task else stage.name, stage.name, calendar, default)

    def _stage(self, stage: words.Stage) -> plans.Stage:
        site = self._site(stage)
        outcomes = self._outcomes(stage.outcomes, site) | self._whole(stage.name)
        beside = frozenset((*(stage.needs or ()), *(stage.tasks or ())))
        for task in (stage.tasks or {}).values():
            beside |= frozenset(task.needs or ())
        needs = self.needs(stage.needs, site, beside=beside)
        tasks = {name: self._task(stage, task, beside) for name, task in (stage.tasks or {}).items()}
        ways = tuple(plans.Way(row.to, self.expression(row.when)) for row in stage.next) or self._below(stage)
        found = plans.Stage(
            name=stage.name,
            title=stage.title or Text(en=stage.name),
            owners=self._owners.rows[stage.name],
            line=stage.place.line,
            due=rows_of(site, stage.due),
            entry=self.needs(stage.entry, site),
            needs=needs,
            outcomes=outcomes,
            ways=ways if needs or tasks else (),
            doable={},
            tasks=tasks,
            opens=self.point(stage.opens),
            clocks=site.clocks(stage.clocks),
            rules=site.rules(stage.rules),
        )
        return replace(found, doable={need.name: need for need in self._doable(found)})

    def _task(self, stage: words.Stage, task: words.Task, beside: frozenset[str]) -> plans.Task:
        site = self._site(stage, task)
        return plans.Task(
            name=task.name,
            title=task.title or Text(en=task.name),
            owners=self._owners.rows[task.name],
            line=task.place.line,
            due=rows_of(site, task.due),
            after=tuple(self.moment(name, beside) for name in task.after),
            beside=beside,
            when=self.expression(task.when),
            each=task.each or "",
            needs=self.needs(task.needs, site, beside=beside),
            outcomes=self._outcomes(task.outcomes, site),
            then=site.actions(task.then),
        )

    def _doable(self, stage: plans.Stage) -> Iterator[plans.Need]:
        """Doors first, so that a need of the stage itself wins where one name stands in both."""
        targets = {way.to for way in stage.ways} | {
            target for outcome in plans.every_outcome(stage) for target in plans.targets(outcome)
        }
        targets |= {move.target for move in self._moves if move.stage in ("", stage.name)}
        for target in sorted(targets & set(self._process.stages)):
            entered = self._process.stages[target]
            yield from plans.every_part(self.needs(entered.entry, self._site(entered)))
        for asked in (self._asked[""], self._asked[stage.name]):
            yield from plans.every_part(asked)
        for outcome in plans.every_outcome(stage):
            yield from plans.every_part(outcome.needs)
        for task in stage.tasks.values():
            if not task.each:
                yield from plans.every_part(task.needs)
        yield from plans.every_part(stage.needs)

    def _below(self, stage: words.Stage) -> tuple[plans.Way, ...]:
        names = list(self._process.stages)
        return tuple(plans.Way(name, None) for name in names[names.index(stage.name) + 1 :][:1])

    def _whole(self, place: str) -> dict[str, plans.Outcome]:
        ends = ends_of(self._process)
        site = replace(self._order, stage=place)
        return {
            name: self._outcome(outcome, site)
            for name, outcome in (self._process.outcomes or {}).items()
            if place in outcome.from_ or ("any" in outcome.from_ and place not in ends)
        }

    def _end_kind(self, name: str) -> str:
        declared = (self._process.ends or {}).get(name)
        return declared.kind if declared else _DEFAULT_ENDS.get(name, ("success", Text(en=name)))[0]

    def _end(self, name: str) -> plans.End:
        declared = (self._process.ends or {}).get(name)
        kind, title = _DEFAULT_ENDS.get(name, ("success", Text(en=name)))
        then: tuple[plans.Action, ...] = ()
        if declared:
            kind, title = cast(plans.EndKind, declared.kind), declared.title or title
            then = self._order.actions(declared.then)
        return plans.End(name, title, kind, self._whole(name), then)

    def _outcomes(self, outcomes: Mapping[str, words.Outcome] | None, site: Site) -> dict[str, plans.Outcome]:
        return {name: self._outcome(outcome, site) for name, outcome in (outcomes or {}).items()}

    def _outcome(self, outcome: words.Outcome, site: Site) -> plans.Outcome:
        key = f"{site.place}.{outcome.name}"
        named = self.doers(outcome.by, site.place)
        found = plans.Outcome(
            name=outcome.name,
            key=key,
            place=site.place,
            title=outcome.title or Text(en=outcome.name),
            to=outcome.to or "",
            by=() if outcome.is_automatic else named or self._owners.by_default(site.place),
            needs=self.needs(outcome.needs, site, named),
            reason=outcome.reason == "required",
            line=outcome.place.line,
            at_most=outcome.at_most,
            then=site.actions(outcome.then),
            after=self.moment(outcome.after) if outcome.after else "",
            when=self.expression(outcome.when),
            edits=tuple(outcome.edits),
            until=self.point(outcome.until),
            not_by=self._not_by(outcome),
            follows=outcome.follows,
        )
        return replace(found, beyond=site.actions(outcome.beyond, found.beyond_trigger))

    def asked(self, needs: Mapping[str, words.Need], site: Site) -> tuple[str, ...]:
        """The names of needs that an action asks at a site; whoever is there can do them."""
        found = self.needs(needs, site)
        self._asks |= {need.name: need for need in found}
        self._asked[site.stage] += found
        return tuple(need.name for need in found)

    def moved(self, site: Site, target: str) -> str:
        """The trigger of a move that is made at a site by itself."""
        trigger = f"{site.place}!{len(self._moves) + 1}"
        self._moves.append(Move(site.stage, trigger, target))
        return trigger

    def who(self, who: str, place: str) -> str:
        """Who is meant at a place: a role, or `PLACE.owner` where rows or actions decide who that is."""
        if who.endswith(HEAD):
            return self._head(self.who(who.removesuffix(HEAD), place))
        if who == "owner":
            return self._owners.of(place)
        return self._owners.of(who.removesuffix(".owner")) if who.endswith(".owner") else self.person(who)

    def doers(self, names: Iterable[str], place: str) -> tuple[str, ...]:
        """Who is meant by those who may do something at a place."""
        found = tuple(self.who(name, place) for name in names)
        self._names_people = self._names_people or any("." in who for who in found)
        return found

    def person(self, who: str) -> str:
        """A role as it is; a person of the order in full: `order.creator`, `FIELD.person`, `NEED.by`."""
        if who.endswith(HEAD):
            return self._head(self.person(who.removesuffix(HEAD)))
        if not is_person(self._process, who):
            return who
        self._names_people = True
        if need := doer_of(who):
            self._remembered.add(need)
            return who
        return f"{ORDER}.{who}" if who == CREATOR else f"{who}.person"

    def started(self, process: str) -> str:
        """The link under which orders of that process stand here, or the part itself."""
        if process in own_parts_of(self._process):
            return process
        return links_to(self._process, process)[0].name

    def _head(self, person: str) -> str:
        self._names_people = True
        self._heads.append(f"{person}{HEAD}")
        return self._heads[-1]

    def accountable(self, name: str) -> str:
        """Who is accountable for a clock or a hold."""
        return self._owners.behind(name)

    def needs(
        self,
        needs: Mapping[str, words.Need] | None,
        site: Site,
        by: tuple[str, ...] = (),
        *,
        beside: frozenset[str] = frozenset(),
    ) -> tuple[plans.Need, ...]:
        """The needs that stand at a site. `by` does them where they do not say; else its owner does."""
        return tuple(self._need(need, site, by, beside) for need in (needs or {}).values())

    def _need(self, need: words.Need, site: Site, by: tuple[str, ...], beside: frozenset[str]) -> plans.Need:
        done_by_hand = need.kind not in ("that", "any", "approval", "call", "event")
        form = (self._process.approvals or {}).get(need.approval or "")
        after = self.moment(need.after, beside) if need.after else ""
        due = deferred(replace(site, stage=""), need) if need.defer else ()
        found = plans.Need(
            name=need.name,
            kind=need.kind,
            title=self._title(need),
            by=(
                self.doers(need.confirm or need.by, site.place) or by or self._owners.by_default(site.place)
                if done_by_hand
                else ()
            ),
            line=need.place.line,
            place=site.place,
            field=need.field or "",
            that=self.expression(need.that),
            otherwise=need.else_,
            any=self.needs(need.any, site, by, beside=beside),
            when=self.expression(need.when),
            after=after,
            beside=after in beside,
            covers=tuple(form.covers if form else need.covers),
            waive=self.doers(need.waive, site.place),
            defer=need.defer is not None,
            due=due or rows_of(replace(site, default=None), form.due if form else need.due),
            not_by=self._not_by(need),
            approval=self._approval(form, need.name, site) if form else None,
            asks=tuple(need.asks),
            call=need.call or "",
            event=need.event or "",
        )
        if found.covers or found.defer:
            self._lasting[found.name] = found
        return found

    def _not_by(self, thing: words.Need | words.Outcome) -> tuple[str, ...]:
        """Whose doers may not do a thing as well; the other way round it holds too."""
        for other in thing.not_by:
            if other != CREATOR and thing.name not in self._apart.get(other, ()):
                self._apart[other] = (*self._apart.get(other, ()), thing.name)
        return tuple(thing.not_by)

    def _approval(self, form: words.Approval, need: str, site: Site) -> plans.Approval:
        """The form as one need asks for it. What it covers may be asked anew wherever the order is then."""
        self._read.add(f"{need}.requested")
        here = replace(site, stage="" if form.covers else site.stage)
        return plans.Approval(
            name=form.name,
            title=form.title or Text(en=form.name),
            line=form.place.line,
            steps=tuple(self._approval_step(step, site.place) for step in form.steps),
            copy=self.doers(form.copy, site.place),
            refused=here.actions(form.refused),
            returns=here.actions(words.Action(place=name.place, move=name) for name in form.returns),
            allow=frozenset(EXTRAS if form.allow is None else form.allow),
        )

    def _approval_step(self, step: words.ApprovalStep, place: str) -> plans.ApprovalStep:
        return plans.ApprovalStep(
            roles=self.doers(step.roles, place),
            least=1 if step.any else step.quorum or 0,
            in_order=bool(step.in_order),
            when=self.expression(step.when),
            veto=frozenset(self.doers(step.veto, place)),
            not_creator=step.not_by == "creator",
            not_requester=step.not_by == "requester",
        )

    def _lane(self, lane: words.Lane) -> plans.Lane:
        form = (self._process.approvals or {})[lane.approval]
        title = lane.title or Text(en=lane.name)
        limits = lane.limits or words.LaneLimits(place=lane.place)
        return plans.Lane(
            name=lane.name,
            title=title,
            line=lane.place.line,
            by=tuple(lane.request.by),
            when=self.expression(lane.request.when),
            reason=lane.request.reason == "required",
            need=plans.Need(
                name=lane.name,
                kind="approval",
                title=title,
                by=(),
                line=lane.place.line,
                place=ORDER,
                covers=tuple(form.covers),
                due=rows_of(replace(self._order, default=None), form.due),
                approval=self._approval(form, lane.name, self._order),
            ),
            quota=_quota(limits.per_requester),
            expires=limits.expires,
            revoke_by=tuple(lane.revoke.by) if lane.revoke else (self._process.owner,),
        )

    def _call(self, call: words.Call) -> plans.Call:
        return plans.Call(
            name=call.name,
            title=call.title or Text(en=call.name),
            line=call.place.line,
            function=call.function or "",
            webhook=call.webhook or "",
            send=tuple(call.send),
            sets=tuple((name, tuple(path.split(".")[1:])) for name, path in (call.sets or {}).items()),
            tries=call.tries,
            done=self._order.actions(call.done),
            failed=self._order.actions(failing(self._process, call)),
            undo=call.undo or "",
        )

    def _exception(self, exception: words.Exceptional) -> plans.Exceptional:
        allowed = (name for name, role in self._process.roles.items() if "raise" in role.may)
        return plans.Exceptional(
            name=exception.name,
            title=exception.title or Text(en=exception.name),
            line=exception.place.line,
            tiers=tuple(
                plans.TierRow(row.tier, row.over, self.expression(row.when)) for row in exception.tier
            ),
            by=tuple(exception.by) or tuple(allowed),
            hold=exception.hold or "",
            same=tuple(exception.same),
            then=self._order.actions(exception.then),
        )

    def rises(self, action: words.Action) -> Iterator[Length]:
        """How late a clock is when the exception that it has raised rises."""
        raised = (self._process.exceptions or {}).get(action.raise_ or "")
        yield from (row.over for row in (raised.tier if raised else ()) if row.over)

    def _title(self, need: words.Need) -> Text:
        """What people call a need; a field its title, a condition its text, a choice all that may be done."""
        if need.field and (field := fields_of(self._process).get(need.field)) and field.title:
            return field.title
        if need.approval and (form := (self._process.approvals or {})[need.approval]).title:
            return form.title
        if need.call and need.call == need.name and (title := (self._process.calls or {})[need.call].title):
            return title
        if need.any:
            titles = [self._title(part) for part in need.any.values()]
            return Text(
                zh=" 或 ".join(each.say("zh") for each in titles),
                en=" or ".join(each.say("en") for each in titles),
            )
        return need.called or Text(en=need.that.source if need.that else need.name)

    def moment(self, name: str, beside: frozenset[str] = frozenset()) -> str:
        """What is waited for: a need or task of the same stage by its name, anything else by its moment."""
        if name.removesuffix(".done") in beside:
            return name.removesuffix(".done")
        moment = moment_named(self._scope, name)
        assert moment is not None, name
        self._read.add(moment)
        return moment

    def point(self, written: words.Name | None) -> Point | None:
        """A date field or a moment, and so long before or after it."""
        point = point_of(self._scope, written) if written else None
        if point and not point.is_field:
            self._read.add(point.base)
        return point

    def _check(self, check: words.Check) -> plans.Check:
        that = self.expression(check.that)
        assert that is not None
        return plans.Check(that, check.else_, check.place.line)

    def expression(self, written: words.Written | None, event: str = "") -> Expression | None:
        """A condition; behind an event it may read what came with it."""
        if written is None:
            return None
        scope = scopes_of(self._process)[event] if event else self._scope
        expression, findings = parse(written.source, scope, written.place)
        assert expression is not None, findings
        self._read |= expression.names
        return expression

    def given(self, written: words.Written) -> Expression:
        """What a field of another process is given, whatever its type is there."""
        expression, findings = parse(written.source, self._scope, written.place, expect=None, guarded=False)
        assert expression is not None, findings
        self._read |= expression.names
        return expression

    def behind(self, rule: words.Rule) -> str:
        """The event that sets a rule off; empty where none does."""
        return event_behind(self._process, rule)

    def _part(self, part: words.Part) -> plans.Part:
        """The parts into which an order may be split; whoever is done with the last stage goes to an end."""
        assert part.of is not None, "an order is split over a list"
        trigger, last = f"{part.name}!part", part.through[-1]
        self._moves.append(Move(last, trigger, done_end(self._process)))
        return plans.Part(
            name=part.name,
            title=part.title or Text(en=part.name),
            line=part.place.line,
            of=part.of,
            through=tuple(part.through),
            by=self.doers(part.by, ORDER),
            at_most=part.at_most or MOST_PARTS,
            trigger=trigger,
            done=self._need(done_need(part), self._order, (), frozenset()),
        )

    def _own_part(self, part: words.Part) -> plans.OwnPart:
        return plans.OwnPart(
            name=part.name,
            title=part.title or Text(en=part.name),
            line=part.place.line,
            process=name_of(self._process.process, part.name),
            by=self.doers(part.by, ORDER) or (str(self._process.owner),),
            at_most=part.at_most or 0,
        )

    def _opened(self) -> plans.Opened | None:
        """When the calendar opens orders, and with what."""
        opened = opened_of(self._process)
        if opened is None:
            return None
        scope = opening_scope(self._process)
        sets = ((name, self._opening(name, each, scope)) for name, each in (opened.sets or {}).items())
        period = period_of(opened.every, opened.at, self._order.calendar_of(opened.calendar))
        return plans.Opened(period, tuple(sets), opened.place.line)

    def _opening(self, name: str, written: words.Written, scope: Scope) -> Expression:
        kind = scope.names[name].kind
        expression, findings = parse(
            written.source, scope, written.place, expect=kind, guarded=False, into=name
        )
        assert expression is not None, findings
        return expression

    def _event(self, event: words.Event) -> Incoming:
        process, name = self._process, event.name
        behind = (rule.when for _, rule in rules_of(process) if rule.when and self.behind(rule) == name)
        asked = {each for when in behind if (found := self.expression(when, name)) for each in found.names}
        if event.early:
            self._read.add(f"{name}.{EVENT_MOMENT}")
        return Incoming(
            name=name,
            title=event.title or Text(en=name),
            line=event.place.line,
            data={datum: _column(each) for datum, each in event.data.items()},
            match=tuple((field, self.value(field, each, name)) for field, each in event.match.items()),
            unique=event.unique or "",
            creates=event.creates,
            sets=tuple((field, self.value(field, each, name)) for field, each in (event.sets or {}).items()),
            refuses_early=event.early == "refuse",
            awaited=any(need.event == name for _, need in needs_of(process)),
            read=frozenset(each.removeprefix(OF_EVENT) for each in asked if each.startswith(OF_EVENT)),
        )

    def value(self, name: str, written: words.Written, event: str = "") -> Expression:
        """What a field is set to."""
        scope = scopes_of(self._process)[event] if event else self._scope
        kind = scope.names[name].kind
        expression, findings = parse(
            written.source, scope, written.place, expect=kind, guarded=False, into=name
        )
        assert expression is not None, findings
        self._read |= expression.names
        return expression


def _column(datum: words.Datum) -> words.Column:
    """Something that comes with an event, as any other column."""
    said = {each: getattr(datum, each) for each in ("name", "type", "title", "required", "choices")}
    return words.Column(place=datum.place, **said)


def _via(notices: words.Notices | None) -> dict[str, tuple[str, ...]]:
    """By which channels each is told, the first first."""
    return {str(who): tuple(ways) for who, ways in notices.via.items()} if notices else {}


def _message(message: words.Message) -> plans.Message:
    return plans.Message(message.text.text, message.subject.text if message.subject else None)


def _link(link: words.Link) -> plans.Link:
    return plans.Link(
        name=link.name,
        title=link.title or Text(en=link.name),
        line=link.place.line,
        process=tuple(map(str, link.process)),
        many=link.many,
        required=link.required,
        known_there_as=link.known_there_as or "",
        copies={str(here): str(there) for here, there in (link.copies or {}).items()},
        reads={str(name): column for name, column in (link.reads or {}).items()},
        ends=tuple(map(str, link_moments(link)[len(LINK_MOMENTS) :])),
    )


def _quota(written: str) -> plans.Quota | None:
    """What `5 per month` says."""
    most, _, per = written.partition(" per ")
    return plans.Quota(int(most), cast(Per, per)) if written else None
