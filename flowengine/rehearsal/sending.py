"""The messages of a rehearsal as they go outside: to whom, over which channels, when, in which words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flowengine.definition.notice_references import EVERYONE
from flowengine.definition.scenario_words import Sent
from flowengine.definition.vocabulary.values import PRIORITIES
from flowengine.kernel.raising import case_tier
from flowengine.rehearsal.playing import Rehearsal
from flowengine.rehearsal.report import Outgoing
from flowengine.rehearsal.stage import WATCHER
from flowengine.runtime.mailroom import cause_of
from flowengine.runtime.story import clock_time
from flowengine.texts import Lang


def outgoing(rehearsal: Rehearsal) -> Iterator[Outgoing]:
    """The messages of all orders, oldest first; who has several roles gets one for each cause."""
    told: set[tuple[int, str, str]] = set()
    for letters in rehearsal.letters():
        letter, *_ = letters.values()
        row = letter.row
        view = rehearsal.engine.order(row.order_id, by=WATCHER)
        tier = case_tier(view.plan.process, view.order)
        at = view.plan.notices.goes_at(row.about, row.role, row.at, PRIORITIES[view.row.priority], tier)
        for name in rehearsal.meant(row.role):
            if (row.order_id, cause_of(row), name) not in told:
                told.add((row.order_id, cause_of(row), name))
                yield Outgoing(
                    id=row.id,
                    order=row.order_id,
                    cause=row.cause,
                    number=row.number,
                    to=name,
                    about=row.about,
                    message=letter.message,
                    via=view.plan.via.get(row.role, view.plan.via.get(EVERYONE, ())),
                    at=clock_time(at, view.plan),
                    texts={lang: (each.subject, each.text) for lang, each in letters.items()},
                )


Said = dict[str, Any]
"""A message as scenario files write it."""


def unlike(rehearsal: Rehearsal, wanted: tuple[Sent, ...]) -> tuple[list[Said], list[Said]]:
    """What is expected and was not sent, and what was sent and is not expected.

    Of a message to somebody of whom another one was expected no more is shown than what was asked.
    """
    found = [each for each in outgoing(rehearsal) if rehearsal.news_of(each.order, each.cause)]
    expected = [(name, each) for each in wanted for name in rehearsal.meant(each.to)]
    pairs = _pairs([[n for n, each in enumerate(found) if _fits(*want, each)] for want in expected])
    missing = [want for number, want in enumerate(expected) if number not in pairs]
    others = [each for number, each in enumerate(found) if number not in pairs.values()]
    shown = []
    for name, want in missing:
        if near := next((each for each in others if each.to == name), None):
            others.remove(near)
            shown.append(_asked(near, want))
    shown += [_whole(each, rehearsal.language) for each in others]
    return [_wanted(name, want) for name, want in missing], shown


def _pairs(fitting: list[list[int]]) -> dict[int, int]:
    """As many as can be paired, each with one that fits it."""
    owner: dict[int, int] = {}

    def seated(one: int, tried: set[int]) -> bool:
        for other in fitting[one]:
            if other not in tried:
                tried.add(other)
                if other not in owner or seated(owner[other], tried):
                    owner[other] = one
                    return True
        return False

    for one in range(len(fitting)):
        seated(one, set())
    return {one: other for other, one in owner.items()}


def _fits(name: str, want: Sent, found: Outgoing) -> bool:
    return _wanted(name, want) == _asked(found, want)


def _wanted(name: str, want: Sent) -> Said:
    """What is expected, with the words that are written."""
    said = {"about": want.about, "message": want.message, "via": want.via, "at": want.at}
    words = {
        word: list(value) if word == "via" else value for word, value in said.items() if value is not None
    }
    return {"to": name, **words, **({"says": _pieces(want)} if want.says else {})}


def _asked(found: Outgoing, want: Sent) -> Said:
    """What was sent, with the words that are asked of it; the text whole where the piece is not in it."""
    said = {word: value for word, value in _words(found).items() if getattr(want, word) is not None}
    texts = {lang: (piece, found.said(lang)) for lang, piece in _pieces(want).items()}
    pieces = {lang: piece if piece in text else text for lang, (piece, text) in texts.items()}
    return {"to": found.to, **said, **({"says": pieces} if pieces else {})}


def _whole(found: Outgoing, lang: Lang) -> Said:
    words = {word: value for word, value in _words(found).items() if value}
    return {"to": found.to, **words, "says": found.said(lang)}


def _words(found: Outgoing) -> Said:
    return {"about": found.about, "message": found.message, "via": list(found.via), "at": found.at}


def _pieces(want: Sent) -> dict[Lang, str]:
    """The pieces of text that are written, by language."""
    said: dict[Lang, str] = {"zh": want.says.zh, "en": want.says.en} if want.says else {}
    return {lang: piece for lang, piece in said.items() if piece}
