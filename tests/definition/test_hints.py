"""A hint names only what there is: each key that it tells somebody to write is one of the language."""

from __future__ import annotations

import re

import pytest

from flowengine.definition.expressions.functions import FUNCTIONS
from flowengine.definition.opening_references import DAYS
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.vocabulary import SHAPES
from flowengine.texts import LANGUAGES, TEXTS

KEYS = {key.name for shape in (*SHAPES.values(), *SCENARIO_SHAPES.values()) for key in shape.keys}
SIGNS = {"and", "or", "not", "in", "is", "if", "key", "true", "false", "back", "result"}
PERIODS = {"workday", "day", "week", "month"}
DATA = {"amount", "grade", "check_credit", "erp"}
PEOPLE = {"creator", "requester", "round_robin", "least_busy", "nobody", "person"}
FUNCTIONS_OF_DAYS = {name.removesuffix("()") for name in DAYS}
ENDS = {"cancelled"}
OUTSIDE = {"https", "system", "time", "signal"}
FINDINGS = [key for key in TEXTS if re.match(r"FE\d|expression\.|construct\.|hint\.|blocker\.", key)]
CODE = re.compile(r"`([^`{}]*)`")


@pytest.mark.parametrize("key", FINDINGS)
def test_a_hint_names_only_words_that_there_are(key: str) -> None:
    for lang in LANGUAGES:
        for code in CODE.findall(TEXTS[key][lang]):
            word = re.match(r"[a-z_]+", code)
            known = KEYS | SIGNS | PERIODS | DATA | PEOPLE | ENDS | OUTSIDE | FUNCTIONS_OF_DAYS
            known |= FUNCTIONS.keys()
            assert not word or word[0] in known, code


def test_what_other_engines_have_is_not_promised() -> None:
    said = "\n".join(text for key in FINDINGS for text in TEXTS[key].values())
    assert "时钟" not in said
