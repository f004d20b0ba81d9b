"""Jinja2 as messages use it: which of its forms are allowed, and filling them in. Loaded only where a message
has more than plain words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flowengine.definition.template_values import DEEPEST, FILTERS, LONGEST_TEXT, Names, Said, Slip

_WORDS: Final = ("name", "operator")
_BRACKETS: Final = {"(": 1, ")": -1}


class _Environment(ImmutableSandboxedEnvironment):
    """Nothing is reachable but the columns of a row."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A column of a row; everything else is not there."""
        found = isinstance(obj, dict) and attribute in obj
        return obj[attribute] if found else self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same: no template says it, and none could reach more by it."""
        return self.getattr(obj, str(argument))


def _default(value: Said, otherwise: str = "") -> Said:
    return value or Said.of(otherwise, is_there=bool(otherwise))


def _length(value: Said) -> Said:
    return Said.of(str(len(value.rows)), is_there=bool(value.rows))


def _environment() -> _Environment:
    made = _Environment(undefined=StrictUndefined, autoescape=False)
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters |= {
        "default": _default,
        "upper": lambda value: Said.of(value.upper(), is_there=bool(value)),
        "lower": lambda value: Said.of(value.lower(), is_there=bool(value)),
        "length": _length,
    }
    return made


_ENVIRONMENT: Final = _environment()


def fill(source: str, values: Mapping[str, Said]) -> str:
    """The text of a sound template; what would be too long is cut off."""
    parts: list[str] = []
    length = 0
    for part in _compiled(source).generate(values):
        parts.append(part)
        length += len(part)
        if length > LONGEST_TEXT:
            return "".join(parts)[: LONGEST_TEXT - 1] + "…"
    return "".join(parts)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


@lru_cache(maxsize=256)
def names_in(source: str) -> frozenset[str]:
    """The names that a template takes from outside, not those that it gives to rows. Raises ValueError."""
    try:
        tree = _read(source)
    except TemplateSyntaxError as error:
        raise ValueError(str(error)) from error
    rows = {loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
    return frozenset(each.name for each in tree.find_all(nodes.Name)) - rows


def faults(source: str, names: Names) -> Iterator[Slip]:
    """Everything in a template that is not allowed, or names nothing."""
    try:
        tree = _read(source)
    except TemplateSyntaxError as error:
        yield Slip("syntax", "", _line(source, error.lineno))
        return
    except ValueError:
        yield Slip("deep", "", _line(source, 1))
        return
    yield from _Reading(source, names).body(tree.body, {})


def _read(source: str) -> nodes.Template:
    """A template, read. Raises TemplateSyntaxError, and ValueError for one that is too deep."""
    try:
        tree = _ENVIRONMENT.parse(source)
        brackets = accumulate(_BRACKETS.get(text, 0) for _, _, text in _ENVIRONMENT.lex(source))
    except RecursionError as error:
        raise ValueError("it is too deep to be read") from error
    level: list[nodes.Node] = [tree]
    depth = 0
    while level:
        level, depth = [inner for each in level for inner in each.iter_child_nodes()], depth + 1
    if max(depth, *brackets, 0) > DEEPEST:
        raise ValueError("it is too deep")
    return tree


Rows = Mapping[str, str]
"""The names of rows that stand for a list here, each with its list."""


class _Reading:
    """The reading of one template."""

    def __init__(self, source: str, names: Names) -> None:
        self._source = source
        self._names = names
        self._tokens = list(_tokens(source))

    def body(self, body: Iterable[nodes.Node], rows: Rows) -> Iterator[Slip]:
        """Words, values, conditions and loops."""
        for node in body:
            match node:
                case nodes.Output(nodes=parts):
                    for part in parts:
                        yield from () if isinstance(part, nodes.TemplateData) else self._value(part, rows)
                case nodes.If(test=test, body=then, elif_=others, else_=otherwise):
                    yield from self._condition(test, rows)
                    yield from self.body((*then, *others, *otherwise), rows)
                case nodes.For(recursive=False, test=None):
                    yield from self._loop(node, rows)
                case _:
                    yield self._refused(node)

    def _loop(self, loop: nodes.For, rows: Rows) -> Iterator[Slip]:
        listed, row = loop.iter, loop.target
        if rows or not (isinstance(listed, nodes.Name) and isinstance(row, nodes.Name)):
            yield self._refused(loop)
            return
        if listed.name not in self._names.lists:
            yield Slip("no_list", listed.name, self._at(listed.name), tuple(self._names.lists))
            return
        if row.name in self._names.values:
            yield Slip("refused", row.name, self._at(row.name))
            return
        yield from self.body(loop.body, {row.name: listed.name})
        yield from self.body(loop.else_, rows)

    def _condition(self, test: nodes.Node, rows: Rows) -> Iterator[Slip]:
        match test:
            case nodes.Not(node=inner):
                yield from self._condition(inner, rows)
            case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
                yield from self._condition(left, rows)
                yield from self._condition(right, rows)
            case _:
                yield from self._value(test, rows)

    def _value(self, value: nodes.Node | None, rows: Rows) -> Iterator[Slip]:
        match value:
            case nodes.Name(name=name):
                if name not in self._names.values or name in rows:
                    yield Slip("name", name, self._at(name), tuple(sorted(self._names.values)))
            case nodes.Getattr(node=nodes.Name(name=name), attr=column) if name in rows:
                if column not in (known := self._names.lists[rows[name]]):
                    yield Slip("column", column, self._at(column, "."), tuple(known))
            case nodes.Filter(name=name, args=args, kwargs=[], dyn_args=None, dyn_kwargs=None):
                if name not in FILTERS:
                    yield Slip("filter", name, self._at(name, "|"), FILTERS)
                elif not _is_given(name, args):
                    yield Slip("refused", name, self._at(name, "|"))
                yield from self._value(value.node, rows)
            case _:
                yield self._refused(value)

    def _refused(self, node: nodes.Node | None) -> Slip:
        return Slip("refused", "", _line(self._source, (node and node.lineno) or 1))

    def _at(self, word: str, behind: str = "") -> int:
        """Where a word stands first: a column stands behind a dot, a filter behind a stroke."""
        for before, token, offset in self._tokens:
            if token == word and (before == behind or (not behind and before not in (".", "|"))):
                return offset
        return 0


def _is_given(name: str, args: list[nodes.Expr]) -> bool:
    """Whether a filter has what it takes: `default` a text, the others nothing."""
    wanted = 1 if name == "default" else 0
    return len(args) == wanted and all(isinstance(each, nodes.Const) for each in args)


def _tokens(source: str) -> Iterator[tuple[str, str, int]]:
    """Each word and sign with the one before it, and where it stands."""
    before, position = "", 0
    for _, kind, text in _ENVIRONMENT.lex(source):
        offset = source.find(text, position)
        position = max(position, offset + len(text))
        if kind in _WORDS:
            yield before, text, offset
        if kind != "whitespace":
            before = text


def _line(source: str, number: int) -> int:
    """Where the first braces of a line stand, or where the line begins."""
    begin = sum(len(line) + 1 for line in source.split("\n")[: number - 1])
    braces = [at for at in (source.find(sign, begin) for sign in ("{{", "{%", "{#")) if at >= 0]
    return min(braces, default=min(begin, max(len(source) - 1, 0)))
