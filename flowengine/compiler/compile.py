"""Words to plan: resolves every default of a checked process and builds its router.

Call it only with words that `definition.check` found sound, now or when they were deployed; what is wrong
with a process is found there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flowengine.compiler import plan as plans
from flowengine.compiler.away import away_of
from flowengine.compiler.deriving import derived_fields
from flowengine.compiler.granting import as_one
from flowengine.compiler.machine import MachineRouter
from flowengine.compiler.making import intake, lanes, outcomes, outside, parts, stages
from flowengine.compiler.making.exceptions import exception
from flowengine.compiler.making.maker import Maker
from flowengine.compiler.notices import notices_of
from flowengine.compiler.rights import rights_of
from flowengine.compiler.waiting import with_waiting
from flowengine.compiler.ways import arrows
from flowengine.definition import words
from flowengine.definition.call_references import calls_made
from flowengine.definition.detours import origins_of
from flowengine.definition.dividing import divided_parts
from flowengine.definition.event_references import OF_EVENT, events_of
from flowengine.definition.part_references import own_parts_of
from flowengine.definition.references import ends_of
from flowengine.definition.scope import fields_of
from flowengine.definition.words import Text

DEFAULT_NUMBER = "{serial:6}"


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
    plan = _plan(process, file, hash, inner)
    if not (process.granted or (plan.parts and not process.variants)):  # each type has its own
        return plan
    granted = {key: _plan(each, file, hash, inner) for key, each in process.granted.items()}
    return as_one(with_waiting({"": plan, **granted}))


def _plan(process: words.Process, file: str, hash: str, inner: Mapping[str, plans.Plan]) -> plans.Plan:
    """The plan of a process as if nothing was on a lane.

    The order counts: what is done by itself comes first, as stages offer what it asks for and where it leads.
    """
    make, order = Maker(process), process.order
    detours = origins_of(process)
    clocks, holds = make.order.clocks(process.clocks), make.order.holds(process.holds)
    rules = make.order.rules(process.rules)
    made = calls_made(process)
    calls = {name: outside.call(make, said) for name, said in (process.calls or {}).items() if name in made}
    asked = {name: lanes.lane(make, said) for name, said in (process.lanes or {}).items()}
    divided = {name: parts.part(make, said) for name, said in divided_parts(process).items()}
    own_parts = {name: parts.own_part(make, said) for name, said in own_parts_of(process).items()}
    places = {name: stages.stage(make, said) for name, said in process.stages.items()}
    ends = {name: outcomes.end(make, name) for name in ends_of(process)}
    checks = tuple(intake.check(make, said) for said in (order.checks if order else ()))
    fields, amending = intake.fields(process), intake.amending(make)
    events = {name: outside.event(make, said) for name, said in events_of(process).items()}
    exceptions = {name: exception(make, said) for name, said in (process.exceptions or {}).items()}
    channels = (order and order.channels) or {}
    return plans.Plan(
        process=process.process,
        version=process.version,
        title=process.title or Text(en=process.process),
        language=process.language,
        owner=process.owner,
        zone=make.scope.zone,
        calendar=make.order.calendar,
        file=file,
        hash=hash,
        roles={name: role.title or Text(en=name) for name, role in process.roles.items()},
        fields=fields,
        channels={name: channel.maps or {} for name, channel in channels.items()},
        channel_titles={name: channel.title or Text(en=name) for name, channel in channels.items()},
        checks=checks,
        unique=tuple(order.unique) if order else (),
        number=(order and order.number) or DEFAULT_NUMBER,
        stages=places,
        ends=ends,
        asks=make.asks,
        marks=_marks(make.read, places, ends),
        router=MachineRouter((*places, *ends), arrows(places, ends, detours, make.moves)),
        lasting=make.lasting,
        covering=_covering(make.lasting),
        detours=detours,
        derived=derived_fields(fields_of(process), make.scope),
        clocks=clocks,
        holds=holds,
        rules=rules,
        lanes=asked,
        links={name: outside.link(said) for name, said in (process.links or {}).items()},
        calendars=make.calendars,
        apart=make.apart,
        names_people=make.names_people,
        remembered=frozenset(make.remembered),
        heads=tuple(sorted(set(make.heads))),
        heads_of={name: str(each.head) for name, each in (process.people or {}).items() if each.head},
        rights=rights_of(process),
        private={name: field.private for name, field in fields.items() if field.private},
        members={name: tuple(role.members) for name, role in process.roles.items() if role.members},
        away=away_of(process, make.scope.zone),
        assign=_assign(make),
        amending=amending,
        events=events,
        exceptions=exceptions,
        tiers=tuple(sorted(int(number) for number in process.tiers or ())),
        teams=process.teams,
        opened=intake.opened(make),
        parts=divided,
        own_parts=own_parts,
        inner=inner,
        messages={name: outside.message(said) for name, said in (process.messages or {}).items()},
        calls=calls,
        via=outside.channels_by_name(process.notices),
        notices=notices_of(process.notices, make.scope.zone, make.calendars),
        has_approvals=any(need.approval for place in places.values() for need in place.doable.values()),
    )


def _assign(make: Maker) -> dict[str, tuple[plans.Way, ...]]:
    """To whom the work of each role is dealt out, by rows."""
    return {
        name: tuple(plans.Way(row.to, make.expression(row.when)) for row in role.assign)
        for name, role in make.process.roles.items()
        if role.assign
    }


def _covering(lasting: Mapping[str, plans.Need]) -> dict[str, tuple[str, ...]]:
    """By which needs each field is covered."""
    covered = {name for need in lasting.values() for name in need.covers}
    return {
        name: tuple(need.name for need in lasting.values() if name in need.covers) for name in sorted(covered)
    }


def _marks(
    read: set[str], stages: Mapping[str, plans.Stage], ends: Mapping[str, plans.End]
) -> frozenset[str]:
    """The moments that a later decision can ask about; the others are history and nothing else."""
    counted = {
        outcome.key
        for places in (stages, ends)
        for place in places.values()
        for outcome in plans.every_outcome(place)
        if outcome.at_most is not None
    }
    known = {name for name in read if "." in name and not name.startswith(OF_EVENT)}
    return frozenset(counted | known - {"order.created"})
