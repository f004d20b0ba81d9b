"""Parts that the process opens: what `opens` comes to, and the action `start` where it names a part.

Written out as a rule before the process is checked, so it is checked, compared, explained and played like any
other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowengine.definition.expressions import parse
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.kinds import Kind
from flowengine.definition.part_references import own_parts_of
from flowengine.definition.scope import fields_of, scope_of
from flowengine.definition.words import Action, Field, Name, Part, Process, Rule, Text
from flowengine.texts import LANGUAGES, say


def with_openings(process: Process) -> Process:
    """The process with a rule for each of its parts that `opens` at a moment; one of its own of that name is
    left as it is and found by `part_opening_findings`.
    """
    opened = [part for part in own_parts_of(process).values() if part.opens]
    if not opened:
        return process
    rules = {_rule_name(part): _rule(part) for part in opened}
    return replace(process, rules={**rules, **(process.rules or {})})


def part_opening_findings(process: Process) -> Iterator[Finding]:
    """Parts that nothing opens row by row, or whose rule is called like another one."""
    for part in own_parts_of(process).values():
        if part.each and not part.opens:
            yield Finding("FE751", part.place, {"part": part.name, "word": "each"}, "FE751.each")
        rule = (process.rules or {}).get(_rule_name(part))
        if part.opens and rule and rule.place != part.place:
            yield Finding("FE749", rule.place, {"name": rule.name, "part": part.name})


def part_start_findings(process: Process, action: Action, part: Part) -> Iterator[Finding]:
    """What is wrong with an action that opens a part: with its rows, and with what the part begins with."""
    given = {*(action.fields or {})}
    if action.each:
        rows = _rows(process, action.each)
        if rows is None:
            lists = [name for name, field in fields_of(process).items() if field.type == "list"]
            yield unknown("FE203", action.each.place, action.each, lists)
            return
        yield from _columns(part, rows)
        given |= {name for name, column in (rows.of or {}).items() if column.required}
    yield from _values(process, action, part)
    for name, field in (part.fields or {}).items():
        if field.required and field.default is None and name not in given:
            yield Finding("FE757", action.place, {"word": name, "part": part.name})


def _rows(process: Process, name: str) -> Field | None:
    field = fields_of(process).get(name)
    return field if field and field.type == "list" else None


def _columns(part: Part, rows: Field) -> Iterator[Finding]:
    """The columns that go into a part: each has the type of the field of that name."""
    for name, column in (rows.of or {}).items():
        field = (part.fields or {}).get(name)
        if field and field.type != column.type:
            params = {"word": name, "part": part.name, "there": field.type, "here": column.type}
            yield Finding("FE758", field.place, params)


def _values(process: Process, action: Action, part: Part) -> Iterator[Finding]:
    scope, fields = scope_of(process), part.fields or {}
    for name, written in (action.fields or {}).items():
        field = fields.get(name)
        if field is None:
            yield unknown("FE203", written.place, name, fields)
        else:
            source, place, at = written
            kind = None if field.type == "list" else Kind(field.type)
            yield from parse(source, scope, place, at=at, expect=kind, guarded=False)[1]


def _rule_name(part: Part) -> str:
    return f"{part.name}_opened"


def _rule(part: Part) -> Rule:
    title = part.title or Text(en=part.name)
    start = Action(place=part.place, start=Name.at(part.name, part.place), each=part.each)
    return Rule(
        place=part.place,
        name=_rule_name(part),
        title=Text(**{lang: say("parts.opens", lang, {"part": title.say(lang)}) for lang in LANGUAGES}),
        after=part.opens,
        then=(start,),
        each=True,
    )
