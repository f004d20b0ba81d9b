"""What of an order may still be amended: which fields, by whom, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flowengine.cli.desk import Desk
from flowengine.cli.screen import iso, visible
from flowengine.compiler import wording
from flowengine.compiler.charting import field_text
from flowengine.compiler.naming import Names
from flowengine.compiler.plan import Plan
from flowengine.definition.findings import cited, file_of
from flowengine.kernel.explain import Amendable, Explanation
from flowengine.runtime.looking import OrderView
from flowengine.runtime.story import clock_time, role_text
from flowengine.texts import Lang


def amendable_lines(desk: Desk, view: OrderView, explanation: Explanation) -> Iterator[str]:
    """The fields that may still be amended, for people."""
    if explanation.amendable:
        yield desk.say("explain.amendable")
    for each in explanation.amendable:
        line = desk.say(
            "explain.amended",
            title=desk.say("named", title=field_text(view.plan, each.field, desk.lang), name=each.field),
            who=[role_text(view.plan, role, desk.lang) for role in each.roles],
        )
        if each.until:
            line += desk.say("explain.amended.until", point=_point(view.plan, each, desk.lang))
        if each.until_at is not None:
            line += desk.say("explain.amended.at", at=clock_time(each.until_at, view.plan))
        yield f"  {visible(line)}  [{visible(cited(each.line, view.plan.file))}]"


def amendable_json(plan: Plan, each: Amendable, lang: Lang) -> dict[str, Any]:
    """A field that may still be amended, for programs; the instant is none until it is known."""
    return {
        "name": each.field,
        "title": field_text(plan, each.field, lang),
        "owner": list(each.roles),
        "until": _point(plan, each, lang),
        "until_at": iso(each.until_at) if each.until_at is not None else None,
        "file": file_of(each.line, plan.file),
        "line": each.line,
    }


def _point(plan: Plan, each: Amendable, lang: Lang) -> str:
    return wording.point(Names(plan, lang), each.until) if each.until else ""
