"""Everything that is asked of orders and done to them, in transactions of their own or inside a host's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flowengine.compiler.plan import Plan
from flowengine.kernel.commands import Command, Create, Principal, Request
from flowengine.kernel.decision import Decision
from flowengine.kernel.explain import Explanation
from flowengine.kernel.ledger import Ledger
from flowengine.runtime.accounting import why_due
from flowengine.runtime.admission import copied
from flowengine.runtime.calls import Replies
from flowengine.runtime.catalog import Catalog
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.directory import Directory
from flowengine.runtime.importing import Imported, Record, import_orders
from flowengine.runtime.inside import Insiders
from flowengine.runtime.letters import Letter, Letters
from flowengine.runtime.links import FORTNIGHT, Answer, Asked, Invitation, Linking
from flowengine.runtime.looking import Entry, Looking, OrderView, Page, StageCount
from flowengine.runtime.playbooks import Playbook, playbooks
from flowengine.runtime.ports import Clock, Session
from flowengine.runtime.receiving import COURIER, Received, Receiving
from flowengine.runtime.result import Result
from flowengine.runtime.rows import EventRow, LinkRow, MessageRow, Status
from flowengine.runtime.tasks import Task
from flowengine.texts import Lang


class Flow:
    """Orders and the commands on them. Every command and every question names who asks."""

    def __init__(
        self,
        session: Session,
        catalog: Catalog,
        clock: Clock | None,
        directory: Directory | None = None,
        insiders: Insiders | None = None,
    ) -> None:
        self._catalog = catalog
        self._commanding = Commanding(session, catalog, clock, directory, insiders)
        self._looking = Looking(session, catalog, clock, directory)
        self._linking = Linking(session, catalog, clock, self._commanding)
        self._replies = Replies(session, catalog, self._commanding)
        self._receiving = Receiving(session, catalog, clock, self._commanding)
        self._commanding.follow = self._receiving.retry_matched

    def start(
        self,
        process: str,
        values: Mapping[str, Any],
        *,
        by: Principal,
        key: str | None = None,
        reason: str = "",
        links: Mapping[str, int | str] | None = None,
    ) -> Result:
        """Open an order. The same `key`, or the same `unique` values, give the first answer again.

        `links` are the orders with which it is linked, by id or number, under the names of its process.
        """
        known = self._looking.linked(process, links, by) if links else {}
        return self._commanding.start(process, Request(Create(copied(values), links=known), by, reason, key))

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
        """Carry out a command.

        A repeated `key` gives the first answer again; `expect` is the revision that the caller looked at.
        Raises NotFound, and KeyReused when the key belongs to another command.
        """
        return self._commanding.do(order_id, Request(command, by, reason, key), expect=expect)

    def reply(self, order_id: int, call: str, result: Any = None, *, error: str = "") -> Result:
        """Take in what a call out has come to: its `result`, or the `error` for which it has failed for good.

        The first answer counts: another is refused and changes nothing. Raises NotFound.
        """
        return self._replies.take(order_id, call, result, error, settles=True)

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

    def link(
        self, order_id: int, need: str, *, by: Principal, expires: int = FORTNIGHT, reason: str = ""
    ) -> Invitation:
        """A link on which the customer may confirm, good for `expires` milliseconds and for one answer.

        Its token is handed out this once and kept nowhere. Raises NotFound.
        """
        return self._linking.make(order_id, need, by, expires=expires, reason=reason)

    def links(self, order_id: int, *, by: Principal) -> tuple[LinkRow, ...]:
        """The links of an order, oldest first, without their tokens."""
        return self._linking.of(order_id, by)

    def revoke_link(self, order_id: int, id: str, *, by: Principal, reason: str = "") -> Result:
        """Take a link back. Raises NotFound where there is none of that id that is good still."""
        return self._linking.revoke(order_id, id, by, reason=reason)

    def asked(self, token: str) -> Asked:
        """What whoever has the link is asked; changes nothing."""
        return self._linking.asked(token)

    def answer(
        self,
        token: str,
        *,
        agrees: bool = True,
        values: Mapping[str, Any] | None = None,
        shown: str = "",
        reason: str = "",
    ) -> Answer:
        """The answer of whoever has the link, the customer: yes with `values`, or no with a reason.

        `shown` is that of what they were asked: what has changed since is not confirmed unseen.
        """
        return self._linking.answer(token, agrees=agrees, values=values or {}, shown=shown, reason=reason)

    def receive(
        self,
        process: str,
        event: str,
        data: Mapping[str, Any],
        *,
        key: str | None = None,
        by: Principal = COURIER,
    ) -> Received:
        """Take in what another system reports. What comes again with the same `unique` value, or where the
        process names none with the same `key`, counts once; what finds no order waits for one.
        """
        return self._receiving.receive(process, event, data, key=key, by=by)

    def waiting_events(
        self, *, by: Principal, process: str | None = None, after: int = 0, limit: int = 50
    ) -> tuple[EventRow, ...]:
        """Events that wait for an order, oldest first, for whoever is accountable for their process."""
        return tuple(self._receiving.waiting(process, by, after=after, limit=limit))

    def retry_event(self, id: int, *, by: Principal) -> Received:
        """Look again for the order of an event that waits. Raises NotFound, NotAllowed."""
        return self._receiving.retry(id, by)

    def drop_event(self, id: int, *, by: Principal, reason: str) -> EventRow:
        """Give up an event that waits. Raises NotFound, NotAllowed, and WrongInput without a reason."""
        return self._receiving.drop(id, by, reason=reason)

    def order(self, ref: int | str, *, by: Principal, process: str | None = None) -> OrderView:
        """One order by id or number."""
        return self._looking.order(ref, by, process)

    def explain(
        self, ref: int | str, *, by: Principal, process: str | None = None
    ) -> tuple[OrderView, Explanation]:
        """Where an order stands, what it waits for, who can help and until when."""
        return self._looking.explain(ref, by, process)

    def why_due(
        self,
        ref: int | str,
        clock: str = "",
        *,
        by: Principal,
        process: str | None = None,
        visit: int | None = None,
    ) -> tuple[OrderView, Ledger]:
        """Why a stage, task, need or hold is due when it is, or the clock of that name; as a ledger.

        Without a name it is that of the stage; `visit` asks for an earlier one. Raises NoClock, which says
        what clocks the order has had.
        """
        return why_due(self._looking, ref, clock, by, process=process, visit=visit)

    def playbooks(self, process: str, *, by: Principal, exception: str = "") -> tuple[Playbook, ...]:
        """What each exception of a process asks for as it is written now, and what the reviews of its cases
        have found; or of one exception. Only cases of which `by` sees everything count.
        """
        return playbooks(self._looking, process, by, exception)

    def history(
        self,
        ref: int | str,
        *,
        by: Principal,
        process: str | None = None,
        after: int | None = None,
        limit: int = 100,
    ) -> Page[Entry]:
        """What happened to an order, oldest first."""
        return self._looking.history(ref, by, process=process, after=after, limit=limit)

    def orders(  # noqa: PLR0913 - one parameter for each way of narrowing
        self,
        *,
        by: Principal,
        process: str | None = None,
        stage: str | None = None,
        status: Status | None = None,
        late: bool = False,
        parked: bool = False,
        held: bool = False,
        awaiting: str | None = None,
        find: tuple[str, str] | None = None,
        after: Any = None,
        limit: int = 50,
    ) -> Page[OrderView]:
        """A page of orders; `late` lists those past their due instant, the most overdue first.

        `find` is a private field with its whole value: orders that hold it, for those who see the field.
        `parked` lists those that could not be decided when their moment came; `row.failure` says why.
        `held` lists those on which a hold lies, `awaiting` those that wait for a role, or for the `customer`.
        """
        return self._looking.orders(
            by,
            process=process,
            stage=stage,
            status=status,
            late=late,
            parked=parked,
            held=held,
            awaiting=awaiting,
            find=find,
            after=after,
            limit=limit,
        )

    def stages(self, *, by: Principal, process: str | None = None) -> tuple[StageCount, ...]:
        """How many orders stand in each stage, and how many of them are late."""
        return self._looking.stages(by, process)

    def work(
        self,
        *,
        by: Principal,
        process: str | None = None,
        mine: bool = False,
        after: Any = None,
        limit: int = 50,
    ) -> Page[Task]:
        """What waits for the roles of `by` and nobody has claimed, and what this person has; with `mine` only
        that.
        """
        return self._looking.work(by, process=process, mine=mine, after=after, limit=limit)

    def messages(self, *, by: Principal, after: int | None = None, limit: int = 50) -> Page[MessageRow]:
        """What `by` and his roles were told, as it is kept: `inbox` says it in words."""
        return self._looking.messages(by, after=after, limit=limit)

    def inbox(
        self, *, by: Principal, lang: Lang | None = None, after: int | None = None, limit: int = 50
    ) -> Page[Letter]:
        """What `by` and his roles were told, in words; in the language of the process where none is named.

        A message shows the values of the order as it is now, and of them what its recipient sees.
        """
        page = self._looking.messages(by, after=after, limit=limit)
        letters = Letters(self._looking)
        return Page(tuple(letters.read(row, by, lang) for row in page.items), page.after)

    def plan(self, process: str, *, by: Principal, version: str | None = None) -> Plan:
        """The newest plan of a process, or that of a version: for charts, forms and comparisons."""
        return self._looking.plan(process, by, version)
