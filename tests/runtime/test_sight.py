"""Least privilege: whatever a person asks, no value of a field that is hidden from them is in the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowengine import Principal
from flowengine.errors import EvaluationFailed, NoClock
from flowengine.kernel.commands import Attach, Choose, Command, Create, Done, Hold, Waive, Write
from flowengine.kernel.decide import decide
from flowengine.kernel.decision import Blocker, Decision, Effect
from flowengine.kernel.order import Order
from flowengine.kernel.rights import hidden
from flowengine.runtime.sight import Sight
from flowengine.texts import LANGUAGES
from tests.kernel.desk import DAY, HOST, NOON, Story, plan_of
from tests.runtime.shop import Shop, opened

GUARDED = """
flowengine: 1
process: guarded
version: "1"
owner: desk
zone: Asia/Shanghai
roles:
  desk: {sees: all, may: create}
  buyer: {sees: customer, edits: stock, may: create}
  maker: {}
  qa: {sees: [code, lines]}
order:
  unique: [customer]
  checks: [{that: amount >= 0, else: the amount is below nothing}]
  fields:
    customer: {type: text, required: true}
    amount: {type: money, currency: CNY, default: 0}
    code: {type: integer, default: 0}
    twice: {type: integer, value: code * 2, max: 19000000}
    share: {type: decimal, value: amount / code}
    stock: {type: integer, default: 0}
    patience: {type: duration, default: 3d}
    lines: {type: list, required: true, of: {sku: text, quantity: {type: integer, required: true}}}
    seal: text
stages:
  take:
    owner: maker
    due: {within: patience, pause: stock > 9999999, late: [{set: {stock: code + 1}}]}
    needs:
      looked: {check: Looked, when: code > 3}
      cheap: {that: amount < 9500000 and (stock < code or any(lines.quantity > 3)), waive: desk}
      slip: {file: Slip, by: qa, covers: amount}
      seal: {field: seal, by: maker}
    outcomes: {again: {to: take, by: qa, reason: required, then: [{notify: [qa, maker, buyer]}]}}
    next: [{when: amount / code > 2, to: hand}, {to: give}]
  hand: {owner: qa, needs: {handed: {note: Word, covers: customer}}, next: give}
  give: {owner: maker, needs: {given: check}, next: closed}
holds: {stop: {while: stock == 9999998, by: desk}}
rules: {rich: {when: amount > 8000000, then: [{set: {stock: code - 1}}, {notify: [maker, qa]}]}}
outcomes:
  amend: {from: any, by: buyer, edits: [code, patience], then: [{notify: maker}]}
  fix: {from: take, by: qa, edits: [amount], reason: required}
"""
ROLES = ("desk", "buyer", "maker", "qa")
HIDDEN_FROM = {
    ("buyer",): {"amount", "lines", "seal", "share", "twice"},
    ("maker",): {"customer", "amount", "lines", "share", "stock", "twice", "patience"},
    ("qa",): {"customer", "seal", "share", "stock", "twice", "patience"},
    ("maker", "qa"): {"customer", "share", "stock", "twice", "patience"},
    ("desk",): set(),
}
COMMANDS: tuple[Command, ...] = (
    Done("looked"), Attach("slip", "a-slip.pdf"), Waive("cheap"), Done("given"), Hold("stop"),
    Write({"seal": "CANARYseal"}), Write({"handed": "well"}), Choose("fix", {"amount": "8765431"}),
    Choose("amend", {"code": 9432117}), Choose("amend", {"code": 9612345}), Write({"stock": 9999998}),
    Write({"stock": 8123457}), Choose("amend", {"code": 0}), Choose("amend", {"patience": "8641m"}),
    Choose("fix", {"amount": "-5"}), Write({"customer": "nobody"}),
)  # fmt: skip
NEW = {
    "customer": "CANARYcustomer",
    "amount": "7654321",
    "code": 6543219,
    "stock": 5432198,
    "patience": "7777m",
    "lines": [{"sku": "CANARYsku", "quantity": 2}],
}


def canaries(name: str, value: Any) -> set[str]:
    """How a value may show itself; small numbers stand everywhere."""
    if isinstance(value, list):
        return {each for row in value for key, cell in row.items() for each in canaries(key, cell)}
    text = str(value).removesuffix(".00")
    if text.isdecimal():
        return {text, f"{int(text):,}"} if int(text) > 99_999 else set()
    return {text} if len(text) > len("3d 4h") else set()


def every_value(shop: Shop, id: int) -> dict[str, set[str]]:
    """All that each field has ever held, as it may show itself."""
    found: dict[str, set[str]] = {}
    for entry in shop.engine.history(id, by=HOST).items:
        for event in entry.record["events"]:
            for name, (old, new) in event.get("fields", {}).items():
                for value in (old, new):
                    found.setdefault(name, set()).update(canaries(name, value) if value is not None else ())
    return found


def answers(shop: Shop, id: int, by: Principal) -> Iterator[tuple[str, object]]:
    """Whatever the engine tells of an order, by every way of asking."""
    engine = shop.engine
    view, explanation = engine.explain(id, by=by)
    yield "explain", (view.row, explanation)
    yield "blockers", [blocker.message(lang) for blocker in explanation.blockers for lang in LANGUAGES]
    yield "order", (engine.order(id, by=by).row, view.order)
    yield "orders", [each.row for each in engine.orders(by=by).items]
    yield "late", [each.row for each in engine.orders(by=by, late=True).items]
    yield "parked", [each.row for each in engine.orders(by=by, parked=True).items]
    yield "history", engine.history(id, by=by).items
    yield "work", engine.work(by=by).items
    yield "messages", engine.messages(by=by).items
    yield "inbox", engine.inbox(by=by).items
    yield "stages", engine.stages(by=by)
    yield "mine", engine.work(by=by, mine=True).items
    yield "events", engine.waiting_events(by=by)
    yield "playbooks", engine.playbooks("guarded", by=by)
    yield "health", [check.message(lang) for check in engine.health().checks for lang in LANGUAGES]
    yield "figures", engine.metrics()
    yield "verified", engine.verify()
    yield "checkpoint", engine.checkpoint().line()
    for clock in ("", "take", "stop"):
        yield "why due", told(lambda clock=clock: engine.why_due(id, clock, by=by)[1])  # type: ignore[misc]
    for command in COMMANDS:
        yield "preview", told(lambda command=command: engine.preview(id, command, by=by, reason="so"))  # type: ignore[misc]


def told(ask: Callable[[], object]) -> object:
    """An answer, or the words of an error, with every sentence that a refusal makes."""
    try:
        answer = ask()
    except (EvaluationFailed, NoClock) as error:
        return str(error)
    blockers = getattr(answer, "blockers", ())
    return answer, [blocker.message(lang) for blocker in blockers for lang in LANGUAGES]


def leaks(shop: Shop, id: int, by: Principal, typed: Command | None = None) -> list[tuple[str, str]]:
    """The questions whose answer holds a value that is hidden from `by`; not those that they typed."""
    with shop.engine.store.reading() as unit:
        row = unit.order(id)
    assert row is not None
    secret = hidden(plan_of(GUARDED), Order.load(row.state), by)
    secret -= {"patience"}  # how long a stage has time is told to everybody, whatever it follows from
    values = {value for name, each in every_value(shop, id).items() if name in secret for value in each}
    known = {value for name, each in every_value(shop, id).items() if name not in secret for value in each}
    found = []
    for question, answer in answers(shop, id, by):
        said = repr(answer)
        typed_here = repr(COMMANDS) if question == "preview" else ""
        found += [(question, each) for each in values - known if each in said and each not in typed_here]
    return found


@settings(max_examples=settings().max_examples // 16, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(COMMANDS), st.sampled_from([*ROLES, "host"]), st.integers(0, 3)),
        max_size=6,
    ),
    data=st.data(),
)
def test_no_hidden_value_is_in_any_answer(steps: list[tuple[Command, str, int]], data: st.DataObject) -> None:
    with opened(GUARDED) as shop:
        by = Principal.of("bea", "buyer")
        id = shop.engine.start("guarded", NEW, by=by).order_id
        for command, role, days in steps:
            shop.wait(days * DAY)
            who = HOST if role == "host" else Principal.of(role, role)
            told(lambda command=command, who=who: shop.engine.do(id, command, by=who, reason="so"))  # type: ignore[misc]
        held = data.draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True))
        assert leaks(shop, id, Principal.of("eve", *held)) == []


@pytest.mark.parametrize(("roles", "unseen"), HIDDEN_FROM.items(), ids=map(" ".join, HIDDEN_FROM))
def test_a_role_sees_what_it_says_and_what_its_open_work_speaks_of(
    roles: tuple[str, ...], unseen: set[str]
) -> None:
    story = Story(GUARDED, NEW, by=Principal.of("bea", "buyer"))
    by = Principal.of("eve", *roles)
    assert hidden(story.plan, story.order, by) == unseen
    assert hidden(story.plan, story.order, HOST) == frozenset()


def test_what_work_speaks_of_is_seen_as_long_as_it_is_open() -> None:
    story = Story(GUARDED, NEW, by=Principal.of("bea", "buyer"))
    maker = Principal.of("mo", "maker")
    assert "code" not in hidden(story.plan, story.order, maker)
    story.do(Done("looked"), maker)
    assert "code" in hidden(story.plan, story.order, maker)


def test_without_sees_everybody_sees_everything_as_before() -> None:
    open_to_all = GUARDED.replace("sees: all, ", "").replace("sees: customer, ", "")
    story = Story(open_to_all.replace("{sees: [code, lines]}", "{}"), NEW, by=Principal.of("bea", "buyer"))
    assert hidden(story.plan, story.order, Principal.of("mo", "maker")) == frozenset()
    assert not story.do(Write({"seal": "x"}), Principal.of("mo", "maker")).blockers


def why(command: Command, by: Principal) -> list[tuple[str, str]]:
    story = Story(GUARDED, NEW, by=Principal.of("bea", "buyer"))
    return [(blocker.code, blocker.name) for blocker in story.do(command, by, reason="so").blockers]


@pytest.mark.parametrize(
    ("command", "roles", "refused"),
    [
        pytest.param(Write({"seal": "x"}), ["maker"], [], id="what is asked of it"),
        pytest.param(Write({"seal": "x"}), ["qa"], [("not_yours", "seal")], id="what is asked of others"),
        pytest.param(Write({"stock": 1}), ["buyer"], [], id="what it edits"),
        pytest.param(Write({"stock": 1}), ["desk"], [("not_yours", "stock")], id="what others edit"),
        pytest.param(Write({"amount": 1}), ["desk"], [("not_editable", "amount")], id="seen and not edited"),
        pytest.param(Choose("amend", {"code": 1}), ["buyer"], [], id="what an outcome edits"),
    ],
)
def test_a_role_writes_what_is_asked_of_it_and_what_it_edits(
    command: Command, roles: list[str], refused: list[tuple[str, str]]
) -> None:
    assert why(command, Principal.of("eve", *roles)) == refused


def test_who_may_open_orders_is_said_by_roles() -> None:
    plan = plan_of(GUARDED)
    refused = decide(plan, None, Create(NEW, number="1"), Principal.of("mo", "maker"), NOON).blockers
    assert [(blocker.code, blocker.owner) for blocker in refused] == [("may_not_create", ("desk", "buyer"))]
    assert decide(plan, None, Create(NEW, number="1"), Principal.of("bea", "buyer"), NOON).order
    assert decide(plan, None, Create(NEW, number="1"), HOST, NOON).order


def test_nobody_learns_of_an_order_by_opening_it_again_who_may_open_none() -> None:
    with opened(GUARDED) as shop:
        first = shop.engine.start("guarded", NEW, by=Principal.of("bea", "buyer"))
        again = shop.engine.start("guarded", NEW, by=Principal.of("mo", "maker"))
        assert (first.ok, again.number) == (True, "")
        assert [blocker.code for blocker in again.blockers] == ["may_not_create"]


LIBRARY = """
flowengine: 1
roles: {porter: {sees: [weight, shelf]}, desk: {sees: invoice}}
"""
PLAIN = """
flowengine: 1
process: plain
version: "1"
owner: desk
zone: Asia/Shanghai
include: [company.yaml]
order: {fields: {secret: text}}
stages: {take: {owner: desk, needs: {taken: check}, next: closed}}
"""


def test_roles_of_a_library_that_see_only_what_other_processes_have_see_nothing_here(tmp_path: Path) -> None:
    """Least privilege holds by what roles say, not by what is left of it in this process."""
    (tmp_path / "company.yaml").write_text(LIBRARY, "utf-8")
    (tmp_path / "plain.yaml").write_text(PLAIN, "utf-8")
    with opened() as shop:
        shop.engine.deploy(tmp_path / "plain.yaml")
        id = shop.engine.start("plain", {"secret": "CANARY"}, by=HOST).order_id
        for role in ("porter", "desk"):
            by = Principal.of("eve", role)
            assert shop.engine.order(id, by=by).order.fields == {}
            assert "CANARY" not in str(shop.engine.history(id, by=by))
            (refused,) = shop.engine.do(id, Write({"secret": "mine"}), by=by).blockers
            assert refused.code == "not_editable"


def test_history_says_what_happened_without_the_values() -> None:
    with opened(GUARDED) as shop:
        id = shop.engine.start("guarded", NEW, by=Principal.of("bea", "buyer")).order_id
        shop.engine.do(id, Choose("amend", {"code": 6543211}), by=Principal.of("bea", "buyer"))
        entries = shop.engine.history(id, by=Principal.of("qi", "qa")).items
        assert entries[0].record["do"] == {"verb": "create", "values": {}}
        assert entries[1].record["do"]["values"] == {"code": 6543211}
        written = [event["fields"] for event in entries[1].record["events"] if event["event"] == "set"]
        assert written == [{"code": [6543219, 6543211]}]
        assert "CANARY" not in json.dumps([entries[0].record["do"], entries[1].record])


def test_what_failed_is_said_without_the_values_that_it_quotes() -> None:
    sight = Sight(frozenset({"amount"}))
    with pytest.raises(EvaluationFailed) as limited, sight.failing():
        raise EvaluationFailed("amount = 7654321")
    with pytest.raises(EvaluationFailed, match="7654321"), Sight().failing():
        raise EvaluationFailed("amount = 7654321")
    withdrawn = {"event": "withdrawn", "need": "seal", "why": "stale", "at": 1}
    stuck = {"event": "stuck", "stage": "take", "why": "amount = 7654321", "at": 1}
    record = {"do": {"verb": "time"}, "events": [stuck, withdrawn]}
    assert sight.record(record)["events"][1]["why"] == "stale"  # a word of ours, which says how to tell it
    parked = Blocker("cannot_go_on", params={"why": "amount = 7654321"})
    said = repr((str(limited.value), sight.record(record), sight.blockers([parked])))
    assert "7654321" not in said


def test_what_other_orders_would_get_is_previewed_without_values() -> None:
    wanted = {"start": {"fields": {"of": 7654321}, "same": {"amount": 7654321}}, "signal": {}}
    effects = tuple(
        Effect(kind, "k", {**data, "says": {"stage": "take", "fields": {"amount": 7654321}}})
        for kind, data in wanted.items()
    )
    found = Decision(None, (), effects, ())
    assert "7654321" not in repr(Sight(frozenset({"amount"})).decision(found))
    assert repr(Sight().decision(found)).count("7654321") == 4


STUCK = """
flowengine: 1
process: stuck
version: "1"
owner: desk
roles: {desk: {sees: all}, clerk: {sees: issue}}
order: {fields: {issue: text, code: {type: integer, default: 9432117}}}
stages:
  take: {owner: desk, due: {within: 1d, late: [{set: {code: code - 9432110}}]}, needs: {taken: check}}
  give:
    owner: [{when: 10 / (code - 7) > 1, to: desk}, {to: clerk}]
    entry: {label: file}
    needs: {given: check}
    next: closed
"""


def test_why_an_order_cannot_go_on_is_said_without_values_that_are_hidden() -> None:
    with opened(STUCK) as shop:
        id = shop.engine.start("stuck", {"issue": "x"}, by=HOST).order_id
        shop.do(id, Done("taken"))
        shop.wait(3 * DAY)
        assert "code = 7" in str(told(lambda: shop.engine.explain(id, by=Principal.of("dora", "desk"))))
        clerk = Principal.of("eve", "clerk")
        for ask in (shop.engine.explain, shop.engine.why_due, shop.engine.order):
            assert "code = 7" not in str(told(lambda ask=ask: ask(id, by=clerk)))  # type: ignore[misc]


PAID = """
flowengine: 1
process: paid
version: "1"
owner: clerk
roles: {clerk: {sees: code}, boss: {sees: all}}
order: {fields: {code: {type: text, required: true}, amount: integer}}
events:
  paid: {data: {code: text, total: integer}, match: {code: event.code}, sets: {amount: event.total}}
stages: {wait: {owner: clerk, needs: {done: check}, next: closed}}
"""


def test_neither_the_key_of_an_opening_nor_the_data_of_waiting_events_tells_what_is_hidden() -> None:
    with opened(PAID) as shop:
        clerk = Principal.of("eve", "clerk")
        shop.engine.receive("paid", "paid", {"code": "X", "total": 7654321})
        for by, seen in ((clerk, False), (Principal.of("bo", "clerk", "boss"), True)):
            (waiting,) = shop.engine.waiting_events(by=by)
            assert (waiting.why, "7654321" in str(waiting)) == ("unmatched", seen)
        id = shop.engine.start("paid", {"code": "Y", "amount": 9432117}, by=HOST, key="web/9432117").order_id
        shop.engine.do(id, Done("done"), by=HOST, key="second")
        assert [entry.key for entry in shop.engine.history(id, by=clerk).items] == [None, "second"]
        assert [entry.key for entry in shop.engine.history(id, by=HOST).items] == ["web/9432117", "second"]


def test_an_order_of_which_nobody_can_say_whose_work_it_is_is_explained_all_the_same() -> None:
    with opened(STUCK) as shop:
        id = shop.engine.start("stuck", {"issue": "x"}, by=HOST).order_id
        shop.do(id, Done("taken"))
        shop.wait(3 * DAY, tick=False)
        for ticked in (False, True):
            if ticked:
                assert shop.engine.tick().failed == 0
            for role in ("desk", "clerk"):
                _, explained = shop.engine.explain(id, by=Principal.of("eve", role))
                assert [each.code for each in explained.blockers] == ["entry_open", "nobody_decided"]
                said = [explained.blockers[-1].message(lang) for lang in LANGUAGES]
                assert ["code = 7" in each for each in said] == [role == "desk"] * len(LANGUAGES)


SALE = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {sees: all}, clerk: {sees: ref}}
order: {fields: {amount: {type: integer, required: true}, ref: text}}
links: {cases: {process: case, many: true, reads: {issue: text}}}
stages: {pack: {owner: desk, needs: {packed: check}, next: closed}}
holds: {wait: {by: [desk, clerk]}}
outcomes: {complain: {from: any, by: clerk, then: [{start: case, fields: {worth: amount}}]}}
"""
CASE = """
flowengine: 1
process: case
version: "1"
owner: desk
roles: {desk: {}}
order: {fields: {issue: text, worth: integer}}
links: {original: {process: sale, required: true, known_there_as: cases, reads: {amount: integer}}}
stages: {look: {owner: desk, needs: {looked: check}, next: closed}}
"""


@pytest.mark.parametrize("command", [Hold("wait"), Choose("complain")], ids=["it is told", "it is opened"])
def test_a_preview_says_that_another_order_would_hear_and_not_what(command: Command) -> None:
    with opened(SALE, CASE) as shop:
        id = shop.engine.start("sale", {"amount": 7654321}, by=HOST).order_id
        shop.engine.start("case", {}, by=HOST, links={"original": id})
        shop.engine.tick()
        for by, knows in ((HOST, True), (Principal.of("eve", "clerk"), False)):
            found = shop.engine.preview(id, command, by=by)
            assert found.effects
            assert ("7654321" in str(found)) == knows


@pytest.mark.parametrize("guarded", [True, False])
def test_monitoring_mails_nothing_that_not_everybody_sees(guarded: bool) -> None:
    sale = (
        SALE if guarded else SALE.replace("{desk: {sees: all}, clerk: {sees: ref}}", "{desk: {}, clerk: {}}")
    )
    with opened(sale, CASE.replace("worth: integer", "worth: {type: integer, max: 5}")) as shop:
        id = shop.engine.start("sale", {"amount": 7654321}, by=HOST).order_id
        shop.engine.do(id, Choose("complain"), by=HOST)
        assert shop.engine.tick().failed
        for reasons in (False, True):
            checks = shop.engine.health(reasons=reasons).checks
            said = [check.message(lang) for check in checks for lang in LANGUAGES]
            assert ("7654321" in str(said)) == (reasons or not guarded)
            assert any("--reasons" in each for each in said) == (guarded and not reasons)
        assert "7654321" not in shop.engine.metrics()
