"""How fast process files are checked: many in one process, and one by a command that starts for it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from compileall import compile_dir
from pathlib import Path
from statistics import median

from benchmarks.crew import together
from benchmarks.figure import Figure, Goal, spread
from benchmarks.good_files import good_file
from benchmarks.sizes import Sizes

PACKAGE = Path(__file__).parents[1] / "flowengine"
MILLISECONDS = Goal(gate=250, aim=120, of="measured", at_most=True)


def measure(sizes: Sizes) -> Iterator[Figure]:
    """Files of about 150 lines, each another, in one process; then `flowengine validate` of one."""
    [(seconds, own, lines, grown)] = together(_checking, [(sizes.files,)])
    goal = Goal(gate=sizes.files * 0.010, aim=sizes.files * 0.003, of="measured", at_most=True)
    yield Figure(
        f"checking {sizes.files:,} files in one process",
        seconds,
        "s",
        goal=goal,
        note=f"{sizes.files / seconds:,.0f} files/s, {lines:.0f} lines; own {own:.1f} s; {grown:.0f} MB more",
    )
    yield _cold(sizes)


def _checking(begin: Callable[[], object], files: int) -> tuple[float, float, float, float]:
    """Seconds, those of its own work, mean lines of a file, and MB by which the process has grown."""
    import psutil  # type: ignore[import-untyped]

    from flowengine.cli.findings.checking import undisturbed
    from flowengine.definition.check import check_process

    process = psutil.Process()
    texts = [good_file(number) for number in range(files)]
    begin()
    before = process.memory_info().rss
    start, worked = time.perf_counter(), time.process_time()
    with undisturbed():  # as `flowengine validate` does
        for number, text in enumerate(texts):
            checked = check_process(text, f"{number}.yaml")
            assert not checked.findings, checked.findings[:3]
    seconds, own = time.perf_counter() - start, time.process_time() - worked
    grown = (process.memory_info().rss - before) / 2**20
    return seconds, own, sum(text.count("\n") for text in texts) / files, grown


def _cold(sizes: Sizes) -> Figure:
    """As it is once installed: with its bytecode."""
    compile_dir(PACKAGE, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.yaml"
        path.write_text(good_file(0), "utf-8")
        times = [_milliseconds(path) for _ in range(sizes.rounds * 3)]
    return Figure("flowengine validate, cold", median(times), "ms", goal=MILLISECONDS, note=spread(times))


def _milliseconds(path: Path) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "flowengine", "validate", path], check=True, stdout=subprocess.DEVNULL
    )
    return (time.perf_counter() - start) * 1000
