"""An order that cannot be decided is put aside with its reason, asked again later, and stops no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from flowengine.errors import NotAllowed, NotFound, WrongInput
from flowengine.kernel.commands import Done, Write
from flowengine.runtime import ticking
from tests.kernel.desk import DAY, HOUR, MINUTE
from tests.runtime.shop import DESK, HOST, MAKER, NOBODY, SHOP, STRANGER, Shop

MISTAKE = "ValueError: a mistake of ours"
Poison = Callable[..., None]


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Poison:
    """Makes orders that no tick can decide, by their ids; without ids it makes all of them sound again."""
    sound = ticking.decide
    sick: set[str] = set()

    def decide(plan: Any, order: Any, *rest: Any, **more: Any) -> Any:
        if order.number in sick:
            raise ValueError("a mistake of ours")
        return sound(plan, order, *rest, **more)

    def poison(*ids: int) -> None:
        sick.clear()
        sick.update(f"S202605-{id:03}" for id in ids)

    monkeypatch.setattr(ticking, "decide", decide)
    return poison


def parked(shop: Shop, **more: Any) -> list[int]:
    return [view.row.id for view in shop.engine.orders(by=HOST, parked=True, **more).items]


def test_one_among_hundreds_is_parked_and_all_others_become_late_in_one_tick(
    shop: Shop, poison: Poison
) -> None:
    with shop.engine.batch() as batch:
        for n in range(300):
            batch.start("shop", {"ref": str(n)}, by=DESK)
    poison(150)
    shop.clock.now += DAY + 1
    ticked = shop.engine.tick(limit=10_000)
    assert (ticked.orders, ticked.late, ticked.failed) == (300, 299, 1)
    assert (ticked.next_at, ticked.more_is_due) == (shop.clock.now + MINUTE, False)
    assert parked(shop) == [150]
    assert shop.engine.verify().problems == (), "a parked order is a sound one"


@pytest.fixture
def sick(shop: Shop, poison: Poison) -> int:
    """An order that has been parked."""
    id = shop.start("A").order_id
    poison(id)
    shop.wait(DAY + 1)
    return id


def test_a_parked_order_says_why_and_when_it_is_asked_again(shop: Shop, sick: int) -> None:
    row = shop.engine.order(sick, by=DESK).row
    assert (row.failures, row.failure, row.wake_at) == (1, MISTAKE, shop.clock.now + MINUTE)
    assert (row.revision, row.late, row.stage) == (1, False, "take"), "nothing has happened to it"
    assert len(shop.engine.history(sick, by=DESK).items) == 1


def test_it_is_asked_later_and_later_and_at_least_once_a_day(shop: Shop, sick: int) -> None:
    waits = []
    for _ in range(14):
        wake_at = shop.engine.order(sick, by=HOST).row.wake_at or 0
        waits.append(wake_at - shop.clock.now)
        shop.clock.now = wake_at - 1
        assert shop.engine.tick().orders == 0
        shop.clock.now = wake_at
        assert shop.engine.tick().failed == 1
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert waits[-2:] == [DAY, DAY]
    assert shop.engine.order(sick, by=HOST).row.failures == 15
    assert shop.engine.verify().problems == ()


def test_when_what_was_wrong_is_mended_it_goes_on_by_itself(shop: Shop, sick: int, poison: Poison) -> None:
    poison()
    assert shop.engine.tick().orders == 0
    shop.wait(MINUTE)
    row = shop.engine.order(sick, by=HOST).row
    assert (row.failures, row.failure, row.late) == (0, None, True)
    assert parked(shop) == []


def test_a_release_lets_the_next_tick_decide(shop: Shop, sick: int, poison: Poison) -> None:
    poison()
    due = shop.engine.order(sick, by=HOST).row.due_at
    assert shop.engine.release(sick, by=DESK)
    row = shop.engine.order(sick, by=HOST).row
    assert (row.failures, row.failure, row.wake_at) == (0, None, (due or 0) + 1)
    assert shop.engine.verify().problems == ()
    assert shop.engine.tick().late == 1
    assert not shop.engine.release(sick, by=DESK), "it is not parked any more"


def test_what_is_released_too_early_is_parked_anew(shop: Shop, sick: int) -> None:
    shop.wait(MINUTE)
    assert shop.engine.release(sick, by=HOST)
    assert shop.engine.tick().failed == 1
    assert shop.engine.order(sick, by=HOST).row.failures == 1


REFUSED: dict[str, tuple[Callable[[Shop, int], object], type[Exception]]] = {
    "by a stranger": (lambda shop, id: shop.engine.release(id, by=STRANGER), NotAllowed),
    "by nobody": (lambda shop, id: shop.engine.release(id, by=NOBODY), NotAllowed),
    "of nothing": (lambda shop, id: shop.engine.release(77, by=DESK), NotFound),
    "of what is no id": (lambda shop, id: shop.engine.release(0, by=DESK), WrongInput),
}


@pytest.mark.parametrize(("release", "error"), REFUSED.values(), ids=REFUSED)
def test_a_release_is_refused(
    shop: Shop, sick: int, release: Callable[[Shop, int], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        release(shop, sick)
    assert parked(shop) == [sick]


def test_a_release_of_what_is_not_parked_changes_nothing(shop: Shop) -> None:
    before = shop.engine.order(shop.start("A").order_id, by=HOST)
    assert not shop.engine.release(1, by=DESK)
    assert shop.engine.order(1, by=HOST).row == before.row


def test_people_go_on_with_a_parked_order_and_it_is_parked_no_more(shop: Shop, sick: int) -> None:
    """Their command plays time too; where it can be decided, so can the tick."""
    assert shop.engine.explain(sick, by=DESK)[1].blockers
    assert shop.engine.do(sick, Done("checked"), by=DESK).ok
    assert parked(shop) == []
    assert shop.engine.order(sick, by=DESK).row.late


def test_a_refused_command_leaves_it_parked(shop: Shop, sick: int) -> None:
    assert not shop.engine.do(sick, Done("nonsense"), by=DESK).ok
    assert not shop.engine.do(sick, Done("checked"), by=MAKER).ok
    assert parked(shop) == [sick]


def test_parked_orders_are_listed_page_by_page_among_all_others(shop: Shop, poison: Poison) -> None:
    shop.deploy(SHOP.replace("process: shop", "process: outlet"))
    ids = [shop.start(str(n)).order_id for n in range(6)]
    elsewhere = shop.start("A", process="outlet").order_id
    poison(2, 3, 4, 6)
    shop.wait(DAY + 1)
    shop.do(ids[1], Write({"amount": 5}))
    assert parked(shop) == [ids[2], ids[3], ids[5]]
    first = shop.engine.orders(by=DESK, parked=True, limit=2)
    assert [view.row.id for view in first.items] == [ids[2], ids[3]]
    assert parked(shop, after=first.after) == [ids[5]]
    assert parked(shop, process="outlet") == []
    assert parked(shop, late=True) == [ids[2], ids[3], ids[5]]
    assert elsewhere not in parked(shop)
    assert not shop.engine.orders(by=STRANGER, parked=True).items


def test_a_parked_order_is_late_and_waits_for_people_all_the_same(shop: Shop, sick: int) -> None:
    """Lateness is a comparison with the due instant, and work follows from the state."""
    assert [view.row.id for view in shop.engine.orders(by=DESK, late=True).items] == [sick]
    assert {task.key for task in shop.engine.work(by=DESK).items} == {"checked", "priced"}


def test_a_reason_beyond_measure_is_cut(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def decide(*_: object, **__: object) -> None:
        raise ValueError("x" * 10_000)

    shop.start("A")
    monkeypatch.setattr(ticking, "decide", decide)
    shop.wait(DAY + 1)
    assert len(shop.engine.order(1, by=HOST).row.failure or "") == 500


@pytest.mark.parametrize("said", ["a\x00b", "\ud800", "说不清"], ids=["nul", "half a character", "chinese"])
def test_a_reason_that_no_database_can_hold_parks_too(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """What an error says may come out of the data of the order."""

    def decide(*_: object, **__: object) -> None:
        raise ValueError(said)

    shop.start("A")
    monkeypatch.setattr(ticking, "decide", decide)
    shop.wait(DAY + 1)
    assert shop.engine.order(1, by=HOST).row.failures == 1


def test_a_poisonous_order_does_not_keep_its_place_at_the_head(shop: Shop, poison: Poison) -> None:
    """Even where a tick takes one order only, those behind it have their turn."""
    ids = [shop.start(str(n)).order_id for n in range(3)]
    poison(ids[0])
    shop.clock.now += DAY + HOUR
    assert [(each.late, each.failed) for each in (shop.engine.tick(limit=1) for _ in range(4))] == [
        (0, 1),
        (1, 0),
        (1, 0),
        (0, 0),
    ]
