"""Several files as one text, so that what is deployed is whole: hashed, kept and compiled together.

A process of one file is kept as it is. No process file begins like a bundle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from flowengine.definition.patching.sources import NONE, Files, Sources

_BEGINS: Final = '{"files":[{"name":'
_BEGINS_INNER: Final = '{"inner":'


class Unpacked(NamedTuple):
    """The file that is the process, and those that belong to it."""

    text: str
    sources: Sources


def packed(main: str, text: str, others: Mapping[str, str]) -> str:
    """The one text of a process whose file `main` needs these others; the same for the same files."""
    if not others:
        return text
    files = [{"name": name, "text": content} for name, content in sorted({**others, main: text}.items())]
    return json.dumps({"files": files, "main": main}, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, file: str) -> Unpacked:
    """The files of a text that `packed` made, or the one file that it is; `file` is how that is called."""
    if not text.startswith(_BEGINS):
        return Unpacked(text, NONE)
    bundle = json.loads(text)
    files = {each["name"]: each["text"] for each in bundle["files"]}
    return Unpacked(files[bundle["main"]], Files(files, file))


def packed_inner(name: str, text: str) -> str:
    """The one text of an inner process: which it is, and that of the process that brings it."""
    return json.dumps({"inner": name, "of": text}, ensure_ascii=False, separators=(",", ":"))


def unpacked_inner(text: str) -> tuple[str, str]:
    """The name of an inner process, empty for any other, and the text in which it is told."""
    if not text.startswith(_BEGINS_INNER):
        return "", text
    inner = json.loads(text)
    return inner["inner"], inner["of"]
