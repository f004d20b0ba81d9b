"""Every sentence stands once, in both languages, with the same placeholders and its own punctuation."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from flowengine.texts import LANGUAGES, TEXTS, say

TABLES = sorted(path.stem for path in Path(import_module("flowengine.texts").__path__[0]).glob("[a-z]*.py"))
# What is to be typed as it stands: code, quoted text, braces, a time of day, a person; and links.
AS_TYPED = re.compile(r"`[^`]*`|\{\{.*?\}\}|\"[^\"]*\"|\d:\d\d|(?:姓名|李伟):[\w,]+|\]\(#\w+\)")
HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”}]"
HALF_WIDTH = re.compile(rf"(?<={HAN})[,:;?!()]|[,:;?!()](?={HAN})|(?<=[\u4e00-\u9fff])\.(?!\.)")
FULL_WIDTH = re.compile(r"[\u3000-\u303f\uff00-\uffef]")


def test_every_table_is_looked_up_and_no_key_hides_another() -> None:
    keys = Counter(key for name in TABLES for key in import_module(f"flowengine.texts.{name}").TEXTS)
    assert [key for key, times in keys.items() if times > 1] == []
    assert set(keys) == set(TEXTS)


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_it_with_the_same_placeholders(key: str) -> None:
    assert list(TEXTS[key]) == ["en", "zh"]
    assert all(text.strip() == text and text for text in TEXTS[key].values())
    en, zh = (placeholders(TEXTS[key][lang]) for lang in LANGUAGES)
    assert en == zh


@pytest.mark.parametrize("key", [key for key in TEXTS if not key.endswith(".example")])
def test_the_punctuation_is_that_of_the_language(key: str) -> None:
    assert HALF_WIDTH.findall(AS_TYPED.sub("x", TEXTS[key]["zh"])) == []
    assert FULL_WIDTH.findall(TEXTS[key]["en"]) == []


@pytest.mark.parametrize("text", ["缺少:{title}", "{field}:{new}", "审核(第 {visit} 次)", "好.", "“好”,坏"])
def test_wrong_punctuation_would_be_found(text: str) -> None:
    assert HALF_WIDTH.search(AS_TYPED.sub("x", text))


@pytest.mark.parametrize("text", ["请写 16:30", "写成 [a, b]；", "`键: 值`", '{{else: "a, b [c]"}}', "等…"])
def test_what_is_to_be_typed_stays_as_it_is(text: str) -> None:
    assert not HALF_WIDTH.search(AS_TYPED.sub("x", text))


def test_what_is_filled_in_reads_like_the_file() -> None:
    """Yes and no as YAML writes them, lists with the comma of the language."""
    assert say("FE103.quote", "en", {"value": True}) == 'put it in quotes: "true"'
    assert say("hint.known", "en", {"known": ["a", "b"]}) == "known here: a, b"
    assert say("hint.known", "zh", {"known": ["a", "b"]}) == "此处可用：a、b"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
