"""Private data: sealed before anything is decided, masked for those who need no more, gone with its key."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest

from flowengine import Choose, Done, Principal, Write, connect
from flowengine.definition.private import token_of, tokens_in
from flowengine.errors import KeyReused, NoMasterKey, NotAllowed, NotFound, WrongInput, WrongMasterKey
from flowengine.kernel.commands import COMMANDS, Answered, Create, Erase, Open
from flowengine.kernel.decide import decide
from flowengine.runtime.privacy.master import MasterKeys, new_master_key
from flowengine.runtime.privacy.sealing import SAYING
from flowengine.runtime.privacy.vault import alike
from flowengine.runtime.rows import TraceRow
from flowengine.texts import say
from tests.kernel.desk import NOON, plan_of
from tests.runtime.shop import HOST, Shop, opened

PARCELS = """
flowengine: 1
process: parcels
version: "1"
owner: desk
language: en
roles:
  desk: {sees: all, unmasked: all, may: create}
  driver: {sees: [customer, address, phone], unmasked: address}
  clerk: {sees: [customer, phone], may: create, edits: phone}
order:
  unique: [ref]
  channels: {shop: {}, web: {maps: {customer: buyer.name, phone: buyer.mobile}}}
  fields:
    ref: {type: text, required: true}
    customer: {type: text, required: true, private: name}
    phone: {type: text, private: phone}
    address: {type: text, private: address}
    document: {type: text, private: id}
stages:
  pack:
    owner: desk
    needs: {packed: check, known: {check: Known, when: has(phone), covers: phone}}
    next: ship
  ship: {owner: driver, needs: {shipped: check}, next: closed}
outcomes:
  amend: {from: any, edits: [address, phone], by: desk, at_most: 1, beyond: [{notify: desk}]}
"""
WANG = {
    "customer": "王小明",
    "phone": "13812345678",
    "address": "上海市浦东新区世纪大道100号",
    "document": "310101199001011234",
}
DESK = Principal.of("dora", "desk")
DRIVER = Principal.of("dan", "driver")
CLERK = Principal.of("carl", "clerk")


@pytest.fixture
def parcels() -> Iterator[Shop]:
    """An engine that runs parcels, with a master key."""
    with opened(PARCELS, CONFIRMED) as shop:
        yield shop


def started(shop: Shop, ref: str = "A", **values: Any) -> int:
    return shop.start(ref, process="parcels", channel="shop", **{**WANG, **values}).order_id


def fields(shop: Shop, id: int, by: Principal) -> dict[str, Any]:
    return dict(shop.engine.order(id, by=by).order.fields)


def everything_kept(shop: Shop) -> str:
    """Every text of every row of the store, joined."""
    found = []
    with shop.engine.store.engine.connect() as connection:  # type: ignore[attr-defined]  # a store of SQL
        for table in ("orders", "history", "outbox", "work", "subjects", "traces", "definitions"):
            rows = connection.exec_driver_sql(f"SELECT * FROM fe_{table}").all()
            found += [str(cell) for row in rows for cell in row]
    return "\n".join(found)


def test_everybody_sees_as_much_as_the_roles_say(parcels: Shop) -> None:
    id = started(parcels)
    assert {name: fields(parcels, id, DESK)[name] for name in WANG} == WANG
    assert {name: fields(parcels, id, DRIVER).get(name) for name in WANG} == {
        "customer": "王**",
        "phone": "138****5678",
        "address": WANG["address"],
        "document": None,
    }
    both = Principal.of("bo", "driver", "clerk")
    assert fields(parcels, id, both)["phone"] == "138****5678"
    assert fields(parcels, id, HOST)["document"] == WANG["document"]


def test_nothing_plain_is_kept_whatever_is_done(parcels: Shop) -> None:
    id = started(parcels)
    parcels.do(id, Choose("amend", {"address": "北京市朝阳区1号"}), by=DESK)
    parcels.do(id, Choose("amend", {"address": ["杭州市西湖区2号"]}), by=DESK)  # one too many: not looked at
    parcels.do(id, Write({"phone": "13987654321"}), by=CLERK)
    refused = parcels.engine.do(id, Write({"phone": "13700000000\x00"}), by=CLERK)
    assert [blocker.code for blocker in refused.blockers] == ["wrong_value"]
    assert "13700000000" not in str(refused.blockers)
    kept = everything_kept(parcels)
    for value in (*WANG.values(), "北京市朝阳区1号", "杭州市西湖区2号", "13987654321", "13700000000"):
        assert value not in kept
        assert json.dumps(value)[1:-1] not in kept


def test_every_command_that_says_what_fields_shall_hold_is_sealed() -> None:
    """But for the answer to a call and the opening of a part: neither sets a private field (FE573, FE752)."""
    saying = {kind for kind in COMMANDS if "values" in {each.name for each in dataclasses.fields(kind)}}
    assert saying - {Answered, Open} == set(SAYING)


def test_what_a_channel_sends_besides_is_not_kept(parcels: Shop) -> None:
    record = {
        "channel": "web",
        "ref": "W",
        "buyer": {"name": "李四", "mobile": "13711112222", "nick": "13711112222"},
        "receiver": "李四",
    }
    id = parcels.engine.start("parcels", record, by=DESK).or_raise().order_id
    assert fields(parcels, id, DESK)["customer"] == "李四"
    assert "李四" not in everything_kept(parcels)
    assert "13711112222" not in everything_kept(parcels)


def test_history_and_answers_are_masked_like_the_order(parcels: Shop) -> None:
    id = started(parcels)
    answer = parcels.engine.do(id, Write({"phone": "13987654321"}), by=CLERK).or_raise()
    assert answer.events[0].data["fields"]["phone"] == ["138****5678", "139****4321"]
    preview = parcels.engine.preview(id, Write({"phone": "13700001111"}), by=CLERK)
    assert preview.events[0].data["fields"]["phone"] == ["139****4321", "137****1111"]
    history = parcels.engine.history(id, by=CLERK).items
    assert history[1].record["do"]["values"] == {"phone": "139****4321"}
    assert "13812345678" not in json.dumps([each.record for each in history], ensure_ascii=False)
    assert parcels.engine.history(id, by=DESK).items[0].record["do"]["values"]["customer"] == "王小明"
    _, explained = parcels.engine.explain(id, by=CLERK)
    assert "fe1:" not in str(explained)
    assert not list(tokens_in(str(parcels.engine.orders(by=CLERK).items)))


def test_a_mask_of_before_never_takes_the_place_of_a_value(parcels: Shop) -> None:
    id = started(parcels)
    parcels.do(id, Write({"phone": "13987654321"}), by=CLERK)
    before = fields(parcels, id, HOST)
    for mask in ("138****5678", "139****0000"):
        refused = parcels.engine.do(id, Write({"phone": mask}), by=CLERK)
        assert "this is a mask" in refused.blockers[0].message("en")
    assert fields(parcels, id, HOST) == before


def test_the_same_value_and_the_mask_that_was_seen_change_nothing(parcels: Shop) -> None:
    id = started(parcels)
    parcels.do(id, Done("known"), by=DESK)
    before = fields(parcels, id, HOST)
    for same in ("13812345678", " 13812345678 ", "138****5678"):
        assert parcels.engine.do(id, Write({"phone": same}), by=CLERK).or_raise().events == ()
    assert fields(parcels, id, HOST) == before
    assert "known" in parcels.engine.order(id, by=HOST).order.acts
    parcels.do(id, Write({"phone": "13812345679"}), by=CLERK)
    assert "known" not in parcels.engine.order(id, by=HOST).order.acts


def test_a_repeated_key_gives_the_first_answer_although_nonces_differ(parcels: Shop) -> None:
    say_it: Any = {"ref": "K", "channel": "shop", **WANG}
    first = parcels.engine.start("parcels", say_it, by=DESK, key="k1").or_raise()
    again = parcels.engine.start("parcels", say_it, by=DESK, key="k1").or_raise()
    assert (again.order_id, again.repeated) == (first.order_id, True)
    with pytest.raises(KeyReused):
        parcels.engine.start("parcels", {**say_it, "phone": "13900000000"}, by=DESK, key="k1")
    change = Write({"phone": "13900000000"})
    parcels.engine.do(first.order_id, change, by=CLERK, key="k2").or_raise()
    assert parcels.engine.do(first.order_id, change, by=CLERK, key="k2").repeated
    parcels.engine.erase(order=first.order_id, by=HOST, reason="asked for")
    assert parcels.engine.do(first.order_id, change, by=CLERK, key="k2").repeated
    assert parcels.engine.start("parcels", say_it, by=DESK, key="k1").repeated
    assert fields(parcels, first.order_id, HOST)["phone"] == "(erased)"


def test_a_repeated_key_gives_the_first_answer_for_somebody_known_by_no_number(parcels: Shop) -> None:
    nameless: Any = {"ref": "K", "channel": "shop", "customer": "Ann Bell", "address": "x road 12345"}
    first = parcels.engine.start("parcels", nameless, by=DESK, key="k1").or_raise()
    assert parcels.engine.start("parcels", nameless, by=DESK, key="k1").repeated
    with pytest.raises(KeyReused):
        parcels.engine.start("parcels", {**nameless, "customer": "Cy Dee"}, by=DESK, key="k1")
    mapped = {"ref": "W", "channel": "web", "buyer": {"name": "Ann Bell"}}
    parcels.engine.start("parcels", mapped, by=DESK, key="k2").or_raise()
    assert parcels.engine.start("parcels", mapped, by=DESK, key="k2").repeated
    phone, mask = Write({"phone": "13900000000"}), Write({"phone": "139****0000"})
    for key, change in (("w", phone), ("m", mask)):
        parcels.engine.do(first.order_id, change, by=CLERK, key=key).or_raise()
    parcels.do(first.order_id, Write({"phone": None, "address": None}), by=HOST)
    for key, change in (("w", phone), ("m", mask)):
        assert parcels.engine.do(first.order_id, change, by=CLERK, key=key).repeated
    with pytest.raises(KeyReused):
        parcels.engine.do(first.order_id, Write({"phone": "13900000001"}), by=CLERK, key="w")


def test_an_order_keeps_its_person_when_its_values_are_emptied(parcels: Shop) -> None:
    id = parcels.engine.start("confirmed", {"address": "x road 12345"}, by=DESK).or_raise().order_id
    parcels.do(id, Write({"address": None}), by=HOST)
    parcels.do(id, Write({"address": "y road 67890"}), by=HOST)
    assert len({token.subject for token in tokens_in(everything_kept(parcels))}) == 1
    parcels.do(id, Write({"address": None}), by=HOST)
    assert [each.view.row.id for each in parcels.engine.person(order=id, by=HOST)] == [id]
    assert len(parcels.engine.erase(order=id, by=HOST, reason="asked for").orders) == 1
    said = str([each.record for each in parcels.engine.history(id, by=HOST).items])
    assert "road" not in said
    assert "(erased)" in said


def test_an_order_that_told_of_two_is_erased_with_both(parcels: Shop) -> None:
    id, other = started(parcels), started(parcels, "B", document="", phone="13500000000")
    with parcels.engine.store.writing() as unit:  # as a store has it in which each value made a person
        (second,) = unit.told_of(other)
        unit.add_traces([TraceRow("of before", id, second)])
    assert parcels.engine.erase(order=id, by=HOST, reason="asked for").orders == ("000001", "000002")
    assert {fields(parcels, each, HOST)["customer"] for each in (id, other)} == {"(erased)"}


ANOTHER = {"customer": "李四", "phone": "13700001111", "document": "110101198001011235"}


def test_whoever_takes_the_place_of_the_first_person_has_a_key_of_their_own(parcels: Shop) -> None:
    """What is erased of the one leaves what is told of the other, on both sides and in history."""
    id = started(parcels)
    parcels.do(id, Write({name: value for name, value in ANOTHER.items() if name != "customer"}), by=HOST)
    assert len(parcels.engine.person("13812345678", by=HOST)) == 1, "a corrected number is the same person's"
    other = started(parcels, "B", phone="13512345678", document="")
    parcels.do(other, Write({"customer": "李四", "phone": "13711112222"}), by=HOST)
    parcels.engine.erase("13512345678", by=HOST, reason="asked for")
    after = fields(parcels, other, HOST)
    assert (after["customer"], after["phone"], after["address"]) == ("李四", "13711112222", "(erased)")
    assert "王小明" not in str([each.record for each in parcels.engine.history(other, by=HOST).items])
    parcels.do(other, Write({"address": "杭州市西湖区2号"}), by=HOST)
    parcels.engine.erase("13711112222", by=HOST, reason="asked for")
    assert {fields(parcels, other, HOST)[name] for name in ("customer", "phone", "address")} == {"(erased)"}
    assert parcels.engine.verify().problems == ()


def test_whoever_is_known_already_keeps_their_key_in_the_place_of_another(parcels: Shop) -> None:
    first, second = started(parcels), started(parcels, "B", **ANOTHER)
    parcels.do(first, Write(ANOTHER), by=HOST)
    assert len(parcels.engine.person(ANOTHER["phone"], by=HOST)) == 2
    erased = parcels.engine.erase(ANOTHER["phone"], by=HOST, reason="asked for").orders
    assert erased == ("000001", "000002")
    assert fields(parcels, second, HOST)["customer"] == "(erased)"
    assert fields(parcels, first, HOST)["address"] == WANG["address"]


@pytest.mark.parametrize("words", ["(erased)", "\uff08\u5df2\u5220\u9664\uff09"])
def test_the_words_for_an_erased_value_never_become_one(parcels: Shop, words: str) -> None:
    id = started(parcels)
    parcels.do(id, Done("known"), by=DESK)
    refused = parcels.engine.do(id, Write({"phone": words}), by=CLERK)
    assert "this is a mask" in refused.blockers[0].message("en")
    parcels.engine.erase(order=id, by=HOST, reason="asked for")
    assert parcels.engine.do(id, Write({"phone": words}), by=CLERK).or_raise().events == ()
    assert "known" in parcels.engine.order(id, by=HOST).order.acts
    parcels.do(id, Write({"phone": "13900000000", "customer": words}), by=HOST)
    shown = fields(parcels, id, HOST)
    assert (shown["phone"], shown["customer"]) == ("13900000000", "(erased)")
    assert parcels.engine.start(
        "parcels", {"ref": "B", "channel": "shop", "customer": words}, by=DESK
    ).blockers


def test_the_words_for_a_locked_value_change_nothing(tmp_path: Any) -> None:
    place, key = tmp_path / "orders.db", new_master_key()
    with connect(place, keys=MasterKeys.of(key)) as engine:
        engine.deploy(PARCELS)
        id = engine.start("parcels", {"ref": "A", "channel": "shop", **WANG}, by=DESK).or_raise().order_id
    with connect(place) as engine:
        assert engine.do(id, Write({"phone": "(encrypted)"}), by=HOST).or_raise().events == ()
    with connect(place, keys=MasterKeys.of(key)) as engine:
        assert engine.do(id, Write({"phone": "(encrypted)"}), by=HOST).or_raise().events == ()
        assert engine.order(id, by=HOST).order.fields["phone"] == WANG["phone"]


def test_conditions_may_ask_whether_there_is_a_value(parcels: Shop) -> None:
    without = parcels.start("B", process="parcels", channel="shop", customer="赵六").order_id
    assert {need.key for need in parcels.engine.work(by=DESK).items} == {"packed"}
    parcels.do(without, Write({"phone": "13100000000"}), by=CLERK)
    assert {need.key for need in parcels.engine.work(by=DESK).items} == {"packed", "known"}


def test_one_person_has_one_key_over_all_orders_and_no_two_texts_are_alike(parcels: Shop) -> None:
    one, same = started(parcels), started(parcels, "B", phone="", address="")
    other = started(parcels, "C", document="", phone="13500000000")
    with parcels.engine.store.reading() as unit:
        kept = {id: list(tokens_in(unit.order(id).state)) for id in (one, same, other)}
    subjects = {id: {token.subject for token in tokens} for id, tokens in kept.items()}
    assert subjects[one] == subjects[same] != subjects[other]
    names = [token for tokens in kept.values() for token in tokens if token.field == "customer"]
    assert len({token.secret for token in names}) == len(names)


def test_all_that_is_kept_of_a_person_is_handed_out(parcels: Shop) -> None:
    one, other = started(parcels), started(parcels, "B", document="", phone="13500000000")
    started(parcels, "C", address="广州市")
    kept = parcels.engine.person("310101199001011234", by=HOST)
    assert [each.view.order.fields["ref"] for each in kept] == ["A", "C"]
    assert kept[0].history[0].record["do"]["values"]["phone"] == "13812345678"
    assert [each.view.row.id for each in parcels.engine.person(order=other, by=HOST)] == [other]
    assert parcels.engine.person("+86 138-1234-5678", by=HOST)[0].view.row.id == one
    with pytest.raises(WrongInput, match="several persons"):
        parcels.engine.person("王小明", by=HOST)
    with pytest.raises(NotFound):
        parcels.engine.person("13000000000", by=HOST)
    with pytest.raises(NotAllowed):
        parcels.engine.person("13812345678", by=DESK)


def test_orders_are_found_by_a_whole_value_by_those_who_see_the_field(parcels: Shop) -> None:
    one, other = started(parcels), started(parcels, "B", document="", phone="13500000000")

    def found(field: str, value: str, by: Principal) -> list[int]:
        return [view.row.id for view in parcels.engine.orders(by=by, find=(field, value)).items]

    assert found("phone", "138 1234 5678", CLERK) == [one]
    assert found("phone", "1381234567", CLERK) == []
    assert found("customer", "王小明", DRIVER) == [one, other]
    assert found("document", WANG["document"], DESK) == [one]
    assert found("document", WANG["document"], DRIVER) == []
    parcels.do(one, Write({"phone": "13500000000"}), by=CLERK)
    assert (found("phone", "13812345678", CLERK), found("phone", "13500000000", CLERK)) == ([], [one, other])
    first = parcels.engine.orders(by=CLERK, find=("phone", "13500000000"), limit=1)
    rest = parcels.engine.orders(by=CLERK, find=("phone", "13500000000"), limit=1, after=first.after)
    assert [view.row.id for view in (*first.items, *rest.items)] == [one, other]
    parcels.engine.erase(order=one, by=HOST, reason="asked for")
    assert found("phone", "13500000000", DESK) == [other]
    with pytest.raises(NotFound, match="address, customer, document, phone"):
        found("ref", "A", DESK)


def test_an_erased_person_is_gone_and_their_orders_go_on(parcels: Shop) -> None:
    one, two = started(parcels), started(parcels, "B")
    other = started(parcels, "C", document="", phone="13500000000")
    parcels.do(two, Done("packed"), Done("known"), Done("shipped"), by=HOST)
    erased = parcels.engine.erase("13812345678", by=HOST, reason="asked for by letter")
    assert erased.orders == ("000001", "000002")
    assert [fields(parcels, one, by)["phone"] for by in (DESK, HOST, DRIVER)] == ["(erased)"] * 3
    assert fields(parcels, other, HOST)["customer"] == "王小明"
    last = parcels.engine.history(one, by=HOST).items[-1]
    assert ([event["event"] for event in last.record["events"]], last.record["reason"]) == (
        ["erased"],
        "asked for by letter",
    )
    assert "王小明" not in str(parcels.engine.history(one, by=HOST).items)
    with pytest.raises(NotFound):
        parcels.engine.person(order=one, by=HOST)
    parcels.do(one, Done("packed"), Done("known"), by=HOST)
    assert parcels.engine.order(one, by=HOST).row.stage == "ship"
    assert parcels.engine.verify().problems == ()


def test_what_is_said_of_an_erased_person_later_is_under_a_new_key(parcels: Shop) -> None:
    id = started(parcels)
    parcels.engine.erase(order=id, by=HOST, reason="asked for")
    parcels.do(id, Write({"phone": "13812345678"}), by=CLERK)
    assert fields(parcels, id, HOST)["phone"] == "13812345678"
    assert fields(parcels, id, HOST)["customer"] == "(erased)"
    new = started(parcels, "B")
    assert fields(parcels, new, HOST)["customer"] == "王小明"
    assert parcels.engine.history(id, by=HOST).items[0].record["do"]["values"]["phone"] == "(erased)"


def test_an_erasure_is_no_command_for_anybody(parcels: Shop) -> None:
    id = started(parcels)
    with pytest.raises(WrongInput, match=r"engine\.erase"):
        parcels.engine.do(id, Erase(), by=HOST)
    with pytest.raises(WrongInput, match="for a reason"):
        parcels.engine.erase(order=id, by=HOST, reason=" ")


def test_without_a_master_key_nothing_private_is_deployed_or_taken() -> None:
    with connect(":memory:") as engine, pytest.raises(NoMasterKey, match="flowengine key new"):
        engine.deploy(PARCELS)


def test_with_another_master_key_nothing_is_taken_and_nothing_shown(tmp_path: Any) -> None:
    first, second = new_master_key(), new_master_key()
    place = tmp_path / "orders.db"
    values = {"ref": "A", "channel": "shop", **WANG}
    with connect(place, keys=MasterKeys.of(first)) as engine:
        engine.deploy(PARCELS)
        id = engine.start("parcels", values, by=DESK).or_raise().order_id
    with connect(place, keys=MasterKeys.of(second)) as engine:
        assert engine.order(id, by=HOST).order.fields["customer"] == "(encrypted)"
        with pytest.raises(WrongMasterKey):
            engine.do(id, Write({"phone": "13900000000"}), by=HOST)
        with pytest.raises(WrongMasterKey):
            engine.deploy(PARCELS.replace('version: "1"', 'version: "2"'))
    with connect(place, keys=MasterKeys.of(f"# new\n{second}\n# old\n{first}")) as engine:
        assert engine.rewrap() == 2  # the person and the look-up
        assert engine.rewrap() == 0
    with connect(place, keys=MasterKeys.of(second)) as engine:
        assert engine.order(id, by=HOST).order.fields["customer"] == "王小明"
        assert engine.person("13812345678", by=HOST)[0].view.row.id == id
    with connect(place) as engine:
        assert engine.order(id, by=HOST).order.fields["customer"] == say("private.locked", "en")
        engine.do(id, Done("packed"), by=HOST).or_raise()
        assert engine.verify().problems == ()


@pytest.mark.parametrize("text", ["", "short", "not a key", "é" * 43])
def test_what_is_no_master_key_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(WrongInput) as refused:
        MasterKeys.of(text)
    assert not text or text not in str(refused.value)


def test_the_kernel_takes_no_plain_value_even_where_nobody_sealed_it() -> None:
    plan = plan_of(PARCELS)
    values = {"ref": "A", "channel": "shop", **WANG}
    decision = decide(plan, None, Create(values, "000001"), HOST, NOON)
    assert {blocker.name for blocker in decision.blockers} >= set(WANG)
    assert "王小明" not in str([blocker.message("en") for blocker in decision.blockers])


def test_a_value_sealed_for_one_field_opens_in_no_other(parcels: Shop) -> None:
    id = started(parcels)
    with parcels.engine.store.reading() as unit:
        row = unit.order(id)
        (subject,) = unit.subjects({token.subject for token in tokens_in(row.state)})
    person = parcels.engine._catalog.vault.person(subject)
    token = next(token for token in tokens_in(row.state) if token.field == "phone")
    assert person.opened("parcels", token) == "13812345678"
    for process, moved in (("other", token), ("parcels", token._replace(field="address"))):
        with pytest.raises(WrongMasterKey):
            person.opened(process, moved)
    assert token_of(token.text) == token


@pytest.mark.parametrize(
    ("kind", "written", "same"),
    [
        ("phone", "+86 138-1234-5678", "13812345678"),
        ("phone", "\uff11\uff13\uff18 1234 5678", "13812345678"),
        ("phone", "021-5555 1234", "02155551234"),
        ("phone", "8613812", "8613812"),
        ("id", "31010119900101123x", "31010119900101123X"),
        ("name", "John  SMITH", "john smith"),
    ],
)
def test_values_are_looked_up_however_they_are_written(kind: str, written: str, same: str) -> None:
    assert alike(kind, written) == alike(kind, same)


CONFIRMED = """
flowengine: 1
process: confirmed
version: "1"
owner: desk
language: en
roles: {desk: {unmasked: all}}
order:
  fields:
    phone: {type: text, private: phone}
    address: {type: text, private: address}
stages:
  ask:
    owner: desk
    needs: {agreed: {confirm: customer, covers: address, asks: phone}}
    next: closed
"""


def test_whoever_has_a_link_sees_what_is_theirs_in_full() -> None:
    with opened(CONFIRMED) as shop:
        values = {"phone": WANG["phone"], "address": WANG["address"]}
        id = shop.engine.start("confirmed", values, by=DESK).or_raise().order_id
        token = shop.engine.link(id, "agreed", by=DESK).token
        asked = shop.engine.asked(token)
        assert (asked.covers, asked.asks) == ({"address": WANG["address"]}, {"phone": WANG["phone"]})
        answer = shop.engine.answer(token, values={"phone": WANG["phone"]}, shown=asked.shown)
        assert answer.ok
        assert shop.engine.order(id, by=DESK).order.fields == values
        assert WANG["phone"] not in everything_kept(shop)


@pytest.mark.parametrize("required", ["", "required: true, "], ids=["optional", "required"])
def test_what_was_erased_is_asked_anew(required: str) -> None:
    process = CONFIRMED.replace("phone: {", "phone: {" + required).replace("covers: address, ", "")
    with opened(process) as shop:
        id = shop.engine.start("confirmed", {"phone": WANG["phone"]}, by=DESK).or_raise().order_id
        token = shop.engine.link(id, "agreed", by=DESK).token
        shop.engine.erase(order=id, by=HOST, reason="asked for")
        assert shop.engine.asked(token).asks == {"phone": None}
        for given in ({}, {"phone": ""}, {"phone": "(erased)"}):
            result = shop.engine.answer(token, values=given, shown="").result
            assert [(each.code, each.name) for each in result.blockers] == [("missing_fields", "phone")]
        wrong = shop.engine.answer(token, values={"phone": ["1"]}, shown="").result
        assert [each.code for each in wrong.blockers] == ["wrong_value"]
        assert shop.engine.answer(token, values={"phone": "13900000000"}, shown="").ok
        assert shop.engine.order(id, by=HOST).order.fields["phone"] == "13900000000"
