"""Messages on their way outside: to whom they go, over which channel, and in which words.

Each message of the inbox becomes one parcel for each recipient who has an address. What it says is put into
words when it is sent, and the address is asked for then: neither is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.notice_references import EVERYONE
from flowengine.definition.outsiders import CUSTOMER
from flowengine.definition.vocabulary.values import PRIORITIES
from flowengine.delivery.carrier import Load, NotSent
from flowengine.delivery.dispatch import Channel, Dispatch
from flowengine.delivery.parcel import ParcelRow
from flowengine.delivery.reasons import plain, reason
from flowengine.delivery.waits import wait_after
from flowengine.errors import OrderBusy, StoreUnusable
from flowengine.kernel.addressees import at, person_of
from flowengine.kernel.commands import Principal
from flowengine.kernel.order import canonical
from flowengine.kernel.raising import case_tier
from flowengine.runtime.directory import AddressBook, Directory, KnownPeople
from flowengine.runtime.letters import Letters, as_one
from flowengine.runtime.looking import Looking
from flowengine.runtime.ports import Store, Writer
from flowengine.runtime.rows import MessageRow

BATCH: Final = 100
STALE: Final = 7 * 24 * 60 * 60_000
"""Milliseconds after which a message is news to nobody: it is given up, and can be sent by hand."""
TOGETHER: Final = 200
"""Messages of which one digest tells at most; more are told in another."""
PATIENCE: Final = 3
"""Messages that nobody can sort in one delivery; then it goes on with what is sorted."""
_HOST: Final = Principal.system("mailroom")


class Mailroom:
    """Makes parcels of messages, and carries them over the `channels` of the host, the first ones first."""

    def __init__(
        self,
        store: Store,
        looking: Looking,
        directory: Directory | None,
        *,
        book: AddressBook,
        channels: Mapping[str, Channel],
        new_key: Callable[[], str],
    ) -> None:
        self._store = store
        self._looking = looking
        self._letters = Letters(looking)
        self._directory = directory
        self._book = book
        self._channels = channels
        self._new_key = new_key

    def sort(self, now: int) -> int:
        """Make parcels of a batch of messages; how many messages there were, none where the directory or the
        address book fails too often to go on.

        They are asked before anything is written, so that nobody waits for them.
        """
        with self._store.reading() as unit:
            rows = _whole(unit.new_messages(BATCH))
        told: set[tuple[int, str, str]] = set()
        made: list[tuple[MessageRow, list[ParcelRow]]] = []
        failures = 0
        for row in rows:
            try:
                made.append((row, [*self._parcels(row, told, now)]))
            except (StoreUnusable, OrderBusy):
                raise
            except Exception as error:  # noqa: BLE001 - whom nobody can name stops no other message
                made.append((row, [self._put_off(row, error, now)]))
                failures += 1
                if failures == PATIENCE:
                    break
        if made:
            with self._store.writing() as unit:
                for row, each in made:
                    if unit.parcel_message(row.id, now):
                        for parcel in each:
                            _keep(unit, parcel)
        return len(made) if failures < PATIENCE else 0

    def load(self, row: ParcelRow, now: int) -> Load:
        """Put a message into words for its recipient, or several as one. Raises NotSent where it cannot be
        sent this way, or not yet.
        """
        content = json.loads(row.content)
        if "ways" not in content:
            return self._sorted_at_last(row, content["message"], now)
        whom, way = content["to"], content["ways"][0]
        with self._store.reading() as unit:
            found = [unit.message(id) for id in content.get("messages") or [content["message"]]]
        messages = [each for each in found if each is not None]
        if not messages:
            raise NotSent("message_gone", final=True)
        first = messages[0]
        plan = self._looking.whole(first.order_id, _HOST)[0].plan
        end = plan.notices.held_until(now, (each.role for each in messages))
        if end is not None and not content.get("at_once"):
            raise NotSent("quiet", wait=end - now, elsewhere=True)
        if way not in self._channels:
            raise NotSent("no_channel", way)
        channel, reader = self._channels[way], Principal.of(person_of(whom) or whom)
        letters = [self._letters.read(each, reader) for each in messages]
        address = self._addresses(whom, letters[0].process, first.number).get(way)
        if not address:
            raise NotSent("no_address", way, final=True)
        letter = as_one(letters, plan.language)
        if not (endpoint := channel.endpoint(address)):
            raise NotSent("no_endpoint", way)

        def send(now: int) -> None:
            channel.send(
                Dispatch(
                    key=row.key,
                    to=whom,
                    address=address,
                    process=letter.process,
                    number=first.number,
                    message=letter.message,
                    about=first.about if len(letters) == 1 else "digest",
                    subject=letter.subject,
                    text=letter.text,
                    at=first.at,
                    now=now,
                )
            )

        return Load(endpoint, send)

    def instead(self, row: ParcelRow, failed: NotSent) -> str | None:  # noqa: ARG002 - whatever it was
        """The next channel of the recipient, where there is one."""
        content = json.loads(row.content)
        ways = content.get("ways", ())[1:]
        return canonical({**content, "ways": ways}) if ways else None

    def _put_off(self, row: MessageRow, error: Exception, now: int) -> ParcelRow:
        """A parcel in place of those that nobody could make: when it is carried they are made."""
        key = self._new_key()
        content = canonical({"message": row.id, "to": row.role})
        parcel = ParcelRow.new(key, "message", row.order_id, f"to {row.role}", content, now)
        return parcel._replace(error=reason(key, error).why, next_at=now + wait_after(1, 0.0))

    def _sorted_at_last(self, row: ParcelRow, id: int, now: int) -> Load:
        """Nothing is sent: in place of this parcel there are those of the message, in one transaction."""
        with self._store.reading() as unit:
            message = unit.message(id)
        if message is None:
            raise NotSent("message_gone", final=True)
        parcels = [*self._parcels(message, set(), message.at)]  # it was in time when it came
        with self._store.writing() as unit:
            if unit.settle_parcel(row._replace(state="sent", next_at=now, done_at=now, error="")):
                for each in parcels:
                    _keep(unit, each)
        return Load("", lambda _now: None)

    def _parcels(self, row: MessageRow, told: set[tuple[int, str, str]], now: int) -> Iterator[ParcelRow]:
        """The parcels of a message; none for those who were `told` of the same cause in another role."""
        view = self._looking.whole(row.order_id, _HOST)[0]
        plan, cause = view.plan, cause_of(row)
        at_once = plan.notices.at_once(PRIORITIES[view.row.priority], case_tier(plan.process, view.order))
        digest = None if at_once else plan.notices.gathered_at(row.about, row.role, row.at)
        wanted = plan.via.get(row.role, plan.via.get(EVERYONE, tuple(self._channels)))
        for whom, addresses in self._recipients(row, plan):
            ways = [name for name in wanted if name in addresses]
            if (row.order_id, cause, whom) in told or not (ways or row.role in plan.via):
                continue
            told.add((row.order_id, cause, whom))
            said: dict[str, Any] = {"message": row.id, "to": whom, "ways": ways or wanted}
            queue = f"to {whom}"
            if at_once:  # it overtakes what waits for the end of quiet hours
                said, queue = {**said, "at_once": True}, f"to {whom} at once"
            elif digest is not None and ways:
                said, queue = {**said, "messages": [row.id]}, f"digest of {plan.process} to {whom}"
            parcel = ParcelRow.new(self._new_key(), "message", row.order_id, queue, canonical(said), now)
            parcel = parcel._replace(endpoint=self._endpoint(ways, addresses))
            why = (
                f"no_address: {', '.join(wanted)}" if not ways else "too_old" if now - row.at > STALE else ""
            )
            if why:
                yield parcel._replace(state="dead", done_at=now, error=why)
            else:
                yield parcel._replace(next_at=digest or now)

    def _recipients(self, row: MessageRow, plan: Plan) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Who gets a message, with their addresses, be it none. A role that has one of its own gets it there,
        else each of its members does.
        """
        own = self._addresses(row.role, plan.process, row.number)
        if own or row.role == CUSTOMER or person_of(row.role):
            yield row.role, own
            return
        for person in map(at, dict.fromkeys(self._members(row.role, plan))):
            yield person, self._addresses(person, plan.process, row.number)

    def _members(self, role: str, plan: Plan) -> Iterable[str]:
        directory = self._directory or KnownPeople(plan.members)
        return directory.members(role) or ()

    def _endpoint(self, ways: Sequence[str], addresses: Mapping[str, str]) -> str:
        """Where the first way leads, so that nothing is taken for an endpoint that rests. A channel that
        cannot say it is asked again when it is sent, and heard then.
        """
        if not ways:
            return ""
        try:
            return plain(self._channels[ways[0]].endpoint(addresses[ways[0]]))
        except Exception:  # noqa: BLE001 - what goes elsewhere is not stopped by it
            return ""

    def _addresses(self, whom: str, process: str, number: str) -> dict[str, str]:
        """The addresses of somebody on channels that there are. Raises NotSent for an answer that is none."""
        found: object = self._book.addresses(whom, process=process, number=number)
        if not isinstance(found, Mapping):
            raise NotSent("wrong_book", type(found).__name__)
        known = {name: found[name] for name in self._channels if found.get(name)}
        for each in known.values():
            if isinstance(each, Iterable) and not isinstance(each, str):
                raise NotSent("wrong_book", type(each).__name__)
        return {name: str(each) for name, each in known.items()}


def _keep(unit: Writer, parcel: ParcelRow) -> None:
    """Keep a parcel; of what is sent together, with what waits for the same instant already."""
    content = json.loads(parcel.content)
    if parcel.state == "ready" and "messages" in content:
        waiting = unit.waiting_parcel(parcel.queue, parcel.next_at)
        before = json.loads(waiting.content) if waiting else {}
        if waiting and before["ways"] == content["ways"] and len(before["messages"]) < TOGETHER:
            said = {**before, "messages": [*before["messages"], *content["messages"]]}
            unit.settle_parcel(waiting._replace(content=canonical(said)))
            return
    unit.add_parcels((parcel,))


def cause_of(row: MessageRow) -> str:
    """What a message is about, for whomever it is."""
    said = json.loads(row.payload)
    return canonical({name: value for name, value in said.items() if name != "role"})


def _whole(rows: list[MessageRow]) -> list[MessageRow]:
    """Without those at the end of a full batch whose cause may have more recipients in the next one."""
    if len(rows) < BATCH:
        return rows
    end = rows[-1].order_id, rows[-1].at
    return [row for row in rows if (row.order_id, row.at) != end] or rows
