"""What the real language server says of the word under the cursor: both languages, an example, each word."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from flowengine.definition.editor_schema import ROOTS
from flowengine.definition.shapes import Key, Shape
from flowengine.texts import TEXTS
from tests.editor.documented import settings
from tests.editor.language_server import LanguageServer
from tests.editor.marked import marked
from tests.editor.small_files import PROCESS, edited

NUMBERS = count()
OUTCOMES = (
    "    outcomes: {failed: {to: closed, at_most: 1, beyond: [{ask: {why: note}}], then: [{notify: desk}]}}\n"
)
NEXT = "    next: closed\n"
OF_URGENT = f"{NEXT}types:\n  urgent:\n    stages:\n      "
URGENT = f"{OF_URGENT}review:\n"


def shape(name: str) -> Shape:
    return next(shapes[name] for shapes in ROOTS.values() if name in shapes)


def key(of: str, name: str) -> Key:
    found = shape(of).key(name)
    assert found
    return found


AT = {
    "a key": ("owner: desk\nroles", "ow|ner: desk\nroles", key("process", "owner")),
    "its value": ("owner: desk\nroles", "owner: de|sk\nroles", key("process", "owner")),
    "a text": ("title: 前台", "ti|tle: 前台", key("role", "title")),
    "behind a rare character": ("{title: 前台}}", "{title: 𠮷野家}, le|ad: {}}", shape("role")),
    "a map of names": ("stages:", "sta|ges:", key("process", "stages")),
    "a name": ("  review:", "  rev|iew:", shape("stage")),
    "a name with a short form": ("seen: check", "se|en: check", shape("need")),
    "a short form": ("seen: check", "seen: che|ck", shape("need")),
    "a name with a long form": ("seen: check", "se|en: {check: 已看过, by: desk}", shape("need")),
    "a key of a long form": ("seen: check", "seen: {che|ck: 已看过}", key("need", "check")),
    "a duration": (NEXT, f"{NEXT}    due: 2|4h\n", key("stage", "due")),
    "a key with a map": (NEXT, f"{NEXT}    du|e: {{within: 24h}}\n", key("stage", "due")),
    "one or a list": (NEXT, "    nex|t: closed\n", key("stage", "next")),
    "a list": (NEXT, "    nex|t: [closed]\n", key("stage", "next")),
    "an outcome": (NEXT, NEXT + OUTCOMES.replace("failed", "fai|led"), shape("outcome")),
    "actions": (NEXT, NEXT + OUTCOMES.replace("beyond", "bey|ond"), key("outcome", "beyond")),
    "an action": (NEXT, NEXT + OUTCOMES.replace("ask", "as|k"), key("action", "ask")),
    "a number": (NEXT, NEXT + OUTCOMES.replace("at_most", "at|_most"), key("outcome", "at_most")),
    "a key of a type": (NEXT, f"{URGENT}        du|e: 4h\n", key("stage", "due")),
    "what a type takes away": (NEXT, f"{URGENT}        du|e: remove\n", key("stage", "due")),
    "a stage of a type": (NEXT, f"{OF_URGENT}rev|iew: {{due: 4h}}\n", shape("stage")),
    "a verb": ("create: {}", "cre|ate: {}", key("step", "create")),
    "an expectation": ("expect: {", "exp|ect: {", key("step", "expect")),
    "within an expectation": ("{stage: review}", "{sta|ge: review}", key("expect", "stage")),
}  # fmt: skip


def said(desk: LanguageServer, old: str, new: str) -> str:
    root, text = edited(old, new)
    assert text.cursor
    return desk.hover(desk.show(f"{root}-hover-{next(NUMBERS)}.yaml", text.text), text.cursor)


@pytest.mark.parametrize(("old", "new", "about"), AT.values(), ids=AT)
def test_hover_says_what_it_means_in_both_languages(
    desk: LanguageServer, old: str, new: str, about: Key | Shape
) -> None:
    hover = said(desk, old, new)
    title, meaning = hover.split("\n\n", 1)
    named = TEXTS.get(f"reference.shape.{about.name}", {})
    wanted = about.name if isinstance(about, Key) else f"{named['en']} · {named['zh']}"
    assert title.replace("\\", "") == f"#### {wanted}"
    assert meaning.startswith(f"{about.en}\n\n{about.zh}")
    assert meaning.count("\n\nSource: ") == 1
    if isinstance(about, Key) and about.example:
        assert f"```yaml\n{about.example}\n```" in meaning


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{amount: integer}", "{amount: {ty|pe: integer}}", "word.type"),
        ("stages:\n", "ends: {lost: {kind: fai|lure}}\nstages:\n", "word.kind"),
        ("owner: desk\n", "owner: desk\nlanguage: z|h\n", "word.language"),
    ],
)
def test_hover_says_what_each_word_means(desk: LanguageServer, old: str, new: str, words: str) -> None:
    hover = said(desk, old, new)
    meanings = {name: text for name, text in TEXTS.items() if name.startswith(f"{words}.")}
    assert meanings
    for name, text in meanings.items():
        assert f"* `{name.rsplit('.', 1)[1]}`: {text['en']} · {text['zh']}\n" in hover


MODELINES = {
    "below the folder of schemas": (
        "processes/any.yaml",
        "# yaml-language-server: $schema=../schemas/{}.schema.json",
    ),
    "beside them": ("any.yaml", "# yaml-language-server: $schema=schemas/{}.schema.json"),
    "with Chinese names": (
        "流程/订单.yaml",
        "# 订单\n# yaml-language-server: $schema=../schemas/{}.schema.json",
    ),
}


@pytest.mark.parametrize(("name", "line"), MODELINES.values(), ids=MODELINES)
def test_a_file_may_say_itself_which_schema_it_follows(desk: LanguageServer, name: str, line: str) -> None:
    """Its name is none of those that the settings know."""
    wrong = PROCESS.replace("seen: check", "seen: «chek»").replace("owner", "own|er", 1)
    text = marked(f"{line.format('process')}\n{wrong}")
    assert text.cursor
    uri = desk.show(name, text.text)
    ((start, end, message),) = desk.problems(uri)
    assert ((start, end),) == text.underlined
    assert '"check"' in message
    assert key("process", "owner").zh in desk.hover(uri, text.cursor)


@pytest.mark.parametrize(
    ("name", "old", "new", "about"),
    [
        ("processes/a.yaml", "owner: desk\nroles", "own|er: desk\nroles", key("process", "owner")),
        ("processes/deep/a.yaml", "owner: desk\nroles", "own|er: desk\nroles", key("process", "owner")),
        ("processes/a.scenario.yaml", "starts", "sta|rts", key("scenario", "starts")),
        ("processes/scenarios/a.scenario.yaml", "starts", "sta|rts", key("scenario", "starts")),
    ],
)
def test_the_settings_of_the_documentation_know_files_by_their_names(
    desk: LanguageServer, name: str, old: str, new: str, about: Key
) -> None:
    text = edited(old, new)[1]
    assert text.cursor
    uri = desk.show(name, text.text)
    assert about.zh in desk.hover(uri, text.cursor)
    assert desk.problems(uri) == []


def test_without_such_a_line_nothing_is_known(desk: LanguageServer) -> None:
    text = marked(PROCESS.replace("owner", "own|er", 1).replace("check", "chek"))
    assert text.cursor
    uri = desk.show("unknown.yaml", text.text)
    assert (desk.problems(uri), desk.hover(uri, text.cursor)) == ([], "")


def test_both_languages_of_the_documentation_give_the_same_settings(checkout: Path) -> None:
    english, chinese = (settings(checkout / f"docs/editor{lang}.md") for lang in ("", ".zh-CN"))
    assert english == chinese
