"""The plans between which an order changes as lanes come and go: each must know what another has begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from flowengine.compiler.need import Need
from flowengine.compiler.plan import Plan


def as_one(plans: Mapping[str, Plan]) -> Plan:
    """The plan without lanes, which stands under the empty key, with all the others as `granted`.

    What one of them counts, all count; what one has asked or deferred, all know.
    """
    granted: dict[str, Plan] = {}
    marks = reduce(frozenset.union, (each.marks for each in plans.values()))
    watched = {name for each in plans.values() for name in each.apart}
    asks = {name: need for each in plans.values() for name, need in each.asks.items()}
    lasting = {name: need for each in plans.values() for name, need in each.lasting.items()}
    for key, plan in plans.items():
        granted[key] = replace(
            plan,
            marks=marks,
            apart={**dict.fromkeys(sorted(watched), ()), **plan.apart},
            asks={**asks, **plan.asks},
            lasting={**{name: _here(plan, need) for name, need in lasting.items()}, **plan.lasting},
            granted=granted,
        )
    return granted[""]


def _here(plan: Plan, need: Need) -> Need:
    """What another plan defers, as this one has it: where it does not defer it, it can wait no longer."""
    return plan.find(need.name) or replace(need, defer=False, due=())
