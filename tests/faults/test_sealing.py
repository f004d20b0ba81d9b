"""The hash that binds a row of history: the same everywhere, and never the same for two rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from flowengine import Attach, Principal, Write
from flowengine.kernel.commands import Request
from flowengine.kernel.order import Order, canonical
from flowengine.runtime.chain import GENESIS, digest_of, link_of
from flowengine.runtime.rows import HistoryRow

ROW: Final = HistoryRow(
    order_id=7,
    seq=3,
    at=1_778_558_400_000,
    actor="林",
    command_key="k",
    digest="ab" * 32,
    record='{"do":{"verb":"done"}}',
    hash="",
)
SEAL: Final = "f22b65d2675f36575a39ab8f6108936657b5addd13d278a21d59deba271a2f57"
"""What the row was sealed with when this test was written. Another value: no history that exists verifies."""

texts = st.text(max_size=4)
rows = st.builds(
    HistoryRow,
    order_id=st.integers(0, 200),
    seq=st.integers(0, 200),
    at=st.integers(0, 200),
    actor=texts,
    command_key=st.none() | texts,
    digest=texts,
    record=texts,
    hash=st.just(""),
)


def test_the_seal_of_a_row_is_the_same_in_every_version() -> None:
    assert link_of(ROW, GENESIS) == SEAL


STORY: Final = """
from tests.faults.workshop import *
with opened() as engine:
    engine.deploy(WORKSHOP, file="w.yaml")
    id = in_inspection(engine, "x").order_id
    engine.do(id, Choose("failed"), by=ALL, reason="裂纹")
    made(engine, id)
    engine.do(id, Choose("failed"), by=ALL, reason="裂纹")
    print(*(entry.hash for entry in engine.history(id, by=ALL).items))
"""


def test_the_same_story_has_the_same_seals_in_every_process(checkout: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", STORY],
        cwd=checkout,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = StringIO()
    with redirect_stdout(here):
        exec(STORY, {})
    assert len(told.split()) == 9
    assert here.getvalue() == told


@given(rows, rows, texts, texts)
@example(ROW._replace(actor="ab", digest="c"), ROW._replace(actor="a", digest="bc"), "", "")
@example(ROW._replace(command_key=None), ROW._replace(command_key=""), "", "")
@example(ROW._replace(order_id=1, seq=12), ROW._replace(order_id=11, seq=2), "", "")
@example(ROW._replace(actor="é"), ROW._replace(actor="e\u0301"), "", "")
def test_two_rows_with_one_seal_are_one_row(
    one: HistoryRow, other: HistoryRow, head: str, another: str
) -> None:
    assume((one, head) != (other, another))
    assert link_of(one, head) != link_of(other, another)


@pytest.mark.parametrize("column", [name for name in HistoryRow._fields if name != "hash"])
def test_every_column_is_under_the_seal(column: str) -> None:
    value = getattr(ROW, column)
    other = ROW._replace(**{column: value + 1 if isinstance(value, int) else value + "x"})
    assert link_of(other, GENESIS) != link_of(ROW, GENESIS)


class Named(str):
    """A text that knows more, as names do that were read from a file."""

    __slots__ = ("line",)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(texts, json_values, max_size=4))
@example({"b": 1, "a": 2})
@example({"é": 1, "e\u0301": 2})
@example({"n": 2**70, "m": -0})
def test_a_record_has_one_form(record: dict[str, Any]) -> None:
    """Whatever order its keys came in, and read back as often as one likes."""
    text = canonical(record)
    assert canonical(dict(reversed(record.items()))) == text
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(texts | texts.map(Named), json_values | texts.map(Named), max_size=4))
@example({"a": "\ud800"})
@example({"a": "".join(map(chr, range(0x100)))})
@example({"a": [2**63, -(2**63), 2**64, -(2**64), True, None]})
@example({"\U0001f600": 1, "\uffff": 2})
@example({"a": ROW})
def test_the_one_form_is_that_of_pythons_own_json(record: dict[str, Any]) -> None:
    """Histories that exist were hashed by it, and whoever checks one elsewhere has it too."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(record) == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("value", [date(2026, 2, 13), Decimal(1), Principal.of("li"), {1}, b"a"], ids=repr)
def test_what_json_does_not_know_has_no_form(value: object) -> None:
    with pytest.raises(TypeError, match="JSON"):
        canonical({"n": value})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_has_no_form(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"n": value})


@given(
    st.dictionaries(texts, json_values, max_size=3),
    st.dictionaries(texts, st.lists(st.integers(), max_size=3), max_size=3),
)
def test_a_state_is_read_back_to_the_byte(values: dict[str, Any], seen: dict[str, Any]) -> None:
    order = Order(number="1", creator="林", created_at=1, last_at=2, fields=values, seen=seen)
    assert Order.load(order.dump()) == order
    assert Order.load(order.dump()).dump() == order.dump()


LIN: Final = Principal.of("lin", "desk")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Request(Write({"a": 1}), LIN), Request(Write({"a": 2}), LIN), id="another value"),
        pytest.param(
            Request(Write({"a": 1}), LIN), Request(Write({"a": "1"}), LIN), id="a text and a number"
        ),
        pytest.param(Request(Write({"a": 1}), LIN), Request(Write({"a": True}), LIN), id="one and true"),
        pytest.param(Request(Write({"a": None}), LIN), Request(Write({}), LIN), id="emptied and untouched"),
        pytest.param(
            Request(Write({"a": 1}), LIN), Request(Write({"a": 1}), Principal.of("li")), id="another person"
        ),
        pytest.param(
            Request(Write({"a": 1}), LIN), Request(Write({"a": 1}), LIN, "why"), id="another reason"
        ),
        pytest.param(
            Request(Attach("a", "b"), LIN), Request(Attach("a", "b", size=0), LIN), id="no size and none"
        ),
        pytest.param(Request(Attach("ab", "c"), LIN), Request(Attach("a", "bc"), LIN), id="the same letters"),
    ],
)
def test_a_key_is_for_one_request(one: Request, other: Request) -> None:
    assert digest_of(one) != digest_of(other)
    assert digest_of(one) == digest_of(replace(one))


def test_a_request_is_the_same_whatever_order_its_values_came_in() -> None:
    assert digest_of(Request(Write({"a": 1, "b": 2}), LIN)) == digest_of(
        Request(Write({"b": 2, "a": 1}), LIN)
    )
