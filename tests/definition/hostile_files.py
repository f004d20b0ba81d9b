"""Files made to hurt whoever reads them: what each holds, and the code of the finding that stops it.

Kept apart from its tests because the worst of them are also read by a process of their own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

MEBIBYTE: Final = 1024 * 1024
ALMOST: Final = MEBIBYTE - 100
"""As large as a file may be, so that size alone does not refuse it."""


class Hostile(NamedTuple):
    """A file that must be refused: the code of its first finding, and how it is made."""

    code: str
    make: Callable[[], bytes | str]


def alias_bomb() -> str:
    """Nine lists of nine aliases to the list before: 3 GB written out, 400 characters here."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    return "\n".join(rows)


def merge_bomb(levels: int = 21) -> str:
    """Each map merges the one before twice: two million merges."""
    rows = ["a0: &a0 {k: v}"] + [f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}" for i in range(1, levels)]
    return "\n".join(rows)


def aliases_nested_deep() -> str:
    """Thirty levels that stand, by an alias, below thirty more."""
    return f"a: &a {'[' * 30}x{']' * 30}\nb: {'[' * 30}*a{']' * 30}"


def binary_garbage() -> bytes:
    """Four kilobytes that no dice would roll twice."""
    return b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(4096)


def many(row: str, times: int) -> Callable[[], str]:
    """That row so many times, numbered."""
    return lambda: "".join(row.format(i) for i in range(times))


HOSTILE: Final[Mapping[str, Hostile]] = {
    # aliases, anchors, merge keys
    "alias bomb": Hostile("FE008", alias_bomb),
    "merge-key bomb": Hostile("FE013", merge_bomb),
    "merge key alone": Hostile("FE013", lambda: "a: &a {k: v}\nb: {<<: *a}"),
    "alias to itself": Hostile("FE011", lambda: "a: &a [*a]"),
    "alias to a map around it": Hostile("FE011", lambda: "a: &a\n  b: {c: [*a]}"),
    "alias to nothing": Hostile("FE010", lambda: "a: *nowhere"),
    "alias at the top": Hostile("FE010", lambda: "*a"),
    "aliases, too many": Hostile("FE008", lambda: "a: &a 1\nb: [" + "*a," * 101 + "]"),
    "aliases nested too deep": Hostile("FE007", aliases_nested_deep),
    "anchor bomb": Hostile("FE008", many("k{0}: &a{0} 1\n", 50_000)),
    "anchor given twice": Hostile("FE016", lambda: "a: &a 1\nb: &a 2"),
    "anchor far from its value": Hostile("FE014", lambda: "a: &a" + "\n#" * (ALMOST // 8) + "\n  !x b"),
    "alias of a megabyte": Hostile("FE010", lambda: "a: *" + "x" * ALMOST),
    "alias almost like its anchor, both long": Hostile(
        "FE010", lambda: f"a: &a{'x' * 500_000} 1\nb: *b{'x' * 500_000}"
    ),
    # depth
    "20 000 brackets": Hostile("FE007", lambda: "[" * 20_000),
    "30 000 brackets": Hostile("FE007", lambda: "a: " + "[" * 30_000),
    "100 000 brackets, closed": Hostile("FE007", lambda: "[" * 100_000 + "]" * 100_000),
    "30 000 braces": Hostile("FE018", lambda: "{" * 30_000),
    "30 000 braces with keys": Hostile("FE007", lambda: "{a: " * 30_000),
    "brackets on lines of their own": Hostile("FE007", lambda: "a:\n" + " [\n" * 30_000),
    "deep block maps": Hostile("FE007", lambda: "".join(" " * i + "a:\n" for i in range(1000))),
    "deep block lists": Hostile("FE007", lambda: "a:\n" + " - " * 30_000),
    "deep keys": Hostile("FE018", lambda: "? " * 30_000),
    # number of values, sizes
    "six megabytes": Hostile("FE001", lambda: "a: 1\n" * (6 * MEBIBYTE // 5)),
    "two bytes too many": Hostile("FE001", lambda: b"a: 1" + b" " * (MEBIBYTE - 2)),
    "too large in bytes, not in characters": Hostile("FE001", lambda: "a: " + "客" * (MEBIBYTE // 2)),
    "100 000 keys": Hostile("FE008", many("{0}k: \n", 100_000)),
    "a list of 300 000": Hostile("FE008", lambda: "a: [" + "b," * 300_000 + "]"),
    "key of a megabyte": Hostile("FE019", lambda: "k" * ALMOST + ": v"),
    "key of a megabyte, quoted": Hostile("FE019", lambda: '? "' + "k" * ALMOST + '"\n: v'),
    "key of 201 characters": Hostile("FE019", lambda: "k" * 201 + ": v"),
    "text of a megabyte": Hostile("FE019", lambda: "a: " + "x" * ALMOST),
    "text of a megabyte in lines": Hostile("FE019", lambda: "a: |\n" + "  xxxxx\n" * (ALMOST // 8)),
    "a line of a megabyte": Hostile("FE019", lambda: "a: " + "x" * (ALMOST - 10) + ": y"),
    "integer of 5 000 digits": Hostile("FE020", lambda: "a: " + "9" * 5000),
    "decimal of 5 000 digits": Hostile("FE020", lambda: "a: 0." + "9" * 5000),
    "exponent of 9 digits": Hostile("FE020", lambda: "a: 1e999999999"),
    "hexadecimal of 200 000 digits": Hostile("FE019", lambda: "a: 0x" + "f" * 200_000),
    "blanks of a megabyte": Hostile("FE004", lambda: " " * ALMOST),
    "260 000 line ends": Hostile("FE004", lambda: "\n" * (ALMOST // 4)),
    "errors without end": Hostile("FE016", many("a: 1\n", 40_000)),
    # tags and directives
    "python object": Hostile("FE014", lambda: "a: !!python/object/apply:os.system [id]"),
    "python name": Hostile("FE014", lambda: "a: !!python/name:os.system"),
    "include": Hostile("FE014", lambda: "a: !include /etc/passwd"),
    "binary": Hostile("FE014", lambda: "a: !!binary aGVsbG8="),
    "plain string tag": Hostile("FE014", lambda: "a: !!str 1"),
    "tag on a map": Hostile("FE014", lambda: "!!map\na: 1"),
    "tag on a key": Hostile("FE014", lambda: "!!str a: 1"),
    "lone exclamation mark": Hostile("FE014", lambda: "a: ! 1"),
    "tag of an unknown family": Hostile("FE014", lambda: "a: !e!x 1"),
    "tag directive": Hostile("FE015", lambda: "%TAG ! tag:evil.example,2026:\n---\na: !x 1"),
    "tag directives, 50 000": Hostile("FE015", lambda: many("%TAG !x{}! foo\n", 50_000)() + "---\na: 1"),
    "tag directives behind the end": Hostile(
        "FE015", lambda: "a: 1\n...\n" + many("%TAG !x{}! y\n", 40_000)()
    ),
    "version directive": Hostile("FE015", lambda: "# old\n%YAML 1.1\n---\na: 1"),
    "version directive of a megabyte": Hostile("FE015", lambda: "%YAML 1." + "1" * (ALMOST - 20)),
    "unknown directive": Hostile("FE015", lambda: "%EVIL\n---\na: 1"),
    # characters
    "NUL": Hostile("FE003", lambda: b"a: \0"),
    "NUL, escaped": Hostile("FE003", lambda: 'a: "\\0"'),
    "escape character": Hostile("FE003", lambda: "a: \x1b[2J"),
    "C1 control character": Hostile("FE003", lambda: "a: \x9b2J"),
    "delete": Hostile("FE003", lambda: "a: \x7f"),
    "next line U+0085": Hostile("FE003", lambda: "# harmless\x85a: 1"),
    "line separator U+2028": Hostile("FE003", lambda: "# harmless\u2028a: 1"),
    "paragraph separator U+2029": Hostile("FE003", lambda: "# harmless\u2029a: 1"),
    "byte order mark in the middle": Hostile("FE003", lambda: "a: 1\nb\ufeff: 2"),
    "two byte order marks": Hostile("FE003", lambda: b"\xef\xbb\xbf\xef\xbb\xbfa: 1"),
    "no character U+FFFF": Hostile("FE003", lambda: "a: \uffff"),
    "lone surrogate": Hostile("FE003", lambda: "a: \ud800"),
    "lone surrogate, as bytes": Hostile("FE002", lambda: b"a: \xed\xa0\x80"),
    "UTF-16, little end first": Hostile("FE002", lambda: "a: 1".encode("utf-16")),
    "UTF-16, big end first": Hostile("FE002", lambda: b"\xfe\xff" + "a: 1".encode("utf-16-be")),
    "UTF-16 without a mark": Hostile("FE003", lambda: "a: 1".encode("utf-16-le")),
    "UTF-32": Hostile("FE002", lambda: "a: 1".encode("utf-32")),
    "Chinese in GBK": Hostile("FE002", lambda: "title: 销售订单".encode("gbk")),
    "overlong UTF-8": Hostile("FE002", lambda: b"a: \xc0\xaf"),
    "UTF-8 cut short": Hostile("FE002", lambda: "a: 客".encode()[:-1]),
    "binary garbage": Hostile("FE002", binary_garbage),
    "tab as indentation": Hostile("FE023", lambda: "a:\n\tb: 1"),
    "tab after spaces": Hostile("FE023", lambda: "a:\n  b: 1\n \tc: 2"),
    # documents
    "empty": Hostile("FE004", lambda: b""),
    "byte order mark alone": Hostile("FE004", lambda: b"\xef\xbb\xbf"),
    "comments alone": Hostile("FE004", lambda: "# nothing\n\n# here\n"),
    "three dashes alone": Hostile("FE004", lambda: "---\n"),
    "two documents": Hostile("FE006", lambda: "a: 1\n---\nb: 2"),
    "text behind the end": Hostile("FE006", lambda: "a: 1\n...\nmore"),
    "200 000 documents": Hostile("FE006", lambda: "---\n" * 200_000),
    "a text": Hostile("FE005", lambda: "hello"),
    "a quoted empty text": Hostile("FE005", lambda: '""'),
    "nothing, written out": Hostile("FE005", lambda: "null"),
    "a list": Hostile("FE005", lambda: "- a\n- b"),
    # keys
    "key twice": Hostile("FE016", lambda: "a: 1\nb: 2\na: 3"),
    "key twice, nested": Hostile("FE016", lambda: "a: {b: {c: 1, c: 2}}"),
    "key twice, once quoted": Hostile("FE016", lambda: "a: 1\n'a': 2"),
    "key twice, once escaped": Hostile("FE016", lambda: 'a: 1\n"\\x61": 2'),
    "number as key": Hostile("FE017", lambda: "1: x"),
    "decimal as key": Hostile("FE017", lambda: "1.5: x"),
    "true as key": Hostile("FE017", lambda: "true: x"),
    "null as key": Hostile("FE017", lambda: "a: {null: x}"),
    "tilde as key": Hostile("FE017", lambda: "~: x"),
    "no key": Hostile("FE017", lambda: "a: 1\n: x"),
    "no key, asked for": Hostile("FE017", lambda: "?\n: x"),
    "empty quoted key": Hostile("FE017", lambda: '"": x'),
    "list as key": Hostile("FE018", lambda: "? [a]\n: x"),
    "map as key": Hostile("FE018", lambda: "{a: 1}: x"),
    "unquoted template": Hostile("FE018", lambda: "text: {{ number }}"),
    "alias as key": Hostile("FE018", lambda: "a: &a b\n*a : c"),
    "text of several lines as key": Hostile("FE018", lambda: "? |\n  a\n: x"),
    # left open
    "quote left open": Hostile("FE025", lambda: 'a: "x\nb: 2'),
    "quote left open for a megabyte": Hostile("FE025", lambda: "a: 'x" + "x" * ALMOST),
    "bracket left open": Hostile("FE026", lambda: "a: [b, c\nd: 2"),
    "brace left open": Hostile("FE026", lambda: "a: {b: 1,\nc: 2"),
    "brace left open at the end": Hostile("FE026", lambda: "a: {b: {c: "),
}
