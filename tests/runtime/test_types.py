"""Orders of several types, on a process out of several files: each on its own plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from flowengine import Done, Principal, Result, Write
from flowengine.errors import DefinitionRefused, VersionTaken
from tests.runtime.shop import DESK, HOST, Shop

COMPANY: Final = "flowengine: 1\nroles: {desk: {}, maker: {title: {en: Maker, zh: 制作}}}\n"
PROCESS: Final = """\
flowengine: 1
process: orders
version: "1"
include: [company.yaml]
owner: desk
order: {number: "{serial:3}", unique: [type, ref], fields: {ref: {type: text, required: true}}}
types:
  routine: {}
  quick: {priority: urgent, stages: {make: remove}}
  custom:
    roles: {designer: {}}
    stages: {design: {follows: take, owner: designer, title: Designing, needs: {drawn: check}}}
stages:
  take: {owner: desk, needs: {checked: check}}
  make: {owner: maker, due: 1d, needs: {made: check}}
  hand: {owner: desk, needs: {handed: check}, next: closed}
"""
DESIGNER: Final = Principal.of("di", "designer")


@pytest.fixture
def typed(shop: Shop) -> Shop:
    shop.engine.deploy(PROCESS, file="desk/orders.yaml", files={"company.yaml": COMPANY})
    return shop


def started(shop: Shop, **values: Any) -> Result:
    return shop.engine.start("orders", {"ref": "A", **values}, by=DESK)


def test_each_type_runs_on_its_own_plan_and_the_store_verifies(typed: Shop) -> None:
    engine = typed.engine
    ids = {name: started(typed, type=name).order_id for name in ("routine", "quick", "custom")}
    for id in ids.values():
        assert engine.do(id, Done("checked"), by=DESK).ok
    stages = {name: engine.order(id, by=HOST).row.stage for name, id in ids.items()}
    assert stages == {"routine": "make", "quick": "hand", "custom": "design"}
    assert engine.order(ids["custom"], by=DESIGNER).row.owner == "designer"
    assert [task.key for task in engine.work(by=DESIGNER).items] == ["drawn"]
    assert engine.do(ids["custom"], Done("drawn"), by=DESIGNER).ok
    assert {name: engine.order(id, by=HOST).order.fields["priority"] for name, id in ids.items()} == {
        "routine": "normal", "quick": "urgent", "custom": "normal",
    }  # fmt: skip
    assert engine.verify().problems == ()


def test_the_type_is_asked_for_and_stays(typed: Shop) -> None:
    assert [(b.code, b.name) for b in started(typed).blockers] == [("missing_fields", "type")]
    assert [(b.code, b.name) for b in started(typed, type="gift").blockers] == [("wrong_value", "type")]
    assert [b.code for b in started(typed, type="quick", priority="low").blockers] == ["set_by_process"]
    id = started(typed, type="quick").order_id
    refused = typed.engine.do(id, Write({"type": "custom"}), by=DESK)
    assert [(b.code, b.name) for b in refused.blockers] == [("identifies", "type")]


def test_the_type_may_be_part_of_what_identifies_an_order(typed: Shop) -> None:
    first, second = started(typed, type="quick"), started(typed, type="routine")
    assert first.order_id != second.order_id
    assert started(typed, type=" quick ").order_id == first.order_id


def test_a_process_of_one_type_fills_it_in(shop: Shop) -> None:
    before, _, rest = PROCESS.partition("  routine: {}\n")
    shop.engine.deploy(
        before + "  only: {}\n" + rest[rest.index("stages:\n") :], files={"company.yaml": COMPANY}
    )
    order = shop.engine.order(started(shop).order_id, by=HOST).order
    assert order.fields["type"] == "only"


def test_an_order_stays_on_all_the_files_that_it_began_with(typed: Shop, tmp_path: Path) -> None:
    id = started(typed, type="routine").order_id
    typed.engine.do(id, Done("checked"), by=DESK)
    (tmp_path / "company.yaml").write_text(COMPANY + "# changed\n")
    (tmp_path / "orders.yaml").write_text(PROCESS)
    with pytest.raises(VersionTaken):
        typed.engine.deploy(tmp_path / "orders.yaml")
    (tmp_path / "orders.yaml").write_text(PROCESS.replace('"1"', '"2"'))
    assert typed.engine.deploy(tmp_path / "orders.yaml")[1]
    (tmp_path / "company.yaml").unlink()
    assert typed.engine.order(id, by=HOST).plan.version == "1"
    assert started(typed, type="quick").ok
    assert typed.engine.verify().problems == ()


def test_the_same_files_twice_are_one_definition_whatever_their_line_ends(typed: Shop) -> None:
    files = {"company.yaml": COMPANY.replace("\n", "\r\n").encode(), "other.yaml": "not asked for: ["}
    text = PROCESS.replace("\n", "\r\n")
    assert typed.engine.deploy(text, file="desk/orders.yaml", files=files)[1] is False


def test_what_is_missing_cites_the_file_in_which_it_is_asked_for(shop: Shop) -> None:
    variant = 'flowengine: 1\nprocess: more\nversion: "1"\nextends: orders\nstages: {make: {owner: desk}}\n'
    files = {"orders.yaml": PROCESS, "company.yaml": COMPANY}
    shop.engine.deploy(variant, file="desk/more.yaml", files=files)
    id = shop.engine.start("more", {"ref": "A", "type": "routine"}, by=DESK).order_id
    (blocker,) = shop.engine.explain(id, by=HOST)[1].blockers
    assert (blocker.line, getattr(blocker.line, "file", "")) == (14, "desk/orders.yaml")


def test_a_library_is_not_deployed(shop: Shop) -> None:
    with pytest.raises(DefinitionRefused, match="this file is a library"):
        shop.engine.deploy(COMPANY)
    with pytest.raises(DefinitionRefused, match=r"no file .*company\.yaml"):
        shop.engine.deploy(PROCESS)
