"""The engine: one object through which a host deploys processes, runs orders and asks about them.

It holds no threads and begins nothing by itself. Every command and every question names who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Command, Create, Principal, Request
from flowengine.kernel.decision import Decision
from flowengine.kernel.explain import Explanation
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.importing import Imported, Record, import_orders
from flowengine.runtime.looking import Entry, Looking, OrderView, Page, StageCount
from flowengine.runtime.ports import Clock, Store, system_clock
from flowengine.runtime.result import Result
from flowengine.runtime.rows import DefinitionRow, MessageRow, Status, WorkRow
from flowengine.runtime.ticking import Ticked, Ticking
from flowengine.runtime.verifying import Verified, verify


class Engine:
    """Runs the processes of one store. Instants are milliseconds UTC; `clock` is replaced in rehearsals."""

    def __init__(self, store: Store, *, clock: Clock = system_clock) -> None:
        self.store = store
        self.clock = clock
        self._catalog = Catalog(store, clock)
        self._commanding = Commanding(store, self._catalog, clock)
        self._looking = Looking(store, self._catalog, clock)
        self._ticking = Ticking(store, self._catalog, clock)

    def deploy(self, process: Path | str, *, file: str = "") -> tuple[DefinitionRow, bool]:
        """Deploy a process file, or the text of one under the name `file`; False when it is there already.

        Orders begun before stay on theirs. Raises DefinitionRefused with the findings.
        """
        data = process.read_bytes() if isinstance(process, Path) else process
        name = str(process) if isinstance(process, Path) else "process.yaml"
        return self._catalog.deploy(data, file or name)

    def start(
        self,
        process: str,
        values: Mapping[str, Any],
        *,
        by: Principal,
        key: str | None = None,
        reason: str = "",
    ) -> Result:
        """Open an order. The same `key`, or the same `unique` values, give the first answer again."""
        return self._commanding.start(process, Request(Create(dict(values)), by, reason, key))

    def do(
        self,
        order_id: int,
        command: Command,
        *,
        by: Principal,
        key: str | None = None,
        reason: str = "",
        expect: int | None = None,
    ) -> Result:
        """Carry out a command in a transaction of its own.

        A repeated `key` gives the first answer again; `expect` is the revision that the caller looked at.
        Raises NotFound, and KeyReused when the key belongs to another command.
        """
        return self._commanding.do(order_id, Request(command, by, reason, key), expect=expect)

    def preview(self, order_id: int, command: Command, *, by: Principal, reason: str = "") -> Decision:
        """What a command would do now: the same decision, nothing saved."""
        return self._commanding.preview(order_id, command, by=by, reason=reason)

    def import_orders(
        self,
        process: str,
        records: Iterable[Record],
        *,
        by: Principal,
        channel: str | None = None,
        reason: str = "",
    ) -> Iterator[Imported]:
        """Open an order for each record; see `runtime.importing.records_of` for reading files."""
        return import_orders(self._commanding, process, records, by=by, channel=channel, reason=reason)

    def order(self, ref: int | str, *, by: Principal, process: str | None = None) -> OrderView:
        """One order by id or number."""
        return self._looking.order(ref, by, process)

    def explain(
        self, ref: int | str, *, by: Principal, process: str | None = None
    ) -> tuple[OrderView, Explanation]:
        """Where an order stands, what it waits for, who can help and until when."""
        return self._looking.explain(ref, by, process)

    def history(
        self, ref: int | str, *, by: Principal, process: str | None = None, after: int = 0, limit: int = 100
    ) -> Page[Entry]:
        """What happened to an order, oldest first."""
        return self._looking.history(ref, by, process=process, after=after, limit=limit)

    def orders(
        self,
        *,
        by: Principal,
        process: str | None = None,
        stage: str | None = None,
        status: Status | None = None,
        late: bool = False,
        after: Any = None,
        limit: int = 50,
    ) -> Page[OrderView]:
        """A page of orders; `late` lists those past their due instant, the most overdue first."""
        return self._looking.orders(
            by, process=process, stage=stage, status=status, late=late, after=after, limit=limit
        )

    def stages(self, *, by: Principal, process: str | None = None) -> tuple[StageCount, ...]:
        """How many orders stand in each stage, and how many of them are late."""
        return self._looking.stages(by, process)

    def work(
        self, *, by: Principal, process: str | None = None, after: Any = None, limit: int = 50
    ) -> Page[WorkRow]:
        """What waits for the roles of `by`."""
        return self._looking.work(by, process=process, after=after, limit=limit)

    def messages(self, *, by: Principal, after: int = 0, limit: int = 50) -> Page[MessageRow]:
        """What the roles of `by` were told."""
        return self._looking.messages(by, after=after, limit=limit)

    def plan(self, process: str, *, by: Principal) -> Plan:
        """The newest plan of a process, for charts and forms."""
        return self._looking.plan(process, by)

    def tick(self, *, limit: int = 1_000, progress: Callable[[int], None] | None = None) -> Ticked:
        """Let time pass: whatever fell due happens now, as of its own instant. Idempotent, safe anywhere."""
        return self._ticking.tick(limit, progress)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the store's connections back. The engine may be used again; it then opens new ones."""
        self.store.close()

    def verify(self) -> Verified:
        """Check that history is whole and that replaying it gives the stored state, byte for byte."""
        return verify(self.store)
