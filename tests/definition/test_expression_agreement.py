"""What holds for every expression: it means what an independent evaluator says, gives true reasons,
and what was accepted never meets a missing value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from flowengine.definition.expressions import LENGTH, Facts, Reason, parse
from flowengine.definition.kinds import Kind
from flowengine.errors import EvaluationFailed
from tests.definition.expression_desk import ORDER, PLACE, SCOPE, understood
from tests.definition.expression_trees import Tree, conditions, evaluate, numbers, orders, write


class Drawn:
    """The facts of a drawn order, which notes what it is asked."""

    def __init__(self, order: Mapping[str, Any]) -> None:
        self._order = order
        self.asked: set[str] = set()

    def value(self, name: str) -> object | None:
        self.asked.add(name)
        return self._order.get(name)

    def count(self, moment: str) -> int:
        self.asked.add(moment)
        return int(self._order.get(moment, 0))


@given(conditions, orders)
def test_a_condition_means_what_an_independent_evaluator_says(tree: Tree, order: dict[str, Any]) -> None:
    source = write(tree)
    assume(len(source) <= LENGTH)
    expression, facts = understood(source), Drawn(order)
    assert expression.holds(facts) is evaluate(tree, order)
    assert facts.asked <= expression.names
    assert expression.why(facts).holds is expression.holds(facts)


@given(numbers, orders)
def test_a_number_is_what_an_independent_evaluator_says(tree: Tree, order: dict[str, Any]) -> None:
    value = understood(write(tree), expect=None).value(Drawn(order))
    assert value == evaluate(tree, order)
    assert not isinstance(value, float)


@given(conditions, orders, st.sets(st.sampled_from(sorted(SCOPE.names))))
def test_the_reasons_fail_where_the_evaluation_fails(
    tree: Tree, order: dict[str, Any], lost: set[str]
) -> None:
    """Values are missing that never should: the verdict is open exactly where there is none."""
    source = write(tree)
    assume(len(source) <= LENGTH)
    facts = Drawn({name: value for name, value in order.items() if name not in lost})
    agree(understood(source).why(facts), understood(source), facts)


@given(conditions, orders)
def test_the_reasons_add_up(tree: Tree, order: dict[str, Any]) -> None:
    """Each whole follows from its parts, each text is found in the source, each name has its value."""
    source = write(tree)
    assume(len(source) <= LENGTH)
    facts = Drawn(order)
    check_reason(understood(source).why(facts), source, order)


def check_reason(why: Reason, source: str, order: Mapping[str, Any]) -> None:
    assert why.text in source
    for name, value in why.names.items():
        asked = re.sub(r"^(count|duration)\((.*)\)$", r"\2", name)
        known = "quality.duration" if name.startswith("duration") else asked
        assert value == order.get(known)
    for part in why.parts:
        row = order["items"][part.row - 1] if part.row else {}
        within = {**order, **{f"items.{name}": value for name, value in row.items()}}
        check_reason(part, why.text, within)
        assert part.row or part.names.items() <= why.names.items()
        if part.row:
            continue
        alone, _ = parse(part.text, SCOPE, PLACE)  # a part may need the guard that stands before it
        if alone:
            assert part.holds is alone.holds(Drawn(order))
    if why.text.startswith(("any(", "all(")):
        assert not why.parts or why.holds in {part.holds for part in why.parts}
    elif len(why.parts) == 1:
        assert why.holds is (None if why.parts[0].holds is None else not why.parts[0].holds)
    assert why.value is why.holds


GUARDS = st.sampled_from(
    [
        "has(waybill)",
        "has(supplier_date)",
        "happened(quality.entered)",
        "has(claims)",
        "stock > 1",
        "customer_overdue",
    ]
)
READS = st.sampled_from(
    [
        "waybill == 'A'",
        "supplier_date > promised_date",
        "promised_date < supplier_date < '2026-01-09'",
        "'2026-01-03' < promised_date < supplier_date",
        "quality.entered > order.created",
        "any(claims.stage == 'open')",
        "(waybill == 'A') == has(supplier_date)",
    ]
)
LOOSE = st.recursive(
    st.one_of(GUARDS, READS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda it: f"({' '.join(it)})"),
        inner.map(lambda source: f"not {source}"),
        st.tuples(inner, inner).map(lambda it: f"(({it[0]}) == ({it[1]}))"),
    ),
    max_leaves=7,
)
MISSING = st.sets(st.sampled_from(["waybill", "supplier_date", "quality.entered", "claims"]))


@given(LOOSE, orders, MISSING)
def test_what_was_accepted_never_meets_a_missing_value(
    source: str, order: dict[str, Any], missing: set[str]
) -> None:
    """Conditions with guards and reads anywhere: most are refused, the rest must hold their promise."""
    expression, findings = parse(source, SCOPE, PLACE)
    assert {finding.code for finding in findings} <= {"FE321", "FE302"}
    assume(expression is not None)
    assert expression
    full = {**order, "waybill": "A", "supplier_date": order["promised_date"], "claims": [{"stage": "open"}]}
    full["quality.entered"] = order["order.created"]
    facts = Drawn({name: value for name, value in full.items() if name not in missing})
    assert expression.holds(facts) in (True, False)
    assert expression.why(facts).holds is expression.holds(facts)


PIECES = """
    and or not in is if else for lambda None true false null ( ) [ ] , . | + - * / ** // % < <= == != > >= = &
    # \\ ' \uff0c \uff08 \u201d \u516c 0 1 0.5 007 'A' 'B' '2026-01-05' "C" '' A
    has( happened( count( sum( any( all( average( len( grade customer customer_overdue stock amount waybill
    promised_date order.created quality.failed quality. items items.quantity items.price claims.stage
"""
TOKENS = st.sampled_from([*PIECES.split(), "\n"])
LINE_END = re.compile(r"\r\n|\n|\r")
SOUP = st.one_of(st.text(max_size=60), st.lists(TOKENS, max_size=14).map(" ".join))


@given(SOUP, st.sampled_from([None, *Kind]))
def test_whatever_is_written_is_understood_or_explained(source: str, expect: Kind | None) -> None:
    expression, findings = parse(source, SCOPE, PLACE, expect=expect)
    assert (expression is None) is bool(findings)
    for finding in findings:
        assert finding.message("en")
        assert finding.message("zh")
        assert bool(finding.remedy("en")) is bool(finding.remedy("zh"))
        assert finding.place.line <= PLACE.line + len(LINE_END.findall(source))
    if expression:
        agree(expression.why(Drawn(ORDER)), expression, Drawn(ORDER))


def agree(why: Reason, expression: Any, facts: Facts) -> None:
    """The reasons and the evaluation come to the same, or fail together."""
    try:
        assert why.value == expression.value(facts)
    except EvaluationFailed:
        assert why.value is None
    assert why.holds is (why.value if expression.kind is Kind.BOOLEAN else None)
