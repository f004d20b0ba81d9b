"""What the schemas for editors say besides rules: meanings in two languages, examples, proposals, snippets,
and complaints in words that help. `editor_schema` puts them where they belong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any as Json
from typing import Final

from flowengine.definition.editor_snippets import SNIPPETS, Snippet, filled, lines
from flowengine.definition.reference import SHORT_FORMS
from flowengine.definition.schema import Schema
from flowengine.definition.shapes import REMOVE, Key, Many, Named, Shape, Sub
from flowengine.texts import LANGUAGES, TEXTS, Lang, say

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


def both(key: str) -> str:
    """A text of the tables in both languages, on one line."""
    return " · ".join(say(key, lang) for lang in LANGUAGES)


def about(en: str, zh: str, example: str = "") -> Schema:
    """What something means, plain and with an example."""
    plain = f"{en}\n\n{zh}"
    block = f"\n\n```yaml\n{example}\n```" if example else ""
    return {"description": plain, "markdownDescription": plain + block}


def about_shape(shape: Shape) -> Schema:
    """Title and meaning of a shape."""
    found = SNIPPETS.get(shape.name, ())
    example = SHORT_FORMS.get(shape.name) or (_block(found[0]) if found else "")
    title = both(f"reference.shape.{shape.name}").replace("`", "")
    return {"title": title, **about(shape.en, shape.zh, example)}


def about_key(key: Key) -> Schema:
    """Title and meaning of a key."""
    return {"title": key.name, **about(key.en, key.zh, key.example or _key_example(key))}


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


def one_of(options: tuple[str, ...], *more: str) -> Schema:
    """The complaint where one of these must stand, and no other."""
    said = [
        between.join(say(key, lang, {"options": options}) for key in ("FE106", *more))
        for lang, between in _AND.items()
    ]
    return {"errorMessage": " · ".join(said)}


def usual(what: str) -> Schema:
    """An example of a kind of value, and what is usually written."""
    examples = {"examples": [_EXAMPLES[what]]} if what in _EXAMPLES else {}
    return {**examples, **offer([{"label": each, "body": each} for each in _PROPOSED.get(what, ())])}


def meanings(shape: Shape, key: str, words: Iterable[str]) -> Schema:
    """What each word of a list means."""
    meant = [each for _, each in _words(shape, key, words)]
    return {
        "enumDescriptions": ["\n\n".join(each) for each in meant],
        "markdownEnumDescriptions": [" · ".join(each) for each in meant],
    }


def words_of(shape: Shape, key: str, written: Schema) -> Iterator[Schema]:
    """Proposals for a value: its words, by names that say more, or what is usually written."""
    for word, meant in _words(shape, key, written.get("enum", ())):
        label = both(f"short.{word}") if f"short.{word}" in TEXTS else word
        yield {"label": label, "markdownDescription": "\n\n".join(meant), "body": word}
    yield from written.get("defaultSnippets", ())


def _words(shape: Shape, key: str, words: Iterable[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each word with its meaning: that of the key for which it stands, or what the tables say of it."""
    for word in words:
        stands_for, said = shape.key(word), TEXTS.get(f"word.{key}.{word}", {"en": word, "zh": word})
        yield word, (stands_for.en, stands_for.zh) if stands_for else (said["en"], said["zh"])


def removal() -> Schema:
    """The proposal to take away what a patch stands on."""
    words = (say("editor.remove", lang) for lang in LANGUAGES)
    return {"label": both("short.remove"), "markdownDescription": "\n\n".join(words), "body": REMOVE}


def offer(snippets: list[Schema]) -> Schema:
    """The keyword of editors for snippets, if there are any."""
    return {"defaultSnippets": snippets} if snippets else {}


def unless(taken: Schema, branch: Schema) -> Schema:
    """What is proposed for a value, in a branch for what is not `taken` yet; one of both always holds.

    Outside a branch an editor would list it among the keys of a map that is begun.
    """
    return {"oneOf": [branch, {"not": {"not": taken}}]}


def inserted(snippet: Snippet, *, named: bool = False) -> Schema:
    """A snippet as editors take it."""
    body = _under_a_name(snippet) if named else snippet.body
    meaning = about(snippet.en, snippet.zh, _block(snippet))["markdownDescription"]
    return {"label": snippet.label, "markdownDescription": meaning, "body": body}


def _under_a_name(snippet: Snippet) -> Mapping[str, Json]:
    return {f"${{1:{snippet.entry or 'name'}}}": snippet.body}


def _block(snippet: Snippet) -> str:
    """A snippet as it stands in a file, under its name if it has one."""
    body = _under_a_name(snippet) if snippet.entry else snippet.body
    return "\n".join(filled(line) for line in lines(body))
