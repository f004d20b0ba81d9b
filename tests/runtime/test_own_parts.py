"""Parts with a life of their own: opened any number of times, read by their order, and ended with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from flowengine import Attach, Choose, Done, Hold, Open, Principal, Release, Write
from flowengine.errors import EvaluationFailed
from flowengine.kernel.commands import Command
from tests.kernel.desk import HOUR
from tests.runtime.linked import snapshot
from tests.runtime.shop import HOST, Shop, opened, settle
from tests.storage.racing import at_once

SALE = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {sees: [amount, claims]}, service: {sees: all}, porter: {sees: amount}}
order:
  number: "S{serial:3}"
  fields: {customer: {type: text, private: name}, amount: {type: integer, required: true}}
parts:
  claims:
    title: {zh: 索赔, en: Claims}
    by: service
    at_most: 3
    fields: {claimed: {type: integer, required: true, min: 1}, reason: text}
    stages:
      assess: {owner: service, due: 2d, needs: {report: {file: Report, when: claimed <= claims_of.amount}}}
      pay: {owner: desk, needs: {paid: check}, next: settled}
    outcomes: {refuse: {from: any, by: service, to: refused}}
    ends: {settled: {kind: success}, refused: {kind: failure}, withdrawn: {kind: cancelled}}
    order_ends: withdrawn
  visits:
    stages: {visit: {owner: porter, needs: {made: check}, next: closed}}
    order_ends: keep
stages:
  take: {owner: desk, needs: {taken: check}}
  wait: {owner: desk, needs: {settled_up: {that: not any(claims.open)}, billed: check}, next: closed}
holds: {stopped: {by: desk, pauses: all}}
outcomes:
  cancel: {from: any, by: desk, to: cancelled}
  too_much: {from: any, when: sum(claims.claimed) > 1000, to: cancelled}
rules:
  told: {after: claims.refused, each: true, then: [{notify: desk}]}
  all_told: {after: claims, then: [{notify: service}]}
"""
ANN = Principal.of("ann", "desk", "service")
PETE = Principal.of("pete", "porter")


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(SALE) as shop:
        yield shop


def sale(shop: Shop) -> int:
    """A sale that has been taken."""
    order = shop.engine.start("sale", {"customer": "Li Wei", "amount": 300}, by=ANN).order_id
    do(shop, order, Done("taken"))
    return order


def do(shop: Shop, order: int, *commands: object) -> None:
    """Carry out commands, none of which is refused, and let everybody hear of it."""
    for command in commands:
        shop.engine.do(order, command, by=ANN).or_raise()  # type: ignore[arg-type]
    settle(shop)


def claims(shop: Shop, order: int) -> list[int]:
    return [int(id) for id in snapshot(shop, order).linked["claims"]]


def why(shop: Shop, order: int, command: Open, by: Principal = ANN) -> list[str]:
    return [each.code for each in shop.engine.do(order, command, by=by).blockers]


def test_each_goes_its_own_way_and_the_order_waits_for_all(shop: Shop) -> None:
    order = sale(shop)
    do(shop, order, Open("claims", {"claimed": 100, "reason": "broken"}), Open("claims", {"claimed": "200"}))
    first, second = claims(shop, order)
    assert snapshot(shop, first).number == "S001.claims.1"
    assert snapshot(shop, second).fields == {"claimed": 200}
    do(shop, order, Done("billed"))
    do(shop, first, Attach("report", "r1"), Done("paid"))
    assert snapshot(shop, order).stage == "wait"
    do(shop, second, Choose("refuse"))
    assert snapshot(shop, order).stage == "closed"
    told = [message.about for message in shop.engine.messages(by=HOST).items if message.order_id == order]
    assert told == ["told", "all_told"]


def test_one_that_is_on_its_way_is_waited_for_and_read_already(shop: Shop) -> None:
    order = sale(shop)
    shop.engine.do(order, Open("claims", {"claimed": 100}), by=ANN).or_raise()
    shop.engine.do(order, Done("billed"), by=ANN).or_raise()
    assert snapshot(shop, order).stage == "wait"
    assert [says["stage"] for says in snapshot(shop, order).coming["claims"].values()] == ["assess"]
    settle(shop)
    assert snapshot(shop, order).coming == {}
    assert snapshot(shop, order).stage == "wait"
    shop.engine.do(order, Open("claims", {"claimed": 901}), by=ANN).or_raise()
    assert snapshot(shop, order).stage == "cancelled"


def test_they_end_with_the_order_unless_they_are_to_be_kept(shop: Shop) -> None:
    order = sale(shop)
    do(shop, order, Open("claims", {"claimed": 1}), Open("claims", {"claimed": 2}), Open("visits"))
    do(shop, claims(shop, order)[0], Choose("refuse"))
    shop.engine.do(order, Open("claims", {"claimed": 3}), by=ANN).or_raise()
    do(shop, order, Choose("cancel"))
    assert [snapshot(shop, each).stage for each in claims(shop, order)] == [
        "refused",
        "withdrawn",
        "withdrawn",
    ]
    (visit,) = snapshot(shop, order).linked["visits"]
    assert snapshot(shop, int(visit)).stage == "visit"


def test_they_are_held_with_the_order(shop: Shop) -> None:
    order = sale(shop)
    do(shop, order, Open("claims", {"claimed": 1}), Hold("stopped"))
    (claim,) = claims(shop, order)
    assert list(snapshot(shop, claim).holds) == ["claims_of_held"]
    assert why(shop, order, Open("claims", {"claimed": 2})) == ["on_hold"]
    do(shop, order, Release("stopped"))
    assert snapshot(shop, claim).holds == {}


def test_what_cannot_be_opened_is_refused_with_the_reason(shop: Shop) -> None:
    order = sale(shop)
    assert why(shop, order, Open("claim")) == ["no_own_part"]
    assert why(shop, order, Open("claims")) == ["missing_fields"]
    assert why(shop, order, Open("claims", {"claimed": 0})) == ["wrong_value"]
    assert why(shop, order, Open("claims", {"claimed": 1, "colour": "red"})) == ["no_such_field"]
    assert why(shop, order, Open("claims", {"claimed": 1}), PETE) == ["not_yours"]
    do(shop, order, *[Open("claims", {"claimed": 1})] * 3)
    assert why(shop, order, Open("claims", {"claimed": 1})) == ["parts_enough"]


def test_who_does_not_see_them_learns_nothing_of_them(shop: Shop) -> None:
    order = sale(shop)
    shop.engine.do(order, Open("claims", {"claimed": 123, "reason": "secret"}), by=ANN).or_raise()
    for _ in range(2):
        seen = shop.engine.order(order, by=PETE).order
        assert [
            says["fields"]
            for group in (seen.linked, seen.coming)
            for says in group.get("claims", {}).values()
        ] == [{}]
        assert "secret" not in str(shop.engine.history(order, by=PETE))
        settle(shop)
    (claim,) = claims(shop, order)
    assert shop.engine.order(claim, by=PETE).order.fields == {}
    assert shop.engine.order(claim, by=Principal.of("di", "desk")).order.fields["reason"] == "secret"


def test_where_no_role_lists_a_part_nobody_sees_it_but_for_his_work() -> None:
    roles = "roles: {desk: {sees: amount}, service: {sees: amount}, porter: {sees: amount}}"
    process = "\n".join(roles if line.startswith("roles:") else line for line in SALE.splitlines())
    with opened(process) as shop:
        order = sale(shop)
        do(shop, order, Open("claims", {"claimed": 100, "reason": "secret"}))
        (claim,) = claims(shop, order)
        assert shop.engine.order(claim, by=PETE).order.fields == {}
        assert shop.engine.order(claim, by=Principal.of("di", "desk")).order.fields == {}
        assert shop.engine.order(claim, by=ANN).order.fields == {"claimed": 100}  # her report depends on it
        assert "secret" not in str(shop.engine.history(claim, by=PETE))


def test_of_two_that_are_opened_at_once_each_is_one_of_its_own(shop: Shop) -> None:
    """The order waits for both, whoever opens them from what it said."""
    order = sale(shop)
    opening = partial(shop.engine.do, order, Open("claims", {"claimed": 1}), by=ANN)
    assert [each.ok for each in at_once(opening, opening)] == [True, True]
    at_once(*[lambda: shop.engine.tick().heard] * 2)
    settle(shop)
    do(shop, order, Done("billed"))
    assert sorted(says["number"] for says in snapshot(shop, order).linked["claims"].values()) == [
        "S001.claims.1",
        "S001.claims.2",
    ]
    for claim in claims(shop, order):
        assert snapshot(shop, order).stage == "wait"
        do(shop, claim, Choose("refuse"))
    assert snapshot(shop, order).stage == "closed"


def test_history_gives_the_same_again(shop: Shop) -> None:
    order = sale(shop)
    do(shop, order, Open("claims", {"claimed": 100}), Open("visits"))
    shop.engine.do(order, Open("claims", {"claimed": 1}), by=ANN).or_raise()
    assert shop.engine.verify().problems == ()


CHECKED = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {}}
order:
  fields:
    amount: {type: integer, default: 7}
    items: {type: list, of: {sku: {type: text, required: true}, weight: integer}}
parts:
  checks:
    opens: taken
    each: items
    fields: {sku: {type: text, required: true}}
    stages: {look: {owner: desk, needs: {looked: check}, next: closed}}
  claim:
    fields: {claimed: {type: integer, required: true, max: 9}}
    stages: {assess: {owner: desk, needs: {assessed: check}, next: closed}}
stages:
  take: {owner: desk, needs: {taken: check}}
  wait: {owner: desk, needs: {sound: {that: not any(checks.open)}, billed: check}, next: closed}
outcomes: {complain: {from: any, by: desk, then: [{start: claim, fields: {claimed: amount}}]}}
"""
ITEMS = [{"sku": "a", "weight": 3}, {"sku": "b"}]


def numbers(shop: Shop, order: int, link: str) -> list[str]:
    return sorted(says["number"] for says in snapshot(shop, order).linked.get(link, {}).values())


@pytest.fixture
def checked(shop: Shop) -> int:
    """A sale of two items."""
    shop.deploy(CHECKED.replace('"1"', '"2"'))
    return shop.engine.start("sale", {"items": ITEMS}, by=ANN).order_id


def test_a_moment_opens_one_for_each_row(shop: Shop, checked: int) -> None:
    shop.engine.do(checked, Done("taken"), by=ANN).or_raise()
    assert snapshot(shop, checked).stage == "wait"  # for parts that are not there yet
    settle(shop)
    parts = [int(id) for id in snapshot(shop, checked).linked["checks"]]
    assert [snapshot(shop, part).fields for part in parts] == [{"sku": "a"}, {"sku": "b"}]
    do(shop, checked, Done("billed"))
    for part in parts:
        assert snapshot(shop, checked).stage == "wait"
        do(shop, part, Done("looked"))
    assert snapshot(shop, checked).stage == "closed"


def test_an_action_opens_one_and_is_refused_like_somebody(shop: Shop, checked: int) -> None:
    do(shop, checked, Choose("complain"), Choose("complain"))
    assert len(numbers(shop, checked, "claim")) == 2
    unfit = shop.engine.start("sale", {"amount": 10}, by=ANN).order_id
    with pytest.raises(EvaluationFailed, match="claimed"):
        shop.engine.do(unfit, Choose("complain"), by=ANN)


def test_whoever_opens_a_part_by_hand_counts_as_having_opened_it() -> None:
    approved = "report: {file: Report, when: claimed <= claims_of.amount, not_by: creator}"
    text = SALE.replace("report: {file: Report, when: claimed <= claims_of.amount}", approved)
    text = text.replace(
        "needs: {paid: check}", "needs: {paid: check, reason: {field: reason, not_by: creator}}"
    )
    with opened(text) as shop:
        sale = shop.engine.start("sale", {"amount": 100}, by=HOST).order_id
        sue, sam = Principal.of("sue", "service"), Principal.of("sam", "service")
        shop.do(sale, Open("claims", {"claimed": 5}), by=sue)
        settle(shop)
        assert snapshot(shop, sale + 1).creator == "sue"
        worth = Open("claims", {"claimed": 5, "reason": "mine"})
        assert [each.code for each in shop.engine.do(sale, worth, by=sue).blockers] == ["not_by"]
        report = Attach("report", "r.pdf")
        assert [each.code for each in shop.engine.do(sale + 1, report, by=sue).blockers] == ["not_by"]
        assert shop.engine.do(sale + 1, report, by=sam).ok


CAUSED = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {}, boss: {}}
order: {fields: {short: {type: boolean, default: false}, amount: {type: integer, default: 5}}}
links: {looks: {process: case, many: true}}
parts:
  claims:
    fields: {claimed: {type: integer, required: true}, granted: integer}
    stages:
      assess: {owner: desk, needs: {granted: {field: granted, not_by: creator}, seen: {check: Seen, not_by: creator}}, next: closed}
tiers: {1: {team: desk, answer: 1h, tell: 1d, resolve: 2d}}
exceptions: {shortage: {tier: 1, playbook: {claim: {check: Claim, not_by: creator}}}}
stages:
  take: {owner: desk, due: {within: 1d, late: [{raise: shortage}, {start: claims, fields: {claimed: amount}}, {start: case}]}, needs: {taken: check}, next: closed}
outcomes:
  complain: {from: any, by: desk, then: [{start: claims, fields: {claimed: amount, granted: amount}}, {start: case}]}
rules: {shortly: {when: short, then: [{raise: shortage}, {start: claims, fields: {claimed: amount}}, {start: case}]}}
"""  # noqa: E501 - one line for each place
ITS_CASE = """
flowengine: 1
process: case
version: "1"
owner: desk
roles: {desk: {}}
links: {original: {process: sale, required: true, known_there_as: looks}}
stages: {look: {owner: desk, needs: {looked: {check: Looked, not_by: creator}}, next: closed}}
"""
LOOKED_AT = {"sale#claims": "seen", "case": "looked", "sale#exceptions": "claim"}


@pytest.mark.parametrize(
    ("command", "by", "creator"),
    [
        pytest.param(Choose("complain"), ANN, "ann", id="somebody chooses"),
        pytest.param(Write({"short": True}), ANN, "ann", id="somebody writes, and a rule fires"),
        pytest.param(Write({"short": True}), HOST, "signal", id="the host writes"),
        pytest.param(None, ANN, "signal", id="time passes"),
        pytest.param(Write({"short": True}), PETE, "signal", id="time passes before somebody is refused"),
    ],
)
def test_whoever_sets_off_what_the_process_opens_counts_as_having_opened_it(
    command: Command | None, by: Principal, creator: str
) -> None:
    """Nobody looks after what they have caused themselves, though the process has opened it."""
    with opened(CAUSED, ITS_CASE) as shop:
        sale = shop.engine.start("sale", {}, by=HOST).order_id
        if command is None or by == PETE:
            shop.wait(30 * HOUR)
        if command:
            shop.engine.do(sale, command, by=by)
        settle(shop)
        rows = [each.row for each in shop.engine.orders(by=HOST).items if each.row.id != sale]
        assert {snapshot(shop, row.id).creator for row in rows} == {creator}
        assert len(rows) == (2 if isinstance(command, Choose) else 3)
        for row in rows:
            if row.process == "sale#exceptions":
                told = {"customer_told": "so", "next_news": "2030-01-01 10:00"}
                shop.do(row.id, Done("answer"), Write(told), by=HOST)
            found = shop.engine.do(row.id, Done(LOOKED_AT[row.process]), by=ANN).blockers
            assert [each.code for each in found] == ["not_by"] * (creator == "ann"), row.process
