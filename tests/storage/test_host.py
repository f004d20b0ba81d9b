"""Inside a host's transaction: what it commits is there with its own rows, what it rolls back never was."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from flowengine import Result
from flowengine.errors import (
    EvaluationFailed,
    FlowEngineError,
    KeyReused,
    NotAllowed,
    NotFound,
    WrongInput,
)
from flowengine.kernel.commands import Choose, Create, Done, Write
from flowengine.runtime.flow import Flow
from tests.faults.dumps import changed
from tests.runtime.shop import DESK, HOST, MAKER, STRANGER
from tests.storage.hosts import WAYS, Host, Trouble, Way, story, write
from tests.storage.recording import recorded


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_the_host_commits_is_there_with_its_own_rows(host: Host, way: Way) -> None:
    with way(host.database) as connection:
        write(connection, "mine")
        id = story(host.at(connection))
        assert host.at(connection).order(id, by=HOST).row.revision == 4, "seen from inside"
        write(connection, "mine too")
    assert {"mine", "mine too"} <= set(host.notes())
    assert host.shop.engine.order(id, by=HOST).row.revision == 4
    assert [message.role for message in host.shop.engine.messages(by=HOST).items] == ["desk", "qa"]


@pytest.mark.parametrize("first", ["ours", "its own row"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_the_host_rolls_back_never_was(host: Host, way: Way, first: str) -> None:
    def fail(connection: sa.Connection) -> None:
        if first == "its own row":
            write(connection, "mine")
        story(host.at(connection))
        write(connection, "mine too")
        raise Trouble

    before = host.ours()
    with pytest.raises(Trouble), way(host.database) as connection:
        fail(connection)
    assert host.notes() == []
    assert changed(before, host.ours()) == {}
    assert host.shop.start("A").number == "S202605-001"


def test_what_a_savepoint_takes_back_never_was_and_the_rest_is_there(host: Host) -> None:
    with host.database.begin() as connection:
        write(connection, "mine")
        kept = host.at(connection).start("shop", {"ref": "kept"}, by=DESK).order_id
        savepoint = connection.begin_nested()
        story(host.at(connection))
        host.at(connection).do(kept, Choose("cancel"), by=HOST, reason="no")
        savepoint.rollback()
        last = host.at(connection).start("shop", {"ref": "last"}, by=DESK).or_raise()
    assert host.notes() == ["mine"]
    assert last.number == "S202605-002", "the numbers that were taken back leave no gap"
    views = host.shop.engine.orders(by=HOST).items
    assert [(view.order.fields["ref"], view.row.revision) for view in views] == [("kept", 1), ("last", 1)]


def test_many_transactions_half_of_them_rolled_back_leave_only_the_other_half(host: Host) -> None:
    _many(host, 1_000 if host.database.dialect.name == "sqlite" else 300)


@pytest.mark.soak
def test_ten_thousand_transactions_half_of_them_rolled_back_leave_only_the_other_half(host: Host) -> None:
    _many(host, 10_000)


def _many(host: Host, transactions: int) -> None:
    """Each writes a row of the host and opens an order, or acts on one or two; the dice say how it ends."""
    dice = random.Random(f"{transactions}")
    ids: list[int] = []
    revisions: Counter[int] = Counter()
    for turn in range(transactions):
        with host.database.connect() as connection:
            write(connection, f"{turn:05}")
            flow, touched = host.at(connection), []
            if not ids or dice.random() < 0.3:
                touched.append(flow.start("shop", {"ref": str(turn)}, by=DESK).or_raise().order_id)
            for id in dice.sample(ids, min(len(ids), dice.choice([0, 1, 2]))):
                flow.do(id, Write({"amount": turn}), by=HOST).or_raise()
                touched.append(id)
            if dice.random() < 0.5:
                connection.rollback()
                continue
            connection.commit()
            ids += [id for id in touched if id not in revisions]
            revisions.update(touched)
    ours = host.ours()
    assert {row[0] for row in ours["fe_orders"]} == set(ids)
    assert Counter(row[0] for row in ours["fe_history"]) == revisions
    assert {row[0] for row in ours["fe_work"]} == set(ids)
    assert [row[2] for row in ours["fe_counters"]] == [len(ids)]
    assert 0.4 * transactions < len(host.notes()) < 0.6 * transactions


REFUSED: dict[str, Callable[[Flow], Result]] = {
    "an act that is none": lambda flow: flow.do(1, Done("nonsense"), by=DESK),
    "an act of somebody else": lambda flow: flow.do(1, Done("checked"), by=MAKER),
    "an act of a stranger": lambda flow: flow.do(1, Done("checked"), by=STRANGER, key="k"),
    "an act on what was looked at before": lambda flow: flow.do(1, Done("checked"), by=DESK, expect=7),
    "an opening without what it needs": lambda flow: flow.start("shop", {}, by=DESK, key="k"),
    "an opening with a wrong value": lambda flow: flow.start("shop", {"ref": "B", "amount": "x"}, by=DESK),
    "an opening by a stranger": lambda flow: flow.start("shop", {"ref": "B"}, by=STRANGER),
}


@pytest.mark.parametrize("act", REFUSED.values(), ids=REFUSED)
def test_a_refusal_changes_nothing_and_the_host_goes_on(host: Host, act: Callable[[Flow], Result]) -> None:
    host.shop.start("A")
    before = host.ours()
    with host.database.begin() as connection:
        write(connection, "mine")
        assert not act(host.at(connection)).ok
        write(connection, "mine too")
    assert host.notes() == ["mine", "mine too"]
    assert changed(before, host.ours()) == {}


def test_a_refused_opening_gives_its_number_back(host: Host) -> None:
    with host.database.begin() as connection:
        flow = host.at(connection)
        answers = [flow.start("shop", values, by=DESK) for values in ({}, {"ref": "A"}, {}, {}, {"ref": "B"})]
    assert [answer.number for answer in answers] == ["", "S202605-001", "", "", "S202605-002"]
    assert host.shop.start("C").number == "S202605-003"


RAISED: dict[str, tuple[Callable[[Flow], object], type[FlowEngineError]]] = {
    "a condition that cannot be worked out": (
        lambda flow: flow.start("dividing", {"ref": "B", "amount": 0}, by=DESK),
        EvaluationFailed,
    ),
    "the key of another command": (
        lambda flow: flow.do(1, Done("priced"), by=DESK, key="k1"),
        KeyReused,
    ),
    "the key of another opening": (
        lambda flow: flow.start("shop", {"ref": "B"}, by=DESK, key="k0"),
        KeyReused,
    ),
    "an order that is not there": (lambda flow: flow.do(77, Done("checked"), by=DESK), NotFound),
    "an id beyond every order": (lambda flow: flow.do(2**63, Done("checked"), by=DESK), WrongInput),
    "a number that is not there": (lambda flow: flow.order("S-7", by=DESK), NotFound),
    "a process that is not there": (lambda flow: flow.start("shoop", {}, by=DESK), NotFound),
    "an order of others": (lambda flow: flow.order(1, by=STRANGER), NotAllowed),
    "an opening of what is open": (lambda flow: flow.do(1, Create({"ref": "B"}), by=HOST), WrongInput),
    "a key that no database can hold": (lambda flow: flow.do(1, Done("x"), by=HOST, key="\x00"), WrongInput),
    "half a character for a key": (lambda flow: flow.do(1, Done("x"), by=HOST, key="\ud800"), WrongInput),
}


@pytest.mark.parametrize(("act", "error"), RAISED.values(), ids=RAISED)
def test_an_exception_leaves_the_transaction_as_good_as_before(
    host: Host, act: Callable[[Flow], object], error: type[FlowEngineError]
) -> None:
    id = host.shop.engine.start("shop", {"ref": "A"}, by=DESK, key="k0").order_id
    host.shop.engine.do(id, Done("checked"), by=DESK, key="k1")
    before = host.ours()
    with host.database.connect() as connection:
        write(connection, "mine")
        with pytest.raises(error):
            act(host.at(connection))
        write(connection, "mine too")
        connection.commit()
        assert changed(before, host.ours()) == {}
        again = host.at(connection).start("shop", {"ref": "C"}, by=DESK).or_raise()
        connection.commit()
    assert again.number == "S202605-002"
    assert host.notes() == ["mine", "mine too"]


HOSTILE = {
    "a nul in a field": {"ref": "a\x00b"},
    "half a character in a field": {"ref": "\ud800"},
    "a nul in a name": {"ref": "B", "\x00": 1},
    "a number beyond reason": {"ref": "B", "amount": "1e999999"},
    "a text beyond reason": {"ref": "x" * 1_000_000},
}


@pytest.mark.parametrize("values", HOSTILE.values(), ids=HOSTILE)
def test_what_the_database_could_not_hold_never_reaches_it(host: Host, values: dict[str, Any]) -> None:
    """On PostgreSQL it would spoil the host's transaction."""
    with host.database.begin() as connection:
        answer = host.at(connection).start("shop", values, by=DESK)
        write(connection, "mine")
    assert host.notes() == ["mine"]
    assert len(host.shop.engine.orders(by=HOST).items) == (1 if answer.ok else 0)


@pytest.mark.parametrize("ref", ["a\x00b", "\ud800", "x" * 100_000], ids=["nul", "half a character", "long"])
def test_a_number_that_cannot_be_is_not_found_and_spoils_nothing(host: Host, ref: str) -> None:
    with host.database.begin() as connection:
        write(connection, "mine")
        with pytest.raises((NotFound, WrongInput)):
            host.at(connection).order(ref, by=HOST)
        write(connection, "mine too")
    assert len(host.notes()) == 2


def not_found(ask: Callable[[], object]) -> None:
    with pytest.raises(NotFound):
        ask()


ASKED: dict[str, Callable[[Flow], object]] = {
    "start": lambda flow: flow.start("shop", {"ref": "B"}, by=DESK).or_raise(),
    "start again": lambda flow: flow.start("shop", {"ref": "A"}, by=DESK).or_raise(),
    "start refused": lambda flow: flow.start("shop", {}, by=DESK),
    "do": lambda flow: flow.do(1, Done("checked"), by=DESK).or_raise(),
    "do refused": lambda flow: flow.do(1, Done("nonsense"), by=DESK),
    "do not found": lambda flow: not_found(lambda: flow.do(77, Done("checked"), by=DESK)),
    "preview": lambda flow: flow.preview(1, Done("checked"), by=DESK),
    "order": lambda flow: flow.order(1, by=DESK),
    "explain": lambda flow: flow.explain("S202605-001", by=DESK),
    "history": lambda flow: flow.history(1, by=DESK),
    "orders": lambda flow: flow.orders(by=DESK, late=True),
    "stages": lambda flow: flow.stages(by=DESK),
    "work": lambda flow: flow.work(by=DESK),
    "messages": lambda flow: flow.messages(by=DESK),
    "plan": lambda flow: flow.plan("shop", by=DESK),
    "import": lambda flow: list(flow.import_orders("shop", [(1, {"ref": "C"})], by=DESK)),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_nothing_is_committed_or_rolled_back_by_us(host: Host, ask: Callable[[Flow], object]) -> None:
    host.shop.start("A")
    before = host.ours()
    with recorded(host.database) as recorder, host.database.connect() as connection:
        write(connection, "mine")
        ask(host.at(connection))
        seen = {statement for statement in recorder.seen if statement != "ROLLBACK TO flowengine"}
        connection.rollback()
    verbs = {statement.split()[0] for statement in seen}
    assert verbs <= {"BEGIN", "INSERT", "SELECT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE"}
    assert host.notes() == []
    assert changed(before, host.ours()) == {}


def test_a_connection_that_commits_by_itself_is_refused_and_stays_as_it_is(host: Host) -> None:
    before = host.ours()
    loose = host.database.execution_options(isolation_level="AUTOCOMMIT")
    with loose.connect() as connection:
        for act in (story, lambda flow: flow.do(1, Done("checked"), by=DESK)):
            with pytest.raises(WrongInput, match="commits by itself"):
                act(host.at(connection))
        assert not connection.in_transaction()
        assert host.at(connection).orders(by=HOST).items == (), "questions are answered"
    assert changed(before, host.ours()) == {}


def test_an_engine_whose_connections_commit_by_themselves_is_refused(host: Host) -> None:
    loose = sa.create_engine(host.database.url, isolation_level="AUTOCOMMIT")
    with loose.connect() as connection, pytest.raises(WrongInput, match="commits by itself"):
        story(host.at(connection))
    loose.dispose()


@pytest.mark.parametrize("wrong", [Session, lambda engine: engine, str], ids=["session", "engine", "text"])
def test_what_is_no_connection_is_refused_with_what_is_wanted(
    host: Host, wrong: Callable[[Any], object]
) -> None:
    with pytest.raises(WrongInput, match=r"session\.connection\(\)"):
        host.at(wrong(host.database))  # type: ignore[arg-type]
