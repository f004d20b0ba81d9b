"""Which language is spoken: asked for, then the environment's, then the machine's, then English."""

from __future__ import annotations

from typing import Any

import pytest

from flowengine.cli.language import language

CASES = {
    "nothing said": ([], {}, "en"),
    "asked before the verb": (["--lang", "zh", "list"], {}, "zh"),
    "asked after the verb": (["list", "--lang", "zh"], {}, "zh"),
    "asked with an equals sign": (["list", "--lang=zh"], {}, "zh"),
    "asked twice, the last counts": (["--lang", "zh", "list", "--lang", "en"], {}, "en"),
    "asked wins over the environment": (["--lang", "en"], {"FLOWENGINE_LANG": "zh"}, "en"),
    "behind -- it is a value": (["do", "--", "--lang", "zh"], {}, "en"),
    "without a value": (["--lang"], {}, "en"),
    "a language we lack": (["--lang", "fr"], {"LANG": "zh_CN.UTF-8"}, "zh"),
    "set for flowengine": ([], {"FLOWENGINE_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
    "set with a country": ([], {"FLOWENGINE_LANG": "zh-CN"}, "zh"),
    "LC_ALL before LANG": ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"}, "zh"),
    "LC_MESSAGES before LANG": ([], {"LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
    "empty is not set": ([], {"LC_ALL": "", "LANG": "zh_TW"}, "zh"),
    "LANG": ([], {"LANG": "zh_CN"}, "zh"),
    "the C locale": ([], {"LANG": "C.UTF-8"}, "en"),
}


@pytest.mark.parametrize(("words", "environ", "spoken"), CASES.values(), ids=CASES.keys())
def test_the_language_of_a_call(words: list[str], environ: dict[str, str], spoken: str) -> None:
    assert language(words, environ) == spoken


@pytest.mark.parametrize(
    ("words", "env", "said"),
    [
        (["--lang", "zh", "show", "1"], {}, "错误：flowengine.db：没有这个数据库"),
        (["show", "1", "--lang", "zh"], {}, "错误：flowengine.db：没有这个数据库"),
        (["show", "1"], {"FLOWENGINE_LANG": "zh"}, "错误：flowengine.db：没有这个数据库"),
        (["show", "1"], {"LANG": "zh_CN.UTF-8"}, "错误：flowengine.db：没有这个数据库"),
        (["show", "1"], {}, "error: flowengine.db: there is no such database"),
        (["list", "--nonsense", "--lang", "zh"], {}, "用法有误"),
    ],
)
def test_mistakes_are_told_in_the_language_of_the_call(
    call: Any, words: list[str], env: dict[str, str], said: str
) -> None:
    assert said in call(*words, env=env).stderr
