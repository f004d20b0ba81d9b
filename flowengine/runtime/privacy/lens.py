"""Opening sealed values for somebody: in full, as a mask, or as a word for what nobody can read any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flowengine.compiler.plan import Plan
from flowengine.definition.private import Token, replaced, token_of, tokens_in
from flowengine.errors import NoCrypto, NoMasterKey, WrongMasterKey
from flowengine.kernel.commands import Principal
from flowengine.kernel.rights import masked
from flowengine.runtime.ports import Definitions
from flowengine.runtime.privacy.masks import mask
from flowengine.runtime.privacy.vault import Person, Vault
from flowengine.texts import LANGUAGES, Phrase, say

_ERASED: Final = Phrase("private.erased")
_LOCKED: Final = Phrase("private.locked")
ERASED: Final = frozenset(say(_ERASED.key, lang) for lang in LANGUAGES)
UNREADABLE: Final = ERASED | {say(_LOCKED.key, lang) for lang in LANGUAGES}
"""What is shown in place of a value that nobody can read: it is none itself."""


class Opener:
    """The keys of the persons that an answer speaks of; those not learnt before are read from `unit`."""

    def __init__(self, vault: Vault, unit: Definitions) -> None:
        self._vault = vault
        self._unit = unit
        self._persons: dict[str, Person | Phrase] = {}

    def know(self, person: Person) -> None:
        """Know somebody who is not kept yet."""
        self._persons[person.row.name] = person

    def learn(self, unit: Definitions, texts: Iterable[str]) -> None:
        """Read the keys of everybody of whom these texts tell."""
        names = {token.subject for text in texts for token in tokens_in(text)} - self._persons.keys()
        for row in unit.subjects(names) if names else ():
            try:
                self._persons[row.name] = self._vault.person(row) or _ERASED
            except (NoMasterKey, NoCrypto, WrongMasterKey):
                self._persons[row.name] = _LOCKED

    def opened(self, process: str, token: Token) -> str | Phrase:
        """The text of a token; why not, where nobody can read it or the master key is not there."""
        if token.subject not in self._persons:
            self.learn(self._unit, [token.text])
        person = self._persons.get(token.subject, _LOCKED)
        if isinstance(person, Phrase):
            return person
        try:
            return person.opened(process, token)
        except WrongMasterKey:
            return _LOCKED


@dataclass(frozen=True, slots=True)
class Lens:
    """How one reader sees the private values of one order."""

    plan: Plan
    opener: Opener
    masked: frozenset[str]

    @classmethod
    def of(cls, plan: Plan, opener: Opener, by: Principal) -> Lens:
        """The lens of `by`; `plan` is that of the order's type."""
        return cls(plan, opener, masked(plan, by))

    def seen(self, value: Any) -> Any:
        """A value of JSON with every sealed text in it as its reader may have it."""
        if isinstance(value, str):
            token = token_of(value)
            return self._seen(token) if token else value
        if isinstance(value, Mapping):
            return {name: self.seen(each) for name, each in value.items()}
        if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
            return type(value)(self.seen(each) for each in value)
        return value

    def within(self, text: str) -> str:
        """A sentence, with every sealed value that it quotes."""
        return replaced(text, self._seen)

    def _seen(self, token: Token) -> str:
        found = self.opener.opened(self.plan.process, token)
        if isinstance(found, Phrase):
            return say(found.key, self.plan.language)
        return mask(self.plan.private[token.field], found) if token.field in self.masked else found
