"""Somebody who lets time pass: `flowengine worker`, or a thread of the host by `run_in_thread(engine)`.

The engine itself begins nothing; threads, signals and waiting are here alone.
"""

from flowengine.worker.loop import Worker
from flowengine.worker.thread import Running, run_in_thread

__all__ = ["Running", "Worker", "run_in_thread"]
