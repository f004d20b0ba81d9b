"""Words to plan: resolves every default of a checked process and builds its router.

Call it only with words that `definition.check` found sound; what is wrong with a process is found there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from flowengine.compiler import plan as plans
from flowengine.compiler.machine import Arrow, MachineRouter
from flowengine.definition import words
from flowengine.definition.expressions import Expression, parse
from flowengine.definition.kinds import Scope
from flowengine.definition.references import ends_of
from flowengine.definition.scope import fields_of, scope_of
from flowengine.definition.words import Text

DEFAULT_NUMBER = "{serial:6}"
_DEFAULT_ENDS: Mapping[str, tuple[plans.EndKind, Text]] = {
    "closed": ("success", Text(zh="完成", en="Closed")),
    "cancelled": ("cancelled", Text(zh="已取消", en="Cancelled")),
}


def compile_process(process: words.Process, file: str, hash: str = "") -> plans.Plan:
    """The plan of a sound process. Blockers cite `file`; `hash` pins the text that it came from."""
    return _Compiler(process, file, hash).plan()


class _Compiler:
    def __init__(self, process: words.Process, file: str, hash: str) -> None:
        self._process = process
        self._file = file
        self._hash = hash
        self._scope: Scope = scope_of(process)
        self._asks: dict[str, plans.Need] = {}
        self._read: set[str] = set()

    def plan(self) -> plans.Plan:
        process, order = self._process, self._process.order
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
            router=MachineRouter((*stages, *ends), _arrows(stages, ends)),
        )

    def _marks(self, stages: Mapping[str, plans.Stage], ends: Mapping[str, plans.End]) -> frozenset[str]:
        """The moments that a later decision can ask about; the others are history and nothing else."""
        counted = {
            outcome.key
            for outcomes in _outcomes(stages, ends)
            for outcome in outcomes.values()
            if outcome.at_most is not None
        }
        return frozenset(counted | {name for name in self._read if "." in name and name != "order.created"})

    def _fields(self) -> dict[str, words.Field]:
        fields, order = fields_of(self._process), self._process.order
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
        whole = self._whole(stage.name)
        own = {
            name: self._outcome(outcome, stage.name, stage.owner)
            for name, outcome in (stage.outcomes or {}).items()
        }
        needs = self._needs(stage.needs, stage.owner)
        ways = tuple(plans.Way(row.to, self._expression(row.when)) for row in stage.next) or self._below(
            stage
        )
        outcomes = {**own, **whole}
        targets = {way.to for way in ways if needs} | {
            target for outcome in outcomes.values() for target in _leads(outcome)
        }
        return plans.Stage(
            name=stage.name,
            title=stage.title or Text(en=stage.name),
            owner=stage.owner,
            line=stage.place.line,
            due=self._due(stage.due),
            entry=self._needs(stage.entry, stage.owner),
            needs=needs,
            outcomes=outcomes,
            ways=ways if needs else (),
            doable={need.name: need for need in self._doable(needs, outcomes.values(), targets)},
        )

    def _doable(
        self, needs: tuple[plans.Need, ...], outcomes: Iterable[plans.Outcome], targets: set[str]
    ) -> Iterator[plans.Need]:
        """Doors first, so that a need of the stage itself wins where one name stands in both."""
        for target in sorted(targets & set(self._process.stages)):
            beyond = self._process.stages[target]
            yield from self._needs(beyond.entry, beyond.owner)
        for outcome in outcomes:
            yield from outcome.needs
            for action in outcome.beyond:
                yield from (self._asks[name] for name in action.ask)
        yield from needs

    def _below(self, stage: words.Stage) -> tuple[plans.Way, ...]:
        names = list(self._process.stages)
        return tuple(plans.Way(name, None) for name in names[names.index(stage.name) + 1 :][:1])

    def _whole(self, place: str) -> dict[str, plans.Outcome]:
        owner = self._process.owner
        ends = ends_of(self._process)
        return {
            name: self._outcome(outcome, "order", owner)
            for name, outcome in (self._process.outcomes or {}).items()
            if place in outcome.from_ or ("any" in outcome.from_ and place not in ends)
        }

    def _end(self, name: str) -> plans.End:
        declared = (self._process.ends or {}).get(name)
        kind, title = _DEFAULT_ENDS.get(name, ("success", Text(en=name)))
        if declared:
            kind, title = cast(plans.EndKind, declared.kind), declared.title or title
        return plans.End(name, title, kind, self._whole(name))

    def _outcome(self, outcome: words.Outcome, place: str, owner: str) -> plans.Outcome:
        by = tuple(outcome.by) or (owner,)
        return plans.Outcome(
            name=outcome.name,
            key=f"{place}.{outcome.name}",
            title=outcome.title or Text(en=outcome.name),
            to=outcome.to,
            by=by,
            needs=self._needs(outcome.needs, by[0], by),
            reason=outcome.reason == "required",
            line=outcome.place.line,
            at_most=outcome.at_most,
            beyond=tuple(self._action(action, owner) for action in outcome.beyond),
            then=tuple(self._action(action, owner) for action in outcome.then),
        )

    def _action(self, action: words.Action, owner: str) -> plans.Action:
        asked = self._needs(action.ask, owner)
        self._asks |= {need.name: need for need in asked}
        return plans.Action(
            notify=tuple(self._who(who) for who in action.notify),
            ask=tuple(need.name for need in asked),
            move=action.move or "",
        )

    def _who(self, who: str) -> str:
        """The role that is told: `owner` is the owner of the order, `STAGE.owner` that of the stage."""
        if who == "owner":
            return self._process.owner
        return self._process.stages[who.removesuffix(".owner")].owner if "." in who else who

    def _needs(
        self, needs: Mapping[str, words.Need] | None, owner: str, by: tuple[str, ...] = ()
    ) -> tuple[plans.Need, ...]:
        return tuple(self._need(need, by or (owner,)) for need in (needs or {}).values())

    def _need(self, need: words.Need, by: tuple[str, ...]) -> plans.Need:
        title = need.title
        if need.field and (field := fields_of(self._process).get(need.field)):
            title = field.title
        return plans.Need(
            name=need.name,
            kind=need.kind,
            title=title or Text(en=need.that.source if need.that else need.name),
            by=tuple(need.by) or by if need.kind != "that" else (),
            line=need.place.line,
            field=need.field or "",
            that=self._expression(need.that),
            otherwise=need.else_,
        )

    def _check(self, check: words.Check) -> plans.Check:
        that = self._expression(check.that)
        assert that is not None
        return plans.Check(that, check.else_, check.place.line)

    def _due(self, due: words.Due | None) -> plans.Due | None:
        if due is None:
            return None
        return plans.Due(due.place.line, due.within, due.by or "")

    def _expression(self, written: words.Written | None) -> Expression | None:
        if written is None:
            return None
        expression, findings = parse(written.source, self._scope, written.place)
        assert expression is not None, findings
        self._read |= expression.names
        return expression


def _leads(outcome: plans.Outcome) -> Iterator[str]:
    yield outcome.to
    yield from (action.move for action in outcome.beyond if action.move)


def _arrows(stages: Mapping[str, plans.Stage], ends: Mapping[str, plans.End]) -> Iterator[Arrow]:
    for stage in stages.values():
        yield from (Arrow(plans.NEXT, stage.name, way.to, way.when) for way in stage.ways)
    for name, outcomes in zip((*stages, *ends), _outcomes(stages, ends), strict=True):
        for outcome in outcomes.values():
            yield Arrow(outcome.key, name, outcome.to)
            yield from (
                Arrow(outcome.beyond_trigger, name, action.move) for action in outcome.beyond if action.move
            )


def _outcomes(
    stages: Mapping[str, plans.Stage], ends: Mapping[str, plans.End]
) -> Iterator[Mapping[str, plans.Outcome]]:
    yield from (stage.outcomes for stage in stages.values())
    yield from (end.outcomes for end in ends.values())
