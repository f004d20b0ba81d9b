"""A process that is small and real, and somebody who may do everything in it."""

from __future__ import annotations

from typing import Final

from flowengine import Principal
from flowengine.storage.schema import NEWEST

NOW: Final = NEWEST
NEXT: Final = "9999"
"""The version that a revision of the tests brings."""
DESK: Final = Principal.of("li.wei", "desk")
SHOP: Final = """
flowengine: 1
process: shop
version: "1"
owner: desk
order: {fields: {customer: text}}
roles: {desk: {title: Desk}}
stages:
  receive: {owner: desk, due: 24h, needs: {checked: check}, next: pack}
  pack: {owner: desk, needs: {packed: check}, next: closed}
"""
