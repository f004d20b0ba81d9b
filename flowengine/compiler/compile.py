"""Words to plan: resolves every default of a checked process and builds its router.

Call it only with words that `definition.check` found sound; what is wrong with a process is found there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from flowengine.compiler import plan as plans
from flowengine.compiler.calendars import calendar_of, calendars_of
from flowengine.compiler.deriving import derived_fields
from flowengine.compiler.machine import MachineRouter
from flowengine.compiler.ways import arrows
from flowengine.definition import words
from flowengine.definition.builtin_fields import builtin_fields
from flowengine.definition.detours import origins_of
from flowengine.definition.expressions import Expression, parse
from flowengine.definition.kinds import Scope
from flowengine.definition.moments import Point, point_of
from flowengine.definition.references import ends_of
from flowengine.definition.scope import fields_of, moment_named, scope_of, tasks_of
from flowengine.definition.words import Text

DEFAULT_NUMBER = "{serial:6}"
_DEFAULT_ENDS: Mapping[str, tuple[plans.EndKind, Text]] = {
    "closed": ("success", Text(zh="完成", en="Closed")),
    "cancelled": ("cancelled", Text(zh="已取消", en="Cancelled")),
}


def compile_process(process: words.Process, file: str, hash: str = "") -> plans.Plan:
    """The plan of a sound process. Blockers cite `file`; `hash` pins the text that it came from."""
    plan = _Compiler(process, file, hash).plan()
    if not process.variants:
        return plan
    variants = {name: _Compiler(each, file, hash).plan() for name, each in process.variants.items()}
    roles = {role: title for each in (plan, *variants.values()) for role, title in each.roles.items()}
    return replace(plan, roles=roles, variants=variants)


class _Compiler:
    def __init__(self, process: words.Process, file: str, hash: str) -> None:
        self._process = process
        self._file = file
        self._hash = hash
        self._scope: Scope = scope_of(process)
        self._asks: dict[str, plans.Need] = {}
        self._read: set[str] = set()
        self._lasting: dict[str, plans.Need] = {}
        self._rows: dict[str, tuple[plans.Way, ...]] = {}

    def plan(self) -> plans.Plan:
        process, order = self._process, self._process.order
        self._rows = {name: self._owners(stage.owner) for name, stage in process.stages.items()}
        self._rows |= {
            task.name: self._owners(task.owner) or self._rows[stage.name] for stage, task in tasks_of(process)
        }
        detours, calendars = origins_of(process), calendars_of(process)
        stages = {name: self._stage(stage) for name, stage in process.stages.items()}
        ends = {name: self._end(name) for name in ends_of(process)}
        checks = tuple(self._check(check) for check in (order.checks if order else ()))
        return plans.Plan(
            process=process.process,
            version=process.version,
            title=process.title or Text(en=process.process),
            language=process.language,
            owner=process.owner,
            zone=self._scope.zone,
            calendar=calendar_of(process, calendars),
            file=self._file,
            hash=self._hash,
            roles={name: role.title or Text(en=name) for name, role in process.roles.items()},
            fields=self._fields(),
            channels={
                name: channel.maps or {} for name, channel in ((order and order.channels) or {}).items()
            },
            channel_titles={
                name: channel.title or Text(en=name)
                for name, channel in ((order and order.channels) or {}).items()
            },
            checks=checks,
            unique=tuple(order.unique) if order else (),
            number=(order and order.number) or DEFAULT_NUMBER,
            stages=stages,
            ends=ends,
            asks=self._asks,
            marks=self._marks(stages, ends),
            router=MachineRouter((*stages, *ends), arrows(stages, ends, detours)),
            lasting=self._lasting,
            covering=self._covering(),
            detours=detours,
            derived=derived_fields(fields_of(process), self._scope),
            calendars=calendars,
        )

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
        return frozenset(counted | {name for name in self._read if "." in name and name != "order.created"})

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

    def _stage(self, stage: words.Stage) -> plans.Stage:
        outcomes = {
            name: self._outcome(outcome, stage.name) for name, outcome in (stage.outcomes or {}).items()
        } | self._whole(stage.name)
        beside = frozenset((*(stage.needs or ()), *(stage.tasks or ())))
        for task in (stage.tasks or {}).values():
            beside |= frozenset(task.needs or ())
        needs = self._needs(stage.needs, stage.name, beside=beside)
        tasks = {name: self._task(task, beside) for name, task in (stage.tasks or {}).items()}
        ways = tuple(plans.Way(row.to, self._expression(row.when)) for row in stage.next) or self._below(
            stage
        )
        found = plans.Stage(
            name=stage.name,
            title=stage.title or Text(en=stage.name),
            owners=self._rows[stage.name],
            line=stage.place.line,
            due=self._due(stage.due),
            entry=self._needs(stage.entry, stage.name),
            needs=needs,
            outcomes=outcomes,
            ways=ways if needs or tasks else (),
            doable={},
            tasks=tasks,
            opens=self._point(stage.opens),
        )
        return replace(found, doable={need.name: need for need in self._doable(found)})

    def _task(self, task: words.Task, beside: frozenset[str]) -> plans.Task:
        return plans.Task(
            name=task.name,
            title=task.title or Text(en=task.name),
            owners=self._rows[task.name],
            line=task.place.line,
            due=self._due(task.due),
            after=tuple(self._after(name, beside) for name in task.after),
            beside=beside,
            when=self._expression(task.when),
            each=task.each or "",
            needs=self._needs(task.needs, task.name, beside=beside),
            outcomes={
                name: self._outcome(outcome, task.name) for name, outcome in (task.outcomes or {}).items()
            },
            then=tuple(self._action(action, task.name) for action in task.then),
        )

    def _doable(self, stage: plans.Stage) -> Iterator[plans.Need]:
        """Doors first, so that a need of the stage itself wins where one name stands in both."""
        targets = {way.to for way in stage.ways} | {
            target for outcome in plans.every_outcome(stage) for target in plans.targets(outcome)
        }
        for target in sorted(targets & set(self._process.stages)):
            yield from plans.every_part(self._needs(self._process.stages[target].entry, target))
        for outcome in plans.every_outcome(stage):
            yield from plans.every_part(outcome.needs)
            for action in outcome.beyond:
                yield from plans.every_part(self._asks[name] for name in action.ask)
        for task in stage.tasks.values():
            if not task.each:
                yield from plans.every_part(task.needs)
        yield from plans.every_part(stage.needs)

    def _below(self, stage: words.Stage) -> tuple[plans.Way, ...]:
        names = list(self._process.stages)
        return tuple(plans.Way(name, None) for name in names[names.index(stage.name) + 1 :][:1])

    def _whole(self, place: str) -> dict[str, plans.Outcome]:
        ends = ends_of(self._process)
        return {
            name: self._outcome(outcome, "order")
            for name, outcome in (self._process.outcomes or {}).items()
            if place in outcome.from_ or ("any" in outcome.from_ and place not in ends)
        }

    def _end(self, name: str) -> plans.End:
        declared = (self._process.ends or {}).get(name)
        kind, title = _DEFAULT_ENDS.get(name, ("success", Text(en=name)))
        then: tuple[plans.Action, ...] = ()
        if declared:
            kind, title = cast(plans.EndKind, declared.kind), declared.title or title
            then = tuple(self._action(action, "order") for action in declared.then)
        return plans.End(name, title, kind, self._whole(name), then)

    def _outcome(self, outcome: words.Outcome, place: str) -> plans.Outcome:
        by = tuple(outcome.by) or self._default(place)
        return plans.Outcome(
            name=outcome.name,
            key=f"{place}.{outcome.name}",
            place=place,
            title=outcome.title or Text(en=outcome.name),
            to=outcome.to or "",
            by=() if outcome.is_automatic else by,
            needs=self._needs(outcome.needs, place, tuple(outcome.by)),
            reason=outcome.reason == "required",
            line=outcome.place.line,
            at_most=outcome.at_most,
            beyond=tuple(self._action(action, place) for action in outcome.beyond),
            then=tuple(self._action(action, place) for action in outcome.then),
            after=self._after(outcome.after, frozenset()) if outcome.after else "",
            when=self._expression(outcome.when),
            edits=tuple(outcome.edits),
            until=self._point(outcome.until),
        )

    def _action(self, action: words.Action, place: str) -> plans.Action:
        asked = self._needs(action.ask, place)
        self._asks |= {need.name: need for need in asked}
        return plans.Action(
            notify=tuple(self._who(who) for who in action.notify),
            ask=tuple(need.name for need in asked),
            move=action.move or "",
        )

    def _who(self, who: str) -> str:
        """Who is told: a role, or `PLACE.owner` where rows decide about the owner of a stage or task.

        `owner` is the owner of the order.
        """
        if who == "owner":
            return self._process.owner
        rows = self._rows[who.removesuffix(".owner")] if "." in who else ()
        return rows[0].to if len(rows) == 1 else who

    def _owners(self, rows: tuple[words.Row, ...]) -> tuple[plans.Way, ...]:
        return tuple(plans.Way(row.to, self._expression(row.when)) for row in rows)

    def _default(self, place: str) -> tuple[str, ...]:
        """Who does what nobody is named for: the owner; nobody yet where rows decide who that is."""
        rows = self._rows.get(place)
        if rows is None:
            return (self._process.owner,)
        return (rows[0].to,) if len(rows) == 1 else ()

    def _needs(
        self,
        needs: Mapping[str, words.Need] | None,
        place: str,
        by: tuple[str, ...] = (),
        *,
        beside: frozenset[str] = frozenset(),
    ) -> tuple[plans.Need, ...]:
        return tuple(self._need(need, place, by, beside) for need in (needs or {}).values())

    def _need(self, need: words.Need, place: str, by: tuple[str, ...], beside: frozenset[str]) -> plans.Need:
        done_by_hand = need.kind not in ("that", "any")
        after = self._after(need.after, beside) if need.after else ""
        found = plans.Need(
            name=need.name,
            kind=need.kind,
            title=self._title(need),
            by=(tuple(need.by) or by or self._default(place)) if done_by_hand else (),
            line=need.place.line,
            place=place,
            field=need.field or "",
            that=self._expression(need.that),
            otherwise=need.else_,
            any=self._needs(need.any, place, by, beside=beside),
            when=self._expression(need.when),
            after=after,
            beside=after in beside,
            covers=tuple(need.covers),
            waive=tuple(need.waive),
            defer=need.defer,
        )
        if found.covers or found.defer is not None:
            self._lasting[found.name] = found
        return found

    def _title(self, need: words.Need) -> Text:
        """What people call a need; a field its title, a condition its text, a choice all that may be done."""
        if need.field and (field := fields_of(self._process).get(need.field)) and field.title:
            return field.title
        if need.any:
            titles = [self._title(part) for part in need.any.values()]
            return Text(
                zh=" 或 ".join(each.say("zh") for each in titles),
                en=" or ".join(each.say("en") for each in titles),
            )
        return need.title or Text(en=need.that.source if need.that else need.name)

    def _after(self, name: str, beside: frozenset[str]) -> str:
        """What is waited for: a need or task of the same stage by its name, anything else by its moment."""
        if name.removesuffix(".done") in beside:
            return name.removesuffix(".done")
        moment = moment_named(self._scope, name)
        assert moment is not None, name
        self._read.add(moment)
        return moment

    def _point(self, written: words.Name | None) -> Point | None:
        point = point_of(self._scope, written) if written else None
        if point and not point.is_field:
            self._read.add(point.base)
        return point

    def _check(self, check: words.Check) -> plans.Check:
        that = self._expression(check.that)
        assert that is not None
        return plans.Check(that, check.else_, check.place.line)

    def _due(self, rows: tuple[words.Due, ...]) -> tuple[plans.Due, ...]:
        return tuple(
            plans.Due(row.place.line, row.within, row.by or "", self._expression(row.when)) for row in rows
        )

    def _expression(self, written: words.Written | None) -> Expression | None:
        if written is None:
            return None
        expression, findings = parse(written.source, self._scope, written.place)
        assert expression is not None, findings
        self._read |= expression.names
        return expression
