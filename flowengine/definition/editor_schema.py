"""The JSON Schemas for editors and other tools: they allow what the gate's schema allows, and teach.

Every key says in both languages what it means and shows how it is written; alternatives are told apart by
`if`, so that a complaint is about the one that was meant. `schema` stays bare, because every check reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any as Json
from typing import Final, Literal

from flowengine.definition.editor_snippets import SNIPPETS, Snippet, filled, lines
from flowengine.definition.reference import SHORT_FORMS
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.schema import Schema, value_schema
from flowengine.definition.shapes import (
    NAME,
    Dur,
    Exp,
    Int,
    Key,
    Many,
    Named,
    Pick,
    Shape,
    Str,
    Sub,
    Txt,
    Value,
)
from flowengine.definition.vocabulary import SHAPES
from flowengine.texts import LANGUAGES, TEXTS, Lang, say

Root = Literal["process", "scenario"]
ROOTS: Final[Mapping[Root, Mapping[str, Shape]]] = {"process": SHAPES, "scenario": SCENARIO_SHAPES}
"""The kinds of file that have a schema, with the shapes that each consists of."""

_ALL: Final = {name: shape for shapes in ROOTS.values() for name, shape in shapes.items()}
DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The newest draft that every editor knows."""
HOME: Final = "https://flowengine.example/schemas"
"""Where the schemas say that they stand; nothing is fetched from there."""

_EXAMPLES: Final[Mapping[str, str]] = {
    "duration": "1d 12h",
    "order number": "{yy}{mm}{dd}{serial:4}",
    "time zone": "Europe/Berlin",
    "currency": "EUR",
    "instant": "2026-02-12 16:00",
    "process name": "sales-order",
    "rule": "R01",
}
"""Another way to write a value than the example of its key has, by the kind of value."""
_PROPOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "duration": ("30m", "4h", "24h", "3d"),
    "time zone": ("Asia/Shanghai", "America/New_York", "UTC"),
    "currency": ("CNY", "USD"),
}
"""What editors list for a value of which no table could hold all."""
_AND: Final[Mapping[Lang, str]] = {"en": "; ", "zh": "\uff1b"}
_BEGUN: Final[Schema] = {"type": "object", "minProperties": 2}
"""A map with more than the letter that somebody has typed to see what is proposed."""
_TEXT: Final = "text"
"""The definition of a text for people; no shape has this name."""


def editor_schema(root: Root) -> Schema:
    """The JSON Schema that editors use for files of this kind."""
    shapes = ROOTS[root]
    listed = {item.shape for shape in shapes.values() for key in shape.keys for item in _items(key.value)}
    definitions = {
        _id(name): _shape(shape, () if name in listed else SNIPPETS.get(name, ()))
        for name, shape in shapes.items()
        if name != root
    }
    return {
        "$schema": DRAFT,
        "$id": f"{HOME}/{root}.schema.json",
        **_shape(shapes[root], SNIPPETS.get(root, ())),
        "title": _both(f"editor.{root}"),
        "definitions": {_TEXT: _text(), **definitions},
    }


def editor_schema_text(root: Root) -> str:
    """The schema as a file holds it."""
    return json.dumps(editor_schema(root), indent=2, ensure_ascii=False) + "\n"


def _items(value: Value) -> Iterator[Sub]:
    """The shapes whose snippets belong to their list: only there does an editor write the hyphen."""
    match value:
        case Many(of=Sub() as item):
            yield item
        case Many(of=of) | Named(of=of):
            yield from _items(of)


def _id(name: str) -> str:
    return name.replace(" ", "_")


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{_id(name)}"}


def _both(key: str) -> str:
    return " · ".join(say(key, lang) for lang in LANGUAGES)


def _about(en: str, zh: str, example: str = "") -> Schema:
    plain = f"{en}\n\n{zh}"
    block = f"\n\n```yaml\n{example}\n```" if example else ""
    return {"description": plain, "markdownDescription": plain + block}


def _shape(shape: Shape, offered: Iterable[Snippet]) -> Schema:
    title = _both(f"reference.shape.{shape.name}").replace("`", "")
    about = {"title": title, **_about(shape.en, shape.zh, _shape_example(shape))}
    closed = _closed(shape)
    snippets = [_snippet(each) for each in offered]
    if shape.short is None:
        return {**about, "type": "object", **closed, **_unless(_BEGUN, snippets)}
    short = _value(shape.short.value, shape, "type")
    short.pop("defaultSnippets", None)
    return {
        **about,
        "type": ["string", "object"],
        **{name: short[name] for name in ("errorMessage",) if name in short},
        **_unless({"type": ["object", "null"]}, [*_short_words(shape), *snippets]),
        "if": {"type": "object"},
        "then": closed,
        "else": {name: part for name, part in short.items() if name != "type"},
    }


def _unless(taken: Schema, snippets: list[Schema]) -> Schema:
    """Snippets in a branch for what is not `taken` yet; one of the two branches always holds.

    Outside a branch an editor would list them among the keys of a map that is begun.
    """
    return {"oneOf": [{"not": taken, **_offer(snippets)}, {"not": {"not": taken}}]} if snippets else {}


def _shape_example(shape: Shape) -> str:
    if shape.name in SHORT_FORMS:
        return SHORT_FORMS[shape.name]
    found = SNIPPETS.get(shape.name, ())
    return _block(found[0]) if found else ""


def _closed(shape: Shape) -> Schema:
    closed: Schema = {
        "properties": {key.name: _key(shape, key) for key in shape.keys},
        "additionalProperties": False,
    }
    if required := [key.name for key in shape.keys if key.required]:
        closed["required"] = required
    if shape.one_of:
        none = _one_of(shape.one_of, "FE106.none")
        closed["anyOf"] = [{"required": [name], **none} for name in shape.one_of]
    if several := list(_only_one(shape.one_of or shape.at_most_one_of)):
        closed["allOf"] = several
    return closed


def _only_one(options: tuple[str, ...]) -> Iterator[Schema]:
    """A complaint at each key that stands beside another where only one of them may stand."""
    for number, name in enumerate(options[:-1], 1):
        others: Schema = dict.fromkeys(options[number:], False)
        yield {"if": {"required": [name]}, "then": {"properties": others, **_one_of(options)}}


def _one_of(options: tuple[str, ...], *more: str) -> Schema:
    said = [
        between.join(say(key, lang, {"options": options}) for key in ("FE106", *more))
        for lang, between in _AND.items()
    ]
    return {"errorMessage": " · ".join(said)}


def _key(shape: Shape, key: Key) -> Schema:
    value = _value(key.value, shape, key.name)
    about = {"title": key.name, **_about(key.en, key.zh, key.example or _key_example(key))}
    if "$ref" in value.get("else", ()):  # what the key means goes before what one of its values is
        value["else"] |= about
    return {**about, **value}


def _key_example(key: Key) -> str:
    """What a key without an example of its own looks like: a snippet of what it consists of."""
    match key.value:
        case Named(of=Sub(shape=name)) if name in SNIPPETS:
            body: Json = _under_a_name(SNIPPETS[name][0])
        case Many(of=Sub(shape=name)) if name in SNIPPETS:
            body = [SNIPPETS[name][0].body]
        case _:
            return ""
    return "\n".join(filled(line) for line in lines({key.name: body}))


def _value(value: Value, shape: Shape, key: str) -> Schema:  # noqa: PLR0911 - one line per kind of value
    """What the gate wants of a value, with what helps to write it."""
    bare = {name: part for name, part in value_schema(value).items() if not name.startswith("x-")}
    match value:
        case Txt():
            return _ref(_TEXT)
        case Str(pattern=pattern, what=what):
            hint = _both(f"FE105.{_id(what)}") if pattern else _both("editor.quoted")
            return {**bare, "errorMessage": hint, **_proposals(what)}
        case Dur():
            return {**bare, "errorMessage": _both("FE105.duration"), **_proposals("duration")}
        case Exp():
            return {**bare, "errorMessage": _both("FE105.condition")}
        case Int(least=least) if least:
            return {**bare, "examples": [least + 1]}
        case Pick(words=words):
            return {**bare, **_meanings(shape, key, words)}
        case Sub(shape=name):
            return _ref(name)
        case Named(of=of, pattern=pattern):
            hint = _both("FE105.name" if pattern == NAME else "FE105.plain_name")
            names = {"pattern": pattern, "errorMessage": hint, "doNotSuggest": True}
            snippets = [_snippet(each, named=True) for each in _of(of)]
            inner = {"propertyNames": names, "additionalProperties": _value(of, shape, key)}
            return {**bare, **inner, "errorMessage": _both("editor.named"), **_offer(snippets)}
        case Many(of=of, single=single, least=least):
            item = _value(of, shape, key)
            listed: Schema = {"type": "array", "items": item, "minItems": least}
            listed |= {"errorMessage": _both("editor.listed"), **_offer([_snippet(each) for each in _of(of)])}
            if not single:
                return listed
            return _single_shape(of.shape, listed) if isinstance(of, Sub) else _single(item, listed)
    return bare


def _single(item: Schema, listed: Schema) -> Schema:
    """One value, or a list of them."""
    return {
        "type": [item["type"], "array"],
        **{name: item[name] for name in ("errorMessage",) if name in item},
        "if": {"type": "array"},
        "then": listed,
        "else": {name: part for name, part in item.items() if name != "type"},
    }


def _single_shape(name: str, listed: Schema) -> Schema:
    """One map or its short form, or rows of them. Rows need a `when`, which a single one does not have."""
    shape = _ALL[name]
    alone = () if any("when" in each.body for each in SNIPPETS.get(name, ())) else SNIPPETS.get(name, ())
    return {
        # What is not of these is refused below; `type` tells an editor only that a value follows the key.
        "type": ["string", "object", "array", "number"],
        **_unless({"type": ["object", "array", "null"]}, [*_short_words(shape), *map(_snippet, alone)]),
        "if": {"type": "array"},
        "then": listed,
        "else": _ref(name),
    }


def _text() -> Schema:
    languages = {
        lang: {
            "title": lang,
            **_about(*(say(f"editor.in_{lang}", each) for each in LANGUAGES)),
            "type": "string",
        }
        for lang in ("zh", "en")
    }
    return {
        "type": ["string", "object"],
        "errorMessage": _both("editor.text"),
        "if": {"type": "object"},
        "then": {"properties": languages, "additionalProperties": False, "minProperties": 1},
    }


def _meanings(shape: Shape, key: str, words: Iterable[str]) -> Schema:
    meant = [each for _, each in _words(shape, key, words)]
    return {
        "enumDescriptions": ["\n\n".join(each) for each in meant],
        "markdownEnumDescriptions": [" · ".join(each) for each in meant],
    }


def _words(shape: Shape, key: str, words: Iterable[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each word with its meaning: that of the key for which it stands, or what the tables say of it."""
    for word in words:
        stands_for, said = shape.key(word), TEXTS.get(f"word.{key}.{word}", {"en": word, "zh": word})
        yield word, (stands_for.en, stands_for.zh) if stands_for else (said["en"], said["zh"])


def _proposals(what: str) -> Schema:
    examples = {"examples": [_EXAMPLES[what]]} if what in _EXAMPLES else {}
    return {**examples, **_offer([{"label": each, "body": each} for each in _PROPOSED.get(what, ())])}


def _short_words(shape: Shape) -> Iterator[Schema]:
    """What may be written for the short form: its words, by names that say more, or values that are usual."""
    short = _value(shape.short.value, shape, "type") if shape.short else {}
    for word, (en, zh) in _words(shape, "type", short.get("enum", ())):
        label = _both(f"short.{word}") if f"short.{word}" in TEXTS else word
        yield {"label": label, **_about(en, zh), "body": word}
    yield from short.get("defaultSnippets", ())


def _offer(snippets: list[Schema]) -> Schema:
    return {"defaultSnippets": snippets} if snippets else {}


def _of(value: Value) -> tuple[Snippet, ...]:
    return SNIPPETS.get(value.shape, ()) if isinstance(value, Sub) else ()


def _snippet(snippet: Snippet, *, named: bool = False) -> Schema:
    body = _under_a_name(snippet) if named else snippet.body
    return {"label": snippet.label, **_about(snippet.en, snippet.zh, _block(snippet)), "body": body}


def _under_a_name(snippet: Snippet) -> Mapping[str, Json]:
    return {f"${{1:{snippet.entry or 'name'}}}": snippet.body}


def _block(snippet: Snippet) -> str:
    """A snippet as it stands in a file, under its name if it has one."""
    body = _under_a_name(snippet) if snippet.entry else snippet.body
    return "\n".join(filled(line) for line in lines(body))
