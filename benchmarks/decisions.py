"""What needs no database: decisions of the pure kernel. Beside it, how fast history is verified."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure, Goal, spread
from benchmarks.order7 import CHECKS, CLERK, open_engine, process, values, whole_order
from benchmarks.places import sqlite_file
from benchmarks.sizes import Sizes
from flowengine import Attach, Choose, Confirm, Create, Done, Principal, Write
from flowengine.compiler.compile import compile_process
from flowengine.compiler.plan import Plan
from flowengine.definition.check import check_process
from flowengine.definition.patching import Sources
from flowengine.definition.private import Sealed, Token
from flowengine.folder import Folder
from flowengine.kernel.commands import Command
from flowengine.kernel.decide import decide
from flowengine.kernel.order import Order

GOAL = Goal(gate=20_000, aim=60_000, of="measured")
SALES_ORDER = Path(__file__).parents[1] / "processes" / "sales-order.yaml"
HOST = Principal.system("benchmark")
NOON = 1_772_424_000_000  # 2026-03-02 12:00 in Shanghai
SALE = {
    "channel": "phone",
    "type": "routine",
    "external_id": "S-1",
    **{  # as the runtime hands them over: sealed
        name: Sealed(Token("s" * 22, name, "b" * 22, "c" * 56)) for name in ("customer", "phone", "address")
    },
    "items": [{"sku": "A1", "spec": "红", "quantity": 2, "price": 100}],
    "amount": 200,
    "promised_date": "2026-03-10",
}
WAY: tuple[Command, ...] = (
    Done("entry_verified"),
    Done("customer_qualified"),
    Confirm("customer_confirmed"),
    Attach("payment_voucher", "voucher.pdf"),
    Done("produced"),
    Attach("invoice_issued", "invoice.pdf"),
    Attach("outbound_slip", "slip.jpg"),
    Attach("quality_report", "report.pdf"),
    Attach("quality_photo", "photo.jpg"),
    Choose("passed"),
    Done("predelivery"),
    Write({"waybill": "SF1234567890", "shipped_at": "2026-03-05 10:00"}),
    Attach("waybill_copy", "waybill.jpg"),
    Attach("signed_receipt", "receipt.jpg"),
    Write({"called_back": "satisfied"}),
    Confirm("survey", {"survey_score": 95}),
)


def measure(sizes: Sizes) -> Iterator[Figure]:
    """Decisions on both processes, then verifying what ORDER-7 wrote."""
    way = (Create(values(1), "1"), *(Done(check) for check in CHECKS))
    for name, working in (("ORDER-7", False), ("ORDER-7 in working hours", True)):
        yield _decisions(name, _plan(process(working=working), "order-7.yaml"), way, CLERK, sizes)
    plan = _plan(SALES_ORDER.read_bytes(), "sales-order.yaml", Folder(SALES_ORDER))
    yield _decisions("sales-order", plan, (Create(SALE, "202603-001"), *WAY), HOST, sizes)
    yield _verifying(sizes)


def _plan(text: bytes | str, file: str, beside: Sources | None = None) -> Plan:
    checked = check_process(text, file, beside)
    assert checked.process is not None
    return compile_process(checked.process, file, "0" * 64)


def _decisions(name: str, plan: Plan, commands: Sequence[Command], by: Principal, sizes: Sizes) -> Figure:
    count = sizes.orders * len(commands) * 10

    def run() -> None:
        for _ in range(sizes.orders * 10):
            _play(plan, commands, by)

    rates = _rates(run, count, sizes.rounds)
    return Figure(
        f"decisions, {name}", median(rates), "decisions/s", goal=GOAL, note=f"own work; {spread(rates)}"
    )


def _play(plan: Plan, commands: Sequence[Command], by: Principal) -> None:
    order: Order | None = None
    for minute, command in enumerate(commands):
        decision = decide(plan, order, command, by, NOON + minute * 60_000)
        assert not decision.blockers, decision.blockers
        order = decision.order
    assert order is not None
    assert order.status == "closed"


def _verifying(sizes: Sizes) -> Figure:
    with sqlite_file(in_memory=True) as path, open_engine(path) as engine:
        with engine.batch() as flow:
            for number in range(sizes.orders * 10):
                whole_order(flow, number)
        verified = engine.verify()
        assert not verified.problems, verified.problems[:3]
        rates = _rates(engine.verify, verified.rows, sizes.rounds)
    return Figure("verify, SQLite", median(rates), "rows/s", note=f"own work; {spread(rates)}")


def _rates(run: Callable[[], object], count: int, rounds: int) -> list[float]:
    """How many of `count` things a second of this process's own work does, in each round."""
    rates = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        rates.append(count / (time.process_time() - start))
    return rates
