"""The page itself: title, number, what is covered and what is asked; no script, nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, Template

from flowengine.compiler.charting import field_text
from flowengine.compiler.plan import Plan
from flowengine.definition.values import Stored
from flowengine.kernel.decision import Blocker
from flowengine.runtime.links import Asked
from flowengine.runtime.story import shown
from flowengine.texts import Lang, say

STYLE: Final = files("flowengine.web").joinpath("page.css").read_text("utf-8")
_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""What a browser lets the page do: show itself, and send its form back to where it came from."""
_INPUTS: Final[Mapping[str, str]] = {"integer": "number", "date": "date", "datetime": "datetime-local"}
_TOLD: Final = frozenset({"open", "changed", "later"})
"""States in which the page tells of the order."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field to be filled in."""

    name: str
    title: str
    input: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    least: object = None
    most: object = None


def page(
    asked: Asked, state: str, lang: Lang, *, values: Mapping[str, str], blockers: tuple[Blocker, ...]
) -> str:
    """The page for a link in that state, `values` being what was filled in before and `blockers` why not."""
    told: dict[str, Any] = {}
    if asked.plan and asked.need and state in _TOLD:
        plan = asked.plan
        told = {
            "title": asked.need.title.say(lang),
            "number": asked.number,
            "covers": [
                (field_text(plan, name, lang), _value(plan, name, value, lang))
                for name, value in asked.covers.items()
            ],
            "asks": [_ask(plan, name, values.get(name), value, lang) for name, value in asked.asks.items()],
            "shown": asked.shown,
            "is_open": state != "later",
        }
    notices = list(_notices(asked, state, lang, blockers))
    words = {key: say(f"page.{key}", lang) for key in ("confirm", "decline", "reason", "send", "number")}
    heading = say(f"page.{state}.title", lang) if state not in _TOLD else told["title"]
    said = {"lang": lang, "style": STYLE, "heading": heading, "notices": notices, "words": words}
    text: str = _template().render(**said, **told)
    return text


@cache
def _template() -> Template:
    loader = PackageLoader("flowengine.web", ".")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(
        "page.html"
    )


def _notices(asked: Asked, state: str, lang: Lang, blockers: tuple[Blocker, ...]) -> Iterator[str]:
    if state != "open":
        yield say(f"page.{state}", lang)
    for blocker in blockers:
        if blocker.code == "wrong_value":
            yield blocker.message(lang)
        elif blocker.code == "missing_fields" and asked.plan:
            yield say("page.missing", lang, {"field": field_text(asked.plan, blocker.name, lang)})
        else:
            yield say("page.why", lang)


def _value(plan: Plan, name: str, value: Stored, lang: Lang) -> str:
    """A value for people; each row of a list on a line of its own."""
    if isinstance(value, list):
        return "\n".join(shown(plan, name, [row], lang) for row in value) or "–"
    return shown(plan, name, value, lang)


def _ask(plan: Plan, name: str, given: str | None, value: Stored, lang: Lang) -> Ask:
    field = plan.fields[name]
    choices = tuple((choice, choice) for choice in field.choices)
    if field.type == "boolean":
        choices = (("true", say("reason.yes", lang)), ("false", say("reason.no", lang)))
    present = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return Ask(
        name,
        field_text(plan, name, lang),
        _INPUTS.get(field.type, "text"),
        present if given is None else given,
        choices,
        field.min,
        field.max,
    )
