"""A browser for the tests of the pages: asks an application for something and reads what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import anyio
import httpx


@dataclass(slots=True)
class Shown(HTMLParser):
    """What stands on a page: its text, what it would load or lead to, the fields and their values."""

    texts: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip() and self.tags[-1][0] != "style":
            self.texts.append(data.strip())

    def form(self) -> dict[str, str]:
        """The fields of the first form, with the values that they have."""
        return {str(each["name"]): each.get("value") or "" for tag, each in self.tags if tag == "input"}


def shown(page: httpx.Response) -> Shown:
    """The page, read."""
    found = Shown()
    found.feed(page.text)
    return found


class Browser:
    """Sends requests to an ASGI application, one after the other."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        """One request and what comes back."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://shop.example") as client:
                return await client.request(method, path, **how)

        return anyio.run(send)

    def get(self, path: str, **how: Any) -> httpx.Response:
        return self.ask("GET", path, **how)

    def post(self, path: str, said: dict[str, str], **how: Any) -> httpx.Response:
        return self.ask("POST", path, data=said, **how)
