"""Sealing what a command says of a person, before anything is decided about it.

From here on kernel, history, messages and digests know ciphertext alone. What a mapping channel sends besides
the fields of the process is dropped here, as it might say the same in the open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.findings import Place
from flowengine.definition.private import Sealed, Unfit, token_of
from flowengine.definition.values import WrongValue, store
from flowengine.definition.words import Column
from flowengine.errors import ChangedMeanwhile
from flowengine.kernel.commands import Amend, Choose, Confirm, Create, Principal, Request, Write
from flowengine.kernel.intake import maps_of, value_at
from flowengine.kernel.order import Order
from flowengine.kernel.rights import masked
from flowengine.kernel.variant import plan_for
from flowengine.runtime.ports import Definitions, Writer
from flowengine.runtime.privacy.masks import mask
from flowengine.runtime.privacy.vault import Person, Vault
from flowengine.runtime.rows import TraceRow

_TEXT: Final = Column(place=Place("", 0, 0), type="text")
SAYING: Final = (Create, Write, Amend, Choose, Confirm)
"""The commands that say what fields shall hold; a test holds them against all there are."""
_STAR: Final = "*"
_TELLING: Final = ("id", "phone")
"""The classes by which a person is known again in another order. Two people may share a name."""


@dataclass(slots=True)
class Sealing:
    """A request with its private values sealed, and what is to be kept for them if it is carried out."""

    request: Request
    traces: dict[str, str] = field(default_factory=dict)
    """By the blind value of a look-up, the person whom it leads to."""
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


def seal(vault: Vault, unit: Definitions, plan: Plan, order: Order | None, request: Request) -> Sealing:
    """The request as it may be decided and kept. Raises NoMasterKey where something is to be sealed."""
    command = request.command
    if not plan.private or not isinstance(command, SAYING):
        return Sealing(request)
    plan = plan_for(plan, order, command)
    said = list(_said(plan, command))
    plain = {name: _plain(plan, value) for _, name, value in said if name in plan.private}
    texts = {name: text for name, text in plain.items() if isinstance(text, str)}
    sealing = Sealing(request)
    sealed: Mapping[str, object] = plain
    if texts:
        sealed = {**plain, **_Sealer(vault, unit, plan, order, request.by).all(texts, sealing)}
    values: dict[str, Any] = {}
    for key, name, value in said:
        if not isinstance(values.get(key), Sealed | Unfit):  # one value may be meant for two fields
            values[key] = sealed[name] if name in plan.private else value
    sealing.request = replace(request, command=replace(command, values=values))
    return sealing


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


class _Sealer:
    """Seals the texts of one command for the person of its order."""

    def __init__(
        self, vault: Vault, unit: Definitions, plan: Plan, order: Order | None, by: Principal
    ) -> None:
        self._vault = vault
        self._unit = unit
        self._plan = plan
        self._fields = order.fields if order else {}
        self._masked = masked(plan, by)

    def all(self, texts: Mapping[str, str], sealing: Sealing) -> dict[str, Sealed | Unfit]:
        """Each text sealed; what is to be kept for them is noted in `sealing`."""
        person = self._known() or self._found(texts)
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
        """The person of whom the order tells already; nobody where that one was erased."""
        tokens = (token_of(self._fields.get(name)) for name in self._plan.private)
        names = sorted({token.subject for token in tokens if token})
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
        for kind in _TELLING:
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
        return Sealed(person.sealed(self._plan.process, name, text))
