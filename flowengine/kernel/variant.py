"""On which plan an order runs, where its process has types or lanes: the one entry of the kernel to that
question.
"""

from __future__ import annotations

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Command, Create
from flowengine.kernel.intake import renamed
from flowengine.kernel.order import Order


def plan_for(plan: Plan, order: Order | None, command: Command | None = None) -> Plan:
    """The plan of the order's type under the lanes that are in force for it, or of the type that `command`
    opens an order of.

    An order of no type that there is stays on the plan of the process, which says what is wrong.
    """
    if not (plan.variants or plan.granted):
        return plan
    if order is not None:
        return plan.of(order.fields, order.overlays)
    if not plan.variants:
        return plan
    given = renamed(plan, command.incoming) if isinstance(command, Create) else {}
    field = plan.fields["type"]
    return plan.of({"type": str(given.get("type") or field.default).strip()})
