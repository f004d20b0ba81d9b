"""What letting time pass has come to: as said by `tick` and by `worker --once`."""

from __future__ import annotations

from flowengine.cli.desk import Desk
from flowengine.worker.ticked import Ticked


def tell_ticked(desk: Desk, ticked: Ticked) -> None:
    """Print how many orders were looked at, what happened besides, and where to look for what was parked."""
    desk.print("tick.done", orders=ticked.orders, late=ticked.late, failed=ticked.failed)
    if ticked.opened or ticked.heard:
        desk.print("tick.others", opened=ticked.opened, heard=ticked.heard)
    if ticked.failed:
        desk.print("worker.parked", failed=ticked.failed)
