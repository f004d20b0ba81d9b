"""Durable commands on PostgreSQL: one client beside psycopg by hand, several clients beside pgbench."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.bare_psycopg import Changes, by_hand, noting_changes
from benchmarks.commands import commands_figure
from benchmarks.copies import copy_orders
from benchmarks.crew import cores, together
from benchmarks.figure import Figure, Goal, spread
from benchmarks.noted import Noted, noted_by_order, noting_postgres, send_postgres
from benchmarks.order7 import COMMANDS, open_engine, warm_up, whole_order
from benchmarks.pgbench import PgBench
from benchmarks.places import libpq, not_waiting, postgres_database
from benchmarks.sizes import Sizes
from benchmarks.turns import settle_memory, take_turns

ONE = Goal(gate=0.80, aim=1.00)
FOUR = Goal(gate=0.35, aim=0.50)
DAY = 24 * 60 * 60_000


def measure(sizes: Sizes) -> Iterator[Figure]:
    """One client against the driver, then each number of clients against pgbench."""
    half = sizes.rounds * sizes.orders
    sent = _sent(2 * half)
    with ExitStack() as stack:
        urls = [stack.enter_context(postgres_database()) for _ in range(3)]
        for url in urls:
            open_engine(url).close()
        what = "commands, PostgreSQL, 1 client"
        yield from _one_client(what, urls, sent, range(half), sizes, ONE)
        urls, rest = [not_waiting(url) for url in urls], range(half, 2 * half)
        yield from _one_client(f"{what}, no fsync", urls, sent, rest, sizes, Goal())
    yield from _many_clients(sent.changes[0], sizes)


@dataclass(frozen=True, slots=True)
class Sent:
    """What each order changes, and the statements that the engine sends for it."""

    changes: list[Changes]
    statements: list[Noted]


def _sent(orders: int) -> Sent:
    changes: Changes = []
    noted: Noted = []
    with postgres_database() as url:
        engine = open_engine(url)
        engine.close()
        with noting_changes(changes), noting_postgres(noted):
            statements = noted_by_order(engine, noted, orders)
    return Sent([changes[at : at + COMMANDS] for at in range(0, len(changes), COMMANDS)], statements)


def _one_client(
    what: str, urls: list[str], sent: Sent, numbers: range, sizes: Sizes, goal: Goal
) -> Iterator[Figure]:
    """The orders of `numbers` three times, each in a database of its own: the engine, by hand, the same."""
    import psycopg

    with ExitStack() as stack:
        engine = stack.enter_context(open_engine(urls[0]))
        hand, same = (stack.enter_context(psycopg.connect(libpq(url))) for url in urls[1:])
        warm_up(engine)
        settle_memory()
        ways: dict[str, Callable[[int], object]] = {
            "engine": lambda number: whole_order(engine, number),
            "by hand": lambda number: by_hand(hand, sent.changes[number]),
            "same": lambda number: send_postgres(same, sent.statements[number]),
        }
        rounds = [
            take_turns(ways, numbers[start : start + sizes.orders])
            for start in range(0, len(numbers), sizes.orders)
        ]
    commands = sizes.orders * COMMANDS
    yield commands_figure(f"{what}, by hand", rounds, commands, goal, against="by hand")
    yield commands_figure(f"{what}, same statements", rounds, commands, Goal(), against="same")


def _many_clients(model: Changes, sizes: Sizes) -> Iterator[Figure]:
    with ExitStack() as stack:
        url, other = (stack.enter_context(postgres_database()) for _ in range(2))
        open_engine(url).close()
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="flowengine-bench-")))
        with open_engine(other, real_time=True) as engine:
            soon = time.time_ns() // 1_000_000
            first = copy_orders(engine, sizes.choices, first=soon, spread=DAY)
        pgbench = PgBench(other, folder, first, first + sizes.choices - 1, model)
        for clients in sizes.clients:
            yield _clients(url, pgbench, clients, sizes)


def _clients(url: str, pgbench: PgBench, clients: int, sizes: Sizes) -> Figure:
    rates, limits, work = [], [], []
    for _ in range(sizes.client_rounds):
        done = together(_client, [(url, sizes.seconds)] * clients)
        rates.append(sum(commands / seconds for commands, seconds, _ in done))
        work.append(sum(cpu for _, _, cpu in done) / sum(commands for commands, _, _ in done))
        limits.append(pgbench.commands(clients, sizes.seconds))
    shares = [rate / limit for rate, limit in zip(rates, limits, strict=True)]
    return Figure(
        f"commands, PostgreSQL, {clients} process{'es' if clients > 1 else ''} against pgbench",
        median(rates),
        "commands/s",
        median(limits),
        median(shares),
        FOUR if clients == 4 else Goal(),
        f"share {spread(shares)}; own work {median(work) * 1e6:.0f} µs a command; {cores()} cores for all",
    )


def _client(begin: Callable[[], object], url: str, seconds: float) -> tuple[int, float, float]:
    """Orders of its own, one after the other: commands, seconds, and seconds of this process's work."""
    with open_engine(url, real_time=True) as engine:
        whole_order(engine, 0)
        begin()
        commands, start, cpu = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - start < seconds:
            whole_order(engine, commands)
            commands += COMMANDS
        return commands, time.perf_counter() - start, time.process_time() - cpu
