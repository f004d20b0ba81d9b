"""What a row of history holds: under which role and by which line somebody acted, and what it is bound to."""

from __future__ import annotations

from typing import Any

import pytest

from flowengine import Attach, Choose, Done, Principal, Waive, Write
from flowengine.kernel.commands import Hold, Release
from flowengine.runtime import saving
from flowengine.runtime.chain import GENESIS
from flowengine.runtime.looking import Entry
from tests.runtime.shop import DESK, HOST, MAKER, SHOP, Shop, opened

HOLDING = (
    SHOP.replace("process: shop", "process: holding")
    .replace('"S{yyyy}', '"H{yyyy}')
    .replace(
        "outcomes:\n  cancel:",
        """holds:
  credit: {title: Credit, by: [qa, desk], release: {by: maker}}
outcomes:
  cancel:""",
    )
)
BOTH = Principal.of("bo", "qa", "desk")


def line_of(text: str, process: str = SHOP) -> int:
    """The line of the process file on which something stands."""
    return next(number for number, line in enumerate(process.splitlines(), 1) if text in line)


def entries(shop: Shop, id: int = 1) -> tuple[Entry, ...]:
    return shop.engine.history(id, by=HOST).items


def under(shop: Shop, id: int = 1) -> Any:
    return entries(shop, id)[-1].record.get("under")


def test_each_act_names_its_role_and_its_line(shop: Shop) -> None:
    shop.start("A", by=BOTH)
    assert under(shop) == [{"role": "desk"}], "any role of the process may open an order"
    shop.do(1, Write({"amount": "5"}), by=DESK)
    assert under(shop) == [{"role": "desk", "line": line_of("take: {")}]
    shop.do(1, Done("checked"), by=DESK)
    assert under(shop) == [{"role": "desk", "line": line_of("checked: check")}]
    shop.do(1, Done("priced"), by=Principal.of("qi", "qa"))
    assert under(shop) == [{"role": "qa", "line": line_of("priced: {")}]
    shop.do(1, Choose("spoiled"), by=MAKER)
    assert under(shop) == [{"role": "maker", "line": line_of("spoiled: {")}]


def test_one_command_may_need_two_roles(shop: Shop) -> None:
    shop.start("A")
    shop.do(1, Done("checked"), Done("priced"))
    shop.do(1, Write({"remark": "fine", "amount": "7"}), by=Principal.of("mo", "maker", "desk"))
    assert under(shop) == [
        {"role": "maker", "line": line_of("remark: note")},
        {"role": "maker", "line": line_of("owner: maker") - 1},
    ]


def test_the_host_needs_no_role(shop: Shop) -> None:
    shop.start("A", by=HOST)
    assert under(shop) is None
    shop.do(1, Done("checked"), by=HOST)
    assert under(shop) is None
    assert entries(shop)[-1].actor == "system"


def test_a_refused_command_leaves_nothing(shop: Shop) -> None:
    shop.start("A")
    assert not shop.engine.do(1, Attach("remark", "x"), by=DESK).ok
    assert not shop.engine.do(1, Waive("checked"), by=DESK).ok
    assert len(entries(shop)) == 1


def test_holds_are_placed_and_lifted_under_their_own_lines() -> None:
    with opened(HOLDING) as shop:
        shop.start("A", process="holding")
        line = line_of("credit: {", HOLDING)
        shop.do(1, Hold("credit"), by=BOTH)
        assert under(shop) == [{"role": "qa", "line": line}], "the first of the roles that may"
        shop.do(1, Release("credit"), by=MAKER)
        assert under(shop) == [{"role": "maker", "line": line}]


def test_each_row_tells_what_it_is_bound_to(shop: Shop) -> None:
    shop.start("A")
    shop.engine.do(1, Done("checked"), by=DESK, key="k/1").or_raise()
    shop.do(1, Done("priced"), by=DESK)
    told = entries(shop)
    assert [entry.previous for entry in told] == [GENESIS, *(entry.hash for entry in told[:-1])]
    assert [entry.key for entry in told] == [None, "k/1", None]
    (last,) = shop.engine.history(1, by=HOST, after=2).items
    assert last == told[-1], "whatever page it stands on"
    assert shop.engine.history(1, by=HOST, after=3).items == ()


def test_rows_written_before_roles_were_kept_stay_sound(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are hashed as they stand; the rows after them are bound to them like to any other."""
    record = saving._record
    with monkeypatch.context() as before:
        before.setattr(saving, "_record", lambda *of: {k: v for k, v in record(*of).items() if k != "under"})
        shop.start("A")
        shop.do(1, Done("checked"), by=DESK)
    shop.do(1, Write({"amount": "5"}), by=DESK)
    assert ["under" in entry.record for entry in entries(shop)] == [False, False, True]
    assert shop.engine.verify([shop.engine.checkpoint().line()]).problems == ()
