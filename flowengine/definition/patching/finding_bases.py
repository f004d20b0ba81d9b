"""Finding the process that `extends` names among the files that stand beside the one that is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, unknown
from flowengine.definition.patching.sources import Sources

_PROCESS: Final = re.compile(
    r"(?:^|[{,])[ \t]*[\"']?process[\"']?[ \t]*:[ \t]*[\"']?([a-z][a-z0-9-]*)", re.MULTILINE
)
"""What may name the process of a file, in block style or in JSON; whether it does is seen when it is read."""


class Found(NamedTuple):
    """A file that holds a process: its name, what stands in it, and what is wrong with its YAML."""

    name: str
    data: bytes | str
    node: Node | None
    findings: tuple[Finding, ...]

    def may_be(self, process: str) -> bool:
        """Whether this is that process, as far as the file can be read."""
        return self.node is None or (
            "process" in self.node.entries and self.node.entries["process"].value == process
        )

    @property
    def version(self) -> str:
        """The version that the file says it is."""
        version = self.node.entries.get("version") if self.node else None
        return str(version.value) if version else ""


def base_of(word: Node, own: str, sources: Sources) -> Found | Finding:
    """The file of the process that the word `base` or `base@version` names; else what is wrong with it.

    `own` is the name of the file in which the word stands, which is never meant.
    """
    process, _, version = str(word.value).partition("@")
    heads = dict(_beside(own, sources))
    read = (_read(name, data, sources) for name, data in heads.items() if process in _processes(data))
    found = [each for each in read if each.may_be(process)]
    if not found:
        known = {each for data in heads.values() for each in _processes(data)[:1]}
        return unknown("FE708", word.place, process, known)
    fitting = [each for each in found if not version or each.version == version or each.node is None]
    if not fitting:
        params = {
            "word": process,
            "version": version,
            "known": [f"{process}@{each.version}" for each in found],
        }
        return Finding("FE709", word.within(len(process) + 1), params)
    if len(fitting) > 1:
        files = [sources.shown(each.name) for each in fitting]
        return Finding("FE710", word.place, {"word": word.value, "files": files})
    return fitting[0]


def _beside(own: str, sources: Sources) -> Iterator[tuple[str, bytes | str]]:
    for name in sources.beside():
        data = sources.read(name) if name != own else None
        if data is not None:
            yield name, data


def _processes(data: bytes | str) -> list[str]:
    """The processes that a file seems to hold or to speak of."""
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    return _PROCESS.findall(text)


def _read(name: str, data: bytes | str, sources: Sources) -> Found:
    return Found(name, data, *read_document(data, sources.shown(name), apart=True))
