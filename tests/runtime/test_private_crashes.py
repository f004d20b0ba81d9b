"""Whatever goes wrong while somebody tells of a person: no message, log or table holds what was told."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from flowengine import Choose, Confirm, Write
from flowengine.runtime import opening, quotas, ticking
from tests.kernel.desk import HOUR
from tests.runtime.shop import HOST, Shop, opened
from tests.runtime.test_private_data import CLERK, CONFIRMED, DESK, PARCELS, everything_kept, started

CANARY: Final = "13812345678"


class Shy:
    """A value of a kind that nobody expects, which tells what it holds."""

    def __repr__(self) -> str:
        return CANARY


VALUES: Final[dict[str, Any]] = {
    "a map": {"number": CANARY},
    "a key": {CANARY: 1},
    "a list": [CANARY],
    "an object": Shy(),
    "bytes": CANARY.encode(),
    "half a character": f"{CANARY}\ud800",
    "a sign that no text holds": f"{CANARY}\0",
    "too long": CANARY * 2_000,
    "a number": int(CANARY),
    "a text": CANARY,
}
ACTS: Final[dict[str, Callable[[Shop, int, Any], object]]] = {
    "a write": lambda shop, id, value: shop.engine.do(id, Write({"phone": value}), by=CLERK),
    "of a field not seen": lambda shop, id, value: shop.engine.do(id, Write({"document": value}), by=CLERK),
    "an outcome": lambda shop, id, value: shop.engine.do(id, Choose("amend", {"address": value}), by=DESK),
    "a confirmation": lambda shop, id, value: shop.engine.do(id, Confirm("known", {"phone": value}), by=DESK),
    "a preview": lambda shop, id, value: shop.engine.preview(id, Write({"phone": value}), by=CLERK),
    "an opening": lambda shop, _, value: shop.engine.start(
        "parcels", {"channel": "shop", "ref": "B", "customer": value}, by=DESK
    ),
    "a channel": lambda shop, _, value: shop.engine.start(
        "parcels", {"channel": "web", "ref": "C", "buyer": {"name": value, "mobile": value}}, by=DESK
    ),
    "no map": lambda shop, _, value: shop.engine.start("parcels", [value], by=DESK),
    "no command": lambda shop, id, value: shop.engine.do(id, value, by=CLERK),
    "a record": lambda shop, _, value: list(
        shop.engine.import_orders(
            "parcels", [(1, {"channel": "shop", "ref": "D", "customer": value})], by=HOST
        )
    ),
}


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened(PARCELS, CONFIRMED) as shop:
        yield shop


def said(act: Callable[[], object]) -> str:
    """All that is said of it: the traceback, or the reasons of a refusal, also as a host would log them."""
    try:
        answer = act()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is looked at
        return "".join(traceback.format_exception(error))
    if isinstance(answer, list):
        return repr([(each, each.result.blockers) for each in answer if not each.result.ok])
    blockers = getattr(answer, "blockers", ())
    return repr(blockers) + "".join(blocker.message("en") for blocker in blockers)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_no_refusal_and_no_crash_quotes_what_was_told(
    shop: Shop, act: Callable[[Shop, int, Any], object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    id = started(shop, phone="13700000000")
    for kind, value in VALUES.items():
        assert CANARY not in said(lambda value=value: act(shop, id, value)), kind  # type: ignore[misc]
    assert CANARY not in caplog.text
    assert CANARY not in everything_kept(shop)


@pytest.mark.parametrize("where", [quotas, opening])
def test_a_bug_behind_the_edge_has_nothing_to_quote(
    shop: Shop, where: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that quotes everything that decides: it knows sealed values alone."""

    def broken(*args: object, **more: object) -> None:
        raise RuntimeError(repr((args, more)))

    id = started(shop, phone="13700000000")
    monkeypatch.setattr(where, "decide", broken)
    name = "an opening" if where is opening else "a write"
    found = said(lambda: ACTS[name](shop, id, CANARY))
    assert "RuntimeError" in found
    assert "Sealed(" in found
    assert CANARY not in found


def test_why_time_could_not_decide_an_order_is_kept_and_logged_without_values(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RuntimeError(repr((args, more)))

    caplog.set_level(logging.DEBUG)
    timed = PARCELS.replace("    owner: desk\n    needs", "    owner: desk\n    due: 1h\n    needs", 1)
    with opened(timed, CONFIRMED) as shop:
        id = started(shop, phone=CANARY)
        shop.clock.now += 2 * HOUR
        monkeypatch.setattr(ticking, "decide", broken)
        assert shop.engine.tick().failed == 1
        assert "RuntimeError" in everything_kept(shop)
        assert CANARY not in str(shop.engine.order(id, by=CLERK).row)
        assert CANARY not in everything_kept(shop)
    assert CANARY not in caplog.text
