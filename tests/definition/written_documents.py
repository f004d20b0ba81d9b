"""Documents made at random, with the tree each was written from: scalars as they stand and as meant."""

from __future__ import annotations

import json
from typing import Any, Final

from hypothesis import strategies as st

LETTERS: Final = "abz客户é😀"
WORDS = st.text(LETTERS, min_size=1, max_size=8)
INSIDE_QUOTES = st.text(LETTERS + " :#,[]{}'\"\\&*!|>%@-", max_size=12)
SCALARS = (
    WORDS.map(lambda word: (word, word))
    | st.integers(-(10**9), 10**9).map(lambda number: (str(number), number))
    | INSIDE_QUOTES.map(lambda text: (json.dumps(text, ensure_ascii=False), text))
    | INSIDE_QUOTES.map(lambda text: ("'" + text.replace("'", "''") + "'", text))
)
KEYS = WORDS | WORDS.map(lambda word: f'"{word} "') | WORDS.map(lambda word: f"'{word}:'")


def maps(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Maps under keys as they are written."""
    return st.dictionaries(KEYS, inner, min_size=1, max_size=4)


TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, min_size=1, max_size=4) | maps(inner), max_leaves=12
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A file and the tree it was written from."""
    tree = draw(maps(TREES))
    rows = [f"{key}:{in_block(value, 2, draw)}" for key, value in tree.items()]
    return "".join(rows).replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"]))), tree


def in_block(tree: Any, indent: int, draw: st.DrawFn) -> str:
    """The tree on lines of its own; brackets, comments and blank lines by chance."""
    if not isinstance(tree, dict | list) or draw(st.booleans()):
        return f" {in_flow(tree)}\n"
    pad = " " * indent
    noise = st.sampled_from(["", "", "\n", f"{pad}# 注释 😀: x\n"])
    deeper = indent + draw(st.integers(1, 3))
    rows = [(f"{key}:", value) for key, value in tree.items()] if isinstance(tree, dict) else []
    rows = rows or [("-", value) for value in tree]
    lines = [f"{draw(noise)}{pad}{opening}{in_block(value, deeper, draw)}" for opening, value in rows]
    return draw(st.sampled_from(["\n", " # 客户\n"])) + "".join(lines)


def in_flow(tree: Any) -> str:
    """The tree in brackets, on one line."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {in_flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(in_flow(value) for value in tree) + "]"
    return str(tree[0])
