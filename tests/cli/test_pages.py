"""The page of each code: it is there, its bad example shows the code, its good example shows nothing.

A new code needs a new file in `flowengine/cli/findings/pages/`; `make generated` then writes the documents.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest

from flowengine.cli.findings.examples import examples, told
from flowengine.cli.findings.pages import Page, codes, page, title
from flowengine.texts import LANGUAGES, Lang
from tests.test_texts import AS_TYPED, FULL_WIDTH, HALF_WIDTH


def written(code: str) -> Page:
    found = page(code)
    assert found is not None, f"write flowengine/cli/findings/pages/{code}.yaml, then run `make generated`"
    return found


@pytest.mark.parametrize("code", codes())
def test_the_bad_example_shows_the_code_and_the_good_one_nothing(code: str) -> None:
    bad, good = examples(written(code))
    assert {finding.code for finding in bad.findings} == {code, *written(code).others}
    assert [(finding.code, str(finding.place)) for finding in good.findings] == []


@pytest.mark.parametrize("code", codes())
def test_both_languages_say_why(code: str) -> None:
    why = written(code).why
    assert list(why) == list(LANGUAGES)
    assert HALF_WIDTH.findall(AS_TYPED.sub("x", why["zh"])) == []
    assert FULL_WIDTH.findall(why["en"]) == []
    assert re.search(r"[\u4e00-\u9fff]", why["zh"])
    assert why["en"].endswith(".")
    assert why["zh"].endswith("。")


def test_every_page_is_that_of_a_code() -> None:
    names = {entry.name for entry in (files("flowengine.cli.findings") / "pages").iterdir()}
    assert names - {f"{code}.yaml" for code in codes()} == {"order.yaml"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verb_prints_the_page(call: Any, lang: Lang) -> None:
    shown = call("finding", "fe304", "--lang", lang).stdout
    for part in (title("FE304", lang), written("FE304").why[lang], "amount ＞ 500", "amount > 500"):
        assert part in shown
    for line in told(written("FE304"), lang):
        assert line in shown


def test_without_a_code_the_verb_lists_them_all(call: Any) -> None:
    lines = call("finding").stdout.splitlines()
    assert [line.split()[0] for line in lines] == codes()


@pytest.mark.parametrize(("word", "said"), [("FE999", "lists them all"), ("FE0104", "did you mean FE")])
def test_a_code_that_does_not_exist_is_answered(call: Any, word: str, said: str) -> None:
    done = call("finding", word)
    assert done.exit_code == 2
    assert said in done.stderr
