"""Nobody bends the record unseen: against checkpoints kept elsewhere everything is found, and named.

The history is altered in every cell, its rows are removed, swapped, inserted and doubled, its ends cut off
and the order made to fit, all of it written anew with every hash, and orders are removed with all there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pytest

from flowengine import CheckpointRefused, Choose
from flowengine.runtime.verifying import Problem
from tests.faults.attacker import (
    ALTERED,
    HISTORY,
    INSERTED,
    Store,
    cut_off,
    history,
    names,
    remove,
    unguarded,
    write_anew,
)
from tests.faults.workshop import DESK, WORKSHOP, Clock, in_making, opened, received

LONG: Final = 2
"""The id of the order whose history is long."""


@pytest.fixture(scope="module", params=[18, pytest.param(500, marks=pytest.mark.soak)], ids=str)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Three orders, one with a long history; checkpoints were made while it grew, the last at its end."""
    clock = Clock()
    with opened(":memory:", clock) as engine:
        engine.deploy(WORKSHOP, file="w.yaml")
        in_making(engine, "before")
        received(engine, "long")
        lines: list[str] = []
        for row in range(2, request.param + 1):
            clock.now += 60_000
            engine.do(LONG, Choose("wrong"), by=DESK, reason=f"第 {row} 次", key=f"wrong/{row}").or_raise()
            if row % (request.param // 4) == 0 and row < request.param:
                lines.append(engine.checkpoint(lines).line())
        in_making(engine, "after")
        lines.append(engine.checkpoint(lines).line())
        assert len(json.loads(lines[-1])["changed"]) == 2, "the long order and the new one"
        yield replace(unguarded(engine), lines=tuple(lines))


@pytest.fixture
def number(store: Store) -> str:
    return str(store.rows("SELECT number FROM fe_orders WHERE id = ?", LONG)[0][0])


def long_rows(store: Store) -> list[dict[str, Any]]:
    return [row for row in history(store) if row["order_id"] == LONG]


def marks(store: Store) -> list[int]:
    """The lengths of the long history at the checkpoints."""
    changed = [each for line in store.lines or () for each in json.loads(line)["changed"]]
    return [length for id, _, _, length, _ in changed if id == LONG]


def unseen_without(store: Store) -> bool:
    """Whether the store as it stands looks right by itself."""
    return store.engine.verify().problems == store.known


@pytest.mark.parametrize("column", HISTORY)
def test_every_cell_altered(store: Store, number: str, column: str) -> None:
    for row in long_rows(store):
        found = store.after(
            f"UPDATE fe_history SET {column} = ? WHERE order_id = ? AND seq = ?",
            values=(ALTERED[column](row[column]), LONG, row["seq"]),
        )
        assert (number, row["seq"]) in names(found), row["seq"]


def test_every_row_removed(store: Store, number: str) -> None:
    for row in long_rows(store):
        found = store.after(
            "DELETE FROM fe_history WHERE order_id = ? AND seq = ?", values=(LONG, row["seq"])
        )
        assert (number, row["seq"]) in names(found), row["seq"]


def test_every_row_swapped_with_the_next(store: Store, number: str) -> None:
    for row in long_rows(store)[:-1]:
        seq = row["seq"]
        found = store.after(
            f"UPDATE fe_history SET seq = -1 WHERE order_id = {LONG} AND seq = {seq}",
            f"UPDATE fe_history SET seq = {seq} WHERE order_id = {LONG} AND seq = {seq + 1}",
            f"UPDATE fe_history SET seq = {seq + 1} WHERE order_id = {LONG} AND seq = -1",
        )
        assert (number, seq) in names(found), seq


def test_a_row_inserted_at_every_place(store: Store, number: str) -> None:
    """A row doubled, the others pushed along: it stands before each row once, and behind the last."""
    for row in long_rows(store):
        seq = row["seq"]
        found = store.after(
            f"UPDATE fe_history SET seq = -seq WHERE order_id = {LONG} AND seq > {seq}",
            f"UPDATE fe_history SET seq = 1 - seq, command_key = NULL WHERE order_id = {LONG} AND seq < 0",
            INSERTED,
            values=(seq + 1, LONG, seq),
        )
        assert (number, seq + 1) in names(found), seq


def test_every_end_cut_off_with_the_order_made_to_fit(store: Store, number: str) -> None:
    for row in long_rows(store)[:-1]:
        cut_off(store, LONG, row["seq"])
        assert row["seq"] % 9 or unseen_without(store), "the chain alone shows nothing"
        first, length = row["seq"] + 1, marks(store)[-1]
        assert store.found() == (Problem("cut", number, first, str(length_of(store, first)), "workshop"),)
        assert length >= first


def length_of(store: Store, row: int) -> int:
    """The length of the long history at the first checkpoint that had a row."""
    return next(length for length in marks(store) if length >= row)


def test_a_history_written_anew_from_every_row_on(store: Store, number: str) -> None:
    """The row lies between two checkpoints; which of those between them it was, nobody can tell any more."""
    for row in long_rows(store):
        write_anew(store, LONG, row["seq"])
        assert row["seq"] % 9 or unseen_without(store), "the chain alone shows nothing"
        until = length_of(store, row["seq"])
        since = max((length for length in marks(store) if length < row["seq"]), default=0) + 1
        assert store.found() == (Problem("rewritten", number, since, str(until), "workshop"),)


@pytest.mark.parametrize("id", [1, 2, 3])
def test_an_order_removed_with_everything_there_was_of_it(store: Store, id: int) -> None:
    ((number, length),) = store.rows("SELECT number, revision FROM fe_orders WHERE id = ?", id)
    remove(store, id)
    assert id < 3 or unseen_without(store), "the newest order leaves no gap"
    assert Problem("gone", number, 1, str(length), "workshop") in store.found()


@pytest.mark.parametrize(
    ("bend", "code"),
    [
        pytest.param(lambda store: cut_off(store, LONG, 7), "cut", id="cut off"),
        pytest.param(lambda store: write_anew(store, LONG, 3), "rewritten", id="written anew"),
        pytest.param(lambda store: remove(store, 3), "gone", id="removed"),
    ],
)
def test_no_checkpoint_covers_up_what_the_one_before_would_show(store: Store, bend: Any, code: str) -> None:
    bend(store)
    with pytest.raises(CheckpointRefused, match="cover") as refused:
        store.engine.checkpoint(store.lines or ())
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_history_written_anew_that_has_grown_since(store: Store) -> None:
    write_anew(store, LONG, 3)
    store.engine.do(LONG, Choose("wrong"), by=DESK, reason="more").or_raise()
    with pytest.raises(CheckpointRefused) as refused:
        store.engine.checkpoint(store.lines or ())
    assert [problem.code for problem in refused.value.problems] == ["rewritten"]
    assert [problem.code for problem in store.found()] == ["rewritten"]


@pytest.mark.parametrize("column", ["revision", "head", "number"])
def test_no_checkpoint_of_an_order_whose_row_is_damaged(store: Store, column: str) -> None:
    store.driver.deserialize(store.pristine)
    store.driver.execute(f"UPDATE fe_orders SET {column} = CAST('x' AS BLOB) WHERE id = 1")
    with pytest.raises(CheckpointRefused):
        store.engine.checkpoint()


def test_every_byte_of_the_checkpoints(store: Store) -> None:
    store.driver.deserialize(store.pristine)
    lines = [line.encode() for line in store.lines or ()]
    for number, line in enumerate(lines, 1):
        for place in range(len(line)):
            bent = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]
            against = [*lines[: number - 1], bent, *lines[number:]]
            assert trail_problems(against) == [("checkpoint", number)], bent


def trail_problems(lines: list[bytes], root: str = "") -> list[tuple[str, int | None]]:
    from flowengine.runtime.checkpoints import Trail

    return [(problem.code, problem.seq) for problem in Trail.of(lines).problems(root)]


def test_checkpoints_removed_swapped_doubled_and_cut_off(store: Store) -> None:
    lines = [line.encode() + b"\n" for line in store.lines or ()]
    root = json.loads(lines[-1])["root"]
    assert trail_problems(lines, root) == []
    assert trail_problems(lines, root.upper()) == []
    for at in range(len(lines) - 1):
        assert trail_problems([*lines[:at], *lines[at + 1 :]]) == [("checkpoint", at + 1)]
        assert trail_problems([*lines[:at], lines[at + 1], lines[at]]) == [("checkpoint", at + 1)]
        assert trail_problems([*lines[: at + 1], *lines[at:]]) == [("checkpoint", at + 2)]
    assert trail_problems(lines[:-1], root) == [("no_root", None)]
    assert trail_problems([], root) == [("no_checkpoint", None), ("no_root", None)]
    assert trail_problems([b"\xff\n", *lines]) == [("checkpoint", 1)]
    assert trail_problems([b"[" * 100_000]) == [("checkpoint", 1)]


def test_the_checkpoints_of_another_store(store: Store) -> None:
    with opened() as other:
        other.deploy(WORKSHOP, file="w.yaml")
        received(other, "elsewhere")
        assert {each.code for each in other.verify(store.lines).problems} == {"cut", "gone"}
