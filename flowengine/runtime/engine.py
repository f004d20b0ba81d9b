"""The engine: a store, the processes deployed to it, and time.

It begins nothing by itself; a thread only where `run_in_thread` asks for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flowengine.definition.patching.sources import Files, Sources
from flowengine.delivery.delivered import Delivered
from flowengine.delivery.dispatch import Channel
from flowengine.delivery.parcel import ParcelRow, State
from flowengine.errors import WrongInput
from flowengine.folder import Folder
from flowengine.kernel.commands import Principal
from flowengine.runtime.asked_directory import AskedDirectory, admit_book, admit_directory
from flowengine.runtime.callers import Callers, Function
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.checkpoints import Checkpoint, Line, Trail, checkpoint
from flowengine.runtime.delivering import Delivering
from flowengine.runtime.directory import AddressBook, Directory
from flowengine.runtime.flow import Flow
from flowengine.runtime.functions import admit_functions
from flowengine.runtime.health import GRACE, SAMPLE, Health, examine
from flowengine.runtime.inside import Inside, Insiders
from flowengine.runtime.looking import Page
from flowengine.runtime.mailroom import Mailroom
from flowengine.runtime.metrics import exposition
from flowengine.runtime.persons import Erased, Kept, Persons
from flowengine.runtime.ports import Clock, Keys, Store, dice, new_parcel_key, whole
from flowengine.runtime.reckoning import Moved, Reckoned, Reckoning
from flowengine.runtime.recounting import Miscount, recount
from flowengine.runtime.rows import DefinitionRow, HeartbeatRow
from flowengine.runtime.schedules import Schedules
from flowengine.runtime.signals import Signals
from flowengine.runtime.signs import standstill
from flowengine.runtime.ticking import Ticking, is_due
from flowengine.runtime.verifying import Verified, verify
from flowengine.texts import Lang
from flowengine.worker.loop import POLL, REST
from flowengine.worker.thread import Running, run_in_thread
from flowengine.worker.ticked import Ticked

if TYPE_CHECKING:
    from flowengine.delivery.channels.webhook import Webhook

_IN_A_ROW: Final = 3
"""Orders of one tick whose work could not be dealt out, after which the others are not tried."""


class Engine(Flow):
    """Runs the processes of one store; each command is a transaction of its own.

    Instants are milliseconds UTC; `clock` is replaced in rehearsals. Without one the time is that of the
    database, or of this machine where the database has none. The `directory` says who holds which role;
    without one `members` of the process file do. Messages go outside over `channels`, in the order in which
    they are given, to where `addresses` or the directory says; without either they wait in the inbox.
    Calls out are done by the `functions` of the host, or posted to the `webhooks` that it names by their
    host; without either they wait for `reply`.
    `keys` is the master key of the host, without which no private data is taken or read.
    """

    def __init__(  # noqa: PLR0913 - one for each thing that a host may bring
        self,
        store: Store,
        *,
        clock: Clock | None = None,
        directory: Directory | None = None,
        keys: Keys | None = None,
        channels: Mapping[str, Channel] | None = None,
        addresses: AddressBook | None = None,
        functions: Mapping[str, Function | Inside] | None = None,
        webhooks: Mapping[str, Webhook] | None = None,
        rng: Callable[[], float] = dice,
    ) -> None:
        admit_functions(functions or {})
        if directory is not None:
            admit_directory(directory)
        asked = self._asked = None if directory is None else AskedDirectory(directory)
        if addresses is not None:
            admit_book(addresses)
        told = self._clock = None if clock is None else whole(clock)
        catalog = Catalog(store, told, keys)
        self._insiders = Insiders(catalog, functions or {})
        super().__init__(store, catalog, told, asked, self._insiders)
        self.store = store
        self.clock = clock  # as the host gave it: it may want its own back
        self.directory = directory
        self._ticking = Ticking(store, self._catalog, told, self._receiving.retry_matched)
        self._signals = Signals(store, self._catalog, told, self._commanding)
        self._schedules = Schedules(store, self._catalog, told, self._commanding)
        self._reckoning = Reckoning(store, self._catalog, told, asked)
        book = addresses or (directory if isinstance(directory, AddressBook) else None)
        self._delivering = Delivering(
            store,
            told,
            rng,
            Mailroom(store, self._looking, asked, book=book, channels=channels, new_key=new_parcel_key)
            if channels and book
            else None,
            Callers(store, self._catalog, self._replies, self._commanding, functions or {}, webhooks or {})
            if functions or webhooks
            else None,
        )
        self._persons = Persons(store, self._catalog, self._looking, told)

    def deploy(
        self, process: Path | str, *, file: str = "", files: Mapping[str, bytes | str] | None = None
    ) -> tuple[DefinitionRow, bool]:
        """Deploy a process file, or the text of one under the name `file`; False when it is there already.

        What it includes or extends is taken from its folder; for a text, from `files`: texts by the names
        that `include` gives them. Orders begun before stay on what was deployed then.
        Raises DefinitionRefused with the findings, and WrongInput for a path that is handed over as a text.
        """
        _admit_process(process)
        name = file or (str(process) if isinstance(process, Path) else "process.yaml")
        if isinstance(process, Path):
            sources: Sources = Folder(process) if files is None else Files(files, name)
            return self._catalog.deploy(process.read_bytes(), name, sources)
        return self._catalog.deploy(process, name, Files(files or {}, name))

    def at(self, connection: Any) -> Flow:
        """The engine inside the transaction of a host, on its SQLAlchemy connection (`session.connection()`).

        What it writes is committed or rolled back with everything else the host writes there; it never
        commits, rolls back or tries again by itself. On SQLite let the first statement of the transaction
        be ours, or begin it with BEGIN IMMEDIATE; else TransactionTooLate may be raised.
        """
        return Flow(self.store.joined(connection), self._catalog, self._clock, self._asked, self._insiders)

    @contextmanager
    def batch(self) -> Iterator[Flow]:
        """Many commands in one transaction: all of them are there afterwards, or none.

        A refused command changes nothing and stops nothing; an exception undoes the whole batch.
        """
        with self.store.together() as session:
            yield Flow(session, self._catalog, self._clock, self._asked, self._insiders)

    def tick(self, *, limit: int = 1_000, progress: Callable[[int], None] | None = None) -> Ticked:
        """Let time pass: whatever fell due happens now, as of its own instant, the calendar opens orders, and
        linked orders hear what others say of themselves. Idempotent, safe anywhere.
        """
        ticked, ahead, asking = self._ticking.tick(limit, progress)
        opened = heard = failed = 0
        if is_due(ahead.opening_at, ticked.now):
            opened, failed, born = self._schedules.open_due(limit)
            asking += born
        if opened or is_due(ahead.signal_at, ticked.now):
            heard, unheard, more = self._signals.hand_on(limit)
            failed, asking = failed + unheard, asking + more
        if opened or heard or failed:
            now, ahead = self._ticking.look()
            failed += ticked.failed
            ticked = replace(
                ticked, opened=opened, heard=heard, failed=failed, next_at=ahead.next_at, now=now
            )
        self._deal_out(asking)
        return ticked

    def _deal_out(self, orders: Iterable[int]) -> None:
        """Deal out the work that has come up; what failed is raised when the others are dealt out, for
        nobody comes back to them. Where several fail in a row, that ends it: the directory may be away.
        """
        first: Exception | None = None
        failures = 0
        for order_id in orders:
            try:
                self._commanding.deal_out(order_id)
            except Exception as error:  # noqa: BLE001 - a directory of the host may raise whatever it likes
                first, failures = first or error, failures + 1
                if failures == _IN_A_ROW:
                    break
            else:
                failures = 0
        if first:
            raise first

    @property
    def carries(self) -> bool:
        """Whether `deliver` has anything to do here: channels and addresses, functions or webhooks."""
        return self._delivering.carries

    def deliver(self, *, limit: int = 1_000) -> Delivered:
        """Carry at most `limit` parcels outside, and wait for what becomes of them.

        Safe anywhere, also beside others who do. At least once, each under one key: whoever is killed in
        between leaves parcels that are sent again under the same.
        """
        return self._delivering.deliver(limit)

    def parcels(
        self, *, state: State | None = None, after: int = 0, limit: int = 50
    ) -> Page[tuple[ParcelRow, str]]:
        """What is carried outside, oldest first, each with the number of its order; for the host.

        With `state` only those that are `ready`, `sent` or `dead`. Neither addresses nor texts are in it.
        """
        return self._delivering.parcels(state, after, limit)

    def retry(self, key: str) -> None:
        """Let a dead parcel be carried once more, under its key. Raises NotFound where none of it is dead."""
        self._delivering.retry(key)

    def reckon(self, *, dry_run: bool = False, each: Callable[[Moved], None] | None = None) -> Reckoned:
        """Reckon the due times of every open order again, as after a change of holidays.

        A change of the process itself does not come to orders by this: they stay on their definition.
        `each` is told every due time that moves; `dry_run` writes nothing. Then `tick` lets happen what has
        become due by it.
        """
        return self._reckoning.reckon(dry_run=dry_run, each=each)

    def run_in_thread(self, *, poll: float = POLL, rest: float = REST, lang: Lang = "en") -> Running:
        """Let time pass in a thread of this process: `with engine.run_in_thread(): …`. It logs what it does.
        Where there are channels, a second thread carries parcels.

        It looks at least every `poll` seconds and leaves others `rest` seconds between two batches, which on
        PostgreSQL may be 0. Begin it after a fork, in each process that shall have one.
        """
        return run_in_thread(self, poll=poll, rest=rest, lang=lang, delivers=self.carries)

    def release(self, order_id: int, *, by: Principal) -> bool:
        """Let a parked order be decided at the next tick; False when it is not parked.

        Raises NotFound, and NotAllowed for whom the order does not concern.
        """
        return self._ticking.release(order_id, by)

    def beat(self, name: str, ticked: Ticked) -> None:
        """Keep that somebody of that name lets time pass: what `flowengine doctor` looks for."""
        with self.store.writing() as unit:
            unit.beat(HeartbeatRow(name, ticked.now, ticked.lag))

    def health(self, *, grace: float = GRACE, everything: bool = False, reasons: bool = False) -> Health:
        """How the store is: each check with what was found and what to do.

        Time may stand still for `grace` seconds. The history of the newest orders is checked, or with
        `everything` that of all, which takes as long as `verify`. Where roles see only some fields, why an
        order is stuck is left out unless `reasons` are wanted: it may quote the others.
        """
        sample = None if everything else SAMPLE
        return examine(self.store, self._clock, grace=grace, sample=sample, reasons=reasons)

    def metrics(self, *, grace: float = GRACE, lang: Lang = "en") -> str:
        """The figures for Prometheus, in its text format; histories are not looked at."""
        return exposition(examine(self.store, self._clock, grace=grace, sample=0), lang)

    def standstill(self, *, grace: float = GRACE) -> int | None:
        """The milliseconds for which something is due that nobody takes care of; None where all is well."""
        return standstill(self.store, self._clock, grace=int(grace * 1_000))

    def checkpoint(self, after: Iterable[Line] = ()) -> Checkpoint:
        """How every history stands now, to be kept where nobody who can write to the store can reach it.

        `after` are the lines of the checkpoints before (an open file will do): the new one then holds only
        what has changed. Write its `line()` behind them; post its `root` elsewhere still.
        Raises CheckpointRefused where the store is not as the last of them says.
        """
        return checkpoint(self.store, self._clock, after)

    def verify(self, against: Iterable[Line] | None = None, *, root: str = "") -> Verified:
        """Check that history is whole and that replaying it gives the stored state, byte for byte.

        With the lines of checkpoints to hold it `against` also that no end was cut off, no history written
        anew and no order removed; `root` must be that of one of them.
        """
        return verify(self.store, None if against is None else Trail.of(against), root=root)

    def recount(self) -> tuple[Miscount, ...]:
        """Let the counters of lanes, by which quotas are kept, stand as history says; what was put right."""
        return recount(self.store)

    def person(
        self, known_by: str = "", *, order: int | str | None = None, by: Principal
    ) -> tuple[Kept, ...]:
        """All that is kept of a person, known by a private value or by one of their orders; for the host.

        Raises NotFound, and WrongInput where several persons are known by that value.
        """
        return self._persons.kept(known_by, order, by)

    def erase(
        self,
        known_by: str = "",
        *,
        order: int | str | None = None,
        by: Principal,
        reason: str,
        vacuum: bool = False,
    ) -> Erased:
        """Delete the key of a person, and with it all that is told of them, in every order and for good.

        Their orders have it on record and go on; histories stay whole. Backups keep the key as long as they
        are kept. PostgreSQL overwrites what was deleted in its own time, or with `vacuum` at once, while all
        orders wait. Raises as `person` does.
        """
        return self._persons.erase(known_by, order, by, reason, vacuum=vacuum)

    def rewrap(self) -> int:
        """Wrap the keys of all persons with the present master key; how many were wrapped by another."""
        return self._persons.rewrap()

    def close(self) -> None:
        """Give the store's connections back. The engine may be used again; it then opens new ones."""
        self.store.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _admit_process(process: object) -> None:
    """Raise WrongInput for what is no process, and for the name of a file where its text is wanted."""
    if not isinstance(process, Path | str | bytes):
        raise WrongInput(f"a process is the Path of its file, or its text, not {type(process).__name__}")
    if isinstance(process, str) and "\n" not in process and process.endswith((".yaml", ".yml")):
        raise WrongInput(f"a text would be the process itself; its file is Path({process!r})")
