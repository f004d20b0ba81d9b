"""Whatever somebody writes to get out of an expression is refused with a finding, and at once."""

from __future__ import annotations

import re

import pytest

from tests.definition.expression_desk import PLACE, refused
from tests.work import working

ESCAPES = {
    "dunder name": "__class__",
    "dunder attribute": "customer.__class__ == 'x'",
    "every subclass": "().__class__.__bases__[0].__subclasses__()",
    "class of a text": "''.__class__.__mro__[1]",
    "class of a number": "(1).__class__",
    "attribute of a moment": "order.created.__class__",
    "globals of a function": "has.__globals__",
    "a function called through another": "has(has)(amount)",
    "import": "__import__('os').system('id')",
    "import as a statement": "import os",
    "eval": "eval('1')",
    "exec": "exec('x = 1')",
    "open": "open('/etc/passwd')",
    "getattr": "getattr(customer, 'upper')",
    "globals": "globals()",
    "print": "print(amount)",
    "type as a function": "type(customer)",
    "str": "str(amount) == '1'",
    "range": "any(range(1000000000))",
    "method": "customer.upper() == 'A'",
    "format method": "'{0.__class__}'.format(amount) == 'x'",
    "percent format": "'%s' % customer == 'x'",
    "f-string": "f'{customer}' == 'x'",
    "f-string with code": "f'{().__class__}' == 'x'",
    "f-string within f-string": "f'{f\"{amount}\"}' == 'x'",
    "bytes": "b'abc' == 'abc'",
    "raw text": "r'abc' == customer",
    "joined texts": "customer == 'a' 'b'",
    "text with three quotes": "customer == '''a'''",
    "lambda": "lambda: amount",
    "lambda called": "(lambda x: x)(amount)",
    "list comprehension": "[x for x in items]",
    "set comprehension": "{x for x in items}",
    "generator": "any(x for x in items)",
    "generator in brackets": "(x for x in items) == 1",
    "nested comprehension": "[[y for y in x] for x in items]",
    "walrus": "(amount := 5) > 1",
    "assignment": "amount = 5",
    "statement after statement": "amount > 5; amount",
    "second line": "amount > 5\namount > 6",
    "yield": "(yield amount)",
    "await": "await amount",
    "star": "*amount",
    "star in a call": "has(*items)",
    "double star in a call": "has(**items)",
    "keyword": "has(x=amount)",
    "no argument": "has()",
    "subscript": "customer[0] == 'A'",
    "slice": "customer[0:1] == 'A'",
    "dictionary": "{'a': 1} == 1",
    "set": "{1, 2} == 1",
    "ternary": "1 > 0 if customer_overdue else 2 > 1",
    "identity": "amount is amount",
    "None": "customer == None",
    "ellipsis": "... == 1",
    "complex number": "5j == 1",
    "huge integer": "amount > " + "9" * 400,
    "more digits than Python converts": "amount > " + "9" * 5000,
    "hexadecimal": "amount > 0xFFFFFFFFFFFFFFFFFFFF",
    "exponent": "amount > 1e999999999",
    "infinity by a long number": "amount > 1" + "0" * 350 + ".0",
    "power tower": "9**9**9 > 1",
    "power": "amount ** 1000000 > 1",
    "shift": "1 << 1000000000 > 1",
    "text times number": "'a' * 10**9 == customer",
    "text times a small number": "'a' * 9 == customer",
    "text plus text": "customer + customer == 'x'",
    "list times number": "[1] * 1000000000 == items",
    "bit operations": "amount & 1 == 1",
    "matrix product": "amount @ amount > 1",
    "inverted": "~amount > 1",
    "400 minus signs": "-" * 400 + "1 > 0",
    "400 times not": "not " * 120 + "customer_overdue",
    "deep brackets": "(" * 200 + "customer_overdue" + ")" * 200,
    "deep brackets, not closed": "(" * 499,
    "deep lists": "[" * 200 + "]" * 200,
    "deep calls": "has(" * 100 + "amount" + ")" * 100,
    "deep attributes": "amount" + ".a" * 200,
    "deep comparisons": "(true == " * 35 + "true" + ")" * 35,
    "deep sums": "1" + " + 1" * 60 + " > 0",
    "very long": "amount > 1 or " * 100000 + "amount > 2",
    "very long word": "a" * 490,
    "very long dotted name": "quality" + ".entered" * 55,
    "very long text": "customer == '" + "x" * 600 + "'",
    "null byte": "amount > 5\x00",
    "null byte in a text": "customer == 'a\x00b'",
    "half of a surrogate pair": "customer == '\ud800'",
    "bell": "amount\x07 > 5",
    "form feed": "\x0camount > 5",
    "line separator": "amount > 5 \u2028 and 1 > 0",
    "byte order mark": "\ufeffamount > 5",
    "zero-width space": "amount\u200b > 5",
    "backslash newline": "amount \\\n > 5",
    "escaped quote": "customer == 'it\\'s'",
    "escaped character": "customer == '\\x41'",
    "named character": "customer == '\\N{LATIN SMALL LETTER A}'",
    "comment": "amount > 5 # or true",
    "comment alone": "# amount > 5",
    "comment that hides a line": "amount > 5 # ' \n and customer == 'x'",
    "comment behind an odd quote": "customer == '''x' # ''' or true",
    "text read from right to left": "customer == '\u202eabc'",
    "Cyrillic letter in a name": "am\u043eunt > 5",
    "full-width letters, which Python takes for ASCII": "\uff41\uff4d\uff4f\uff55\uff4e\uff54 > 5",
    "mathematical letters, the same": "\U0001d41amount > 5",
    "a ligature, the same": "\ufb01eld > 5",
    "full-width digits": "amount > \uff15",
    "Arabic digits": "amount > \u0665",
    "superscript digit": "amount > 5\u00b2",
    "full-width underscores": "\uff3f\uff3fimport\uff3f\uff3f('os')",
    "number joined to a word": "amount > 5or amount < 3",
    "conversion after a number": "5if amount else 3",
    "debugger": "breakpoint()",
    "class of a duration": "patience.__class__ == 'x'",
    "attribute of a duration": "patience.days > 1",
    "method of a duration": "patience.total_seconds() > 1",
    "attribute of what is computed": "(promised_date - order.created).days > 1",
    "attribute of a person": "seller.name == 'x'",
    "chain of attributes of a list": "items.quantity.real.imag > 1",
    "format of a date": "f'{promised_date:%Y}' == 'x'",
    "huge width in a format": "f'{amount:>999999999}' == 'x'",
    "t-string": "t'{amount}' == 'x'",
    "text times text": "'a' * '9' == customer",
    "duration times a text": "patience * '9' > '2h'",
    "duration times a duration": "patience * patience > '2h'",
    "duration power": "patience ** 2 > '2h'",
    "a duration of a hundred years": "patience > '36500d'",
    "a duration of more digits than a calendar has": "patience > '" + "9" * 300 + "d'",
    "a duration in working days": "patience > '3wd'",
    "a negative duration": "patience > '-2h'",
    "a duration without quotes": "patience > 2h",
    "a full-width duration": "patience > '\uff12h'",
    "a function as a value": "duration > '2h'",
    "a stage as a value": "duration(quality) > quality",
    "a duration of a duration": "duration(duration(quality)) > '2h'",
    "keyword to a function of a stage": "late(stage=quality)",
    "star-args in days": "days(*items) > 1",
    "walrus in a call": "days(x := patience) > 1",
    "lambda in any": "any(lambda: items.quantity > 1)",
    "comprehension in all": "all([x.quantity > 1 for x in items])",
    "set comprehension in any": "any({x for x in items.quantity})",
    "dictionary comprehension": "{x: 1 for x in items} == 1",
    "a list within a list": "any(any(items.quantity > 1) and claims.stage == 'open')",
    "all rows for each row": "any(items.quantity > sum(items.quantity))",
    "comparison in a bomb of comparisons": "1 < 2" + " < 2" * 200,
    "bomb of sums in a comparison": "stock < " + "+".join(["stock"] * 120),
    "bomb of brackets in a function": "days(" + "(" * 90 + "patience" + ")" * 90 + ") > 1",
    "bomb of minus signs before a duration": "-" * 90 + "patience > '2h'",
    "Cyrillic letter in a function": "h\u0430s(amount)",
    "Greek letter in a field": "\u03b1mount > 5",
    "dotless i in a name": "\u0131tems == 1",
    "a letter with a combining accent": "amount\u0301 > 5",
    "zero-width joiner in a word": "cust\u200domer == 'x'",
    "zero-width space in and": "amount > 5 a\u200bnd stock > 1",
    "soft hyphen": "amo\u00adunt > 5",
    "a variation selector": "amount\ufe0f > 5",
    "tag characters": "amount > 5\U000e0061",
    "full-width brackets in a function": "days\uff08patience\uff09 > 1",
    "Roman numeral": "amount > \u2164",
    "a fraction": "amount > \u00bd",
    "binary number": "amount > 0b101",
    "octal number": "amount > 0o17",
    "underscore before a number": "amount > _5",
    "type annotation": "amount: int",
    "decorator": "@amount",
    "raise": "raise amount",
    "match": "match amount: case 5: 1",
    "del": "del amount",
    "assert": "assert amount > 5",
    "global": "global amount",
    "with": "with amount as x: x",
    "exception group": "except* amount",
    "template": "{{ amount }}",
    "shell": "$(id)",
    "back quotes": "`id` == customer",
    "empty": "",
    "only space": " \t\r\n ",
}


@pytest.mark.parametrize("source", ESCAPES.values(), ids=ESCAPES.keys())
def test_an_escape_is_refused_at_once(source: str) -> None:
    with working() as took:
        assert refused(source)
        assert took() < 0.05


@pytest.mark.parametrize("source", ESCAPES.values(), ids=ESCAPES.keys())
def test_an_escape_does_not_hide_in_a_condition(source: str) -> None:
    """Beside a good condition, and within brackets, it is refused just the same."""
    for hidden in (f"amount > 5 and ({source})", f"any(items.quantity > 1 and ({source}))", f"has({source})"):
        if source.strip():
            assert refused(hidden)


@pytest.mark.parametrize("source", ESCAPES.values(), ids=ESCAPES.keys())
def test_an_escape_is_pointed_at_where_it_stands(source: str) -> None:
    """Every place lies within what was written, on one of its lines; Chinese before it counts characters."""
    before = "customer == '\u516c\u53f8' and "
    ends = [PLACE.column + len(before), *[1] * len(source)]
    lines = re.split(r"\r\n|\r|\n", source)
    for found in refused(before + source):
        line = found.place.line - PLACE.line
        assert 0 <= line < len(lines)
        assert 0 < found.place.column <= ends[line] + len(lines[line])


def test_the_corpus_is_large_enough() -> None:
    assert len(set(ESCAPES.values())) == len(ESCAPES) >= 60
