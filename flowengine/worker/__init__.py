"""Somebody who lets time pass: `flowengine worker`, or a thread of the host by `engine.run_in_thread()`.

The engine itself begins nothing; threads, signals and waiting are here alone. Of an engine it knows only that
it ticks, so it stands below the runtime.
"""

from flowengine.worker.loop import Worker
from flowengine.worker.thread import Running, run_in_thread

__all__ = ["Running", "Worker", "run_in_thread"]
