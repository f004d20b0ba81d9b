"""What goes wrong, as HTTP answers: each says whether it helps to come again, and what to do."""

from __future__ import annotations

from typing import Any

from asked import language_of
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import NoResultFound, OperationalError

from flowengine import Blocker, FlowEngineError, KeyReused, NotAllowed, NotFound, OrderBusy, WrongInput
from flowengine.errors import ConnectionLost
from flowengine.texts import Lang

AGAIN_AFTER = "1"
"""Seconds. Every command has a key, so whoever got no answer may send the same request again."""

STATUS: tuple[tuple[type[FlowEngineError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (KeyReused, 422),
    (WrongInput, 422),
    (OrderBusy, 503),
    (ConnectionLost, 503),
)


class NotPossible(Exception):
    """A command was refused. Raised, not returned, so that the shop's own rows are rolled back as well."""

    def __init__(self, blockers: tuple[Blocker, ...]) -> None:
        super().__init__("refused")
        self.blockers = blockers


def blockers_in(blockers: tuple[Blocker, ...], lang: Lang) -> list[dict[str, Any]]:
    """Why not: each reason in the reader's language, what it is about, and the roles who can help."""
    return [
        {"code": each.code, "name": each.name, "said": each.message(lang), "roles": list(each.owner)}
        for each in blockers
    ]


def answer_errors(app: FastAPI) -> None:
    """Teach an app these answers."""
    app.add_exception_handler(NotPossible, _refused)
    app.add_exception_handler(FlowEngineError, _failed)
    app.add_exception_handler(NoResultFound, _unknown)
    app.add_exception_handler(OperationalError, _lost)


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, NotPossible)
    lang = language_of(request.headers.get("accept-language", ""))
    status = 403 if any(each.code == "stranger" for each in error.blockers) else 409
    return JSONResponse({"blockers": blockers_in(error.blockers, lang)}, status)


def _failed(_request: Request, error: Exception) -> JSONResponse:
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    return _answer(status, str(error))


def _unknown(_request: Request, _error: Exception) -> JSONResponse:
    """An order that came into the database by another door than this shop's."""
    return _answer(404, "this shop has not sold that")


def _lost(_request: Request, _error: Exception) -> JSONResponse:
    """The host's own statement or its COMMIT failed: lost connections, conflicts found at the end."""
    return _answer(503, "the database did not confirm this; send the same request again")


def _answer(status: int, detail: str) -> JSONResponse:
    headers = {"Retry-After": AGAIN_AFTER} if status == 503 else None
    return JSONResponse({"detail": detail}, status, headers)
