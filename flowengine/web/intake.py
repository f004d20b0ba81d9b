"""The application that takes events of other systems: signed by Standard Webhooks, answered in JSON.

Whoever has a secret may report events of the processes that it is for, and learns nothing of the orders.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flowengine.delivery.signing import key_of, verified
from flowengine.errors import FlowEngineError, NotFound, WrongInput
from flowengine.kernel.commands import Principal
from flowengine.runtime.flow import Flow
from flowengine.runtime.ports import Clock, system_clock
from flowengine.runtime.receiving import Received
from flowengine.texts import say
from flowengine.web.tongue import tongue

LARGEST: Final = 256 * 1024
"""Bytes of an event."""
_STATUS: Final[Mapping[str, int]] = {"too_early": 409, "no_such_event": 404, "not_yours": 403}


def intake(
    engine: Flow,
    secrets: Sequence[str],
    *,
    processes: Collection[str] | None = None,
    sender: str = "webhook",
    clock: Clock = system_clock,
) -> Starlette:
    """Takes `POST /events/PROCESS/EVENT`, to be mounted, or served by itself.

    Each of the `secrets` (`whsec_…`) counts, so that one can be changed while its sender still has the other.
    They are for these `processes`, or for all; `sender` stands in history. Raises WrongInput for no secrets,
    and for what is none.
    """
    if not secrets:
        raise WrongInput("an intake needs a secret: nobody could tell who sends events without one")
    door = _Door(engine, tuple(map(key_of, secrets)), processes, Principal.system(sender), clock)
    return Starlette(routes=[Route("/events/{process}/{event}", door.take, methods=["POST"])])


class _Door:
    """Lets in what is signed, and takes it to the engine outside the loop: that waits for its database."""

    def __init__(
        self,
        engine: Flow,
        keys: Sequence[bytes],
        processes: Collection[str] | None,
        by: Principal,
        clock: Clock,
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._processes = processes
        self._by = by
        self._clock = clock

    async def take(self, request: Request) -> Response:
        """One event."""
        try:
            return _answer(request, await self._taken(request))
        except _Refused as refused:
            return _refusal(request, refused)
        except NotFound:
            return _refusal(request, _Refused(404, "no_process"))
        except WrongInput:
            return _refusal(request, _Refused(400, "no_record"))
        except FlowEngineError:
            return _refusal(request, _Refused(503, "busy"))

    async def _taken(self, request: Request) -> Received:
        body = await _body(request)
        id = verified(self._keys, request.headers, self._clock(), body)
        if id is None:
            raise _Refused(401, "not_signed")
        process, event = request.path_params["process"], request.path_params["event"]
        if self._processes is not None and process not in self._processes:
            raise _Refused(404, "no_process")
        data = _record(body)
        return await run_in_threadpool(self._engine.receive, process, event, data, key=id, by=self._by)


class _Refused(Exception):
    """What does not come in, with the status and the reason that its sender is told."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def _answer(request: Request, found: Received) -> Response:
    if found.ok:
        state = "waiting" if found.parked else "created" if found.created else "taken"
        return JSONResponse({"state": state, "repeated": found.repeated}, 202 if found.parked else 200)
    lang = tongue(request.headers.get("accept-language", ""), "en")
    errors = [
        {"code": each.code, "name": each.name, "message": each.message(lang)} for each in found.blockers
    ]
    status = _STATUS.get(found.blockers[0].code, 422)
    return JSONResponse({"errors": errors}, status, {"Content-Language": lang})


def _refusal(request: Request, refused: _Refused) -> Response:
    lang = tongue(request.headers.get("accept-language", ""), "en")
    said = say(f"intake.{refused.code}", lang, {"most": LARGEST // 1024})
    error = {"code": refused.code, "name": "", "message": said}
    return JSONResponse({"errors": [error]}, refused.status, {"Content-Language": lang})


async def _body(request: Request) -> bytes:
    """What was sent, byte for byte."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise _Refused(413, "too_large")
    return body


def _record(body: bytes) -> dict[str, Any]:
    """The one record in it, numbers with every digit."""
    try:
        found = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _Refused(400, "no_record")
    return found


def _no_number(constant: str) -> Any:
    raise ValueError(constant)
