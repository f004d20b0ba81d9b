"""Finding orders by a private value: by its blind value first, then by what the orders found really hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flowengine.compiler.plan import Plan
from flowengine.definition.private import token_of
from flowengine.kernel.commands import Principal
from flowengine.kernel.order import Order
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.missing import missing
from flowengine.runtime.ports import Reader
from flowengine.runtime.privacy.lens import Opener
from flowengine.runtime.privacy.vault import alike
from flowengine.runtime.rows import OrderRow
from flowengine.runtime.sight import Sight


@dataclass(frozen=True, slots=True)
class Sought:
    """A private field with the value that it must hold."""

    field: str
    value: str
    blinds: frozenset[str]

    @classmethod
    def of(cls, catalog: Catalog, unit: Reader, definitions: Iterable[int], field: str, value: str) -> Sought:
        """What is sought in orders of these definitions. Raises NotFound where none has such a field."""
        plans = [catalog.plan(unit, each) for each in definitions]
        kinds = {plan.private[field] for plan in plans if field in plan.private}
        if not kinds:
            known = sorted({name for plan in plans for name in plan.private})
            raise missing("private_field", field=field, known=known)
        return cls(field, value, frozenset(catalog.vault.blind(unit, kind, value) for kind in kinds))

    def is_in(self, plan: Plan, row: OrderRow, by: Principal, opener: Opener) -> bool:
        """Whether the order holds that value now, in a field that `by` sees, masked or not."""
        token = token_of(Order.load(row.state).fields.get(self.field))
        if token is None or self.field in Sight.on(plan, row, by, opener).hidden:
            return False
        found, kind = opener.opened(plan.process, token), plan.private[self.field]
        return isinstance(found, str) and alike(kind, found) == alike(kind, self.value)
