"""What a rehearsal found, as values: reporters turn them into text, JSON, JUnit or a test's failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flowengine.definition.findings import Finding, Place
from flowengine.definition.templates import on_one_line
from flowengine.texts import Lang, say


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An expectation that was not met: where it stands, which word, what was expected, what was found."""

    place: Place
    step: int
    word: str
    expected: Any
    found: Any

    def message(self, lang: Lang) -> str:
        """The mismatch in one sentence."""
        sides = {"expected": told(self.expected), "found": told(self.found)}
        return say("scenario.mismatch", lang, {"step": self.step, "word": self.word, **sides})


@dataclass(frozen=True, slots=True)
class Failure:
    """The step at which a run came out otherwise, as sentences in the language of the run.

    `said` is the step as the file has it, with the row's values; `reasons` are those for which it was
    refused; `standing` is where the order stood then and what it waited for.
    """

    place: Place
    step: int
    said: str
    at: str
    reasons: tuple[str, ...]
    standing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to one person. `at` is when it goes outside, by the clock of its process; `texts` are
    heading and text in each language. `id`, `order` and `cause` are those of the message in the inbox.
    """

    id: int
    order: int
    cause: str
    number: str
    to: str
    about: str
    message: str
    via: tuple[str, ...]
    at: str
    texts: Mapping[Lang, tuple[str, str]]

    def said(self, lang: Lang) -> str:
        """Heading and text on one line."""
        return on_one_line(" ".join(self.texts[lang]))


class Told(NamedTuple):
    """Something that happened in a run: when by its clock, to which order, by whom, and what."""

    at: str
    number: str
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class Run:
    """One scenario played with one of its rows. `history` is what happened to the order up to the first
    mismatch; `story` what happened to every order, where it was asked for.
    """

    file: str
    title: str
    row: Mapping[str, Any] | None
    steps: int
    mismatches: tuple[Mismatch, ...]
    history: tuple[str, ...]
    failure: Failure | None = None
    messages: tuple[Outgoing, ...] = ()
    story: tuple[Told, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every expectation was met."""
        return not self.mismatches


@dataclass(frozen=True, slots=True)
class Report:
    """One scenario file: what is wrong with the file itself, or how its runs went."""

    file: str
    title: str
    shows: tuple[str, ...]
    findings: tuple[Finding, ...]
    runs: tuple[Run, ...]

    @property
    def passed(self) -> bool:
        """Whether the file is sound and every run passed."""
        return bool(self.runs) and all(run.passed for run in self.runs)


def told(value: Any) -> str:
    """A value of an expectation as analysts write it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {told(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(told(each) for each in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "–" if value is None else str(value)
