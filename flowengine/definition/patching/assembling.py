"""One process out of several files: what it extends, what it includes, and what it says itself.

Used by `check` before the words are read. What comes of it is a document like that of a process written in
one file, except that each part of it knows the file in which it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NoReturn

from flowengine.definition.document import Node, read_document
from flowengine.definition.findings import Finding, nearest, unknown
from flowengine.definition.patching.adding import added
from flowengine.definition.patching.completeness import incomplete
from flowengine.definition.patching.finding_bases import base_of
from flowengine.definition.patching.languages import in_language
from flowengine.definition.patching.leaving import without_origins
from flowengine.definition.patching.locking import locks_of, loose, touched
from flowengine.definition.patching.merging import merged
from flowengine.definition.patching.placing import placed
from flowengine.definition.patching.sources import MOST_FILES, Sources, name_from
from flowengine.definition.process_schema import form_gate
from flowengine.definition.vocabulary import LIBRARY, SHAPES

_OF_THE_FILE: Final = frozenset({"extends", "include"})
"""The words that say where the rest of a process stands; nothing of them is left in the whole."""
_KEYS: Final = frozenset(key.name for key in SHAPES["process"].keys) - {"calendar"}
"""The words that tell what a file is: `calendar` may be the `calendars` of a library, less a letter."""
_OF_A_LIBRARY: Final = frozenset(key.name for key in LIBRARY.keys)
_OF_A_PROCESS: Final = _KEYS - _OF_A_LIBRARY


@dataclass(frozen=True, slots=True)
class Assembled:
    """A process as one document; without an error in `findings`, `node` is whole.

    `base` is the process that it extends, whole too. `files` are the other files, by name, as they were read.
    """

    node: Node
    findings: tuple[Finding, ...]
    base: Node | None = None
    files: Mapping[str, bytes | str] = field(default_factory=dict)


def is_alone(node: Node) -> bool:
    """Whether a document is a process that needs no other file."""
    return _OF_THE_FILE.isdisjoint(node.entries)


def assembled(node: Node, sources: Sources, own: str) -> Assembled:
    """The process that the document `node` of the file named `own` is, with all that belongs to it."""
    assembly = _Assembly(sources, own)
    try:
        part = assembly.process(node, own, ())
    except _Faulty:
        return Assembled(node, tuple(assembly.findings), None, assembly.files)
    return Assembled(part.node, tuple(assembly.findings), part.base, assembly.files)


class _Faulty(Exception):
    """There is an error after which nothing more can be put together; it is in the findings."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A process put together: its document, the language of its plain texts, and the libraries in it."""

    node: Node
    language: str
    libraries: frozenset[str]
    base: Node | None = None


class _Assembly:
    """The putting together of one process."""

    def __init__(self, sources: Sources, own: str) -> None:
        self.findings: list[Finding] = []
        self.files: dict[str, bytes | str] = {}
        self._sources = sources
        self._own = own

    def process(self, node: Node, own: str, chain: tuple[str, ...]) -> _Part:
        """A process with its base and its libraries. `chain` names the processes that extend it."""
        self._must(form_gate(_form(node)).findings(node))
        base = self._base(node, own, chain)
        language = _language(node, base.language if base else "en")
        under = None
        if base is not None:
            under = base.node if base.language == language else in_language(base.node, base.language)
        seen = base.libraries if base else frozenset()
        libraries = self._libraries(node, own, language, seen)
        patch = _without(node, _OF_THE_FILE)
        findings: list[Finding] = []
        whole = patch if under is None else under
        for library in libraries.values():
            whole, clashes = added(whole, library)
            findings += clashes
            if under is not None:
                findings += added(patch, library)[1]
        self._must(tuple(findings))
        if under is not None:
            whole = self._extended(under, whole, patch)
        self._must((*incomplete(whole, None), *loose(whole)))
        return _Part(whole, language, seen | libraries.keys(), under)

    def _extended(self, base: Node, whole: Node, patch: Node) -> Node:
        self._must(tuple(touched(locks_of(base), patch)))
        node, findings = merged(whole, patch)
        self._must(findings)
        node, findings = placed(node)
        self._must(findings)
        return _with_locks(without_origins(node, base), locks_of(base), locks_of(patch))

    def _base(self, node: Node, own: str, chain: tuple[str, ...]) -> _Part | None:
        word = node.entries.get("extends")
        if word is None:
            return None
        chain = (*chain, str(node.entries["process"].value))
        process = str(word.value).partition("@")[0]
        if process in chain:
            self._fail(Finding("FE711", word.place, {"path": " → ".join((*chain, process))}))
        found = base_of(word, own, self._sources)
        if isinstance(found, Finding):
            self._fail(found)
        self._keep(found.name, found.data, word)
        self._must(found.findings)
        assert found.node is not None, "without an error in the findings there is a document"
        return self.process(found.node, found.name, chain)

    def _libraries(self, node: Node, own: str, language: str, seen: frozenset[str]) -> dict[str, Node]:
        """The libraries that a file includes, themselves and through each other, by name; each once."""
        libraries: dict[str, Node] = {}
        waiting = [(word, own) for word in _included(node)]
        while waiting:
            word, where = waiting.pop(0)
            name = name_from(where, str(word.value))
            if name is None:
                self._fail(Finding("FE712", word.place, {"word": word.value}))
            if name in libraries or name in seen:
                continue
            library = self._library(word, name)
            waiting += [(each, name) for each in _included(library)]
            written_in = _language(library, "en")
            libraries[name] = library if written_in == language else in_language(library, written_in)
        return libraries

    def _library(self, word: Node, name: str) -> Node:
        if name == self._own:
            self._fail(Finding("FE714", word.place, {"word": word.value}))
        data = self._sources.read(name)
        if data is None:
            self._fail(unknown("FE713", word.place, str(word.value), self._sources.beside()))
        self._keep(name, data, word)
        node, findings = read_document(data, self._sources.shown(name), apart=True)
        self._must(findings)
        assert node is not None, "without an error in the findings there is a document"
        if not is_library(node):
            self._fail(Finding("FE714", word.place, {"word": word.value}))
        self._must(form_gate("library").findings(node))
        return node

    def _keep(self, name: str, data: bytes | str, word: Node) -> None:
        self.files[name] = data
        if len(self.files) >= MOST_FILES:
            self._fail(Finding("FE715", word.place, {"limit": MOST_FILES}))

    def _must(self, findings: tuple[Finding, ...]) -> None:
        self.findings += findings
        if any(finding.severity == "error" for finding in findings):
            raise _Faulty

    def _fail(self, finding: Finding) -> NoReturn:
        self._must((finding,))
        raise AssertionError("an error was found")


def is_library(node: Node) -> bool:
    """Whether a document means to be a library: it has no key of a process, nor one misspelt."""
    if not _OF_A_PROCESS.isdisjoint(node.entries):
        return False
    strange = [word for word in node.entries if word not in _OF_A_LIBRARY]
    return len(node.entries) > 1 and all(nearest(word, _KEYS) in {None, *_OF_A_LIBRARY} for word in strange)


def _form(node: Node) -> str:
    return "variant" if "extends" in node.entries else "including" if "include" in node.entries else "process"


def _language(node: Node, default: str) -> str:
    return str(node.entries["language"].value) if "language" in node.entries else default


def _included(node: Node) -> list[Node]:
    return node.entries["include"].items if "include" in node.entries else []


def _without(node: Node, words: frozenset[str]) -> Node:
    entries = {word: part for word, part in node.entries.items() if word not in words}
    return replace(node, value=entries, keys={word: node.keys[word] for word in entries})


def _with_locks(node: Node, *locks: list[Node]) -> Node:
    """The process with all these paths locked: what a base has locked stays so."""
    every = [path for paths in locks for path in paths]
    if not every:
        return node
    place = node.keys.get("locked", every[0].place)
    entries = {**node.entries, "locked": Node("list", every[0].place, every)}
    return replace(node, value=entries, keys={**node.keys, "locked": place})
