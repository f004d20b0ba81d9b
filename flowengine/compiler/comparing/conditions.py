"""Whether a condition asks more than another: told where that is certain, and left open elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from flowengine.compiler.comparing.change import Change, Effect, Spot, shift
from flowengine.compiler.comparing.essence import conjuncts, spaced
from flowengine.definition.expressions import Expression
from flowengine.texts import Phrase

_RISING: Final = (ast.LtE, ast.Lt)  # a larger number on the right lets more orders pass


def same(old: Expression | None, new: Expression | None) -> bool:
    """Whether two conditions are one, however they are written."""
    if old is None or new is None:
        return old is new
    return spaced(old) == spaced(new)


OPPOSITE: Final[Mapping[Effect, Effect]] = {"stricter": "looser", "looser": "stricter", "neutral": "neutral"}


def condition(
    spot: Spot, code: str, old: Expression | None, new: Expression | None, **params: Any
) -> Iterator[Change]:
    """The change of a condition, if there is one; to have none is to ask nothing."""
    if same(old, new):
        return
    nothing = Phrase("diff.always")
    yield spot.change(
        code,
        effect_of(old, new) if old and new else "stricter" if new else "looser",
        old=old and old.source,
        new=new and new.source,
        shift=shift(
            spot.condition(old, "old") if old else nothing, spot.condition(new, "new") if new else nothing
        ),
        **params,
    )


def only_if(
    spot: Spot, code: str, old: Expression | None, new: Expression | None, **params: Any
) -> Iterator[Change]:
    """The change of a condition on which something is asked: where it asks more, less is asked of orders."""
    for change in condition(spot, code, old, new, **params):
        yield replace(change, effect=OPPOSITE[change.effect])


def effect_of(old: Expression, new: Expression) -> Effect:
    """`stricter` where every order that meets the new condition meets the old one, `looser` the other way."""
    before, after = ({ast.unparse(part): part for part in conjuncts(each)} for each in (old, new))
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    if not gone:
        return "stricter"
    if not come:
        return "looser"
    if len(gone) == len(come) == 1:
        return _limit(before[gone.pop()], after[come.pop()])
    return "neutral"


def _limit(old: ast.expr, new: ast.expr) -> Effect:
    """The effect where one number is all that differs: `amount <= 50000`, then `amount <= 80000`."""
    match old, new:
        case (
            ast.Compare(left=left, ops=[sign], comparators=[ast.Constant(value=before)]),
            ast.Compare(left=same, ops=[other], comparators=[ast.Constant(value=after)]),
        ) if ast.dump(left) == ast.dump(same) and type(sign) is type(other):
            return _moved(sign, before, after)
    return "neutral"


def _moved(sign: ast.cmpop, before: object, after: object) -> Effect:
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return "neutral"
    rises = Decimal(str(after)) > Decimal(str(before))
    if isinstance(sign, _RISING):
        return "looser" if rises else "stricter"
    return ("stricter" if rises else "looser") if isinstance(sign, ast.Gt | ast.GtE) else "neutral"
