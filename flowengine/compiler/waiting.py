"""The plans of orders that are split: in the stages that their parts go through, they wait and do no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flowengine.compiler.part import Part
from flowengine.compiler.plan import Plan, Stage
from flowengine.definition.words import lanes_key


def with_waiting(plans: Mapping[str, Plan]) -> dict[str, Plan]:
    """Plans by the lanes under which they are, and each of them once more for each way of being split."""
    found = dict(plans)
    for key, plan in plans.items():
        lanes = key.split("+") if key else []
        for part in plan.parts.values():
            found[lanes_key([*lanes, part.name])] = _waiting(plan, part)
    return found


def _waiting(plan: Plan, part: Part) -> Plan:
    stages = {
        name: _hollow(stage, part) if name in part.through else stage for name, stage in plan.stages.items()
    }
    return replace(plan, stages=stages)


def _hollow(stage: Stage, part: Part) -> Stage:
    """The stage with nothing in it but the need that all parts are done; the order may still be cancelled."""
    whole = {name: outcome for name, outcome in stage.outcomes.items() if outcome.place == "order"}
    asked = {need.name: need for outcome in whole.values() for need in outcome.needs}
    return replace(
        stage,
        entry=(),
        needs=(part.done,),
        outcomes=whole,
        doable={**asked, part.done.name: part.done},
        tasks={},
        opens=None,
        clocks={},
        rules={},
    )
