"""Questions about orders: one, lists, queues, messages, history. Only a role of its process sees an order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Generic, Literal, TypeVar, get_args

from flowengine.compiler.plan import Plan
from flowengine.definition.inner.exceptions import JOINED
from flowengine.definition.inner.exceptions import LINK as CASES
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.words import Text
from flowengine.errors import NotAllowed, NotFound, OrderDamaged, WrongInput
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.commands import Principal
from flowengine.kernel.explain import Explanation, explain
from flowengine.kernel.order import Order
from flowengine.kernel.variant import plan_for
from flowengine.runtime.admission import (
    GREATEST_ID,
    admit_asker,
    admit_find,
    admit_links,
    admit_reference,
    admit_words,
    begun,
    page_size,
)
from flowengine.runtime.catalog import Catalog, may_read
from flowengine.runtime.chain import GENESIS
from flowengine.runtime.directory import Directory
from flowengine.runtime.missing import denied, missing
from flowengine.runtime.ports import Clock, Reader, Session, instant
from flowengine.runtime.privacy.lens import Opener
from flowengine.runtime.rows import HistoryRow, MessageRow, OrderFilter, OrderRow, Status, Turn
from flowengine.runtime.seeking import Sought
from flowengine.runtime.sight import Sight
from flowengine.runtime.substitutes import NOBODY, Absent, absent_for, addressees, seats_people
from flowengine.runtime.tasks import BEGINNING, Task, tasks_of, with_stand_in
from flowengine.texts import Lang, say

T = TypeVar("T")
MOST: int = 200
"""The longest page; longer lists are read page by page."""
_EARLIEST: Final = -(2**63)
"""Before every instant that a column can hold: a due date may lie before 1970."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. Hand `after` to the next call; None says that this was the last page."""

    items: tuple[T, ...]
    after: Any = None


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its reader may see it, at the instant `seen_at` (milliseconds UTC).

    Its `plan` is that of its type and lanes, `process_title` is what the process is called whatever the type.
    `late_by` is milliseconds past its due instant, 0 when in time. Its snapshot is without the fields that
    are `hidden` from the reader.
    """

    row: OrderRow
    plan: Plan
    late_by: int
    seen_at: int
    process_title: Text
    hidden: frozenset[str] = frozenset()

    def called(self, lang: Lang) -> str:
        """What its process is called, and its type where that has a title of its own."""
        process, type_ = self.process_title.say(lang), self.plan.title.say(lang)
        return (
            process if process == type_ else say("names.of_type", lang, {"process": process, "type": type_})
        )

    @property
    def order(self) -> Order:
        """Its snapshot. Raises OrderDamaged when it cannot be read; a list of many shows the others."""
        try:
            return Order.load(self.row.state)
        except (TypeError, ValueError) as error:
            raise OrderDamaged from error

    @property
    def holds(self) -> tuple[str, ...]:
        """The holds that lie on it; none of one that cannot be read."""
        state = self._readable
        return tuple(state.holds) if state else ()

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes that are in force for it; none of one that cannot be read."""
        state = self._readable
        return tuple(state.lanes) if state else ()

    @property
    def concerns(self) -> tuple[str, ...]:
        """The numbers of the orders that this one is about, and cannot be without: the order of a case and
        those that have joined it, the order of a part; none where it cannot be read.
        """
        whole = [link for link in self.plan.links.values() if link.required and not link.many]
        state = self._readable if whole else None
        if state is None:
            return ()
        names = [link.name for link in whole]
        if any(link.known_there_as == CASES for link in whole):
            names.append(JOINED)
        known = (says for name in names for says in state.linked.get(name, {}).values())
        return tuple(dict.fromkeys(str(says["number"]) for says in known))

    @property
    def standing_still(self) -> Literal["held", "still"] | None:
        """Why the time of its stage stands still: a hold lies on the order, or the condition of a pause."""
        state = self._readable
        cycle = state.clocks.get(state.stage) if state and self.row.due_at is None else None
        if cycle is None or not cycle.basis:
            return None
        return "held" if self.holds else "still"

    @property
    def _readable(self) -> Order | None:
        try:
            return self.order
        except OrderDamaged:
            return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an order's history, read: who, when, what, why, and what followed.

    `previous` is the hash of the row before, to which this one's is bound; empty where that row is gone.
    """

    seq: int
    at: int
    actor: str
    record: dict[str, Any]
    hash: str
    previous: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many orders stand in a stage, and how many of them are past their due instant."""

    process: str
    status: str
    stage: str
    orders: int
    late: int


class Looking:
    """Reads orders. Every question names who asks."""

    def __init__(
        self, session: Session, catalog: Catalog, clock: Clock | None, directory: Directory | None
    ) -> None:
        self._session = session
        self._catalog = catalog
        self._clock = clock
        self._directory = directory

    def order(self, ref: int | str, by: Principal, process: str | None = None) -> OrderView:
        """One order by id or by number. Raises NotFound, and NotAllowed for whom it does not concern."""
        view, sight = self.whole(ref, by, process)
        return seen(view, sight)

    def whole(self, ref: int | str, by: Principal, process: str | None = None) -> tuple[OrderView, Sight]:
        """An order with everything in it, for answers that are worked out of it; they are for `by` and go
        through the sight that comes with it.
        """
        admit_asker(by)
        admit_reference(ref)
        admit_words(process)
        with self._session.reading() as unit:
            row = self._found(unit, ref, by, process)
            plan, now = self._catalog.plan(unit, row.definition_id), self._now(unit)
            opener = self._catalog.opener(unit, plan, row.state)
        if not may_read(plan, by):
            raise denied("order", order=ref, roles=[*plan.roles])
        return _view(row, plan, now), Sight.on(plan, row, by, opener)

    def linked(self, process: str, links: Mapping[str, int | str], by: Principal) -> dict[str, int | str]:
        """The ids of the orders that are meant; one that `by` may not read stays as it was written. Raises
        WrongInput for what is no order at all.
        """
        admit_links(links)
        found: dict[str, int | str] = {}
        with self._session.reading() as unit:
            plan = self._catalog.newest(unit, process)[1]
            for name, ref in links.items():
                found[name] = ref
                for other in plan.links[name].process if name in plan.links else ():
                    with suppress(NotFound, NotAllowed):
                        found[name] = self._found(unit, ref, by, other).id
        return found

    def explain(
        self, ref: int | str, by: Principal, process: str | None = None
    ) -> tuple[OrderView, Explanation]:
        """What an order waits for, with the reasons."""
        view, sight = self.whole(ref, by, process)
        try:
            with sight.failing():
                found = explain(view.plan, view.order, view.seen_at)
            return seen(view, sight), sight.explanation(found)
        except LookupError as error:
            raise OrderDamaged from error

    def history(
        self, ref: int | str, by: Principal, *, process: str | None, after: int | None, limit: int
    ) -> Page[Entry]:
        """What happened to an order, oldest first."""
        view, sight = self.whole(ref, by, process)
        limit, after = page_size(limit, MOST), begun(after, 0)
        with self._session.reading() as unit:
            row = view.row
            rows = unit.history(row.id, after=after, limit=limit)
            before = (row.id, rows[0].seq - 1 if rows else 0)
            head = unit.hashes([before]).get(before, "") if before[1] else GENESIS
            sight.learn(unit, (each.record for each in rows))
        heads = (head, *(each.hash for each in rows))
        entries = tuple(_entry(each, previous, sight) for each, previous in zip(rows, heads, strict=False))
        return _page(entries, limit, lambda entry: entry.seq)

    def orders(  # noqa: PLR0913 - as many as `Flow.orders`
        self,
        by: Principal,
        *,
        process: str | None,
        stage: str | None,
        status: Status | None,
        late: bool,
        parked: bool,
        held: bool,
        awaiting: str | None,
        find: tuple[str, str] | None,
        after: Any,
        limit: int,
    ) -> Page[OrderView]:
        """Orders by id, or with `late` those past their due instant, the latest first.

        Raises NotFound where no process has the private field that is to `find` them.
        """
        admit_asker(by)
        admit_words(process, stage, awaiting)
        admit_find(find)
        if status not in (None, *get_args(Status)):
            raise WrongInput(f"`status` is one of {', '.join(get_args(Status))}")
        limit, after = page_size(limit, MOST), begun(after, (_EARLIEST, 0) if late else 0)
        with self._session.reading() as unit:
            now = self._now(unit)
            readable = self._catalog.readable(unit, by)
            sought = Sought.of(self._catalog, unit, readable, *find) if find else None
            which = OrderFilter(
                definitions=readable,
                process=process,
                stage=stage,
                status=status,
                late_at=now if late else None,
                parked=parked,
                held=held,
                awaiting=awaiting,
                blinds=sought.blinds if sought else None,
            )
            if late:
                rows = unit.late_orders(which, after=after, limit=limit)
            else:
                rows = unit.orders(which, after=after, limit=limit)
            plans = {row.definition_id: self._catalog.plan(unit, row.definition_id) for row in rows}
            opener = Opener(self._catalog.vault, unit)
            opener.learn(unit, (row.state for row in rows if plans[row.definition_id].private))
        views = tuple(
            _seen_by(by, row, plans[row.definition_id], now, opener)
            for row in rows
            if sought is None or sought.is_in(plans[row.definition_id], row, by, opener)
        )
        last = rows[-1] if len(rows) == limit else None
        return Page(views, last and ((last.due_at, last.id) if late else last.id))

    def stages(self, by: Principal, process: str | None) -> tuple[StageCount, ...]:
        """How many orders stand where."""
        admit_asker(by)
        admit_words(process)
        with self._session.reading() as unit:
            which = OrderFilter(self._catalog.readable(unit, by), process=process, late_at=self._now(unit))
            return tuple(StageCount(*row) for row in unit.count_by_stage(which))

    def work(self, by: Principal, *, process: str | None, mine: bool, after: Any, limit: int) -> Page[Task]:
        """What waits for `by` or one of his roles; everything for the host itself. With `mine` only what is
        for this person and nobody else. Both hold the seats of those for whom `by` stands in.
        """
        admit_asker(by)
        admit_words(process, by.id)
        limit, after = page_size(limit, MOST), begun(after, BEGINNING)
        whose = frozenset({at(by.id)}) if mine else None if by.is_system else by.addressees
        absent = self._absent_for(by)
        with self._session.reading() as unit:
            found = self._tasks(unit, by, whose, absent, process, after[:3], limit)
            tasks = (task for task in found if task.place > after)
            return _page(tuple(islice(tasks, limit)), limit, lambda task: task.place)

    def _absent_for(self, by: Principal) -> dict[int, Absent]:
        """For whom `by` stands in, by definition; nobody asks the directory while the store is read."""
        if by.is_system:
            return {}
        with self._session.reading() as unit:
            now = self._now(unit)
            plans = {id: self._catalog.plan(unit, id) for id in self._catalog.readable(unit, by)}
            asks = self._directory is not None and any(map(seats_people, plans.values()))
            seated = [*filter(None, map(person_of, unit.addressees()))] if asks else []
        found = {id: absent_for(self._directory, plan, by, now, seated) for id, plan in plans.items()}
        return {id: absent for id, absent in found.items() if absent}

    def _tasks(
        self,
        unit: Reader,
        by: Principal,
        whose: frozenset[str] | None,
        absent: Mapping[int, Absent],
        process: str | None,
        first: Turn,
        limit: int,
    ) -> Iterator[Task]:
        """The tasks for one of these roles and people that `by` may do, and the seats of the absent ones,
        from the order at `first` on.
        """
        which = OrderFilter(self._catalog.readable(unit, by), process=process)
        asked = None if whose is None else whose | addressees(absent.values())
        while rows := unit.waiting(asked, which, first=first, limit=limit + 1):
            for row in rows:
                away = absent.get(row.definition_id, NOBODY)
                for task in tasks_of(self._catalog.plan(unit, row.definition_id), row):
                    if whose is None or (task.role in whose and by.id not in task.barred):
                        yield task
                    elif instead := with_stand_in(task, row, by, away):
                        yield instead
            if len(rows) <= limit:
                return
            last = rows[-1].turn
            first = (*last[:2], last[2] + 1)

    def messages(self, by: Principal, *, after: int | None, limit: int) -> Page[MessageRow]:
        """The messages left for `by` or one of his roles, oldest first; all of them for the host itself.

        Those for customers are no queue: whoever is one would read what is for the others.
        """
        admit_asker(by)
        limit, after = page_size(limit, MOST), begun(after, 0)
        with self._session.reading() as unit:
            rows = unit.messages(
                None if by.is_system else by.addressees - {CUSTOMER}, after=after, limit=limit
            )
        return _page(tuple(rows), limit, lambda row: row.id)

    def plan(self, process: str, by: Principal, version: str | None = None) -> Plan:
        """The plan on which new orders of a process begin, or that of a version."""
        admit_asker(by)
        with self._session.reading() as unit:
            if version is None:
                plan = self._catalog.newest(unit, process)[1]
            else:
                plan = self._catalog.version(unit, process, version)
        if not may_read(plan, by):
            raise denied("process", process=process, roles=[*plan.roles])
        return plan

    def _found(self, unit: Reader, ref: int | str, by: Principal, process: str | None) -> OrderRow:
        if isinstance(ref, int):
            row = unit.order(ref) if 0 < ref <= GREATEST_ID else None
            if row is None:
                raise missing("order_id", id=ref)
            return row
        rows = unit.orders(
            OrderFilter(self._catalog.readable(unit, by), process=process, number=ref), after=0, limit=2
        )
        if not rows:
            raise missing("order", number=ref)
        if len(rows) > 1:
            raise missing("one_order", number=ref, one=rows[0].process, other=rows[1].process)
        return rows[0]

    def _now(self, unit: Reader) -> int:
        return instant(self._clock, None if self._clock else unit.now())


def _view(row: OrderRow, plan: Plan, now: int) -> OrderView:
    overdue = now - row.due_at if row.due_at is not None and row.status == "open" else 0
    return OrderView(row, _of_its_type(plan, row), max(overdue, 0), now, plan.title)


def _of_its_type(plan: Plan, row: OrderRow) -> Plan:
    """The plan on which an order runs. One that cannot be read is shown on that of the process."""
    if not (plan.variants or plan.granted):
        return plan
    try:
        return plan_for(plan, Order.load(row.state))
    except (TypeError, ValueError):
        return plan


def _seen_by(by: Principal, row: OrderRow, plan: Plan, now: int, opener: Opener) -> OrderView:
    return seen(_view(row, plan, now), Sight.on(plan, row, by, opener if plan.private else None))


def seen(view: OrderView, sight: Sight) -> OrderView:
    """The view as its reader may have it."""
    return view if sight.is_clear else replace(view, row=sight.row(view.row), hidden=sight.hidden)


def _entry(row: HistoryRow, previous: str, sight: Sight) -> Entry:
    record = sight.record(json.loads(row.record))
    return Entry(row.seq, row.at, row.actor, record, row.hash, previous, sight.key(row))


def _page(items: tuple[T, ...], limit: int, cursor: Any) -> Page[T]:
    return Page(items, cursor(items[-1]) if len(items) == limit else None)
