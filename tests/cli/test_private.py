"""Private data from the command line: planted values are nowhere in the files, and in no answer but those for
whom they are meant.
"""

from __future__ import annotations

import base64
import json
import logging
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from flowengine.definition.private import tokens_in

PROCESS = """\
flowengine: 1
process: parcels
version: "1"
language: zh
owner: desk
zone: Asia/Shanghai
roles:
  desk: {sees: all, unmasked: all, may: create}
  driver: {sees: [phone, address], unmasked: address}
  clerk: {sees: [customer, phone], edits: phone}
  packer: {}
order:
  number: "P{serial:3}"
  channels: {shop: {}, web: {maps: {customer: buyer.name, phone: buyer.mobile}}}
  fields:
    customer: {type: text, required: true, private: name}
    phone: {type: text, private: phone}
    address: {type: text, private: address}
    document: {type: text, private: id}
    weight: {type: integer, default: 1}
stages:
  pack:
    owner: packer
    due: {within: 1h, late: [{notify: [desk, clerk]}]}
    needs:
      packed: {check: Packed, covers: [customer, phone]}
      known: {check: Known, by: clerk, when: has(phone)}
      light: {that: has(customer) and 10 / weight > 1}
    next: ship
  ship: {owner: driver, needs: {shipped: check}, next: closed}
"""
CANARIES = {
    "customer": "慕容金丝雀",
    "phone": "13987612345",
    "address": "北京市海淀区金丝雀胡同7号院",
    "document": "110108198702030417",
}
MASKED = {
    "customer": "慕****",
    "phone": "139****2345",
    "address": "北京市海****",
    "document": "1****7",
}
SEEN = {
    "desk": {"customer", "phone", "address", "document"},
    "driver": {"address"},
    "clerk": set[str](),
    "packer": set[str](),
    "clerk,driver": {"address"},
}
FORMS = ("text", "json")


def disguises(text: str) -> Iterator[bytes]:
    """The bytes in which a text may lie in a file."""
    yield text.encode("utf-8")
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield text.encode("gb18030")
    yield json.dumps(text)[1:-1].encode()
    for shift in range(3):  # base64 looks different at each place of a group
        encoded = base64.b64encode(b"\0" * shift + text.encode())
        yield encoded[4 if shift else 0 : -4]


def planted_in(data: bytes) -> set[str]:
    return {name for name, text in CANARIES.items() if any(each in data for each in disguises(text))}


def files(folder: Path) -> dict[str, bytes]:
    """The database with its log."""
    return {path.name: path.read_bytes() for path in folder.glob("flowengine.db*")}


@pytest.fixture
def parcels(call: Any, clock: Any, folder: Path, caplog: pytest.LogCaptureFixture) -> Any:
    """A database with a private process: one order from each mouth, some of it done, one of them late."""
    caplog.set_level(logging.DEBUG)
    (folder / "parcels.yaml").write_text(PROCESS, "utf-8")
    assert call("key", "new").exit_code == 0
    assert call("deploy", "parcels.yaml").exit_code == 0
    given = [f"{name}={value}" for name, value in CANARIES.items()]
    desk, clerk, packer = (("--as", f"{role}:{role}") for role in ("desk", "clerk", "packer"))
    assert call("start", "parcels", "channel=shop", *given, *desk, "--key", "k1").exit_code == 0
    name, phone = CANARIES["customer"], CANARIES["phone"]
    lines: list[dict[str, Any]] = [
        {"channel": "web", "buyer": {"name": name, "mobile": phone, "nick": phone}},
        {"channel": "web", "buyer": {"name": name, "mobile": [phone]}},
        {"channel": "shop", "customer": name, "phone": phone, "weight": 0},
    ]
    (folder / "orders.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert call("import", "parcels", "orders.jsonl", *desk).exit_code == 1
    assert call("do", "P001", "write", "phone=13700000001", *clerk).exit_code == 0
    assert call("do", "P001", "write", f"phone={CANARIES['phone']}", *clerk).exit_code == 0
    assert call("do", "P001", "done", "packed", *packer).exit_code == 0
    clock.wait(30)
    assert call("tick").exit_code == 0
    return call


def questions() -> Iterator[tuple[str, ...]]:
    for order in ("P001", "P002"):
        for verb in ("show", "explain", "why-due", "history"):
            yield verb, order
    yield from (("list", f"--{which}") for which in ("open", "late", "work", "messages", "parked"))
    yield "exceptions", "parcels"
    yield "event", "list"
    yield "release", "P002"
    yield "list", "--find", f"phone={CANARIES['phone']}"
    yield "start", "parcels", "channel=shop", "customer=x", "phone=1*7"
    yield "do", "P001", "outcome", "nothing", "--preview"
    yield "do", "P001", "raise", "nothing", "--reason", "so", "--preview"
    yield "do", "P001", "reassign", "known", "nobody", "--reason", "so", "--preview"
    yield "do", "P001", "write", "phone=13700000002", "--preview"
    yield "do", "P001", "done", "nothing"


def test_nothing_planted_lies_in_any_file_at_any_time(
    parcels: Any, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = files(folder)
    assert kept
    assert planted_in(b"".join(kept.values())) == set()
    asked = ("verify", "doctor", "doctor --json --all --reasons", "doctor --metrics", "audit checkpoint")
    for words in (*asked, "audit verify", "outbox", "reckon --dry-run", "tick", "worker --once"):
        assert planted_in(parcels(*words.split()).output.encode()) == set(), words
    assert planted_in(caplog.text.encode()) == set()


@pytest.mark.parametrize("roles", SEEN)
def test_no_answer_holds_what_its_reader_may_not_see(parcels: Any, roles: str) -> None:
    hidden = set(CANARIES) - SEEN[roles]
    for words in questions():
        for form in FORMS:
            for lang in ("zh", "en"):
                done = parcels(*words, "--format", form, "--lang", lang, "--as", f"somebody:{roles}")
                assert planted_in(done.output.encode()) <= SEEN[roles], words
                assert not list(tokens_in(done.output)), words
                assert hidden or "show" not in words or planted_in(done.output.encode())


def test_masks_stand_where_roles_see_a_field_and_not_its_value(parcels: Any) -> None:
    shown = {
        role: json.loads(parcels("show", "P001", "--format", "json", "--as", f"x:{role}").stdout)["fields"]
        for role in ("desk", "driver", "clerk", "packer")
    }
    assert {name: shown["desk"][name] for name in CANARIES} == CANARIES
    assert (shown["driver"]["phone"], shown["driver"]["address"]) == (MASKED["phone"], CANARIES["address"])
    assert "customer" not in shown["driver"]
    assert {name: shown["clerk"][name] for name in ("customer", "phone")} == {
        name: MASKED[name] for name in ("customer", "phone")
    }
    assert "address" not in shown["packer"]


def test_after_an_erasure_neither_value_nor_key_lies_anywhere(parcels: Any, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "flowengine.db")) as store:
        asked = "SELECT wrapped FROM fe_subjects WHERE name <> 'index' UNION SELECT blind FROM fe_traces"
        secrets = [found for (found,) in store.execute(asked)]
    assert all(any(each.encode() in data for data in files(folder).values()) for each in secrets)
    exported = json.loads(parcels("person", "export", "--order", "P001").stdout)["orders"]
    assert exported[0]["fields"]["document"] == CANARIES["document"]
    assert planted_in(json.dumps(exported[0]["history"], ensure_ascii=False).encode()) == set(CANARIES)
    for order in ("P001", "P002"):
        done = parcels("person", "erase", "--order", order, "--reason", "客户来函要求", "--lang", "zh")
        assert (done.exit_code, order in done.stdout, done.stderr) == (0, True, "")
    kept = files(folder)
    assert not [each for each in secrets for data in kept.values() if each.encode() in data]
    assert "已删除" in parcels("show", "P001", "--lang", "zh").stdout
    assert planted_in("".join(parcels(verb, "P001").output for verb in ("show", "history")).encode()) == set()
    assert "客户来函要求" in parcels("history", "P001", "--lang", "zh").stdout
    assert parcels("verify").exit_code == 0
    assert parcels("do", "P001", "done", "known", "--as", "c:clerk").exit_code == 0


def test_the_key_file_is_its_owners_alone_and_never_written_over(call: Any, folder: Path) -> None:
    assert call("key", "new").exit_code == 0
    path = folder / "flowengine.key"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    before = path.read_text("utf-8")
    refused = call("key", "new")
    assert (refused.exit_code, path.read_text("utf-8")) == (1, before)
    assert json.loads(call("key", "new", "other.key", "--format", "json").stdout) == {"file": "other.key"}
    assert (folder / "other.key").read_text("utf-8") != before


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_key_nothing_private_is_deployed_and_validating_tells_of_it(
    call: Any, folder: Path, lang: str
) -> None:
    (folder / "parcels.yaml").write_text(PROCESS, "utf-8")
    sound = call("validate", "parcels.yaml", "--lang", lang)
    assert (sound.exit_code, "flowengine key new" in sound.stderr) == (0, True)
    refused = call("deploy", "parcels.yaml", "--lang", lang)
    assert refused.exit_code == 1
    assert "flowengine key new" in refused.stderr
    (folder / "flowengine.key").write_text("no key at all", "utf-8")
    broken = call("deploy", "parcels.yaml", "--lang", lang)
    assert (broken.exit_code, "no key at all" in broken.stderr) == (1, False)
    named = call("deploy", "parcels.yaml", env={"FLOWENGINE_KEY_FILE": "gone.key"})
    assert (named.exit_code, "gone.key" in named.stderr) == (2, True)


def test_the_environment_may_hold_the_key(call: Any, clock: Any, folder: Path) -> None:
    (folder / "parcels.yaml").write_text(PROCESS, "utf-8")
    call("key", "new", "first.key")
    call("key", "new", "second.key")
    first, second = ((folder / name).read_text("utf-8") for name in ("first.key", "second.key"))
    old, new = {"FLOWENGINE_MASTER_KEY": first}, {"FLOWENGINE_MASTER_KEY": second}
    assert call("deploy", "parcels.yaml", env=old).exit_code == 0
    words = ("start", "parcels", "channel=shop", f"customer={CANARIES['customer']}", "--as", "d:desk")
    assert call(*words, env=old).exit_code == 0
    assert call(*words, env=new).exit_code == 1
    both = {"FLOWENGINE_MASTER_KEY": f"{second} {first}"}
    assert json.loads(call("key", "rewrap", "--format", "json", env=both).stdout) == {"rewrapped": 2}
    assert CANARIES["customer"] in call("show", "P001", env=new).stdout
    assert CANARIES["customer"] not in call("show", "P001").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("person", "export"),
        ("person", "export", "1", "--order", "P001"),
        ("person", "export", "1", "--reason", "r"),
        ("person", "erase", "1"),
        ("person", "export", "1", "--vacuum"),
        ("key", "rewrap", "file"),
        ("list", "--find", "phone"),
        ("list", "--find", "=1"),
    ],
)
def test_words_that_do_not_go_together_are_wrong_use(parcels: Any, words: tuple[str, ...]) -> None:
    assert parcels(*words).exit_code == 2
