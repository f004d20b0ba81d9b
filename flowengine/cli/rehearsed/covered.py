"""Coverage told: how much of each process was met, and where in its file stands what never was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from flowengine.cli.rehearsed.junit import printable, properties, suite
from flowengine.cli.screen import table
from flowengine.rehearsal.coverage.coverage import Covered
from flowengine.rehearsal.coverage.ground import KINDS, Item, Kind
from flowengine.texts import Lang, say


def coverage_lines(processes: Sequence[Covered], least: int, lang: Lang) -> Iterator[str]:
    """Each process: how much of each kind, then what is missing; at last whether it is enough."""
    for covered in processes:
        yield ""
        yield _heading(covered, lang)
        yield from (f"  {line}" for line in table(_counts(covered, lang)))
        if never := list(_never(covered, lang)):
            yield f"  {say('coverage.never', lang)}"
            yield from (f"    {line}" for line in table(never))
    if least and processes:
        yield ""
        short = [covered for covered in processes if covered.percent < least]
        yield from (_short(covered, least, lang) for covered in short)
        yield from [] if short else [say("coverage.enough", lang, {"least": least})]


def coverage_json(covered: Covered, lang: Lang) -> dict[str, Any]:
    """One process for programs: every item with the scenario files that met it."""
    return {
        "file": covered.file,
        "process": covered.process.process,
        "percent": covered.percent,
        "kinds": {kind: {"met": met, "of": every} for kind, met, every in _sums(covered)},
        "items": [
            {
                "kind": item.key.kind,
                "stage": item.stage,
                "name": item.key.name,
                "place": str(item.place),
                "met_by": list(by),
                "never": "" if by else never_text(item, lang),
            }
            for item, by in covered.met.items()
        ],
    }


def coverage_suite(covered: Covered, least: int, lang: Lang) -> Element:
    """One process as a JUnit suite: the figures are its properties, its one case fails below `least`."""
    short = covered.percent < least
    made = suite(f"coverage {covered.file}", tests=1, failures=int(short))
    properties(made, [
        ("coverage.percent", covered.percent),
        *((f"coverage.{kind}", f"{met}/{every}") for kind, met, every in _sums(covered)),
        *(("coverage.never", f"{place}: {said}") for place, said in _never(covered, lang)),
    ])  # fmt: skip
    case = SubElement(made, "testcase", classname=printable(covered.file), name="coverage")
    if short:
        SubElement(case, "failure", message=printable(_short(covered, least, lang)))
    return made


def never_text(item: Item, lang: Lang) -> str:
    """That the item was never met, in one sentence."""
    at = say("coverage.order", lang) if item.stage == "order" else item.stage
    return say(f"coverage.never.{item.key.kind}", lang, {"name": item.key.name, "at": at})


def _never(covered: Covered, lang: Lang) -> Iterator[tuple[str, str]]:
    """What was never met, without what goes without saying: what stands in a stage that no order enters."""
    if not covered.scenarios:
        yield covered.file, say("coverage.unplayed", lang)
        return
    never = {item.key for item in covered.never}
    unseen = {key.name for key in never if key.kind == "stage"}
    for item in covered.never:
        kind = _IMPLIED_BY.get(item.key.kind)
        if item.key.kind == "stage":
            within = sum(each.stage == item.stage for each in covered.never) - 1
            said = say("coverage.within", lang, {"said": never_text(item, lang), "count": within})
            yield str(item.place), said if within else never_text(item, lang)
        elif item.stage not in unseen and not (kind and item.key._replace(kind=kind) in never):
            yield str(item.place), never_text(item, lang)


_IMPLIED_BY: Final[Mapping[Kind, Kind]] = {"stopped": "need", "beyond": "outcome"}
"""What was never met has stopped nobody, what was never chosen was not chosen too often: no need to say."""


def _heading(covered: Covered, lang: Lang) -> str:
    met = sum(map(bool, covered.met.values()))
    words = {"met": met, "all": len(covered.met), "percent": covered.percent, "scenarios": covered.scenarios}
    return say("coverage.process", lang, {"file": covered.file, **words})


def _short(covered: Covered, least: int, lang: Lang) -> str:
    words = {"file": covered.file, "percent": covered.percent, "least": least}
    return say("coverage.short", lang, words)


def _counts(covered: Covered, lang: Lang) -> list[tuple[str, str]]:
    return [
        (say(f"coverage.kind.{kind}", lang), say("coverage.count", lang, {"met": met, "all": every}))
        for kind, met, every in _sums(covered)
    ]


def _sums(covered: Covered) -> Iterator[tuple[Kind, int, int]]:
    """Each kind that the process has: how many were met, and how many there are."""
    for kind in KINDS:
        items = [by for item, by in covered.met.items() if item.key.kind == kind]
        if items:
            yield kind, sum(map(bool, items)), len(items)
