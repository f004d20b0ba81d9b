"""The laws of patches, for every stage that can be written and every patch that can be put on it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flowengine.definition.document import Node, read_document
from flowengine.definition.patching.merging import composed, merged, written_out
from flowengine.definition.vocabulary import SHAPES

NAMES = st.sampled_from(["a", "b", "c"])
TEXTS = st.sampled_from(["one", "two"])
NEEDS = st.one_of(
    st.sampled_from(["check", "file", "note"]),
    st.fixed_dictionaries({}, optional={"check": TEXTS, "by": TEXTS}),
    st.fixed_dictionaries({"that": TEXTS}, optional={"else": TEXTS}),
)
DUES = st.one_of(st.just("4h"), st.just({"within": "2d"}), st.just({"by": "day"}))
REMOVED = st.just("remove")


def stages(needs: st.SearchStrategy[Any], due: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    parts = {"title": TEXTS, "owner": TEXTS, "due": due, "needs": st.dictionaries(NAMES, needs)}
    return st.fixed_dictionaries({}, optional=parts)


WHOLE = stages(NEEDS, DUES)
PATCHES = stages(NEEDS | REMOVED, DUES | REMOVED)
ADDING = stages(NEEDS, DUES)


def node(stage: dict[str, Any]) -> Node:
    read, findings = read_document(json.dumps({"stage": stage}).replace('"remove"', "remove"), "any.yaml")
    assert read is not None
    assert findings == ()
    return read.entries["stage"]


def patched(base: Node, patch: Node) -> Node | None:
    """What becomes of the base; nothing where the patch removes what is not there."""
    result, findings = merged(base, patch, "stage")
    return None if findings else result


@given(WHOLE)
def test_a_patch_that_says_nothing_changes_nothing(stage: dict[str, Any]) -> None:
    base = node(stage)
    assert patched(base, node({})) is base


@given(WHOLE, ADDING)
def test_patching_twice_is_patching_once(stage: dict[str, Any], patch: dict[str, Any]) -> None:
    once = patched(node(stage), node(patch))
    assert once is not None
    twice = patched(once, node(patch))
    assert twice is not None
    assert meant(twice) == meant(once)


@given(WHOLE, PATCHES, PATCHES)
def test_one_patch_after_the_other_is_their_composition(
    stage: dict[str, Any], first: dict[str, Any], second: dict[str, Any]
) -> None:
    """Where both steps can be done, and the second gives nothing back that the first removed."""
    base, one, two = node(stage), node(first), node(second)
    middle = patched(base, one)
    after = middle and patched(middle, two)
    if after is None or gives_back(first, second):
        return
    together = patched(base, composed(one, two, "stage"))
    assert together is not None
    assert meant(together) == meant(after)


@given(WHOLE, NAMES, NEEDS)
def test_removing_what_was_added_leaves_what_was_there(stage: dict[str, Any], name: str, need: Any) -> None:
    others = {key: each for key, each in stage.get("needs", {}).items() if key != name}
    stage.pop("needs", None)
    base = node({**stage, **({"needs": others} if others else {})})
    added = patched(base, node({"needs": {name: need}}))
    assert added is not None
    removed = patched(added, node({"needs": {name: "remove"}}))
    assert removed is not None
    assert meant(removed) == meant(base)


@given(WHOLE, PATCHES)
def test_what_a_patch_does_not_name_is_the_same_node(stage: dict[str, Any], patch: dict[str, Any]) -> None:
    base = node(stage)
    after = patched(base, node(patch))
    if after is None:
        return
    for key in stage.keys() - patch.keys():
        assert after.entries[key] is base.entries[key]


def meant(stage: Node) -> dict[str, Any]:
    """A stage as bare values, its short forms written out."""
    entries: dict[str, Any] = dict(stage.entries)
    if "due" in entries:
        entries["due"] = written_out(SHAPES["due"], "due", entries["due"])
    plain = {key: each.plain() for key, each in entries.items()}
    if "needs" in entries:
        needs = entries["needs"].entries
        plain["needs"] = {
            name: written_out(SHAPES["need"], name, need).plain() for name, need in needs.items()
        }
    return plain


def gives_back(first: dict[str, Any], second: dict[str, Any]) -> bool:
    pairs = [(first, second), (first.get("needs"), second.get("needs"))]
    return any(
        isinstance(one, dict) and isinstance(two, dict) and one.get(key) == "remove" and two[key] != "remove"
        for one, two in pairs
        for key in (two if isinstance(two, dict) else ())
    )
