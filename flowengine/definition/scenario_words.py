"""What a scenario file says, as frozen values: one class per shape of its vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from keyword import iskeyword
from typing import Any, Final, Literal

from flowengine.definition.lengths import Length
from flowengine.definition.unwritten import unwritten
from flowengine.definition.words import Name, Text, Word
from flowengine.texts import Lang

Verb = Literal[
    "create",
    "import",
    "start",
    "done",
    "attach",
    "write",
    "amend",
    "outcome",
    "waive",
    "hold",
    "release",
    "raise",
    "approve",
    "refuse",
    "abstain",
    "transfer",
    "delegate",
    "add_signer",
    "urge",
    "copy",
    "request",
    "revoke",
    "return",
    "withdraw",
    "confirm",
    "event",
    "claim",
    "give_back",
    "reassign",
    "split",
    "open",
]
VERBS: Final[tuple[Verb, ...]] = (
    "create", "import", "start", "done", "attach", "write", "amend", "outcome", "waive", "hold", "release",
    "raise", "approve", "refuse", "abstain", "transfer", "delegate", "add_signer", "urge", "copy", "return",
    "withdraw", "confirm", "event", "claim", "give_back", "reassign", "request", "revoke",
    "split", "open",
)  # fmt: skip
_DIGITS: Final = 6


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Sent(Word):
    to: Name
    about: Name | None = None
    message: Name | None = None
    via: tuple[Name, ...] | None = None
    at: str | None = None
    says: Text | None = None


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Expect(Word):
    verdict: Literal["ready", "incomplete", "refused"] | None = None
    stage: Name | None = None
    number: str | None = None
    blocked_by: tuple[Name, ...] | None = None
    todo: Mapping[str, tuple[Name, ...]] | None = None
    mine: Mapping[str, tuple[Name, ...]] | None = None
    queue: Mapping[str, tuple[str, ...]] | None = None
    due: Mapping[str, str] | None = None
    late: tuple[Name, ...] | None = None
    warned: tuple[Name, ...] | None = None
    held: tuple[Name, ...] | None = None
    lanes: tuple[Name, ...] | None = None
    linked: Mapping[str, tuple[Name, ...]] | None = None
    deferred: Mapping[str, str] | None = None
    parked: tuple[Name, ...] | None = None
    priority: str | None = None
    sees: Mapping[str, tuple[Name, ...]] | None = None
    shown: Mapping[str, Mapping[str, Any]] | None = None
    fields: Mapping[str, Any] | None = None
    refused: str | Mapping[str, tuple[str, ...]] | None = None
    notified: tuple[Name | Mapping[Name, str], ...] | None = None
    not_notified: tuple[Name, ...] | None = None
    says: Mapping[str, str] | None = None
    sent: tuple[Sent, ...] | None = None
    called: tuple[Name, ...] | None = None
    imported: int | None = None
    already_there: int | None = None
    rejected: Mapping[str, tuple[str, ...]] | None = None
    chart: Mapping[str, tuple[Name, ...]] | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether the step is expected not to be carried out."""
        return self.refused is not None or self.verdict not in (None, "ready")


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Step(Word):
    create: Mapping[str, Any] | None = None
    import_: tuple[Any, ...] | None = None
    start: Mapping[str, Any] | None = None
    on: Name | None = None
    done: Name | None = None
    attach: Mapping[str, str] | None = None
    write: Mapping[str, Any] | None = None
    amend: Mapping[str, Any] | None = None
    outcome: Name | None = None
    edits: Mapping[str, Any] | None = None
    waive: Name | None = None
    hold: Name | None = None
    release: Name | None = None
    raise_: Name | None = None
    joins: Name | None = None
    approve: Name | None = None
    refuse: Name | None = None
    abstain: Name | None = None
    transfer: Mapping[str, str] | None = None
    delegate: Mapping[str, str] | None = None
    add_signer: Mapping[str, str] | None = None
    position: str = ""
    urge: Name | None = None
    copy: Mapping[Name, object] | None = None
    request: Name | None = None
    revoke: Name | None = None
    return_: Name | None = None
    to: Name | None = None
    withdraw: Name | None = None
    confirm: Name | None = None
    fills: Mapping[str, Any] | None = None
    event: Name | None = None
    data: Mapping[str, Any] | None = None
    claim: Name | None = None
    give_back: Name | None = None
    reassign: Mapping[str, str] | None = None
    split: Mapping[str, str] | None = None
    open: Mapping[str, Any] | None = None
    by: tuple[Name, ...] = ()
    reason: str = ""
    wait: Length | None = None
    until: str | None = None
    expect: Expect | None = None

    @property
    def verb(self) -> Verb | None:
        """What is done in this step, if anything."""
        return next((verb for verb in VERBS if self._said(verb) is not None), None)

    @property
    def argument(self) -> Any:
        """What stands under the verb."""
        return None if self.verb is None else self._said(self.verb)

    def _said(self, verb: Verb) -> Any:
        return getattr(self, attribute_of(verb))


def linked_by(on: str) -> tuple[str, int] | None:
    """The link of which a step `on` speaks, and which of its orders it means: 0 is the last. None for what
    means no order.
    """
    name, dot, number = on.partition(".")
    if not dot:
        return name, 0
    counts = number.isascii() and number.isdecimal() and len(number) <= _DIGITS and int(number) > 0
    return (name, int(number)) if counts else None


def attribute_of(verb: Verb) -> str:
    """The attribute of a step that holds what stands under a verb."""
    return f"{verb}_" if iskeyword(verb) else verb


@unwritten(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Scenario(Word):
    scenario: Text
    process: Name
    starts: str
    steps: tuple[Step, ...]
    shows: tuple[str, ...] = ()
    language: Lang = "en"
    people: Mapping[str, tuple[Name, ...]] | None = None
    calls: Mapping[str, Any] | None = None
    given: Mapping[str, Any] | None = None
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def held(self) -> Mapping[str, tuple[str, ...]]:
        """The people who hold each role that anybody holds here, in the order in which they are named."""
        roles = dict.fromkeys(role for held in (self.people or {}).values() for role in held)
        return {role: self.holders(role) for role in roles}

    def holders(self, role: str) -> tuple[str, ...]:
        """The people who hold a role here."""
        return tuple(person for person, roles in (self.people or {}).items() if role in roles)
