"""What a scenario file says, as frozen values: one class per shape of its vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from flowengine.definition.words import Name, Text, Word
from flowengine.texts import Lang

Verb = Literal["create", "import", "done", "attach", "write", "outcome"]
VERBS: Final[tuple[Verb, ...]] = ("create", "import", "done", "attach", "write", "outcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect(Word):
    stage: Name | None = None
    number: str | None = None
    blocked_by: tuple[Name, ...] | None = None
    todo: Mapping[str, tuple[Name, ...]] | None = None
    due: Mapping[str, str] | None = None
    late: tuple[Name, ...] | None = None
    fields: Mapping[str, Any] | None = None
    refused: str | Mapping[str, tuple[str, ...]] | None = None
    notified: tuple[Name, ...] | None = None
    not_notified: tuple[Name, ...] | None = None
    imported: int | None = None
    already_there: int | None = None
    rejected: Mapping[str, tuple[str, ...]] | None = None
    chart: Mapping[str, tuple[Name, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Word):
    create: Mapping[str, Any] | None = None
    import_: tuple[Any, ...] | None = None
    done: Name | None = None
    attach: Mapping[str, str] | None = None
    write: Mapping[str, Any] | None = None
    outcome: Name | None = None
    by: tuple[Name, ...] = ()
    reason: str = ""
    wait: int | None = None
    until: str | None = None
    expect: Expect | None = None

    @property
    def verb(self) -> Verb | None:
        """What is done in this step, if anything."""
        return next(
            (verb for verb in VERBS if getattr(self, "import_" if verb == "import" else verb) is not None),
            None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Word):
    scenario: Text
    process: Name
    starts: str
    steps: tuple[Step, ...]
    shows: tuple[str, ...] = ()
    language: Lang = "en"
    people: Mapping[str, tuple[Name, ...]] | None = None
    given: Mapping[str, Any] | None = None
    rows: tuple[Mapping[str, Any], ...] = ()
