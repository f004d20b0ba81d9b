"""What a call sends of an order: looked up when it goes, so that what was erased stays in the house.

Private values go in full: to name one in `send` is to permit that.
"""

from __future__ import annotations

import re
from typing import Any, Final

from flowengine.compiler.call import Call
from flowengine.compiler.plan import Plan
from flowengine.definition.private import token_of
from flowengine.definition.values import Stored
from flowengine.delivery.carrier import NotSent
from flowengine.kernel.order import Order
from flowengine.runtime.privacy.lens import Opener
from flowengine.texts import Phrase

_HIDDEN: Final = "…"
_SPACED: Final = r"[\s().-]*"
_SPACING: Final = re.compile(_SPACED)


def content(plan: Plan, order: Order, call: Call, opener: Opener | None) -> tuple[dict[str, Any], list[str]]:
    """What a call sends, and those of its values that nobody else may read."""
    of_the_order = {"number": order.number, "stage": order.stage}
    sent: dict[str, Any] = {}
    hidden: list[str] = []
    for name in call.send:
        value = of_the_order[name] if name in of_the_order else order.fields.get(name)
        if name in plan.private and value is not None:
            value = _opened(plan, value, opener)
            hidden += [value] if isinstance(value, str) else []
        sent[name] = value
    return sent, hidden


def _opened(plan: Plan, value: Stored, opener: Opener | None) -> str | None:
    """A private value in full; None where the person was erased."""
    token = token_of(value)
    if token is None or opener is None:
        raise NotSent("locked", elsewhere=True)
    found = opener.opened(plan.process, token)
    if not isinstance(found, Phrase):
        return found
    if found.key != "private.erased":
        raise NotSent("locked", elsewhere=True)
    return None


def without(text: str, hidden: list[str]) -> str:
    """A reason as it may be kept: without the private values that were sent, however they are spaced."""
    for value in filter(str.strip, hidden):
        signs = _SPACING.sub("", value) or value
        text = re.sub(_SPACED.join(map(re.escape, signs)), _HIDDEN, text, flags=re.IGNORECASE)
    return text
