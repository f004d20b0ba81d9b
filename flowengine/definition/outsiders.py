"""Who stands outside and has a say nevertheless: the customer, who confirms and holds no role."""

from __future__ import annotations

from typing import Final

from flowengine.definition.words import Text

CUSTOMER: Final = "customer"
CUSTOMER_TITLE: Final = Text(zh="客户", en="customer")
HOST_IDS: Final = frozenset({"system", "time", "signal", "calendar"})
"""The ids of the host itself and of time that passes: nobody acts under them."""
