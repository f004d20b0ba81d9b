"""Links for customers: one answer each, to one asking of one need; then they say what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from flowengine import (
    Choose,
    Confirm,
    Done,
    Hold,
    NotAllowed,
    NotFound,
    Principal,
    Release,
    Waive,
    Write,
    WrongInput,
)
from flowengine.kernel.commands import Invite
from flowengine.runtime.links import DAY, FORTNIGHT, LONGEST, hash_of
from tests.runtime.shop import DESK, MAKER, STRANGER, Shop, opened

SALE: Final = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {}, maker: {}}
order:
  fields:
    ref: text
    amount: {type: money, currency: CNY, default: 5, title: {en: Amount, zh: 金额}}
    margin: {type: integer, default: 40}
    score: {type: integer, max: 100}
stages:
  review:
    owner: desk
    needs:
      agreed: {confirm: customer, covers: amount, asks: score, waive: desk}
      checked: {confirm: maker}
    outcomes: {again: {to: review}}
  hand: {owner: maker, needs: {handed: check, seen: confirm}, next: closed}
holds: {waits: {by: desk, release: {by: desk, needs: {thought: confirm}}}}
"""


@pytest.fixture
def sale(on_both: str) -> Any:
    with opened(SALE) as shop:
        shop.start(process="sale")
        yield shop


def token_of(shop: Shop, need: str = "agreed", **words: Any) -> str:
    made = shop.engine.link(1, need, by=DESK, **words)
    assert made.link is not None, made.result.blockers
    return made.token


def test_a_link_asks_what_its_need_covers_and_asks_and_nothing_else(sale: Shop) -> None:
    asked = sale.engine.asked(token_of(sale))
    assert asked.is_open
    assert asked.need is not None
    assert (asked.need.name, asked.covers, asked.asks) == ("agreed", {"amount": "5"}, {"score": None})


def test_an_answer_is_that_of_the_customer_and_history_knows_by_which_link(sale: Shop) -> None:
    made = sale.engine.link(1, "agreed", by=DESK)
    assert made.link is not None
    assert sale.engine.answer(made.token, values={"score": "90"}).ok
    entry = sale.engine.history(1, by=DESK).items[-1]
    assert (entry.actor, entry.record["proof"]) == ("customer", f"link {made.link.id}")
    assert entry.record["under"][0]["role"] == "customer"
    assert sale.engine.order(1, by=DESK).order.fields["score"] == 90


def test_the_token_is_kept_nowhere(sale: Shop) -> None:
    token = token_of(sale)
    sale.engine.answer(token, values={"score": "90"})
    kept = [json.dumps(entry.record) + str(entry) for entry in sale.engine.history(1, by=DESK).items]
    kept += [repr(sale.engine.links(1, by=DESK)), repr(sale.engine.order(1, by=DESK).row)]
    assert not [each for each in kept if token in each]
    assert len(token) == 22  # 128 bits in base64


NO_MORE: Final[dict[str, tuple[Callable[[Shop], Any], str]]] = {
    "it was taken back": (
        lambda shop: shop.engine.revoke_link(1, shop.engine.links(1, by=DESK)[0].id, by=DESK),
        "revoked",
    ),
    "its time is over": (lambda shop: shop.wait(FORTNIGHT + 1), "expired"),
    "somebody did without it": (lambda shop: shop.do(1, Waive("agreed"), by=DESK), "answered"),
    "the customer confirmed another way": (
        lambda shop: shop.do(1, Confirm("agreed", {"score": 1})),
        "answered",
    ),
    "the order went on": (
        lambda shop: shop.do(1, Confirm("agreed", {"score": 1}), Confirm("checked")),
        "gone",
    ),
    "a new visit began": (lambda shop: shop.do(1, Choose("again")), "gone"),
    "the order ended": (
        lambda shop: shop.do(
            1, Confirm("agreed", {"score": 1}), Confirm("checked"), Done("handed"), Confirm("seen")
        ),
        "ended",
    ),
}


@pytest.mark.parametrize(("happens", "state"), NO_MORE.values(), ids=NO_MORE)
def test_where_there_is_nothing_more_to_answer_it_says_why(
    sale: Shop, happens: Callable[[Shop], Any], state: str
) -> None:
    token = token_of(sale)
    happens(sale)
    before = sale.engine.order(1, by=DESK).row
    assert sale.engine.asked(token).state == state
    answer = sale.engine.answer(token, values={"score": "90"})
    assert (answer.ok, answer.asked.state, answer.asked.need) == (False, state, None)
    assert sale.engine.order(1, by=DESK).row == before


def test_a_link_is_good_up_to_its_last_millisecond(sale: Shop) -> None:
    token = token_of(sale, expires=DAY)
    sale.wait(DAY)
    assert sale.engine.asked(token).is_open
    sale.wait(1)
    assert sale.engine.asked(token).state == "expired"


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "\ud800", "x" * 100_000])
def test_a_token_that_nobody_was_handed_is_unknown(sale: Shop, token: str) -> None:
    token_of(sale)
    assert sale.engine.asked(token).state == "unknown"
    assert sale.engine.answer(token).asked.state == "unknown"


def test_a_second_answer_finds_the_first(sale: Shop) -> None:
    token = token_of(sale)
    assert sale.engine.answer(token, values={"score": "90"}).ok
    before = sale.engine.order(1, by=DESK).row
    again = sale.engine.answer(token, agrees=False, reason="no")
    assert (again.ok, again.asked.state) == (False, "answered")
    assert sale.engine.order(1, by=DESK).row == before


def test_what_does_not_fit_can_be_mended(sale: Shop) -> None:
    token = token_of(sale)
    for values, code in (
        ({"score": "101"}, "wrong_value"),
        ({}, "missing_fields"),
        ({"margin": "1"}, "not_asked_with_it"),
    ):
        refused = sale.engine.answer(token, values=values).result
        assert refused is not None
        assert refused.blockers[0].code == code
    assert sale.engine.answer(token, values={"score": "90"}).ok


def test_nobody_confirms_what_has_changed_since_the_page_was_shown(sale: Shop) -> None:
    token = token_of(sale)
    shown = sale.engine.asked(token).shown
    sale.do(1, Write({"amount": 6}))
    refused = sale.engine.answer(token, values={"score": "90"}, shown=shown).result
    assert refused is not None
    assert [each.code for each in refused.blockers] == ["shown_before"]
    assert sale.engine.answer(token, values={"score": "90"}, shown=sale.engine.asked(token).shown).ok


def test_a_no_uses_the_link_up_and_leaves_the_need_open(sale: Shop) -> None:
    token = token_of(sale)
    without = sale.engine.answer(token, agrees=False).result
    assert without is not None
    assert [each.code for each in without.blockers] == ["reason_missing"]
    assert sale.engine.answer(token, agrees=False, reason="too dear").ok
    assert sale.engine.asked(token).state == "answered"
    assert sale.engine.asked(token_of(sale)).is_open  # another link asks again


def test_a_link_to_what_a_hold_asks_is_good_as_long_as_that_hold_lies(sale: Shop) -> None:
    sale.do(1, Hold("waits"))
    used, unused = (token_of(sale, "thought") for _ in range(2))
    assert sale.engine.answer(used).ok
    sale.do(1, Release("waits"))
    sale.wait(DAY)
    sale.do(1, Hold("waits"))
    assert [sale.engine.asked(token).state for token in (used, unused)] == ["answered", "gone"]
    assert sale.engine.asked(token_of(sale, "thought")).is_open


REFUSED: Final = {
    "a need that is none": ("agred", DESK, "no_such_need"),
    "a need of another kind": ("handed", DESK, "no_such_need"),
    "a confirmation by people inside": ("checked", DESK, "no_outsider"),
    "somebody who is not accountable": ("agreed", MAKER, "not_yours"),
    "a stranger": ("agreed", STRANGER, "stranger"),
}


@pytest.mark.parametrize(("need", "who", "code"), REFUSED.values(), ids=REFUSED)
def test_a_link_that_cannot_be_made(sale: Shop, need: str, who: Any, code: str) -> None:
    made = sale.engine.link(1, need, by=who)
    assert ([each.code for each in made.result.blockers], made.link, made.token) == ([code], None, "")
    assert sale.engine.links(1, by=DESK) == ()


@pytest.mark.parametrize("expires", [0, -1, LONGEST + 1, True, 1.5])
def test_a_time_that_is_none_is_refused(sale: Shop, expires: Any) -> None:
    with pytest.raises(WrongInput, match="a link is good for"):
        sale.engine.link(1, "agreed", by=DESK, expires=expires)


def test_links_are_listed_for_those_whom_the_order_concerns(sale: Shop) -> None:
    token = token_of(sale)
    (link,) = sale.engine.links(1, by=MAKER)
    assert (link.hash, link.need, link.made_by) == (hash_of(token), "agreed", DESK.id)
    with pytest.raises(NotAllowed):
        sale.engine.links(1, by=STRANGER)
    with pytest.raises(NotFound):
        sale.engine.links(7, by=DESK)


def test_only_a_link_that_is_good_is_taken_back_and_by_whoever_may_make_one(sale: Shop) -> None:
    made = sale.engine.link(1, "agreed", by=DESK)
    assert made.link is not None
    refused = sale.engine.revoke_link(1, made.link.id, by=MAKER)
    assert [each.code for each in refused.blockers] == ["not_yours"]
    assert sale.engine.asked(made.token).is_open
    assert sale.engine.revoke_link(1, made.link.id, by=DESK, reason="sent to the wrong person").ok
    with pytest.raises(NotFound, match="no link"):
        sale.engine.revoke_link(1, made.link.id, by=DESK)


def test_what_stands_in_history_beside_a_link_is_no_command_of_its_own(sale: Shop) -> None:
    with pytest.raises(WrongInput, match="made with `link`"):
        sale.engine.do(1, Invite("agreed", "f" * 12, 1), by=DESK)


def test_links_work_in_a_batch_and_go_with_it(sale: Shop) -> None:
    tokens = []

    def fail() -> None:
        with sale.engine.batch() as flow:
            tokens.append(flow.link(1, "agreed", by=DESK).token)
            assert flow.asked(tokens[0]).is_open
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert sale.engine.asked(tokens[0]).state == "unknown"


def test_the_orders_that_wait_for_the_customer_are_found(sale: Shop) -> None:
    other = sale.start(process="sale").order_id
    assert [view.row.id for view in sale.engine.orders(by=DESK, awaiting="customer").items] == [1, other]
    sale.do(1, Confirm("agreed", {"score": 1}))
    assert [view.row.id for view in sale.engine.orders(by=DESK, awaiting="customer").items] == [other]
    assert [view.row.id for view in sale.engine.orders(by=DESK, awaiting="maker").items] == [1, other]
    assert sale.engine.orders(by=STRANGER, awaiting="customer").items == ()


def test_how_a_customer_showed_who_they_are_is_a_text_that_can_be_kept(sale: Shop) -> None:
    with pytest.raises(WrongInput, match="proof of the person"):
        sale.engine.do(1, Confirm("agreed"), by=Principal.customer(proof="\x00"))


HOME: Final = """
flowengine: 1
process: home
version: "1"
owner: desk
roles: {desk: {sees: all}}
order:
  fields:
    ref: text
    phone: {type: text, required: true, private: phone}
    address: {type: text, private: address}
stages:
  review: {owner: desk, needs: {right: {confirm: customer, covers: phone, asks: address}}, next: closed}
"""


def test_customers_see_their_own_private_data_in_full_and_no_store_does(on_both: str) -> None:
    with opened(HOME) as shop:
        shop.start(process="home", phone="13812345678")
        assert shop.engine.order(1, by=DESK).order.fields["phone"] == "138****5678"
        token = token_of(shop, "right")
        asked = shop.engine.asked(token)
        assert asked.covers == {"phone": "13812345678"}
        assert shop.engine.answer(token, values={"address": "世纪大道100号"}, shown=asked.shown).ok
        told = [str(each.record) for each in shop.engine.history(1, by=DESK).items]
        with shop.engine.store.reading() as unit:
            kept = [row.record for row in unit.history(1, after=0, limit=99)]
        assert not [each for each in (*told, *kept) if "13812345678" in each or "世纪大道100号" in each]
