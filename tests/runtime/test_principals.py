"""Who sees what: without a role of its process an order might as well not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from flowengine import Principal
from flowengine.errors import NotAllowed, NotFound, WrongInput
from flowengine.kernel.commands import Choose, Create, Done, PassTime, Reassign, Write
from flowengine.texts import LANGUAGES, say
from tests.kernel.desk import DAY
from tests.runtime.shop import DESK, HOST, MAKER, NOBODY, QA, SHOP, STRANGER, Shop

OUTLET = SHOP.replace("process: shop", "process: outlet").replace("qa", "clerk")
CLERK = Principal.of("cleo", "clerk")
BOTH = Principal.of("bea", "qa", "clerk")


@pytest.fixture
def id(shop: Shop) -> int:
    """An order in which something has happened: work waits, messages were left, it is late."""
    order = shop.start("A", day="2026-05-13").order_id
    shop.do(order, Done("checked"), Done("priced"), Choose("spoiled"))
    shop.wait(3 * DAY)
    return order


WITHOUT_ROLE = pytest.mark.parametrize("who", [STRANGER, NOBODY], ids=["another role", "no role"])

EMPTY: dict[str, Callable[[Shop, Principal], Any]] = {
    "orders": lambda shop, who: shop.engine.orders(by=who).items,
    "late orders": lambda shop, who: shop.engine.orders(by=who, late=True).items,
    "orders of the process": lambda shop, who: shop.engine.orders(by=who, process="shop").items,
    "orders of a stage": lambda shop, who: shop.engine.orders(by=who, stage="take").items,
    "work": lambda shop, who: shop.engine.work(by=who).items,
    "messages": lambda shop, who: shop.engine.messages(by=who).items,
    "counts": lambda shop, who: shop.engine.stages(by=who),
}
CLOSED: dict[str, Callable[[Shop, int, Principal], Any]] = {
    "the order": lambda shop, id, who: shop.engine.order(id, by=who),
    "its explanation": lambda shop, id, who: shop.engine.explain(id, by=who),
    "its history": lambda shop, id, who: shop.engine.history(id, by=who),
    "a preview": lambda shop, id, who: shop.engine.preview(id, Done("checked"), by=who),
    "the plan": lambda shop, id, who: shop.engine.plan("shop", by=who),
}


@WITHOUT_ROLE
@pytest.mark.parametrize("ask", EMPTY.values(), ids=EMPTY)
def test_lists_are_empty_for_whoever_holds_no_role(
    shop: Shop, id: int, who: Principal, ask: Callable[[Shop, Principal], Any]
) -> None:
    assert not ask(shop, who)
    assert ask(shop, DESK), "there is something to see"


@WITHOUT_ROLE
@pytest.mark.parametrize("ask", CLOSED.values(), ids=CLOSED)
def test_a_guessed_id_shows_nothing_and_the_refusal_neither(
    shop: Shop, id: int, who: Principal, ask: Callable[[Shop, int, Principal], Any]
) -> None:
    with pytest.raises(NotAllowed) as refused:
        ask(shop, id, who)
    assert shop.engine.order(id, by=HOST).row.number not in str(refused.value)
    ask(shop, id, DESK)


@WITHOUT_ROLE
def test_a_number_that_somebody_else_may_see_is_not_found(shop: Shop, id: int, who: Principal) -> None:
    with pytest.raises(NotFound):
        shop.engine.order("S202605-001", by=who)


@WITHOUT_ROLE
def test_a_command_on_a_guessed_id_tells_nothing_of_the_order(shop: Shop, id: int, who: Principal) -> None:
    shop.engine.do(id, Write({"amount": 5}), by=DESK, key="k1").or_raise()
    for command in (Done("checked"), Done("nonsense"), Choose("cancel"), Write({"amount": 7}), PassTime()):
        for more in ({}, {"expect": 1}, {"key": "k1"}):
            result = shop.engine.do(id, command, by=who, reason="let me in", **more)
            assert [blocker.code for blocker in result.blockers] == ["stranger"]
            assert (result.number, result.stage, result.status, result.revision) == ("", "", "", 0)


@WITHOUT_ROLE
def test_an_order_known_outside_is_not_given_away_by_opening_it_again(
    shop: Shop, id: int, who: Principal
) -> None:
    result = shop.engine.start("shop", {"ref": "A"}, by=who)
    assert [blocker.code for blocker in result.blockers] == ["stranger"]
    assert (result.order_id, result.number, result.stage) == (0, "", "")


@WITHOUT_ROLE
def test_nothing_can_be_opened_or_imported(shop: Shop, who: Principal) -> None:
    assert not shop.engine.start("shop", {"ref": "B"}, by=who).ok
    (imported,) = shop.engine.import_orders("shop", [(1, {"ref": "B"})], by=who)
    assert imported.outcome == "refused"
    assert not shop.engine.orders(by=HOST).items


@pytest.mark.parametrize("who", [DESK, MAKER, QA], ids=lambda who: who.id)
def test_any_role_of_the_process_sees_all_of_its_orders(shop: Shop, id: int, who: Principal) -> None:
    assert [view.row.id for view in shop.engine.orders(by=who).items] == [id]
    assert shop.engine.history(id, by=who).items


def test_work_and_messages_are_for_the_roles_somebody_holds(shop: Shop, id: int) -> None:
    def seen(who: Principal) -> tuple[set[str], set[str]]:
        work, messages = shop.engine.work(by=who).items, shop.engine.messages(by=who).items
        return {f"{item.role} {item.key}" for item in work}, {
            f"{note.role} {note.about}" for note in messages
        }

    assert seen(QA) == ({"qa priced"}, {"qa make.spoiled"})
    assert seen(DESK) == ({"desk checked", "desk priced"}, {"desk make.spoiled", "desk late"})
    assert seen(MAKER) == (set(), set())
    assert seen(HOST) == (seen(QA)[0] | seen(DESK)[0], seen(QA)[1] | seen(DESK)[1])


def test_a_role_of_one_process_shows_nothing_of_another(shop: Shop, id: int) -> None:
    shop.deploy(OUTLET)
    there = shop.start("A", process="outlet").order_id
    shop.do(there, Done("checked"), Done("priced"), Choose("spoiled"))
    assert [view.row.id for view in shop.engine.orders(by=CLERK).items] == [there]
    assert [view.row.id for view in shop.engine.orders(by=QA).items] == [id]
    assert [view.row.id for view in shop.engine.orders(by=BOTH).items] == [id, there]
    assert {count.process for count in shop.engine.stages(by=CLERK)} == {"outlet"}
    assert {item.order_id for item in shop.engine.work(by=CLERK).items} == {there}
    assert {message.order_id for message in shop.engine.messages(by=CLERK).items} == {there}
    with pytest.raises(NotAllowed):
        shop.engine.order(id, by=CLERK)
    assert shop.engine.order("S202605-001", by=CLERK).row.id == there  # the other of that number is not his


def test_a_role_that_only_an_older_definition_knows_sees_the_orders_of_that_one(shop: Shop, id: int) -> None:
    shop.deploy(SHOP.replace('version: "1"', 'version: "2"').replace("qa", "tester"))
    new = shop.start("B").order_id
    assert [view.row.id for view in shop.engine.orders(by=QA).items] == [id]
    with pytest.raises(NotAllowed):
        shop.engine.order(new, by=QA)
    with pytest.raises(NotAllowed):
        shop.engine.plan("shop", by=QA)


def test_the_host_sees_and_may_do_everything(shop: Shop, id: int) -> None:
    assert shop.engine.order(id, by=HOST).row.id == id
    assert shop.engine.do(id, Done("checked"), by=HOST).ok


def test_what_the_host_did_stands_in_history_under_its_reason(shop: Shop) -> None:
    id = shop.engine.start("shop", {"ref": "A"}, by=Principal.system("nightly import")).order_id
    (entry,) = shop.engine.history(id, by=DESK).items
    assert (entry.actor, entry.record["name"]) == ("system", "nightly import")


def test_a_person_called_system_is_a_person(shop: Shop, id: int) -> None:
    with pytest.raises(NotAllowed):
        shop.engine.order(id, by=Principal.of("system", "system", "root"))


def test_who_why_when_and_under_which_roles_stands_in_history(shop: Shop) -> None:
    id = shop.start("A").order_id
    shop.wait(DAY // 2)
    shop.engine.do(
        id, Choose("cancel"), by=Principal.of("bea", "qa", "desk", name="Bea"), reason="no money 没钱"
    )
    entry = shop.engine.history(id, by=DESK).items[-1]
    record = entry.record
    assert (entry.actor, entry.at, record["name"], record["reason"]) == (
        "bea",
        shop.clock.now,
        "Bea",
        "no money 没钱",
    )
    assert (record["roles"], record["process"]) == (["desk", "qa"], "shop@1")
    assert record["do"] == {"verb": "outcome", "outcome": "cancel"}


def test_no_command_opens_an_order_a_second_time(shop: Shop, id: int) -> None:
    for ask in (shop.engine.do, shop.engine.preview):
        with pytest.raises(WrongInput, match="`start`"):
            ask(id, Create({"ref": "B"}), by=HOST)
    assert shop.engine.order(id, by=HOST).order.fields["ref"] == "A"


@pytest.mark.parametrize(
    "who", ["a\0b", "a\x07b", "x" * 201, "time", "system", "@dora", "\udcff", " dora", "Zoe\u0308"]
)
def test_work_is_passed_to_nobody_who_cannot_act(shop: Shop, id: int, who: str) -> None:
    with pytest.raises(WrongInput):
        shop.engine.do(id, Reassign("checked", who), by=HOST, reason="x")


@pytest.mark.parametrize(
    "id", ["Zoe\u0308", " zoë", "zoë\u3000", "zo\u200bë", "zoë\n", "zoë\u00ad", "\u212bsa", "e\u0301"]
)
def test_nobody_acts_under_another_form_of_an_id(shop: Shop, id: str) -> None:
    """Who has signed as “Zoë” would sign once more in other signs that look the same."""
    asked: tuple[Callable[[Principal], object], ...] = (
        lambda who: shop.engine.start("shop", {"ref": "B"}, by=who),
        lambda who: shop.engine.do(1, Done("checked"), by=who),
        lambda who: shop.engine.waiting_events(by=who),
    )
    for ask in asked:
        with pytest.raises(WrongInput) as refused:
            ask(Principal.of(id, "desk"))
        words = [say(refused.value.key, lang, refused.value.params) for lang in LANGUAGES]
        assert str(refused.value) == words[0]
        assert all(ascii(id) in said for said in words)
    assert shop.engine.start("shop", {"ref": "B"}, by=Principal.of("张伟（采购）", "desk")).ok
    assert shop.engine.start("shop", {"ref": "C"}, by=Principal.of("Zoë", "desk")).ok


def test_the_keys_of_answers_to_links_are_for_nobody_else(shop: Shop, id: int) -> None:
    with pytest.raises(WrongInput, match="link/"):
        shop.engine.do(id, Write({"n": 1}), by=DESK, key="link/abc")
