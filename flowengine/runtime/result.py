"""The answer to a command: what happened, or why not. A refusal is a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.errors import Refused
from flowengine.kernel.decision import Blocker, Verdict, verdict_of
from flowengine.kernel.events import Event
from flowengine.texts import Lang


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a command. `repeated` is the first answer again, for a key or order seen before."""

    order_id: int
    number: str
    revision: int
    stage: str
    status: str
    events: tuple[Event, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    repeated: bool = False

    @property
    def ok(self) -> bool:
        """Whether the command was carried out."""
        return not self.blockers

    @property
    def verdict(self) -> Verdict:
        """Ready, incomplete or refused."""
        return verdict_of(self.blockers)

    def or_raise(self, lang: Lang = "en") -> Result:
        """This result, or Refused with the reasons for those who prefer exceptions."""
        if self.blockers:
            raise Refused("; ".join(blocker.message(lang) for blocker in self.blockers))
        return self
