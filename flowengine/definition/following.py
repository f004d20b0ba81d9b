"""What the `cascade` of a link comes to: a hold and an outcome of this order that go by the other one.

Written out before the process is checked, so they are checked, compared, explained and played like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flowengine.definition.findings import Finding
from flowengine.definition.words import Hold, Link, Name, Outcome, Process, Text, Written
from flowengine.texts import LANGUAGES, say

_CANCELLED: Final = "cancelled"


def with_followers(process: Process) -> Process:
    """The process with a hold for each link that cascades one, and an outcome for each that cascades the
    cancelling; where it has its own of that name, that is left as it is and found by `following_findings`.
    """
    links = [link for link in (process.links or {}).values() if link.cascade and not link.many]
    holds = {_hold_name(link): _hold(link) for link in links if "hold" in link.cascade}
    outcomes = {_outcome_name(link): _outcome(process, link) for link in links if "cancel" in link.cascade}
    if not (holds or outcomes):
        return process
    return replace(
        process,
        holds={**holds, **(process.holds or {})} if holds else process.holds,
        outcomes={**outcomes, **(process.outcomes or {})} if outcomes else process.outcomes,
    )


def following_findings(process: Process) -> Iterator[Finding]:
    """Cascades that cannot be: their names mean something else, or it is not clear which end is meant."""
    for link in (process.links or {}).values():
        if link.many:
            continue
        holds, outcomes = process.holds or {}, process.outcomes or {}
        for word, name, known in (
            ("hold", _hold_name(link), holds.get(_hold_name(link))),
            ("cancel", _outcome_name(link), outcomes.get(_outcome_name(link))),
        ):
            if word in link.cascade and known and known.place != link.place:
                yield Finding("FE740", known.place, {"name": name, "word": word, "link": link.name})
        if "cancel" in link.cascade and len(ends := _cancelled_ends(process)) != 1:
            yield Finding("FE741", link.place, {"link": link.name, "known": ends})


def _hold_name(link: Link) -> str:
    return f"{link.name}_held"


def _outcome_name(link: Link) -> str:
    return f"{link.name}_cancelled"


def _hold(link: Link) -> Hold:
    return Hold(
        place=link.place,
        name=_hold_name(link),
        title=_title(link, "following.hold"),
        while_=_condition(link, "held"),
        pauses=(Name.at("all", link.place),),
    )


def _outcome(process: Process, link: Link) -> Outcome:
    to = next(iter(_cancelled_ends(process)), _CANCELLED)
    return Outcome(
        place=link.place,
        name=_outcome_name(link),
        title=_title(link, "following.cancel"),
        from_=(Name.at("any", link.place),),
        to=Name.at(to, link.place),
        when=_condition(link, "called_off"),
        follows=True,
    )


def _condition(link: Link, fact: str) -> Written:
    """The fact of the other order; where there may be none, that it is there first."""
    read = f"{link.name}.{fact}"
    return Written(read if link.required else f"has({read}) and {read}", link.place)


def _cancelled_ends(process: Process) -> list[str]:
    """The ends at which an order may be cancelled along: `cancelled`, or the only one of that kind."""
    declared = process.ends or {}
    ends = [name for name, end in declared.items() if end.kind == _CANCELLED]
    if _CANCELLED in ends or not ends:
        return [_CANCELLED] if _CANCELLED in ends or _CANCELLED not in declared else []
    return ends


def _title(link: Link, key: str) -> Text:
    said = link.title or Text(en=link.name)
    return Text(**{lang: say(key, lang, {"link": said.say(lang)}) for lang in LANGUAGES})
