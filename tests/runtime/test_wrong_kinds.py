"""What is of the wrong kind is refused as such, before anything is looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import flowengine
from flowengine import Amend, Approve, Choose, Claim, Done, Engine, Principal, Raise, Reassign, Write
from flowengine.errors import WrongInput
from flowengine.kernel.commands import Command
from tests.runtime.places import opened_here
from tests.runtime.shop import Clock

PROCESS = """
flowengine: 1
process: deal
version: "1"
owner: desk
roles: {desk: {}}
stages: {review: {owner: desk, needs: {seen: check}, next: closed}}
"""
DORA = Principal.of("dora", "desk")


@pytest.mark.parametrize(
    "command",
    [
        Write(None),
        Write(["seen"]),
        Write({1: "x"}),
        Amend("seen"),
        Choose("stop", None),
        Done(None),
        Done(b"seen"),
        Approve(["seen"]),
        Claim(7),
        Reassign("seen", None),
        Raise({}),
    ],
    ids=str,
)
def test_a_part_of_another_kind_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text(PROCESS, "utf-8")
    with closing(flowengine.connect(":memory:")) as engine:
        engine.deploy(tmp_path / "deal.yaml")
        order = engine.start("deal", {}, by=DORA).order_id
        for ask in (engine.do, engine.preview):
            with pytest.raises(WrongInput):
                ask(order, command, by=DORA)
        with pytest.raises(WrongInput):
            engine.start("deal", None, by=DORA)


@pytest.fixture
def engine(place: str) -> Iterator[Engine]:
    """With one order, and so with one only that a question could find by mistake."""
    with opened_here(Clock()) as engine:
        engine.deploy(PROCESS)
        engine.start("deal", {}, by=DORA)
        yield engine


ASKED: dict[str, Callable[[Engine, Any], object]] = {
    "start": lambda engine, by: engine.start("deal", {}, by=by),
    "do": lambda engine, by: engine.do(1, Done("seen"), by=by),
    "order": lambda engine, by: engine.order(1, by=by),
    "explain": lambda engine, by: engine.explain(1, by=by),
    "history": lambda engine, by: engine.history(1, by=by),
    "why_due": lambda engine, by: engine.why_due(1, by=by),
    "orders": lambda engine, by: engine.orders(by=by),
    "stages": lambda engine, by: engine.stages(by=by),
    "work": lambda engine, by: engine.work(by=by),
    "messages": lambda engine, by: engine.messages(by=by),
    "inbox": lambda engine, by: engine.inbox(by=by),
    "plan": lambda engine, by: engine.plan("deal", by=by),
}
NOBODY: dict[str, Any] = {
    "nobody": None,
    "a name": "dora",
    "no id": Principal(None, frozenset({"desk"})),  # type: ignore[arg-type]
    "a number": Principal(7, frozenset({"desk"})),  # type: ignore[arg-type]
    "one role": Principal("dora", "desk"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("by", NOBODY.values(), ids=NOBODY)
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_who_is_nobody_gets_no_answer(engine: Engine, ask: Callable[[Engine, Any], object], by: Any) -> None:
    with pytest.raises(WrongInput):
        ask(engine, by)


@pytest.mark.parametrize("ref", [None, True, 1.0, b"1", ("1",), DORA], ids=str)
def test_what_is_no_order_finds_none(engine: Engine, ref: Any) -> None:
    for ask in (engine.order, engine.explain, engine.history, engine.why_due):
        with pytest.raises(WrongInput, match="neither the id nor the number"):
            ask(ref, by=DORA)


AFTER = ("1", "x", 1.5, True, 2**64, {"id": 1}, (1,), (1, "x", 1), [[1]], b"1", DORA)


@pytest.mark.parametrize("late", [False, True], ids=["by id", "late"])
@pytest.mark.parametrize("after", AFTER, ids=str)
def test_where_no_page_ended_no_page_begins(engine: Engine, after: Any, late: bool) -> None:
    with pytest.raises(WrongInput, match="what the page before gave"):
        engine.orders(by=DORA, late=late, after=after)
    for ask in (engine.work, engine.messages, engine.inbox):
        with pytest.raises(WrongInput, match="what the page before gave"):
            ask(by=DORA, after=after)
    with pytest.raises(WrongInput, match="what the page before gave"):
        engine.history(1, by=DORA, after=after)


def test_a_list_begins_where_nothing_is_said_of_it(engine: Engine) -> None:
    for after in (None, 0, "", ()):
        assert engine.orders(by=DORA, after=after).items
        assert engine.work(by=DORA, after=after).items
        assert engine.history(1, by=DORA, after=after).items  # type: ignore[arg-type]


def test_a_place_in_a_list_may_have_been_kept_as_json(engine: Engine) -> None:
    engine.start("deal", {}, by=DORA)
    page = engine.work(by=DORA, limit=1)
    assert engine.work(by=DORA, after=list(page.after)) == engine.work(by=DORA, after=page.after)


WRONG: dict[str, Callable[[Engine], object]] = {
    "limit": lambda engine: engine.orders(by=DORA, limit="5"),  # type: ignore[arg-type]
    "no limit": lambda engine: engine.work(by=DORA, limit=None),  # type: ignore[arg-type]
    "status": lambda engine: engine.orders(by=DORA, status="opne"),  # type: ignore[arg-type]
    "stage": lambda engine: engine.orders(by=DORA, stage=5),  # type: ignore[arg-type]
    "find": lambda engine: engine.orders(by=DORA, find="phone"),  # type: ignore[arg-type]
    "version": lambda engine: engine.plan("deal", by=DORA, version=1),  # type: ignore[arg-type]
    "expect a text": lambda engine: engine.do(1, Done("seen"), by=DORA, expect="1"),  # type: ignore[arg-type]
    "expect a truth": lambda engine: engine.do(1, Done("seen"), by=DORA, expect=True),
    "a result as id": lambda engine: engine.do(engine.start("deal", {}, by=DORA), Done("seen"), by=DORA),  # type: ignore[arg-type]
    "token": lambda engine: engine.asked(None),  # type: ignore[arg-type]
    "answer": lambda engine: engine.answer(None),  # type: ignore[arg-type]
    "values": lambda engine: engine.answer("x", values=["y"]),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("ask", WRONG.values(), ids=WRONG)
def test_other_words_of_the_wrong_kind_are_refused(engine: Engine, ask: Callable[[Engine], object]) -> None:
    with pytest.raises(WrongInput) as told:
        ask(engine)
    assert "order_id=" not in str(told.value), "what was given is not told in full"
    assert engine.order(1, by=DORA).row.revision == 1


CLOCKS: dict[str, Any] = {
    "seconds": time.time,
    "a datetime": lambda: datetime.now(UTC),
    "nothing": lambda: None,
    "a number": 1_700_000_000_000,
}


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_that_tells_no_milliseconds_is_refused_and_nothing_kept(clock: Any) -> None:
    with pytest.raises(WrongInput, match="milliseconds"):
        flowengine.connect(":memory:", clock=clock).deploy(PROCESS)


NO_PROCESSES: dict[str, tuple[Any, str]] = {
    "nothing": (None, "not NoneType"),
    "a map": ({"process": "deal"}, "not dict"),
    "the name of a file": ("processes/deal.yaml", r"Path\('processes/deal.yaml'\)"),
}


@pytest.mark.parametrize(("process", "said"), NO_PROCESSES.values(), ids=NO_PROCESSES)
def test_what_is_no_process_is_not_deployed(engine: Engine, process: Any, said: str) -> None:
    with pytest.raises(WrongInput, match=said):
        engine.deploy(process)
