"""Clocks, holds and rules through the engine: told in sentences, listed, verified, reckoned again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from flowengine import Hold, Principal, Release, Write
from flowengine.calendars import calendar as calendars
from flowengine.definition.public_holidays import public_days
from flowengine.kernel.events import _APPLY
from flowengine.runtime.catalog import _compiled
from flowengine.runtime.reckoning import Moved, Reckoning
from flowengine.runtime.story import happened
from flowengine.runtime.verifying import verify
from flowengine.texts import LANGUAGES, Lang
from tests.kernel.desk import DAY, HOUR, at
from tests.runtime.shop import DESK, HOST, MAKER, Shop, opened

BOSS: Final = Principal.of("bo", "boss")
OFFICE: Final = """
flowengine: 1
process: office
version: "1"
owner: desk
roles:
  desk: {title: {en: Order desk, zh: 订单组}}
  maker: {title: {en: Workshop, zh: 车间}}
  boss: {title: {en: Head, zh: 主管}}
calendars: {office: {zone: Asia/Shanghai, holidays: CN, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}}
calendar: office
order:
  number: "{serial:3}"
  fields:
    warm: {type: boolean, default: false}
    off: {type: boolean, default: false}
    stock: {type: integer, default: 0}
    promised: date
clocks:
  supplier:
    title: {en: Supplier answers, zh: 供应商答复}
    when: stock < 5
    within: 48h
    owner: maker
    needs: {answer: note}
    late: [{assign: boss}]
  whole: {title: {en: Whole order, zh: 全程}, within: 30d, pause: off}
holds:
  thinks:
    title: {en: Customer thinks, zh: 客户考虑}
    by: desk
    pauses: all
    release: {by: [desk, boss]}
    due: 7d
  cold: {title: {en: Cold chain, zh: 冷链}, while: warm, pauses: all, release: {by: boss}}
rules:
  many: {title: {en: Much in stock, zh: 库存充足}, when: stock > 100, then: [{notify: boss}]}
  ahead: {title: {en: The day before, zh: 前一天}, at: promised - 1d, then: [{notify: desk}]}
stages:
  pack:
    owner: desk
    title: {en: Packing, zh: 打包}
    due: {within: 8wh, warn: [50%, -1wh], late: [{over: 4wh, ask: {why_late: note}}]}
    needs: {packed: check, bill: {file: {en: Bill, zh: 账单}, defer: 1d}}
    tasks: {paint: {title: {en: Painting, zh: 喷漆}, owner: maker, due: 1wd, needs: {dry: check}}}
    clocks:
      quiet: {title: {en: Silence, zh: 无动静}, silent_for: 48h, late: [{notify: boss}]}
      daily:
        title: {en: Daily report, zh: 日报}
        every: workday
        by: "17:00"
        at_most: 30
        needs: {progress: note}
    next: rest
  rest: {title: {en: Rest, zh: 静置}, owner: desk, needs: {rested: check}, next: closed}
"""


@pytest.fixture
def office() -> Iterator[Shop]:
    """A shop that works by a calendar, on Thursday before the Spring Festival."""
    with opened(OFFICE) as shop:
        shop.clock.now = at("2026-02-12 10:00")
        yield shop


def begun(office: Shop, **values: Any) -> int:
    return office.engine.start("office", values, by=DESK).or_raise().order_id


def lived(office: Shop) -> int:
    """An order to which everything has happened that clocks, holds and rules can do."""
    id = begun(office, promised="2026-03-01")
    office.wait(HOUR)
    office.do(id, Write({"stock": 200}), by=DESK)
    office.do(id, Hold("thinks"), by=DESK)
    office.do(id, Write({"stock": 1}), by=DESK)
    office.wait(DAY)
    office.do(id, Write({"warm": True}), Write({"warm": False}), by=DESK)
    office.do(id, Release("thinks"), by=BOSS)
    office.do(id, Write({"progress": "begun", "off": True}), Write({"off": False}), by=DESK)
    for days in (1, 2, 40):
        office.wait(days * DAY)
    office.do(id, Write({"answer": "soon"}), by=BOSS)
    return id


def story(office: Shop, id: int, lang: Lang) -> list[str]:
    engine = office.engine
    events = [e for entry in engine.history(id, by=HOST, limit=200).items for e in entry.record["events"]]
    return happened(events, engine.plan("office", by=HOST), lang)


def test_everything_that_clocks_holds_and_rules_do_is_told_with_titles(office: Shop) -> None:
    id = lived(office)
    said = story(office, id, "en")
    for sentence in (
        "due 2026-02-13 10:30",
        "Painting: due 2026-02-13 10:00",
        "Supplier answers: due 2026-02-14 10:00",
        "Daily report: asked now, due 2026-02-12 17:00",
        "rule The day before is set for 2026-02-28 00:00",
        "Silence: begins anew, due 2026-02-14 11:00",
        "Supplier answers: no due time any more",
        "rule: Much in stock",
        "told Head: Much in stock",
        "on hold: Customer thinks",
        "Packing: time stands still (Customer thinks)",
        "Supplier answers: time stands still from the beginning (Customer thinks)",
        "rule Much in stock: nothing is to be done",
        "on hold by itself: Cold chain",
        "hold lifted by itself: Cold chain",
        "hold lifted: Customer thinks",
        "Packing: time goes on, due 2026-02-14 10:30",
        "Whole order: time stands still (its condition for a pause holds)",
        "Daily report: done in time, due 2026-02-13 17:00",
        "Packing: 50% of the time has passed, due 2026-02-14 10:30",
        "Packing: 1 working hour left, due 2026-02-14 10:30",
        "Packing is late: it was due 2026-02-14 10:30",
        "Packing is late by 4 working hours: it was due 2026-02-14 10:30",
        "Bill is still missing: it was due 2026-02-14 10:00",
        "Head takes over Supplier answers from Workshop",
        "told Head: Supplier answers: taken over",
        "Supplier answers: met",
    ):
        assert sentence in said, sentence
    assert any(sentence.startswith("not told Order desk, as more has happened since") for sentence in said)
    assert any(sentence.startswith("Daily report was missed") for sentence in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_event_is_told_by_its_bare_kind(office: Shop, lang: Lang) -> None:
    for sentence in story(office, lived(office), lang):
        assert sentence not in _APPLY
        assert "{" not in sentence


def test_held_orders_are_listed_and_say_that_their_time_stands_still(office: Shop) -> None:
    held, free = begun(office), begun(office)
    office.do(held, Hold("thinks"), by=DESK)
    (view,) = office.engine.orders(by=DESK, held=True).items
    assert (view.row.id, view.holds, view.row.due_at, view.standing_still) == (
        held,
        ("thinks",),
        None,
        "held",
    )
    assert office.engine.order(free, by=DESK).standing_still is None
    office.do(held, Release("thinks"), by=DESK)
    assert office.engine.orders(by=DESK, held=True).items == ()


def test_a_text_that_looks_like_a_hold_is_none(office: Shop) -> None:
    id = begun(office)
    office.do(id, Write({"progress": '{"holds":{"thinks":[1]}}'}), by=DESK)
    assert office.engine.orders(by=DESK, held=True).items == ()


def test_what_clocks_and_holds_ask_waits_in_the_queue_with_its_own_due_time(office: Shop) -> None:
    id = begun(office)
    items = {task.key: task for task in office.engine.work(by=MAKER).items}
    assert items["answer"].due_at == at("2026-02-14 10:00")
    office.do(id, Hold("thinks"), by=DESK)
    items = {task.key: task for task in office.engine.work(by=MAKER).items}
    assert items["answer"].due_at is None


def test_the_owner_to_whom_a_stage_has_passed_stands_in_its_row(office: Shop) -> None:
    passing = OFFICE.replace("process: office", "process: passing").replace(
        "late: [{over: 4wh, ask: {why_late: note}}]", "late: [{assign: boss}]"
    )
    office.deploy(passing, "passing.yaml")
    id = office.engine.start("passing", {}, by=DESK).or_raise().order_id
    office.wait(5 * DAY)
    assert office.engine.order(id, by=HOST).row.owner == "boss"


@pytest.fixture
def a_day_less(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The working Saturday before the festival is taken back."""

    def changed(country: str, year: int) -> Any:
        gone = at("2026-02-14 00:00")
        return {day: why for day, why in public_days(country, year).items() if at(f"{day} 00:00") != gone}

    monkeypatch.setattr(calendars, "public_days", changed)
    _compiled.cache_clear()  # as in a process that begins with the new data
    yield
    _compiled.cache_clear()


def fresh(office: Shop) -> Shop:
    """The same store, with an engine that has worked out no calendar yet."""
    from flowengine import Engine

    return Shop(Engine(office.engine.store, clock=office.clock), office.clock)


@pytest.fixture
def two_orders(office: Shop) -> tuple[int, int]:
    office.clock.now = at("2026-02-13 16:00")
    return begun(office, stock=9), begun(office, stock=9)


def test_a_dry_run_says_what_would_move_and_writes_nothing(
    office: Shop, two_orders: tuple[int, int], a_day_less: None
) -> None:
    engine = fresh(office).engine
    moves: list[Moved] = []
    before = [engine.order(id, by=HOST).row for id in two_orders]
    reckoned = engine.reckon(dry_run=True, each=moves.append)
    assert (reckoned.orders, reckoned.moved, reckoned.late, reckoned.failed) == (2, 2, 0, 0)
    packing = [move for move in moves if move.clock == "pack"]
    assert [(move.was, move.due) for move in packing] == [
        (at("2026-02-14 16:30"), at("2026-02-24 16:30"))
    ] * 2
    assert [engine.order(id, by=HOST).row for id in two_orders] == before


def test_due_times_are_reckoned_again_and_old_and_new_stand_in_history(
    office: Shop, two_orders: tuple[int, int], a_day_less: None
) -> None:
    engine = fresh(office).engine
    assert engine.reckon().moved == 2
    for id in two_orders:
        assert engine.order(id, by=HOST).row.due_at == at("2026-02-24 16:30")
        assert "Packing: due 2026-02-24 16:30 instead of 2026-02-14 16:30" in story(
            Shop(engine, office.clock), id, "en"
        )
    again = engine.reckon()
    assert (again.orders, again.moved) == (2, 0)
    assert verify(engine.store).problems == ()


def test_an_order_on_which_nothing_changes_is_not_written(office: Shop) -> None:
    id = begun(office)
    revision = office.engine.order(id, by=HOST).row.revision
    assert office.engine.reckon().moved == 0
    assert office.engine.order(id, by=HOST).row.revision == revision


def test_orders_that_somebody_moves_meanwhile_are_reckoned_as_they_are_then(
    office: Shop, two_orders: tuple[int, int], a_day_less: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = fresh(office)
    look, meddled = Reckoning._look, []

    def meddling(self: Reckoning, after: int) -> object:
        seen = look(self, after)
        if not meddled:
            meddled.append(shop.do(two_orders[0], Write({"progress": "begun"}), by=DESK))
        return seen

    monkeypatch.setattr(Reckoning, "_look", meddling)
    assert shop.engine.reckon().moved == 2
    assert {shop.engine.order(id, by=HOST).row.due_at for id in two_orders} == {at("2026-02-24 16:30")}
    assert "progress" not in {
        task.key for task in shop.engine.work(by=DESK).items if task.order_id == two_orders[0]
    }
