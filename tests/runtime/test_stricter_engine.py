"""What was deployed once is not judged again: an engine that has become stricter goes on with its orders."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from flowengine import connect
from flowengine.definition import check
from flowengine.definition.findings import Finding
from flowengine.definition.words import Process
from flowengine.errors import DefinitionRefused
from flowengine.kernel.commands import Done
from flowengine.runtime import catalog
from tests.runtime.shop import DESK, HOST, SHOP, Shop


def judged_wrong(process: Process) -> list[Finding]:
    """Every process has a mistake that no engine before had seen."""
    return [Finding("FE205", process.place, {"word": "shop"})]


@pytest.fixture
def stricter() -> Iterator[None]:
    """An engine that finds a mistake in what is deployed, and has to read it anew."""
    catalog._compiled.cache_clear()
    anew = patch.object(catalog, "check_process", check.check_process.__wrapped__)  # type: ignore[attr-defined]
    with anew, patch.object(check, "reference_findings", judged_wrong):
        yield
    catalog._compiled.cache_clear()


def test_orders_go_on_and_new_ones_begin(shop: Shop, stricter: None) -> None:
    first = shop.start("A").order_id
    later = connect(shop.engine.store.engine, clock=shop.clock)
    assert later.do(first, Done("checked"), by=DESK).or_raise().revision == 2
    assert later.start("shop", {"ref": "B"}, by=DESK).ok
    assert [view.row.id for view in later.orders(by=HOST).items] == [first, first + 1]
    assert later.verify().problems == ()


def test_what_is_deployed_anew_is_judged(shop: Shop, stricter: None) -> None:
    with pytest.raises(DefinitionRefused, match="shop"):
        shop.deploy(SHOP.replace('version: "1"', 'version: "2"'))


def test_what_means_nothing_any_more_is_told_with_its_findings(shop: Shop, stricter: None) -> None:
    shop.start("A")
    later = connect(shop.engine.store.engine, clock=shop.clock)
    catalog._compiled.cache_clear()
    with (
        patch.object(catalog, "compile_process", side_effect=KeyError("a word of old")),
        pytest.raises(DefinitionRefused, match=r"shop\.yaml:2:"),
    ):
        later.do(1, Done("checked"), by=DESK)


def test_a_mistake_of_ours_is_none_of_the_process(shop: Shop) -> None:
    shop.start("A")
    later = connect(shop.engine.store.engine, clock=shop.clock)
    catalog._compiled.cache_clear()
    with patch.object(catalog, "compile_process", side_effect=KeyError("ours")), pytest.raises(KeyError):
        later.do(1, Done("checked"), by=DESK)
