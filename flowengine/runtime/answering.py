"""The answer to a command, from what was saved, or from what an earlier one left."""

from __future__ import annotations

import json

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Request
from flowengine.kernel.decision import Blocker, Decision
from flowengine.kernel.order import Order
from flowengine.runtime.chain import digest_of
from flowengine.runtime.missing import reused
from flowengine.runtime.ports import Writer
from flowengine.runtime.privacy.sealing import said_in, seal
from flowengine.runtime.privacy.vault import Vault
from flowengine.runtime.result import Result
from flowengine.runtime.rows import HistoryRow, OrderRow


def answer(row: OrderRow, decision: Decision | None = None, blockers: tuple[Blocker, ...] = ()) -> Result:
    """What became of a command on the order of `row`."""
    events = decision.events if decision else ()
    return Result(row.id, row.number, row.revision, row.stage, row.status, events, blockers)


def repeated(
    unit: Writer, vault: Vault, plan: Plan, order: Order | None, row: OrderRow, seq: int, request: Request
) -> Result:
    """The answer that a row of history left, to a request as it came again; `order` is none for an opening.

    Raises KeyReused where the key came with another command then. Once a person was erased, nobody can tell
    whether the same was said of them.
    """
    receipt = unit.receipt(row.id, seq)
    said = said_in(receipt.record) if plan.private else {}
    request = seal(vault, unit, plan, order, request, said=said).request
    if receipt.digest != digest_of(request) and not vault.is_erased(unit, " ".join(said.values())):
        raise reused(key=receipt.command_key, number=row.number)
    return first_answer(row, receipt)


def first_answer(row: OrderRow, receipt: HistoryRow) -> Result:
    """What was answered when that row of history was written."""
    record = json.loads(receipt.record)
    return Result(row.id, row.number, receipt.seq, record["stage"], record["status"], repeated=True)
