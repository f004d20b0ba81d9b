"""`flowengine serve`: the pages of a database, on this machine, without a log of who looks at what."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from flowengine import Principal, connect
from tests.web.browser import Browser

SALE = """
flowengine: 1
process: sale
version: "1"
owner: desk
roles: {desk: {}}
stages: {review: {owner: desk, needs: {agreed: {confirm: customer, title: Please confirm}}, next: closed}}
"""


def test_the_pages_of_a_database_are_served(call: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Principal.of("ann", "desk")
    with connect(str(folder / "orders.db")) as engine:
        engine.deploy(SALE)
        token = engine.link(engine.start("sale", {}, by=clerk).order_id, "agreed", by=clerk).token
    seen: dict[str, Any] = {}

    def run(app: Any, **how: Any) -> None:
        seen.update(how, page=Browser(app).get(f"/{token}"))

    monkeypatch.setattr("uvicorn.run", run)
    done = call("serve", "--db", str(folder / "orders.db"), "--port", "8123")
    assert (done.exit_code, "http://127.0.0.1:8123" in done.stderr) == (0, True)
    assert "Please confirm" in seen["page"].text
    assert (seen["host"], seen["port"], seen["access_log"]) == ("127.0.0.1", 8123, False)


def test_with_secrets_it_takes_in_events_too(
    call: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(str(folder / "orders.db")) as engine:
        engine.deploy(SALE)
    seen: dict[str, Any] = {}

    def run(app: Any, **_how: Any) -> None:
        seen["answer"] = Browser(app).ask("POST", "/events/sale/paid", content=b"{}")

    monkeypatch.setattr("uvicorn.run", run)
    monkeypatch.setenv("FLOWENGINE_EVENT_SECRETS", "whsec_" + "b2xk" * 8)
    done = call("serve", "--db", str(folder / "orders.db"))
    assert "http://127.0.0.1:8000/events/PROCESS/EVENT" in done.stderr
    assert (seen["answer"].status_code, "error" in seen["answer"].text) == (401, True)


def test_a_wrong_secret_is_said_before_anything_is_served(call: Any, folder: Path) -> None:
    done = call("serve", "--db", str(folder / "orders.db"), "--event-secrets", "none")
    assert done.exit_code != 0
    assert "http://" not in done.stderr


def test_without_the_extra_it_says_what_to_install(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "uvicorn":
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    done = call("serve")
    assert done.exit_code == 2
    assert "uvicorn, which is not installed: pip install 'flowengine-orders[web]'" in done.stderr
