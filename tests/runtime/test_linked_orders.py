"""Linked orders: what one says the other hears, once and in order; nobody sees more by it than they may."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

import flowengine
from flowengine import Choose, Done, Principal, Write
from flowengine.definition.private import tokens_in
from flowengine.errors import DefinitionRefused, EvaluationFailed, WrongInput
from flowengine.kernel.commands import Hear
from tests.runtime.linked import ANN, CASE, SALE, snapshot, started, told_of
from tests.runtime.shop import HOST, KEYS, Shop, opened, settle
from tests.storage.racing import at_once

UNGUARDED = "{desk: {}, service: {}, clerk: {}, porter: {}}"
OPENED = """
flowengine: 1
process: case
version: "2"
owner: service
roles: {roles}
order: {{fields: {{issue: text, code: {{type: integer, max: {most}}}, worth: {worth}}}}}
links:
  original:
    process: sale
    required: true
    known_there_as: cases
    copies: {{worth: amount}}
    reads: {{amount: {{type: money, required: true}}}}
stages: {{contact: {{owner: service, needs: {{{need}}}, next: closed}}}}
"""


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(SALE) as shop:
        yield shop


def test_a_case_is_started_by_its_sale_which_waits_for_it(shop: Shop) -> None:
    sale = started(shop)
    shop.engine.do(sale, Choose("complain"), by=ANN)
    shop.engine.do(sale, Done("packed"), by=ANN)
    settle(shop)
    case = snapshot(shop, 2)
    assert (case.number, case.fields["issue"], case.fields["since"]) == (
        "C001",
        "broken",
        "2026-05-12T04:00:00.000Z",
    )
    assert told_of(shop, sale, "cases") == ["contact"]
    assert told_of(shop, 2, "original") == ["wait"]
    shop.engine.do(sale, Done("called"), by=ANN)
    assert snapshot(shop, sale).stage == "wait"
    for act in ("contacted", "solved"):
        assert shop.engine.do(2, Done(act), by=ANN).ok
    settle(shop)
    assert snapshot(shop, sale).stage == "closed"
    assert told_of(shop, 2, "original") == ["closed"]
    told = [(each.row.role, each.row.about) for each in shop.engine.inbox(by=HOST).items]
    assert told == [("desk", "told"), ("service", "all_told")]


def test_a_case_is_opened_by_hand_and_its_private_data_belong_to_the_same_person(shop: Shop) -> None:
    sale = started(shop)
    number = snapshot(shop, sale).number
    case = shop.engine.start("case", {"issue": "late"}, by=ANN, key="k", links={"original": number})
    with shop.engine.store.reading() as unit:
        rows = [unit.order(id) for id in (sale, case.order_id)]
    people = {token.subject for row in rows if row for token in tokens_in(row.state)}
    assert len(people) == 1
    assert shop.engine.order(case.order_id, by=HOST).order.fields["customer"] == "Li Wei"
    erased = shop.engine.erase(order=sale, by=HOST, reason="they asked")
    assert sorted(erased.orders) == [number, case.number]


def test_a_repeated_opening_gives_the_first_answer_though_the_sale_has_changed(shop: Shop) -> None:
    sale = started(shop)
    first = shop.engine.start("case", {"issue": "late"}, by=ANN, key="k", links={"original": sale})
    shop.engine.do(sale, Write({"amount": 500}), by=ANN)
    again = shop.engine.start("case", {"issue": "late"}, by=ANN, key="k", links={"original": sale})
    assert again.repeated
    assert again.order_id == first.order_id


def test_what_changes_between_the_opening_and_the_first_word_is_told(shop: Shop) -> None:
    """The case was opened when the amount was 100; the sale learns of the case only after it was changed."""
    sale = started(shop)
    case = shop.engine.start("case", {}, by=ANN, links={"original": sale}).order_id
    shop.engine.do(sale, Write({"amount": 500}), by=ANN)
    settle(shop)
    assert snapshot(shop, case).linked["original"][str(sale)]["fields"] == {"amount": "500"}


def test_signals_are_heard_as_they_were_said_and_each_once(shop: Shop) -> None:
    sale = started(shop)
    case = shop.engine.start("case", {}, by=ANN, links={"original": sale}).order_id
    settle(shop)
    for amount in (200, 300, 400):
        shop.engine.do(sale, Write({"amount": amount}), by=ANN)
    shop.engine.do(sale, Done("packed"), by=ANN)
    ticks = at_once(*[lambda: shop.engine.tick().heard] * 3)
    settle(shop)
    assert sum(ticks) <= 4
    rows = shop.engine.history(case, by=HOST).items
    heard = [event for row in rows for event in row.record["events"] if event["event"] == "linked"][1:]
    assert [each["says"]["fields"]["amount"] for each in heard] == ["200", "300", "400", "400"]
    assert [each["says"]["stage"] for each in heard] == ["pack", "pack", "pack", "wait"]


def test_what_an_order_hears_counts_also_where_it_cannot_go_on(shop: Shop) -> None:
    """The case divides by what it reads: with nought it cannot say whether it may go on, and says so."""
    sale = started(shop)
    case = shop.engine.start("case", {}, by=ANN, links={"original": sale}).order_id
    settle(shop)
    shop.engine.do(sale, Write({"amount": 0}), by=ANN)
    settle(shop)
    assert snapshot(shop, case).linked["original"][str(sale)]["fields"] == {"amount": "0"}
    shop.engine.do(sale, Write({"amount": 50}), by=ANN)
    settle(shop)
    assert shop.engine.do(case, Done("contacted"), by=ANN).stage == "solve"


def test_an_order_that_cannot_hear_holds_up_nobody_else(shop: Shop) -> None:
    sale = started(shop)
    cases = [shop.engine.start("case", {}, by=ANN, links={"original": sale}).order_id for _ in range(2)]
    settle(shop)
    with shop.engine.store.engine.begin() as raw:
        kept = raw.execute(sa.text("SELECT state FROM fe_orders WHERE id = :id"), {"id": cases[0]}).scalar()
        raw.execute(sa.text("UPDATE fe_orders SET state = '{' WHERE id = :id"), {"id": cases[0]})
    assert shop.engine.do(sale, Done("packed"), by=ANN).ok
    ticked = shop.engine.tick()
    assert (ticked.heard, ticked.failed) == (1, 1)
    assert told_of(shop, cases[1], "original") == ["wait"]
    with shop.engine.store.reading() as unit:
        (waiting,) = unit.signals(after=0, limit=9)
    assert (waiting.to_id, waiting.failures) == (cases[0], 1)
    assert waiting.failure
    (check,) = (each for each in shop.engine.health().checks if each.name == "signals")
    assert (check.level, check.state, check.params["count"]) == ("warning", "unheard", 1)
    assert not shop.engine.tick().heard
    with shop.engine.store.engine.begin() as raw:
        raw.execute(
            sa.text("UPDATE fe_orders SET state = :was WHERE id = :id"), {"was": kept, "id": cases[0]}
        )
    shop.clock.now += 60_000
    settle(shop)
    assert told_of(shop, cases[0], "original") == ["wait"]


def test_nobody_sees_by_a_link_what_they_do_not_see_over_there(shop: Shop) -> None:
    sale = started(shop)
    case = shop.engine.start("case", {"issue": "late"}, by=ANN, links={"original": sale}).order_id
    settle(shop)

    def seen(role: str) -> object:
        linked = shop.engine.order(case, by=Principal.of("eve", role)).order.linked
        return linked["original"][str(sale)]["fields"]

    assert seen("service") == {"amount": "100"}
    assert seen("porter") == {"amount": "100"}
    assert seen("clerk") == {}  # sees neither the link here nor the amount over there
    rows = shop.engine.history(case, by=Principal.of("eve", "clerk")).items
    assert '"100"' not in json.dumps([row.record for row in rows])
    cases = shop.engine.order(sale, by=Principal.of("eve", "porter")).order.linked["cases"]
    assert [says["fields"] for says in cases.values()] == [{"issue": "late"}]


def test_what_is_hidden_over_there_stays_hidden_where_this_process_hides_nothing(shop: Shop) -> None:
    sale = started(shop, amount=7654321)
    shop.deploy(re.sub("roles: .*", f"roles: {UNGUARDED}", CASE).replace('"1"', '"2"'))
    case = shop.engine.start("case", {"issue": "late"}, by=ANN, links={"original": sale}).order_id

    def answers(role: str) -> str:
        by, engine = Principal.of("eve", role), shop.engine
        rows = [view.row for view in engine.orders(by=by, process="case").items]
        return repr((rows, engine.order(case, by=by).order, engine.history(case, by=by).items))

    assert "7654321" in answers("porter")
    assert "7654321" not in answers("clerk")
    assert "7654321" not in repr(shop.engine.explain(case, by=Principal.of("eve", "clerk"))[1])


@pytest.mark.parametrize(
    ("worth", "need"),
    [
        ("{type: money, currency: EUR, max: 1000}", "contacted: check"),
        ("{type: money, currency: EUR}", "cheap: {that: 1 / (original.amount - 7654321) > 1}"),
    ],
)
def test_a_refused_opening_quotes_nothing_that_is_hidden_over_there(
    shop: Shop, worth: str, need: str
) -> None:
    sale = started(shop, amount=7654321)
    shop.deploy(OPENED.format(worth=worth, need=need, roles=UNGUARDED, most=5 if "max" in worth else 9))

    def refusals(role: str) -> str:
        by = Principal.of("eve", role)
        try:
            refused = shop.engine.start("case", {"code": 9}, by=by, links={"original": sale})
        except EvaluationFailed as failed:
            return str(failed)
        assert not refused.ok
        return "; ".join(blocker.message("en") for blocker in refused.blockers)

    assert re.search("amount = 7654321|7654321 is more than 1000", refusals("service"))
    assert "7654321" not in refusals("clerk")
    if "max" in worth:
        assert "9 is more than 5" in refusals("clerk")  # what they have said themselves they know


def test_a_case_is_linked_only_with_an_order_that_is_there_and_that_one_may_read(shop: Shop) -> None:
    sale = started(shop)
    shop.deploy(CASE.replace("roles: {", "roles: {guest: {sees: all}, ").replace('"1"', '"2"'))
    guest = Principal.of("gus", "guest")
    for by, ref in ((ANN, sale + 7), (ANN, "no such number"), (guest, sale), (guest, "000001")):
        refused = shop.engine.start("case", {}, by=by, links={"original": ref})
        assert [each.code for each in refused.blockers] == ["linked_not_found"]
    refused = shop.engine.start("case", {}, by=ANN, links={"cases": sale, "original": sale})
    assert [each.code for each in refused.blockers] == ["no_such_link"]


def test_orders_that_set_off_each_other_are_stopped(shop: Shop) -> None:
    head = 'flowengine: 1\nprocess: {}\nversion: "1"\nowner: desk\nroles: {{desk: {{}}}}\n'
    shop.deploy(
        head.format("ping")
        + "order: {fields: {n: {type: integer, default: 0}}}\n"
        + "links: {pongs: {process: pong, many: true, reads: {n: {type: integer, required: true}}}}\n"
        + "stages: {one: {owner: desk, needs: {x: check}, next: closed}}\n"
        + "rules: {up: {when: sum(pongs.n) > n, then: [{set: {n: sum(pongs.n)}}]}}\n"
    )
    shop.deploy(
        head.format("pong")
        + "order: {fields: {n: {type: integer, default: 1}}}\n"
        + "links: {ping: {process: ping, required: true, known_there_as: pongs, "
        + "reads: {n: {type: integer, required: true}}}}\n"
        + "stages: {one: {owner: desk, needs: {x: check}, next: closed}}\n"
        + "rules: {up: {when: ping.n >= n, then: [{set: {n: ping.n + 1}}]}}\n"
    )
    ping = shop.engine.start("ping", {}, by=ANN).order_id
    shop.engine.start("pong", {}, by=ANN, links={"ping": ping})
    ticks = [shop.engine.tick() for _ in range(3)]
    assert sum(each.heard for each in ticks) == 20
    assert sum(each.failed for each in ticks) == 1
    with shop.engine.store.reading() as unit:
        (waiting,) = unit.signals(after=0, limit=9)
    assert "without end" in (waiting.failure or "")


def test_a_process_that_disagrees_with_one_that_is_deployed_is_refused(shop: Shop) -> None:
    with pytest.raises(DefinitionRefused, match=r"sale has no field .amuont."):
        shop.deploy(CASE.replace("amount", "amuont"))


def test_a_process_that_gives_up_what_a_deployed_one_reads_is_refused(shop: Shop) -> None:
    shop.deploy(CASE)
    newer = CASE.replace('version: "1"', 'version: "2"').replace(
        "issue: text, since", "issue: integer, since"
    )
    with pytest.raises(DefinitionRefused, match="issue"):
        shop.deploy(newer)


def test_nobody_but_the_tick_says_what_an_order_hears(shop: Shop) -> None:
    sale = started(shop)
    with pytest.raises(WrongInput, match="tick"):
        shop.engine.do(sale, Hear("cases", 2, {}), by=HOST)
    with pytest.raises(WrongInput, match="signal/"):
        shop.engine.do(sale, Done("packed"), by=ANN, key="signal/1/signal/1")


@pytest.mark.parametrize("ref", [True, None, 1.0, [1], {}, 2**70, 0])
def test_what_is_no_order_is_linked_with_nothing(shop: Shop, ref: object) -> None:
    started(shop)
    links: dict[str, Any] = {"original": ref}
    with pytest.raises(WrongInput):
        shop.engine.start("case", {}, by=ANN, links=links)


def test_a_tick_hands_on_signals_without_a_clock_of_the_host() -> None:
    """In memory there is one transaction at a time, so the present instant is asked for before it begins."""
    with flowengine.connect(":memory:", keys=KEYS) as engine:
        for text in (SALE, CASE):
            engine.deploy(text)
        id = engine.start("sale", {"amount": 100, "customer": "Li Wei"}, by=ANN).order_id
        engine.do(id, Choose("complain"), by=ANN)
        assert engine.tick().heard
