"""What changes in how people outside are told: over which channels, when not, and what is sent together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from flowengine.compiler.comparing.attributes import Kind, differences
from flowengine.compiler.comparing.change import Change, Spot, shift
from flowengine.compiler.comparing.essence import essence
from flowengine.compiler.notices import Digest, Quiet
from flowengine.compiler.plan import Plan
from flowengine.definition.hours import written
from flowengine.definition.notice_references import EVERYONE
from flowengine.texts import Phrase

_NOTHING: Final = Phrase("diff.nothing")
_ABOUT: Final = ("warned", "late", "assigned", "copied")
"""What a digest may collect, in the order in which people are told of it."""


def via(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """Over which channels messages go, and over which first."""
    for who in {**old.via, **new.via}:
        before, after = old.via.get(who), new.via.get(who)
        if before != after:
            said = shift(_ways(old.via, who), _ways(new.via, who))
            named = _who(spot, who, old.via, new.via)
            there = spot.at("notices", "via", who)
            yield there.change("via", old=essence(before), new=essence(after), who=named, shift=said)


def _ways(via: Mapping[str, tuple[str, ...]], who: str) -> object:
    if who in via:
        return list(via[who])
    return Phrase("diff.as_everyone" if EVERYONE in via else "diff.every_channel")


def _who(spot: Spot, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> object:
    if name != EVERYONE:
        return spot.role(name)
    return Phrase("diff.everyone" if {*old, *new} == {EVERYONE} else "diff.everyone_else")


def notices(spot: Spot, old: Plan, new: Plan) -> Iterator[Change]:
    """When messages go outside."""
    spot, before, after = spot.at("notices"), old.notices, new.notices
    if before.quiet or after.quiet:
        # Where nobody is left in peace any more, nothing is an exception to it either.
        was = before.quiet or Quiet(None, old.zone)
        now = after.quiet or replace(was, hours=None, outside={})
        yield from differences(spot.at("quiet"), was, now, QUIET)
    if _digest(before.digest) != _digest(after.digest):
        yield spot.at("digest").change(
            "digest",
            old=_digest(before.digest),
            new=_digest(after.digest),
            shift=shift(_digest_said(before.digest), _digest_said(after.digest)),
        )


def _hours(spot: Spot, old: Quiet, new: Quiet) -> Iterator[Change]:
    if old.hours != new.hours:
        before, after = (each.hours and written(each.hours) for each in (old, new))
        said = shift(before or _NOTHING, after or _NOTHING)
        yield spot.at("hours").change("quiet.hours", old=before, new=after, shift=said)


def _outside(spot: Spot, old: Quiet, new: Quiet) -> Iterator[Change]:
    """Where `off` stands, or nothing at all, people are told at any time: that is the same to them."""
    for who in {**old.outside, **new.outside}:
        before, after = _calendar(old, who), _calendar(new, who)
        if before != after:
            said = shift(*(_within(each) for each in (before, after)))
            named = _who(spot, who, old.outside, new.outside)
            there = spot.at("outside", who)
            yield there.change("quiet.outside", old=before, new=after, who=named, shift=said)


def _calendar(quiet: Quiet, who: str) -> str | None:
    calendar = quiet.outside.get(who, quiet.outside.get(EVERYONE))
    return calendar.name if calendar else None


def _within(calendar: str | None) -> Phrase:
    return Phrase("diff.working_time", {"calendar": calendar}) if calendar else Phrase("diff.any_time")


def _except(spot: Spot, old: Quiet, new: Quiet) -> Iterator[Change]:
    if (old.beside, old.tier) != (new.beside, new.tier):
        before, after = ([*_excepted(each)] for each in (old, new))
        yield spot.at("except").change(
            "quiet.except",
            old=list(before),
            new=list(after),
            shift=shift(*([*_excepted(each).values()] or _NOTHING for each in (old, new))),
        )


def _excepted(quiet: Quiet) -> dict[str, Phrase]:
    """Who disturbs all the same, as the file says it and in words."""
    said = {quiet.beside: Phrase(f"excepted.{quiet.beside}")} if quiet.beside else {}
    tier = {f"tier {quiet.tier}": Phrase("excepted.tier", {"tier": quiet.tier})} if quiet.tier else {}
    return {**said, **tier}


def _digest(digest: Digest | None) -> dict[str, list[str]] | None:
    if digest is None:
        return None
    at = [f"{minute // 60:02}:{minute % 60:02}" for minute in sorted(set(digest.at))]
    return {"what": [each for each in _ABOUT if each in digest.about] or ["all"], "at": at}


def _digest_said(digest: Digest | None) -> Phrase:
    said = _digest(digest)
    if said is None:
        return _NOTHING
    what = [Phrase(f"gathered.{each}") for each in said["what"]]
    return Phrase("diff.digest_at", {"what": what, "at": said["at"]})


_OF_PROCESS: Final = "that of the process"
_DIGEST: Final = "compared together, as one digest"
QUIET: Final = Kind(
    read={"hours": _hours, "outside": _outside, "beside": _except},
    passed_over={"zone": _OF_PROCESS, "tier": "compared together with `beside`"},
)
DIGEST: Final = Kind({}, {"about": _DIGEST, "at": _DIGEST, "zone": _OF_PROCESS})
