"""Several processes that prepare, wait for each other, and begin at the same moment."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

PATIENCE = 120.0
"""Seconds after which processes that do not get ready are given up."""

_barriers: list[Any] = []


def together(work: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> list[Any]:
    """`work(begin, *task)` in a process for each task; it calls `begin` when it is ready. Their results."""
    context = _context()
    barrier = context.Barrier(len(tasks))
    with ProcessPoolExecutor(len(tasks), context, initializer=_keep, initargs=(barrier,)) as pool:
        futures = [pool.submit(_run, work, task) for task in tasks]
        return [future.result() for future in futures]


def _context() -> Any:
    """New processes that share nothing with this one; where it is possible, what they need is loaded once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flowengine.assembly", "benchmarks.order7"])
    return context


def _keep(barrier: Any) -> None:
    """A barrier is only handed to a process as it begins."""
    _barriers.append(barrier)


def _run(work: Callable[..., Any], task: tuple[Any, ...]) -> Any:
    barrier = _barriers[0]
    try:
        return work(lambda: barrier.wait(PATIENCE), *task)
    except BaseException:
        barrier.abort()
        raise


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
