"""What is kept of a person, over all orders: found, handed out, erased; and the master key changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flowengine.compiler.plan import Plan
from flowengine.definition.private import PRIVATE_CLASSES
from flowengine.errors import Refused, WrongInput
from flowengine.kernel.commands import Erase, Principal, Request
from flowengine.kernel.decide import decide
from flowengine.kernel.order import Order
from flowengine.runtime.admission import admit, admit_words
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.identity import told_in_identity
from flowengine.runtime.looking import MOST, Entry, Looking, OrderView
from flowengine.runtime.missing import denied, missing
from flowengine.runtime.ports import Clock, Reader, Store, Writer, instant
from flowengine.runtime.saving import changed

_NAMED = 5
"""So many orders are named where several persons may be meant."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An order that tells of a person, with its whole history."""

    view: OrderView
    history: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """The numbers of the orders of a person who was erased. `scrubbed` is False where the deleted key
    may still stand in the files of the database: somebody was reading them, or the server cleans up later.
    """

    orders: tuple[str, ...]
    scrubbed: bool


class Persons:
    """Only the host itself asks. It knows who has proved to be that person, or to act for them."""

    def __init__(self, store: Store, catalog: Catalog, looking: Looking, clock: Clock | None) -> None:
        self._store = store
        self._catalog = catalog
        self._looking = looking
        self._clock = clock

    def kept(self, known_by: str, order: int | str | None, by: Principal) -> tuple[Kept, ...]:
        """Every order of a person, opened, oldest first."""
        admit_words(known_by)
        found = self._meant(known_by, order, by)
        with self._store.reading() as unit:
            ids = dict.fromkeys(trace.order_id for trace in unit.traces_of(found))
        return tuple(self._order(id, by) for id in ids)

    def erase(
        self, known_by: str, order: int | str | None, by: Principal, reason: str, *, vacuum: bool = False
    ) -> Erased:
        """Delete the key of a person: their values are gone for good, and every order has it on record.

        With an `order`, so is everybody of whom it tells, or told before.
        """
        if not reason.strip():
            raise WrongInput("a person is erased for a reason, which stands in the history of each order")
        request = Request(Erase(), by, reason)
        admit(request)
        admit_words(known_by)
        found = self._meant(known_by, order, by)
        with self._store.writing() as unit:
            now = instant(self._clock, None)
            # First, for it waits until nobody else is about to use a key: what they open is found then.
            for row in unit.subjects(found):
                unit.change_subject(row._replace(blind=None, wrapped=None, erased_at=now))
            ids = sorted({id for subject in found for id in unit.orders_of_subject(subject)})
            numbers = tuple(self._record(unit, id, request, found) for id in ids)
            for subject in found:
                unit.remove_traces(subject)
        return Erased(numbers, self._store.scrub(vacuum=vacuum))

    def rewrap(self) -> int:
        """Wrap every key that is not wrapped by the present master key with it; how many there were."""
        vault = self._catalog.vault
        with self._store.reading() as unit:
            names = [row.name for row in unit.every_subject()]
        changed_keys = 0
        with self._store.writing() as unit:
            for row in unit.subjects(names):
                if row.wrapped and not vault.master.is_current(row.wrapped):
                    key = vault.master.unwrap(row.wrapped)
                    unit.change_subject(row._replace(wrapped=vault.master.wrap(key)))
                    changed_keys += 1
        return changed_keys

    def _meant(self, known_by: str, order: int | str | None, by: Principal) -> frozenset[str]:
        """The one person who is known by that value, or everybody of whom that order tells or told before."""
        if not by.is_system:
            raise denied("person")
        id = self._looking.order(order, by).row.id if order is not None else None
        with self._store.reading() as unit:
            found = dict(self._by_value(unit, known_by)) if id is None else {}
            meant = frozenset(found if id is None else unit.told_of(id))
        if not meant:
            raise missing("person")
        if len(found) > 1:
            some = ", ".join(list(found.values())[:_NAMED])
            raise WrongInput(f"several persons are known by that; name an order of the one meant: {some}")
        return meant

    def _by_value(self, unit: Reader, known_by: str) -> Iterator[tuple[str, str]]:
        """Persons by name, each with the number of an order."""
        if self._catalog.vault.is_empty(unit):
            return
        blinds = [self._catalog.vault.blind(unit, kind, known_by) for kind in PRIVATE_CLASSES]
        traces = unit.traces(blinds)
        alive = {row.name for row in unit.subjects({each.subject for each in traces}) if row.wrapped}
        for trace in traces:
            if trace.subject in alive and (row := unit.order(trace.order_id)):
                yield trace.subject, row.number

    def _order(self, id: int, by: Principal) -> Kept:
        entries: list[Entry] = []
        after: int | None = 0
        while after is not None:
            page = self._looking.history(id, by, process=None, after=after, limit=MOST)
            entries += page.items
            after = page.after
        return Kept(self._looking.order(id, by), tuple(entries))

    def _record(self, unit: Writer, order_id: int, request: Request, subjects: frozenset[str]) -> str:
        """Put the erasure on record in one order; its number. What was told of those persons may tell another
        order apart from now on.
        """
        found = unit.find(order_id, None)
        assert found is not None, "a trace leads to an order"
        plan: Plan = self._catalog.plan(unit, found.row.definition_id)
        order = Order.load(found.row.state)
        now = max(instant(self._clock, found.now), order.last_at)
        decision = decide(plan, order, request.command, request.by, now, reason=request.reason)
        if decision.blockers:
            raise Refused(f"{found.row.number}: {decision.blockers[0].message('en')}")
        if subjects & {token.subject for token in told_in_identity(plan, order.fields).values()}:
            unit.free_identity(order_id)
        unit.save((changed(found.row, plan, decision, request, now),))
        return found.row.number
