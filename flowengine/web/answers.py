"""The application behind a link: GET shows what is asked and does nothing else, POST gives the one answer.

The address is the only key. There are no cookies and no sessions, so nothing that another site could make a
browser send along; whoever can post to the address knows it already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from flowengine.errors import FlowEngineError, WrongInput
from flowengine.kernel.decision import Blocker
from flowengine.runtime.flow import Flow
from flowengine.runtime.links import Asked
from flowengine.texts import Lang
from flowengine.web.page import POLICY, page
from flowengine.web.tongue import tongue

LARGEST: Final = 64 * 1024
"""Bytes of an answer; whoever sends more fills in no form."""
_STATUS: Final[Mapping[str, int]] = {"open": 200, "answered": 200, "unknown": 404, "busy": 503, "wrong": 422}
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_THEIRS: Final = frozenset({"wrong_value", "missing_fields", "reason_missing"})
"""Reasons that the customer can do something about; the others are said without what is inside."""


def answers(engine: Flow) -> Starlette:
    """The pages on which customers confirm, one below each `/TOKEN`: to be mounted, or served by itself."""
    desk = _Desk(engine)
    return Starlette(
        routes=[
            Route("/{token}", desk.show, methods=["GET"]),
            Route("/{token}", desk.take, methods=["POST"]),
        ],
        exception_handlers={404: _nothing, 405: _nothing},
    )


class _Desk:
    """Takes requests to the engine and back, outside the loop: the engine waits for its database."""

    def __init__(self, engine: Flow) -> None:
        self._engine = engine

    async def show(self, request: Request) -> Response:
        """What is asked; as often as anybody, or any scanner of mails, wants to look."""
        try:
            asked = await run_in_threadpool(self._engine.asked, request.path_params["token"])
        except FlowEngineError:
            return _page(request, Asked("unknown"), "busy")
        return _page(request, asked, asked.state)

    async def take(self, request: Request) -> Response:
        """The answer."""
        said = await _form(request)
        if said is None:
            return _page(request, Asked("unknown"), "wrong")
        try:
            return await run_in_threadpool(self._taken, request, said)
        except WrongInput:
            return _page(request, Asked("unknown"), "wrong")
        except FlowEngineError:
            return _page(request, Asked("unknown"), "busy")

    def _taken(self, request: Request, said: dict[str, str]) -> Response:
        token = request.path_params["token"]
        agrees = said.get("answer") == "yes"
        values = {name[6:]: value for name, value in said.items() if name.startswith("field.")}
        answer = self._engine.answer(
            token,
            agrees=agrees,
            values=values if agrees else {},
            shown=said.get("shown", "-"),  # without it nobody knows what they saw
            reason="" if agrees else said.get("reason", ""),
        )
        if answer.result is None:
            return _page(request, answer.asked, answer.asked.state)
        if answer.ok:
            return _page(request, answer.asked, "thanks" if agrees else "noted", status=200)
        return self._again(request, token, answer.result.blockers, values)

    def _again(
        self, request: Request, token: str, blockers: tuple[Blocker, ...], values: Mapping[str, str]
    ) -> Response:
        """The form as it is now, with what has to be mended."""
        asked = self._engine.asked(token)
        if not asked.is_open:
            return _page(request, asked, asked.state)
        theirs = tuple(blocker for blocker in blockers if blocker.code in _THEIRS)
        if any(blocker.code == "shown_before" for blocker in blockers):
            return _page(request, asked, "changed", status=409, values=values)
        if not theirs:
            return _page(request, asked, "later", status=409)
        return _page(request, asked, "open", status=422, values=values, blockers=theirs)


def _page(
    request: Request,
    asked: Asked,
    state: str,
    *,
    status: int = 0,
    values: Mapping[str, str] | None = None,
    blockers: tuple[Blocker, ...] = (),
) -> HTMLResponse:
    lang: Lang = tongue(
        request.headers.get("accept-language", ""), asked.plan.language if asked.plan else "en"
    )
    text = page(asked, state, lang, values=values or {}, blockers=blockers)
    return HTMLResponse(text, status or _STATUS.get(state, 410), {**_HEADERS, "Content-Language": lang})


async def _form(request: Request) -> dict[str, str] | None:
    """What was filled in; None for what no form of ours sends."""
    if (
        request.headers.get("content-type", "").partition(";")[0].strip()
        != "application/x-www-form-urlencoded"
    ):
        return None
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=100))
    except ValueError:
        return None


async def _nothing(request: Request, _error: Exception) -> Response:
    return _page(request, Asked("unknown"), "unknown")
