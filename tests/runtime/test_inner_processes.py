"""A process that another one brings: deployed with it, of its version, and opened by its orders alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flowengine.definition import inner
from flowengine.definition.check import check_process
from flowengine.definition.document import Node, read_document
from flowengine.definition.inner import Inner
from flowengine.errors import NotFound, WrongInput
from flowengine.runtime.catalog import Catalog
from tests.runtime.shop import DESK, HOST, Shop, opened

SALE = """
flowengine: 1
process: sale
version: "{version}"
owner: desk
roles: {{desk: {{}}}}
stages: {{sell: {{owner: desk, needs: {{settled: {{that: not any(claims.open)}}}}, next: closed}}}}
"""
CLAIMS = """
link: {process: sale#claims, many: true, reads: {}}
process:
  flowengine: 1
  process: sale#claims
  version: "1"
  owner: desk
  roles: {desk: {}}
  links: {original: {process: sale, required: true, known_there_as: claims, reads: {}}}
  stages: {settle: {owner: desk, needs: {paid: check}, next: closed}}
"""


def claims(process: Node) -> Iterator[Inner]:
    """What every sale brings."""
    if process.entries["process"].value == "sale":
        version = str(process.entries["version"].value)
        node, _ = read_document(CLAIMS.replace('"1"', f'"{version}"'), "sale.yaml")
        assert node is not None
        yield Inner("claims", node.entries["link"], node.entries["process"])


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setattr(inner, "DERIVATIONS", (claims,))
    with opened() as shop:
        assert shop.deploy(SALE.format(version=1))
        yield shop


def test_it_is_deployed_with_the_process_that_brings_it_and_only_once(shop: Shop) -> None:
    assert not shop.deploy(SALE.format(version=1))
    with shop.engine.store.reading() as unit:
        assert [(each.process, each.version) for each in unit.definitions()] == [
            ("sale", "1"),
            ("sale#claims", "1"),
        ]
    assert list(shop.engine.plan("sale#claims", by=HOST).stages) == ["settle"]
    assert shop.engine.plan("sale", by=HOST).links["claims"].process == ("sale#claims",)


def test_an_order_opens_those_of_its_own_version(shop: Shop) -> None:
    shop.deploy(SALE.format(version=2))
    catalog = Catalog(shop.engine.store, shop.clock)
    with shop.engine.store.writing() as unit:
        brought = [unit.definition(catalog.opened_by(unit, sale, "sale#claims")[0]) for sale in (1, 3)]
        assert [(each.process, each.version) for each in brought if each] == [
            ("sale#claims", "1"),
            ("sale#claims", "2"),
        ]
        with pytest.raises(NotFound, match="brings no process"):
            catalog.opened_by(unit, 1, "sale#refunds")


def test_nobody_opens_one_by_hand(shop: Shop) -> None:
    with pytest.raises(WrongInput, match="opened by orders of 'sale'"):
        shop.engine.start("sale#claims", {}, by=DESK)


def test_what_is_wrong_with_it_is_found_with_the_process_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.runtime.test_inner_processes.CLAIMS", CLAIMS.replace("{paid: check}", "{}"))
    monkeypatch.setattr(inner, "DERIVATIONS", (claims,))
    checked = check_process(SALE.format(version=1), "sale.yaml")
    assert checked.process is None
    assert {each.code for each in checked.findings}
