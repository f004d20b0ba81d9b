"""Expressions of a process file: read once, checked against what is known of the names, evaluated often.

`parse` is the only way in; the checker reports its findings and the kernel asks the result. An expression
reads the facts of one order and nothing else: no clock, no attribute of any object, no code of its author.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from flowengine.definition.document.characters import moved
from flowengine.definition.expressions.asking import Closure
from flowengine.definition.expressions.certain import certain
from flowengine.definition.expressions.closures import closure
from flowengine.definition.expressions.comparing import check_choice, dated, lasting
from flowengine.definition.expressions.facts import Facts, failed
from flowengine.definition.expressions.grammar import condition, term
from flowengine.definition.expressions.monetary import same_currency
from flowengine.definition.expressions.naming import named
from flowengine.definition.expressions.plain import Naming, plain
from flowengine.definition.expressions.presence import Proof, is_total, unguarded
from flowengine.definition.expressions.reasons import Reason, reason
from flowengine.definition.expressions.remembering import remember, remembered
from flowengine.definition.expressions.sentence import Sentence
from flowengine.definition.expressions.slips import deep_bracket, stray, unreadable
from flowengine.definition.expressions.terms import Constant, Read, Term, names, withheld
from flowengine.definition.findings import Finding, Place
from flowengine.definition.kinds import NUMBERS, WORDS, Kind, Known, Scope
from flowengine.definition.same import Same
from flowengine.definition.unwritten import unwritten
from flowengine.texts import Phrase

__all__ = ["DEPTH", "LENGTH", "Expression", "Facts", "Reason", "parse"]

LENGTH: Final = 500
DEPTH: Final = 30
_SIGN: Final = re.compile(r"\w+|[^\w\s]")
_INSTANTS: Final = frozenset({Kind.DATETIME, Kind.MOMENT})
# An integer may be written where an amount is expected; where nothing is listed, only the kind itself.
_ACCEPTED: Final[Mapping[Kind, frozenset[Kind]]] = {
    Kind.DECIMAL: NUMBERS, Kind.MONEY: NUMBERS, Kind.TEXT: WORDS, Kind.CHOICE: WORDS - {Kind.PERSON},
    Kind.PERSON: WORDS - {Kind.CHOICE},
    Kind.DATETIME: _INSTANTS, Kind.MOMENT: _INSTANTS,
}  # fmt: skip


@unwritten(frozen=True, slots=True)
class Expression:
    """A checked expression. `names` are the fields and moments that it reads.

    It is `guarded` if it reads nothing that may be missing, and `sure` if it always comes to something, also
    whatever is nought. Its `proof` names what surely has a value once it was found true, and found false.
    """

    source: str
    place: Place
    kind: Kind
    names: frozenset[str]
    guarded: bool
    sure: bool
    proof: Proof
    _term: Term = field(repr=False, compare=False)
    _zone: ZoneInfo = field(repr=False, compare=False)
    _run: Closure = field(repr=False, compare=False)

    @property
    def term(self) -> Term:
        """What it consists of, for whoever asks what it may come to before there is any order."""
        return self._term

    def value(self, facts: Facts) -> Any:
        """What it comes to: int, Decimal, str, bool, date, aware datetime, timedelta or a list.

        Raises `EvaluationFailed` if a value is missing or unusable, or a division is by zero.
        """
        try:
            return self._run(facts)
        except (TypeError, ArithmeticError) as error:
            raise failed("expression.failed", self._term, facts, error=error) from error

    def holds(self, facts: Facts) -> bool:
        """Whether the condition holds. Raises `EvaluationFailed` as `value` does, and for what is none."""
        if self.kind is not Kind.BOOLEAN:
            raise failed("expression.no_condition", self._term, facts, kind=Phrase(f"value.{self.kind}"))
        return self.value(facts) is True

    def certain(self) -> bool | None:
        """How the condition comes out for every order, as far as its text and the scope say so."""
        return _certain(Same(self._term))

    def why(self, facts: Facts) -> Reason:
        """The same with its reasons. Never raises: `holds` is None where evaluating would fail."""
        return reason(self._term, facts, self._zone)

    def plainly(self, naming: Naming) -> str:
        """The same in the words of the people who run the process."""
        return plain(self._term, naming)


def parse(
    source: str,
    scope: Scope,
    place: Place,
    *,
    expect: Kind | None = Kind.BOOLEAN,
    at: Callable[[int], Place] | None = None,
    guarded: bool = True,
    into: str = "",
) -> tuple[Expression | None, tuple[Finding, ...]]:
    """The expression written at `place`, of kind `expect` (None: of any), or else what is wrong with it.

    `place` is where the first character stands, `at` tells of every other where the file has them in
    another way than in one row. An expression that need not be `guarded` may read what may be missing;
    then it has no value either. `into` is the field of the scope that takes the value. Never raises,
    whatever the source is.
    """
    wanted = source, place, scope.zone, expect, into
    before: Expression | None = remembered(scope, wanted)
    if before and (before.guarded or not guarded):
        return before, ()
    sentence = Sentence(source, place, scope, at or (lambda offset: moved(place, source[:offset])))
    tree = _tree(sentence)
    if tree is None:
        return None, tuple(sentence.findings)
    if expect is Kind.BOOLEAN:
        found = condition(sentence, tree)
    elif expect in WORDS and isinstance(tree, ast.Name):
        found = _expected(sentence, named(sentence, tree, beside_words=True), expect)
    else:
        found = _expected(sentence, term(sentence, tree), expect)
    if into:
        _fits(sentence, scope.names[into], into, found)
    for each in withheld(found):
        sentence.wrong("FE571", each.start, field=each.name)
    proof, missing = unguarded(found)
    if guarded:
        for each in missing:
            _report_missing(sentence, each)
    if sentence.findings or found.kind is None:
        return None, tuple(sorted(sentence.findings, key=lambda finding: finding.place))
    run = closure(found, scope.zone)
    sure = not missing and is_total(found)
    read = frozenset(names(found))
    expression = Expression(source, place, found.kind, read, not missing, sure, proof, found, scope.zone, run)
    remember(scope, wanted, expression, {*read, into})
    return expression, ()


@lru_cache(maxsize=1024)  # asked again for each type of order that leaves a condition as it is
def _certain(same: Same[Term]) -> bool | None:
    return certain(same.it)


def _tree(sentence: Sentence) -> ast.expr | None:
    """The parser's tree, unless length, characters or depth already rule the expression out."""
    if not sentence.source.strip():
        sentence.wrong("FE301", 0)
    elif len(sentence.source) > LENGTH:
        sentence.wrong("FE302", 0, length=len(sentence.source), limit=LENGTH)
    elif not stray(sentence):
        # Before the parser, whose own search for a mistake grows fast with open brackets.
        deep = deep_bracket(sentence.source, DEPTH)
        tree = _parsed(sentence) if deep is None else None
        if tree and len(_SIGN.findall(sentence.source)) > DEPTH:  # each level has a sign of its own
            deep = _deep_part(sentence, tree)
        if deep is None:
            return tree
        sentence.wrong("FE303", deep, limit=DEPTH)
    return None


def _parsed(sentence: Sentence) -> ast.expr | None:
    try:
        return ast.parse(sentence.line(), mode="eval").body
    except SyntaxError as error:
        lead = len(sentence.source) - len(sentence.source.lstrip())
        # Offset 0 is how the parser says that the expression ended too early.
        unreadable(sentence, lead + error.offset - 1 if error.offset else len(sentence.source))
    except (ValueError, RecursionError, MemoryError):
        sentence.wrong("FE303", 0, limit=DEPTH)
    return None


def _deep_part(sentence: Sentence, tree: ast.expr) -> int | None:
    """The offset of the first part that is nested too deep, found without going deeper than that."""
    level = [tree]
    for _ in range(DEPTH):
        level = [part for node in level for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        if not level:
            return None
    return sentence.span(level[0])[0]


def _expected(sentence: Sentence, found: Term, expect: Kind | None) -> Term:
    if expect is Kind.DATE:
        found = dated(sentence, found)
    elif expect is Kind.DURATION:
        found = lasting(sentence, found)
    if expect is None or found.kind is None or found.kind in _ACCEPTED.get(expect, {expect}):
        return found
    sentence.wrong("FE320", found.start, found=found.text, kind=found.kind, wanted=expect)
    return found


def _fits(sentence: Sentence, known: Known, name: str, found: Term) -> None:
    """Reports a word that the field cannot take, and an amount of another currency than the field's."""
    field = Read(name, found.start, known.kind, name, known)
    if known.kind is Kind.CHOICE and isinstance(found, Read):
        for word in found.known.choices:
            if not check_choice(sentence, field, Constant(word, found.start, Kind.TEXT, word)):
                return
        if not found.known.choices and found.kind is Kind.TEXT:
            sentence.wrong("FE320", found.start, found=found.text, kind=found.kind, wanted=known.kind)
    if isinstance(found, Constant) and not str(found.value).strip():
        sentence.wrong("FE301", found.start)
    check_choice(sentence, field, found)
    same_currency(sentence, field, found)


def _report_missing(sentence: Sentence, missing: Read) -> None:
    column = "." in missing.name and missing.name not in sentence.scope.names
    moment = missing.known.kind is Kind.MOMENT
    hint = "FE321.hint.column" if column else "FE321.hint.moment" if moment else ""
    sentence.wrong("FE321", missing.start, hint=hint, name=missing.name)
