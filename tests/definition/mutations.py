"""Files as chance makes them: a sound one with nodes left out, doubled, renamed, moved or replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from flowengine.definition.scenario_vocabulary import SCENARIO_SHAPES
from flowengine.definition.vocabulary import SHAPES

Path = tuple[str | int, ...]

KEYS = sorted({key.name for shape in (*SHAPES.values(), *SCENARIO_SHAPES.values()) for key in shape.keys})
NAMES = [
    "intake", "bench", "pickup", "closed", "cancelled", "scrapped", "desk", "lead", "price", "parts",
    "grade", "seen", "photo", "redo", "pause", "owner", "any", "order", "channel", "next", "done",
    "created", "entered", "closed.owner", "bench.owner", "order.created", "parts.sku", "__class__",
    "constructor", "x-y", "审核", "A",
]  # fmt: skip
TEXTS = [
    "", " ", "\n", "name\n", "a" * 300, "24h", "0m", "99999d", "1d 12h", "file", "check", "field", "list",
    "any", "zh", "en", "required", "choice", "Asia/Shanghai", "../../etc/passwd", "2026-03-02 09:00",
    "2026-99-99 09:00", "{yyyy}-{serial:3}", "{dd}", "{grade}", "has(price)", "price > 0 and",
    "sum(parts.quantity) > 1", "true", "R01", "CNY", "1", "\ud800", "\u202e", "{", "`", "%s {0}",
]  # fmt: skip
SCALARS = st.one_of(
    st.sampled_from([None, True, False, 0, 1, -1, 3, 10**40, 0.5, 1e300, float("nan")]),
    st.sampled_from(NAMES + TEXTS + KEYS),
    st.text(max_size=5),
)
RUBBISH = st.recursive(
    SCALARS,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES + KEYS + TEXTS[:4]), inside, max_size=3)
    ),
    max_leaves=6,
)


def yaml(value: Any) -> str:
    """A value as a YAML file; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_number)


def _number(value: Decimal) -> float:
    return float(value)


@st.composite
def mutated(draw: st.DrawFn, original: Any) -> Any:
    """`original` after one to four accidents of any kind."""
    value = deepcopy(original)
    for _ in range(draw(st.integers(1, 4))):
        places = list(paths(value))
        path = draw(st.sampled_from(places))
        if not path:
            return draw(RUBBISH)
        _accident(draw, value, path, places)
    return value


@st.composite
def misled(draw: st.DrawFn, original: Any) -> Any:
    """`original` after one to six slips that most often keep its shape: other names, places and order."""
    value = deepcopy(original)
    for _ in range(draw(st.integers(1, 6))):
        places = list(paths(value))[1:]
        if not places:
            return value
        _slip(draw, value, draw(st.sampled_from(places)), places)
    return value


def paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """The way to every node, the whole first."""
    yield at
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in within:
        yield from paths(part, (*at, step))


def at(value: Any, path: Path) -> Any:
    """The node at the end of `path`."""
    for step in path:
        value = value[step]
    return value


def _accident(draw: st.DrawFn, value: Any, path: Path, places: list[Path]) -> None:
    around, step = at(value, path[:-1]), path[-1]
    match draw(st.sampled_from(["left out", "replaced", "moved", "wrapped", "doubled", "renamed"])):
        case "left out":
            del around[step]
        case "replaced":
            around[step] = draw(RUBBISH)
        case "moved":
            around[step] = deepcopy(at(value, draw(st.sampled_from(places))))
        case "wrapped":
            around[step] = draw(st.sampled_from([[around[step]], {"x": around[step]}, {step: around[step]}]))
        case "doubled" if isinstance(around, list):
            around.insert(step, deepcopy(around[step]))
        case "doubled":
            around[draw(_another(step))] = deepcopy(around[step])
        case "renamed" if isinstance(around, dict):
            new = draw(_another(step))
            entries = [(new if key == step else key, part) for key, part in around.items()]
            around.clear()
            around.update(entries)


def _slip(draw: st.DrawFn, value: Any, path: Path, places: list[Path]) -> None:
    around, step = at(value, path[:-1]), path[-1]
    kind = type(around[step])
    alike = [other for other in places if other[-1] == step and isinstance(at(value, other), kind)]
    match draw(st.sampled_from(["left out", "another", "moved", "doubled", "turned round"])):
        case "left out":
            del around[step]
        case "another" if isinstance(around[step], str):
            around[step] = draw(st.sampled_from(NAMES) | st.sampled_from(_said(value)))
        case "doubled" if isinstance(around, dict):
            around[draw(st.sampled_from(NAMES[:-3]))] = deepcopy(around[step])
        case "turned round" if isinstance(around[step], dict):
            around[step] = dict(reversed(around[step].items()))
        case _:
            around[step] = deepcopy(at(value, draw(st.sampled_from(alike))))


def _said(value: Any) -> list[str]:
    return [text for path in paths(value) if isinstance(text := at(value, path), str)]


def _another(name: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([*NAMES, *KEYS, f"x{name}", str(name)[:-1] or "x"])
