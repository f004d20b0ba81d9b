"""Once is enough: a key, or the same order outside, gives the first answer again and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from flowengine import Principal
from flowengine.errors import KeyReused, NotFound
from flowengine.kernel.commands import Choose, Command, Done, Write
from tests.kernel.desk import DAY
from tests.runtime.shop import DESK, HOST, MAKER, QA, SHOP, Shop


def revision(shop: Shop, id: int) -> int:
    return shop.engine.order(id, by=HOST).row.revision


def test_a_command_under_the_same_key_is_carried_out_once(shop: Shop) -> None:
    id = shop.start().order_id
    first = shop.engine.do(id, Done("checked"), by=DESK, key="k1")
    again = shop.engine.do(id, Done("checked"), by=DESK, key="k1")
    assert (again.repeated, first.repeated) == (True, False)
    assert (again.order_id, again.number, again.revision, again.stage, again.status, again.blockers) == (
        first.order_id, first.number, first.revision, first.stage, first.status, (),
    )  # fmt: skip
    assert revision(shop, id) == 2


def test_the_first_answer_stays_the_answer_however_far_the_order_has_gone(shop: Shop) -> None:
    id = shop.start().order_id
    first = shop.engine.do(id, Done("checked"), by=DESK, key="k1")
    shop.do(id, Done("priced"), Choose("cancel"))
    shop.wait(9 * DAY)
    again = shop.engine.do(id, Done("checked"), by=DESK, key="k1")
    assert (again.revision, again.stage, again.status) == (first.revision, "take", "open")


def test_the_answer_is_the_same_after_a_new_definition_and_a_new_start(shop: Shop) -> None:
    first = shop.engine.start("shop", {"ref": "A"}, by=DESK, key="s1")
    shop.deploy(SHOP.replace('version: "1"', 'version: "2"'))
    again = shop.engine.start("shop", {"ref": "A"}, by=DESK, key="s1")
    assert (again.order_id, again.repeated) == (first.order_id, True)


OTHER: dict[str, dict[str, Any]] = {
    "another command": {"command": Done("priced")},
    "the same need in another way": {"command": Write({"amount": 5})},
    "another person": {"by": Principal.of("eve", "desk")},
    "another reason": {"reason": "I changed my mind"},
}


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER)
def test_a_key_belongs_to_one_command_of_one_person(shop: Shop, other: dict[str, Any]) -> None:
    id = shop.start().order_id
    asked: dict[str, Any] = {"command": Done("checked"), "by": DESK, "reason": ""}
    shop.engine.do(id, **asked, key="k1")
    with pytest.raises(KeyReused, match="'k1'"):
        shop.engine.do(id, **(asked | other), key="k1")
    assert revision(shop, id) == 2


def test_a_refused_command_leaves_its_key_free(shop: Shop) -> None:
    id = shop.start().order_id
    assert shop.engine.do(id, Done("nonsense"), by=DESK, key="k1").blockers
    assert shop.engine.do(id, Done("checked"), by=DESK, key="k1").ok


def test_keys_of_two_orders_have_nothing_to_do_with_each_other(shop: Shop) -> None:
    a, b = shop.start("A").order_id, shop.start("B").order_id
    assert not shop.engine.do(a, Done("checked"), by=DESK, key="k1").repeated
    assert not shop.engine.do(b, Done("priced"), by=QA, key="k1").repeated


def test_without_a_key_a_command_is_a_new_one(shop: Shop) -> None:
    id = shop.start().order_id
    assert shop.engine.do(id, Write({"amount": 5}), by=DESK).revision == 2
    assert shop.engine.do(id, Write({"amount": 5}), by=DESK).revision == 3


def test_a_key_of_an_opening_is_no_key_for_a_command(shop: Shop) -> None:
    id = shop.engine.start("shop", {"ref": "A"}, by=DESK, key="k1").order_id
    with pytest.raises(KeyReused):
        shop.engine.do(id, Done("checked"), by=DESK, key="k1")


def test_the_same_order_outside_is_the_same_order_here(shop: Shop) -> None:
    first = shop.start("A", amount=5)
    again = shop.engine.start("shop", {"ref": " A ", "amount": 9}, by=MAKER)
    assert (again.repeated, again.order_id, again.number) == (True, first.order_id, first.number)
    assert shop.engine.order(first.order_id, by=HOST).order.fields["amount"] == "5"
    assert revision(shop, first.order_id) == 1


def test_the_same_order_outside_stays_the_same_after_it_has_ended(shop: Shop) -> None:
    id = shop.start("A").order_id
    shop.do(id, Choose("cancel"))
    assert shop.engine.start("shop", {"ref": "A"}, by=DESK).order_id == id


def test_identity_is_by_value_and_not_by_how_it_is_written(shop: Shop) -> None:
    numbered = """
flowengine: 1
process: numbered
version: "1"
owner: desk
order:
  unique: [shop, no, day]
  fields:
    shop: {type: text, required: true}
    no: {type: integer, required: true}
    day: {type: date, required: true}
roles: {desk: {}}
stages: {one: {owner: desk, needs: {a: check}, next: closed}}
"""
    shop.deploy(numbered)

    def start(shop_name: str, no: object, day: str) -> int:
        return (
            shop.engine.start("numbered", {"shop": shop_name, "no": no, "day": day}, by=DESK)
            .or_raise()
            .order_id
        )

    first = start("a", "1,000", "2026/5/1")
    assert start("a", 1000, "2026-05-01") == first
    assert start("a", "1000.0", "2026-05-01") == first
    assert (
        len(
            {
                first,
                start("A", 1000, "2026-05-01"),
                start("a,", 1000, "2026-05-01"),
                start("a", 1, "2026-05-01"),
            }
        )
        == 4
    )


def test_an_opening_that_was_refused_leaves_identity_and_key_free(shop: Shop) -> None:
    assert not shop.engine.start("shop", {"ref": "A", "amount": "much"}, by=DESK, key="s1").ok
    assert not shop.engine.start("shop", {"ref": "A", "amount": 5}, by=DESK, key="s1").repeated


def test_the_key_of_an_opening_is_asked_before_the_identity(shop: Shop) -> None:
    first = shop.engine.start("shop", {"ref": "A"}, by=DESK, key="s1")
    assert shop.engine.start("shop", {"ref": "A"}, by=DESK, key="s1").order_id == first.order_id
    with pytest.raises(KeyReused):
        shop.engine.start("shop", {"ref": "B"}, by=DESK, key="s1")


def test_the_same_order_under_another_key_is_the_same_order(shop: Shop) -> None:
    first = shop.engine.start("shop", {"ref": "A"}, by=DESK, key="s1")
    again = shop.engine.start("shop", {"ref": "A"}, by=DESK, key="s2")
    assert (again.order_id, again.repeated) == (first.order_id, True)


def test_an_order_that_is_not_there_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFound, match="no order with id 7"):
        shop.engine.do(7, Done("checked"), by=DESK)


EXPECTED: dict[str, tuple[int, list[str]]] = {
    "what was looked at": (1, []),
    "what was there before": (0, ["changed_meanwhile"]),
    "what is not there yet": (2, ["changed_meanwhile"]),
}


@pytest.mark.parametrize(("expect", "codes"), EXPECTED.values(), ids=EXPECTED)
def test_a_command_may_say_which_revision_it_looked_at(shop: Shop, expect: int, codes: list[str]) -> None:
    id = shop.start().order_id
    result = shop.engine.do(id, Done("checked"), by=DESK, expect=expect)
    assert [blocker.code for blocker in result.blockers] == codes
    assert revision(shop, id) == (1 if codes else 2)


def test_a_repeated_key_is_answered_whatever_revision_was_expected(shop: Shop) -> None:
    id = shop.start().order_id
    for _ in range(2):
        assert shop.engine.do(id, Done("checked"), by=DESK, key="k1", expect=1).ok


def test_a_preview_is_what_would_be_decided_and_saves_nothing(shop: Shop) -> None:
    id = shop.start().order_id
    commands: tuple[Command, ...] = (Done("checked"), Done("nonsense"), Choose("cancel"))
    for command in commands:
        for wait in (0, 2 * DAY):
            shop.wait(wait, tick=False)
            preview = shop.engine.preview(id, command, by=DESK, reason="x")
            assert revision(shop, id) == 1
            assert preview == shop.engine.preview(id, command, by=DESK, reason="x")
    done = shop.engine.do(id, Choose("cancel"), by=DESK, reason="x")
    assert (done.events, done.blockers) == (preview.events, preview.blockers)
