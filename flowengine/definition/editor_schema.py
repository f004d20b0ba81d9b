"""The JSON Schemas for editors and other tools: they allow what the gate's schemas allow, and teach.

Every key says in both languages what it means and shows how it is written; alternatives are told apart by
`if`, so that a complaint is about the one that was meant. `schema` stays bare, because every check reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any as Json
from typing import Final, Literal

from flowengine.definition.editor_notes import (
    about,
    about_key,
    about_shape,
    both,
    inserted,
    meanings,
    offer,
    one_of,
    removal,
    unless,
    usual,
    words_of,
)
from flowengine.definition.editor_snippets import SNIPPETS, Snippet
from flowengine.definition.process_schema import LEAST, TELLING
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.schema import HOLD_FIXED, Form, Schema, is_left_out, value_schema
from flowengine.definition.shapes import (
    NAME,
    REMOVE,
    Dur,
    Exp,
    Int,
    Key,
    Many,
    Named,
    Patch,
    Pick,
    Shape,
    Str,
    Sub,
    Txt,
    Value,
)
from flowengine.definition.vocabulary import LIBRARY, SHAPES
from flowengine.texts import LANGUAGES, say

Root = Literal["process", "scenario"]
ROOTS: Final[Mapping[Root, Mapping[str, Shape]]] = {
    "process": {**SHAPES, LIBRARY.name: LIBRARY},
    "scenario": SCENARIO_SHAPES,
}
"""The kinds of file that have a schema, with the shapes of which they consist."""
_STAGES: Final = next(key for key in SHAPES["process"].keys if key.name == "stages")
_ALL: Final = {name: shape for shapes in ROOTS.values() for name, shape in shapes.items()}

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The newest draft that every editor knows."""
HOME: Final = "https://flowengine.example/schemas"
"""Where the schemas say that they stand; nothing is fetched from there."""

_BEGUN: Final[Schema] = {"type": "object", "minProperties": 2}
"""A map with more than the letter that somebody has typed to see what is proposed."""
_WRITTEN: Final[Schema] = {"type": ["object", "array", "null"]}
"""A value in the long form, or on further lines."""
_TEXT, _REMOVAL = "text", "removal"
_NAMED, _OFFERS, _REMOVE = "named_", "offers_", "_or_remove"
"""Definitions that are no shapes: texts, the proposal to remove something, maps of names to a shape, and
what is proposed for a shape."""


def editor_schema(root: Root) -> Schema:
    """The JSON Schema that editors use for files of this kind."""
    whole = _process() if root == "process" else _shape(SCENARIO_SHAPES[root])
    head = {"$schema": DRAFT, "$id": f"{HOME}/{root}.schema.json", **whole, "title": both(f"editor.{root}")}
    return {**head, "definitions": _definitions(head)}


def editor_schema_text(root: Root) -> str:
    """The schema as a file holds it: a line for each definition, for indented it would be a fifth larger."""
    schema = editor_schema(root)
    lines = (f"  {json.dumps(name)}: {_line(each)}" for name, each in schema["definitions"].items())
    whole = json.dumps({**schema, "definitions": {}}, indent=1, ensure_ascii=False)
    return whole.replace('"definitions": {}', '"definitions": {\n' + ",\n".join(lines) + "\n }") + "\n"


def _line(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False)


def _process() -> Schema:
    """A process, one that includes or extends, or a library: told apart by the same words as by the gate."""
    process = _shape(SHAPES["process"])
    telling = {word: process["properties"][word] for word in ("extends", *TELLING)}
    telling["stages"] = {**about_key(_STAGES), "type": "object"}  # whole ones or patches
    lacking = [word for word in process["required"] if word not in LEAST["including"]]
    whole_without_parts = {"if": {"required": ["include"]}, "else": {"required": lacking}}
    return {
        **about_shape(SHAPES["process"]),
        **_unless_begun(SNIPPETS["process"]),
        "properties": telling,  # or a file that is begun would be a library to editors
        "if": {"required": ["extends"]},
        "then": _ref("variant"),
        "else": {
            "if": {"anyOf": [{"required": [word]} for word in TELLING]},
            "then": {"allOf": [_ref("process"), whole_without_parts]},
            "else": _ref("library"),
        },
    }


def _definitions(schema: Schema) -> Schema:
    """Every definition to which the schema refers, and those to which they do."""
    found: Schema = {}
    wanted = list(_references(schema))
    while wanted:
        name = wanted.pop(0)
        if name not in found:
            found[name] = _definition(name)
            wanted += _references(found[name])
    return dict(sorted(found.items()))


def _references(schema: Json) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix("#/definitions/")
        for part in schema.values():
            yield from _references(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _references(part)


def _definition(name: str) -> Schema:
    if name in (_TEXT, _REMOVAL):
        return _text() if name == _TEXT else _offers([], removable=True)
    if name.startswith(_OFFERS):
        _, shape = _form_and_shape(name.removeprefix(_OFFERS).removesuffix(_REMOVE))
        return _offers(_alone(shape), removable=name.endswith(_REMOVE))
    if name == "process":
        return {**_shape(SHAPES[name]), "required": list(LEAST["including"])}
    if name == "variant":
        return {**_shape(SHAPES["process"], "patch"), "required": list(LEAST[name])}
    if name.startswith(_NAMED):
        form, shape = _form_and_shape(name.removeprefix(_NAMED))
        return _named(Named(Sub(shape.name)), shape, "", form)
    form, shape = _form_and_shape(name)
    return _shape(shape, form)


def _form_and_shape(name: str) -> tuple[Form, Shape]:
    """What a definition is of."""
    shapes = {_id(each): _ALL[each] for each in _ALL}
    patches: tuple[Form, ...] = ("patch", "type")
    for form in patches:
        if name.startswith(f"{form}_"):
            return form, shapes[name.removeprefix(f"{form}_")]
    return "whole", shapes[name]


def _id(name: str) -> str:
    return name.replace(" ", "_")


def _ref(name: str, form: Form = "whole", of: str = "") -> Schema:
    prefix = {"whole": "", "patch": "patch_", "type": "type_" if name in HOLD_FIXED else "patch_"}[form]
    return {"$ref": f"#/definitions/{of}{prefix}{_id(name)}"}


def _shape(shape: Shape, form: Form = "whole") -> Schema:
    closed = _closed(shape, form)
    snippets = () if shape.name in _LISTED else _snippets(shape, form)
    if shape.short is None:
        return {**about_shape(shape), "type": "object", **closed, **_unless_begun(snippets)}
    short = _short(shape)
    return {
        **about_shape(shape),
        "type": [*_kinds(short), "object"],
        **{name: short[name] for name in ("errorMessage",) if name in short},
        **(_proposed(shape.name) if shape.name not in _LISTED else {}),
        "if": {"type": "object"},
        "then": closed,
        "else": {name: part for name, part in short.items() if name not in ("type", "defaultSnippets")},
    }


def _unless_begun(snippets: tuple[Snippet, ...]) -> Schema:
    branch = {"not": _BEGUN, **offer([inserted(each) for each in snippets])}
    return unless(_BEGUN, branch) if snippets else {}


def _proposed(name: str, *, removable: bool = False) -> Schema:
    """What may be written for a shape with a short form where nothing is written yet."""
    return unless(_WRITTEN, _ref(f"{_OFFERS}{name}{_REMOVE if removable else ''}"))


def _offers(offers: list[Schema], *, removable: bool) -> Schema:
    return {"not": _WRITTEN, **offer([*offers, *([removal()] if removable else [])])}


def _alone(shape: Shape) -> list[Schema]:
    """What is proposed for one such map: its short forms, and it as a whole unless it is one of rows."""
    found = SNIPPETS.get(shape.name, ())
    rows = any("when" in each.body for each in found)
    return [*words_of(shape, "type", _short(shape)), *map(inserted, () if rows else found)]


def _short(shape: Shape) -> Schema:
    """The short form alone, if there is one."""
    return _value(shape.short.value, shape, "type") if shape.short else {}


def _kinds(schema: Schema) -> list[str]:
    kinds = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _snippets(shape: Shape, form: Form) -> tuple[Snippet, ...]:
    """The snippets of a shape; none for a patch that must say more than a whole one."""
    further = form != "whole" and any(key.patch_only for key in shape.keys)
    return () if further else SNIPPETS.get(shape.name, ())


def _closed(shape: Shape, form: Form) -> Schema:
    known = [key for key in shape.keys if not is_left_out(key, form)]
    closed: Schema = {
        "properties": {key.name: _key(shape, key, form) for key in known},
        "additionalProperties": False,
    }
    if form == "whole":
        if required := [key.name for key in shape.keys if key.required]:
            closed["required"] = required
        if shape.one_of:
            none = one_of(shape.one_of, "FE106.none")
            closed["anyOf"] = [{"required": [name], **none} for name in shape.one_of]
    if several := list(_only_one(shape.one_of or shape.at_most_one_of, shape.pair)):
        closed["allOf"] = several
    return closed


def _only_one(options: tuple[str, ...], pair: tuple[str, ...]) -> Iterator[Schema]:
    """A complaint at each key that stands beside another where only one of them, or the pair, may stand."""
    for number, name in enumerate(options[:-1], 1):
        others: Schema = {other: False for other in options[number:] if {name, other} != {*pair}}
        yield {"if": {"required": [name]}, "then": {"properties": others, **one_of(options)}}


def _key(shape: Shape, key: Key, form: Form) -> Schema:
    value = _value(key.value, shape, key.name, form)
    if form != "whole" and not key.required:
        value = _or_remove(value, key.value, list(words_of(shape, key.name, value)))
    told = about_key(key)
    if form != "whole":
        told.pop("description")  # a third of the file would say everything once more
    _tell(value, told)
    return {**told, **value}


def _tell(value: Schema, told: Schema) -> None:
    """Say what the key means before what one of its values is: editors show the innermost they find."""
    for branch in (value[name] for name in ("then", "else") if name in value):
        _tell(branch, told)
        if "$ref" in branch:
            branch.update(told)


def _or_remove(value: Schema, kind: Value, words: list[Schema]) -> Schema:
    """A value of a patch, or the word that takes away what the patch stands on."""
    short = _with_short_form(kind)
    kinds = dict.fromkeys(("string", "object", "array", "number", *_kinds(value)))
    return {
        # What is not of these is refused below; `type` tells an editor only that a value follows the key.
        "type": list(kinds),
        **_removable(short, words),
        "if": {"const": REMOVE},
        "else": {name: part for name, part in value.items() if name != "defaultSnippets"},
    }


def _removable(short: str, words: list[Schema]) -> Schema:
    """What is proposed for a value of a patch: what it may be in short, or its words, and to remove it."""
    if short:
        return _proposed(short, removable=True)
    return unless(_WRITTEN, _offers(words, removable=True) if words else _ref(_REMOVAL))


def _with_short_form(value: Value) -> str:
    """The shape with a short form that a value is, in a list or without one; empty if it is none."""
    of = value.of if isinstance(value, Many) and value.single else value
    return of.shape if isinstance(of, Sub) and _ALL[of.shape].short else ""


def _value(value: Value, shape: Shape, key: str, form: Form = "whole") -> Schema:  # noqa: PLR0911 - one line per kind
    """What the gate wants of a value, with what helps to write it."""
    bare = {name: part for name, part in value_schema(value, form).items() if not name.startswith("x-")}
    match value:
        case Txt():
            return _ref(_TEXT)
        case Str(pattern=pattern, what=what):
            hint = both(f"FE105.{_id(what)}") if pattern else both("editor.quoted")
            return {**bare, "errorMessage": hint, **usual(what)}
        case Dur():
            return {**bare, "errorMessage": both(f"FE105.{_id(value.what)}"), **usual("duration")}
        case Exp(of="condition"):
            return {**bare, "errorMessage": both("FE105.condition")}
        case Int(least=least) if least:
            return {**bare, "examples": [least + 1]}
        case Pick(words=words):
            return {**bare, **meanings(shape, key, words)}
        case Sub(shape=name):
            return _ref(name, form)
        case Patch(shape=name):
            return _ref(name, "patch" if form == "patch" else "type")
        case Named(of=Sub(shape=name), least=1, pattern=pattern) if pattern == NAME:
            return _ref(name, form, of=_NAMED)
        case Named():
            return _named(value, shape, key, form)
        case Many(of=of):
            return _many(value, _value(of, shape, key), form)
    return bare


def _named(named: Named, shape: Shape, key: str, form: Form) -> Schema:
    hint = both("FE105.name" if named.pattern == NAME else "FE105.plain_name")
    entry = _value(named.of, shape, key, form)
    own = _ALL[named.of.shape] if isinstance(named.of, Sub) else None
    if form != "whole":
        entry = {**(about_shape(own) if own else {}), **_or_remove(entry, named.of, [])}
    return {
        "type": "object",
        "propertyNames": {"pattern": named.pattern, "errorMessage": hint, "doNotSuggest": True},
        "additionalProperties": entry,
        "minProperties": named.least if form == "whole" else 0,
        "errorMessage": both("editor.named"),
        **offer([inserted(each, named=True) for each in (_snippets(own, form) if own else ())]),
    }


def _many(value: Many, item: Schema, form: Form) -> Schema:
    """A list; or one value of it, if that may stand without the list."""
    own = SNIPPETS.get(value.of.shape, ()) if isinstance(value.of, Sub) else ()
    listed: Schema = {"type": "array", "items": item, "minItems": value.least}
    listed |= {"errorMessage": both("editor.listed"), **offer([inserted(each) for each in own])}
    if not value.single:
        return listed
    choice: Schema = {"if": {"type": "array"}, "then": listed}
    if isinstance(value.of, Sub):
        kinds = dict.fromkeys(("string", "object", "array", "number", *_kinds(_short(_ALL[value.of.shape]))))
        offers = _proposed(value.of.shape) if form == "whole" else {}
        return {"type": list(kinds), **offers, **choice, "else": _ref(value.of.shape, form)}
    hint = {name: item[name] for name in ("errorMessage",) if name in item}
    alone = {name: part for name, part in item.items() if name != "type"}
    return {"type": [*_kinds(item), "array"], **hint, **choice, "else": alone}


def _items(value: Value) -> Iterator[str]:
    """The shapes whose snippets belong to their list: only there does an editor write the hyphen."""
    match value:
        case Many(of=Sub(shape=name)):
            yield name
        case Many(of=of) | Named(of=of):
            yield from _items(of)


_LISTED: Final = {name for shape in _ALL.values() for key in shape.keys for name in _items(key.value)}


def _text() -> Schema:
    languages = {
        lang: {
            "title": lang,
            **about(*(say(f"editor.in_{lang}", each) for each in LANGUAGES)),
            "type": "string",
        }
        for lang in ("zh", "en")
    }
    return {
        "type": ["string", "object"],
        "errorMessage": both("editor.text"),
        "if": {"type": "object"},
        "then": {"properties": languages, "additionalProperties": False, "minProperties": 1},
    }
