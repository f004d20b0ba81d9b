"""Nothing of a plan is passed over by a comparison: each attribute in turn, of a process with every word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from flowengine.compiler import plan as plans
from flowengine.compiler.comparing import compare
from flowengine.compiler.comparing.change import reads_alike
from flowengine.compiler.comparing.process import KINDS
from flowengine.compiler.comparing.sentences import as_values, told
from flowengine.compiler.compile import compile_process
from flowengine.compiler.due import Mark
from flowengine.compiler.notices import Digest, Notices, Quiet
from flowengine.compiler.plan import Action, Approval, ApprovalStep, Clock, Due, Need, Part, Plan, Task, Way
from flowengine.definition import words
from flowengine.definition.builtin_fields import STAYING
from flowengine.definition.check import check_process
from flowengine.definition.findings import Place
from flowengine.definition.lengths import Length
from flowengine.definition.moments import Point
from flowengine.texts import LANGUAGES


@cache
def sink() -> Plan:
    """The process that uses every key of the language at least once, for orders of no type."""
    file = Path(__file__).parent.parent / "definition" / "kitchen_sink.yaml"
    process = check_process(file.read_bytes(), file.name).process
    assert process is not None
    return replace(compile_process(process, file.name), variants={}, inner={})


def test_every_attribute_of_a_plan_is_compared_or_listed_as_none_of_an_orders_concern() -> None:
    """A new attribute belongs into one of the two lists of its class before anything else is done with it."""
    classes = {
        each
        for each in vars(plans).values()
        if is_dataclass(each) and each.__module__.startswith("flowengine.compiler.")
    }
    classes |= {words.Field, words.Column, Quiet, Digest}
    assert set(KINDS) == classes
    for each, kind in KINDS.items():
        names = {field.name for field in fields(each) if field.init}
        assert names == {*kind.read, *kind.passed_over}, each
        assert not set(kind.read) & set(kind.passed_over), each
        assert all(kind.passed_over.values()), each


MADE_OF_OTHERS = {
    "doable",
    "router",
    "marks",
    "lasting",
    "covering",
    "detours",
    "derived",
    "variants",
    "granted",
    "inner",
}


def parts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every part of a plan that is made of attributes, with the path to it."""
    if is_dataclass(value) and type(value) in KINDS:
        yield path, value
        for field in (field for field in fields(value) if field.init):
            if field.name not in MADE_OF_OTHERS:
                yield from parts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from parts(each, (*path, key))
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            yield from parts(each, (*path, at))


def put(whole: Any, path: tuple[Any, ...], part: Any) -> Any:
    """The whole with another part at the end of the path."""
    if not path:
        return part
    first, *rest = path
    if is_dataclass(whole) and not isinstance(whole, type):
        return replace(whole, **{first: put(getattr(whole, first), tuple(rest), part)})
    if isinstance(whole, Mapping):
        return {**whole, first: put(whole[first], tuple(rest), part)}
    return tuple(put(each, tuple(rest), part) if at == first else each for at, each in enumerate(whole))


APPROVAL = Approval(
    "other", words.Text(en="Other"), 1, (ApprovalStep(("lead",)),), (), (Action(("lead",)),), (), frozenset()
)
NEED = Need("other", "check", words.Text(en="Other"), ("lead",), 1)
PLACE = Place("x", 1, 1)
ROLE = ("lead", "desk", "mechanic")
CONDITION = sink().checks[0].that
DUE = Due(1, sink().calendar, (Mark("late", "late"),), within=Length(7))
# Another value for each attribute that is not plainly a word, a number, or a list with something in it.
OTHER: Mapping[str, Any] = {
    "about": frozenset({"copied"}),
    "after": "test_run.late",
    "any": (NEED,),
    "approval": APPROVAL,
    "ask": ("lead_look",),
    "at_most": 7,
    "beyond": (Action(("lead",)),),
    "by": ROLE,
    "calendar": replace(sink().calendar, name="other"),
    "choices": ("other",),
    "covers": ("wear",),
    "default": (words.DefaultRow(value="other", place=PLACE),),
    "value": (words.ValueRow(value=words.Written("wear", PLACE), place=PLACE),),
    "clocks": {},
    "due": (DUE,),
    "expires": Length(7),
    "holds": {},
    "hours": (60, 120),
    "lanes": {},
    "calls": {},
    "exceptions": {},
    "over": Length(7),
    "teams": {"lead": ("desk",)},
    "resolves": "no_spares",
    "need": replace(NEED, approval=APPROVAL),
    "lasts": "patience",
    "marks": (Mark("50%", "warn", 50),),
    "notices": Notices(),
    "pause": CONDITION,
    "quota": plans.Quota(7, "day"),
    "rules": {},
    "edits": ("wear",),
    "entry": (NEED,),
    "max": 7,
    "min": 7,
    "needs": (NEED,),
    "notify": ROLE,
    "of": {"other": words.Column(name="other", type="text", place=PLACE)},
    "opens": Point("promised_date", 7, is_field=True),
    "outcomes": {},
    "owners": (Way("desk", CONDITION), Way("lead", None)),
    "tasks": {},
    "that": CONDITION,
    "then": (Action(("lead",)),),
    "until": Point("promised_date", 7, is_field=True),
    "waive": ROLE,
    "not_by": ("seen",),
    "sees": ("wear",),
    "unmasked": ("wear",),
    "may": ("create",),
    "reassign": "mechanic",
    "ways": (Way("closed", None),),
    "when": CONDITION,
    "within": Length(7),
    "zone": ZoneInfo("Europe/Berlin"),
}
# The same word says something else in these classes.
OF_ITS_OWN: Mapping[tuple[type, str], Any] = {
    (Task, "after"): ("test_run.late",),
    (Clock, "until"): "test_run.late",
    (Part, "of"): "ticket",
    (Due, "by"): Point("collected_on", 0, is_field=True),
    (Quiet, "tier"): 7,
}
NONE_AS_WELL = {"at_most", "digest", "hours", "max", "min", "opened", "opens", "quiet", "that", "tier"}
NONE_AS_WELL |= {"until", "when", "within"}
NEXT_WORD: Mapping[str, Mapping[str, str]] = {
    "kind": {"success": "failure", "failure": "success", "cancelled": "failure", "note": "file", "": "note"},
    "type": {"text": "integer", "": "text"},
    "beside": {"urgent": "high", "": "urgent"},
    "per": {"month": "year", "": "month"},
    "private": {"phone": "name", "": "name"},
}


def others(part: Any, name: str) -> Iterator[Any]:
    """Other values that an attribute may have: another of its kind, none, or one less."""
    value = getattr(part, name)
    if (type(part), name) in OF_ITS_OWN:
        yield OF_ITS_OWN[type(part), name]
    elif name in OTHER:
        yield OTHER[name]
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield NEXT_WORD[name].get(value) or NEXT_WORD[name][""] if name in NEXT_WORD else "other"
    if isinstance(value, tuple) and value and not isinstance(value, Point) and name != "hours":
        yield value[1:]
    elif isinstance(value, Mapping) and value:
        yield {key: each for key, each in value.items() if key != next(iter(value))}
    elif isinstance(value, str) and name in ("after", "each", "to"):
        yield ""
    elif value not in (None, "") and name in NONE_AS_WELL:
        yield None


def places_but_the_first(plan: Plan) -> set[tuple[str, ...]]:
    """Where outcomes of the whole order stand once more: the compiler puts one into every place."""
    seen: set[str] = set()
    again = set()
    for group in ("stages", "ends"):
        for name, place in getattr(plan, group).items():
            for outcome in place.outcomes.values():
                if outcome.place == "order" and outcome.name in seen:
                    again.add((group, name, "outcomes", outcome.name))
                seen |= {outcome.name} if outcome.place == "order" else set()
    return again


def mutants() -> Iterator[tuple[str, Plan]]:
    """Plans with one attribute changed, but for what the compiler would change in several places at once: a
    process that another brings comes and goes with what that one says.
    """
    plan = sink()
    again = places_but_the_first(plan)
    for path, part in parts(plan):
        if path[:4] in again or (path[:1] == ("fields",) and path[1] in STAYING):
            continue
        kind = KINDS[type(part)]
        compared_elsewhere = {name for name, why in kind.passed_over.items() if "compared" in why}
        for name in sorted({*kind.read, *compared_elsewhere} - {"asks", "place", "inner"}):
            if isinstance(part, plans.End) and name == "outcomes":
                continue
            for other in others(part, name):
                if other != getattr(part, name):
                    yield ".".join(map(str, (*path, name))), put(plan, (*path, name), other)


MUTANTS = list(mutants())


def test_every_attribute_that_an_order_is_concerned_with_has_a_mutant() -> None:
    seen = {(type(part), name) for path, part in parts(sink()) for name in KINDS[type(part)].read}
    assert seen == {(each, name) for each, kind in KINDS.items() for name in kind.read}
    changed = {path.rpartition(".")[2] for path, _ in MUTANTS}
    assert changed >= {name for kind in KINDS.values() for name in kind.read} - {
        "asks",
        "variants",
        "granted",
        "inner",
    }


def test_a_plan_with_one_attribute_changed_is_never_the_same_to_an_order() -> None:
    assert len(MUTANTS) > 500
    unseen = [path for path, mutant in MUTANTS if not compare(sink(), mutant)]
    assert unseen == []


def test_no_change_reads_the_same_on_both_sides() -> None:
    """Also where the words for a thing leave out what is another: then the file's own words name it."""
    alike = {
        (path, change.code)
        for path, mutant in MUTANTS
        for change in compare(sink(), mutant)
        for lang in LANGUAGES
        if any(reads_alike(each, lang) for each in change.params.values())
    }
    assert alike == set()


@given(st.integers(0, len(MUTANTS) - 1), st.integers(0, len(MUTANTS) - 1))
def test_whatever_changes_can_be_said_and_nothing_changes_to_itself(one: int, other: int) -> None:
    old, new = MUTANTS[one][1], MUTANTS[other][1]
    assert compare(old, old) == ()
    changes = compare(old, new)
    for lang in LANGUAGES:
        sentences = told(old, new, changes, lang)
        assert all(each.text for each in sentences)
        said = chain.from_iterable(each.changes for each in sentences)
        assert sorted(map(id, said)) == sorted(map(id, changes))
        json.dumps(as_values(old, new, changes, lang))
