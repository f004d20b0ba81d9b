"""A sale and the cases that belong to it, for tests of linked orders."""

from __future__ import annotations

from typing import Any, Final

from flowengine import Principal
from flowengine.kernel.order import Order
from tests.runtime.shop import Shop

SALE: Final = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles:
  desk: {sees: all, edits: [amount, priced]}
  service: {sees: all}
  clerk: {sees: customer}
  porter: {sees: [amount, cases]}
order:
  fields:
    customer: {type: text, private: name}
    amount: {type: money, currency: EUR, required: true}
    priced: {type: boolean, default: true}
links: {cases: {process: case, many: true, reads: {issue: text}}}
stages:
  pack: {owner: desk, needs: {packed: check}}
  wait: {owner: desk, needs: {called: check, settled: {that: not any(cases.open)}}, next: closed}
outcomes:
  complain: {from: any, by: desk, then: [{start: case, fields: {issue: "'broken'", since: order.created}}]}
  cancel: {from: any, by: desk, to: cancelled}
rules:
  told: {after: cases.started, each: true, then: [{notify: desk}]}
  all_told: {after: cases, then: [{notify: service}]}
"""
CASE: Final = """
flowengine: 1
process: case
version: "1"
owner: service
roles: {desk: {sees: all}, service: {sees: all}, clerk: {sees: issue}, porter: {sees: [issue, original]}}
order:
  number: "C{serial:3}"
  fields: {customer: {type: text, private: name}, issue: text, since: datetime}
links:
  original:
    process: sale
    required: true
    known_there_as: cases
    copies: {customer: customer}
    reads: {amount: {type: money, required: true}}
stages:
  contact: {owner: service, needs: {contacted: check, cheap: {that: 1000 / original.amount > 1}}}
  solve: {owner: service, needs: {solved: check}, next: closed}
"""
ANN: Final = Principal.of("ann", "desk", "service")


def started(shop: Shop, **values: Any) -> int:
    """A sale, opened and complained about; its case is number 2 once somebody ticks."""
    for text in (SALE, CASE):
        shop.deploy(text)
    return shop.engine.start("sale", {"amount": 100, "customer": "Li Wei", **values}, by=ANN).order_id


def snapshot(shop: Shop, id: int) -> Order:
    """An order as it stands."""
    return shop.engine.order(id, by=Principal.system("a test")).order


def told_of(shop: Shop, id: int, link: str) -> list[str]:
    """Where the orders under a link stand, as this one knows."""
    return [says["stage"] for says in snapshot(shop, id).linked.get(link, {}).values()]
