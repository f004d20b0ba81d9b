"""No keyword is decoration: each is explained in two languages, shown by an example, and does something.

A key that the schema accepts and nobody reads turns these tests red.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache, reduce
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from flowengine.assembly import connect
from flowengine.compiler.compile import compile_process
from flowengine.definition.check import Checked, check_process
from flowengine.definition.document import read_document, scalar
from flowengine.definition.expressions import parse
from flowengine.definition.expressions.functions import FUNCTIONS
from flowengine.definition.findings import Place
from flowengine.definition.gate import Gate
from flowengine.definition.process_schema import process_schema
from flowengine.definition.reading import CLASSES, SCENARIO_CLASSES, Reader
from flowengine.definition.reference import FUNCTION_EXAMPLES, MOMENTS, OPERATORS, SHORT_FORMS, SMALLEST
from flowengine.definition.rehearsing import scenario_schema
from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.schema import value_schema
from flowengine.definition.scope import scope_of
from flowengine.definition.shapes import Key, Many, Named, Shape, Sub, Value
from flowengine.definition.vocabulary import SHAPES
from flowengine.definition.words import Word
from flowengine.folder import Folder
from flowengine.rehearsal.scenario import run_file
from tests.definition.alterations import alterations
from tests.definition.mutations import at, yaml
from tests.definition.written_keywords import Keyword, keywords
from tests.test_texts import AS_TYPED, HALF_WIDTH

PLACE = Place("any.yaml", 1, 1)
ENTRIES = Reader._entries
HERE = Path(__file__).parent
BOTH = {"process": SHAPES, "scenario": SCENARIO_SHAPES}
SCHEMAS = {"process": process_schema, "scenario": scenario_schema}
FILES = {"process": "kitchen_sink.yaml", "scenario": "kitchen_sink.scenario.yaml"}
ELSEWHERE = {
    ("process", "extends"),
    ("process", "include"),
    ("link", "many"),
    ("link", "required"),
    ("part", "of"),
}
"""Keys that take several files or lists, or orders that no calendar opens: `test_several_files` and the
pages of FE680, FE681 and FE745 show what they do.
"""
Steps = tuple[str | int, ...]
BESIDE: Mapping[str, list[Steps]] = {
    "process": [("types",), ("lanes",), ("approvals", "both")],
    "scenario": [("rows", 1)],
}
"""What multiplies the work: plans for types and lanes, a second run. Keys that stand elsewhere do without."""
KEYS = [
    pytest.param(root, shape, key, id=f"{shape.name}.{key.name}")
    for root, shapes in BOTH.items()
    for shape in shapes.values()
    for key in shape.keys
]
HAN = re.compile("[\u4e00-\u9fff]")


def keys_of(shapes: Mapping[str, Shape]) -> list[Any]:
    """Every key of every shape."""
    return [
        pytest.param(shape, key, id=f"{shape.name}.{key.name}")
        for shape in shapes.values()
        for key in shape.keys
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param(words, [name for name, each in classes.items() if each is words], id=words.__name__)
        for classes in (CLASSES, SCENARIO_CLASSES)
        for words in dict.fromkeys(classes.values())
    ],
)
def test_each_key_is_an_attribute_of_its_word_and_nothing_else_is(
    words: type[Word], names: list[str]
) -> None:
    shapes = [shape for shapes in BOTH.values() for name, shape in shapes.items() if name in names]
    attributes = {field.name for field in fields(words) if not field.metadata} - {"name", "place"}
    assert attributes == {key.attribute for shape in shapes for key in shape.keys}


def test_each_shape_has_a_word() -> None:
    assert set(SHAPES) == set(CLASSES)
    assert set(SCENARIO_SHAPES) == set(SCENARIO_CLASSES)


@pytest.mark.parametrize(("root", "shape", "key"), KEYS)
def test_a_key_is_explained_in_both_languages(root: str, shape: Shape, key: Key) -> None:
    assert key.en.endswith(".")
    assert not HAN.search(key.en)
    assert key.zh.endswith("。")
    assert HAN.search(key.zh)
    assert not HALF_WIDTH.search(AS_TYPED.sub("x", key.zh))


@pytest.mark.parametrize(("root", "shape", "key"), KEYS)
def test_a_key_is_shown_by_an_example_that_may_stand_where_the_key_does(
    root: str, shape: Shape, key: Key
) -> None:
    """A map of maps is shown by the examples of its parts."""
    if not key.example:
        assert _consists_of_shapes(key.value)
        return
    node, findings = read_document(key.example, "example.yaml")
    assert node is not None
    assert findings == ()
    assert list(node.entries) == [key.name]
    schema = value_schema(key.value)
    assert Gate({**schema, "$defs": SCHEMAS[root]()["$defs"]}).findings(node.entries[key.name]) == ()


@pytest.mark.parametrize(("root", "shape", "key"), KEYS)
def test_a_key_stands_in_the_kitchen_sink(root: str, shape: Shape, key: Key) -> None:
    assert written(root)[shape.name, key.name] or (shape.name, key.name) in ELSEWHERE


def test_the_kitchen_sink_is_sound() -> None:
    checked = check_process((HERE / FILES["process"]).read_bytes(), FILES["process"])
    assert checked.findings == ()
    report = run_file(HERE / FILES["scenario"], connect)
    assert report.findings == ()
    assert [(run.passed, run.mismatches) for run in report.runs] == [(True, ()), (True, ())]


@pytest.mark.parametrize(("shape", "key"), keys_of(SHAPES))
def test_a_key_of_a_process_changes_the_plan(shape: Shape, key: Key) -> None:
    if (shape.name, key.name) == ("process", "flowengine"):
        assert [finding.code for finding in checked_with(("flowengine",), 2).findings] == ["FE109"]
        return
    if (shape.name, key.name) == ("process", "locked"):
        found = checked_with(("locked",), ["stages.polish", "stages.intake.titel"]).findings
        assert [finding.code for finding in found] == ["FE706", "FE706"]
        found = checked_with(("types", "express"), {"stages": {"intake": "remove"}}).findings
        assert [finding.code for finding in found] == ["FE705"]
        return
    if (shape.name, key.name) in ELSEWHERE:
        return
    others = ((fingerprint(other), as_it_is(whole)) for other, whole in altered("process", shape, key))
    assert any(plan not in ("", before) for plan, before in others)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the processes that the scenario plays: one for all, as what is unchanged is read once."""
    folder = tmp_path_factory.mktemp("played")
    for name in (FILES["process"], "claim.yaml"):
        shutil.copy(HERE / name, folder)
    return folder


@pytest.mark.parametrize(("shape", "key"), keys_of(SCENARIO_SHAPES))
def test_a_key_of_a_scenario_changes_what_is_reported(shape: Shape, key: Key, played: Path) -> None:
    others = altered("scenario", shape, key)
    assert any(reported(other, played) != reported_as_it_is(whole, played) for other, whole in others)


def test_a_key_that_nobody_reads_would_be_found() -> None:
    """A reader that is blind to a key makes the same plan whatever stands there: the proof does not hold."""
    blind = patch.object(Reader, "_entries", lambda *given: {**ENTRIES(*given), "title": scalar("x", PLACE)})
    stage, title = SHAPES["stage"], SHAPES["stage"].key("title")
    assert title is not None
    with blind:
        others = [
            (fingerprint(other), fingerprint(sink("process", whole)))
            for other, whole in altered("process", stage, title)
        ]
    assert all(plan in ("", before) for plan, before in others)


@pytest.mark.parametrize(
    "shape", [shape for shape in SHAPES.values() if shape.short], ids=lambda shape: shape.name
)
def test_the_short_form_in_the_reference_is_one(shape: Shape) -> None:
    node, findings = read_document(SHORT_FORMS[shape.name], "example.yaml")
    assert node is not None
    assert findings == ()
    (value,) = node.entries.values()
    assert value.kind == "scalar"
    schema = value_schema(Sub(shape.name))
    assert Gate({**schema, "$defs": process_schema()["$defs"]}).findings(value) == ()


CONDITIONS = [
    *(example for _, example in OPERATORS.values()),
    *FUNCTION_EXAMPLES.values(),
    *(example for _, example in MOMENTS.values()),
    "promised_date > '2026-02-28'",
    "0.1 + 0.2 == 0.3",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_of_the_reference_is_one_of_the_sales_order(condition: str, checkout: Path) -> None:
    file = checkout / "processes/sales-order.yaml"
    process = check_process(file.read_bytes(), file.name, Folder(file)).process
    assert process is not None
    assert parse(condition, scope_of(process), PLACE)[1] == ()


def test_the_reference_shows_each_function_and_the_smallest_process_is_sound() -> None:
    assert set(FUNCTION_EXAMPLES) == set(FUNCTIONS)
    assert check_process(SMALLEST, "smallest.yaml").findings == ()


@cache
def sink(root: str, whole: bool = True) -> Any:
    """The kitchen sink as bare values; or without what takes most of the time and hides nothing."""
    node, _ = read_document((HERE / FILES[root]).read_bytes(), FILES[root])
    assert node is not None
    value = node.plain()
    return value if whole else reduce(without, BESIDE[root], value)


def without(value: Any, path: Steps) -> Any:
    """`value` without what stands at the end of `path`."""
    *before, last = path
    there = at(value, tuple(before))
    if isinstance(there, list):
        return put(value, tuple(before), [part for number, part in enumerate(there) if number != last])
    return put(value, tuple(before), {name: part for name, part in there.items() if name != last})


@cache
def written(root: str) -> Mapping[tuple[str, str], list[Keyword]]:
    """Where each key stands in the kitchen sink."""
    node, _ = read_document((HERE / FILES[root]).read_bytes(), FILES[root])
    assert node is not None
    places: dict[tuple[str, str], list[Keyword]] = defaultdict(list)
    for keyword in keywords(BOTH[root], root, node):
        places[keyword.shape.name, keyword.key.name].append(keyword)
    return places


def altered(root: str, shape: Shape, key: Key) -> Iterator[tuple[Any, bool]]:
    """The kitchen sink with that key left out, or with another value, wherever it stands; and whether it had
    to be the whole one.
    """
    for keyword in written(root)[shape.name, key.name]:
        whole = any(keyword.path[: len(path)] == path for path in BESIDE[root])
        start = sink(root, whole)
        yield without(start, keyword.path), whole
        for other in alterations(key.value, at(start, keyword.path), BOTH[root]):
            yield put(start, keyword.path, other), whole


def put(value: Any, path: Steps, part: Any) -> Any:
    """`value` with `part` at the end of `path`."""
    if not path:
        return part
    changed = value.copy()
    changed[path[0]] = put(value[path[0]], path[1:], part)
    return changed


def checked_with(path: Steps, part: Any) -> Checked:
    return check_process(yaml(put(sink("process"), path, part)), "any.yaml")


def fingerprint(value: Any) -> str:
    """Everything that the plan says, without the places where it was written; empty if there is no plan."""
    process = check_process(yaml(value), "any.yaml").process
    if process is None:
        return ""
    return re.sub(r"(line|column)=\d+|0x[0-9a-f]+", "", repr(compile_process(process, "any.yaml")))


@cache
def as_it_is(whole: bool) -> str:
    return fingerprint(sink("process", whole))


def reported(value: Any, folder: Path) -> str:
    """Everything that is reported of a scenario, without the places where it was written."""
    file = folder / "any.scenario.yaml"
    file.write_text(yaml(value), "utf-8")
    report = run_file(file, connect)
    runs = [
        (run.row, run.history, [replace(each, place=PLACE) for each in run.mismatches]) for run in report.runs
    ]
    return repr((report.title, report.shows, [finding.code for finding in report.findings], runs))


@cache
def reported_as_it_is(whole: bool, folder: Path) -> str:
    return reported(sink("scenario", whole), folder)


def _consists_of_shapes(value: Value) -> bool:
    return isinstance(value, Sub) or (isinstance(value, Named | Many) and _consists_of_shapes(value.of))
