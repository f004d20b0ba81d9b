"""Sealing what a command says of a person, before anything is decided about it.

From here on kernel, history, messages and digests know ciphertext alone. What a mapping channel sends besides
the fields of the process is dropped here, as it might say the same in the open.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.findings import Place
from flowengine.definition.private import KNOWN_BY, Sealed, Unfit, token_of, tokens_in
from flowengine.definition.values import WrongValue, store
from flowengine.definition.words import Column
from flowengine.errors import ChangedMeanwhile
from flowengine.kernel.commands import Amend, Choose, Confirm, Create, Request, Write
from flowengine.kernel.intake import maps_of, value_at
from flowengine.kernel.order import Order
from flowengine.kernel.rights import masked
from flowengine.kernel.variant import plan_for
from flowengine.runtime.ports import Definitions, Writer
from flowengine.runtime.privacy.lens import ERASED, UNREADABLE
from flowengine.runtime.privacy.masks import mask
from flowengine.runtime.privacy.vault import Person, Vault
from flowengine.runtime.rows import TraceRow

_TEXT: Final = Column(place=Place("", 0, 0), type="text")
SAYING: Final = (Create, Write, Amend, Choose, Confirm)
"""The commands that say what fields shall hold; a test holds them against all there are."""
_STAR: Final = "*"
_LEFT_OUT: Final = min(ERASED)
"""A value that is left out is as good as one that is written back as it was shown."""
_TELLS: Final = ("id", "phone", "name", "address")
"""The classes of private values, the first that is there says whose order it is."""


@dataclass(slots=True)
class Sealing:
    """A request with its private values sealed, and what is to be kept for them if it is carried out."""

    request: Request
    traces: dict[str, str] = field(default_factory=dict)
    """By the blind value of a look-up, the person whom it leads to."""
    blinds: dict[str, str] = field(default_factory=dict)
    """By the field of what is new, the blind value of its look-up."""
    person: Person | None = None
    is_new: bool = False

    def keep(self, unit: Writer, order_id: int) -> None:
        """Keep the key of somebody new, and by what the order is found.

        Raises ChangedMeanwhile where somebody else made a key for the same person at the same moment.
        """
        if self.person is not None and self.is_new and not unit.add_subject(self.person.row):
            raise ChangedMeanwhile
        if self.traces:
            unit.add_traces([TraceRow(blind, order_id, name) for blind, name in self.traces.items()])


def seal(
    vault: Vault,
    unit: Definitions,
    plan: Plan,
    order: Order | None,
    request: Request,
    *,
    id: int | None = None,
    said: Mapping[str, str] | None = None,
    copied: tuple[Person | None, Mapping[str, str]] = (None, MappingProxyType({})),
) -> Sealing:
    """The request as it may be decided and kept, on the order with that id. A request that comes again is
    sealed like the first one, which `said` those values. What was `copied` of the order of somebody is sealed
    for the same person. Raises NoMasterKey where something is to be sealed.
    """
    command = request.command
    if not plan.private or not isinstance(command, SAYING):
        return Sealing(request)
    plan = plan_for(plan, order, command)
    fields = said if said is not None else order.fields if order else {}
    sealer = _Sealer(vault, unit, plan, fields, id, masked(plan, request.by), copied[0])
    if isinstance(command, Confirm):
        command = replace(command, values={**command.values, **sealer.unanswered(command)})
    values_said = list(_said(plan, command))
    plain = {name: _plain(plan, value) for _, name, value in values_said if name in plan.private}
    texts = {name: text for name, text in plain.items() if isinstance(text, str)}
    sealing = Sealing(request)
    sealed: Mapping[str, object] = {**plain, **sealer.all(texts, sealing)}
    values: dict[str, Any] = {}
    for key, name, value in values_said:
        if not isinstance(values.get(key), Sealed | Unfit):  # one value may be meant for two fields
            values[key] = sealed[name] if name in plan.private else value
    command = replace(command, values=values)
    if isinstance(command, Create) and copied[0]:
        texts = {name: text for name, text in copied[1].items() if name in plan.private}
        command = replace(command, copies={**command.copies, **sealer.all(texts, sealing)})
    sealing.request = replace(request, command=command)
    return sealing


def said_in(record: str) -> dict[str, str]:
    """The sealed values that the command of a row of history said, by field."""
    return {token.field: token.text for token in tokens_in(json.dumps(json.loads(record).get("do")))}


def _said(plan: Plan, command: Create | Write | Amend | Choose | Confirm) -> Iterator[tuple[str, str, Any]]:
    """What a command says of fields: the key there, the field that is meant, and the value."""
    maps = maps_of(plan, command.values) if isinstance(command, Create) else {}
    for name, value in command.values.items():
        if not maps or name in plan.fields:
            yield name, name, value
    for name, path in maps.items():
        value, found = value_at(command.values, path)
        if found:
            yield path, name, value


def _plain(plan: Plan, raw: object) -> object:
    """A private value as the text that is sealed; None for none at all."""
    try:
        return store(_TEXT, raw, plan.zone)
    except WrongValue:
        return Unfit()


@dataclass(frozen=True, slots=True)
class _Sealer:
    """Seals the texts of one command for the person of its order, of which these fields stand there."""

    _vault: Vault
    _unit: Definitions
    _plan: Plan
    _fields: Mapping[str, Any]
    _id: int | None
    _masked: frozenset[str]
    _copied: Person | None = None

    def all(self, texts: Mapping[str, str], sealing: Sealing) -> dict[str, Sealed | Unfit]:
        """Each text sealed; what is to be kept for them is noted in `sealing`."""
        back = {name: self._back(name, text) for name, text in texts.items() if text in UNREADABLE}
        rest = {name: text for name, text in texts.items() if name not in back}
        return {**back, **(self._for_person(rest, sealing) if rest else {})}

    def unanswered(self, command: Confirm) -> dict[str, None]:
        """What a confirmation asks and does not give, where nobody can read any more what stands there."""
        need = self._plan.find(command.need)
        return {
            name: None
            for name in (need.asks if need else ())
            if name in self._plan.private
            and _plain(self._plan, command.values.get(name, _LEFT_OUT)) in ERASED
            and self._vault.is_erased(self._unit, str(self._fields.get(name)))
        }

    def _back(self, name: str, text: str) -> Sealed | Unfit:
        """What stands there, where the words that were shown in place of it are written back."""
        token = token_of(self._fields.get(name))
        if token and (text not in ERASED or self._vault.is_erased(self._unit, token.text)):
            return Sealed(token)
        return Unfit("wrong.masked")

    def _for_person(self, texts: Mapping[str, str], sealing: Sealing) -> dict[str, Sealed | Unfit]:
        known = self._known()
        if known and self._is_another(known, texts):
            known = None
        person = self._copied or known or self._found(texts)
        if person is None:
            person = self._vault.new_person(self._telling(texts))
            sealing.is_new = True
        sealing.person = person
        sealed: dict[str, Sealed | Unfit] = {}
        for name, text in texts.items():
            kept = self._kept(person, name, text)
            if kept is None and _STAR in text:  # a mask of before would take the place of what it hides
                sealed[name] = Unfit("wrong.masked")
            else:
                sealed[name] = kept or self._new(person, name, text, sealing)
        return sealed

    def _known(self) -> Person | None:
        """The person of whom the order tells already, or told before; nobody where that one was erased."""
        for kind in _TELLS:
            named = (name for name, each in self._plan.private.items() if each == kind)
            tokens = (token_of(self._fields.get(name)) for name in named)
            if person := self._alive({token.subject for token in tokens if token}):
                return person
        return self._alive(self._unit.told_of(self._id)) if self._id else None

    def _is_another(self, person: Person, texts: Mapping[str, str]) -> bool:
        """Whether the order is to tell of somebody else from now on: the name and a number by which people
        are known again take the place of those of the one before.
        """
        replaced = {
            self._plan.private[name]
            for name, text in texts.items()
            if token_of(self._fields.get(name))
            and _STAR not in text
            and self._kept(person, name, text) is None
        }
        return "name" in replaced and any(kind in replaced for kind in KNOWN_BY)

    def _alive(self, names: Collection[str]) -> Person | None:
        for row in self._unit.subjects(names) if names else ():
            if person := self._vault.person(row):
                return person
        return None

    def _found(self, texts: Mapping[str, str]) -> Person | None:
        """The person whom other orders know by one of these texts."""
        blind = self._telling(texts)
        row = self._unit.subject_known_by(blind) if blind else None
        return self._vault.person(row) if row else None

    def _telling(self, texts: Mapping[str, str]) -> str | None:
        for kind in KNOWN_BY:
            for name, text in texts.items():
                if self._plan.private[name] == kind:
                    return self._vault.blind(self._unit, kind, text)
        return None

    def _kept(self, person: Person, name: str, text: str) -> Sealed | None:
        """What stands there already, where the same is written again, or the mask that its writer saw."""
        token = token_of(self._fields.get(name))
        if token is None or token.subject != person.row.name:
            return None
        if token.blind == person.blind(name, text):
            return Sealed(token)
        if name in self._masked and text == mask(
            self._plan.private[name], person.opened(self._plan.process, token)
        ):
            return Sealed(token)
        return None

    def _new(self, person: Person, name: str, text: str, sealing: Sealing) -> Sealed:
        blind = self._vault.blind(self._unit, self._plan.private[name], text)
        sealing.traces[blind] = person.row.name
        sealing.blinds.setdefault(name, blind)  # what is said counts, and not what is copied beside it
        return Sealed(person.sealed(self._plan.process, name, text))
