"""Processes in a store: kept by their very text; an order stays on the one it began with."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowengine.errors import DefinitionRefused, NotFound, VersionTaken
from flowengine.kernel.commands import Done
from tests.runtime.shop import DESK, HOST, SHOP, Shop, opened

SECOND = SHOP.replace('version: "1"', 'version: "2"').replace(
    "take: {owner: desk, due: 1d", "take: {owner: qa, due: 2d"
)


def test_the_same_text_twice_is_one_definition(shop: Shop) -> None:
    first, _ = shop.engine.deploy(SHOP, file="shop.yaml")
    again, new = shop.engine.deploy(SHOP, file="elsewhere.yaml")
    assert (new, again) == (False, first)


@pytest.mark.parametrize("change", ["# a comment\n", "\n", " "], ids=["comment", "blank line", "blank"])
def test_any_other_text_is_another_definition_and_wants_a_version_of_its_own(shop: Shop, change: str) -> None:
    with pytest.raises(VersionTaken, match="version '1' of shop is deployed with another text"):
        shop.deploy(SHOP + change)
    assert shop.deploy(SECOND + change)


def test_running_orders_stay_on_theirs_and_new_ones_begin_on_the_newest(shop: Shop) -> None:
    old = shop.start("A").order_id
    assert shop.deploy(SECOND)
    new = shop.start("B").order_id
    views = {id: shop.engine.order(id, by=HOST) for id in (old, new)}
    assert {id: view.plan.version for id, view in views.items()} == {old: "1", new: "2"}
    assert {id: view.row.owner for id, view in views.items()} == {old: "desk", new: "qa"}
    shop.do(old, Done("checked"), by=DESK)
    refused = shop.engine.do(new, Done("checked"), by=DESK)
    assert [blocker.code for blocker in refused.blockers] == ["not_yours"]


def test_what_a_running_order_is_told_names_the_line_of_its_own_definition(shop: Shop) -> None:
    old = shop.start("A").order_id
    shop.deploy("# one more line\n" + SECOND)
    new = shop.start("B").order_id
    lines = [shop.engine.explain(id, by=HOST)[1].blockers[0].line for id in (old, new)]
    assert lines[1] == (lines[0] or 0) + 1


def test_counting_goes_on_over_definitions(shop: Shop) -> None:
    shop.start("A")
    shop.deploy(SECOND)
    assert shop.start("B").number == "S202605-002"


def test_a_process_with_errors_is_refused_with_all_of_them_and_nothing_is_kept(shop: Shop) -> None:
    wrong = SECOND.replace("owner: maker", "owner: nobody").replace("to: take", "to: nowhere")
    with pytest.raises(DefinitionRefused, match=r"(?s)shop\.yaml:\d+:\d+: .*nobody.*nowhere"):
        shop.deploy(wrong)
    assert shop.engine.plan("shop", by=HOST).version == "1"


def test_a_process_that_is_not_there_is_answered_with_those_that_are(shop: Shop) -> None:
    with pytest.raises(NotFound, match=r"no process 'shoop' is deployed \(deployed: shop\)"):
        shop.engine.start("shoop", {}, by=DESK)


def test_without_any_process_nothing_can_be_started() -> None:
    with opened() as empty, pytest.raises(NotFound, match="flowengine deploy"):
        empty.engine.start("shop", {}, by=DESK)


def test_two_processes_count_and_run_beside_each_other(shop: Shop) -> None:
    shop.deploy(SHOP.replace("process: shop", "process: outlet"))
    here, there = shop.start("A"), shop.start("A", process="outlet")
    assert here.number == there.number == "S202605-001"
    assert here.order_id != there.order_id


def test_a_number_of_two_processes_asks_for_the_process(shop: Shop) -> None:
    shop.deploy(SHOP.replace("process: shop", "process: outlet"))
    here, there = shop.start("A"), shop.start("A", process="outlet")
    with pytest.raises(NotFound, match="of shop and of outlet: name the process"):
        shop.engine.order(here.number, by=HOST)
    assert shop.engine.order(here.number, by=HOST, process="outlet").row.id == there.order_id


def test_a_file_is_known_by_the_name_it_came_under(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SECOND, "utf-8")
    row, new = shop.engine.deploy(path)
    assert (new, row.file, row.text) == (True, str(path), SECOND)


BYTES = {
    "as it is written here": SHOP.encode(),
    "with the mark that Windows editors put first": b"\xef\xbb\xbf" + SHOP.encode(),
    "with the line ends of Windows": SHOP.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES)
def test_files_of_every_editor_can_be_deployed(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_bytes(data)
    with opened() as shop:
        shop.engine.deploy(path)
        assert shop.start("A").stage == "take"


def test_a_file_that_is_no_text_is_refused_like_any_other_wrong_file(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_bytes(SHOP.replace("desk: {}", "desk: {title: 订单管理部}").encode("gb18030"))
    with pytest.raises(DefinitionRefused, match=r"shop\.yaml:\d+:\d+"):
        shop.engine.deploy(path)
