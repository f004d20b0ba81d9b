"""Defects planted into the engine on purpose: a simulation that does not find them finds nothing.

Each is a small change of one function, of the kind that is made when somebody is in a hurry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Any, Final
from unittest.mock import patch

from flowengine.errors import FlowEngineError
from flowengine.kernel import decide, events, flow
from flowengine.kernel.draft import Draft
from flowengine.kernel.order import Order
from flowengine.runtime import answering, chain, commanding, opening, saving, ticking
from flowengine.runtime.commanding import Commanding
from flowengine.runtime.ticking import Ticking
from flowengine.storage.hosted import HostStore
from flowengine.storage.lines import Line
from flowengine.storage.sqlite_keeping import SqliteKeeper
from flowengine.storage.store import SqlStore
from flowengine.storage.writer import SqlWriter

Wrap = Callable[..., Any]
MINUTE: Final = 60_000


class Surgeon:
    """Replaces functions of the engine until it is closed. A name that is not there any more is an error."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def replace(self, owner: Any, name: str, wrap: Callable[[Any], Any]) -> None:
        """Put `wrap(original)` in the place of a function."""
        self._stack.enter_context(patch.object(owner, name, wrap(getattr(owner, name))))


Mutant = Callable[[Surgeon], None]


class Mutants(dict[str, Mutant]):
    """Defects by name, each planted where it is wanted."""

    def add(self, function: Mutant) -> Mutant:
        """Add a defect, under the name of its function."""
        self[function.__name__] = function
        return function

    @contextmanager
    def planted(self, name: str) -> Iterator[None]:
        """The engine with that defect."""
        with ExitStack() as stack:
            self[name](Surgeon(stack))
            yield


MUTANTS: Final = Mutants()
mutant, planted = MUTANTS.add, MUTANTS.planted


def commit_here(cursor: Any) -> None:
    """End the transaction in the middle, and begin another."""
    if cursor.connection.in_transaction:
        cursor.execute("COMMIT")
        cursor.execute("BEGIN IMMEDIATE")


@mutant
def receipt_not_looked_up(surgeon: Surgeon) -> None:
    def wrap(find: Wrap) -> Wrap:
        return lambda self, id, key: find(self, id, None)

    surgeon.replace(SqlWriter, "find", wrap)


@mutant
def key_not_stored(surgeon: Surgeon) -> None:
    def wrap(changed: Wrap) -> Wrap:
        return lambda row, plan, decision, request, at: changed(
            row, plan, decision, replace(request, key=None), at
        )

    surgeon.replace(commanding, "changed", wrap)


@mutant
def key_of_an_opening_not_looked_up(surgeon: Surgeon) -> None:
    def wrap(opening: Wrap) -> Wrap:
        return lambda self, *asked: opening(self, *asked)._replace(by_key=None, by_identity=None)

    def without_key(blank: Wrap) -> Wrap:
        return lambda id, definition_id, plan, identity, key: blank(id, definition_id, plan, None, None)

    surgeon.replace(SqlWriter, "opening", wrap)
    surgeon.replace(opening, "_blank", without_key)


@mutant
def another_command_under_the_same_key_is_taken_for_it(surgeon: Surgeon) -> None:
    surgeon.replace(answering, "digest_of", lambda _: lambda _request: EVERY_DIGEST)
    surgeon.replace(
        commanding, "repeated", lambda _: lambda row, receipt, _request: answering.first_answer(row, receipt)
    )


class _EveryDigest(str):
    """Equal to every other."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


EVERY_DIGEST: Final = _EveryDigest()


@mutant
def history_and_order_saved_in_two_transactions(surgeon: Surgeon) -> None:
    def wrap(save: Wrap) -> Wrap:
        def saved(self: SqliteKeeper, cursor: Any, changes: Any) -> None:
            for change in changes:
                save(self, _Halving(cursor, self._history), (change,))

        return saved

    surgeon.replace(SqliteKeeper, "save", wrap)


class _Halving:
    """A cursor that commits after a certain statement."""

    def __init__(self, cursor: Any, statement: str) -> None:
        self._cursor = cursor
        self._statement = statement

    def execute(self, statement: str, *values: Any) -> Any:
        self._cursor.execute(statement, *values)
        if statement == self._statement:
            commit_here(self._cursor)
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@mutant
def messages_left_in_a_transaction_of_their_own(surgeon: Surgeon) -> None:
    def wrap(tail: Wrap) -> Wrap:
        def tailed(self: SqliteKeeper, cursor: Any, change: Any) -> None:
            tail(self, cursor, change._replace(messages=()))
            if change.messages:
                commit_here(cursor)
                tail(self, cursor, change._replace(before=change.after))

        return tailed

    surgeon.replace(SqliteKeeper, "_tail", wrap)


@mutant
def messages_of_a_tick_forgotten(surgeon: Surgeon) -> None:
    def wrap(changed: Wrap) -> Wrap:
        return lambda *args: changed(*args)._replace(messages=())

    surgeon.replace(ticking, "changed", wrap)


@mutant
def a_commit_that_failed_is_taken_for_done(surgeon: Surgeon) -> None:
    def wrap(commit: Wrap) -> Wrap:
        def committed(self: Line) -> None:
            with suppress(Exception):
                commit(self)

        return committed

    surgeon.replace(Line, "commit", wrap)


@mutant
def a_command_without_a_key_is_tried_again(surgeon: Surgeon) -> None:
    def wrap(tried: Wrap) -> Wrap:
        def twice(self: Commanding, order_id: int, request: Any, *, expect: int | None) -> Any:
            try:
                return tried(self, order_id, request, expect=expect)
            except FlowEngineError:
                return tried(self, order_id, request, expect=expect)

        return twice

    surgeon.replace(Commanding, "do", wrap)


@mutant
def no_lock_before_reading(surgeon: Surgeon) -> None:
    """What was read is old when it is written, and nothing compares: the row is found by its number alone."""

    def wrap(find: Wrap) -> Wrap:
        def found(self: SqlWriter, id: int, key: str | None) -> Any:
            seen = find(self, id, key)
            self._cursor.execute("COMMIT") if self._cursor.connection.in_transaction else None
            self._cursor.execute("BEGIN IMMEDIATE")
            now = find(self, id, key)
            if seen is None or now is None:
                return now
            return seen._replace(row=seen.row._replace(revision=now.row.revision, head=now.row.head))

        return found

    surgeon.replace(SqlWriter, "find", wrap)


@mutant
def a_tick_acts_on_what_it_saw_before_the_lock(surgeon: Surgeon) -> None:
    def wrap(claim: Wrap) -> Wrap:
        def claimed(self: SqlWriter, now: int, limit: int) -> Any:
            rows = claim(self, now, limit)
            commit_here(self._cursor)
            found = [(row, self.find(row.id, None)) for row in rows]
            return [
                row._replace(revision=there.row.revision, head=there.row.head)
                for row, there in found
                if there
            ]

        return claimed

    surgeon.replace(SqlWriter, "claim", wrap)


@mutant
def snapshots_are_remembered_by_order(surgeon: Surgeon) -> None:
    """And not by the head of its history, so that what others did is overwritten."""

    def wrap(do: Wrap) -> Wrap:
        def with_memory(self: Commanding, unit: Any, order_id: int, request: Any, expect: int | None) -> Any:
            memory: dict[int, str] = self.__dict__.setdefault("memory", {})
            found = unit.find(order_id, request.key)
            if found is not None and order_id in memory:
                remembered = found._replace(row=found.row._replace(state=memory[order_id]))
                with patch.object(unit, "find", lambda *_: remembered, create=True):
                    result = do(self, unit, order_id, request, expect)
            else:
                result = do(self, unit, order_id, request, expect)
            after = unit.find(order_id, None)
            if after is not None:
                memory[order_id] = after.row.state
            return result

        return with_memory

    surgeon.replace(Commanding, "_do", wrap)


@mutant
def a_refusal_is_remembered(surgeon: Surgeon) -> None:
    def wrap(do: Wrap) -> Wrap:
        def with_memory(self: Commanding, order_id: int, request: Any, *, expect: int | None) -> Any:
            memory: dict[Any, Any] = self.__dict__.setdefault("refusals", {})
            place = (order_id, request.key)
            if request.key is None or place not in memory:
                result = do(self, order_id, request, expect=expect)
                if result.ok:
                    return result
                memory[place] = result
            return memory[place]

        return with_memory

    surgeon.replace(Commanding, "do", wrap)


@mutant
def the_expected_revision_is_not_compared(surgeon: Surgeon) -> None:
    def wrap(do: Wrap) -> Wrap:
        return lambda self, order_id, request, *, expect: do(self, order_id, request, expect=None)

    surgeon.replace(Commanding, "do", wrap)


@mutant
def a_serial_is_not_given_back(surgeon: Surgeon) -> None:
    surgeon.replace(SqlWriter, "return_serial", lambda _: lambda *_args: None)


@mutant
def a_serial_is_taken_in_a_transaction_of_its_own(surgeon: Surgeon) -> None:
    def wrap(next_serial: Wrap) -> Wrap:
        def taken(self: SqlWriter, process: str, period: str) -> int:
            serial: int = next_serial(self, process, period)
            commit_here(self._cursor)
            return serial

        return taken

    surgeon.replace(SqlWriter, "next_serial", wrap)


@mutant
def the_due_moment_of_a_stage_outlives_it(surgeon: Surgeon) -> None:
    def left(order: Order, _data: Any) -> None:
        order.acts, order.asked = {}, []

    surgeon.replace(events, "_APPLY", lambda known: {**known, "left": left})


@mutant
def the_wake_column_is_not_set_anew(surgeon: Surgeon) -> None:
    def wrap(projected: Wrap) -> Wrap:
        return lambda row, *args, **named: projected(row, *args, **named)._replace(
            wake_at=row.wake_at if row.revision else None
        )

    surgeon.replace(saving, "projected", wrap)


@mutant
def lateness_is_recorded_twice(surgeon: Surgeon) -> None:
    def wrap(emit: Wrap) -> Wrap:
        def emitted(self: Draft, kind: str, /, *moments: str, **data: Any) -> None:
            emit(self, kind, *moments, **data)
            if kind == "late":
                emit(self, kind, *moments, **data)

        return emitted

    surgeon.replace(Draft, "emit", wrap)


@mutant
def a_command_does_not_let_time_play_first(surgeon: Surgeon) -> None:
    def wrap(play_time: Wrap) -> Wrap:
        def played(draft: Draft, now: int) -> None:
            if draft.by.is_system:
                play_time(draft, now)
            else:
                draft.turn_to(now)

        return played

    surgeon.replace(decide, "play_time", wrap)


@mutant
def lateness_happens_when_somebody_looks(surgeon: Surgeon) -> None:
    def wrap(play_time: Wrap) -> Wrap:
        def played(draft: Draft, now: int) -> None:
            if draft.order.wake_at is not None and draft.order.wake_at <= now:
                draft.turn_to(now)
                with patch.object(flow, "max", lambda _due, _last: now, create=True):
                    play_time(draft, now)
            else:
                play_time(draft, now)

        return played

    surgeon.replace(decide, "play_time", wrap)


@mutant
def a_worker_looks_a_minute_ahead(surgeon: Surgeon) -> None:
    def wrap(look: Wrap) -> Wrap:
        def looked(self: Ticking) -> tuple[int, int | None]:
            now, next_at = look(self)
            return now + MINUTE, next_at

        return looked

    surgeon.replace(Ticking, "look", wrap)


@mutant
def a_row_of_history_is_not_chained(surgeon: Surgeon) -> None:
    surgeon.replace(saving, "link", lambda link: lambda _head, *said: link(chain.GENESIS, *said))


@mutant
def work_is_not_taken_out_of_the_queue(surgeon: Surgeon) -> None:
    def wrap(tail: Wrap) -> Wrap:
        def tailed(self: SqliteKeeper, cursor: Any, change: Any) -> None:
            for role in change.come:  # or the queue would refuse the role that it still holds
                cursor.execute(self._gone, (change.after.id, role))
            with patch.object(type(change), "gone", ()):
                tail(self, cursor, change)

        return tailed

    surgeon.replace(SqliteKeeper, "_tail", wrap)


@mutant
def commands_of_a_host_are_committed_one_by_one(surgeon: Surgeon) -> None:
    def wrap(writing: Wrap) -> Wrap:
        @contextmanager
        def committed(self: HostStore) -> Iterator[Any]:
            with writing(self) as unit:
                yield unit
                commit_here(unit._cursor)

        return committed

    surgeon.replace(HostStore, "writing", wrap)


@mutant
def a_question_sees_several_moments(surgeon: Surgeon) -> None:
    def wrap(reading: Wrap) -> Wrap:
        @contextmanager
        def torn(self: SqlStore) -> Iterator[Any]:
            with reading(self) as unit:
                unit._connection.exec_driver_sql("COMMIT")
                yield unit
                unit._connection.exec_driver_sql("BEGIN")

        return torn

    surgeon.replace(SqlStore, "reading", wrap)
