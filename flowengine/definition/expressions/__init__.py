"""The conditions of a process file: `amount > 50000 and grade in 'A' | 'B'`.

The way of an expression through these files: `sentence` holds its text and collects findings, `slips` knows
frequent mistakes, `grammar` turns Python's syntax tree into typed `terms` (with `naming`, `constants`,
`comparing`, `reckoning`, `monetary`, `functions`, `rows`), `presence` finds values that may be missing,
`closures` makes it run, `reasons` tells why it holds or does not.
"""

from __future__ import annotations

from flowengine.definition.expressions.parsing import DEPTH, LENGTH, Expression, Facts, Reason, parse

__all__ = ["DEPTH", "LENGTH", "Expression", "Facts", "Reason", "parse"]
