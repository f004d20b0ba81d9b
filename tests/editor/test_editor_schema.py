"""The published schemas: valid themselves, closed, and each key explained; what they add changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator

from flowengine.definition.editor_schema import ROOTS, Root, editor_schema, editor_schema_text
from flowengine.definition.process_schema import LEAST
from flowengine.definition.shapes import Key, Many, Named, Pick, Shape, Value
from flowengine.texts import TEXTS

HAN = re.compile("[\u4e00-\u9fff]")
SHAPES = [
    pytest.param(root, shape, id=f"{root}-{shape.name}")
    for root, shapes in ROOTS.items()
    for shape in shapes.values()
]

HONOURED = {
    *("$schema", "$id", "$ref", "title", "description", "markdownDescription", "examples", "definitions"),
    *("enumDescriptions", "markdownEnumDescriptions", "defaultSnippets", "errorMessage", "doNotSuggest"),
    *("type", "const", "enum", "pattern", "minimum", "minLength", "maxLength", "minItems", "minProperties"),
    *("items", "properties", "propertyNames", "additionalProperties", "required"),
    *("if", "then", "else", "not", "oneOf", "anyOf", "allOf"),
}


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every map in a schema, the whole first."""
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from parts(part)


def definition(root: Root, shape: Shape) -> dict[str, Any]:
    """What the schema says of a shape as a whole."""
    whole = editor_schema(root)
    found = whole if shape.name == "scenario" else whole["definitions"][shape.name.replace(" ", "_")]
    assert isinstance(found, dict)
    return found


def keys(shape: Shape) -> list[Key]:
    return [key for key in shape.keys if not key.patch_only]


@pytest.mark.parametrize("root", ROOTS)
def test_the_schema_is_one(root: Root) -> None:
    schema = editor_schema(root)
    Draft7Validator.check_schema(schema)
    references = {each["$ref"] for each in parts(schema) if "$ref" in each}
    assert {f"#/definitions/{name}" for name in schema["definitions"]} == references
    assert schema["$id"].endswith(f"/{root}.schema.json")
    assert not [word for each in parts(schema) for word in each if word.startswith("x-")]


@pytest.mark.parametrize(("root", "shape"), SHAPES)
def test_each_shape_is_closed_and_says_what_it_is(root: Root, shape: Shape) -> None:
    about = definition(root, shape)
    closed = about.get("then", about)
    assert closed["additionalProperties"] is False
    assert list(closed["properties"]) == [key.name for key in keys(shape)]
    wanted = [key.name for key in keys(shape) if key.required]
    assert closed.get("required", []) == (wanted if shape.name != "process" else list(LEAST["including"]))
    assert explained(about)


@pytest.mark.parametrize(("root", "shape"), SHAPES)
def test_each_key_is_explained_in_both_languages_and_shown(root: Root, shape: Shape) -> None:
    about = definition(root, shape)
    for name, schema in about.get("then", about)["properties"].items():
        key = shape.key(name)
        assert key
        assert schema["title"] == name
        assert explained(schema)
        assert schema["description"] == f"{key.en}\n\n{key.zh}"
        assert (key.example or f"{name}:\n") in schema["markdownDescription"] or name == "order"


def explained(schema: dict[str, Any]) -> bool:
    """A title, and a meaning in both languages, with an example unless it has none."""
    english, chinese = schema["description"].split("\n\n")
    return bool(
        schema["title"]
        and not HAN.search(english)
        and HAN.search(chinese)
        and schema["markdownDescription"].startswith(schema["description"])
    )


@pytest.mark.parametrize("root", ROOTS)
def test_each_word_has_its_meaning(root: Root) -> None:
    for schema in parts(editor_schema(root)):
        if "enum" in schema:
            assert (
                len(schema["enum"])
                == len(schema["enumDescriptions"])
                == len(schema["markdownEnumDescriptions"])
            )
            assert all(
                HAN.search(meaning) and re.search("[a-z]", meaning) for meaning in schema["enumDescriptions"]
            )


def picks(value: Value | None) -> Iterator[Pick]:
    match value:
        case Pick():
            yield value
        case Named(of=of) | Many(of=of):
            yield from picks(of)


@pytest.mark.parametrize(("root", "shape"), SHAPES)
def test_no_word_is_explained_by_itself(root: Root, shape: Shape) -> None:
    """A word that is added to the vocabulary needs an entry `word.KEY.WORD`, of a short form `short.WORD`."""
    wanted = {
        f"word.{key.name}.{word}" for key in shape.keys for pick in picks(key.value) for word in pick.words
    }
    wanted |= {f"short.{word}" for pick in picks(shape.short and shape.short.value) for word in pick.words}
    assert wanted - set(TEXTS) == set()


@pytest.mark.parametrize("root", ROOTS)
def test_the_examples_are_what_the_schema_allows(root: Root) -> None:
    schema = editor_schema(root)
    for part in parts(schema):
        for example in part.get("examples", ()) if "properties" not in part else ():
            assert Draft7Validator({**part, "definitions": schema["definitions"]}).is_valid(example), example
        for snippet in part.get("defaultSnippets", ()):
            if isinstance(snippet["body"], str) and "pattern" in part:
                assert re.search(part["pattern"], snippet["body"])


@pytest.mark.parametrize("root", ROOTS)
def test_every_keyword_is_one_that_editors_honour(root: Root) -> None:
    """A slip such as `defaultSnippet` would help nobody, and nobody would know."""
    assert words_of(editor_schema(root)) <= HONOURED


def words_of(schema: Any) -> set[str]:
    """The keywords of a schema: its keys, but not the names of properties and definitions."""
    if isinstance(schema, list):
        return {word for part in schema for word in words_of(part)}
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for word, part in schema.items():
        if word in ("properties", "definitions"):
            found |= {inner for each in part.values() for inner in words_of(each)}
        elif word not in ("defaultSnippets", "examples", "enum"):
            found |= words_of(part)
    return found


def test_the_schemas_stay_small() -> None:
    """An editor loads them for each file that it opens, and `init` puts them into a project."""
    assert all(len(editor_schema_text(root).encode()) < 1_000_000 for root in ROOTS)
