"""What is put before somebody who decides: the fields that a need covers or asks, and their fingerprint."""

from __future__ import annotations

from hashlib import sha256

from flowengine.compiler.plan import Need
from flowengine.kernel.order import canonical
from flowengine.kernel.standing import Standing


def digest(standing: Standing, need: Need) -> str:
    """A fingerprint of what the need covers, as it is now; empty where it covers nothing."""
    covered = {name: standing.order.fields.get(name) for name in need.covers}
    return sha256(canonical(covered).encode()).hexdigest() if covered else ""


def asking(standing: Standing, need: Need) -> str:
    """Which asking of a need this is: that of a visit, of a clock or a hold, or of the time it was put off.

    Whoever was invited to answer one of them answers no other.
    """
    order = standing.order
    if need.name in order.deferred:
        cycle = order.clocks.get(need.name)
        return f"deferred {cycle.began}" if cycle else "deferred"
    if need.place in order.holds:
        return f"{need.place} {order.holds[need.place].since}"
    if need.place in order.clocks and standing.clock(need.place):
        return f"{need.place} {order.clocks[need.place].began}"
    return f"{order.stage} {order.visit}"
