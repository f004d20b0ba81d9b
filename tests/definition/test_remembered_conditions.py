"""A condition that was read for one type of order is taken for another only where it means the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flowengine.definition.check import check_process
from flowengine.definition.expressions import parse
from flowengine.definition.findings import Place
from flowengine.definition.kinds import Kind, Known, Scope
from flowengine.definition.patching import Files
from flowengine.definition.references import conditions_of
from flowengine.definition.scope import scope_of

HERE = Path(__file__).parent
FILES = [HERE / "kitchen_sink.yaml", *sorted((HERE.parents[1] / "processes").glob("*-order.yaml"))]
PLACE = Place("any.yaml", 1, 1)
AMOUNT = {"amount": Known(Kind.MONEY, always=True)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_remembered_is_what_would_be_read_anew(file: Path) -> None:
    beside = {path.name: path.read_bytes() for path in FILES[1:]}
    beside |= {"company.yaml": (FILES[-1].parent / "company.yaml").read_bytes()}
    process = check_process(file.read_bytes(), file.name, Files(beside, file.name)).process
    assert process is not None
    for variant in (process, *process.variants.values()):
        scope = scope_of(variant)
        for source, place, at in conditions_of(variant):
            remembered, _ = parse(source, scope, place, at=at)
            anew, _ = parse(source, replace(scope, read={}), place, at=at)
            assert remembered is parse(source, scope, place, at=at)[0]
            assert remembered == anew
            assert remembered is not None
            assert anew is not None
            assert remembered.term == anew.term


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        pytest.param("amount > 1", AMOUNT, {"amount": Known(Kind.MONEY)}, id="it may be missing"),
        pytest.param("amount > 1", AMOUNT, {"amount": Known(Kind.TEXT, always=True)}, id="another kind"),
        pytest.param("amount > 1", AMOUNT, {}, id="it is gone"),
        pytest.param(
            "late(made)",
            {"made.late": Known(Kind.MOMENT)},
            {"made": Known(Kind.MOMENT)},
            id="the stage has no time limit",
        ),
        pytest.param(
            "any(rows.size > 1)",
            {"rows": Known(Kind.LIST, always=True, columns={"size": Known(Kind.INTEGER, always=True)})},
            {"rows": Known(Kind.LIST, always=True, columns={"size": Known(Kind.TEXT, always=True)})},
            id="another kind of column",
        ),
    ],
)
def test_another_meaning_is_read_again(
    source: str, before: dict[str, Known], after: dict[str, Known]
) -> None:
    first = Scope(before)
    assert parse(source, first, PLACE)[1] == ()
    assert parse(source, replace(first, names=after), PLACE)[1] != ()
    assert parse(source, first, PLACE)[1] == ()
