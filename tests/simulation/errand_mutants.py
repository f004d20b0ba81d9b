"""Defects planted into what goes outside and from order to order; a simulation must find each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from flowengine.delivery.parcel import ParcelRow
from flowengine.kernel import events
from flowengine.runtime.callers import Callers
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.depot import StoreDepot
from flowengine.runtime.mailroom import Mailroom
from flowengine.runtime.signals import SIGNAL, Signals
from flowengine.storage.writer import SqlWriter
from tests.simulation.mutants import Mutants, Surgeon, Wrap, commit_here

DEFECTS: Final = Mutants()
NEVER: Final = 10**15
defect, planted = DEFECTS.add, DEFECTS.planted


def another_id(load: Wrap) -> Wrap:
    return lambda self, row, now: load(self, row._replace(key=f"{row.key}/{row.attempts}"), now)


@defect
def a_message_is_sent_again_under_another_id(surgeon: Surgeon) -> None:
    surgeon.replace(Mailroom, "load", another_id)


@defect
def a_call_is_made_again_under_another_id(surgeon: Surgeon) -> None:
    surgeon.replace(Callers, "load", another_id)


@defect
def a_parcel_counts_as_sent_when_it_is_taken(surgeon: Surgeon) -> None:
    def wrap(take: Wrap) -> Wrap:
        def taken(self: SqlWriter, kind: str, endpoint: str, now: int, *more: int) -> list[ParcelRow]:
            rows: list[ParcelRow] = take(self, kind, endpoint, now, *more)
            for row in rows:
                self.settle_parcel(row._replace(state="sent", done_at=now))
            return rows

        return taken

    surgeon.replace(SqlWriter, "take_parcels", wrap)


@defect
def a_parcel_belongs_for_ever_to_who_took_it(surgeon: Surgeon) -> None:
    def wrap(take: Wrap) -> Wrap:
        return lambda self, kind, to, now, _until, limit: take(self, kind, to, now, NEVER, limit)

    surgeon.replace(SqlWriter, "take_parcels", wrap)


@defect
def a_message_counts_as_sorted_before_its_parcels_are_there(surgeon: Surgeon) -> None:
    def wrap(parcel_message: Wrap) -> Wrap:
        def sorted_early(self: SqlWriter, id: int, at: int) -> bool:
            found: bool = parcel_message(self, id, at)
            commit_here(self._cursor)
            return found

        return sorted_early

    surgeon.replace(SqlWriter, "parcel_message", wrap)


@defect
def a_parcel_is_settled_before_its_answer_is_heard(surgeon: Surgeon) -> None:
    def wrap(settle: Wrap) -> Wrap:
        def settled(self: StoreDepot, row: ParcelRow) -> bool:
            with self._store.writing() as unit:
                is_ours = unit.settle_parcel(row)
            hear = self._hearing.get(row.kind)
            if is_ours and hear and row.state != "ready":
                hear(row)
            return is_ours

        return settled

    surgeon.replace(StoreDepot, "settle", wrap)


@defect
def an_answer_is_taken_in_twice(surgeon: Surgeon) -> None:
    """The order does not remember that a call was answered."""
    surgeon.replace(events, "_APPLY", lambda known: {**known, "call_done": lambda _order, _data: None})


@defect
def a_signal_is_heard_twice(surgeon: Surgeon) -> None:
    """It is taken away in a transaction of its own, and heard without a key."""

    def without_key(carry_out: Wrap) -> Wrap:
        def carried(self: Commanding, unit: Any, order_id: int, request: Any, **more: Any) -> Any:
            request = replace(request, key=None) if request.by == SIGNAL else request
            return carry_out(self, unit, order_id, request, **more)

        return carried

    def apart(heard: Wrap) -> Wrap:
        def hearing(self: Signals, unit: SqlWriter, signal: Any) -> Any:
            result = heard(self, unit, signal)
            commit_here(unit._cursor)
            return result

        return hearing

    surgeon.replace(Commanding, "carry_out", without_key)
    surgeon.replace(Signals, "_heard", apart)


@defect
def a_signal_is_gone_before_it_is_heard(surgeon: Surgeon) -> None:
    def wrap(claim: Wrap) -> Wrap:
        def claimed(self: SqlWriter, now: int) -> Any:
            signal = claim(self, now)
            if signal is not None:
                self.heard(signal)
                commit_here(self._cursor)
            return signal

        return claimed

    surgeon.replace(SqlWriter, "claim_signal", wrap)
